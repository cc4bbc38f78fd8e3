import Cloud
import Identity
import Wire

/// What holds accounts and units: the root, or a unit.
enum OrganizationParent {
  case root(OrganizationRecord)
  case unit(OrganizationalUnitRecord)

  var id: String {
    switch self {
    case .root(let organization): organization.rootID
    case .unit(let unit): unit.id
    }
  }
}

/// What a policy or tag can be put on.
enum OrganizationTarget {
  case root(OrganizationRecord)
  case unit(OrganizationalUnitRecord)
  case account(OrganizationAccountRecord)

  var id: String {
    switch self {
    case .root(let organization): organization.rootID
    case .unit(let unit): unit.id
    case .account(let account): account.account.rawValue
    }
  }

  var name: String {
    switch self {
    case .root: "Root"
    case .unit(let unit): unit.name
    case .account(let account): account.name
    }
  }

  /// `ROOT`, `ORGANIZATIONAL_UNIT` or `ACCOUNT`: AWS's `TargetType`.
  var type: String {
    switch self {
    case .root: "ROOT"
    case .unit: "ORGANIZATIONAL_UNIT"
    case .account: "ACCOUNT"
    }
  }
}

/// Finds an organization's entities, or answers AWS's errors.
extension OrganizationRecord {
  /// The root with this id.
  /// - Throws: RootNotFoundException.
  func checkRoot(_ id: String) throws(AWSError) {
    guard id == rootID else { throw .notFound(.root) }
  }

  /// The unit with this id.
  /// - Throws: OrganizationalUnitNotFoundException, or the error of `missing`.
  func unit(
    _ id: String, _ transaction: Transaction, missing: AWSError.MissingEntity = .organizationalUnit
  ) throws(AWSError) -> OrganizationalUnitRecord {
    guard let unit = try findUnit(id, transaction) else { throw .notFound(missing) }
    return unit
  }

  /// The member account with this id, the management account included.
  /// - Throws: AccountNotFoundException, or the error of `missing`.
  func account(
    _ id: String, _ transaction: Transaction, missing: AWSError.MissingEntity = .account
  ) throws(AWSError) -> OrganizationAccountRecord {
    guard let account = try findAccount(id, transaction) else { throw .notFound(missing) }
    return account
  }

  /// The root or unit with this id.
  /// - Throws: ParentNotFoundException, or the error of `missing`.
  func parent(
    _ id: String, _ transaction: Transaction, missing: AWSError.MissingEntity = .parent
  ) throws(AWSError) -> OrganizationParent {
    if id == rootID { return .root(self) }
    return .unit(try unit(id, transaction, missing: missing))
  }

  /// The root, unit or account with this id.
  /// - Throws: TargetNotFoundException, or the error of `missing`.
  func target(
    _ id: String, _ transaction: Transaction, missing: AWSError.MissingEntity = .target
  ) throws(AWSError) -> OrganizationTarget {
    if id == rootID { return .root(self) }
    if EntityID.kind(of: id) == .account { return .account(try account(id, transaction, missing: missing)) }
    return .unit(try unit(id, transaction, missing: missing))
  }

  /// The policy with this id that the organization's users wrote; those of AWS aren't stored.
  /// - Throws: PolicyNotFoundException.
  func policy(_ id: String, _ transaction: Transaction) throws(AWSError) -> OrganizationPolicyRecord {
    guard let policy = try findPolicy(id, transaction) else { throw .notFound(.policy) }
    return policy
  }

  /// The unit with this id, if there is one.
  func findUnit(_ id: String, _ transaction: Transaction) throws(AWSError) -> OrganizationalUnitRecord? {
    try transaction.get(OrganizationalUnitRecord.self, Key(.string(self.id), .string(id)), in: .global)
  }

  /// The member account with this id, if there is one.
  func findAccount(_ id: String, _ transaction: Transaction) throws(AWSError) -> OrganizationAccountRecord? {
    let account = try transaction.get(OrganizationAccountRecord.self, Key(id), in: .global)
    return account?.organization == self.id ? account : nil
  }

  /// The policy with this id, if its users wrote one.
  func findPolicy(_ id: String, _ transaction: Transaction) throws(AWSError) -> OrganizationPolicyRecord? {
    try transaction.get(OrganizationPolicyRecord.self, Key(.string(self.id), .string(id)), in: .global)
  }

  /// All accounts of the organization, in the order of their parents.
  func accounts(_ transaction: Transaction) throws(AWSError) -> [OrganizationAccountRecord] {
    try transaction.scan(
      OrganizationAccountRecord.self, by: OrganizationAccountRecord.byParent, in: .global, .prefix(.string(id)))
  }

  /// The accounts directly in a root or unit.
  func accounts(in parent: String, _ transaction: Transaction) throws(AWSError) -> [OrganizationAccountRecord] {
    try transaction.scan(
      OrganizationAccountRecord.self, by: OrganizationAccountRecord.byParent, in: .global,
      .prefix(.string(id), .string(parent)))
  }

  /// All units of the organization.
  func units(_ transaction: Transaction) throws(AWSError) -> [OrganizationalUnitRecord] {
    try transaction.scan(OrganizationalUnitRecord.self, in: .global, .prefix(.string(id)))
  }

  /// The units directly in a root or unit, by name.
  func units(in parent: String, _ transaction: Transaction) throws(AWSError) -> [OrganizationalUnitRecord] {
    try transaction.scan(
      OrganizationalUnitRecord.self, by: OrganizationalUnitRecord.byParent, in: .global,
      .prefix(.string(id), .string(parent)))
  }

  /// The ids from the root down to an entity: root, units, and the entity itself.
  func lineage(of target: OrganizationTarget, _ transaction: Transaction) throws(AWSError) -> [String] {
    var ids: [String] = []
    var next: String?
    switch target {
    case .root: return [rootID]
    case .account(let account):
      ids = [account.account.rawValue]
      next = account.parent
    case .unit(let unit):
      ids = [unit.id]
      next = unit.parent
    }
    while let id = next, id != rootID, let unit = try findUnit(id, transaction) {
      ids.append(unit.id)
      next = unit.parent
    }
    return [rootID] + ids.reversed()
  }

  /// `o-…/r-…/ou-…/…/`: the path that `aws:PrincipalOrgPaths` and the answers' `Paths` have; an account's ends with its id.
  func path(of target: OrganizationTarget, _ transaction: Transaction) throws(AWSError) -> String {
    id + "/" + (try lineage(of: target, transaction)).joined(separator: "/") + "/"
  }
}
