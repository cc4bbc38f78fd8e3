import Cloud
import Wire

/// The ends of a run. Child policies are applied only when it is terminated or times out; otherwise children go on.
extension OpenExecution {
  /// The decision CompleteWorkflowExecution.
  func complete(_ asked: CompleteWorkflowExecutionDecisionAttributes?, _ completed: Int64) throws(AWSError) {
    append(
      WorkflowExecutionCompletedEventAttributes(
        result: asked?.result, decisionTaskCompletedEventId: Int(completed)))
    try end(CloseStatus.completed, .completed(result: asked?.result))
  }

  /// The decision FailWorkflowExecution.
  func fail(_ asked: FailWorkflowExecutionDecisionAttributes?, _ completed: Int64) throws(AWSError) {
    append(
      WorkflowExecutionFailedEventAttributes(
        reason: asked?.reason, details: asked?.details, decisionTaskCompletedEventId: Int(completed)))
    try end(CloseStatus.failed, .failed(reason: asked?.reason, details: asked?.details))
  }

  /// The decision CancelWorkflowExecution.
  func cancel(_ asked: CancelWorkflowExecutionDecisionAttributes?, _ completed: Int64) throws(AWSError) {
    append(
      WorkflowExecutionCanceledEventAttributes(
        details: asked?.details, decisionTaskCompletedEventId: Int(completed)))
    try end(CloseStatus.canceled, .canceled(details: asked?.details))
  }

  /// The decision ContinueAsNewWorkflowExecution: a new run takes this one's place, also as its parent's child. The parent
  /// is told nothing.
  func continueAsNew(
    _ asked: ContinueAsNewWorkflowExecutionDecisionAttributes?, _ completed: Int64
  ) throws(AWSError) {
    typealias Cause = ContinueAsNewWorkflowExecutionFailedCause
    func refuse(_ cause: String) throws(AWSError) { try continuingRefused(cause, completed) }
    let name = TypeName(
      name: record.type.name, version: Durations.given(asked?.workflowTypeVersion) ?? record.type.version)
    guard let type = try WorkflowTypeRecord.find(ifAny: name.workflow, in: record.domain, scope, transaction) else {
      return try refuse(Cause.workflowTypeDoesNotExist)
    }
    if type.isDeprecated { return try refuse(Cause.workflowTypeDeprecated) }
    // AWS: what is left out comes from the type's defaults, not from the old run.
    let settings = ExecutionSettings(
      executionStartToCloseTimeout: asked?.executionStartToCloseTimeout, taskList: asked?.taskList?.name,
      taskPriority: asked?.taskPriority, taskStartToCloseTimeout: asked?.taskStartToCloseTimeout,
      childPolicy: asked?.childPolicy, lambdaRole: asked?.lambdaRole)
    let configuration: ExecutionRecord.Configuration
    do throws(ExecutionSettings.Undefined) {
      configuration = try settings.resolved(type.defaults)
    } catch { return try refuse(error.cause) }
    let limited = AWSLimits.shared.failureCause(
      of: DecisionType.continueAsNewWorkflowExecution, in: scope, at: transaction.now)
    if let limited { return try refuse(limited) }
    let runID = Engine.newRunID(transaction)
    append(
      WorkflowExecutionContinuedAsNewEventAttributes(
        input: asked?.input, decisionTaskCompletedEventId: Int(completed), newExecutionRunId: runID,
        executionStartToCloseTimeout: configuration.executionStartToCloseTimeout,
        taskList: TaskList(name: configuration.taskList), taskPriority: configuration.taskPriority,
        taskStartToCloseTimeout: configuration.taskStartToCloseTimeout, childPolicy: configuration.childPolicy,
        tagList: asked?.tagList, workflowType: name.workflow, lambdaRole: configuration.lambdaRole))
    try close(CloseStatus.continuedAsNew)
    let successor = try engine.start(
      NewExecution(
        domain: record.domain, workflowID: record.workflowID, runID: runID, type: name, configuration: configuration,
        input: asked?.input, tags: asked?.tagList ?? [], parent: record.parent, continuedRunID: record.runID))
    guard let parent = record.parent else { return }
    let key = Key(.integer(parent.number), .integer(parent.initiatedEventID))
    if var link = try transaction.get(OpenChildRecord.self, key, in: scope) {
      link.childNumber = successor.number
      try transaction.put(link, in: scope)
    }
  }

  /// The run was not continued.
  func continuingRefused(_ cause: String, _ completed: Int64) throws(AWSError) {
    append(
      ContinueAsNewWorkflowExecutionFailedEventAttributes(cause: cause, decisionTaskCompletedEventId: Int(completed)))
    try wakeDecider()
  }

  /// Somebody, a parent's policy or the length of the history ends the run.
  /// - Parameters:
  ///   - childPolicy: what happens to open children; the run's own policy without one.
  ///   - cause: one of ``WorkflowExecutionTerminatedCause``.
  func terminate(
    reason: String? = nil, details: String? = nil, childPolicy: String? = nil, cause: String
  ) throws(AWSError) {
    let policy = childPolicy ?? record.configuration.childPolicy
    append(
      WorkflowExecutionTerminatedEventAttributes(
        reason: reason, details: details, childPolicy: policy, cause: cause))
    try end(CloseStatus.terminated, .terminated, applying: policy)
  }

  /// The run has taken longer than it may.
  func timeOut() throws(AWSError) {
    let policy = record.configuration.childPolicy
    append(
      WorkflowExecutionTimedOutEventAttributes(
        timeoutType: WorkflowExecutionTimeoutType.startToClose, childPolicy: policy))
    try end(CloseStatus.timedOut, .timedOut, applying: policy)
  }

  private func end(_ status: String, _ end: ChildEnd, applying policy: String? = nil) throws(AWSError) {
    let children = try close(status)
    if record.parent != nil { engine.follow(.childEnded(record, end)) }
    if let policy, policy != ChildPolicy.abandon {
      for child in children { engine.follow(.applyPolicy(policy, child: child)) }
    }
  }
}
