import Cloud
import Wire

/// An IAM user.
public struct UserRecord: PolicyHolder {
  public static let kind = "iam.user"
  public static let isCached = true
  public static let indexes = [byID]
  /// Finds a user by unique id.
  public static let byID = Index<UserRecord>("id") { Key($0.id) }

  /// A password for the console, which is kept only as a salted digest.
  public struct LoginProfile: Sendable, Codable {
    public var salt: String
    public var digest: String
    public var created: Timestamp
    public var isResetRequired: Bool

    public init(salt: String, digest: String, created: Timestamp, isResetRequired: Bool) {
      self.salt = salt
      self.digest = digest
      self.created = created
      self.isResetRequired = isResetRequired
    }
  }

  public let account: AccountID
  public var name: String
  public var path: String
  public let id: String
  public let created: Timestamp
  public var tags: [IdentityTag] = []
  /// The ARN of the managed policy that bounds the user's permissions.
  public var boundary: String?
  public var inlinePolicies: [InlinePolicy] = []
  public var attachedPolicies: [String] = []
  /// Names of the groups the user is in, in the order it was added.
  public var groups: [String] = []
  public var loginProfile: LoginProfile?

  public var key: Key { IAMName.key(name) }
  public var arn: String { "arn:aws:iam::\(account):user\(path)\(name)" }

  public init(account: AccountID, name: String, path: String, id: String, created: Timestamp) {
    self.account = account
    self.name = name
    self.path = path
    self.id = id
    self.created = created
  }

  /// The user of this name, in any case.
  public static func find(_ name: String, in account: AccountID, _ transaction: Transaction) throws(AWSError)
    -> UserRecord?
  {
    try transaction.get(UserRecord.self, IAMName.key(name), in: Scope(account))
  }
}

/// An IAM group.
public struct GroupRecord: PolicyHolder {
  public static let kind = "iam.group"
  public static let isCached = true

  public let account: AccountID
  public var name: String
  public var path: String
  public let id: String
  public let created: Timestamp
  public var inlinePolicies: [InlinePolicy] = []
  public var attachedPolicies: [String] = []

  public var key: Key { IAMName.key(name) }
  public var arn: String { "arn:aws:iam::\(account):group\(path)\(name)" }

  public init(account: AccountID, name: String, path: String, id: String, created: Timestamp) {
    self.account = account
    self.name = name
    self.path = path
    self.id = id
    self.created = created
  }

  /// The group of this name, in any case.
  public static func find(_ name: String, in account: AccountID, _ transaction: Transaction) throws(AWSError)
    -> GroupRecord?
  {
    try transaction.get(GroupRecord.self, IAMName.key(name), in: Scope(account))
  }
}

/// That a user is in a group: the list of a group's users. The list of a user's groups is in ``UserRecord/groups``.
public struct MembershipRecord: Record {
  public static let kind = "iam.membership"
  public let group: String
  public let user: String

  public var key: Key { Key(.string(group.lowercased()), .string(user.lowercased())) }

  public init(group: String, user: String) {
    self.group = group
    self.user = user
  }

  /// All memberships of a group.
  public static func range(of group: String) -> KeyRange { .prefix(.string(group.lowercased())) }

  /// The users in a group, in the order of their names.
  public static func users(
    of group: String, in account: AccountID, _ transaction: Transaction
  ) throws(AWSError) -> [UserRecord] {
    var users: [UserRecord] = []
    for membership in try transaction.scan(MembershipRecord.self, in: Scope(account), range(of: group)) {
      if let user = try UserRecord.find(membership.user, in: account, transaction) { users.append(user) }
    }
    return users
  }
}
