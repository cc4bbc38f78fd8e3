import Cloud
import Wire

/// A part of an organization's tree. All parts live in ``Scope/global``, and every change of one renews the
/// ``OrganizationRevision``, so that whoever keeps a tree in memory sees that it is out of date.
public protocol OrganizationPart: Record {}

/// An organization in AWS Organizations.
public struct OrganizationRecord: OrganizationPart {
  public static let kind = "organizations.organization"
  public static let isCached = true

  /// What an organization may do. AWS: Organizations API, `OrganizationFeatureSet`.
  public enum FeatureSet: String, Sendable, Codable {
    case all = "ALL"
    case consolidatedBilling = "CONSOLIDATED_BILLING"
  }

  /// `o-` and ten characters or more.
  public let id: String
  public let managementAccount: AccountID
  public var managementEmail: String
  public var featureSet: FeatureSet
  /// `r-` and four characters or more; an organization has one root.
  public let rootID: String
  public let created: Timestamp
  /// The policy types that are enabled in the root, by their names in the API (`SERVICE_CONTROL_POLICY`).
  public var enabledPolicyTypes: [String] = []
  /// The delegation policy (`PutResourcePolicy`), as it was sent.
  public var resourcePolicy: String?
  public var resourcePolicyID: String?

  public var key: Key { Key(.string(id)) }
  public var arn: String { "arn:aws:organizations::\(managementAccount):organization/\(id)" }
  public var rootARN: String { "arn:aws:organizations::\(managementAccount):root/\(id)/\(rootID)" }

  public init(
    id: String, managementAccount: AccountID, managementEmail: String, featureSet: FeatureSet, rootID: String,
    created: Timestamp
  ) {
    self.id = id
    self.managementAccount = managementAccount
    self.managementEmail = managementEmail
    self.featureSet = featureSet
    self.rootID = rootID
    self.created = created
  }
}

extension OrganizationRecord {
  /// The ARN of the organization itself, its root, or one of its units and accounts, by id; nothing for ids of other
  /// forms, and for policies, whose ARNs hold their types (``policyARN(_:_:)``).
  ///
  /// AWS: service authorization reference, "Resource types defined by AWS Organizations".
  public func arn(of id: String) -> String? {
    let start = "arn:aws:organizations::\(managementAccount):"
    if id == self.id { return arn }
    if id.hasPrefix("r-") { return "\(start)root/\(self.id)/\(id)" }
    if id.hasPrefix("ou-") { return "\(start)ou/\(self.id)/\(id)" }
    if id.hasPrefix("rp-") { return "\(start)resourcepolicy/\(self.id)/\(id)" }
    if AccountID(id) != nil { return "\(start)account/\(self.id)/\(id)" }
    return nil
  }

  /// The ARN of a policy of the organization, by its type's name in the API (`SERVICE_CONTROL_POLICY`) and its id.
  public func policyARN(_ type: String, _ id: String) -> String {
    "arn:aws:organizations::\(managementAccount):policy/\(self.id)/\(type.lowercased())/\(id)"
  }
}

/// An account in an organization, its management account included. An account that left has no such record.
public struct OrganizationAccountRecord: OrganizationPart {
  public static let kind = "organizations.account"
  public static let isCached = true
  public static let indexes = [byParent]
  /// The accounts of a root or unit, by account id: (organization, parent, account).
  public static let byParent = Index<OrganizationAccountRecord>("parent") {
    Key(.string($0.organization), .string($0.parent), .string($0.account.rawValue))
  }

  /// AWS: Organizations API, `AccountState`. An account that was closed is `closed` for the ninety days in which it could be
  /// reinstated, and then has no record any more, but a ``ClosedAccountRecord``; AWS suspends accounts by itself only.
  public enum State: String, Sendable, Codable {
    case pendingActivation = "PENDING_ACTIVATION"
    case active = "ACTIVE"
    case suspended = "SUSPENDED"
    case pendingClosure = "PENDING_CLOSURE"
    case closed = "CLOSED"
  }

  public let account: AccountID
  public let organization: String
  /// The id of the root or organizational unit that holds it.
  public var parent: String
  public var name: String
  public var email: String
  public var state: State
  /// `INVITED` or `CREATED`.
  public let joinedMethod: String
  public let joined: Timestamp
  /// When it was asked to be closed.
  public var closing: Timestamp?

  public var key: Key { Key(.string(account.rawValue)) }

  public init(
    account: AccountID, organization: String, parent: String, name: String, email: String, state: State = .active,
    joinedMethod: String, joined: Timestamp
  ) {
    self.account = account
    self.organization = organization
    self.parent = parent
    self.name = name
    self.email = email
    self.state = state
    self.joinedMethod = joinedMethod
    self.joined = joined
  }
}

/// That an account was closed, which is for good: nobody can sign in to it any more, in an organization or out of one.
public struct ClosedAccountRecord: Record {
  public static let kind = "organizations.closedAccount"
  public static let isCached = true

  public let account: AccountID
  public var key: Key { Key(account.rawValue) }

  public init(account: AccountID) { self.account = account }

  /// Whether an account was closed: its credentials don't work, and its resources can't be reached.
  public static func isClosed(_ account: AccountID, _ transaction: Transaction) throws(AWSError) -> Bool {
    try transaction.contains(ClosedAccountRecord.self, Key(account.rawValue), in: .global)
  }
}

/// An organizational unit.
public struct OrganizationalUnitRecord: OrganizationPart {
  public static let kind = "organizations.unit"
  public static let isCached = true
  public static let indexes = [byParent]
  /// The units of a root or unit, by name: (organization, parent, name).
  public static let byParent = Index<OrganizationalUnitRecord>("parent") {
    Key(.string($0.organization), .string($0.parent), .string($0.name))
  }

  /// `ou-`, the root's characters, `-`, and eight characters or more.
  public let id: String
  public let organization: String
  public var parent: String
  public var name: String

  public var key: Key { Key(.string(organization), .string(id)) }

  public init(id: String, organization: String, parent: String, name: String) {
    self.id = id
    self.organization = organization
    self.parent = parent
    self.name = name
  }
}

/// A policy of an organization that its users wrote; those of AWS (`p-FullAWSAccess`) are not stored.
public struct OrganizationPolicyRecord: OrganizationPart {
  public static let kind = "organizations.policy"
  public static let isCached = true
  public static let indexes = [byName]
  /// The policies of a type by name: (organization, type, name).
  public static let byName = Index<OrganizationPolicyRecord>("name") {
    Key(.string($0.organization), .string($0.type), .string($0.name))
  }

  /// `p-` and eight characters or more.
  public let id: String
  public let organization: String
  /// By its name in the API: `SERVICE_CONTROL_POLICY`.
  public let type: String
  public var name: String
  public var description: String
  public var content: String

  public var key: Key { Key(.string(organization), .string(id)) }

  public init(
    id: String, organization: String, type: String, name: String, description: String, content: String
  ) {
    self.id = id
    self.organization = organization
    self.type = type
    self.name = name
    self.description = description
    self.content = content
  }
}

/// The attachment of a policy, an AWS-managed one included, to a root, unit or account.
public struct PolicyAttachmentRecord: OrganizationPart {
  public static let kind = "organizations.attachment"
  public static let indexes = [byPolicy]
  /// The targets of a policy: (organization, policy, target).
  public static let byPolicy = Index<PolicyAttachmentRecord>("policy") {
    Key(.string($0.organization), .string($0.policy), .string($0.target))
  }

  public let organization: String
  /// A root's, unit's or account's id.
  public let target: String
  /// The policy's type by its name in the API.
  public let type: String
  public let policy: String
  /// Counts up with the attachments of a type to a target: of management policies that contradict each other on one
  /// level, the one attached first counts.
  public var order = 0

  public var key: Key { Key(.string(organization), .string(target), .string(type), .string(policy)) }

  public init(organization: String, target: String, type: String, policy: String, order: Int = 0) {
    self.organization = organization
    self.target = target
    self.type = type
    self.policy = policy
    self.order = order
  }
}

/// Changes with every change of any organization's tree; it is drawn at random, so that a revision that was taken back
/// with its transaction never returns with another content.
public struct OrganizationRevision: Record {
  public static let kind = "organizations.revision"
  public static let isCached = true

  public let value: String
  public var key: Key { "revision" }

  /// The present revision; empty before the first organization.
  public static func current(_ transaction: Transaction) throws(AWSError) -> String {
    try transaction.get(OrganizationRevision.self, "revision", in: .global)?.value ?? ""
  }

  static func renew(_ transaction: Transaction) throws(AWSError) {
    let revision = OrganizationRevision(value: transaction.random.text(16, .alphanumeric))
    try transaction.put(revision, in: .global)
  }
}

extension Transaction {
  /// Stores a part of an organization and renews the ``OrganizationRevision``.
  public func save<Part: OrganizationPart>(_ part: Part) throws(AWSError) {
    try put(part, in: .global)
    try OrganizationRevision.renew(self)
  }

  /// Removes a part of an organization and renews the ``OrganizationRevision``.
  public func remove<Part: OrganizationPart>(_ part: Part) throws(AWSError) {
    try delete(part, in: .global)
    try OrganizationRevision.renew(self)
  }
}
