/// AWS's rates by operation and decision.
///
/// AWS: SWF developer guide, "Amazon SWF throttling quotas", the figures of us-east-1, us-west-2 and eu-west-1.
enum Rates {
  /// For an account in a Region.
  static let operations: [String: TokenBucket.Rate] = {
    var rates: [String: TokenBucket.Rate] = [:]
    func set(_ size: Double, _ perSecond: Double, _ names: String...) {
      for name in names { rates[name] = TokenBucket.Rate(size, perSecond) }
    }
    set(
      2000, 200, "PollForDecisionTask", "PollForActivityTask", "RespondDecisionTaskCompleted",
      "RespondActivityTaskCompleted", "RespondActivityTaskFailed", "RespondActivityTaskCanceled",
      "StartWorkflowExecution")
    set(2000, 160, "RecordActivityTaskHeartbeat")
    set(2000, 30, "SignalWorkflowExecution", "RequestCancelWorkflowExecution")
    set(2000, 60, "TerminateWorkflowExecution", "GetWorkflowExecutionHistory")
    set(
      2000, 6, "CountOpenWorkflowExecutions", "CountClosedWorkflowExecutions", "DescribeWorkflowExecution",
      "DescribeWorkflowType", "DescribeActivityType")
    set(200, 60, "RegisterWorkflowType", "RegisterActivityType")
    set(200, 48, "ListOpenWorkflowExecutions")
    set(
      200, 6, "ListClosedWorkflowExecutions", "ListWorkflowTypes", "ListActivityTypes", "CountPendingActivityTasks",
      "CountPendingDecisionTasks", "DeprecateWorkflowType", "DeprecateActivityType", "UndeprecateWorkflowType",
      "UndeprecateActivityType", "DeleteWorkflowType", "DeleteActivityType", "DescribeDomain")
    set(100, 6, "RegisterDomain", "ListDomains", "DeprecateDomain", "UndeprecateDomain")
    set(50, 30, "TagResource", "UntagResource", "ListTagsForResource")
    return rates
  }()

  /// For one workflow execution, besides those of the account.
  static let workflows: [String: TokenBucket.Rate] = [
    "GetWorkflowExecutionHistory": TokenBucket.Rate(400, 200),
    "SignalWorkflowExecution": TokenBucket.Rate(1000, 1000),
    "RecordActivityTaskHeartbeat": TokenBucket.Rate(1000, 1000),
    "RequestCancelWorkflowExecution": TokenBucket.Rate(200, 200),
  ]

  /// For an account's decisions, with the cause of the failure event when there are too many.
  static let decisions: [String: (rate: TokenBucket.Rate, cause: String)] = [
    "ScheduleActivityTask": (TokenBucket.Rate(1000, 200), "ACTIVITY_CREATION_RATE_EXCEEDED"),
    "StartTimer": (TokenBucket.Rate(2000, 200), "TIMER_CREATION_RATE_EXCEEDED"),
    "SignalExternalWorkflowExecution": (
      TokenBucket.Rate(1200, 120), "SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_RATE_EXCEEDED"
    ),
    "RequestCancelExternalWorkflowExecution": (
      TokenBucket.Rate(1200, 120), "REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_RATE_EXCEEDED"
    ),
    "StartChildWorkflowExecution": (TokenBucket.Rate(500, 12), "CHILD_CREATION_RATE_EXCEEDED"),
    // unverified: AWS has causes for these two and names no rates; those of their like.
    "ScheduleLambdaFunction": (TokenBucket.Rate(1000, 200), "LAMBDA_FUNCTION_CREATION_RATE_EXCEEDED"),
    "ContinueAsNewWorkflowExecution": (
      TokenBucket.Rate(2000, 200), "CONTINUE_AS_NEW_WORKFLOW_EXECUTION_RATE_EXCEEDED"
    ),
  ]

  /// AWS: quotas, "2,000 tasks per second" can be scheduled on a task list.
  static let taskList = TokenBucket.Rate(2000, 2000)
}
