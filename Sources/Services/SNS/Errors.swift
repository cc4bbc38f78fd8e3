import Cloud
import Wire

/// SNS's errors, by the names of their shapes; the model holds their codes and statuses.
extension AWSError {
  /// `Invalid parameter: …`
  static func invalidParameter(_ what: String) -> AWSError {
    AWSError("InvalidParameterException", "Invalid parameter: \(what)")
  }

  /// `Invalid parameter: … Reason: …`
  static func invalidParameter(_ what: String, _ reason: String) -> AWSError {
    .invalidParameter("\(what) Reason: \(reason)")
  }

  /// What is wrong with a message attribute.
  static func invalidValue(_ message: String) -> AWSError { AWSError("InvalidParameterValueException", message) }

  static func topicNotFound() -> AWSError { AWSError("NotFoundException", "Topic does not exist") }

  static func subscriptionNotFound() -> AWSError { AWSError("NotFoundException", "Subscription does not exist") }

  static func resourceNotFound() -> AWSError {
    AWSError("ResourceNotFoundException", "Resource does not exist")
  }

  /// What SNS offers and this program doesn't.
  static func notBuilt(_ what: String) -> AWSError {
    AWSError(
      "NotImplemented", "\(what) is not built in Hakoniwa; docs/sns.md lists what is.", status: 501, fault: .receiver)
  }
}
