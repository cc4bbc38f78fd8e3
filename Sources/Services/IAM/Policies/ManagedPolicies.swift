import Cloud
import Identity
import Wire

/// Managed policies and their versions.
enum ManagedPolicies {
  /// The policy with an ARN: AWS's, or one of the caller's account.
  /// - Throws: InvalidInput for what is no ARN; NoSuchEntity.
  static func find(
    _ arn: String, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ManagedPolicyRecord {
    guard ARN(arn) != nil else { throw .invalidInput("ARN \(arn) is not valid.") }
    let account = try context.account
    guard let policy = try ManagedPolicyRecord.find(arn: arn, transaction),
      policy.account == nil || policy.account == account
    else { throw .noSuchPolicy(arn) }
    return policy
  }

  /// The policy with an ARN, to be attached or used as boundary.
  static func attachable(
    _ arn: String, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ManagedPolicyRecord {
    guard ARN(arn) != nil else { throw .invalidInput("ARN \(arn) is not valid.") }
    let account = try context.account
    guard let policy = try ManagedPolicyRecord.find(arn: arn, transaction),
      policy.account == nil || policy.account == account
    else { throw .notAttachable(arn) }
    return policy
  }

  /// A customer's policy, to be changed.
  private static func modifiable(
    _ arn: String, _ action: String, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ManagedPolicyRecord {
    let policy = try find(arn, context, transaction)
    guard policy.account != nil else {
      // Whatever the caller's policies say: AWS's own policies are AWS's.
      throw AWSError(
        "AccessDenied",
        "User: \(context.caller.arn) is not authorized to perform: iam:\(action) on resource: policy \(arn)",
        status: 403)
    }
    return policy
  }

  private static func scope(_ context: Context) throws(AWSError) -> Scope {
    Scope(try context.account)
  }

  static func create(
    _ input: CreatePolicyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> CreatePolicyResponse {
    let account = try context.account
    try PolicyChecks.managed(input.policyDocument)
    guard try !transaction.contains(ManagedPolicyRecord.self, IAMName.key(input.policyName), in: Scope(account)) else {
      throw .alreadyExists("A policy called \(input.policyName) already exists. Duplicate names are not allowed.")
    }
    guard try transaction.count(ManagedPolicyRecord.self, in: Scope(account), limit: Quota.policies) < Quota.policies
    else { throw .quota("PoliciesPerAccount", Quota.policies) }
    let now = transaction.now.wholeSeconds
    var policy = ManagedPolicyRecord(
      account: account, name: input.policyName, path: input.path ?? "/",
      id: UniqueID.make(.managedPolicy, for: account, transaction.random), created: now, description: input.description,
      versions: [.init(id: "v1", text: input.policyDocument, created: now)])
    policy.tags = try Tag.records(input.tags)
    try transaction.insert(policy, in: Scope(account))
    return CreatePolicyResponse(policy: Policy(policy, uses: try PolicyUses(in: account, transaction)))
  }

  static func get(
    _ input: GetPolicyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetPolicyResponse {
    let policy = try find(input.policyArn, context, transaction)
    return GetPolicyResponse(policy: Policy(policy, uses: try PolicyUses(in: try context.account, transaction)))
  }

  static func list(
    _ input: ListPoliciesRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListPoliciesResponse {
    let account = try context.account
    let uses = try PolicyUses(in: account, transaction)
    var all: [ManagedPolicyRecord] = []
    if input.scope != "AWS" { all += try transaction.scan(ManagedPolicyRecord.self, in: Scope(account)) }
    if input.scope != "Local" { all += AWSManagedPolicies.all }
    let prefix = input.pathPrefix ?? "/"
    all = all.filter { policy in
      guard policy.path.hasPrefix(prefix) else { return false }
      let attachments = uses.attachments(of: policy.arn)
      let boundaries = uses.boundaries(of: policy.arn)
      switch input.policyUsageFilter {
      case "PermissionsPolicy": if attachments == 0 { return false }
      case "PermissionsBoundary": if boundaries == 0 { return false }
      default: break
      }
      return input.onlyAttached != true || attachments + boundaries > 0
    }
    let page = try Page(all, after: input.marker, limit: input.maxItems, by: { $0.arn })
    return ListPoliciesResponse(
      policies: page.items.map { Policy($0, uses: uses, isWhole: false) }, isTruncated: page.isTruncated,
      marker: page.marker)
  }

  static func delete(
    _ input: DeletePolicyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let policy = try modifiable(input.policyArn, "DeletePolicy", context, transaction)
    let uses = try PolicyUses(in: try context.account, transaction)
    guard uses.attachments(of: policy.arn) + uses.boundaries(of: policy.arn) == 0 else {
      throw .deleteConflict("Cannot delete a policy attached to entities.")
    }
    guard policy.versions.count == 1 else {
      throw .deleteConflict(
        "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. "
          + "The default version is deleted with the policy.")
    }
    try transaction.delete(policy, in: try scope(context))
    return NoMembers()
  }

  static func createVersion(
    _ input: CreatePolicyVersionRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> CreatePolicyVersionResponse {
    var policy = try modifiable(input.policyArn, "CreatePolicyVersion", context, transaction)
    try PolicyChecks.managed(input.policyDocument)
    guard policy.versions.count < Quota.policyVersions else {
      throw .limitExceeded(
        "A managed policy can have up to \(Quota.policyVersions) versions. Before you create a new version, you must "
          + "delete an existing version.")
    }
    let now = transaction.now.wholeSeconds
    let version = ManagedPolicyRecord.Version(id: "v\(policy.nextVersion)", text: input.policyDocument, created: now)
    policy.nextVersion += 1
    policy.versions.append(version)
    if input.setAsDefault == true { policy.defaultVersion = version.id }
    policy.updated = now
    try transaction.put(policy, in: try scope(context))
    return CreatePolicyVersionResponse(policyVersion: PolicyVersion(version, of: policy, withDocument: false))
  }

  static func version(
    _ id: String, of policy: ManagedPolicyRecord
  ) throws(AWSError) -> ManagedPolicyRecord.Version {
    guard let version = policy.versions.first(where: { $0.id == id }) else {
      throw .noSuchEntity("Policy \(policy.arn) version \(id) does not exist or is not attachable.")
    }
    return version
  }

  static func getVersion(
    _ input: GetPolicyVersionRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetPolicyVersionResponse {
    let policy = try find(input.policyArn, context, transaction)
    return GetPolicyVersionResponse(policyVersion: PolicyVersion(try version(input.versionId, of: policy), of: policy))
  }

  static func listVersions(
    _ input: ListPolicyVersionsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListPolicyVersionsResponse {
    let policy = try find(input.policyArn, context, transaction)
    // Newest first, as AWS lists them: ordered by the distance from the next number.
    let page = try Page(
      policy.versions, after: input.marker, limit: input.maxItems,
      by: { String(1_000_000 - (Int($0.id.dropFirst()) ?? 0)) })
    return ListPolicyVersionsResponse(
      versions: page.items.map { PolicyVersion($0, of: policy, withDocument: false) }, isTruncated: page.isTruncated,
      marker: page.marker)
  }

  static func deleteVersion(
    _ input: DeletePolicyVersionRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var policy = try modifiable(input.policyArn, "DeletePolicyVersion", context, transaction)
    let version = try version(input.versionId, of: policy)
    guard version.id != policy.defaultVersion else {
      throw .deleteConflict("Cannot delete the default version of a policy.")
    }
    policy.versions.removeAll { $0.id == version.id }
    policy.updated = transaction.now.wholeSeconds
    try transaction.put(policy, in: try scope(context))
    return NoMembers()
  }

  static func setDefaultVersion(
    _ input: SetDefaultPolicyVersionRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var policy = try modifiable(input.policyArn, "SetDefaultPolicyVersion", context, transaction)
    policy.defaultVersion = try version(input.versionId, of: policy).id
    policy.updated = transaction.now.wholeSeconds
    try transaction.put(policy, in: try scope(context))
    return NoMembers()
  }

  static func entities(
    _ input: ListEntitiesForPolicyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListEntitiesForPolicyResponse {
    let policy = try find(input.policyArn, context, transaction)
    let scope = Scope(try context.account)
    let asPolicy = input.policyUsageFilter != "PermissionsBoundary"
    let asBoundary = input.policyUsageFilter != "PermissionsPolicy"
    let prefix = input.pathPrefix ?? "/"
    func isMeant(_ kind: String) -> Bool { input.entityFilter == nil || input.entityFilter == kind }
    func uses(_ holder: some PolicyHolder, _ boundary: String?) -> Bool {
      holder.path.hasPrefix(prefix)
        && (asPolicy && holder.attachedPolicies.contains(policy.arn) || asBoundary && boundary == policy.arn)
    }
    var found: [(kind: String, name: String, id: String)] = []
    if isMeant("Group") {
      for group in try transaction.scan(GroupRecord.self, in: scope) where uses(group, nil) {
        found.append(("group", group.name, group.id))
      }
    }
    if isMeant("Role") {
      for role in try transaction.scan(RoleRecord.self, in: scope) where uses(role, role.boundary) {
        found.append(("role", role.name, role.id))
      }
    }
    if isMeant("User") {
      for user in try transaction.scan(UserRecord.self, in: scope) where uses(user, user.boundary) {
        found.append(("user", user.name, user.id))
      }
    }
    let page = try Page(
      found, after: input.marker, limit: input.maxItems, by: { "\($0.kind)/\($0.name.lowercased())" })
    return ListEntitiesForPolicyResponse(
      policyGroups: page.items.filter { $0.kind == "group" }.map { PolicyGroup(groupName: $0.name, groupId: $0.id) },
      policyUsers: page.items.filter { $0.kind == "user" }.map { PolicyUser(userName: $0.name, userId: $0.id) },
      policyRoles: page.items.filter { $0.kind == "role" }.map { PolicyRole(roleName: $0.name, roleId: $0.id) },
      isTruncated: page.isTruncated, marker: page.marker)
  }
}
