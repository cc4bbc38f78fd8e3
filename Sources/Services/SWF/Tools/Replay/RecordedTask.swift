import Wire

/// A decision as a history shows it, by the event that it led to.
struct RecordedDecision: Sendable, Equatable {
  /// `ScheduleActivityTask` and its like.
  var type: String
  /// The event's attributes, as far as they were the decision's.
  var attributes: JSONValue
  var eventID: Int
  /// Whether the event tells only some of the attributes, because the decision failed.
  var isPartial: Bool
}

/// A decision task that was answered, as a history shows it.
struct RecordedTask: Sendable, Equatable {
  /// The history that its decider saw ends here.
  var startedEventID: Int
  var completedEventID: Int
  /// The DecisionTaskStarted event of the task answered before; 0 for the first.
  var previousStartedEventID: Int
  var decisions: [RecordedDecision]
}

extension RecordedTask {
  /// The answered decision tasks of a history, in their order.
  /// - Parameter events: events as AWS shows them, by ascending ids.
  static func all(in events: [JSONValue]) -> [RecordedTask] {
    var tasks: [RecordedTask] = []
    var positions: [Int: Int] = [:]
    for event in events {
      guard let type = event["eventType"]?.string, let id = event["eventId"]?.integer,
        let attributes = attributes(of: event, type)
      else { continue }
      if type == "DecisionTaskCompleted" {
        positions[id] = tasks.count
        tasks.append(
          RecordedTask(
            startedEventID: attributes["startedEventId"]?.integer ?? 0, completedEventID: id,
            previousStartedEventID: tasks.last?.startedEventID ?? 0, decisions: []))
      } else if let decision = RecordedDecision(type, id, attributes),
        let completed = attributes["decisionTaskCompletedEventId"]?.integer, let position = positions[completed]
      {
        tasks[position].decisions.append(decision)
      }
    }
    return tasks
  }

  /// An event's attributes: the member is called as the event, with a small first letter.
  static func attributes(of event: JSONValue, _ type: String) -> JSONValue? {
    event[type.prefix(1).lowercased() + type.dropFirst() + "EventAttributes"]
  }
}

extension RecordedDecision {
  /// The decisions by the events that they lead to; those that failed have events of their own.
  /// AWS: SWF API reference, `HistoryEvent` and `Decision`.
  private static let types: [String: (decision: String, isPartial: Bool)] = [
    "ActivityTaskScheduled": ("ScheduleActivityTask", false),
    "ScheduleActivityTaskFailed": ("ScheduleActivityTask", true),
    "ActivityTaskCancelRequested": ("RequestCancelActivityTask", false),
    "RequestCancelActivityTaskFailed": ("RequestCancelActivityTask", true),
    "WorkflowExecutionCompleted": ("CompleteWorkflowExecution", false),
    "CompleteWorkflowExecutionFailed": ("CompleteWorkflowExecution", true),
    "WorkflowExecutionFailed": ("FailWorkflowExecution", false),
    "FailWorkflowExecutionFailed": ("FailWorkflowExecution", true),
    "WorkflowExecutionCanceled": ("CancelWorkflowExecution", false),
    "CancelWorkflowExecutionFailed": ("CancelWorkflowExecution", true),
    "WorkflowExecutionContinuedAsNew": ("ContinueAsNewWorkflowExecution", false),
    "ContinueAsNewWorkflowExecutionFailed": ("ContinueAsNewWorkflowExecution", true),
    "MarkerRecorded": ("RecordMarker", false), "RecordMarkerFailed": ("RecordMarker", true),
    "TimerStarted": ("StartTimer", false), "StartTimerFailed": ("StartTimer", true),
    "TimerCanceled": ("CancelTimer", false), "CancelTimerFailed": ("CancelTimer", true),
    "SignalExternalWorkflowExecutionInitiated": ("SignalExternalWorkflowExecution", false),
    "SignalExternalWorkflowExecutionFailed": ("SignalExternalWorkflowExecution", true),
    "RequestCancelExternalWorkflowExecutionInitiated": ("RequestCancelExternalWorkflowExecution", false),
    "RequestCancelExternalWorkflowExecutionFailed": ("RequestCancelExternalWorkflowExecution", true),
    "StartChildWorkflowExecutionInitiated": ("StartChildWorkflowExecution", false),
    "StartChildWorkflowExecutionFailed": ("StartChildWorkflowExecution", true),
    "LambdaFunctionScheduled": ("ScheduleLambdaFunction", false),
    "ScheduleLambdaFunctionFailed": ("ScheduleLambdaFunction", true),
  ]

  /// What the engine adds to an event and no decider has said.
  private static let added: Set<String> = [
    "decisionTaskCompletedEventId", "initiatedEventId", "startedEventId", "cause", "newExecutionRunId",
  ]

  /// The decision behind an event; nothing if the event comes from elsewhere.
  init?(_ eventType: String, _ eventID: Int, _ attributes: JSONValue) {
    guard let known = RecordedDecision.types[eventType], case .object(let members) = attributes else { return nil }
    // What was initiated and failed later is the consequence of an earlier decision.
    if eventType.hasSuffix("Failed"), (attributes["initiatedEventId"]?.integer ?? 0) != 0 { return nil }
    var kept = members.filter { !RecordedDecision.added.contains($0.name) }
    if eventType == "WorkflowExecutionContinuedAsNew" {
      let version = attributes["workflowType"]?["version"]
      kept.removeAll { $0.name == "workflowType" }
      if let version { kept.append(.init("workflowTypeVersion", version)) }
    }
    self.init(type: known.decision, attributes: .object(kept), eventID: eventID, isPartial: known.isPartial)
  }
}
