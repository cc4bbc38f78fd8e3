import Wire

/// SWF's faults in the words of AWS, which clients match.
///
/// The texts are those recorded from AWS by clients' test suites; where nobody has recorded one, it says so.
extension AWSError {
  /// Something that was named does not exist.
  static func unknownResource(_ message: String) -> AWSError { AWSError("UnknownResourceFault", message) }

  static func unknownDomain(_ name: String) -> AWSError { .unknownResource("Unknown domain: \(name)") }

  static func unknownType(_ type: WorkflowType) -> AWSError { .unknownResource("Unknown type: \(type.sentence)") }

  static func unknownType(_ type: ActivityType) -> AWSError { .unknownResource("Unknown type: \(type.sentence)") }

  /// There is no open execution with this workflow id, when no run was named.
  static func unknownExecution(workflowID: String) -> AWSError {
    .unknownResource("Unknown execution, workflowId = \(workflowID)")
  }

  /// There is no such run, or it is closed and an open one was meant.
  static func unknownExecution(workflowID: String, runID: String) -> AWSError {
    .unknownResource("Unknown execution: WorkflowExecution=[workflowId=\(workflowID), runId=\(runID)]")
  }

  /// A token's decision task is closed.
  static func unknownDecisionTask(scheduledEventID: Int) -> AWSError {
    .unknownResource("Unknown decision task, scheduledEventId = \(scheduledEventID)")
  }

  /// A token's activity task is closed.
  static func unknownActivityTask(scheduledEventID: Int) -> AWSError {
    .unknownResource("Unknown activity, scheduledEventId = \(scheduledEventID)")
  }

  static func domainAlreadyExists(_ name: String) -> AWSError { AWSError("DomainAlreadyExistsFault", name) }

  static func domainDeprecated(_ name: String) -> AWSError { AWSError("DomainDeprecatedFault", name) }

  static func typeAlreadyExists(_ type: String) -> AWSError { AWSError("TypeAlreadyExistsFault", type) }

  static func typeDeprecated(_ type: String) -> AWSError { AWSError("TypeDeprecatedFault", type) }

  static func typeNotDeprecated(_ type: String) -> AWSError {
    // unverified: AWS answers a sentence here; its words are not recorded.
    AWSError("TypeNotDeprecatedFault", "The type must be deprecated before it can be deleted: \(type)")
  }

  /// An execution with this workflow id is open; AWS sends no message.
  static func executionAlreadyStarted() -> AWSError { AWSError("WorkflowExecutionAlreadyStartedFault", "") }

  /// A value was neither given nor has the type a default.
  /// - Parameter field: `defaultTaskList` and its like.
  static func defaultUndefined(_ field: String) -> AWSError { AWSError("DefaultUndefinedFault", field) }

  static func limitExceeded(_ message: String) -> AWSError { AWSError("LimitExceededFault", message) }

  static func tooManyTags() -> AWSError {
    // unverified: words
    AWSError("TooManyTagsFault", "A domain can have at most 50 tags.")
  }

  static func operationNotPermitted(_ message: String) -> AWSError { AWSError("OperationNotPermittedFault", message) }

  /// A request that the model's constraints let through and SWF doesn't.
  static func validation(_ message: String) -> AWSError { AWSError("ValidationException", message) }

  /// A task token that was never given, or is garbled.
  static func invalidToken() -> AWSError { .validation("Invalid token") }

  /// A page token that was never given by this operation, or is garbled.
  static func invalidPageToken() -> AWSError { .validation("Invalid token") }

  /// AWS: a page token lives for 24 hours.
  static func expiredPageToken() -> AWSError { .validation("Specified token has exceeded its maximum lifetime") }

  /// Too many requests for AWS.
  static func throttled() -> AWSError { AWSError("ThrottlingException", "Rate exceeded") }
}

extension WorkflowType {
  /// As AWS prints it.
  var sentence: String { "WorkflowType=[name=\(name), version=\(version)]" }
}

extension ActivityType {
  /// As AWS prints it.
  var sentence: String { "ActivityType=[name=\(name), version=\(version)]" }
}
