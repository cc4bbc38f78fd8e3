import Wire

/// What is open after the first events of a history, and what of the rest is still to be told to the new run.
struct ResetPlan: Sendable {
  /// Why a run cannot be reset to an event.
  struct Refused: Error, CustomStringConvertible {
    let description: String
  }

  struct Activity: Sendable {
    var scheduledEventID: Int64
    var attributes: ActivityTaskScheduledEventAttributes
    var cancelRequestedEventID: Int64 = 0
  }

  struct Timer: Sendable {
    var startedEventID: Int64
    var attributes: TimerStartedEventAttributes
  }

  struct Child: Sendable {
    var initiatedEventID: Int64
    /// Its ChildWorkflowExecutionStarted event, if that is kept.
    var started: (eventID: Int64, execution: WorkflowExecution)?
  }

  /// The last event that is kept.
  let last: Int64
  private(set) var activities: [Int64: Activity] = [:]
  private(set) var timers: [String: Timer] = [:]
  private(set) var children: [Int64: Child] = [:]
  /// The decision task that waits, and the one that a decider works on.
  private(set) var queued: (eventID: Int64, attributes: DecisionTaskScheduledEventAttributes)?
  private(set) var started: (scheduledEventID: Int64, startedEventID: Int64)?
  private(set) var previousStartedEventID: Int64 = 0
  /// The list that a decider has chosen, and how long a task may wait in it.
  private(set) var override: (taskList: String, timeout: String?)?
  private(set) var context: String?
  private(set) var isCancelRequested = false
  /// Later events of the old run that are consequences of what is kept: ends of children, deliveries of signals.
  private(set) var consequences: [HistoryEvent] = []

  /// - Parameters:
  ///   - events: the whole history, by ascending ids.
  ///   - last: the last event to be kept. It must not cut a decider's answer in two, nor be the end of the run. A decision
  ///     task that it woke is kept with it.
  init(_ events: [HistoryEvent], keeping last: Int64) throws(Refused) {
    guard last >= 1, last <= events.count else {
      throw Refused(description: "the run has events 1 to \(events.count)")
    }
    var last = last
    // A decision task belongs to what woke the decider: both have the same time, in every history.
    if last < events.count, events[Int(last)].eventType == EventType.decisionTaskScheduled { last += 1 }
    self.last = last
    let kept = events.prefix(Int(last))
    if let end = kept.last, ResetPlan.closing.contains(end.eventType) {
      throw Refused(description: "event \(last), \(end.eventType), is the end of the run; keep fewer events")
    }
    for event in events.dropFirst(Int(last)) {
      if let completed = ResetPlan.decidedBy(event), completed <= last {
        let places = ResetPlan.boundaries(of: events).map { String($0) }.joined(separator: ", ")
        throw Refused(
          description: "event \(last) cuts the decisions of event \(completed) in two; whole are the first: \(places)")
      }
      if ResetPlan.cause(of: event).map({ $0 <= last }) ?? false { consequences.append(event) }
    }
    for event in kept { follow(event) }
  }

  /// The events after which a history can be cut: those behind a decider's whole answer, and before its end.
  static func boundaries(of events: [HistoryEvent]) -> [Int] {
    var lastDecided: [Int64: Int] = [:]
    for event in events {
      if event.eventType == EventType.decisionTaskCompleted { lastDecided[Int64(event.eventId)] = event.eventId }
      if let completed = decidedBy(event) { lastDecided[completed] = event.eventId }
    }
    let ends = lastDecided.values.sorted()
    return ends.filter { !closing.contains(events[$0 - 1].eventType) }
  }

  private static let closing: Set<String> = [
    EventType.workflowExecutionCompleted, EventType.workflowExecutionFailed, EventType.workflowExecutionCanceled,
    EventType.workflowExecutionContinuedAsNew, EventType.workflowExecutionTerminated,
    EventType.workflowExecutionTimedOut,
  ]

  /// The DecisionTaskCompleted event of which an event is a decision.
  private static func decidedBy(_ event: HistoryEvent) -> Int64? {
    guard
      let document = JSONValue(
        json: EventShapes.all.model.json(event.structureValue, as: EventShapes.all.historyEvent)),
      let attributes = RecordedTask.attributes(of: document, event.eventType),
      RecordedDecision(event.eventType, event.eventId, attributes) != nil
    else { return nil }
    return attributes["decisionTaskCompletedEventId"]?.integer.map { Int64($0) }
  }

  /// The event of this run of which an event is the late consequence.
  private static func cause(of event: HistoryEvent) -> Int64? {
    let ids: [Int?] = [
      event.childWorkflowExecutionStartedEventAttributes?.initiatedEventId,
      event.childWorkflowExecutionCompletedEventAttributes?.initiatedEventId,
      event.childWorkflowExecutionFailedEventAttributes?.initiatedEventId,
      event.childWorkflowExecutionTimedOutEventAttributes?.initiatedEventId,
      event.childWorkflowExecutionCanceledEventAttributes?.initiatedEventId,
      event.childWorkflowExecutionTerminatedEventAttributes?.initiatedEventId,
      event.startChildWorkflowExecutionFailedEventAttributes?.initiatedEventId,
      event.externalWorkflowExecutionSignaledEventAttributes?.initiatedEventId,
      event.signalExternalWorkflowExecutionFailedEventAttributes?.initiatedEventId,
      event.externalWorkflowExecutionCancelRequestedEventAttributes?.initiatedEventId,
      event.requestCancelExternalWorkflowExecutionFailedEventAttributes?.initiatedEventId,
      event.startLambdaFunctionFailedEventAttributes?.scheduledEventId,
    ]
    guard let id = ids.compactMap({ $0 }).first, id > 0 else { return nil }
    return Int64(id)
  }

  private mutating func follow(_ event: HistoryEvent) {
    let id = Int64(event.eventId)
    if event.eventType == EventType.workflowExecutionCancelRequested { isCancelRequested = true }
    if let task = event.decisionTaskScheduledEventAttributes { queued = (id, task) }
    if let task = event.decisionTaskStartedEventAttributes {
      started = (Int64(task.scheduledEventId), id)
      queued = nil
    }
    if let task = event.decisionTaskCompletedEventAttributes {
      started = nil
      previousStartedEventID = Int64(task.startedEventId)
      if let list = task.taskList { override = (list.name, task.taskListScheduleToStartTimeout) }
      context = task.executionContext ?? context
    }
    if let task = event.decisionTaskTimedOutEventAttributes {
      if task.startedEventId == 0 { queued = nil } else { started = nil }
      override = nil
    }
    if let task = event.activityTaskScheduledEventAttributes {
      activities[id] = Activity(scheduledEventID: id, attributes: task)
    }
    if let request = event.activityTaskCancelRequestedEventAttributes,
      let open = activities.values.first(where: { $0.attributes.activityId == request.activityId })
    {
      activities[open.scheduledEventID]?.cancelRequestedEventID = id
    }
    let ends: [Int?] = [
      event.activityTaskCompletedEventAttributes?.scheduledEventId,
      event.activityTaskFailedEventAttributes?.scheduledEventId,
      event.activityTaskTimedOutEventAttributes?.scheduledEventId,
      event.activityTaskCanceledEventAttributes?.scheduledEventId,
    ]
    for ended in ends.compactMap({ $0 }) { activities[Int64(ended)] = nil }
    if let timer = event.timerStartedEventAttributes {
      timers[timer.timerId] = Timer(startedEventID: id, attributes: timer)
    }
    if let timer = event.timerFiredEventAttributes?.timerId ?? event.timerCanceledEventAttributes?.timerId {
      timers[timer] = nil
    }
    if event.startChildWorkflowExecutionInitiatedEventAttributes != nil {
      children[id] = Child(initiatedEventID: id)
    }
    followChild(event, id)
  }

  private mutating func followChild(_ event: HistoryEvent, _ id: Int64) {
    guard let initiated = ResetPlan.cause(of: event), children[initiated] != nil else { return }
    if let child = event.childWorkflowExecutionStartedEventAttributes {
      children[initiated]?.started = (id, child.workflowExecution)
    } else {
      children[initiated] = nil
    }
  }
}
