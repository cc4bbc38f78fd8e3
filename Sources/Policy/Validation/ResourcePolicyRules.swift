/// The rules for policies of resources: buckets, with S3's messages, queues, topics, keys.
struct ResourcePolicyRules {
  private let root: JSONNode
  private let isBucket: Bool

  init(_ root: JSONNode, isBucket: Bool) {
    self.root = root
    self.isBucket = isBucket
  }

  func check() throws(PolicyProblem) {
    guard root.members != nil else {
      throw .malformed(
        isBucket ? "Policies must be valid JSON and the first byte must be '{'" : IdentityPolicyRules.syntax)
    }
    if isBucket { try checkFields() }
    let shape: PolicyShape
    do { shape = try PolicyShape(root) } catch {
      throw .malformed(isBucket ? "Invalid policy syntax." : IdentityPolicyRules.syntax, error.detail)
    }
    for statement in shape.statements {
      if let effect = statement["Effect"]?.string, PolicyEffect(rawValue: effect) == nil {
        throw .malformed(isBucket ? "Invalid effect: \(effect)" : IdentityPolicyRules.syntax)
      }
      guard statement["Principal"] != nil || statement["NotPrincipal"] != nil else {
        throw .malformed("Missing required field Principal")
      }
      guard !((statement["Action"] ?? statement["NotAction"])?.asList.isEmpty ?? true) else {
        throw .malformed("Missing required field Action")
      }
      try PrincipalFormat.check(statement, quoting: !isBucket)
      if statement["NotPrincipal"] != nil, statement["Effect"]?.string == "Allow" {
        throw .malformed(
          isBucket ? "Allow with NotPrincipal is not allowed." : "Invalid policy: Allow with NotPrincipal")
      }
      if isBucket { try checkBucket(statement) }
    }
  }

  /// S3 names unknown and missing fields.
  private func checkFields() throws(PolicyProblem) {
    for member in root.members ?? [] where !["Version", "Id", "Statement"].contains(member.key) {
      throw .malformed("Unknown field \(member.key)")
    }
    if let version = root["Version"], !["2008-10-17", "2012-10-17"].contains(version.string ?? "") {
      throw .malformed("The policy must contain a valid version string")
    }
    guard let statement = root["Statement"] else { throw .malformed("Missing required field Statement") }
    guard !statement.asList.isEmpty else { throw .malformed("Could not parse the policy: Statement is empty!") }
    for statement in statement.asList {
      for member in statement.members ?? [] where !PolicyShape.elements.contains(member.key) {
        throw .malformed("Unknown field \(member.key)")
      }
      guard statement["Effect"] != nil else { throw .malformed("Missing required field Effect") }
    }
  }

  private func checkBucket(_ statement: JSONNode) throws(PolicyProblem) {
    for action in IdentityPolicyRules.strings(statement["Action"] ?? statement["NotAction"]) {
      let parts = action.lowercased().split(separator: ":", omittingEmptySubsequences: false)
      let isS3 =
        action == "*" || parts.count == 2 && ["s3", "s3-object-lambda"].contains(parts[0]) && !parts[1].isEmpty
      guard isS3, isKnown(action) else { throw .malformed("Policy has invalid action", action) }
    }
    guard let resources = statement["Resource"] ?? statement["NotResource"], !resources.asList.isEmpty else {
      throw .malformed("Missing required field Resource")
    }
    for resource in IdentityPolicyRules.strings(resources) {
      guard resource.hasPrefix("arn:"), resource.split(separator: ":", omittingEmptySubsequences: false).count > 5
      else {
        throw .malformed("Policy has invalid resource", resource)
      }
    }
  }

  /// Without wildcards, an action must exist.
  private func isKnown(_ action: String) -> Bool {
    action.contains("*") || action.contains("?") || AuthorizationFacts.shared.action(action) != nil
  }
}
