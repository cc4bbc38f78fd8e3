/// The rules for service control and resource control policies.
struct OrganizationPolicyRules {
  /// What Organizations says to everything that is wrong.
  static let message = "The provided policy document does not meet the requirements of the specified policy type."

  private let root: JSONNode

  init(_ root: JSONNode) { self.root = root }

  private func statements() throws(PolicyProblem) -> [JSONNode] {
    do { return try PolicyShape(root).statements } catch { throw .malformed(Self.message, error.detail) }
  }

  private func fail(_ detail: String) -> PolicyProblem { .malformed(Self.message, detail) }

  /// The full language but for principals.
  func checkServiceControl() throws(PolicyProblem) {
    for statement in try statements() {
      if statement["Principal"] != nil || statement["NotPrincipal"] != nil { throw fail("SCPs have no principals") }
      try checkCommon(statement)
    }
  }

  /// Denials for everybody of named services (AWS captures): Allow, lists of principals, NotPrincipal, NotAction, NotResource
  /// beside Resource, a bare `*` as action and services without support are refused; a missing or old Version is not.
  func checkResourceControl() throws(PolicyProblem) {
    for statement in try statements() {
      guard statement["Effect"]?.string == "Deny" else { throw fail("RCPs only deny") }
      let everyone = statement["Principal"].map { element in
        element.string == "*" || element.members?.count == 1 && IdentityPolicyRules.strings(element["AWS"]) == ["*"]
      }
      guard everyone == true else { throw fail("the principal of an RCP is *") }
      guard let actions = statement["Action"], statement["NotAction"] == nil else {
        throw fail("RCPs have no NotAction")
      }
      for action in IdentityPolicyRules.strings(actions) {
        let service = action.lowercased().prefix { $0 != ":" }
        guard action.contains(":"), ResourceControlPolicies.services.contains(String(service)) else {
          throw fail("\(action) is of no service that supports RCPs")
        }
      }
      try checkCommon(statement)
    }
  }

  private func checkCommon(_ statement: JSONNode) throws(PolicyProblem) {
    guard let effect = statement["Effect"]?.string, PolicyEffect(rawValue: effect) != nil else {
      throw fail("no Effect")
    }
    guard let actions = statement["Action"] ?? statement["NotAction"], !actions.asList.isEmpty else {
      throw fail("no actions")
    }
    guard let resources = statement["Resource"] ?? statement["NotResource"], !resources.asList.isEmpty else {
      throw fail("no resources")
    }
    for resource in IdentityPolicyRules.strings(resources) {
      if let problem = ResourceFormat.problem(resource) { throw fail(problem) }
    }
  }
}
