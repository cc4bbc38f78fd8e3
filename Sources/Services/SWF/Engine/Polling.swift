import Cloud
import Wire

/// PollForDecisionTask and PollForActivityTask.
///
/// A poll that finds nothing waits without a thread until a task comes to its list or its minute is over. Polls of a list are
/// served in the order they came. A poll whose client has gone is never given a task: the store looks before it runs it.
enum Polling {
  /// AWS: "the maximum time … a long poll … 60 seconds".
  private static let patience: Int64 = 60
  /// AWS: quotas, "Pollers per task list: 1,000".
  private static let pollerLimit = 1000

  static func decision(
    _ input: PollForDecisionTaskInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> Step<EncodedAnswer> {
    let scope = try context.scope
    let list = try check(input.domain, input.taskList, scope, transaction)
    let size = try HistoryReading.pageSize(input.maximumPageSize)
    if let token = Durations.given(input.nextPageToken) {
      return .answer(try DecisionAnswer.continuing(token, size, of: input.domain, scope, transaction))
    }
    let topic = TaskTopic.decisions(list, of: input.domain, in: scope)
    SWFPollers.note(topic, at: transaction.now)
    let engine = Engine(in: scope, transaction)
    while let task = try first(QueuedDecisionRecord.self, list, input.domain, scope, transaction) {
      try transaction.delete(task, in: scope)
      guard let run = try engine.run(numbered: task.number),
        let started = try run.startDecision(identity: input.identity)
      else { continue }
      try engine.finish()
      return .answer(
        try DecisionAnswer.first(
          started, run, size: size, isReversed: input.reverseOrder ?? false,
          startsAtPrevious: input.startAtPreviousStartedEvent ?? false))
    }
    return try wait(on: topic, transaction) { EncodedAnswer(EmptyPolls.decision) }
  }

  static func activity(
    _ input: PollForActivityTaskInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> Step<EncodedAnswer> {
    let scope = try context.scope
    let list = try check(input.domain, input.taskList, scope, transaction)
    let topic = TaskTopic.activities(list, of: input.domain, in: scope)
    SWFPollers.note(topic, at: transaction.now)
    let engine = Engine(in: scope, transaction)
    while let task = try first(QueuedActivityRecord.self, list, input.domain, scope, transaction) {
      try transaction.delete(task, in: scope)
      let key = OpenActivityRecord.key(task.number, task.scheduledEventID)
      guard let run = try engine.run(numbered: task.number),
        let activity = try transaction.get(OpenActivityRecord.self, key, in: scope), !activity.isStarted
      else { continue }
      let started = try run.start(activity, identity: input.identity)
      try engine.finish()
      let token = TaskToken(
        .activity, number: run.number, scheduledEventID: started.scheduledEventID,
        startedEventID: started.startedEventID, domain: run.record.domain)
      return .answer(
        EncodedAnswer(
          ActivityTask(
            taskToken: token.text, activityId: started.activityID, startedEventId: Int(started.startedEventID),
            workflowExecution: run.record.execution, activityType: started.type.activity, input: task.input
          ).structureValue))
    }
    return try wait(on: topic, transaction) { EncodedAnswer(EmptyPolls.activity) }
  }

  private static func check(
    _ domain: String, _ list: TaskList, _ scope: Scope, _ transaction: Transaction
  ) throws(AWSError) -> String {
    try Names.check((domain, "domain"), (list.name, "taskList.name"))
    _ = try DomainRecord.find(domain, in: scope, transaction)
    return list.name
  }

  private static func first<R: Record>(
    _ type: R.Type, _ list: String, _ domain: String, _ scope: Scope, _ transaction: Transaction
  ) throws(AWSError) -> R? {
    try transaction.scan(type, in: scope, TaskPlace.all(in: list, of: domain), limit: 1).first
  }

  /// Waits for a task until the poll's time is over.
  private static func wait(
    on topic: Topic, _ transaction: Transaction, orAnswer empty: () -> EncodedAnswer
  ) throws(AWSError) -> Step<EncodedAnswer> {
    let deadline = transaction.began.adding(seconds: patience)
    guard transaction.now < deadline else { return .answer(empty()) }
    if AWSLimits.shared.hasQuotas, transaction.waitingCount(on: topic) >= pollerLimit {
      // unverified: words
      throw .limitExceeded("A task list can have at most \(pollerLimit) pollers.")
    }
    return .wait(Wait(for: [topic], until: deadline))
  }
}

/// What PollForDecisionTask answers.
enum DecisionAnswer {
  /// The first page of a task that was started just now.
  static func first(
    _ started: DecisionTaskState.Started, _ run: OpenExecution, size: Int, isReversed: Bool, startsAtPrevious: Bool
  ) throws(AWSError) -> EncodedAnswer {
    let previous = run.state.decisions.previousStartedEventID
    let task = HistoryToken.Task(
      scheduledEventID: started.scheduledEventID, startedEventID: started.startedEventID,
      previousStartedEventID: previous)
    let first = startsAtPrevious ? max(previous, 1) : 1
    let token = HistoryToken(
      number: run.number, first: first, last: started.startedEventID,
      next: isReversed ? started.startedEventID : first, isReversed: isReversed, task: task, givenAt: run.now)
    let page = try HistoryPage.read(token, size: size, in: run.scope, run.transaction)
    return answer(run.record, task, page)
  }

  /// A further page of a task: the same task, and the history as it was when the task was started.
  /// - Parameter domain: the domain that the caller may poll; a token of another is none here.
  static func continuing(
    _ text: String, _ size: Int, of domain: String, _ scope: Scope, _ transaction: Transaction
  ) throws(AWSError) -> EncodedAnswer {
    let token = try HistoryToken(text, ofTask: true, at: transaction.now)
    guard let task = token.task, let record = try Executions.numbered(token.number, scope, transaction),
      record.domain == domain
    else { throw .invalidPageToken() }
    return answer(record, task, try HistoryPage.read(token, size: size, in: scope, transaction))
  }

  private static func answer(
    _ record: ExecutionRecord, _ task: HistoryToken.Task, _ page: HistoryPage
  ) -> EncodedAnswer {
    let token = TaskToken(
      .decision, number: record.number, scheduledEventID: task.scheduledEventID,
      startedEventID: task.startedEventID, domain: record.domain)
    var value = DecisionTask(
      taskToken: token.text, startedEventId: Int(task.startedEventID), workflowExecution: record.execution,
      workflowType: record.type.workflow, events: [], nextPageToken: page.nextPageToken,
      previousStartedEventId: Int(task.previousStartedEventID)
    ).structureValue
    value[4] = page.events
    return EncodedAnswer(value)
  }
}
