import Cloud
import Identity
import Wire

/// An account's effective policy of a type as it was last found valid, and what is wrong with it now.
struct EffectivePolicyRecord: Record {
  static let kind = "organizations.effectivePolicy"
  static let isCached = true

  let organization: String
  let account: AccountID
  /// By its name in the API.
  let type: String
  /// The last valid one, as JSON without operators.
  var content: String
  var updated: Timestamp
  var problems: [EffectivePolicyProblem]
  /// When the problems were found.
  var evaluated: Timestamp

  var key: Key { Key(.string(organization), .string(account.rawValue), .string(type)) }
}

/// Keeps the effective policies of accounts.
///
/// They follow from what is attached; they are kept because AWS says when they last changed, and shows the last valid one
/// while what is attached comes to something invalid.
enum EffectivePolicyStates {
  /// Brings an account's effective policy up to date.
  static func current(
    _ kind: PolicyKind, of account: OrganizationAccountRecord, _ organization: OrganizationRecord,
    _ transaction: Transaction
  ) throws(AWSError) -> EffectivePolicyRecord {
    var policies = EffectivePolicies(kind.rawValue, in: organization)
    return try current(kind, of: account, organization, &policies, transaction)
  }

  /// The same for one of many accounts, which share what is above them.
  static func current(
    _ kind: PolicyKind, of account: OrganizationAccountRecord, _ organization: OrganizationRecord,
    _ policies: inout EffectivePolicies, _ transaction: Transaction
  ) throws(AWSError) -> EffectivePolicyRecord {
    let setting = try policies.setting(of: account, transaction)
    let problems = EffectivePolicyProblem.all(setting, kind)
    let content = (kind == .tag ? TagPolicy.document(setting) : setting.document ?? .object([])).text
    let key = Key(.string(organization.id), .string(account.account.rawValue), .string(kind.rawValue))
    let old = try transaction.get(EffectivePolicyRecord.self, key, in: .global)
    var new =
      old
      ?? EffectivePolicyRecord(
        organization: organization.id, account: account.account, type: kind.rawValue, content: "{}",
        updated: transaction.now, problems: [], evaluated: transaction.now)
    if problems.isEmpty, new.content != content {
      new.content = content
      new.updated = transaction.now
    }
    if new.problems != problems {
      new.problems = problems
      new.evaluated = transaction.now
    }
    if let old, old.content == new.content, old.problems == new.problems { return old }
    try transaction.put(new, in: .global)
    return new
  }

  /// After a change of policies of a kind, or of where they are attached.
  /// - Parameter targets: the roots, units and accounts whose policies have changed; nothing for all.
  static func refresh(
    _ kind: PolicyKind, below targets: [String]? = nil, _ organization: OrganizationRecord, _ transaction: Transaction
  ) throws(AWSError) {
    guard !kind.isAuthorization, organization.hasEnabled(kind) else { return }
    var policies = EffectivePolicies(kind.rawValue, in: organization)
    for account in try organization.accounts(transaction) {
      if let targets {
        let lineage = try organization.lineage(of: .account(account), transaction)
        guard lineage.contains(where: targets.contains) else { continue }
      }
      _ = try current(kind, of: account, organization, &policies, transaction)
    }
  }

  /// Forgets those of a kind that was disabled.
  static func removeAll(
    _ kind: PolicyKind, _ organization: OrganizationRecord, _ transaction: Transaction
  ) throws(AWSError) {
    let all = try transaction.scan(EffectivePolicyRecord.self, in: .global, .prefix(.string(organization.id)))
    for record in all where record.type == kind.rawValue { try transaction.delete(record, in: .global) }
  }

  /// Forgets those of an account that goes.
  static func removeAll(
    of account: String, _ organization: OrganizationRecord, _ transaction: Transaction
  ) throws(AWSError) {
    let range = KeyRange.prefix(.string(organization.id), .string(account))
    for record in try transaction.scan(EffectivePolicyRecord.self, in: .global, range) {
      try transaction.delete(record, in: .global)
    }
  }
}
