import Cloud
import Wire

/// DescribeWorkflowExecution.
enum Describing {
  static func describe(
    _ input: DescribeWorkflowExecutionInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> WorkflowExecutionDetail {
    let scope = try context.scope
    _ = try DomainRecord.find(input.domain, in: scope, transaction)
    let record = try Executions.find(
      input.execution.workflowId, run: input.execution.runId, in: input.domain, scope, transaction)
    let state = try Executions.state(of: record, scope, transaction)
    let latestActivity = state?.latestActivityAt ?? record.latestActivityAt
    return WorkflowExecutionDetail(
      executionInfo: record.info, executionConfiguration: record.configuration.shown,
      openCounts: counts(state),
      latestActivityTaskTimestamp: latestActivity == 0 ? nil : Timestamp(milliseconds: latestActivity),
      latestExecutionContext: try Executions.latestContext(of: record, scope, transaction))
  }

  private static func counts(_ state: ExecutionState?) -> WorkflowExecutionOpenCounts {
    let counts = state?.counts ?? ExecutionState.Counts()
    return WorkflowExecutionOpenCounts(
      openActivityTasks: Int(counts.activities),
      // unverified: recorded from AWS, a task that a decider works on is not counted, one that waits is.
      openDecisionTasks: state?.decisions.queued == nil ? 0 : 1,
      openTimers: Int(counts.timers), openChildWorkflowExecutions: Int(counts.children),
      openLambdaFunctions: Int(counts.lambdas))
  }
}

extension ExecutionRecord {
  /// The run as lists and descriptions show it.
  var info: WorkflowExecutionInfo {
    WorkflowExecutionInfo(
      execution: execution, workflowType: type.workflow, startTimestamp: Timestamp(milliseconds: startedAt),
      closeTimestamp: closedAt.map { Timestamp(milliseconds: $0) }, executionStatus: isOpen ? "OPEN" : "CLOSED",
      closeStatus: closeStatus,
      parent: parent.map { WorkflowExecution(workflowId: $0.workflowID, runId: $0.runID) },
      tagList: tags.isEmpty ? nil : tags, cancelRequested: isCancelRequested)
  }
}

extension ExecutionRecord.Configuration {
  fileprivate var shown: WorkflowExecutionConfiguration {
    WorkflowExecutionConfiguration(
      taskStartToCloseTimeout: taskStartToCloseTimeout, executionStartToCloseTimeout: executionStartToCloseTimeout,
      taskList: TaskList(name: taskList), taskPriority: taskPriority, childPolicy: childPolicy, lambdaRole: lambdaRole)
  }
}
