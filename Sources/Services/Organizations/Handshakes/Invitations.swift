import Cloud
import Identity
import Wire

/// InviteAccountToOrganization, and what an accepted invitation does.
struct Invitations: Sendable {
  let limits: OrganizationLimits

  /// Days in which an invitation can be accepted.
  private static let days: Int64 = 15

  @Sendable func invite(
    _ input: InviteAccountToOrganizationRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> InviteAccountToOrganizationResponse {
    let organization = try OrganizationAccess.organization(context, transaction)
    try ResourceTags.check(input.tags)
    let recipient = try Invitations.recipient(input.target)
    try SimulatorAddress.check(.invite, for: organization.managementEmail)
    // Whose an address is shows only when it is answered: AWS invites the addresses of members, too.
    if case .account(let account) = recipient, try organization.findAccount(account.rawValue, transaction) != nil {
      throw Invitations.alreadyInOrganization()
    }
    if try FeatureMigration.pending(of: organization, transaction) != nil {
      throw .handshakeConstraint(
        "INVITE_DISABLED_DURING_ENABLE_ALL_FEATURES",
        "You can't issue new invitations to join an organization while it's in the process of enabling all features. You "
          + "can resume inviting accounts after you finalize the process when all accounts have agreed to the change.")
    }
    let same = KeyRange.prefix(.string(organization.id), .string(recipient.key))
    guard
      try transaction.count(HandshakeRecord.self, by: HandshakeRecord.byTarget, in: .global, same, limit: 1) == 0
    else {
      throw AWSError(
        "DuplicateHandshakeException",
        "A handshake with the specified type and parameters already exists for the given parties.", status: 400)
    }
    guard try organization.seats(transaction) < limits.accounts else { throw Invitations.limitExceeded() }
    let yesterday = transaction.now.adding(seconds: -OrganizationLimits.day)
    let recent = KeyRange.prefix(.string(organization.id)).after(Key(.string(organization.id), .timestamp(yesterday)))
    guard
      try transaction.count(
        HandshakeRecord.self, by: HandshakeRecord.byTime, in: .global, recent, limit: limits.invitations)
        < limits.invitations
    else {
      throw .handshakeConstraint(
        "HANDSHAKE_RATE_LIMIT_EXCEEDED",
        "You attempted to exceed the number of handshakes that you can send in one day.")
    }
    let sender = try AccountProfileRecord.find(organization.managementAccount, transaction)
    let handshake = HandshakeRecord(
      id: EntityID.handshake(transaction.random), organization: organization.id,
      sender: organization.managementAccount, action: .invite, recipient: recipient, parent: nil,
      senderEmail: organization.managementEmail, senderName: sender.name, features: organization.featureSet,
      notes: input.notes, tags: (input.tags ?? []).map { IdentityTag(key: $0.key, value: $0.value) },
      requested: transaction.now,
      expires: transaction.now.adding(seconds: Invitations.days * OrganizationLimits.day), state: .open)
    try Handshakes.send(handshake, transaction)
    return InviteAccountToOrganizationResponse(handshake: Handshake(handshake))
  }

  private static func recipient(_ party: HandshakeParty) throws(AWSError) -> HandshakeRecord.Recipient {
    switch party.type {
    case "ACCOUNT":
      guard let account = AccountID(party.id) else { throw .invalidPattern() }
      return .account(account)
    case "EMAIL":
      guard EmailAddress.isValid(party.id) else {
        throw .invalidInput(
          "INVALID_EMAIL_ADDRESS_TARGET", "You specified an invalid email address for the invited account owner.")
      }
      return .email(party.id)
    default:
      throw .invalidInput("INVALID_PARTY_TYPE_TARGET", "You specified an invalid party type as the target parameter.")
    }
  }

  /// The caller joins the organization that invited it. A member of another organization leaves that one by it.
  ///
  /// AWS: Organizations API, AcceptHandshake, whose errors are those of leaving too.
  func accept(
    _ handshake: HandshakeRecord, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) {
    guard let organization = try transaction.get(OrganizationRecord.self, Key(handshake.organization), in: .global)
    else { throw .notFound(.handshake) }
    let account = try context.account
    switch try OrganizationAccess.standing(context, transaction) {
    case .outsider: break
    case .management(let present), .delegate(let present, _), .member(let present, _):
      if present.id == organization.id { throw Invitations.alreadyInOrganization() }
      let record = try present.account(account.rawValue, transaction)
      if present.managementAccount == account, try present.accounts(transaction).count == 1 {
        // unverified: an organization of one that its only account leaves by joining another.
        throw Invitations.alreadyInOrganization()
      }
      try Membership.checkLeaving(record, present, transaction)
    }
    // Its own invitation has ended already.
    guard try organization.seats(transaction) < limits.accounts else { throw Invitations.limitExceeded() }
    var profile = try AccountProfileRecord.find(account, transaction)
    try SimulatorAddress.check(.accept, for: profile.email)
    guard !profile.isRestless(transaction.now) else {
      throw .handshakeConstraint(
        "ORGANIZATION_MEMBERSHIP_CHANGE_RATE_LIMIT_EXCEEDED",
        "You attempted to change the membership of an account too quickly after its previous change.")
    }
    if organization.featureSet == .all { try OrganizationRoles.checkServiceLinkedRole(context, transaction) }
    if let present = try OrganizationAccess.standing(context, transaction).organization {
      try Membership.remove(
        .account(try present.account(account.rawValue, transaction)), from: present, transaction)
    }
    profile.noteChange(transaction.now)
    try transaction.put(profile, in: .global)
    try Membership.join(profile, organization, method: "INVITED", transaction)
    try ResourceTags.add(
      handshake.tags.map { Tag(key: $0.key, value: $0.value) }, to: account.rawValue, in: organization.id, transaction)
  }

  private static func alreadyInOrganization() -> AWSError {
    .handshakeConstraint(
      "ALREADY_IN_AN_ORGANIZATION", "The AWS account is already a member of an organization.")
  }

  private static func limitExceeded() -> AWSError {
    .handshakeConstraint("ACCOUNT_NUMBER_LIMIT_EXCEEDED", "You have exceeded the allowed number of AWS accounts.")
  }
}
