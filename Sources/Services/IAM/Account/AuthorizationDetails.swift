import Cloud
import Identity
import Wire

/// Everything about an account's permissions in one list.
enum AuthorizationDetails {
  /// One entry of the list, before it is made into a shape.
  private enum Entry {
    case user(UserRecord)
    case group(GroupRecord)
    case role(RoleRecord)
    case policy(ManagedPolicyRecord)

    var name: String {
      switch self {
      case .user(let user): "1/" + user.name.lowercased()
      case .group(let group): "2/" + group.name.lowercased()
      case .role(let role): "3/" + role.name.lowercased()
      case .policy(let policy): "4/" + policy.arn
      }
    }
  }

  static func get(
    _ input: GetAccountAuthorizationDetailsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetAccountAuthorizationDetailsResponse {
    let account = try context.account
    let scope = Scope(account)
    let uses = try PolicyUses(in: account, transaction)
    func isMeant(_ kind: String) -> Bool { input.filter?.contains(kind) ?? true }
    var entries: [Entry] = []
    if isMeant("User") { entries += try transaction.scan(UserRecord.self, in: scope).map { .user($0) } }
    if isMeant("Group") { entries += try transaction.scan(GroupRecord.self, in: scope).map { .group($0) } }
    if isMeant("Role") { entries += try transaction.scan(RoleRecord.self, in: scope).map { .role($0) } }
    if isMeant("LocalManagedPolicy") {
      entries += try transaction.scan(ManagedPolicyRecord.self, in: scope).map { .policy($0) }
    }
    // Of AWS's own policies, those that are in use.
    if isMeant("AWSManagedPolicy") {
      entries += AWSManagedPolicies.all.filter { uses.attachments(of: $0.arn) + uses.boundaries(of: $0.arn) > 0 }
        .map { .policy($0) }
    }
    let page = try Page(entries, after: input.marker, limit: input.maxItems, by: \.name)
    var users: [UserDetail] = []
    var groups: [GroupDetail] = []
    var roles: [RoleDetail] = []
    var policies: [ManagedPolicyDetail] = []
    for entry in page.items {
      switch entry {
      case .user(let user): users.append(try detail(user, transaction))
      case .group(let group): groups.append(try detail(group, transaction))
      case .role(let role): roles.append(try detail(role, transaction))
      case .policy(let policy): policies.append(detail(policy, uses))
      }
    }
    return GetAccountAuthorizationDetailsResponse(
      userDetailList: users, groupDetailList: groups, roleDetailList: roles, policies: policies,
      isTruncated: page.isTruncated, marker: page.marker)
  }

  private static func inline(_ holder: some PolicyHolder) -> [PolicyDetail] {
    holder.inlinePolicies.map {
      PolicyDetail(policyName: $0.name, policyDocument: Percent.encode($0.policy.text))
    }
  }

  private static func attached(
    _ holder: some PolicyHolder, _ transaction: Transaction
  ) throws(AWSError) -> [AttachedPolicy] {
    var result: [AttachedPolicy] = []
    for arn in holder.attachedPolicies {
      let name = try ManagedPolicyRecord.find(arn: arn, transaction)?.name
      result.append(AttachedPolicy(policyName: name, policyArn: arn))
    }
    return result
  }

  private static func detail(_ user: UserRecord, _ transaction: Transaction) throws(AWSError) -> UserDetail {
    UserDetail(
      path: user.path, userName: user.name, userId: user.id, arn: user.arn, createDate: user.created,
      userPolicyList: inline(user), groupList: user.groups, attachedManagedPolicies: try attached(user, transaction),
      permissionsBoundary: AttachedPermissionsBoundary(user.boundary), tags: user.tags.map(Tag.init))
  }

  private static func detail(_ group: GroupRecord, _ transaction: Transaction) throws(AWSError) -> GroupDetail {
    GroupDetail(
      path: group.path, groupName: group.name, groupId: group.id, arn: group.arn, createDate: group.created,
      groupPolicyList: inline(group), attachedManagedPolicies: try attached(group, transaction))
  }

  private static func detail(_ role: RoleRecord, _ transaction: Transaction) throws(AWSError) -> RoleDetail {
    var profiles: [InstanceProfile] = []
    for profile in try InstanceProfiles.all(of: role, transaction) {
      profiles.append(try InstanceProfile(profile, isWhole: false, transaction))
    }
    let shape = try Role(role, transaction)
    return RoleDetail(
      path: role.path, roleName: role.name, roleId: role.id, arn: role.arn, createDate: role.created,
      assumeRolePolicyDocument: shape.assumeRolePolicyDocument, instanceProfileList: profiles,
      rolePolicyList: inline(role), attachedManagedPolicies: try attached(role, transaction),
      permissionsBoundary: shape.permissionsBoundary, tags: role.tags.map(Tag.init), roleLastUsed: shape.roleLastUsed)
  }

  private static func detail(_ policy: ManagedPolicyRecord, _ uses: PolicyUses) -> ManagedPolicyDetail {
    ManagedPolicyDetail(
      policyName: policy.name, policyId: policy.id, arn: policy.arn, path: policy.path,
      defaultVersionId: policy.defaultVersion, attachmentCount: uses.attachments(of: policy.arn),
      permissionsBoundaryUsageCount: uses.boundaries(of: policy.arn), isAttachable: true,
      description: policy.description, createDate: policy.created, updateDate: policy.updated,
      policyVersionList: policy.versions.reversed().map { PolicyVersion($0, of: policy) })
  }
}
