import Cloud
import Wire

/// Signals and cancel requests, from outside and from other workflows.
extension OpenExecution {
  /// Who signals or asks to cancel: another run, and the event with which it began.
  struct Sender {
    let execution: WorkflowExecution
    let initiatedEventID: Int64
  }

  /// The run is signaled.
  func signal(_ name: String, input: String?, from sender: Sender? = nil) throws(AWSError) {
    append(
      WorkflowExecutionSignaledEventAttributes(
        signalName: name, input: input, externalWorkflowExecution: sender?.execution,
        externalInitiatedEventId: Int(sender?.initiatedEventID ?? 0)))
    try wakeDecider()
  }

  /// The run is asked to cancel itself; asked again, it gets another event.
  func requestCancel(from sender: Sender? = nil, cause: String? = nil) throws(AWSError) {
    if !record.isCancelRequested { try update { $0.isCancelRequested = true } }
    append(
      WorkflowExecutionCancelRequestedEventAttributes(
        externalWorkflowExecution: sender?.execution, externalInitiatedEventId: Int(sender?.initiatedEventID ?? 0),
        cause: cause))
    try wakeDecider()
  }

  // MARK: Decisions

  /// The decision SignalExternalWorkflowExecution.
  func signalExternal(
    _ asked: SignalExternalWorkflowExecutionDecisionAttributes, _ completed: Int64
  ) throws(AWSError) {
    let limited = AWSLimits.shared.failureCause(
      of: DecisionType.signalExternalWorkflowExecution, in: scope, at: transaction.now)
    if let limited { return try signalRefused(asked, limited, initiated: 0, completed) }
    let id = append(
      SignalExternalWorkflowExecutionInitiatedEventAttributes(
        workflowId: asked.workflowId, runId: asked.runId, signalName: asked.signalName, input: asked.input,
        decisionTaskCompletedEventId: Int(completed), control: asked.control))
    engine.follow(.signal(asked, ExternalRequest(from: record, initiatedEventID: id, completedEventID: completed)))
  }

  /// Another workflow was not signaled.
  /// - Parameter initiated: the SignalExternalWorkflowExecutionInitiated event; 0 when it was refused before.
  func signalRefused(
    _ asked: SignalExternalWorkflowExecutionDecisionAttributes, _ cause: String, initiated: Int64, _ completed: Int64
  ) throws(AWSError) {
    append(
      SignalExternalWorkflowExecutionFailedEventAttributes(
        workflowId: asked.workflowId, runId: asked.runId, cause: cause, initiatedEventId: Int(initiated),
        decisionTaskCompletedEventId: Int(completed), control: asked.control))
    try wakeDecider()
  }

  /// The decision RequestCancelExternalWorkflowExecution.
  func requestCancelExternal(
    _ asked: RequestCancelExternalWorkflowExecutionDecisionAttributes, _ completed: Int64
  ) throws(AWSError) {
    let limited = AWSLimits.shared.failureCause(
      of: DecisionType.requestCancelExternalWorkflowExecution, in: scope, at: transaction.now)
    if let limited { return try cancelRequestRefused(asked, limited, initiated: 0, completed) }
    let id = append(
      RequestCancelExternalWorkflowExecutionInitiatedEventAttributes(
        workflowId: asked.workflowId, runId: asked.runId, decisionTaskCompletedEventId: Int(completed),
        control: asked.control))
    engine.follow(
      .requestCancel(asked, ExternalRequest(from: record, initiatedEventID: id, completedEventID: completed)))
  }

  /// Another workflow was not asked to cancel.
  /// - Parameter initiated: the RequestCancelExternalWorkflowExecutionInitiated event; 0 when it was refused before.
  func cancelRequestRefused(
    _ asked: RequestCancelExternalWorkflowExecutionDecisionAttributes, _ cause: String, initiated: Int64,
    _ completed: Int64
  ) throws(AWSError) {
    append(
      RequestCancelExternalWorkflowExecutionFailedEventAttributes(
        workflowId: asked.workflowId, runId: asked.runId, cause: cause, initiatedEventId: Int(initiated),
        decisionTaskCompletedEventId: Int(completed), control: asked.control))
    try wakeDecider()
  }
}

/// A decision about another workflow on its way there.
struct ExternalRequest {
  /// The run that decided.
  let source: ExecutionRecord
  let initiatedEventID: Int64
  let completedEventID: Int64

  init(from source: ExecutionRecord, initiatedEventID: Int64, completedEventID: Int64) {
    self.source = source
    self.initiatedEventID = initiatedEventID
    self.completedEventID = completedEventID
  }

  var sender: OpenExecution.Sender {
    OpenExecution.Sender(execution: source.execution, initiatedEventID: initiatedEventID)
  }

  /// The open run that is meant: of the same domain.
  func target(_ workflowID: String, run runID: String?, in engine: Engine) throws(AWSError) -> OpenExecution? {
    let record: ExecutionRecord?
    if let runID = Durations.given(runID) {
      record = try Executions.run(
        runID, of: workflowID, in: source.domain, engine.scope, engine.transaction)
    } else {
      record = try Executions.open(workflowID, in: source.domain, engine.scope, engine.transaction)
    }
    return try record.flatMap { record throws(AWSError) in try engine.run(record) }
  }
}
