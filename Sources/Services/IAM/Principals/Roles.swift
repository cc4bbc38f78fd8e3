import Cloud
import Identity
import Wire

/// Roles.
enum Roles {
  /// The role of a name.
  /// - Throws: NoSuchEntity.
  static func find(_ name: String, _ context: Context, _ transaction: Transaction) throws(AWSError) -> RoleRecord {
    guard let role = try RoleRecord.find(name, in: try context.account, transaction) else { throw .noSuchRole(name) }
    return role
  }

  /// The role of a name, to be changed.
  /// - Throws: NoSuchEntity; UnmodifiableEntity for a service's own roles.
  static func modifiable(_ name: String, _ context: Context, _ transaction: Transaction) throws(AWSError) -> RoleRecord
  {
    let role = try find(name, context, transaction)
    guard !role.isServiceLinked else { throw .protected(role.name) }
    return role
  }

  static func create(
    _ input: CreateRoleRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> CreateRoleResponse {
    let account = try context.account
    let path = input.path ?? "/"
    guard !path.hasPrefix("/aws-service-role/") else {
      throw .validation(
        "The specified value for path is invalid. It must not begin with the reserved path /aws-service-role/.")
    }
    let trust = try PolicyChecks.trust(input.assumeRolePolicyDocument, transaction)
    guard try RoleRecord.find(input.roleName, in: account, transaction) == nil else {
      throw .alreadyExists("Role with name \(input.roleName) already exists.")
    }
    guard try transaction.count(RoleRecord.self, in: Scope(account), limit: Quota.roles) < Quota.roles else {
      throw .quota("RolesPerAccount", Quota.roles)
    }
    var role = RoleRecord(
      account: account, name: input.roleName, path: path, id: UniqueID.make(.role, for: account, transaction.random),
      created: transaction.now.wholeSeconds, trustPolicy: trust)
    role.description = input.description
    role.maxSessionDuration = input.maxSessionDuration ?? 3600
    role.tags = try Tag.records(input.tags)
    if let boundary = input.permissionsBoundary {
      role.boundary = try ManagedPolicies.attachable(boundary, context, transaction).arn
    }
    try transaction.insert(role, in: role.scope)
    var answer = try Role(role, transaction)
    answer.roleLastUsed = nil
    return CreateRoleResponse(role: answer)
  }

  static func get(
    _ input: GetRoleRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetRoleResponse {
    GetRoleResponse(role: try Role(try find(input.roleName, context, transaction), transaction))
  }

  static func list(
    _ input: ListRolesRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListRolesResponse {
    let all = try transaction.scan(RoleRecord.self, in: Scope(try context.account))
    let prefix = input.pathPrefix ?? "/"
    let page = try Page(
      all.filter { $0.path.hasPrefix(prefix) }, after: input.marker, limit: input.maxItems, by: { $0.name.lowercased() }
    )
    var roles: [Role] = []
    for role in page.items { roles.append(try Role(role, isWhole: false, transaction)) }
    return ListRolesResponse(roles: roles, isTruncated: page.isTruncated, marker: page.marker)
  }

  static func update(
    _ input: UpdateRoleRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> UpdateRoleResponse {
    var role = try modifiable(input.roleName, context, transaction)
    // Without a description the old one goes (IAM API reference, UpdateRole).
    role.description = input.description ?? ""
    role.maxSessionDuration = input.maxSessionDuration ?? 3600
    try transaction.put(role, in: role.scope)
    return UpdateRoleResponse()
  }

  static func updateDescription(
    _ input: UpdateRoleDescriptionRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> UpdateRoleDescriptionResponse {
    var role = try modifiable(input.roleName, context, transaction)
    role.description = input.description
    try transaction.put(role, in: role.scope)
    return UpdateRoleDescriptionResponse(role: try Role(role, transaction))
  }

  static func updateTrust(
    _ input: UpdateAssumeRolePolicyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var role = try modifiable(input.roleName, context, transaction)
    role.trustPolicy = try PolicyChecks.trust(input.policyDocument, transaction)
    try transaction.put(role, in: role.scope)
    return NoMembers()
  }

  static func delete(
    _ input: DeleteRoleRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let role = try modifiable(input.roleName, context, transaction)
    func conflict(_ what: String) -> AWSError { .deleteConflict("Cannot delete entity, must \(what) first.") }
    guard try InstanceProfiles.all(of: role, transaction).isEmpty else {
      throw conflict("remove roles from instance profile")
    }
    guard role.attachedPolicies.isEmpty else { throw conflict("detach all policies") }
    guard role.inlinePolicies.isEmpty else { throw conflict("delete policies") }
    try transaction.delete(role, in: role.scope)
    return NoMembers()
  }

  static func putBoundary(
    _ input: PutRolePermissionsBoundaryRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var role = try modifiable(input.roleName, context, transaction)
    role.boundary = try ManagedPolicies.attachable(input.permissionsBoundary, context, transaction).arn
    try transaction.put(role, in: role.scope)
    return NoMembers()
  }

  static func deleteBoundary(
    _ input: DeleteRolePermissionsBoundaryRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var role = try modifiable(input.roleName, context, transaction)
    guard role.boundary != nil else {
      throw .noSuchEntity("The permissions boundary for role \(role.name) cannot be found.")
    }
    role.boundary = nil
    try transaction.put(role, in: role.scope)
    return NoMembers()
  }
}
