import Cloud
import Identity
import Wire

/// What an account sets for itself: alias and password rules.
enum AccountSettings {
  private static func save(
    _ settings: AccountSettingsRecord, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) {
    try transaction.put(settings, in: Scope(try context.account))
  }

  // MARK: Alias

  static func createAlias(
    _ input: CreateAccountAliasRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let account = try context.account
    if let taken = try transaction.get(AccountAliasRecord.self, Key(input.accountAlias), in: .global) {
      // An account that was reset has left its alias behind.
      let holder = try AccountSettingsRecord.find(in: taken.account, transaction).alias
      if holder == taken.alias, taken.account != account {
        throw .alreadyExists("The account alias \(input.accountAlias) already exists.")
      }
    }
    var settings = try AccountSettingsRecord.find(in: account, transaction)
    if let old = settings.alias { try transaction.delete(AccountAliasRecord.self, Key(old), in: .global) }
    settings.alias = input.accountAlias
    try transaction.put(AccountAliasRecord(alias: input.accountAlias, account: account), in: .global)
    try save(settings, context, transaction)
    return NoMembers()
  }

  static func deleteAlias(
    _ input: DeleteAccountAliasRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var settings = try AccountSettingsRecord.find(in: try context.account, transaction)
    guard settings.alias == input.accountAlias else {
      throw .noSuchEntity("The account alias \(input.accountAlias) cannot be found.")
    }
    settings.alias = nil
    try transaction.delete(AccountAliasRecord.self, Key(input.accountAlias), in: .global)
    try save(settings, context, transaction)
    return NoMembers()
  }

  static func listAliases(
    _ input: ListAccountAliasesRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListAccountAliasesResponse {
    let alias = try AccountSettingsRecord.find(in: try context.account, transaction).alias
    return ListAccountAliasesResponse(accountAliases: alias.map { [$0] } ?? [], isTruncated: false)
  }

  // MARK: Password policy

  static func updatePasswordPolicy(
    _ input: UpdateAccountPasswordPolicyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var settings = try AccountSettingsRecord.find(in: try context.account, transaction)
    // What is not given goes back to its default (IAM API reference, UpdateAccountPasswordPolicy).
    settings.passwordPolicy = AccountSettingsRecord.PasswordPolicy(
      minimumLength: input.minimumPasswordLength ?? 6, requiresSymbols: input.requireSymbols ?? false,
      requiresNumbers: input.requireNumbers ?? false, requiresUppercase: input.requireUppercaseCharacters ?? false,
      requiresLowercase: input.requireLowercaseCharacters ?? false,
      canUsersChange: input.allowUsersToChangePassword ?? false, maximumAge: input.maxPasswordAge,
      reusePrevention: input.passwordReusePrevention, isHardExpiry: input.hardExpiry)
    try save(settings, context, transaction)
    return NoMembers()
  }

  private static func noPolicy(_ context: Context) throws(AWSError) -> AWSError {
    .noSuchEntity("The Password Policy with domain name \(try context.account) cannot be found.")
  }

  static func getPasswordPolicy(
    _ input: NoMembers, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetAccountPasswordPolicyResponse {
    guard let policy = try AccountSettingsRecord.find(in: try context.account, transaction).passwordPolicy else {
      throw try noPolicy(context)
    }
    return GetAccountPasswordPolicyResponse(
      passwordPolicy: PasswordPolicy(
        minimumPasswordLength: policy.minimumLength, requireSymbols: policy.requiresSymbols,
        requireNumbers: policy.requiresNumbers, requireUppercaseCharacters: policy.requiresUppercase,
        requireLowercaseCharacters: policy.requiresLowercase, allowUsersToChangePassword: policy.canUsersChange,
        expirePasswords: policy.maximumAge != nil, maxPasswordAge: policy.maximumAge,
        passwordReusePrevention: policy.reusePrevention, hardExpiry: policy.isHardExpiry))
  }

  static func deletePasswordPolicy(
    _ input: NoMembers, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var settings = try AccountSettingsRecord.find(in: try context.account, transaction)
    guard settings.passwordPolicy != nil else { throw try noPolicy(context) }
    settings.passwordPolicy = nil
    try save(settings, context, transaction)
    return NoMembers()
  }

  // MARK: Summary

  static func summary(
    _ input: NoMembers, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetAccountSummaryResponse {
    let account = try context.account
    let scope = Scope(account)
    let policies = try transaction.scan(ManagedPolicyRecord.self, in: scope)
    let devices = try transaction.scan(MFADeviceRecord.self, in: scope)
    return GetAccountSummaryResponse(
      summaryMap: [
        "Users": try transaction.count(UserRecord.self, in: scope), "UsersQuota": Quota.users,
        "Groups": try transaction.count(GroupRecord.self, in: scope), "GroupsQuota": Quota.groups,
        "Roles": try transaction.count(RoleRecord.self, in: scope), "RolesQuota": Quota.roles,
        "Policies": policies.count, "PoliciesQuota": Quota.policies,
        "PolicyVersionsInUse": policies.reduce(0) { $0 + $1.versions.count }, "PolicyVersionsInUseQuota": 10_000,
        "VersionsPerPolicyQuota": Quota.policyVersions, "PolicySizeQuota": Quota.managedPolicySize,
        "InstanceProfiles": try transaction.count(InstanceProfileRecord.self, in: scope),
        "InstanceProfilesQuota": Quota.instanceProfiles,
        "Providers": try transaction.count(OpenIDProviderRecord.self, in: scope)
          + transaction.count(SAMLProviderRecord.self, in: scope),
        "MFADevices": devices.count, "MFADevicesInUse": devices.count { $0.owner != nil },
        "AccountMFAEnabled": devices.contains { $0.owner == "" } ? 1 : 0,
        // The key with which every account is born here is not counted, as it is not one that AWS would have.
        "AccountAccessKeysPresent": try AccessKeyRecord.all(of: nil, in: account, transaction).isEmpty ? 0 : 1,
        "AccountPasswordPresent": 0, "AccountSigningCertificatesPresent": 0, "ServerCertificates": 0,
        "ServerCertificatesQuota": 20, "SigningCertificatesPerUserQuota": 2,
        "AccessKeysPerUserQuota": Quota.accessKeysPerUser, "GroupsPerUserQuota": Quota.groupsPerUser,
        "AttachedPoliciesPerUserQuota": Quota.attachedPolicies, "AttachedPoliciesPerGroupQuota": Quota.attachedPolicies,
        "AttachedPoliciesPerRoleQuota": Quota.attachedPolicies, "UserPolicySizeQuota": Quota.userPolicySize,
        "GroupPolicySizeQuota": Quota.groupPolicySize, "RolePolicySizeQuota": Quota.rolePolicySize,
        "AssumeRolePolicySizeQuota": Quota.trustPolicySize, "GlobalEndpointTokenVersion": 1,
      ])
  }
}
