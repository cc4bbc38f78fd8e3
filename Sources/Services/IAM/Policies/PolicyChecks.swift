import Cloud
import Identity
import Policy
import Wire

/// Whether documents may be stored, in IAM's words.
enum PolicyChecks {
  /// A managed policy.
  static func managed(_ text: String) throws(AWSError) { try check(text, .managed) }

  /// An inline policy.
  static func identity(_ text: String) throws(AWSError) { try check(text, .inline) }

  /// A trust policy: checked, and with its principals pinned to unique ids.
  static func trust(_ text: String, _ transaction: Transaction) throws(AWSError) -> String {
    try check(text, .trust)
    return try Principals.pin(text, in: transaction)
  }

  /// The characters that count.
  static func size(_ text: String) -> Int { PolicyLimits.countedSize(text) }

  private static func check(_ text: String, _ use: PolicyValidator.Use) throws(AWSError) {
    do { try PolicyValidator.check(text, as: use) } catch {
      throw error.kind == .tooLarge ? .limitExceeded(error.message) : .malformedPolicy(error.message)
    }
  }
}
