/// The rules for policies of users, groups, roles and sessions.
struct IdentityPolicyRules {
  static let syntax = "Syntax errors in policy."
  static let legacy = "The policy failed legacy parsing"

  private let root: JSONNode

  init(_ root: JSONNode) { self.root = root }

  func check() throws(PolicyProblem) {
    let shape: PolicyShape
    do { shape = try PolicyShape(root) } catch { throw .malformed(Self.syntax, error.detail) }
    guard root["Version"]?.string == "2012-10-17" else {
      throw .malformed("Policy document must be version 2012-10-17 or greater.")
    }
    try Self.checkParts(shape.statements, resourcesAreNeeded: true)
    for statement in shape.statements where statement["Principal"] != nil || statement["NotPrincipal"] != nil {
      throw .malformed("Policy document should not specify a principal.")
    }
  }

  /// What identity and trust policies have in common, in AWS's order.
  static func checkParts(_ statements: [JSONNode], resourcesAreNeeded: Bool) throws(PolicyProblem) {
    guard statements.allSatisfy(LegacyParsing.accepts) else { throw .malformed(legacy) }
    var resourceProblem: String?
    for statement in statements {
      let resources = strings(statement["Resource"]) + strings(statement["NotResource"])
      if resourceProblem == nil { resourceProblem = resources.sorted().lazy.compactMap(ResourceFormat.problem).first }
      if resourceProblem == nil, !resources.allSatisfy(LegacyParsing.accepts(resource:)) { throw .malformed(legacy) }
    }
    try checkSids(statements)
    for statement in statements where (statement["Action"] ?? statement["NotAction"])?.asList.isEmpty ?? true {
      throw .malformed("Policy statement must contain actions.")
    }
    if let resourceProblem { throw .malformed(resourceProblem) }
    for statement in statements {
      for action in strings(statement["Action"]) + strings(statement["NotAction"]) { try check(action: action) }
    }
    guard resourcesAreNeeded else { return }
    for statement in statements where (statement["Resource"] ?? statement["NotResource"])?.asList.isEmpty ?? true {
      throw .malformed("Policy statement must contain resources.")
    }
  }

  private static func checkSids(_ statements: [JSONNode]) throws(PolicyProblem) {
    var seen: Set<String> = []
    for case let sid? in statements.map({ $0["Sid"]?.string }) where !sid.isEmpty {
      guard sid.utf8.allSatisfy({ (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) }) else {
        throw .malformed(
          "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*"
        )
      }
      guard seen.insert(sid).inserted else {
        throw .malformed("Statement IDs (SID) in a single policy must be unique.")
      }
    }
  }

  private static func check(action: String) throws(PolicyProblem) {
    if action == "*" { return }
    let parts = action.split(separator: ":", omittingEmptySubsequences: false)
    if parts.count == 1 {
      throw .malformed("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.")
    }
    if parts.count > 2 { throw .malformed("Actions/Condition can contain only one colon.") }
    let vendor = parts[0]
    let isVendor = vendor.utf8.allSatisfy {
      (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 45 || $0 == 46
    }
    guard vendor == "*" || isVendor && !vendor.isEmpty else { throw .malformed("Vendor \(vendor) is not valid") }
  }

  static func strings(_ node: JSONNode?) -> [String] { node?.asList.compactMap(\.string) ?? [] }
}
