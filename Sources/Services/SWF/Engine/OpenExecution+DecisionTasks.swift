import Cloud
import Wire

/// Decision tasks: queued at once when something has happened, one at most, and given out when the running one has ended.
extension OpenExecution {
  /// Queues a decision task, unless one is queued.
  ///
  /// Its event follows that of its cause, also while another task is started; its place in its list it takes when none is.
  func wakeDecider() throws(AWSError) {
    guard isOpen, state.decisions.queued == nil, !isFull else { return }
    let override = state.decisions.override
    let taskList = override?.taskList ?? record.configuration.taskList
    let id = append(
      DecisionTaskScheduledEventAttributes(
        taskList: TaskList(name: taskList), taskPriority: record.configuration.taskPriority,
        startToCloseTimeout: record.configuration.taskStartToCloseTimeout,
        scheduleToStartTimeout: override?.scheduleToStartTimeout ?? "NONE"))
    state.decisions.queued = DecisionTaskState.Queued(
      scheduledEventID: id, taskList: taskList, priority: Int32(record.configuration.taskPriority ?? "") ?? 0,
      order: transaction.nextOrder(), patience: Durations.seconds(override?.scheduleToStartTimeout),
      isOverridden: override != nil)
    try offerDecision()
  }

  /// Puts the queued task into its list, unless another is started.
  // unverified: the time that a task may wait in a list chosen by a decider counts from here, not from its event.
  func offerDecision() throws(AWSError) {
    guard state.decisions.started == nil, var queued = state.decisions.queued, !queued.isOffered else { return }
    queued.isOffered = true
    if let patience = queued.patience {
      queued.deadline = now + patience * 1000
      expect(at: now + patience * 1000)
    }
    state.decisions.queued = queued
    try transaction.insert(QueuedDecisionRecord(place: place(of: queued), number: number), in: scope)
    transaction.signal(TaskTopic.decisions(queued.taskList, of: record.domain, in: scope), waking: 1)
  }

  /// Takes the queued task out of its list.
  func withdrawDecision() throws(AWSError) {
    guard let queued = state.decisions.queued, queued.isOffered else { return }
    try transaction.delete(QueuedDecisionRecord.self, place(of: queued).key, in: scope)
  }

  private func place(of queued: DecisionTaskState.Queued) -> TaskPlace {
    TaskPlace(domain: record.domain, taskList: queued.taskList, priority: queued.priority, order: queued.order)
  }

  /// Gives the queued task to a decider; the caller has taken it out of its list.
  /// - Returns: the task, or nothing if it isn't queued.
  func startDecision(identity: String?) throws(AWSError) -> DecisionTaskState.Started? {
    guard let queued = state.decisions.queued, queued.isOffered, state.decisions.started == nil else { return nil }
    let id = append(
      DecisionTaskStartedEventAttributes(
        identity: Durations.given(identity), scheduledEventId: Int(queued.scheduledEventID)))
    let limit = Durations.seconds(record.configuration.taskStartToCloseTimeout)
    let started = DecisionTaskState.Started(
      scheduledEventID: queued.scheduledEventID, startedEventID: id, deadline: limit.map { now + $0 * 1000 },
      isOverridden: queued.isOverridden)
    state.decisions.queued = nil
    state.decisions.started = started
    if let deadline = started.deadline { expect(at: deadline) }
    try transaction.put(
      StartedDecisionRecord(number: number, taskList: queued.taskList, identity: identity, startedAt: now), in: scope)
    return started
  }

  /// Ends the started task with a decider's answer, before its decisions are applied.
  /// - Returns: the id of its DecisionTaskCompleted event.
  /// - Throws: `Unknown decision task` if it isn't the started one.
  func completeDecision(
    _ token: TaskToken, context: String?, taskList: String?, taskListTimeout: String?
  ) throws(AWSError) -> Int64 {
    guard let started = state.decisions.started, started.scheduledEventID == token.scheduledEventID,
      started.startedEventID == token.startedEventID
    else { throw .unknownDecisionTask(scheduledEventID: Int(token.scheduledEventID)) }
    try endStartedDecision()
    state.decisions.previousStartedEventID = started.startedEventID
    if let taskList {
      state.decisions.override = DecisionTaskState.Override(
        taskList: taskList, scheduleToStartTimeout: taskListTimeout == "NONE" ? nil : taskListTimeout)
    }
    if let context { try transaction.put(ExecutionContextRecord(number: number, text: context), in: scope) }
    return append(
      DecisionTaskCompletedEventAttributes(
        executionContext: context, scheduledEventId: Int(started.scheduledEventID),
        startedEventId: Int(started.startedEventID), taskList: taskList.map { TaskList(name: $0) },
        taskListScheduleToStartTimeout: taskListTimeout))
  }

  func endStartedDecision() throws(AWSError) {
    state.decisions.started = nil
    try transaction.delete(StartedDecisionRecord.self, Key(.integer(number)), in: scope)
  }

  /// The started task's decider has taken too long: a new task takes its place, on the run's own list.
  func timeOutStartedDecision() throws(AWSError) {
    guard let started = state.decisions.started else { return }
    try endStartedDecision()
    if started.isOverridden { state.decisions.override = nil }
    append(
      DecisionTaskTimedOutEventAttributes(
        timeoutType: DecisionTaskTimeoutType.startToClose, scheduledEventId: Int(started.scheduledEventID),
        startedEventId: Int(started.startedEventID)))
    try wakeDecider()
    try offerDecision()
  }

  /// Nobody has come for the task on the list that a decider chose: the run's own list has it from now on.
  func timeOutQueuedDecision() throws(AWSError) {
    guard let queued = state.decisions.queued else { return }
    try withdrawDecision()
    state.decisions.queued = nil
    state.decisions.override = nil
    append(
      DecisionTaskTimedOutEventAttributes(
        timeoutType: DecisionTaskTimeoutType.scheduleToStart, scheduledEventId: Int(queued.scheduledEventID),
        startedEventId: 0))
    try wakeDecider()
  }
}
