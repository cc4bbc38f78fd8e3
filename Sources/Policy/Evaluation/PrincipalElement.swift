/// How firmly a resource policy's `Principal` names the caller.
public enum Grant: Int, Sendable, Codable, Comparable, Hashable {
  case none
  /// The caller's account: it delegates to the account's own policies.
  case account
  /// The role behind the caller's session: boundaries and session policies still limit.
  case role
  /// The caller himself, or everyone.
  case direct

  public static func < (left: Grant, right: Grant) -> Bool { left.rawValue < right.rawValue }

  /// `none`, `account`, `role` or `direct`.
  public var name: String {
    switch self {
    case .none: "none"
    case .account: "account"
    case .role: "role"
    case .direct: "direct"
    }
  }
}

/// `Principal` or `NotPrincipal`, taken apart.
struct PrincipalElement: Sendable {
  /// Types and values in the order written. A bare string counts as `AWS`.
  let entries: [(type: String, value: String)]
  /// Written as the string `"*"`.
  let isBareEveryone: Bool

  init(_ node: JSONNode) {
    if let text = node.string {
      entries = [("AWS", text)]
      isBareEveryone = text == "*"
    } else {
      entries = (node.members ?? []).flatMap { member in
        member.node.asList.compactMap { value in
          switch value.value {
          // Account numbers are sometimes written without quotes.
          case .string(let text), .number(let text): (member.key, text)
          default: nil
          }
        }
      }
      isBareEveryone = false
    }
  }

  /// How the element names the caller.
  func grant(to principal: Principal, _ context: ConditionContext) -> Grant {
    var best = Grant.none
    for (type, value) in entries {
      let grant: Grant
      switch type {
      case "AWS": grant = Self.awsGrant(value, principal)
      case "Service":
        if case .service(let name) = principal.identity, name == value { grant = .direct } else { grant = .none }
      case "Federated": grant = Self.equals(value, context["aws:FederatedProvider"]) ? .direct : .none
      case "CanonicalUser": grant = Self.equals(value, context["CanonicalUser"]) ? .direct : .none
      default: grant = .none
      }
      best = max(best, grant)
      if best == .direct { break }
    }
    return best
  }

  private static func equals(_ value: String, _ had: ConditionContext.Value?) -> Bool {
    if case .single(let text) = had { return text == value && !value.isEmpty }
    return false
  }

  private static func awsGrant(_ value: String, _ principal: Principal) -> Grant {
    if value == "*" { return .direct }
    guard let account = principal.account else { return .none }
    if value == account || value == principal.accountARN { return principal.isRoot ? .direct : .account }
    switch principal.identity {
    case .anonymous, .service, .root: return .none
    // A saved policy names users and roles by their unique ids, so that a namesake made later inherits nothing.
    case .user(let arn, let id): return value == arn || (value == id && !id.isEmpty) ? .direct : .none
    case .role(let arn, let id): return value == arn || (value == id && !id.isEmpty) ? .role : .none
    case .federatedUser(let arn, _, let userARN):
      if value == arn { return .direct }
      return value == userARN ? .role : .none
    case .roleSession(let arn, let roleARN, let roleID, _):
      if value == arn { return .direct }
      if value == roleARN || (value == roleID && !roleID.isEmpty) { return .role }
      return !principal.rolePathIsKnown && isNamesake(value, roleARN, account) ? .role : .none
    }
  }

  /// A role ARN of the same account and name with whatever path.
  private static func isNamesake(_ value: String, _ roleARN: String, _ account: String) -> Bool {
    let parts = value.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count > 4, parts[4] == account, parts.dropFirst(5).contains(where: { $0.hasPrefix("role/") }) else {
      return false
    }
    return value.split(separator: "/", omittingEmptySubsequences: false).last
      == roleARN.split(separator: "/", omittingEmptySubsequences: false).last
  }

  /// Whether `Deny` with `NotPrincipal` leaves the caller alone: only if his account is listed, and for a user or role also
  /// himself, and for a session its role and itself.
  func spares(_ principal: Principal) -> Bool {
    if isBareEveryone { return true }
    let listed = entries.map(\.value)
    func has(_ name: String) -> Bool { !name.isEmpty && listed.contains(name) }
    if has("*") { return true }
    let account = has(principal.account ?? "") || has(principal.accountARN)
    switch principal.identity {
    case .anonymous: return false
    case .service(let name): return has(name)
    case .root: return account
    case .user(let arn, let id), .role(let arn, let id): return account && (has(arn) || has(id))
    case .federatedUser(let arn, _, _): return account && has(arn)
    case .roleSession(let arn, let roleARN, let roleID, _): return account && (has(roleARN) || has(roleID)) && has(arn)
    }
  }
}
