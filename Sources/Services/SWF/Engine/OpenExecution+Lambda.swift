import Cloud
import Wire

/// Lambda functions. There is no Lambda here yet, so that no function exists; what AWS records then is recorded.
extension OpenExecution {
  private typealias Cause = ScheduleLambdaFunctionFailedCause

  /// The decision ScheduleLambdaFunction. An id that is in use is accepted, as AWS does.
  func scheduleLambda(_ asked: ScheduleLambdaFunctionDecisionAttributes, _ completed: Int64) throws(AWSError) {
    if AWSLimits.shared.hasQuotas, state.counts.lambdas >= Engine.openLambdaLimit {
      return try lambdaRefused(asked, Cause.openLambdaFunctionsLimitExceeded, completed)
    }
    let limited = AWSLimits.shared.failureCause(
      of: DecisionType.scheduleLambdaFunction, in: scope, at: transaction.now)
    if let limited { return try lambdaRefused(asked, limited, completed) }
    let id = append(scheduled(asked, completed))
    state.counts.lambdas += 1
    engine.follow(.callLambda(run: number, scheduledEventID: id, function: asked.name))
  }

  /// A function was not scheduled.
  ///
  /// This decision alone has no cause for a missing permission: then it is scheduled, and cannot start.
  // unverified: that AWS writes a role that cannot be used for it.
  func lambdaRefused(
    _ asked: ScheduleLambdaFunctionDecisionAttributes, _ cause: String, _ completed: Int64
  ) throws(AWSError) {
    if cause == CompleteWorkflowExecutionFailedCause.operationNotPermitted {
      let id = append(scheduled(asked, completed))
      return try lambdaNotStarted(id, "The decider may not schedule Lambda functions.")
    }
    append(
      ScheduleLambdaFunctionFailedEventAttributes(
        id: asked.id, name: asked.name, cause: cause, decisionTaskCompletedEventId: Int(completed)))
    try wakeDecider()
  }

  /// Calls the function: without a role it doesn't start, with one it isn't found.
  // unverified: the words of both.
  func callLambda(_ function: String, scheduled: Int64) throws(AWSError) {
    state.counts.lambdas -= 1
    guard record.configuration.lambdaRole != nil else {
      return try lambdaNotStarted(scheduled, "The workflow execution was started without a Lambda role.")
    }
    let started = append(LambdaFunctionStartedEventAttributes(scheduledEventId: Int(scheduled)))
    append(
      LambdaFunctionFailedEventAttributes(
        scheduledEventId: Int(scheduled), startedEventId: Int(started), reason: "ResourceNotFoundException",
        details: "Function not found: \(function)"))
    try wakeDecider()
  }

  private func lambdaNotStarted(_ scheduled: Int64, _ message: String) throws(AWSError) {
    append(
      StartLambdaFunctionFailedEventAttributes(
        scheduledEventId: Int(scheduled), cause: StartLambdaFunctionFailedCause.assumeRoleFailed, message: message))
    try wakeDecider()
  }

  private func scheduled(
    _ asked: ScheduleLambdaFunctionDecisionAttributes, _ completed: Int64
  ) -> LambdaFunctionScheduledEventAttributes {
    LambdaFunctionScheduledEventAttributes(
      id: asked.id, name: asked.name, control: asked.control, input: asked.input,
      // AWS: "a default value of 900s is assumed".
      startToCloseTimeout: Durations.given(asked.startToCloseTimeout) ?? String(Durations.longestLambda),
      decisionTaskCompletedEventId: Int(completed))
  }
}
