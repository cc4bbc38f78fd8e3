import Cloud
import Wire

/// Temporary credentials, in the account that their access key id names.
public struct SessionRecord: Record {
  public static let kind = "sts.session"
  public static let isCached = true
  public static let indexes = [byExpiry]
  /// Finds what has expired.
  public static let byExpiry = Index<SessionRecord>("expiry") { Key(.timestamp($0.expires)) }

  /// Whose session it is; unique ids say that it is still the same user or role.
  public enum Principal: Sendable, Codable, Equatable {
    case root
    case user(name: String, id: String)
    case role(name: String, id: String, sessionName: String)
    /// `userName` and `userID` are of the user who asked; nothing for the root user.
    case federatedUser(name: String, userName: String?, userID: String?)
  }

  public let accessKeyID: String
  public let secret: String
  public let token: String
  public let account: AccountID
  public let principal: Principal
  public let issued: Timestamp
  public let expires: Timestamp
  public var inlinePolicy: String?
  public var managedPolicyARNs: [String] = []
  public var tags: [String: String] = [:]
  public var transitiveTagKeys: [String] = []
  public var sourceIdentity: String?
  public var federatedProvider: String?
  public var isMFAPresent: Bool?

  public var key: Key { Key(accessKeyID) }

  /// New credentials with an id, secret and token of their own.
  public init(
    for principal: Principal, in account: AccountID, issued: Timestamp, expires: Timestamp, _ random: RandomSource
  ) {
    accessKeyID = UniqueID.make(.temporaryAccessKey, for: account, random)
    secret = UniqueID.secret(random)
    token = UniqueID.sessionToken(random)
    self.account = account
    self.principal = principal
    self.issued = issued
    self.expires = expires
  }

  /// Stores the session, and removes some that expired more than a day ago.
  public func save(in transaction: Transaction) throws(AWSError) {
    let scope = Scope(account)
    // The sweep rides along with new sessions, so that the number of dead ones stays near that of the living.
    let limit = Key(.timestamp(Timestamp(milliseconds: issued.milliseconds - 86_400_000)))
    for old in try transaction.scan(
      SessionRecord.self, by: SessionRecord.byExpiry, in: scope, KeyRange.all.before(limit), limit: 4)
    {
      try transaction.delete(old, in: scope)
    }
    try transaction.insert(self, in: scope)
  }

  /// The facts that handlers and policies see.
  public var facts: Caller.Session {
    Caller.Session(
      issued: issued, expires: expires, inlinePolicy: inlinePolicy, managedPolicyARNs: managedPolicyARNs, tags: tags,
      transitiveTagKeys: transitiveTagKeys, sourceIdentity: sourceIdentity, federatedProvider: federatedProvider,
      isMFAPresent: isMFAPresent)
  }

  /// Who acts with these credentials; nothing if the user or role is gone, or another one of its name has come.
  public func caller(in transaction: Transaction) throws(AWSError) -> Caller? {
    switch principal {
    case .root:
      var caller = Caller.root(of: account, accessKeyID: accessKeyID)
      caller.session = facts
      return caller
    case .user(let name, let id):
      guard let user = try UserRecord.find(name, in: account, transaction), user.id == id else { return nil }
      return Caller(
        kind: .user(name: user.name, id: id), account: account, arn: user.arn, userID: id, accessKeyID: accessKeyID,
        session: facts)
    case .role(let name, let id, let sessionName):
      guard let role = try RoleRecord.find(name, in: account, transaction), role.id == id else { return nil }
      return Caller(
        kind: .assumedRole(roleARN: role.arn, roleID: id, sessionName: sessionName), account: account,
        arn: "arn:aws:sts::\(account):assumed-role/\(role.name)/\(sessionName)", userID: "\(id):\(sessionName)",
        accessKeyID: accessKeyID, session: facts)
    case .federatedUser(let name, let userName, let userID):
      var issuer = "arn:aws:iam::\(account):root"
      if let userName {
        guard let user = try UserRecord.find(userName, in: account, transaction), user.id == userID else { return nil }
        issuer = user.arn
      }
      return Caller(
        kind: .federatedUser(name: name, issuerARN: issuer), account: account,
        arn: "arn:aws:sts::\(account):federated-user/\(name)", userID: "\(account):\(name)", accessKeyID: accessKeyID,
        session: facts)
    }
  }
}
