import Cloud
import Wire

/// CloudTrail's errors, in AWS's words where these are known.
extension AWSError {
  static func trail(_ code: String, _ message: String) -> AWSError { AWSError(code, message, status: 400) }

  static func trailNotFound(_ arn: String, _ account: AccountID) -> AWSError {
    trail("TrailNotFoundException", "Unknown trail: \(arn) for the user: \(account)")
  }

  static func invalidARN(_ message: String) -> AWSError { trail("CloudTrailARNInvalidException", message) }

  static func invalidName(_ message: String) -> AWSError { trail("InvalidTrailNameException", message) }

  static func combination(_ message: String) -> AWSError { trail("InvalidParameterCombinationException", message) }

  static func selectors(_ message: String) -> AWSError { trail("InvalidEventSelectorsException", message) }

  static func insufficientBucketPolicy(_ bucket: String) -> AWSError {
    trail("InsufficientS3BucketPolicyException", "Incorrect S3 bucket policy is detected for bucket: \(bucket)")
  }

  /// AWS: CloudTrail API, NotOrganizationMasterAccountException; recorded through CloudFormation.
  static func notManagementAccount() -> AWSError {
    trail(
      "NotOrganizationMasterAccountException",
      "You cannot configure or manage trails for an organization because this action requires being signed in with the "
        + "management account.")
  }
}
