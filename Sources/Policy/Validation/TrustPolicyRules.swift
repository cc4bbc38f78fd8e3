/// The rules for trust policies of roles.
struct TrustPolicyRules {
  private let root: JSONNode

  init(_ root: JSONNode) { self.root = root }

  func check() throws(PolicyProblem) {
    let shape: PolicyShape
    do { shape = try PolicyShape(root) } catch { throw .malformed(IdentityPolicyRules.syntax, error.detail) }
    for statement in shape.statements {
      if statement["Resource"] != nil || statement["NotResource"] != nil {
        throw .malformed("Has prohibited field Resource")
      }
      guard statement["Principal"] != nil || statement["NotPrincipal"] != nil else {
        throw .malformed("Missing required field Principal")
      }
    }
    try IdentityPolicyRules.checkParts(shape.statements, resourcesAreNeeded: false)
    for statement in shape.statements {
      for action in IdentityPolicyRules.strings(statement["Action"] ?? statement["NotAction"]) {
        guard Self.actions.contains(action.lowercased()) else {
          throw .malformed("AssumeRole policy may only specify STS AssumeRole actions.", action)
        }
      }
      try PrincipalFormat.check(statement)
      // AWS refuses NotPrincipal with Allow.
      if statement["NotPrincipal"] != nil, statement["Effect"]?.string == "Allow" {
        throw .malformed("Allow with NotPrincipal is not allowed.")
      }
    }
  }

  private static let actions: Set<String> = [
    "sts:assumerole", "sts:assumerolewithsaml", "sts:assumerolewithwebidentity", "sts:tagsession",
    "sts:setsourceidentity",
    "sts:setcontext", "sts:decodeauthorizationmessage", "sts:getaccesskeyinfo", "sts:getcalleridentity",
    "sts:getfederationtoken", "sts:getservicebearertoken", "sts:getsessiontoken",
  ]
}

/// What principals may look like.
enum PrincipalFormat {
  static func check(_ statement: JSONNode, quoting: Bool = true) throws(PolicyProblem) {
    guard let element = statement["Principal"] ?? statement["NotPrincipal"] else { return }
    if let text = element.string {
      guard text == "*" else { throw problem("AWS", text, quoting) }
      return
    }
    for type in element.members ?? [] {
      for value in IdentityPolicyRules.strings(type.node) where !accepts(type.key, value) {
        throw problem(type.key, value, quoting)
      }
    }
  }

  /// IAM and STS name the principal, S3 does not.
  static func problem(_ type: String, _ value: String, _ quoting: Bool) -> PolicyProblem {
    let label = type == "AWS" ? type : type.uppercased()
    return quoting
      ? .malformed("Invalid principal in policy: \"\(label)\":\"\(value)\"")
      : .malformed("Invalid principal in policy", "\(type): \(value)")
  }

  private static func accepts(_ type: String, _ value: String) -> Bool {
    switch type {
    case "AWS":
      if value == "*" || isAccount(value[...]) { return true }
      // The unique ids that saved policies hold.
      if value.hasPrefix("AIDA") || value.hasPrefix("AROA") { return true }
      let parts = value.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
      guard parts.count == 6, parts[0] == "arn", ResourceFormat.partitions.contains(String(parts[1])),
        parts[3].isEmpty, isAccount(parts[4]), !parts[5].contains("*"), !parts[5].contains("?")
      else { return false }
      switch parts[2] {
      case "iam": return parts[5] == "root" || parts[5].hasPrefix("user/") || parts[5].hasPrefix("role/")
      case "sts": return parts[5].hasPrefix("assumed-role/") || parts[5].hasPrefix("federated-user/")
      default: return false
      }
    case "Service": return value.contains(".") && !value.contains("*") && !value.contains(" ")
    case "Federated": return !value.isEmpty && value != "*"
    case "CanonicalUser": return !value.isEmpty
    default: return false
    }
  }

  private static func isAccount(_ text: Substring) -> Bool {
    text.utf8.count == 12 && text.utf8.allSatisfy { (48...57).contains($0) }
  }
}

extension PolicyValidator {
  /// The problem of a principal that doesn't exist, in the words of IAM, STS and KMS.
  public static func unknownPrincipal(type: String, value: String) -> PolicyProblem {
    PrincipalFormat.problem(type, value, true)
  }
}
