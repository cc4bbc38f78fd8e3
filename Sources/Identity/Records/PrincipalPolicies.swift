import Cloud
import Policy
import Wire

/// The policies that a caller brings along: everything but the resource's own policy and the organization's.
public struct PrincipalPolicies: Sendable {
  /// The policies of the user and the user's groups, or of the role.
  public var identity: [PolicySource] = []
  public var boundary: PolicySource?
  /// Session policies; nothing if the session has none, empty if it permits nothing.
  public var session: [PolicySource]?

  public init() {}

  private static let everything = PolicyText(
    #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#)

  /// The policies of a caller. Root users, services and anonymous callers have none; the judge knows what that means.
  public static func load(for caller: Caller, in transaction: Transaction) throws(AWSError) -> PrincipalPolicies {
    var result = PrincipalPolicies()
    guard let account = caller.account else { return result }
    switch caller.kind {
    case .anonymous, .service: return result
    case .root: break
    case .user(let name, let id):
      try result.addUser(name, id: id, account, transaction)
    case .assumedRole(let roleARN, let id, _):
      guard let role = try RoleRecord.find(arn: roleARN, transaction), role.id == id else { return result }
      try result.add(role, transaction)
    case .federatedUser(_, let issuer):
      // The user who asked for the token; of a root user's federated user, the session policies are the only limit.
      if let slash = issuer.lastIndex(of: "/") {
        try result.addUser(String(issuer[issuer.index(after: slash)...]), id: nil, account, transaction)
      } else if let document = everything.document {
        result.identity.append(PolicySource(.userInline, name: "root", document))
      }
      result.session = []
    }
    if let session = caller.session { try result.addSession(session, transaction) }
    return result
  }

  /// The policies of a user, group or role, as a simulation wants them.
  public static func load(of holder: some PolicyHolder, in transaction: Transaction) throws(AWSError)
    -> PrincipalPolicies
  {
    var result = PrincipalPolicies()
    switch holder {
    case let user as UserRecord: try result.addUser(user.name, id: user.id, user.account, transaction)
    case let role as RoleRecord: try result.add(role, transaction)
    default: try result.addPolicies(of: holder, inline: .groupInline, transaction)
    }
    return result
  }

  private mutating func addUser(
    _ name: String, id: String?, _ account: AccountID, _ transaction: Transaction
  ) throws(AWSError) {
    guard let user = try UserRecord.find(name, in: account, transaction), id == nil || user.id == id else { return }
    try addPolicies(of: user, inline: .userInline, transaction)
    for name in user.groups {
      guard let group = try GroupRecord.find(name, in: account, transaction) else { continue }
      try addPolicies(of: group, inline: .groupInline, transaction)
    }
    try addBoundary(user.boundary, transaction)
  }

  private mutating func add(_ role: RoleRecord, _ transaction: Transaction) throws(AWSError) {
    try addPolicies(of: role, inline: .roleInline, transaction)
    try addBoundary(role.boundary, transaction)
  }

  private mutating func addPolicies(
    of holder: some PolicyHolder, inline: PolicySource.Kind, _ transaction: Transaction
  ) throws(AWSError) {
    for policy in holder.inlinePolicies {
      guard let document = policy.policy.document else { continue }
      identity.append(PolicySource(inline, name: policy.name, document))
    }
    for arn in holder.attachedPolicies {
      if let source = try PrincipalPolicies.managed(arn, .managed, transaction) { identity.append(source) }
    }
  }

  private mutating func addBoundary(_ arn: String?, _ transaction: Transaction) throws(AWSError) {
    guard let arn else { return }
    // A boundary whose policy is gone bounds everything away.
    boundary =
      try PrincipalPolicies.managed(arn, .boundary, transaction)
      ?? PolicyText.empty.document.map { PolicySource(.boundary, name: "missing", arn: arn, $0) }
  }

  private mutating func addSession(_ facts: Caller.Session, _ transaction: Transaction) throws(AWSError) {
    guard facts.inlinePolicy != nil || !facts.managedPolicyARNs.isEmpty else { return }
    var sources: [PolicySource] = []
    if let text = facts.inlinePolicy, let document = PolicyCache.document(text) {
      sources.append(PolicySource(.sessionInline, name: "session policy", document))
    }
    for arn in facts.managedPolicyARNs {
      if let source = try PrincipalPolicies.managed(arn, .sessionManaged, transaction) { sources.append(source) }
    }
    session = sources
  }

  private static func managed(
    _ arn: String, _ kind: PolicySource.Kind, _ transaction: Transaction
  ) throws(AWSError) -> PolicySource? {
    guard let policy = try ManagedPolicyRecord.find(arn: arn, transaction), let document = policy.policy.document else {
      return nil
    }
    return PolicySource(kind, name: policy.name, arn: arn, document)
  }
}

extension PrincipalPolicies {
  /// The caller's tags (`aws:PrincipalTag/…`): those of the user or role, and over them those of the session.
  public static func tags(of caller: Caller, in transaction: Transaction) throws(AWSError) -> [String: String] {
    guard let account = caller.account else { return [:] }
    var tags: [IdentityTag] = []
    switch caller.kind {
    case .user(let name, _):
      tags = try UserRecord.find(name, in: account, transaction)?.tags ?? []
    case .assumedRole(let roleARN, _, _):
      tags = try RoleRecord.find(arn: roleARN, transaction)?.tags ?? []
    case .federatedUser(_, let issuer):
      if let slash = issuer.lastIndex(of: "/") {
        tags = try UserRecord.find(String(issuer[issuer.index(after: slash)...]), in: account, transaction)?.tags ?? []
      }
    default: break
    }
    let session = caller.session?.tags ?? [:]
    if tags.isEmpty { return session }
    var result: [String: String] = [:]
    for tag in tags { result[tag.key] = tag.value }
    // Keys that differ only in case are one: a session's tag takes the place of the principal's.
    for (key, value) in session {
      if let old = result.keys.first(where: { $0.lowercased() == key.lowercased() }) { result[old] = nil }
      result[key] = value
    }
    return result
  }
}
