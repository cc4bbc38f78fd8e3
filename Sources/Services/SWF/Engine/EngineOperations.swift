import Cloud
import Wire

extension SWFService {
  /// Executions and tasks. CloudTrail records them only as data events of the domain.
  static let engineOperations: [Operation] = executionOperations + decisionOperations + activityOperations

  private static let executionOperations: [Operation] = [
    Operation(
      "StartWorkflowExecution", audit: .data(domainResource),
      access: { (input: StartWorkflowExecutionInput, context, transaction) throws(AWSError) in
        let keys =
          Access.keys(input.workflowType) + Access.keys(taskList: input.taskList?.name)
          + Access.keys(tagList: input.tagList)
        return try Access.check("StartWorkflowExecution", domain: input.domain, keys: keys, context, transaction)
      }, Starting.start),
    Operation(
      "SignalWorkflowExecution", audit: .data(domainResource),
      access: { (input: SignalWorkflowExecutionInput, context, transaction) throws(AWSError) in
        try Access.check("SignalWorkflowExecution", domain: input.domain, context, transaction)
      }, Steering.signal),
    Operation(
      "RequestCancelWorkflowExecution", audit: .data(domainResource),
      access: { (input: RequestCancelWorkflowExecutionInput, context, transaction) throws(AWSError) in
        try Access.check("RequestCancelWorkflowExecution", domain: input.domain, context, transaction)
      }, Steering.requestCancel),
    Operation(
      "TerminateWorkflowExecution", audit: .data(domainResource),
      access: { (input: TerminateWorkflowExecutionInput, context, transaction) throws(AWSError) in
        try Access.check("TerminateWorkflowExecution", domain: input.domain, context, transaction)
      }, Steering.terminate),
    Operation(
      "GetWorkflowExecutionHistory", audit: .data(domainResource, readOnly: true),
      access: { (input: GetWorkflowExecutionHistoryInput, context, transaction) throws(AWSError) in
        try Access.check("GetWorkflowExecutionHistory", domain: input.domain, context, transaction)
      }, HistoryReading.history),
  ]

  private static let decisionOperations: [Operation] = [
    Operation(
      waiting: "PollForDecisionTask", audit: .data(domainResource), headers: PollConnections.headers,
      undelivered: Returning.decision,
      access: { (input: PollForDecisionTaskInput, context, transaction) throws(AWSError) in
        let keys = Access.keys(taskList: input.taskList.name)
        return try Access.check("PollForDecisionTask", domain: input.domain, keys: keys, context, transaction)
      }, Polling.decision),
    Operation(
      "RespondDecisionTaskCompleted", audit: .data(domainResource),
      access: { (input: RespondDecisionTaskCompletedInput, context, transaction) throws(AWSError) in
        let domain = try TaskToken(input.taskToken, .decision).domain
        return try Access.check("RespondDecisionTaskCompleted", domain: domain, context, transaction)
      }, Deciding.respond),
    Operation(
      "CountPendingDecisionTasks", audit: .data(domainResource, readOnly: true),
      access: { (input: CountPendingDecisionTasksInput, context, transaction) throws(AWSError) in
        let keys = Access.keys(taskList: input.taskList.name)
        return try Access.check("CountPendingDecisionTasks", domain: input.domain, keys: keys, context, transaction)
      }, PendingCounts.decisions),
  ]

  private static let activityOperations: [Operation] = [
    Operation(
      waiting: "PollForActivityTask", audit: .data(domainResource), headers: PollConnections.headers,
      undelivered: Returning.activity,
      access: { (input: PollForActivityTaskInput, context, transaction) throws(AWSError) in
        let keys = Access.keys(taskList: input.taskList.name)
        return try Access.check("PollForActivityTask", domain: input.domain, keys: keys, context, transaction)
      }, Polling.activity),
    Operation(
      "RecordActivityTaskHeartbeat", audit: .data(domainResource),
      access: { (input: RecordActivityTaskHeartbeatInput, context, transaction) throws(AWSError) in
        try taskCheck("RecordActivityTaskHeartbeat", input.taskToken, context, transaction)
      }, Working.heartbeat),
    Operation(
      "RespondActivityTaskCompleted", audit: .data(domainResource),
      access: { (input: RespondActivityTaskCompletedInput, context, transaction) throws(AWSError) in
        try taskCheck("RespondActivityTaskCompleted", input.taskToken, context, transaction)
      }, Working.complete),
    Operation(
      "RespondActivityTaskFailed", audit: .data(domainResource),
      access: { (input: RespondActivityTaskFailedInput, context, transaction) throws(AWSError) in
        try taskCheck("RespondActivityTaskFailed", input.taskToken, context, transaction)
      }, Working.fail),
    Operation(
      "RespondActivityTaskCanceled", audit: .data(domainResource),
      access: { (input: RespondActivityTaskCanceledInput, context, transaction) throws(AWSError) in
        try taskCheck("RespondActivityTaskCanceled", input.taskToken, context, transaction)
      }, Working.cancel),
    Operation(
      "CountPendingActivityTasks", audit: .data(domainResource, readOnly: true),
      access: { (input: CountPendingActivityTasksInput, context, transaction) throws(AWSError) in
        let keys = Access.keys(taskList: input.taskList.name)
        return try Access.check("CountPendingActivityTasks", domain: input.domain, keys: keys, context, transaction)
      }, PendingCounts.activities),
  ]

  private static func taskCheck(
    _ action: String, _ token: String, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> [AccessCheck] {
    try Access.check(action, domain: try TaskToken(token, .activity).domain, context, transaction)
  }
}
