import Cloud
import Wire

/// What workers say of their activity tasks.
enum Working {
  static func heartbeat(
    _ input: RecordActivityTaskHeartbeatInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ActivityTaskStatus {
    let cancelRequested = try on(input.taskToken, context, transaction) { run, activity throws(AWSError) in
      try run.heartbeat(activity, details: input.details)
      return activity.isCancelRequested
    }
    return ActivityTaskStatus(cancelRequested: cancelRequested)
  }

  static func complete(
    _ input: RespondActivityTaskCompletedInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    try on(input.taskToken, context, transaction) { run, activity throws(AWSError) in
      try run.complete(activity, result: input.result)
      return NoMembers()
    }
  }

  static func fail(
    _ input: RespondActivityTaskFailedInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    try on(input.taskToken, context, transaction) { run, activity throws(AWSError) in
      try run.fail(activity, reason: input.reason, details: input.details)
      return NoMembers()
    }
  }

  static func cancel(
    _ input: RespondActivityTaskCanceledInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    try on(input.taskToken, context, transaction) { run, activity throws(AWSError) in
      guard activity.isCancelRequested else {
        // unverified: that AWS refuses this, and its words.
        throw .validation("The activity task was not requested to be canceled")
      }
      try run.cancel(activity, details: input.details)
      return NoMembers()
    }
  }

  private static func on<Answer>(
    _ token: String, _ context: Context, _ transaction: Transaction,
    _ body: (OpenExecution, OpenActivityRecord) throws(AWSError) -> Answer
  ) throws(AWSError) -> Answer {
    let token = try TaskToken(token, .activity)
    let engine = Engine(in: try context.scope, transaction)
    let run = try engine.run(of: token)
    let answer = try body(run, try run.activity(token))
    try engine.finish()
    return answer
  }
}
