/// A condition operator taken apart: `ForAnyValue:StringNotLikeIfExists` is a quantifier, a comparison, a negation, and
/// leave for the key to be absent.
///
/// AWS: IAM user guide, "IAM JSON policy elements: Condition operators". Operator names are read in any case here, as
/// stored documents were accepted that way.
struct ConditionOperator: Sendable, Hashable {
  enum Comparison: String, Sendable, CaseIterable {
    case stringEquals, stringEqualsIgnoreCase, stringLike
    case numericEquals, numericLessThan, numericLessThanEquals, numericGreaterThan, numericGreaterThanEquals
    case dateEquals, dateLessThan, dateLessThanEquals, dateGreaterThan, dateGreaterThanEquals
    case bool, binaryEquals, ipAddress, arnLike, null
  }

  enum Quantifier: Sendable {
    /// One value against the policy's values.
    case scalar
    /// `ForAllValues:`: every value must match; true without values.
    case all
    /// `ForAnyValue:`: some value must match; false without values.
    case any
  }

  let comparison: Comparison
  let negated: Bool
  let quantifier: Quantifier
  let ifExists: Bool

  /// Names in AWS's spelling, without quantifier and suffix.
  static let names: [String: (comparison: Comparison, negated: Bool)] = [
    "StringEquals": (.stringEquals, false), "StringNotEquals": (.stringEquals, true),
    "StringEqualsIgnoreCase": (.stringEqualsIgnoreCase, false),
    "StringNotEqualsIgnoreCase": (.stringEqualsIgnoreCase, true),
    "StringLike": (.stringLike, false), "StringNotLike": (.stringLike, true),
    "NumericEquals": (.numericEquals, false), "NumericNotEquals": (.numericEquals, true),
    "NumericLessThan": (.numericLessThan, false), "NumericLessThanEquals": (.numericLessThanEquals, false),
    "NumericGreaterThan": (.numericGreaterThan, false),
    "NumericGreaterThanEquals": (.numericGreaterThanEquals, false),
    "DateEquals": (.dateEquals, false), "DateNotEquals": (.dateEquals, true),
    "DateLessThan": (.dateLessThan, false), "DateLessThanEquals": (.dateLessThanEquals, false),
    "DateGreaterThan": (.dateGreaterThan, false), "DateGreaterThanEquals": (.dateGreaterThanEquals, false),
    "Bool": (.bool, false), "BinaryEquals": (.binaryEquals, false),
    "IpAddress": (.ipAddress, false), "NotIpAddress": (.ipAddress, true),
    "ArnEquals": (.arnLike, false), "ArnLike": (.arnLike, false),
    "ArnNotEquals": (.arnLike, true), "ArnNotLike": (.arnLike, true),
    "Null": (.null, false),
  ]

  private static let lowercaseNames = Dictionary(uniqueKeysWithValues: names.map { ($0.key.lowercased(), $0.value) })

  /// Nothing if IAM knows no such operator.
  init?(_ text: String) {
    var name = Substring(text.lowercased())
    var quantifier = Quantifier.scalar
    for (prefix, value) in [("forallvalues:", Quantifier.all), ("foranyvalue:", .any)] where name.hasPrefix(prefix) {
      quantifier = value
      name = name.dropFirst(prefix.count)
      break
    }
    ifExists = name.hasSuffix("ifexists")
    if ifExists { name = name.dropLast("ifexists".count) }
    guard let (comparison, negated) = Self.lowercaseNames[String(name)] else { return nil }
    self.comparison = comparison
    self.negated = negated
    self.quantifier = quantifier
  }

  /// Whether policy values may hold variables.
  var expandsVariables: Bool {
    switch comparison {
    case .stringEquals, .stringEqualsIgnoreCase, .stringLike, .arnLike, .bool: true
    default: false
    }
  }

  /// Whether `*` and `?` in policy values are wildcards.
  var hasWildcards: Bool { comparison == .stringLike || comparison == .arnLike }
}
