import Cloud
import Policy
import Synchronization
import Wire

/// Where an account stands in its organization, and what limits it there.
public struct OrganizationStanding: Sendable {
  /// The organization's id, `o-…`.
  public let organization: String
  public let isManagementAccount: Bool
  public let state: OrganizationAccountRecord.State
  /// `o-…/r-…/ou-…/`, as `aws:PrincipalOrgPaths` and its like have it.
  public let path: String
  /// The names of root, units and account, one for each level.
  public let levelNames: [String]
  /// The SCPs of each level: root, units, account. Empty if SCPs are not enabled, or not available.
  public let serviceControl: [[PolicySource]]
  /// The same of RCPs.
  public let resourceControl: [[PolicySource]]

  /// Whether the account's credentials work and its resources can be reached. Accounts that have left the organization are
  /// ``OrganizationTrees/isOpen(_:in:)``'s to tell.
  public var isOpen: Bool { state != .suspended && state != .closed }

  /// The standing of an account as the store has it now; nothing for an account without an organization.
  public static func load(_ account: AccountID, in transaction: Transaction) throws(AWSError) -> OrganizationStanding? {
    var levels = OrganizationLevels()
    return try levels.standing(of: account, transaction)
  }
}

/// The trees of all organizations as they were last read, so that a decision doesn't read them again.
///
/// State: what was read, in a `Mutex` held for look-ups; it is thrown away when the ``OrganizationRevision`` is another.
public final class OrganizationTrees: Sendable {
  private struct State {
    var revision: String?
    /// Accounts without an organization are there too, as nothing.
    var standings: [AccountID: OrganizationStanding?] = [:]
    /// Accounts that were closed for good.
    var closed: Set<AccountID> = []
    var levels = OrganizationLevels()
  }

  private let state = Mutex(State())
  /// Callers may use any twelve digits, so what is known of strangers is bounded.
  private static let limit = 50_000

  public init() {}

  /// The standing of an account; nothing for an account without an organization.
  public func standing(of account: AccountID, in transaction: Transaction) throws(AWSError) -> OrganizationStanding? {
    let revision = try OrganizationRevision.current(transaction)
    if revision.isEmpty { return nil }
    let known: OrganizationStanding?? = state.withLock { state in
      guard state.revision == revision else { return nil }
      return state.standings[account]
    }
    if let known { return known }
    // Only the store's thread comes here, so nothing changes between the two locks.
    var levels = state.withLock { $0.revision == revision ? $0.levels : OrganizationLevels() }
    let standing = try levels.standing(of: account, transaction)
    var isClosed = false
    if standing == nil { isClosed = try ClosedAccountRecord.isClosed(account, transaction) }
    let (read, isShut) = (levels, isClosed)
    state.withLock { state in
      if state.revision != revision || state.standings.count >= OrganizationTrees.limit {
        state = State(revision: revision)
      }
      state.levels = read
      state.standings[account] = .some(standing)
      if isShut { state.closed.insert(account) }
    }
    return standing
  }

  /// Whether an account's credentials work and its resources can be reached: not once it was closed.
  public func isOpen(_ account: AccountID, in transaction: Transaction) throws(AWSError) -> Bool {
    if let standing = try standing(of: account, in: transaction) { return standing.isOpen }
    return !state.withLock { $0.closed.contains(account) }
  }
}

/// Reads levels of trees, each once: accounts share those above them.
struct OrganizationLevels: Sendable {
  private struct Level {
    var serviceControl: [PolicySource] = []
    var resourceControl: [PolicySource] = []
  }

  private struct Unit {
    /// From the root: ids, names and policies.
    var ids: [String]
    var names: [String]
    var levels: [Level]
  }

  /// Roots and units by organization and id.
  private var units: [String: Unit] = [:]

  static let serviceControlType = "SERVICE_CONTROL_POLICY"
  static let resourceControlType = "RESOURCE_CONTROL_POLICY"

  mutating func standing(
    of account: AccountID, _ transaction: Transaction
  ) throws(AWSError) -> OrganizationStanding? {
    guard
      let record = try transaction.get(
        OrganizationAccountRecord.self, Key(.string(account.rawValue)), in: .global),
      let organization = try transaction.get(
        OrganizationRecord.self, Key(.string(record.organization)), in: .global)
    else { return nil }
    let parent = try unit(record.parent, of: organization, depth: 0, transaction)
    let name = "account \(account)"
    let own = try level(account.rawValue, named: name, of: organization, transaction)
    let levels = parent.levels + [own]
    let hasSCPs = OrganizationLevels.has(OrganizationLevels.serviceControlType, organization)
    let hasRCPs = OrganizationLevels.has(OrganizationLevels.resourceControlType, organization)
    return OrganizationStanding(
      organization: organization.id, isManagementAccount: organization.managementAccount == account,
      state: record.state, path: ([organization.id] + parent.ids).joined(separator: "/") + "/",
      levelNames: parent.names + [name], serviceControl: hasSCPs ? levels.map(\.serviceControl) : [],
      resourceControl: hasRCPs ? levels.map(\.resourceControl) : [])
  }

  /// Whether policies of a type count. AWS: only an organization with all features has them, and only once enabled.
  private static func has(_ type: String, _ organization: OrganizationRecord) -> Bool {
    organization.featureSet == .all && organization.enabledPolicyTypes.contains(type)
  }

  /// A root or unit with all that is above it. `depth` keeps a broken chain of parents from going round.
  private mutating func unit(
    _ id: String, of organization: OrganizationRecord, depth: Int, _ transaction: Transaction
  ) throws(AWSError) -> Unit {
    let key = "\(organization.id)/\(id)"
    if let known = units[key] { return known }
    var result: Unit
    if id == organization.rootID {
      result = Unit(ids: [id], names: ["Root"], levels: [])
      result.levels.append(try level(id, named: "Root", of: organization, transaction))
    } else {
      guard depth < 16,
        let record = try transaction.get(
          OrganizationalUnitRecord.self, Key(.string(organization.id), .string(id)), in: .global)
      else { throw .internalFailure("The organizational unit \(id) of \(organization.id) is missing.") }
      result = try unit(record.parent, of: organization, depth: depth + 1, transaction)
      let name = "OU \(record.name)"
      result.ids.append(id)
      result.names.append(name)
      result.levels.append(try level(id, named: name, of: organization, transaction))
    }
    units[key] = result
    return result
  }

  /// The policies that are attached to one root, unit or account.
  private func level(
    _ target: String, named name: String, of organization: OrganizationRecord, _ transaction: Transaction
  ) throws(AWSError) -> Level {
    var level = Level()
    if OrganizationLevels.has(OrganizationLevels.serviceControlType, organization) {
      level.serviceControl = try sources(
        .serviceControl, OrganizationLevels.serviceControlType, target, named: name, organization, transaction)
    }
    if OrganizationLevels.has(OrganizationLevels.resourceControlType, organization) {
      level.resourceControl = try sources(
        .resourceControl, OrganizationLevels.resourceControlType, target, named: name, organization, transaction)
    }
    return level
  }

  private func sources(
    _ kind: PolicySource.Kind, _ type: String, _ target: String, named entity: String,
    _ organization: OrganizationRecord, _ transaction: Transaction
  ) throws(AWSError) -> [PolicySource] {
    let range = KeyRange.prefix(.string(organization.id), .string(target), .string(type))
    var result: [PolicySource] = []
    for attachment in try transaction.scan(PolicyAttachmentRecord.self, in: .global, range) {
      let name: String
      let text: String
      let arn: String
      if let policy = AWSManagedOrganizationPolicy.find(attachment.policy) {
        (name, text, arn) = (policy.name, policy.content, policy.arn)
      } else {
        let key = Key(.string(organization.id), .string(attachment.policy))
        guard let policy = try transaction.get(OrganizationPolicyRecord.self, key, in: .global) else { continue }
        name = policy.name
        text = policy.content
        arn =
          "arn:aws:organizations::\(organization.managementAccount):policy/\(organization.id)/"
          + "\(type.lowercased())/\(policy.id)"
      }
      guard let document = PolicyCache.document(text) else {
        // What it denied must not be lost.
        throw .internalFailure("The policy \(arn) cannot be read.")
      }
      result.append(PolicySource(kind, name: name, arn: arn, entity: entity, document))
    }
    return result
  }
}
