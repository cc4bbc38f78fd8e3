import Cloud
import Wire

/// STS's errors, in AWS's words.
extension AWSError {
  static func accessDenied(_ message: String) -> AWSError { AWSError("AccessDenied", message, status: 403) }

  static func validation(_ message: String) -> AWSError { AWSError("ValidationError", message, status: 400) }

  static func invalidParameter(_ message: String) -> AWSError {
    AWSError("InvalidParameterValue", message, status: 400)
  }

  static func malformedPolicy(_ message: String) -> AWSError {
    AWSError("MalformedPolicyDocument", message, status: 400)
  }

  static func packedPolicyTooLarge(_ percent: Int) -> AWSError {
    AWSError(
      "PackedPolicyTooLarge", "Packed policy consumes \(percent)% of allotted space, please use smaller policy.",
      status: 400)
  }

  static func invalidIdentityToken(_ message: String) -> AWSError {
    AWSError("InvalidIdentityToken", message, status: 400)
  }

  static func expiredToken(_ message: String) -> AWSError { AWSError("ExpiredTokenException", message, status: 400) }
}
