import Cloud
import Identity
import Wire

/// What is attached to roots, units and accounts.
enum PolicyAttachments {
  /// Attaches what every new target has from its first moment on: the AWS-managed policy of each enabled type that has one.
  /// - Parameter target: the id of a root, unit or account.
  static func attachDefaults(
    to target: String, of organization: OrganizationRecord, _ transaction: Transaction
  ) throws(AWSError) {
    for kind in PolicyKind.allCases where organization.hasEnabled(kind) {
      try attachDefault(of: kind, to: target, of: organization, transaction)
    }
  }

  /// Attaches the AWS-managed policy of a kind, if it has one.
  static func attachDefault(
    of kind: PolicyKind, to target: String, of organization: OrganizationRecord, _ transaction: Transaction
  ) throws(AWSError) {
    for policy in AWSManagedOrganizationPolicy.all where policy.type == kind.rawValue {
      try transaction.save(
        PolicyAttachmentRecord(
          organization: organization.id, target: target, type: policy.type, policy: policy.id))
    }
  }

  /// Detaches everything from a target that leaves the organization or is deleted.
  static func removeAll(
    from target: String, of organization: OrganizationRecord, _ transaction: Transaction
  ) throws(AWSError) {
    for attachment in try list(on: target, of: organization, transaction) { try transaction.remove(attachment) }
    try EffectivePolicyStates.removeAll(of: target, organization, transaction)
  }

  /// Detaches all policies of a kind from everything, for good.
  static func removeAll(
    ofType kind: PolicyKind, of organization: OrganizationRecord, _ transaction: Transaction
  ) throws(AWSError) {
    let all = try transaction.scan(
      PolicyAttachmentRecord.self, in: .global, .prefix(.string(organization.id)))
    for attachment in all where attachment.type == kind.rawValue { try transaction.remove(attachment) }
  }

  /// What is attached to a target, of one kind or of all, by policy id.
  static func list(
    on target: String, ofType kind: PolicyKind? = nil, of organization: OrganizationRecord, _ transaction: Transaction
  ) throws(AWSError) -> [PolicyAttachmentRecord] {
    let range: KeyRange =
      if let kind {
        .prefix(.string(organization.id), .string(target), .string(kind.rawValue))
      } else {
        .prefix(.string(organization.id), .string(target))
      }
    return try transaction.scan(PolicyAttachmentRecord.self, in: .global, range)
  }

  /// Where a policy is attached, by target id.
  static func list(
    of policy: String, in organization: OrganizationRecord, _ transaction: Transaction, limit: Int = .max
  ) throws(AWSError) -> [PolicyAttachmentRecord] {
    try transaction.scan(
      PolicyAttachmentRecord.self, by: PolicyAttachmentRecord.byPolicy, in: .global,
      .prefix(.string(organization.id), .string(policy)), limit: limit)
  }

  /// All roots, units and accounts of an organization, by id.
  static func targets(
    of organization: OrganizationRecord, _ transaction: Transaction
  ) throws(AWSError) -> [String] {
    let units = try organization.units(transaction)
    let accounts = try organization.accounts(transaction)
    return [organization.rootID] + units.map(\.id) + accounts.map(\.account.rawValue)
  }
}
