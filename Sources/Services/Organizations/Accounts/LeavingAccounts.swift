import Cloud
import Identity
import Wire

/// Accounts that leave: LeaveOrganization, RemoveAccountFromOrganization, CloseAccount.
struct LeavingAccounts: Sendable {
  let limits: OrganizationLimits

  @Sendable func leave(
    _ input: NoMembers, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let organization = try OrganizationAccess.organization(context, transaction)
    let account = try organization.account(try context.account.rawValue, transaction)
    try LeavingAccounts.release(account, organization, transaction)
    return NoMembers()
  }

  @Sendable func remove(
    _ input: RemoveAccountFromOrganizationRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let organization = try OrganizationAccess.organization(context, transaction)
    let account = try organization.account(input.accountId, transaction)
    try LeavingAccounts.release(account, organization, transaction)
    return NoMembers()
  }

  /// Lets an account go, on its own from then on.
  ///
  /// Whether it could pay for itself isn't asked: there is nowhere to say how it would.
  static func release(
    _ account: OrganizationAccountRecord, _ organization: OrganizationRecord, _ transaction: Transaction
  ) throws(AWSError) {
    try Membership.checkLeaving(account, organization, transaction)
    var profile = try AccountProfileRecord.find(account.account, transaction)
    profile.noteChange(transaction.now)
    try transaction.put(profile, in: .global)
    try Membership.remove(.account(account), from: organization, transaction)
  }

  // MARK: Closing

  @Sendable func close(
    _ input: CloseAccountRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let organization = try OrganizationAccess.organization(context, transaction)
    var account = try organization.account(input.accountId, transaction)
    guard account.account != organization.managementAccount else {
      throw .constraint(
        "CANNOT_CLOSE_MANAGEMENT_ACCOUNT",
        "You attempted to close the management account. To close the management account for the organization, you must "
          + "first either remove or close all member accounts in the organization.")
    }
    guard organization.featureSet == .all else { throw .needsAllFeatures() }
    switch account.state {
    case .closed, .suspended:
      throw AWSError("AccountAlreadyClosedException", "The provided account is already closed.", status: 400)
    case .pendingClosure:
      // unverified: words
      throw AWSError(
        "ConflictException",
        "The request failed because it conflicts with the current state of the specified resource.",
        status: 400)
    case .active, .pendingActivation: break
    }
    let members = try organization.accounts(transaction)
    guard members.count(where: { $0.state == .pendingClosure }) < OrganizationLimits.closingsAtOnce else {
      throw .constraint(
        "CLOSE_ACCOUNT_REQUESTS_LIMIT_EXCEEDED",
        "You attempted to exceed the number of accounts that you can close at a time.")
    }
    let since = transaction.now.adding(seconds: -OrganizationLimits.closingDays * OrganizationLimits.day)
    let recent = members.count { ($0.closing ?? since) > since }
    guard recent < OrganizationLimits.closings(of: members.count - 1) else {
      throw .constraint("CLOSE_ACCOUNT_QUOTA_EXCEEDED", "You have exceeded close account quota for the past 30 days.")
    }
    account.state = .pendingClosure
    account.closing = transaction.now
    try transaction.save(account)
    try transaction.schedule(
      OrganizationTimer.finishClosing.request(
        organization.id, account.account.rawValue, at: transaction.now.adding(milliseconds: limits.closingTime)))
    return NoMembers()
  }

  /// From here on nobody can sign in to the account; for ninety days it could be reinstated.
  static func finishClosing(_ organization: String, _ id: String, _ transaction: Transaction) throws(AWSError) {
    guard var account = try transaction.get(OrganizationAccountRecord.self, Key(id), in: .global),
      account.organization == organization, account.state == .pendingClosure
    else { return }
    account.state = .closed
    try transaction.save(account)
    try transaction.put(ClosedAccountRecord(account: account.account), in: .global)
    try transaction.schedule(
      OrganizationTimer.endClosed.request(
        organization, id, at: transaction.now.adding(seconds: OrganizationLimits.daysUntilGone * OrganizationLimits.day)
      ))
  }

  /// The account is gone for good: the organization forgets it, and its credentials never work again.
  static func endClosed(_ organizationID: String, _ id: String, _ transaction: Transaction) throws(AWSError) {
    guard let organization = try transaction.get(OrganizationRecord.self, Key(organizationID), in: .global),
      let account = try organization.findAccount(id, transaction), account.state == .closed
    else { return }
    try Membership.remove(.account(account), from: organization, transaction)
  }
}
