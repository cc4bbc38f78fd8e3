import Cloud
import Wire

/// Tasks that were given to a poll whose client had gone by the time of the answer: they go back into their lists, before all
/// others of their priority.
///
/// AWS may lose such a task until it times out, which for an activity can be never.
enum Returning {
  static func decision(
    _ input: StructureValue, _ answer: Operation.Answer, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) {
    // A further page belongs to a task that somebody has.
    guard Durations.given(PollForDecisionTaskInput(input).nextPageToken) == nil else { return }
    try giveBack(answer, .decision, context, transaction) { run, token throws(AWSError) in
      try run.giveBackDecision(token)
    }
  }

  static func activity(
    _ input: StructureValue, _ answer: Operation.Answer, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) {
    try giveBack(answer, .activity, context, transaction) { run, token throws(AWSError) in
      try run.giveBack(try run.activity(token), input: ActivityTask(answer.output).input)
    }
  }

  private static func giveBack(
    _ answer: Operation.Answer, _ kind: TaskToken.Kind, _ context: Context, _ transaction: Transaction,
    _ body: (OpenExecution, TaskToken) throws(AWSError) -> Void
  ) throws(AWSError) {
    // No task, or one of a replay, which is offered again by itself.
    guard let text = answer.output.string(0), let token = try? TaskToken(text, kind) else { return }
    let engine = Engine(in: try context.scope, transaction)
    guard let run = try engine.run(numbered: token.number) else { return }
    try body(run, token)
    try engine.finish()
  }
}

extension OpenExecution {
  /// Puts a started decision task back into its list, as if nobody had come for it. If something has happened since, its start
  /// stays in the history, and it times out.
  func giveBackDecision(_ token: TaskToken) throws(AWSError) {
    guard let started = state.decisions.started, started.startedEventID == token.startedEventID else { return }
    let work = try transaction.get(StartedDecisionRecord.self, Key(.integer(number)), in: scope)
    guard let work, state.decisions.queued == nil, try retract(started.startedEventID) else {
      return try timeOutStartedDecision()
    }
    try endStartedDecision()
    let priority = Int32(record.configuration.taskPriority ?? "") ?? 0
    let list = TaskPlace.all(in: work.taskList, of: record.domain, priority: priority)
    let first = try transaction.scan(QueuedDecisionRecord.self, in: scope, list, limit: 1).first
    state.decisions.queued = DecisionTaskState.Queued(
      scheduledEventID: started.scheduledEventID, taskList: work.taskList, priority: priority,
      order: first.map { $0.place.order - 1 } ?? transaction.nextOrder(),
      patience: started.isOverridden ? Durations.seconds(state.decisions.override?.scheduleToStartTimeout) : nil,
      isOverridden: started.isOverridden)
    try offerDecision()
  }

  /// Puts a started activity task back into its list, as if nobody had come for it. If something has happened since, its start
  /// stays in the history, and another will follow.
  func giveBack(_ activity: OpenActivityRecord, input: String?) throws(AWSError) {
    _ = try retract(activity.startedEventID)
    var waiting = activity
    waiting.startedEventID = 0
    waiting.startedAt = 0
    waiting.heartbeatAt = 0
    try transaction.update(activity, to: waiting, in: scope)
    try queue(waiting, input: input)
  }
}
