import Crypto
import Foundation

/// The signature fields of an HTML form posted to S3 under Signature Version 2, which some SDKs make unless told otherwise
/// (boto3).
///
/// AWS: S3 user guide, "Browser-based uploads using POST (AWS signature version 2)".
public struct PostPolicyVersion2: Hashable, Sendable {
  /// The policy as it stands in the form: base64. This text is what is signed.
  public var policy: String
  /// The field `AWSAccessKeyId`.
  public var accessKeyID: String
  /// The field `signature`, base64.
  public var signature: String
  /// The field `x-amz-security-token`.
  public var securityToken: String?

  public init(policy: String, accessKeyID: String, signature: String, securityToken: String? = nil) {
    self.policy = policy
    self.accessKeyID = accessKeyID
    self.signature = signature
    self.securityToken = securityToken
  }

  /// Verifies the signature.
  /// - Parameter secret: what the keeper of access keys says.
  /// - Throws: that the key is no good, or the signature doesn't match.
  public func verify(secret: SecretLookup) throws(AuthenticationFailure) {
    let key: String
    switch secret {
    case .secret(let secret): key = secret
    case .unknownAccessKey: throw .unknownAccessKey(accessKeyID)
    case .inactiveAccessKey: throw .inactiveAccessKey(accessKeyID)
    case .invalidToken: throw .invalidToken(accessKeyID: accessKeyID, token: securityToken)
    case .expiredToken: throw .expiredToken(accessKeyID: accessKeyID, token: securityToken)
    }
    let code = HMAC<Insecure.SHA1>.authenticationCode(
      for: Data(policy.utf8), using: SymmetricKey(data: Data(key.utf8)))
    guard ByteText.equalInConstantTime(Array(Data(code).base64EncodedString().utf8), signature) else {
      throw .signatureMismatch(
        .init(accessKeyID: accessKeyID, signatureProvided: signature, stringToSign: policy, canonicalRequest: ""))
    }
  }
}
