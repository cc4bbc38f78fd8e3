import Cloud
import Wire

/// A long-term access key of a user or of the root user; it lives in the account that its id names.
public struct AccessKeyRecord: Record {
  public static let kind = "iam.access-key"
  public static let isCached = true
  public static let indexes = [byUser]
  /// Lists the keys of a user; those of the root user stand under an empty name.
  public static let byUser = Index<AccessKeyRecord>("user") {
    Key(.string($0.userName?.lowercased() ?? ""), .timestamp($0.created), .string($0.id))
  }

  public let id: String
  public let secret: String
  public let account: AccountID
  /// Nothing for the root user's.
  public var userName: String?
  public let created: Timestamp
  public var isActive = true

  public var key: Key { Key(id) }

  public init(id: String, secret: String, account: AccountID, userName: String?, created: Timestamp) {
    self.id = id
    self.secret = secret
    self.account = account
    self.userName = userName
    self.created = created
  }

  /// The key with this id, in whatever account.
  public static func find(_ id: String, _ transaction: Transaction) throws(AWSError) -> AccessKeyRecord? {
    guard let (kind, account) = UniqueID.read(id), kind == .accessKey else { return nil }
    return try transaction.get(AccessKeyRecord.self, Key(id), in: Scope(account))
  }

  /// The keys of a user, or of the root user, oldest first.
  public static func all(
    of userName: String?, in account: AccountID, _ transaction: Transaction
  ) throws(AWSError) -> [AccessKeyRecord] {
    try transaction.scan(
      AccessKeyRecord.self, by: byUser, in: Scope(account), .prefix(.string(userName?.lowercased() ?? "")))
  }
}

/// When, where and for what an access key or a role was last used.
public struct LastUseRecord: Record {
  public static let kind = "iam.last-use"
  public static let isCached = true
  /// An access key's id or a role's unique id.
  public let id: String
  public var time: Timestamp
  public var service: String
  public var region: String

  public var key: Key { Key(id) }

  public init(id: String, time: Timestamp, service: String, region: String) {
    self.id = id
    self.time = time
    self.service = service
    self.region = region
  }
}
