/// Who asks: the caller of a request as policies see him.
public struct Principal: Sendable, Hashable {
  /// The kinds of callers.
  public enum Identity: Sendable, Hashable {
    /// Nobody signed the request. Callers of AssumeRoleWithSAML and AssumeRoleWithWebIdentity are judged as anonymous with
    /// `aws:FederatedProvider` in the context.
    case anonymous
    /// An account's root user.
    case root(account: String)
    /// - id: `AIDA…`
    case user(arn: String, id: String)
    /// A role itself, which only simulations have as caller.
    /// - id: `AROA…`
    case role(arn: String, id: String)
    /// - arn: `arn:aws:sts::111122223333:assumed-role/name/session`
    /// - roleARN: with the role's path
    case roleSession(arn: String, roleARN: String, roleID: String, name: String)
    /// A session of GetFederationToken.
    /// - id: `111122223333:name`
    /// - userARN: the user who asked for the token
    case federatedUser(arn: String, id: String, userARN: String?)
    /// An AWS service, `sns.amazonaws.com`.
    case service(String)
  }

  public let identity: Identity
  /// Whether this is a session of a service-linked role, which neither SCPs nor RCPs limit.
  public let isServiceLinkedRole: Bool
  /// Whether the caller's account is its organization's management account, which SCPs don't limit.
  public let isInManagementAccount: Bool
  /// The account, for everyone but services and anonymous callers.
  public let account: String?
  /// `aws`, `aws-cn`, …
  public let partition: String
  /// The role's path is known. A case file may know a session only by its ARN, which has no path; then a role ARN of the
  /// same account and name is taken for the session's role.
  let rolePathIsKnown: Bool
  /// `arn:aws:iam::111122223333:root` of the caller's account.
  let accountARN: String

  /// - Parameters:
  ///   - isServiceLinkedRole: nothing to derive it from the role's path (`/aws-service-role/`).
  ///   - partition: for root users; everyone else's is in the ARN.
  public init(
    _ identity: Identity, isServiceLinkedRole: Bool? = nil, isInManagementAccount: Bool = false,
    partition: String = "aws"
  ) {
    self.init(
      identity, isServiceLinkedRole: isServiceLinkedRole, isInManagementAccount: isInManagementAccount,
      partition: partition, rolePathIsKnown: true)
  }

  private init(
    _ identity: Identity, isServiceLinkedRole: Bool?, isInManagementAccount: Bool, partition: String,
    rolePathIsKnown: Bool
  ) {
    self.identity = identity
    self.isInManagementAccount = isInManagementAccount
    self.rolePathIsKnown = rolePathIsKnown
    var linked = isServiceLinkedRole ?? false
    switch identity {
    case .anonymous, .service:
      account = nil
      self.partition = partition
    case .root(let number):
      account = number
      self.partition = partition
    case .user(let arn, _), .role(let arn, _), .federatedUser(let arn, _, _), .roleSession(let arn, _, _, _):
      let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
      account = parts.count == 6 ? String(parts[4]) : nil
      self.partition = parts.count == 6 ? String(parts[1]) : partition
      if isServiceLinkedRole == nil, case .roleSession(_, let roleARN, _, _) = identity {
        linked = Self.hasServiceLinkedPath(roleARN)
      }
    }
    self.isServiceLinkedRole = linked
    accountARN = "arn:\(self.partition):iam::\(account ?? ""):root"
  }

  /// The caller as messages name him: the session's ARN for roles, `anonymous`, a service's name.
  public var arn: String {
    switch identity {
    case .anonymous: "anonymous"
    case .root: accountARN
    case .user(let arn, _), .role(let arn, _), .roleSession(let arn, _, _, _), .federatedUser(let arn, _, _): arn
    case .service(let name): name
    }
  }

  /// Reads a caller from an ARN, a service's name, or `*` and `anonymous`, as case files and simulations write it.
  ///
  /// - Parameter roleARN: the session's role with its path, if it is known.
  public init(
    named text: String?, roleARN: String? = nil, isServiceLinkedRole: Bool? = nil, isInManagementAccount: Bool = false
  ) {
    var known = true
    var partition = "aws"
    let identity: Identity
    if let text, text.hasPrefix("arn:") {
      let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false).map(String.init)
      let resource = parts.count == 6 ? parts[5] : ""
      let words = resource.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
      if parts.count == 6 { partition = parts[1] }
      switch words.first ?? "" {
      case "root": identity = .root(account: parts[4])
      case "role": identity = .role(arn: text, id: "")
      case "federated-user": identity = .federatedUser(arn: text, id: parts[4] + ":" + (words.last ?? ""), userARN: nil)
      case "assumed-role" where words.count > 1:
        known = roleARN != nil
        identity = .roleSession(
          arn: text, roleARN: roleARN ?? "arn:\(partition):iam::\(parts[4]):role/\(words[1])", roleID: "",
          name: words.last ?? "")
      default: identity = .user(arn: text, id: "")
      }
    } else if let text, text != "*", text != "anonymous" {
      identity = .service(text)
    } else {
      identity = .anonymous
    }
    self.init(
      identity, isServiceLinkedRole: isServiceLinkedRole, isInManagementAccount: isInManagementAccount,
      partition: partition, rolePathIsKnown: known)
  }

  /// Whether a role is service-linked, by its path.
  public static func hasServiceLinkedPath(_ roleARN: String) -> Bool {
    let parts = roleARN.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
    return parts.count == 6 && parts[5].hasPrefix("role/aws-service-role/")
  }

  /// Root users have every permission that SCPs, RCPs and resource policies leave.
  var isRoot: Bool {
    if case .root = identity { return true }
    return false
  }

  /// Services and anonymous callers are principals of no account.
  var isOutsideAccounts: Bool {
    switch identity {
    case .anonymous, .service: true
    default: false
    }
  }
}
