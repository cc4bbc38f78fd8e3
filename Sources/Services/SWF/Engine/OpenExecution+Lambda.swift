import Cloud
import Wire

/// Lambda functions. There is no Lambda here yet, so that no function exists; what AWS records then is recorded.
extension OpenExecution {
  /// The decision ScheduleLambdaFunction. An id that is in use is accepted, as AWS does.
  func scheduleLambda(_ asked: ScheduleLambdaFunctionDecisionAttributes, _ completed: Int64) {
    let id = append(
      LambdaFunctionScheduledEventAttributes(
        id: asked.id, name: asked.name, control: asked.control, input: asked.input,
        // AWS: "defaults to … 15 minutes".
        startToCloseTimeout: Durations.given(asked.startToCloseTimeout) ?? "900",
        decisionTaskCompletedEventId: Int(completed)))
    state.counts.lambdas += 1
    engine.follow(.callLambda(run: number, scheduledEventID: id, function: asked.name))
  }

  /// Calls the function: without a role it doesn't start, with one it isn't found.
  // unverified: the words of both.
  func callLambda(_ function: String, scheduled: Int64) throws(AWSError) {
    state.counts.lambdas -= 1
    guard record.configuration.lambdaRole != nil else {
      append(
        StartLambdaFunctionFailedEventAttributes(
          scheduledEventId: Int(scheduled), cause: StartLambdaFunctionFailedCause.assumeRoleFailed,
          message: "The workflow execution was started without a Lambda role."))
      return try wakeDecider()
    }
    let started = append(LambdaFunctionStartedEventAttributes(scheduledEventId: Int(scheduled)))
    append(
      LambdaFunctionFailedEventAttributes(
        scheduledEventId: Int(scheduled), startedEventId: Int(started), reason: "ResourceNotFoundException",
        details: "Function not found: \(function)"))
    try wakeDecider()
  }
}
