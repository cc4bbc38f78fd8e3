import Cloud
import Wire

/// RespondDecisionTaskCompleted.
enum Deciding {
  static func respond(
    _ input: RespondDecisionTaskCompletedInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let token = try TaskToken(input.taskToken, .decision)
    let decisions = input.decisions ?? []
    var names = Names()
    names.name(input.taskList?.name, at: "taskList.name")
    names.duration(input.taskListScheduleToStartTimeout, at: "taskListScheduleToStartTimeout")
    try names.check()
    try DecisionRules.check(decisions)
    let engine = Engine(in: try context.scope, transaction)
    let run = try engine.run(of: token)
    // Decided on a history that has more by now: AWS lets such a decision do anything but end the run.
    let isOutdated = run.state.decisions.queued != nil
    let completed = try run.completeDecision(
      token, context: input.executionContext, taskList: input.taskList?.name,
      taskListTimeout: input.taskList == nil ? nil : Durations.given(input.taskListScheduleToStartTimeout))
    for decision in decisions where run.isOpen && !run.isFull {
      if try !Access.decision(decision, domain: run.record.domain, context, transaction) {
        try run.refuse(decision, completed, cause: operationNotPermitted)
      } else if let cause = try DecisionFaults.cause(decision, domain: run.record.domain, context) {
        try run.refuse(decision, completed, cause: cause)
      } else {
        try run.apply(decision, completed, isOutdated: isOutdated)
      }
    }
    if run.isOpen { try run.offerDecision() }
    try engine.finish()
    return NoMembers()
  }

  /// The cause that all decisions have in common.
  private static let operationNotPermitted = CompleteWorkflowExecutionFailedCause.operationNotPermitted
}

extension Engine {
  /// The open run that a token's task belongs to.
  /// - Throws: `Unknown execution: …`, also for a closed one.
  func run(of token: TaskToken) throws(AWSError) -> OpenExecution {
    guard let record = try Executions.numbered(token.number, scope, transaction), record.domain == token.domain else {
      // Nothing is left of it, not even its names.
      throw .unknownResource("Unknown execution")
    }
    guard let run = try run(record) else {
      throw .unknownExecution(workflowID: record.workflowID, runID: record.runID)
    }
    return run
  }
}

/// Decisions by their types.
extension OpenExecution {
  /// Applies a decision that its maker may make.
  /// - Parameter isOutdated: whether something new has come since the decision's task was started.
  func apply(_ decision: Decision, _ completed: Int64, isOutdated: Bool) throws(AWSError) {
    if isOutdated, DecisionRules.closing.contains(decision.decisionType) {
      return try refuse(decision, completed, cause: CompleteWorkflowExecutionFailedCause.unhandledDecision)
    }
    switch decision.decisionType {
    case DecisionType.scheduleActivityTask:
      if let asked = decision.scheduleActivityTaskDecisionAttributes { try scheduleActivity(asked, completed) }
    case DecisionType.requestCancelActivityTask:
      if let asked = decision.requestCancelActivityTaskDecisionAttributes {
        try requestCancelActivity(asked, completed)
      }
    case DecisionType.completeWorkflowExecution:
      try complete(decision.completeWorkflowExecutionDecisionAttributes, completed)
    case DecisionType.failWorkflowExecution:
      try fail(decision.failWorkflowExecutionDecisionAttributes, completed)
    case DecisionType.cancelWorkflowExecution:
      try cancel(decision.cancelWorkflowExecutionDecisionAttributes, completed)
    case DecisionType.continueAsNewWorkflowExecution:
      try continueAsNew(decision.continueAsNewWorkflowExecutionDecisionAttributes, completed)
    case DecisionType.recordMarker:
      if let asked = decision.recordMarkerDecisionAttributes { recordMarker(asked, completed) }
    case DecisionType.startTimer:
      if let asked = decision.startTimerDecisionAttributes { try startTimer(asked, completed) }
    case DecisionType.cancelTimer:
      if let asked = decision.cancelTimerDecisionAttributes { try cancelTimer(asked, completed) }
    case DecisionType.signalExternalWorkflowExecution:
      if let asked = decision.signalExternalWorkflowExecutionDecisionAttributes {
        try signalExternal(asked, completed)
      }
    case DecisionType.requestCancelExternalWorkflowExecution:
      if let asked = decision.requestCancelExternalWorkflowExecutionDecisionAttributes {
        try requestCancelExternal(asked, completed)
      }
    case DecisionType.startChildWorkflowExecution:
      if let asked = decision.startChildWorkflowExecutionDecisionAttributes { try startChild(asked, completed) }
    case DecisionType.scheduleLambdaFunction:
      if let asked = decision.scheduleLambdaFunctionDecisionAttributes { try scheduleLambda(asked, completed) }
    default: throw .internalFailure()
    }
  }

  /// Records that a decision failed without being tried, and wakes the decider.
  func refuse(_ decision: Decision, _ completed: Int64, cause: String) throws(AWSError) {
    switch decision.decisionType {
    case DecisionType.scheduleActivityTask:
      if let asked = decision.scheduleActivityTaskDecisionAttributes { try activityRefused(asked, cause, completed) }
    case DecisionType.requestCancelActivityTask:
      if let asked = decision.requestCancelActivityTaskDecisionAttributes {
        try activityCancelRefused(asked, cause, completed)
      }
    case DecisionType.completeWorkflowExecution:
      append(
        CompleteWorkflowExecutionFailedEventAttributes(cause: cause, decisionTaskCompletedEventId: Int(completed)))
      try wakeDecider()
    case DecisionType.failWorkflowExecution:
      append(FailWorkflowExecutionFailedEventAttributes(cause: cause, decisionTaskCompletedEventId: Int(completed)))
      try wakeDecider()
    case DecisionType.cancelWorkflowExecution:
      append(CancelWorkflowExecutionFailedEventAttributes(cause: cause, decisionTaskCompletedEventId: Int(completed)))
      try wakeDecider()
    case DecisionType.continueAsNewWorkflowExecution: try continuingRefused(cause, completed)
    case DecisionType.recordMarker:
      if let asked = decision.recordMarkerDecisionAttributes {
        append(
          RecordMarkerFailedEventAttributes(
            markerName: asked.markerName, cause: cause, decisionTaskCompletedEventId: Int(completed)))
        try wakeDecider()
      }
    case DecisionType.startTimer:
      if let asked = decision.startTimerDecisionAttributes { try timerRefused(asked, cause, completed) }
    case DecisionType.cancelTimer:
      if let asked = decision.cancelTimerDecisionAttributes { try timerCancelRefused(asked, cause, completed) }
    case DecisionType.signalExternalWorkflowExecution:
      if let asked = decision.signalExternalWorkflowExecutionDecisionAttributes {
        try signalRefused(asked, cause, initiated: 0, completed)
      }
    case DecisionType.requestCancelExternalWorkflowExecution:
      if let asked = decision.requestCancelExternalWorkflowExecutionDecisionAttributes {
        try cancelRequestRefused(asked, cause, initiated: 0, completed)
      }
    case DecisionType.startChildWorkflowExecution:
      if let asked = decision.startChildWorkflowExecutionDecisionAttributes {
        try childRefused(asked, cause, initiated: 0, completed)
      }
    case DecisionType.scheduleLambdaFunction:
      if let asked = decision.scheduleLambdaFunctionDecisionAttributes { try lambdaRefused(asked, cause, completed) }
    default: throw .internalFailure()
    }
  }
}
