import Identity
import Policy
import Wire

/// Whether a policy's text may be stored, by the rules of its kind.
enum PolicyDocuments {
  /// - Throws: MalformedPolicyDocumentException; ConstraintViolationException for a text that is too long.
  static func check(_ content: String, _ kind: PolicyKind) throws(AWSError) {
    if content.unicodeScalars.count > kind.longestDocument { throw .policyTooLong(kind.longestDocument) }
    switch kind {
    case .serviceControl: try check(content, as: .serviceControl, kind)
    case .resourceControl: try check(content, as: .resourceControl, kind)
    default:
      do {
        try ManagementPolicyRules.check(try ManagementPolicy(parsing: content), kind)
      } catch {
        throw .malformedPolicy()
      }
    }
  }

  private static func check(
    _ content: String, as use: PolicyValidator.Use, _ kind: PolicyKind
  ) throws(AWSError) {
    do { try PolicyValidator.check(content, as: use) } catch {
      switch error.kind {
      case .malformed: throw .malformedPolicy()
      case .tooLarge: throw .policyTooLong(kind.longestDocument)
      }
    }
  }
}
