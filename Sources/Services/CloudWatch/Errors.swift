import Cloud
import Wire

/// CloudWatch's errors, by the names of their shapes; the model holds their codes and statuses.
extension AWSError {
  static func invalidValue(_ message: String) -> AWSError { AWSError("InvalidParameterValueException", message) }

  static func invalidCombination(_ message: String) -> AWSError {
    AWSError("InvalidParameterCombinationException", message)
  }

  static func missingParameter(_ message: String) -> AWSError {
    AWSError("MissingRequiredParameterException", message)
  }

  /// An error that only the query protocol's error table knows. // unverified: which of the two AWS uses where
  static func validation(_ message: String) -> AWSError { AWSError("ValidationError", message) }

  static func alarmNotFound(_ name: String) -> AWSError { AWSError("ResourceNotFound", "Unknown alarm: \(name)") }
}
