import Cloud
import Wire

/// CloudWatch Logs' errors, in AWS's words where they are known.
extension AWSError {
  static func invalidParameter(_ message: String) -> AWSError { AWSError("InvalidParameterException", message) }

  static func resourceNotFound(_ message: String) -> AWSError { AWSError("ResourceNotFoundException", message) }

  static func logGroupNotFound() -> AWSError { .resourceNotFound("The specified log group does not exist.") }

  static func logStreamNotFound() -> AWSError { .resourceNotFound("The specified log stream does not exist.") }

  static func alreadyExists(_ message: String) -> AWSError { AWSError("ResourceAlreadyExistsException", message) }

  static func limitExceeded(_ message: String = "Resource limit exceeded.") -> AWSError {
    AWSError("LimitExceededException", message)
  }

  static func invalidToken() -> AWSError { .invalidParameter("The specified nextToken is invalid.") }

  static func invalidOperation(_ message: String) -> AWSError { AWSError("InvalidOperationException", message) }

  /// A group is protected from deletion.
  static func deletionProtected(_ name: String) -> AWSError {
    // unverified: AWS's words.
    AWSError(
      "ValidationException",
      "The log group '\(name)' has deletion protection enabled. Disable deletion protection before deleting it.")
  }
}
