import Cloud
import Wire

/// What follows from a run's events for other runs, or for itself behind the events of its decision.
enum Consequence {
  /// A child is to be started; its parent is in it.
  case startChild(NewExecution, StartChildWorkflowExecutionDecisionAttributes, completedEventID: Int64)
  /// A run with a parent has ended.
  case childEnded(ExecutionRecord, ChildEnd)
  /// A parent was terminated or timed out.
  case applyPolicy(String, child: Int64)
  case signal(SignalExternalWorkflowExecutionDecisionAttributes, ExternalRequest)
  case requestCancel(RequestCancelExternalWorkflowExecutionDecisionAttributes, ExternalRequest)
  /// A Lambda function is to be called.
  case callLambda(run: Int64, scheduledEventID: Int64, function: String)

  func happen(in engine: Engine) throws(AWSError) {
    switch self {
    case .startChild(let child, let asked, let completed):
      try startChild(child, asked, completed, engine)
    case .childEnded(let child, let end):
      guard let link = child.parent, let parent = try engine.run(numbered: link.number) else { return }
      try parent.childEnded(child, end, initiated: link.initiatedEventID)
    case .applyPolicy(let policy, let number):
      guard let child = try engine.run(numbered: number) else { return }
      if policy == ChildPolicy.requestCancel {
        try child.requestCancel(cause: WorkflowExecutionCancelRequestedCause.childPolicyApplied)
      } else {
        try child.terminate(cause: WorkflowExecutionTerminatedCause.childPolicyApplied)
      }
    case .signal(let asked, let request): try signal(asked, request, engine)
    case .requestCancel(let asked, let request): try requestCancel(asked, request, engine)
    case .callLambda(let number, let scheduled, let function):
      try engine.run(numbered: number)?.callLambda(function, scheduled: scheduled)
    }
  }

  private func startChild(
    _ new: NewExecution, _ asked: StartChildWorkflowExecutionDecisionAttributes, _ completed: Int64, _ engine: Engine
  ) throws(AWSError) {
    guard let link = new.parent else { return }
    let parent = try engine.run(numbered: link.number)
    // An earlier decision of the same list may have started one of this id.
    if try Executions.open(new.workflowID, in: new.domain, engine.scope, engine.transaction) != nil {
      try parent?.childRefused(
        asked, StartChildWorkflowExecutionFailedCause.workflowAlreadyRunning, initiated: link.initiatedEventID,
        completed)
      return
    }
    let child = try engine.start(new)
    try parent?.childStarted(child, initiated: link.initiatedEventID)
  }

  private func signal(
    _ asked: SignalExternalWorkflowExecutionDecisionAttributes, _ request: ExternalRequest, _ engine: Engine
  ) throws(AWSError) {
    let target = try request.target(asked.workflowId, run: asked.runId, in: engine)
    try target?.signal(asked.signalName, input: asked.input, from: request.sender)
    guard let source = try engine.run(numbered: request.source.number) else { return }
    guard let target else {
      return try source.signalRefused(
        asked, SignalExternalWorkflowExecutionFailedCause.unknownExternalWorkflowExecution,
        initiated: request.initiatedEventID, request.completedEventID)
    }
    source.append(
      ExternalWorkflowExecutionSignaledEventAttributes(
        workflowExecution: target.record.execution, initiatedEventId: Int(request.initiatedEventID)))
    try source.wakeDecider()
  }

  private func requestCancel(
    _ asked: RequestCancelExternalWorkflowExecutionDecisionAttributes, _ request: ExternalRequest, _ engine: Engine
  ) throws(AWSError) {
    let target = try request.target(asked.workflowId, run: asked.runId, in: engine)
    try target?.requestCancel(from: request.sender)
    guard let source = try engine.run(numbered: request.source.number) else { return }
    guard let target else {
      return try source.cancelRequestRefused(
        asked, RequestCancelExternalWorkflowExecutionFailedCause.unknownExternalWorkflowExecution,
        initiated: request.initiatedEventID, request.completedEventID)
    }
    source.append(
      ExternalWorkflowExecutionCancelRequestedEventAttributes(
        workflowExecution: target.record.execution, initiatedEventId: Int(request.initiatedEventID)))
    try source.wakeDecider()
  }
}
