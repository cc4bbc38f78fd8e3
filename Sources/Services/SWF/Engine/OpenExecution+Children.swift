import Cloud
import Wire

/// Child workflows, as their parent sees them.
extension OpenExecution {
  /// The decision StartChildWorkflowExecution.
  func startChild(
    _ asked: StartChildWorkflowExecutionDecisionAttributes, _ completed: Int64
  ) throws(AWSError) {
    typealias Cause = StartChildWorkflowExecutionFailedCause
    func refuse(_ cause: String) throws(AWSError) { try childRefused(asked, cause, initiated: 0, completed) }
    guard let type = try WorkflowTypeRecord.find(ifAny: asked.workflowType, in: record.domain, scope, transaction)
    else { return try refuse(Cause.workflowTypeDoesNotExist) }
    if type.isDeprecated { return try refuse(Cause.workflowTypeDeprecated) }
    if try Executions.open(asked.workflowId, in: record.domain, scope, transaction) != nil {
      return try refuse(Cause.workflowAlreadyRunning)
    }
    let settings = ExecutionSettings(
      executionStartToCloseTimeout: asked.executionStartToCloseTimeout, taskList: asked.taskList?.name,
      taskPriority: asked.taskPriority, taskStartToCloseTimeout: asked.taskStartToCloseTimeout,
      childPolicy: asked.childPolicy, lambdaRole: asked.lambdaRole)
    let configuration: ExecutionRecord.Configuration
    do throws(ExecutionSettings.Undefined) {
      configuration = try settings.resolved(type.defaults)
    } catch { return try refuse(error.cause) }
    if AWSLimits.shared.hasQuotas, state.counts.children >= Engine.openChildLimit {
      return try refuse(Cause.openChildrenLimitExceeded)
    }
    if !(try AWSLimits.shared.hasRoomForExecution(in: record.domain, scope, transaction)) {
      return try refuse(Cause.openWorkflowsLimitExceeded)
    }
    let limited = AWSLimits.shared.failureCause(
      of: DecisionType.startChildWorkflowExecution, in: scope, at: transaction.now)
    if let limited { return try refuse(limited) }
    let id = append(
      StartChildWorkflowExecutionInitiatedEventAttributes(
        workflowId: asked.workflowId, workflowType: asked.workflowType, control: asked.control, input: asked.input,
        executionStartToCloseTimeout: configuration.executionStartToCloseTimeout,
        taskList: TaskList(name: configuration.taskList), taskPriority: configuration.taskPriority,
        decisionTaskCompletedEventId: Int(completed), childPolicy: configuration.childPolicy,
        taskStartToCloseTimeout: configuration.taskStartToCloseTimeout, tagList: asked.tagList,
        lambdaRole: configuration.lambdaRole))
    state.counts.children += 1
    let child = NewExecution(
      domain: record.domain, workflowID: asked.workflowId, type: TypeName(asked.workflowType),
      configuration: configuration, input: asked.input, tags: asked.tagList ?? [],
      parent: ExecutionRecord.Parent(
        number: number, workflowID: record.workflowID, runID: record.runID, initiatedEventID: id))
    engine.follow(.startChild(child, asked, completedEventID: completed))
  }

  /// A child's start was refused.
  /// - Parameter initiated: its StartChildWorkflowExecutionInitiated event; 0 when it was refused before.
  func childRefused(
    _ asked: StartChildWorkflowExecutionDecisionAttributes, _ cause: String, initiated: Int64, _ completed: Int64
  ) throws(AWSError) {
    append(
      StartChildWorkflowExecutionFailedEventAttributes(
        workflowType: asked.workflowType, cause: cause, workflowId: asked.workflowId, initiatedEventId: Int(initiated),
        decisionTaskCompletedEventId: Int(completed), control: asked.control))
    if initiated != 0 { state.counts.children -= 1 }
    try wakeDecider()
  }

  /// A child has started.
  func childStarted(_ child: ExecutionRecord, initiated: Int64) throws(AWSError) {
    let id = append(
      ChildWorkflowExecutionStartedEventAttributes(
        workflowExecution: child.execution, workflowType: child.type.workflow, initiatedEventId: Int(initiated)))
    try transaction.insert(
      OpenChildRecord(number: number, initiatedEventID: initiated, startedEventID: id, childNumber: child.number),
      in: scope)
    try wakeDecider()
  }

  /// A child has come to its end.
  func childEnded(_ child: ExecutionRecord, _ end: ChildEnd, initiated: Int64) throws(AWSError) {
    let key = Key(.integer(number), .integer(initiated))
    guard let open = try transaction.get(OpenChildRecord.self, key, in: scope) else { return }
    try transaction.delete(open, in: scope)
    state.counts.children -= 1
    let (execution, type, started) = (child.execution, child.type.workflow, Int(open.startedEventID))
    switch end {
    case .completed(let result):
      append(
        ChildWorkflowExecutionCompletedEventAttributes(
          workflowExecution: execution, workflowType: type, result: result, initiatedEventId: Int(initiated),
          startedEventId: started))
    case .failed(let reason, let details):
      append(
        ChildWorkflowExecutionFailedEventAttributes(
          workflowExecution: execution, workflowType: type, reason: reason, details: details,
          initiatedEventId: Int(initiated), startedEventId: started))
    case .canceled(let details):
      append(
        ChildWorkflowExecutionCanceledEventAttributes(
          workflowExecution: execution, workflowType: type, details: details, initiatedEventId: Int(initiated),
          startedEventId: started))
    case .timedOut:
      append(
        ChildWorkflowExecutionTimedOutEventAttributes(
          workflowExecution: execution, workflowType: type, timeoutType: WorkflowExecutionTimeoutType.startToClose,
          initiatedEventId: Int(initiated), startedEventId: started))
    case .terminated:
      append(
        ChildWorkflowExecutionTerminatedEventAttributes(
          workflowExecution: execution, workflowType: type, initiatedEventId: Int(initiated), startedEventId: started))
    }
    try wakeDecider()
  }
}

/// How a child ended; what its parent is told.
enum ChildEnd {
  case completed(result: String?)
  case failed(reason: String?, details: String?)
  case canceled(details: String?)
  case timedOut
  case terminated
}
