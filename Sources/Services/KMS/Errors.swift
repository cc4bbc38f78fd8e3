import Cloud
import Wire

/// KMS's errors, in its words.
extension AWSError {
  static func keyNotFound(_ arn: String) -> AWSError { AWSError("NotFoundException", "Key '\(arn)' does not exist") }

  static func aliasNotFound(_ arn: String) -> AWSError { AWSError("NotFoundException", "Alias \(arn) is not found.") }

  static func invalidKeyID(_ text: String) -> AWSError { AWSError("NotFoundException", "Invalid keyId \(text)") }

  static func invalidARN(_ text: String) -> AWSError { AWSError("InvalidArnException", "Invalid arn \(text)") }

  static func disabled(_ arn: String) -> AWSError { AWSError("DisabledException", "\(arn) is disabled.") }

  static func invalidState(_ arn: String, _ what: String) -> AWSError {
    AWSError("KMSInvalidStateException", "\(arn) \(what)")
  }

  static func invalidKeyUsage(_ arn: String, _ usage: String, _ operation: String) -> AWSError {
    AWSError("InvalidKeyUsageException", "\(arn) key usage is \(usage) which is not valid for \(operation).")
  }

  static func kmsValidation(_ message: String) -> AWSError { AWSError("ValidationException", message) }

  static func unsupportedOperation(_ message: String = "") -> AWSError {
    AWSError("UnsupportedOperationException", message)
  }

  static func limitExceeded(_ message: String) -> AWSError { AWSError("LimitExceededException", message) }

  static func tagging(_ message: String) -> AWSError { AWSError("TagException", message) }

  /// The answer to a ciphertext that is damaged, or that was made with another encryption context.
  static func invalidCiphertext() -> AWSError { AWSError("InvalidCiphertextException", "") }

  static func incorrectKey() -> AWSError {
    AWSError(
      "IncorrectKeyException",
      "The key ID in the request does not identify a CMK that can perform this operation.")
  }

  /// What a caller learns of a ciphertext whose key he cannot see: AWS doesn't tell which of three it is.
  static func hiddenKey() -> AWSError {
    AWSError(
      "AccessDeniedException",
      "The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not "
        + "allowed to access.", status: 400)
  }

  static func dryRun() -> AWSError {
    AWSError("DryRunOperationException", "The request would have succeeded, but the DryRun option is set.")
  }

  static func malformedPolicy(_ message: String) -> AWSError {
    AWSError("MalformedPolicyDocumentException", message)
  }

  static func invalidMarker() -> AWSError { AWSError("InvalidMarkerException", "The marker is not valid.") }
}
