import Cloud
import Wire

/// Starts a run of a workflow again from the middle of an old one: a new run whose history begins with the old one's
/// first events, whose open activities are scheduled anew and whose timers begin anew, and whose decider is asked to go
/// on.
///
/// An open run of the workflow is terminated for it. Children that are still open go over to the new run; what children
/// and other workflows have answered since to what is kept is told again. Signals that came later are not repeated.
struct ExecutionReset {
  private let old: ExecutionRecord
  private let plan: ResetPlan
  private let history: [StoredEvent]
  private let scope: Scope
  private let transaction: Transaction
  private let engine: Engine

  /// Resets `old`.
  /// - Parameter event: the last event that the new run keeps.
  /// - Returns: the new run.
  /// - Throws: ValidationException in the words of ``ResetPlan/Refused``.
  static func run(
    _ old: ExecutionRecord, after event: Int64, _ scope: Scope, _ transaction: Transaction
  ) throws(AWSError) -> WorkflowExecution {
    try ExecutionReset(old, after: event, scope, transaction).run()
  }

  private init(
    _ old: ExecutionRecord, after event: Int64, _ scope: Scope, _ transaction: Transaction
  ) throws(AWSError) {
    let end = try Executions.lastEventID(of: old, scope, transaction)
    history = try HistoryEvents.read(of: old.number, from: 1, through: end, in: scope, transaction)
    do throws(ResetPlan.Refused) {
      plan = try ResetPlan(history.compactMap(\.event), keeping: event)
    } catch {
      throw .validation(error.description)
    }
    self.old = old
    self.scope = scope
    self.transaction = transaction
    engine = Engine(in: scope, transaction)
  }

  private func run() throws(AWSError) -> WorkflowExecution {
    let number = transaction.nextOrder()
    let runID = Engine.newRunID(transaction)
    let children = try openChildren()
    try endPresentRun(for: runID)
    var record = ExecutionRecord(
      number: number, domain: old.domain, workflowID: old.workflowID, runID: runID, type: old.type,
      startedAt: engine.now, configuration: old.configuration, tags: old.tags, parent: old.parent,
      continuedRunID: old.continuedRunID)
    record.isCancelRequested = plan.isCancelRequested
    try write(record)
    guard let run = try engine.run(record) else { throw .internalFailure() }
    try moveParentLink(to: record)
    try loseStartedDecision(of: run)
    try adopt(children, in: run)
    try wakeDecider(of: run)
    run.expect(at: run.state.deadline)
    try engine.finish()
    return record.execution
  }

  // MARK: The old run

  /// The children that are open after what is kept, by their initiated events, with the runs that they are now.
  private func openChildren() throws(AWSError) -> [(initiated: Int64, run: ExecutionRecord?)] {
    var result: [(initiated: Int64, run: ExecutionRecord?)] = []
    for child in plan.children.values.sorted(by: { $0.initiatedEventID < $1.initiatedEventID }) {
      let key = Key(.integer(old.number), .integer(child.initiatedEventID))
      if let open = try transaction.get(OpenChildRecord.self, key, in: scope) {
        result.append((child.initiatedEventID, try Executions.numbered(open.childNumber, scope, transaction)))
      } else {
        result.append((child.initiatedEventID, try latestRun(of: child)))
      }
    }
    return result
  }

  /// The child's own run, or the last of those by which it was continued.
  private func latestRun(of child: ResetPlan.Child) throws(AWSError) -> ExecutionRecord? {
    guard let execution = child.started?.execution ?? startedLater(child.initiatedEventID) else { return nil }
    var record = try Executions.run(execution.runId, of: execution.workflowId, in: old.domain, scope, transaction)
    while let closed = record, closed.closeStatus == CloseStatus.continuedAsNew,
      let next = try lastEvent(of: closed)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId
    {
      record = try Executions.run(next, of: closed.workflowID, in: old.domain, scope, transaction)
    }
    return record
  }

  private func startedLater(_ initiated: Int64) -> WorkflowExecution? {
    plan.consequences.compactMap(\.childWorkflowExecutionStartedEventAttributes)
      .first { Int64($0.initiatedEventId) == initiated }?.workflowExecution
  }

  private func lastEvent(of record: ExecutionRecord) throws(AWSError) -> HistoryEvent? {
    let last = record.lastEventID
    return try HistoryEvents.read(of: record.number, from: last, through: last, in: scope, transaction).first?.event
  }

  /// Two runs of a workflow cannot be open at once. Children go on; a parent is told nothing, for the new run takes
  /// over.
  private func endPresentRun(for newRun: String) throws(AWSError) {
    guard let present = try Executions.open(old.workflowID, in: old.domain, scope, transaction),
      let run = try engine.run(present)
    else { return }
    let reason = "Reset to event \(plan.last) of run \(old.runID)"
    guard present.number == old.number else {
      return try run.terminate(
        reason: String(reason.prefix(256)), details: newRun, childPolicy: ChildPolicy.abandon,
        cause: WorkflowExecutionTerminatedCause.operatorInitiated)
    }
    run.append(
      WorkflowExecutionTerminatedEventAttributes(
        reason: String(reason.prefix(256)), details: newRun, childPolicy: ChildPolicy.abandon,
        cause: WorkflowExecutionTerminatedCause.operatorInitiated))
    try run.close(CloseStatus.terminated)
  }

  // MARK: The new run

  private func write(_ record: ExecutionRecord) throws(AWSError) {
    let number = record.number
    try transaction.insert(record, in: scope)
    for tag in Set(record.tags) {
      let entry = ExecutionTagRecord(domain: record.domain, tag: tag, startedAt: record.startedAt, number: number)
      try transaction.insert(entry, in: scope)
    }
    var rest = history.prefix(Int(plan.last))
    while let first = rest.first {
      let chunk = rest.prefix(250)
      try transaction.insert(
        HistoryChunkRecord(number: number, firstEventID: first.id, events: chunk.map(\.json)), in: scope)
      rest = rest.dropFirst(chunk.count)
    }
    if let context = plan.context {
      try transaction.put(ExecutionContextRecord(number: number, text: context), in: scope)
    }
    try transaction.insert(try state(of: record), in: scope)
  }

  /// The state after what is kept, with the open activities and timers written.
  private func state(of record: ExecutionRecord) throws(AWSError) -> ExecutionState {
    var decisions = DecisionTaskState()
    decisions.previousStartedEventID = plan.previousStartedEventID
    if let override = plan.override {
      decisions.override = DecisionTaskState.Override(
        taskList: override.taskList, scheduleToStartTimeout: override.timeout == "NONE" ? nil : override.timeout)
    }
    if let queued = plan.queued {
      let attributes = queued.attributes
      decisions.queued = DecisionTaskState.Queued(
        scheduledEventID: queued.eventID, taskList: attributes.taskList.name,
        priority: Int32(attributes.taskPriority ?? "") ?? 0, order: transaction.nextOrder(),
        patience: Durations.seconds(attributes.scheduleToStartTimeout),
        isOverridden: attributes.taskList.name != record.configuration.taskList)
    }
    var state = ExecutionState(
      number: record.number, decisions: decisions,
      deadline: record.startedAt + Durations.executionLimit(record.configuration))
    state.lastEventID = plan.last
    for activity in plan.activities.values.sorted(by: { $0.scheduledEventID < $1.scheduledEventID }) {
      try schedule(activity, of: record)
      state.counts.activities += 1
      state.latestActivityAt = engine.now
    }
    for timer in plan.timers.values {
      let seconds = Durations.seconds(timer.attributes.startToFireTimeout) ?? 0
      try transaction.insert(
        OpenTimerRecord(
          number: record.number, timerID: timer.attributes.timerId, startedEventID: timer.startedEventID,
          firesAt: engine.now + seconds * 1000), in: scope)
      state.counts.timers += 1
    }
    state.counts.children = Int32(plan.children.count)
    return state
  }

  private func schedule(_ activity: ResetPlan.Activity, of record: ExecutionRecord) throws(AWSError) {
    let attributes = activity.attributes
    let timeouts = ActivityTimeouts(
      scheduleToStart: Durations.seconds(attributes.scheduleToStartTimeout),
      scheduleToClose: Durations.seconds(attributes.scheduleToCloseTimeout),
      startToClose: Durations.seconds(attributes.startToCloseTimeout),
      heartbeat: Durations.seconds(attributes.heartbeatTimeout))
    var open = OpenActivityRecord(
      number: record.number, scheduledEventID: activity.scheduledEventID, activityID: attributes.activityId,
      type: TypeName(attributes.activityType), taskList: attributes.taskList.name,
      priority: Int32(attributes.taskPriority ?? "") ?? 0, order: transaction.nextOrder(), timeouts: timeouts,
      scheduledAt: engine.now)
    open.cancelRequestedEventID = activity.cancelRequestedEventID
    try transaction.insert(open, in: scope)
    let place = TaskPlace(
      domain: record.domain, taskList: open.taskList, priority: open.priority, order: open.order)
    try transaction.insert(
      QueuedActivityRecord(
        place: place, number: record.number, scheduledEventID: open.scheduledEventID, input: attributes.input),
      in: scope)
    transaction.signal(TaskTopic.activities(open.taskList, of: record.domain, in: scope), waking: 1)
  }

  /// A parent's open child is from now on the new run.
  private func moveParentLink(to record: ExecutionRecord) throws(AWSError) {
    guard let parent = record.parent else { return }
    let key = Key(.integer(parent.number), .integer(parent.initiatedEventID))
    guard var link = try transaction.get(OpenChildRecord.self, key, in: scope) else { return }
    link.childNumber = record.number
    try transaction.put(link, in: scope)
  }

  /// Tells the run what has come of its children and messages, and makes it the parent of the children that are open.
  private func adopt(
    _ children: [(initiated: Int64, run: ExecutionRecord?)], in run: OpenExecution
  ) throws(AWSError) {
    var started = plan.children.compactMapValues { $0.started?.eventID }
    var open = Set(plan.children.keys)
    for event in plan.consequences {
      guard let told = ConsequenceCopy(event, started: started).append(to: run) else { continue }
      try run.wakeDecider()
      if let child = event.childWorkflowExecutionStartedEventAttributes {
        started[Int64(child.initiatedEventId)] = told.eventID
      } else if open.remove(told.cause) != nil {
        run.state.counts.children -= 1
      }
    }
    for child in children where open.contains(child.initiated) {
      guard let record = child.run, let startedEventID = started[child.initiated] else {
        run.state.counts.children -= 1
        continue
      }
      try transaction.insert(
        OpenChildRecord(
          number: run.number, initiatedEventID: child.initiated, startedEventID: startedEventID,
          childNumber: record.number), in: scope)
      let parent = ExecutionRecord.Parent(
        number: run.number, workflowID: run.record.workflowID, runID: run.record.runID,
        initiatedEventID: child.initiated)
      if let openChild = try engine.run(record) {
        try openChild.update { $0.parent = parent }
      } else if let end = try childEnd(record) {
        try run.childEnded(record, end, initiated: child.initiated)
      }
    }
  }

  /// How a child ended while nobody listened.
  private func childEnd(_ record: ExecutionRecord) throws(AWSError) -> ChildEnd? {
    let event = try lastEvent(of: record)
    return switch record.closeStatus {
    case CloseStatus.completed: .completed(result: event?.workflowExecutionCompletedEventAttributes?.result)
    case CloseStatus.failed:
      .failed(
        reason: event?.workflowExecutionFailedEventAttributes?.reason,
        details: event?.workflowExecutionFailedEventAttributes?.details)
    case CloseStatus.canceled: .canceled(details: event?.workflowExecutionCanceledEventAttributes?.details)
    case CloseStatus.timedOut: .timedOut
    case CloseStatus.terminated: .terminated
    default: nil
    }
  }

  /// A decision task that somebody worked on is lost with the old run.
  private func loseStartedDecision(of run: OpenExecution) throws(AWSError) {
    guard let lost = plan.started else { return }
    run.append(
      DecisionTaskTimedOutEventAttributes(
        timeoutType: DecisionTaskTimeoutType.startToClose, scheduledEventId: Int(lost.scheduledEventID),
        startedEventId: Int(lost.startedEventID)))
    try run.wakeDecider()
  }

  /// The decision task that waits is offered, or a fresh one made; what has a deadline is expected.
  private func wakeDecider(of run: OpenExecution) throws(AWSError) {
    try run.wakeDecider()
    try run.offerDecision()
    for activity in try transaction.scan(OpenActivityRecord.self, in: scope, .prefix(.integer(run.number))) {
      if let next = activity.timeouts.next(activity) { run.expect(at: next.at) }
    }
    let timers = KeyRange.prefix(.integer(run.number))
    if let first = try transaction.scan(
      OpenTimerRecord.self, by: OpenTimerRecord.byDue, in: scope, timers, limit: 1
    ).first {
      run.expect(at: first.firesAt)
    }
  }
}
