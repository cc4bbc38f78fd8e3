import Wire

/// A history told as bars: which tasks, timers, children and signals there were, when each began and how it ended.
///
/// Events are put in one after the other, in the order of the history; what belongs together is found by their links
/// (`scheduledEventId`, `startedEventId`, `initiatedEventId`). Complexity: O(1) for each event, O(open bars) when the
/// execution closes. Pure: no clock, no calls.
struct Timeline: Sendable {
  private(set) var bars: [Bar] = []
  /// The last event that was put in; 0 before the first.
  private(set) var lastEvent = 0
  /// How many decision tasks in a row have timed out, up to now.
  private(set) var decisionTimeouts = 0
  /// The execution whose child this is.
  private(set) var parent: ExecutionID?
  /// The runs before and after this one in a chain of ContinueAsNew.
  private(set) var previousRun: String?
  private(set) var nextRun: String?
  /// The last request to cancel.
  private(set) var cancelRequest: Bar.Moment?

  /// Bars by the event that began them, while they can still change.
  private var open: [Int: Int] = [:]
  /// Started activities by their id, for requests to cancel one.
  private var activities: [String: Int] = [:]
  /// When activities have to be over at the latest, by the event that scheduled them.
  private var totals: [Int: Timestamp] = [:]

  /// An execution's two names.
  struct ExecutionID: Sendable, Hashable {
    var workflowID: String
    var runID: String

    init?(_ json: JSONValue?) {
      guard let workflowID = json?["workflowId"]?.string, let runID = json?["runId"]?.string else { return nil }
      self.workflowID = workflowID
      self.runID = runID
    }

    init(workflowID: String, runID: String) {
      self.workflowID = workflowID
      self.runID = runID
    }
  }

  /// The execution's own bar.
  var execution: Bar? { bars.first.flatMap { $0.kind == .execution ? $0 : nil } }

  var isClosed: Bool { execution?.ended != nil }

  /// What is under way, oldest first, the execution itself left out.
  var openBars: [Bar] { open.values.sorted().filter { bars[$0].kind != .execution }.map { bars[$0] } }

  /// Puts an event in; one that is there already is left out.
  mutating func append(_ event: HistoryEvent) {
    guard event.id > lastEvent else { return }
    lastEvent = event.id
    if event.type.hasPrefix("WorkflowExecution") { return appendExecution(event) }
    if event.type.hasPrefix("DecisionTask") { return appendDecision(event) }
    if event.type.hasPrefix("ActivityTask") { return appendActivity(event) }
    if event.type.hasPrefix("LambdaFunction") { return appendLambda(event) }
    if event.type.hasPrefix("Timer") { return appendTimer(event) }
    if event.type.hasPrefix("ChildWorkflowExecution") { return appendChild(event) }
    appendOther(event)
  }

  // MARK: By kind

  private mutating func appendExecution(_ event: HistoryEvent) {
    switch event.type {
    case "WorkflowExecutionStarted":
      var bar = Bar(
        .execution, lane: "Workflow", label: event.text("workflowType", "name") ?? "", event, outcome: .running)
      bar.started = bar.begun
      bar.list = event.text("taskList", "name")
      bar.workLimit = event.limit("executionStartToCloseTimeout")
      begin(bar)
      parent = ExecutionID(event.attributes["parentWorkflowExecution"])
      previousRun = event.text("continuedExecutionRunId")
    case "WorkflowExecutionSignaled":
      var bar = Bar(
        .signal, lane: "Signals", label: event.text("signalName") ?? "", event, outcome: .signaled)
      bar.workflowID = event.text("externalWorkflowExecution", "workflowId")
      bar.runID = event.text("externalWorkflowExecution", "runId")
      bars.append(bar)
    case "WorkflowExecutionCancelRequested":
      bars.append(Bar(.signal, lane: "Signals", label: "cancel requested", event, outcome: .cancelRequested))
      cancelRequest = Bar.Moment(event: event.id, time: event.time)
    case "WorkflowExecutionCompleted": close(event, .completed, event.text("result"))
    case "WorkflowExecutionFailed": close(event, .failed, event.text("reason"))
    case "WorkflowExecutionCanceled": close(event, .canceled, event.text("details"))
    case "WorkflowExecutionTimedOut": close(event, .timedOut, event.text("timeoutType"))
    case "WorkflowExecutionTerminated": close(event, .terminated, event.text("reason") ?? event.text("cause"))
    case "WorkflowExecutionContinuedAsNew":
      nextRun = event.text("newExecutionRunId")
      close(event, .continuedAsNew)
    default: return
    }
  }

  private mutating func appendDecision(_ event: HistoryEvent) {
    switch event.type {
    case "DecisionTaskScheduled":
      var bar = Bar(.decision, lane: "Decisions", label: "decision", event)
      bar.list = event.text("taskList", "name")
      bar.workLimit = event.limit("startToCloseTimeout")
      bar.due = event.limit("scheduleToStartTimeout").map { event.time.adding(milliseconds: $0) }
      begin(bar)
    case "DecisionTaskStarted": start(event, "scheduledEventId")
    case "DecisionTaskCompleted":
      decisionTimeouts = 0
      end(event, "scheduledEventId", .completed)
    case "DecisionTaskTimedOut":
      decisionTimeouts += 1
      end(event, "scheduledEventId", .timedOut, event.text("timeoutType"))
    default: return
    }
  }

  private mutating func appendActivity(_ event: HistoryEvent) {
    switch event.type {
    case "ActivityTaskScheduled":
      let id = event.text("activityId") ?? ""
      var bar = Bar(.activity, lane: event.text("activityType", "name") ?? "Activities", label: id, event)
      bar.list = event.text("taskList", "name")
      bar.workLimit = event.limit("startToCloseTimeout")
      let limits = [event.limit("scheduleToStartTimeout"), event.limit("scheduleToCloseTimeout")]
      bar.due = limits.compactMap { $0 }.min().map { event.time.adding(milliseconds: $0) }
      totals[event.id] = event.limit("scheduleToCloseTimeout").map { event.time.adding(milliseconds: $0) }
      begin(bar)
      activities[id] = event.id
    case "ActivityTaskStarted":
      start(event, "scheduledEventId")
      // Once it has begun, the limit of waiting is over; that of the whole stays.
      if let id = event.link("scheduledEventId"), let index = open[id] { bars[index].due = totals[id] }
    case "ActivityTaskCompleted": end(event, "scheduledEventId", .completed)
    case "ActivityTaskFailed": end(event, "scheduledEventId", .failed, event.text("reason"))
    case "ActivityTaskTimedOut": end(event, "scheduledEventId", .timedOut, event.text("timeoutType"))
    case "ActivityTaskCanceled": end(event, "scheduledEventId", .canceled)
    case "ActivityTaskCancelRequested":
      guard let id = event.text("activityId").flatMap({ activities[$0] }), let index = open[id] else { return }
      bars[index].isCancelRequested = true
      bars[index].events.append(event.id)
    default: return
    }
  }

  private mutating func appendLambda(_ event: HistoryEvent) {
    switch event.type {
    case "LambdaFunctionScheduled":
      var bar = Bar(.lambda, lane: event.text("name") ?? "Lambda", label: event.text("id") ?? "", event)
      bar.workLimit = event.limit("startToCloseTimeout")
      begin(bar)
    case "LambdaFunctionStarted": start(event, "scheduledEventId")
    case "LambdaFunctionCompleted": end(event, "scheduledEventId", .completed)
    case "LambdaFunctionFailed": end(event, "scheduledEventId", .failed, event.text("reason"))
    case "LambdaFunctionTimedOut": end(event, "scheduledEventId", .timedOut, event.text("timeoutType"))
    default: return
    }
  }

  private mutating func appendTimer(_ event: HistoryEvent) {
    switch event.type {
    case "TimerStarted":
      var bar = Bar(.timer, lane: "Timers", label: event.text("timerId") ?? "", event, outcome: .running)
      bar.started = bar.begun
      bar.due = event.limit("startToFireTimeout").map { event.time.adding(milliseconds: $0) }
      begin(bar)
    case "TimerFired": end(event, "startedEventId", .fired)
    case "TimerCanceled": end(event, "startedEventId", .canceled)
    default: return
    }
  }

  private mutating func appendChild(_ event: HistoryEvent) {
    switch event.type {
    case "ChildWorkflowExecutionStarted":
      if let id = event.link("initiatedEventId"), let index = open[id] {
        bars[index].runID = event.text("workflowExecution", "runId")
      }
      start(event, "initiatedEventId")
    case "ChildWorkflowExecutionCompleted": end(event, "initiatedEventId", .completed)
    case "ChildWorkflowExecutionFailed": end(event, "initiatedEventId", .failed, event.text("reason"))
    case "ChildWorkflowExecutionTimedOut": end(event, "initiatedEventId", .timedOut, event.text("timeoutType"))
    case "ChildWorkflowExecutionCanceled": end(event, "initiatedEventId", .canceled)
    case "ChildWorkflowExecutionTerminated": end(event, "initiatedEventId", .terminated)
    default: return
    }
  }

  private mutating func appendOther(_ event: HistoryEvent) {
    switch event.type {
    case "StartChildWorkflowExecutionInitiated":
      var bar = Bar(
        .child, lane: event.text("workflowType", "name") ?? "Children", label: event.text("workflowId") ?? "", event)
      bar.workflowID = event.text("workflowId")
      bar.list = event.text("taskList", "name")
      begin(bar)
    case "SignalExternalWorkflowExecutionInitiated":
      beginExternal(event, event.text("signalName") ?? "signal")
    case "RequestCancelExternalWorkflowExecutionInitiated":
      beginExternal(event, "cancel request")
    case "ExternalWorkflowExecutionSignaled": end(event, "initiatedEventId", .signaled)
    case "ExternalWorkflowExecutionCancelRequested": end(event, "initiatedEventId", .cancelRequested)
    case "MarkerRecorded":
      bars.append(Bar(.marker, lane: "Markers", label: event.text("markerName") ?? "", event, outcome: .recorded))
    case "StartChildWorkflowExecutionFailed", "SignalExternalWorkflowExecutionFailed",
      "RequestCancelExternalWorkflowExecutionFailed":
      if !end(event, "initiatedEventId", .failed, event.text("cause")) { refuse(event) }
    case "StartLambdaFunctionFailed":
      if !end(event, "scheduledEventId", .failed, event.text("cause")) { refuse(event) }
    // What is left that fails is a decision that was not carried out.
    case _ where event.type.hasSuffix("Failed"): refuse(event)
    default: return
    }
  }

  // MARK: Steps

  private mutating func begin(_ bar: Bar) {
    open[bar.begun.event] = bars.count
    bars.append(bar)
  }

  private mutating func beginExternal(_ event: HistoryEvent, _ name: String) {
    var bar = Bar(
      .external, lane: "Sent to others", label: "\(name) → \(event.text("workflowId") ?? "")", event, outcome: .running)
    bar.workflowID = event.text("workflowId")
    bar.runID = event.text("runId")
    begin(bar)
  }

  private mutating func start(_ event: HistoryEvent, _ link: String) {
    guard let id = event.link(link), let index = open[id] else { return }
    bars[index].start(event)
  }

  @discardableResult
  private mutating func end(
    _ event: HistoryEvent, _ link: String, _ outcome: Bar.Outcome, _ detail: String? = nil
  ) -> Bool {
    guard let id = event.link(link), let index = open.removeValue(forKey: id) else { return false }
    bars[index].end(event, outcome, detail)
    totals[id] = nil
    if bars[index].kind == .activity, activities[bars[index].label] == id { activities[bars[index].label] = nil }
    return true
  }

  private mutating func refuse(_ event: HistoryEvent) {
    var bar = Bar(
      .refusal, lane: "Refused decisions", label: String(event.type.dropLast("Failed".count)), event, outcome: .refused)
    bar.detail = event.text("cause")
    bars.append(bar)
  }

  private mutating func close(_ event: HistoryEvent, _ outcome: Bar.Outcome, _ detail: String? = nil) {
    guard bars.first?.kind == .execution else { return }
    let execution = bars[0].begun.event
    for (id, index) in open where id != execution {
      bars[index].outcome = .abandoned
      bars[index].ended = Bar.Moment(event: event.id, time: event.time)
    }
    bars[0].end(event, outcome, detail)
    open.removeAll()
    activities.removeAll()
    totals.removeAll()
  }
}
