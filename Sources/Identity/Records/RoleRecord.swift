import Cloud
import Wire

/// An IAM role.
public struct RoleRecord: PolicyHolder {
  public static let kind = "iam.role"
  public static let isCached = true
  public static let indexes = [byID]
  /// Finds a role by unique id.
  public static let byID = Index<RoleRecord>("id") { Key($0.id) }

  public let account: AccountID
  public var name: String
  public var path: String
  public let id: String
  public let created: Timestamp
  /// Who may assume the role, with its principals pinned to unique ids (see ``Principals``).
  public var trustPolicy: String
  public var description: String?
  /// In seconds, 3,600 to 43,200.
  public var maxSessionDuration: Int = 3600
  public var tags: [IdentityTag] = []
  /// The ARN of the managed policy that bounds the role's permissions.
  public var boundary: String?
  public var inlinePolicies: [InlinePolicy] = []
  public var attachedPolicies: [String] = []

  public var key: Key { IAMName.key(name) }
  public var arn: String { "arn:aws:iam::\(account):role\(path)\(name)" }

  /// Whether an AWS service owns it: organization policies don't restrict it, and users cannot change it.
  public var isServiceLinked: Bool { path.hasPrefix("/aws-service-role/") }

  public init(
    account: AccountID, name: String, path: String, id: String, created: Timestamp, trustPolicy: String
  ) {
    self.account = account
    self.name = name
    self.path = path
    self.id = id
    self.created = created
    self.trustPolicy = trustPolicy
  }

  /// The role of this name, in any case.
  public static func find(_ name: String, in account: AccountID, _ transaction: Transaction) throws(AWSError)
    -> RoleRecord?
  {
    try transaction.get(RoleRecord.self, IAMName.key(name), in: Scope(account))
  }

  /// The role with this ARN, path and all.
  public static func find(arn text: String, _ transaction: Transaction) throws(AWSError) -> RoleRecord? {
    guard let arn = ARN(text), arn.service == "iam", arn.region.isEmpty, let account = arn.accountID,
      arn.resource.hasPrefix("role/"), let name = arn.resource.split(separator: "/").last
    else { return nil }
    guard let role = try find(String(name), in: account, transaction), role.arn == text else { return nil }
    return role
  }
}

/// A container that hands a role to instances.
public struct InstanceProfileRecord: Record {
  public static let kind = "iam.instance-profile"
  public static let isCached = true

  public let account: AccountID
  public let name: String
  public let path: String
  public let id: String
  public let created: Timestamp
  public var tags: [IdentityTag] = []
  /// The name of its role; there can be only one.
  public var role: String?

  public var key: Key { IAMName.key(name) }
  public var arn: String { "arn:aws:iam::\(account):instance-profile\(path)\(name)" }

  public init(account: AccountID, name: String, path: String, id: String, created: Timestamp) {
    self.account = account
    self.name = name
    self.path = path
    self.id = id
    self.created = created
  }

  /// The profile of this name, in any case.
  public static func find(
    _ name: String, in account: AccountID, _ transaction: Transaction
  ) throws(AWSError) -> InstanceProfileRecord? {
    try transaction.get(InstanceProfileRecord.self, IAMName.key(name), in: Scope(account))
  }
}
