import Cloud
import Identity
import Wire

/// EnableAllFeatures: every invited member approves, then the management account finishes it.
///
/// AWS: Organizations user guide, "Enabling all features". The management account's handshake is the parent of those that the
/// members get; it opens when the last has approved. Accounts that were created in the organization aren't asked.
// unverified: the newest API reference gives the two names the other way round in one place; the response that it shows for
// EnableAllFeatures is as here.
enum FeatureMigration {
  /// Days in which the members can approve.
  private static let days: Int64 = 90

  static func enable(
    _ input: EnableAllFeaturesRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> EnableAllFeaturesResponse {
    let organization = try OrganizationAccess.organization(context, transaction)
    guard organization.featureSet == .consolidatedBilling else {
      throw .handshakeConstraint(
        "ORGANIZATION_ALREADY_HAS_ALL_FEATURES", "All features are already enabled on this organization.")
    }
    guard try pending(of: organization, transaction) == nil else {
      throw .handshakeConstraint(
        "ORGANIZATION_IS_ALREADY_PENDING_ALL_FEATURES_MIGRATION",
        "The handshake request is invalid because the organization has already started the process to enable all features."
      )
    }
    let members = try organization.accounts(transaction)
    guard members.count <= 5000 else {
      throw .constraint(
        "ALL_FEATURES_MIGRATION_ORGANIZATION_SIZE_LIMIT_EXCEEDED",
        "Your organization has more than 5000 accounts, and you can only use the standard migration process for "
          + "organizations with less than 5000 accounts.")
    }
    try OrganizationRoles.checkServiceLinkedRole(context, transaction)
    let asked = members.filter {
      $0.joinedMethod == "INVITED" && $0.account != organization.managementAccount && $0.state == .active
    }
    let parent = try handshake(.enableAllFeatures, to: nil, of: nil, asked.isEmpty, organization, transaction)
    try Handshakes.send(parent, transaction)
    for member in asked {
      try Handshakes.send(
        try handshake(.approveAllFeatures, to: member.account, of: parent.id, true, organization, transaction),
        transaction)
    }
    return EnableAllFeaturesResponse(handshake: Handshake(parent))
  }

  private static func handshake(
    _ action: HandshakeRecord.Action, to account: AccountID?, of parent: String?, _ isOpen: Bool,
    _ organization: OrganizationRecord, _ transaction: Transaction
  ) throws(AWSError) -> HandshakeRecord {
    let sender = try AccountProfileRecord.find(organization.managementAccount, transaction)
    return HandshakeRecord(
      id: EntityID.handshake(transaction.random), organization: organization.id,
      sender: organization.managementAccount, action: action, recipient: account.map { .account($0) }, parent: parent,
      senderEmail: organization.managementEmail, senderName: sender.name, features: .all, notes: nil, tags: [],
      requested: transaction.now, expires: transaction.now.adding(seconds: days * OrganizationLimits.day),
      state: isOpen ? .open : .requested)
  }

  /// The management account's handshake while the process runs.
  static func pending(
    of organization: OrganizationRecord, _ transaction: Transaction
  ) throws(AWSError) -> HandshakeRecord? {
    try transaction.scan(
      HandshakeRecord.self, by: HandshakeRecord.byMigration, in: .global, .prefix(.string(organization.id)), limit: 1
    ).first
  }

  static func memberApproved(_ approval: HandshakeRecord, _ transaction: Transaction) throws(AWSError) {
    guard let id = approval.parent, let parent = try Handshakes.find(id, transaction) else { return }
    try openIfComplete(parent, transaction)
  }

  /// A member that leaves needs not approve any more.
  static func memberLeft(
    _ account: AccountID, _ organization: OrganizationRecord, _ transaction: Transaction
  ) throws(AWSError) {
    guard let parent = try pending(of: organization, transaction) else { return }
    for approval in try approvals(of: parent, transaction)
    where approval.recipient == .account(account) && approval.state.isPending {
      try Handshakes.end(approval, as: .canceled, transaction)
    }
    try openIfComplete(parent, transaction)
  }

  private static func openIfComplete(_ parent: HandshakeRecord, _ transaction: Transaction) throws(AWSError) {
    guard parent.state == .requested else { return }
    // Those that were cancelled are of members that left.
    let open = try approvals(of: parent, transaction).contains { $0.state != .accepted && $0.state != .canceled }
    if open { return }
    var opened = parent
    opened.state = .open
    try transaction.update(parent, to: opened, in: .global)
  }

  /// The organization has all features from here on; nothing leads back.
  static func finish(_ handshake: HandshakeRecord, _ transaction: Transaction) throws(AWSError) {
    guard var organization = try transaction.get(OrganizationRecord.self, Key(handshake.organization), in: .global)
    else { throw .notFound(.handshake) }
    organization.featureSet = .all
    try transaction.save(organization)
    for account in try organization.accounts(transaction) {
      try OrganizationRoles.makeServiceLinkedRole(in: account.account, transaction)
    }
  }

  static func cancelApprovals(of parent: HandshakeRecord, _ transaction: Transaction) throws(AWSError) {
    for approval in try approvals(of: parent, transaction) where approval.state.isPending {
      try Handshakes.end(approval, as: .canceled, transaction)
    }
  }

  private static func approvals(
    of parent: HandshakeRecord, _ transaction: Transaction
  ) throws(AWSError) -> [HandshakeRecord] {
    try transaction.scan(
      HandshakeRecord.self, by: HandshakeRecord.byOrganization, in: .global, .prefix(.string(parent.organization))
    ).filter { $0.parent == parent.id }
  }
}
