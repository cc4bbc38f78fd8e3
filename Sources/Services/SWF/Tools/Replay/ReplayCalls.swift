import Cloud
import Wire

/// The calls by which a decider takes part in a replay without knowing it: it polls the scratch list and answers as
/// ever.
enum ReplayCalls {
  private static let prefix = "replay"
  /// AWS holds a poll for at most 60 seconds.
  private static let pollSeconds: Int64 = 60

  /// Answers a poll on a list that a replay uses; nothing for other lists.
  static func poll(
    _ value: StructureValue, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> Step<Operation.Answer>? {
    let sessions = ReplaySessions.shared
    guard sessions.isActive else { return nil }
    let input = PollForDecisionTaskInput(value)
    let scope = try context.scope
    if let token = input.nextPageToken, let parts = parts(token), let offset = parts.offset {
      guard let session = sessions.session(parts.id), session.tasks.indices.contains(parts.number),
        session.place.scope == scope, session.place.domain == input.domain
      else { throw .invalidPageToken() }
      return .answer(answer(session, parts.number, from: offset, input))
    }
    let place = ReplaySession.Place(scope: scope, domain: input.domain, taskList: input.taskList.name)
    let step = sessions.at(place) { session -> Step<Operation.Answer> in
      if let given = session.give(at: transaction.now) { return .answer(answer(session, given.number, from: 0, input)) }
      let deadline = transaction.began.adding(seconds: pollSeconds)
      if transaction.now >= deadline { return .answer(empty) }
      return .wait(Wait(for: [topic(place)], until: deadline))
    }
    return step
  }

  /// Takes an answer to a replayed task; nothing if the token is none of a replay's.
  static func respond(
    _ value: StructureValue, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> Step<Operation.Answer>? {
    // Without replays the tokens of past ones are what any garbled token is.
    guard ReplaySessions.shared.isActive else { return nil }
    let input = RespondDecisionTaskCompletedInput(value)
    guard let parts = parts(input.taskToken) else { return nil }
    let taken = ReplaySessions.shared.with(parts.id) { session in
      (session.take(input.decisions ?? [], for: parts.number), session.tasks, session.place)
    }
    guard let (isAwaited, tasks, place) = taken, tasks.indices.contains(parts.number) else { throw .invalidToken() }
    guard isAwaited else { throw .unknownDecisionTask(scheduledEventID: tasks[parts.number].startedEventID - 1) }
    transaction.signal(topic(place))
    return .answer(Operation.Answer(output: .empty, body: nil, status: nil))
  }

  /// What an answer to a replayed task needs: the same permission on the same domain as any other.
  static func checks(
    _ value: StructureValue, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> [AccessCheck]? {
    guard ReplaySessions.shared.isActive, let parts = parts(RespondDecisionTaskCompletedInput(value).taskToken) else {
      return nil
    }
    guard let session = ReplaySessions.shared.session(parts.id), session.place.scope == (try context.scope) else {
      throw .invalidToken()
    }
    return try Access.check("RespondDecisionTaskCompleted", domain: session.place.domain, context, transaction)
  }

  /// What those wait for who poll a list of a replay: the engine's own topic of the list.
  static func topic(_ place: ReplaySession.Place) -> Topic {
    TaskTopic.decisions(place.taskList, of: place.domain, in: place.scope)
  }

  // MARK: Answers

  private static func answer(
    _ session: ReplaySession, _ number: Int, from offset: Int, _ input: PollForDecisionTaskInput
  ) -> Operation.Answer {
    let task = session.tasks[number]
    let page = session.page(
      of: number, from: offset, size: PageToken.size(input.maximumPageSize), isReversed: input.reverseOrder ?? false,
      sinceLastStart: input.startAtPreviousStartedEvent ?? false)
    let output = DecisionTask(
      taskToken: "\(prefix):\(session.id):\(number)", startedEventId: task.startedEventID,
      workflowExecution: session.execution, workflowType: session.type, events: page.events,
      nextPageToken: page.next.map { "\(prefix):\(session.id):\(number):\($0)" },
      previousStartedEventId: task.previousStartedEventID)
    return Operation.Answer(output: output.structureValue, headers: [("Connection", "close")])
  }

  /// The answer of a poll that got no task.
  private static var empty: Operation.Answer {
    Operation.Answer(output: EmptyPolls.decision, headers: [("Connection", "close")])
  }

  private static func parts(_ token: String) -> (id: String, number: Int, offset: Int?)? {
    let parts = token.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 3 || parts.count == 4, parts[0] == prefix, let number = Int(parts[2]) else { return nil }
    return (String(parts[1]), number, parts.count == 4 ? Int(parts[3]) : nil)
  }
}
