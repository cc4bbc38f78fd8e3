/// Whether a document may be stored, with AWS's own words if not.
///
/// Evaluation is lenient, writing is not. Checks run in AWS's order, because only the first problem is told: syntax, version,
/// what IAM calls legacy parsing, Sids, actions, resources.
public enum PolicyValidator {
  /// What a document is to be.
  public enum Use: Sendable, Hashable {
    /// A managed policy; also a permissions boundary, which is one.
    case managed
    /// An inline policy of a user, role or group. Their sizes are limited together, which is the caller's to add up.
    case inline
    /// A session policy of AssumeRole or GetFederationToken.
    case session
    /// A role's trust policy.
    case trust
    /// A bucket policy, with S3's messages.
    case bucket
    /// Any other resource's policy.
    case resource
    /// A service control policy.
    case serviceControl
    /// A resource control policy.
    case resourceControl
  }

  /// Checks a document.
  ///
  /// - Returns: the document, compiled.
  /// - Throws: ``PolicyProblem`` with AWS's message.
  @discardableResult
  public static func check(_ text: String, as use: Use) throws(PolicyProblem) -> PolicyDocument {
    try checkSize(text, use)
    let root: JSONNode
    do { root = try JSONReader.read(Array(text.utf8)) } catch {
      switch use {
      case .bucket:
        throw .malformed("Policies must be valid JSON and the first byte must be '{'", error.description)
      case .serviceControl, .resourceControl: throw .malformed(OrganizationPolicyRules.message, error.description)
      default: throw .malformed(IdentityPolicyRules.syntax, error.description)
      }
    }
    switch use {
    case .managed, .inline, .session: try IdentityPolicyRules(root).check()
    case .trust: try TrustPolicyRules(root).check()
    case .bucket, .resource: try ResourcePolicyRules(root, isBucket: use == .bucket).check()
    case .serviceControl: try OrganizationPolicyRules(root).checkServiceControl()
    case .resourceControl: try OrganizationPolicyRules(root).checkResourceControl()
    }
    do { return try PolicyDocument(text: text, root: root) } catch {
      throw .malformed(IdentityPolicyRules.syntax, error.description)
    }
  }

  private static func checkSize(_ text: String, _ use: Use) throws(PolicyProblem) {
    let size: Int
    let limit: Int
    let message: String
    switch use {
    case .managed:
      (size, limit) = (PolicyLimits.countedSize(text), PolicyLimits.managed)
      message = "Cannot exceed quota for PolicySize: \(limit)"
    case .trust:
      (size, limit) = (PolicyLimits.countedSize(text), PolicyLimits.trust)
      message = "Cannot exceed quota for ACLSizePerRole: \(limit)"
    case .session:
      (size, limit) = (text.unicodeScalars.count, PolicyLimits.session)
      message =
        "1 validation error detected: Value at 'policy' failed to satisfy constraint: Member must have length less than or "
        + "equal to \(limit)"
    case .bucket:
      (size, limit) = (text.utf8.count, PolicyLimits.bucket)
      message = "The policy exceeds the maximum allowed size of \(limit) bytes."
    case .serviceControl:
      (size, limit) = (text.unicodeScalars.count, PolicyLimits.serviceControl)
      message = "You have exceeded the maximum size of a policy document, \(limit) characters."
    case .resourceControl:
      (size, limit) = (text.unicodeScalars.count, PolicyLimits.resourceControl)
      message = "You have exceeded the maximum size of a policy document, \(limit) characters."
    case .inline, .resource: return
    }
    if size > limit { throw PolicyProblem(kind: .tooLarge, message: message, detail: "it has \(size)") }
  }
}
