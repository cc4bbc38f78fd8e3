/// Why a document may not be stored.
public struct PolicyProblem: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of error the service answers with.
  public enum Kind: Sendable, Hashable {
    /// `MalformedPolicyDocument` of IAM and STS, `MalformedPolicy` of S3, `MalformedPolicyDocumentException` of
    /// Organizations and KMS.
    case malformed
    /// `LimitExceeded` of IAM, `PolicyTooLarge` or `ConstraintViolation` elsewhere.
    case tooLarge
  }

  public let kind: Kind
  /// AWS's message.
  public let message: String
  /// What is wrong in our own words, where AWS's message doesn't tell.
  public let detail: String?

  public var description: String { detail.map { "\(message) (\($0))" } ?? message }

  static func malformed(_ message: String, _ detail: String? = nil) -> PolicyProblem {
    PolicyProblem(kind: .malformed, message: message, detail: detail)
  }
}
