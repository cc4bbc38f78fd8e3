import Cloud
import Identity
import Policy
import Wire

/// What a delegation policy may say. Recorded from AWS: nearly all that is wrong is "invalid JSON"; actions are named.
///
/// AWS: Organizations user guide, "Delegated administrator for AWS Organizations", supported actions and resources.
enum DelegationPolicyRules {
  /// - Throws: InvalidInputException.
  static func check(
    _ content: String, _ organization: OrganizationRecord, _ transaction: Transaction
  ) throws(AWSError) {
    do { try PolicyValidator.check(content, as: .resource) } catch { throw .invalidResourcePolicy() }
    guard let root = JSONValue(parsing: content), let statements = root["Statement"] else {
      throw .invalidResourcePolicy()
    }
    for statement in statements.array ?? [statements] {
      guard statement["NotAction"] == nil, statement["NotResource"] == nil, statement["NotPrincipal"] == nil,
        statement["Resource"] != nil
      else { throw .invalidResourcePolicy() }
      for action in strings(statement["Action"]) { try check(action: action) }
      for resource in strings(statement["Resource"]) { try check(resource: resource) }
      try check(principals: statement["Principal"], organization, transaction)
      try check(conditions: statement["Condition"])
    }
  }

  /// Beside all that reads: what can be done with policies and tags.
  private static let writing: Set<String> = [
    "AttachPolicy", "CreatePolicy", "DeletePolicy", "DetachPolicy", "DisablePolicyType", "EnablePolicyType",
    "TagResource", "UntagResource", "UpdatePolicy",
  ]

  /// A pattern is taken when everything that it stands for is.
  private static func check(action: String) throws(AWSError) {
    let prefix = "organizations:"
    guard action.lowercased().hasPrefix(prefix) else { throw unsupported(action) }
    let pattern = action.dropFirst(prefix.count).lowercased()
    let matching = operations.filter { matches(pattern[...], $0.lowercased()[...]) }
    let isSupported = matching.allSatisfy { name in
      name.hasPrefix("Describe") || name.hasPrefix("List") || writing.contains(name)
    }
    guard !matching.isEmpty, isSupported else { throw unsupported(action) }
  }

  private static let operations =
    Array(ServiceModel.organizations.operations.keys) + ServiceModel.organizations.unbuiltOperations

  private static func check(resource: String) throws(AWSError) {
    guard resource == "*" || resource.hasPrefix("arn:aws:organizations:") else {
      // unverified: words
      throw .invalidInput(
        "UNSUPPORTED_RESOURCE_IN_RESOURCE_POLICY",
        "\(resource) is not a supported resource for this resource-based policy.")
    }
  }

  /// Accounts must be of the organization; whether users and roles are there, pinning tells.
  private static func check(
    principals: JSONValue?, _ organization: OrganizationRecord, _ transaction: Transaction
  ) throws(AWSError) {
    guard let map = principals?.object else { return }
    for member in map {
      guard member.name == "AWS" || member.name == "Service" else {
        // AWS: Organizations API, InvalidInputException.
        throw .invalidInput("INVALID_PRINCIPAL", "You specified an invalid principal element in the policy.")
      }
      for principal in strings(member.value) where member.name == "AWS" && principal != "*" {
        guard let account = AccountID(principal) ?? ARN(principal)?.accountID else { continue }
        guard try organization.findAccount(account.rawValue, transaction) != nil else { throw .invalidResourcePolicy() }
      }
    }
  }

  private static func check(conditions: JSONValue?) throws(AWSError) {
    for clause in conditions?.object ?? [] where clause.name.lowercased().contains("stringequals") {
      for key in clause.value.object ?? [] where key.name.lowercased() == "organizations:policytype" {
        for type in strings(key.value) where PolicyKind(rawValue: type) == nil {
          // unverified: words
          throw .invalidInput(
            "UNSUPPORTED_POLICY_TYPE_IN_RESOURCE_POLICY",
            "\(type) is not a supported policy type for this resource-based policy.")
        }
      }
    }
  }

  private static func unsupported(_ action: String) -> AWSError {
    .invalidInput(
      "UNSUPPORTED_ACTION_IN_RESOURCE_POLICY",
      "\(action) is not a supported action for this resource-based policy.")
  }

  private static func strings(_ value: JSONValue?) -> [String] {
    value?.string.map { [$0] } ?? value?.array?.compactMap(\.string) ?? []
  }

  /// Whether a pattern with `*` and `?` stands for a text; both are short.
  private static func matches(_ pattern: Substring, _ text: Substring) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    if first == "*" {
      return matches(pattern.dropFirst(), text) || !text.isEmpty && matches(pattern, text.dropFirst())
    }
    guard let character = text.first, first == "?" || first == character else { return false }
    return matches(pattern.dropFirst(), text.dropFirst())
  }
}
