import Cloud
import Identity
import Wire

/// What is done wherever an entity comes into an organization or goes.
enum Membership {
  /// Takes an account into an organization, right below its root.
  @discardableResult
  static func join(
    _ profile: AccountProfileRecord, _ organization: OrganizationRecord, method: String, _ transaction: Transaction
  ) throws(AWSError) -> OrganizationAccountRecord {
    let account = OrganizationAccountRecord(
      account: profile.account, organization: organization.id, parent: organization.rootID, name: profile.name,
      email: profile.email, joinedMethod: method, joined: transaction.now)
    try transaction.save(account)
    try didCreate(.account(account), in: organization, transaction)
    if organization.featureSet == .all {
      try OrganizationRoles.makeServiceLinkedRole(in: profile.account, transaction)
    }
    try renewEffectivePolicies(of: account, organization, transaction)
    return account
  }

  /// After a root, account or unit has come into the organization: the policies that AWS attaches to all.
  static func didCreate(
    _ target: OrganizationTarget, in organization: OrganizationRecord, _ transaction: Transaction
  ) throws(AWSError) {
    try PolicyAttachments.attachDefaults(to: target.id, of: organization, transaction)
  }

  /// After an account has come to its place in the tree: what it inherits there.
  static func renewEffectivePolicies(
    of account: OrganizationAccountRecord, _ organization: OrganizationRecord, _ transaction: Transaction
  ) throws(AWSError) {
    for kind in PolicyKind.allCases where !kind.isAuthorization && organization.hasEnabled(kind) {
      _ = try EffectivePolicyStates.current(kind, of: account, organization, transaction)
    }
  }

  /// Takes an account out of its organization, or removes a unit, and all that hangs on it: tags, attachments, offices.
  static func remove(
    _ target: OrganizationTarget, from organization: OrganizationRecord, _ transaction: Transaction
  ) throws(AWSError) {
    try ResourceTags.removeAll(from: target.id, in: organization.id, transaction)
    try PolicyAttachments.removeAll(from: target.id, of: organization, transaction)
    switch target {
    case .root: return
    case .unit(let unit): try transaction.remove(unit)
    case .account(let account):
      for office in try DelegatedAdministratorRecord.all(of: account.account, in: organization, transaction) {
        try transaction.delete(office, in: .global)
      }
      try EffectivePolicyStates.removeAll(of: account.account.rawValue, organization, transaction)
      try transaction.remove(account)
      try FeatureMigration.memberLeft(account.account, organization, transaction)
    }
  }

  /// Why an account may not leave its organization.
  /// - Throws: MasterCannotLeaveOrganizationException, ConstraintViolationException.
  static func checkLeaving(
    _ account: OrganizationAccountRecord, _ organization: OrganizationRecord, _ transaction: Transaction
  ) throws(AWSError) {
    if account.account == organization.managementAccount {
      // unverified: words
      throw AWSError(
        "MasterCannotLeaveOrganizationException",
        "You can't remove the management account from the organization. To remove it, delete the organization.",
        status: 400)
    }
    if account.state == .closed || account.state == .suspended || account.state == .pendingClosure {
      // unverified: reason and words
      throw .constraint(
        "ACCOUNT_CANNOT_LEAVE_ORGANIZATION", "You can't remove an account that is closed or being closed.")
    }
    if !(try DelegatedAdministratorRecord.all(of: account.account, in: organization, transaction)).isEmpty {
      throw .constraint(
        "CANNOT_REMOVE_DELEGATED_ADMINISTRATOR_FROM_ORG",
        "You attempted to remove an account that is registered as a delegated administrator for a service integrated "
          + "with your organization. To complete this operation, you must first deregister this account as a delegated "
          + "administrator.")
    }
    let profile = try AccountProfileRecord.find(account.account, transaction)
    try SimulatorAddress.check(.leave, for: profile.email)
    if let created = profile.created,
      transaction.now < created.adding(seconds: OrganizationLimits.waitingDays * OrganizationLimits.day)
    {
      throw .constraint("WAIT_PERIOD_ACTIVE", "This operation requires a wait period.  Try again later.")
    }
  }
}
