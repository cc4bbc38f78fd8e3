import Cloud
import Wire

/// StartWorkflowExecution.
enum Starting {
  static func start(
    _ input: StartWorkflowExecutionInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> Run {
    let scope = try context.scope
    var names = Names()
    names.name(input.domain, at: "domain")
    names.name(input.workflowId, at: "workflowId")
    names.name(input.workflowType.name, at: "workflowType.name")
    names.name(input.workflowType.version, at: "workflowType.version")
    DecisionRules.settings(
      input.taskList, input.taskPriority, input.executionStartToCloseTimeout, input.taskStartToCloseTimeout, "",
      &names)
    try names.check()
    _ = try DomainRecord.findUsable(input.domain, in: scope, transaction)
    let type = try WorkflowTypeRecord.findUsable(input.workflowType, in: input.domain, scope, transaction)
    let settings = ExecutionSettings(
      executionStartToCloseTimeout: input.executionStartToCloseTimeout, taskList: input.taskList?.name,
      taskPriority: input.taskPriority, taskStartToCloseTimeout: input.taskStartToCloseTimeout,
      childPolicy: input.childPolicy, lambdaRole: input.lambdaRole)
    let configuration: ExecutionRecord.Configuration
    do throws(ExecutionSettings.Undefined) {
      configuration = try settings.resolved(type.defaults)
    } catch { throw .defaultUndefined(error.field) }
    if try Executions.open(input.workflowId, in: input.domain, scope, transaction) != nil {
      throw .executionAlreadyStarted()
    }
    guard try AWSLimits.shared.hasRoomForExecution(in: input.domain, scope, transaction) else {
      // unverified: words
      throw .limitExceeded(
        "A domain can have at most \(AWSLimits.openExecutionsPerDomain) open executions.")
    }
    let engine = Engine(in: scope, transaction)
    let record = try engine.start(
      NewExecution(
        domain: input.domain, workflowID: input.workflowId, type: TypeName(input.workflowType),
        configuration: configuration, input: input.input, tags: input.tagList ?? []))
    try engine.finish()
    return Run(runId: record.runID)
  }
}
