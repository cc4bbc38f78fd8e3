import Cloud
import Identity
import Wire

/// That an account administers a service for its organization (RegisterDelegatedAdministrator).
struct DelegatedAdministratorRecord: Record {
  static let kind = "organizations.delegatedAdministrator"
  static let isCached = true

  let organization: String
  let account: AccountID
  /// `cloudtrail.amazonaws.com`.
  let service: String
  let enabled: Timestamp

  var key: Key { Key(.string(organization), .string(account.rawValue), .string(service)) }

  /// The services that an account administers.
  static func all(
    of account: AccountID, in organization: OrganizationRecord, _ transaction: Transaction
  ) throws(AWSError) -> [DelegatedAdministratorRecord] {
    try transaction.scan(
      DelegatedAdministratorRecord.self, in: .global, .prefix(.string(organization.id), .string(account.rawValue)))
  }
}

/// Where a caller stands, and which permissions a call needs because of it.
enum OrganizationAccess {
  /// What a caller's account is to its organization.
  enum Standing {
    case outsider
    case management(OrganizationRecord)
    /// A member that administers some service for the organization.
    case delegate(OrganizationRecord, OrganizationAccountRecord)
    case member(OrganizationRecord, OrganizationAccountRecord)

    var organization: OrganizationRecord? {
      switch self {
      case .outsider: nil
      case .management(let organization), .delegate(let organization, _), .member(let organization, _): organization
      }
    }
  }

  /// Which accounts of an organization may call an operation.
  ///
  /// AWS: Organizations API, each operation's "You can only call this operation from …".
  enum Reach {
    /// The management account only.
    case management
    /// Also delegated administrators, and accounts that the organization's resource policy allows it: operations that read.
    case delegates
    /// Also accounts that the organization's resource policy allows it: operations on policies, tags and policy types.
    case resourcePolicy
    /// Every account of the organization.
    case members
    /// Every account, in an organization or not.
    case everyone
  }

  /// Where the caller's account stands.
  static func standing(_ context: Context, _ transaction: Transaction) throws(AWSError) -> Standing {
    let account = try context.account
    guard let record = try transaction.get(OrganizationAccountRecord.self, Key(account.rawValue), in: .global),
      let organization = try transaction.get(OrganizationRecord.self, Key(record.organization), in: .global)
    else { return .outsider }
    if organization.managementAccount == account { return .management(organization) }
    if try DelegatedAdministratorRecord.all(of: account, in: organization, transaction).isEmpty {
      return .member(organization, record)
    }
    return .delegate(organization, record)
  }

  /// The caller's organization: for handlers, whose checks have been made.
  /// - Throws: AWSOrganizationsNotInUseException.
  static func organization(_ context: Context, _ transaction: Transaction) throws(AWSError) -> OrganizationRecord {
    guard let organization = try standing(context, transaction).organization else { throw .organizationsNotInUse() }
    return organization
  }

  /// The permissions that a call of `action` needs on entities of the caller's organization.
  ///
  /// The caller's own policies are asked first, as by AWS: a user without permission hears of that, and not whether there is an
  /// organization.
  /// - Parameters:
  ///   - action: the operation's name.
  ///   - reach: which accounts may call it.
  ///   - ids: the entities' ids; empty for an action without resources.
  ///   - keys: condition keys of the request.
  /// - Throws: AccessDeniedException, AWSOrganizationsNotInUseException.
  static func checks(
    _ action: String, _ reach: Reach, on ids: [String] = [], keys: [(name: String, value: ConditionValue)] = [],
    _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> [AccessCheck] {
    let standing = try standing(context, transaction)
    let organization = standing.organization
    var keys = keys
    if let organization, organization.managementAccount != context.caller.account {
      // The organization is the management account's, though a member's own policies suffice where members may call.
      keys.append(("aws:ResourceAccount", .single(organization.managementAccount.rawValue)))
    }
    var checks: [AccessCheck] = []
    for id in ids {
      guard let organization else { break }
      checks.append(try check(action, on: id, of: organization, keys, transaction))
    }
    if checks.isEmpty { checks = [AccessCheck("organizations:\(action)", on: "*", keys: keys)] }
    switch (reach, standing) {
    case (.everyone, _), (.members, .management), (.members, .delegate), (.members, .member): return checks
    case (.management, .management), (.delegates, .management), (.delegates, .delegate), (.resourcePolicy, .management):
      return checks
    case (.delegates, .member(let organization, _)), (.resourcePolicy, .member(let organization, _)),
      (.resourcePolicy, .delegate(let organization, _)):
      // A principal of another account than the organization's needs both his own policies and the organization's.
      if let policy = organization.resourcePolicy {
        var isGranted = true
        for check in checks {
          var shared = check
          shared.resourceAccount = organization.managementAccount
          shared.resourcePolicy = policy
          if try !context.isAllowed(shared, transaction) { isGranted = false }
        }
        if isGranted { return checks }
      }
      for check in checks { try context.authorize(check, transaction) }
      throw .noPermission()
    case (.management, .delegate), (.management, .member):
      for check in checks { try context.authorize(check, transaction) }
      throw .noPermission()
    case (_, .outsider):
      for check in checks { try context.authorize(check, transaction) }
      throw .organizationsNotInUse()
    }
  }

  /// The check of an action on one entity, with its ARN and tags.
  private static func check(
    _ action: String, on id: String, of organization: OrganizationRecord,
    _ keys: [(name: String, value: ConditionValue)], _ transaction: Transaction
  ) throws(AWSError) -> AccessCheck {
    let arn: String
    switch EntityID.kind(of: id) {
    case .policy:
      let type = try organization.findPolicy(id, transaction)?.type
      let owned = type.map { organization.policyARN($0, id) } ?? AWSManagedOrganizationPolicy.find(id)?.arn
      arn = owned ?? organization.policyARN("*", id)
    default: arn = organization.arn(of: id) ?? "*"
    }
    let tags = try ResourceTags.all(of: id, in: organization.id, transaction)
    return AccessCheck(
      "organizations:\(action)", on: arn, keys: keys,
      tags: Dictionary(tags.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first }))
  }

  /// The condition keys of tags in a request.
  static func tagKeys(_ tags: [Tag]?) -> [(name: String, value: ConditionValue)] {
    guard let tags, !tags.isEmpty else { return [] }
    var keys = tags.map { (name: "aws:RequestTag/\($0.key)", value: ConditionValue.single($0.value)) }
    keys.append((name: "aws:TagKeys", value: .multiple(tags.map(\.key))))
    return keys
  }
}
