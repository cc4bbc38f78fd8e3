/// The signature fields of an HTML form posted to S3. The policy's own conditions are the receiver's matter.
///
/// AWS: S3 API reference, "Browser-based uploads using POST", "Calculating a signature".
public struct PostPolicySignature: Hashable, Sendable {
  /// The policy as it stands in the form: base64. This text is what is signed.
  public var policy: String
  /// The field `x-amz-algorithm`.
  public var algorithm: String?
  /// The field `x-amz-credential`.
  public var credential: String?
  /// The field `x-amz-date`.
  public var date: String?
  /// The field `x-amz-signature`.
  public var signature: String?
  /// The field `x-amz-security-token`.
  public var securityToken: String?

  /// The fields of a form as found in it.
  public init(
    policy: String, algorithm: String?, credential: String?, date: String?, signature: String?,
    securityToken: String? = nil
  ) {
    self.policy = policy
    self.algorithm = algorithm
    self.credential = credential
    self.date = date
    self.signature = signature
    self.securityToken = securityToken
  }
}

extension SignatureVerifier {
  /// Verifies the signature of a form's policy. The time isn't compared with the present, for the policy has an
  /// expiration of its own.
  public func verify(
    _ form: PostPolicySignature, rules: VerificationRules = .s3, lookUp: (PresentedAuthorization) -> SecretLookup
  ) throws(AuthenticationFailure) -> VerifiedSignature {
    let algorithm = try Self.field(form.algorithm, "X-Amz-Algorithm")
    guard algorithm == "AWS4-HMAC-SHA256" else {
      throw .unsupported(algorithm == "AWS4-ECDSA-P256-SHA256" ? .version4A : .algorithm(algorithm))
    }
    let credential = try Self.field(form.credential, "X-Amz-Credential")
    let date = try Self.field(form.date, "X-Amz-Date")
    let signature = try Self.field(form.signature, "X-Amz-Signature")
    let (accessKeyID, scope) = try PresentedAuthorization.split(credential: credential, .form)
    guard let time = SigningTime(basic: date) else { throw .malformedDate(date, place: .form) }
    let presented = PresentedAuthorization(
      place: .form, accessKeyID: accessKeyID, scope: scope, signedHeaders: "", signature: signature, time: time,
      timeText: date, securityToken: form.securityToken)
    try Self.checkScope(presented, rules)
    let secret = try Self.secret(lookUp(presented), presented)
    let key = keys.key(accessKeyID: accessKeyID, secret: secret, scope: scope)
    guard ByteText.equalInConstantTime(key.signatureBytes(of: Array(form.policy.utf8)), signature) else {
      throw .signatureMismatch(
        .init(
          accessKeyID: accessKeyID, signatureProvided: signature, stringToSign: form.policy, canonicalRequest: ""))
    }
    return VerifiedSignature(authorization: presented, payloadCheck: .unsigned, signingKey: key)
  }

  private static func field(_ value: String?, _ name: String) throws(AuthenticationFailure) -> String {
    guard let value else { throw .missingFormField(name) }
    return value
  }
}
