import Cloud
import Identity
import Wire

/// Instance profiles.
enum InstanceProfiles {
  static func find(
    _ name: String, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> InstanceProfileRecord {
    guard let profile = try InstanceProfileRecord.find(name, in: try context.account, transaction) else {
      throw .noSuchProfile(name)
    }
    return profile
  }

  /// The profiles that hold a role.
  static func all(of role: RoleRecord, _ transaction: Transaction) throws(AWSError) -> [InstanceProfileRecord] {
    try transaction.scan(InstanceProfileRecord.self, in: role.scope).filter {
      $0.role?.lowercased() == role.name.lowercased()
    }
  }

  static func create(
    _ input: CreateInstanceProfileRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> CreateInstanceProfileResponse {
    let account = try context.account
    guard try InstanceProfileRecord.find(input.instanceProfileName, in: account, transaction) == nil else {
      throw .alreadyExists("Instance Profile \(input.instanceProfileName) already exists.")
    }
    let limit = Quota.instanceProfiles
    guard try transaction.count(InstanceProfileRecord.self, in: Scope(account), limit: limit) < limit else {
      throw .quota("InstanceProfilesPerAccount", limit)
    }
    var profile = InstanceProfileRecord(
      account: account, name: input.instanceProfileName, path: input.path ?? "/",
      id: UniqueID.make(.instanceProfile, for: account, transaction.random), created: transaction.now.wholeSeconds)
    profile.tags = try Tag.records(input.tags)
    try transaction.insert(profile, in: Scope(account))
    return CreateInstanceProfileResponse(instanceProfile: try InstanceProfile(profile, transaction))
  }

  static func get(
    _ input: GetInstanceProfileRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetInstanceProfileResponse {
    let profile = try find(input.instanceProfileName, context, transaction)
    return GetInstanceProfileResponse(instanceProfile: try InstanceProfile(profile, transaction))
  }

  static func list(
    _ input: ListInstanceProfilesRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListInstanceProfilesResponse {
    let all = try transaction.scan(InstanceProfileRecord.self, in: Scope(try context.account))
    let prefix = input.pathPrefix ?? "/"
    let page = try Page(
      all.filter { $0.path.hasPrefix(prefix) }, after: input.marker, limit: input.maxItems, by: { $0.name.lowercased() }
    )
    var profiles: [InstanceProfile] = []
    for profile in page.items { profiles.append(try InstanceProfile(profile, isWhole: false, transaction)) }
    return ListInstanceProfilesResponse(
      instanceProfiles: profiles, isTruncated: page.isTruncated, marker: page.marker)
  }

  static func listForRole(
    _ input: ListInstanceProfilesForRoleRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListInstanceProfilesForRoleResponse {
    let role = try Roles.find(input.roleName, context, transaction)
    let page = try Page(
      try all(of: role, transaction), after: input.marker, limit: input.maxItems, by: { $0.name.lowercased() })
    var profiles: [InstanceProfile] = []
    for profile in page.items { profiles.append(try InstanceProfile(profile, isWhole: false, transaction)) }
    return ListInstanceProfilesForRoleResponse(
      instanceProfiles: profiles, isTruncated: page.isTruncated, marker: page.marker)
  }

  static func delete(
    _ input: DeleteInstanceProfileRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let profile = try find(input.instanceProfileName, context, transaction)
    guard profile.role == nil else {
      throw .deleteConflict("Cannot delete entity, must remove roles from instance profile first.")
    }
    try transaction.delete(profile, in: Scope(profile.account))
    return NoMembers()
  }

  static func addRole(
    _ input: AddRoleToInstanceProfileRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var profile = try find(input.instanceProfileName, context, transaction)
    let role = try Roles.modifiable(input.roleName, context, transaction)
    guard profile.role == nil else { throw .quota("InstanceSessionsPerInstanceProfile", 1) }
    profile.role = role.name
    try transaction.put(profile, in: Scope(profile.account))
    return NoMembers()
  }

  static func removeRole(
    _ input: RemoveRoleFromInstanceProfileRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var profile = try find(input.instanceProfileName, context, transaction)
    guard profile.role?.lowercased() == input.roleName.lowercased() else { throw .noSuchRole(input.roleName) }
    profile.role = nil
    try transaction.put(profile, in: Scope(profile.account))
    return NoMembers()
  }

  /// Putting a role into a profile is passing it to instances.
  static func addRoleAccess(
    _ input: AddRoleToInstanceProfileRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> [AccessCheck] {
    var pass = try Target.role(input.roleName).check("PassRole", context, transaction)
    pass.keys.append(("iam:PassedToService", .single("ec2.amazonaws.com")))
    return [
      try Target.profile(input.instanceProfileName).check("AddRoleToInstanceProfile", context, transaction), pass,
    ]
  }
}
