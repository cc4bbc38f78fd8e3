import Cloud
import Identity
import Wire

/// Managed policies attached to users, groups and roles.
enum Attachments {
  /// Attaches a policy; doing so again changes nothing.
  private static func attach<Holder: PolicyHolder>(
    _ arn: String, to holder: Holder, quota: String, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) {
    let policy = try ManagedPolicies.attachable(arn, context, transaction)
    if holder.attachedPolicies.contains(policy.arn) { return }
    guard holder.attachedPolicies.count < Quota.attachedPolicies else {
      throw .quota(quota, Quota.attachedPolicies)
    }
    var changed = holder
    changed.attachedPolicies.append(policy.arn)
    try transaction.put(changed, in: holder.scope)
  }

  private static func detach<Holder: PolicyHolder>(
    _ arn: String, from holder: Holder, _ transaction: Transaction
  ) throws(AWSError) {
    guard ARN(arn) != nil else { throw .invalidInput("ARN \(arn) is not valid.") }
    var changed = holder
    changed.attachedPolicies.removeAll { $0 == arn }
    guard changed.attachedPolicies.count < holder.attachedPolicies.count else { throw .noSuchPolicy(arn) }
    try transaction.put(changed, in: holder.scope)
  }

  /// The attached policies whose path begins with `prefix`.
  private static func page(
    of holder: some PolicyHolder, _ prefix: String?, _ marker: String?, _ limit: Int?, _ transaction: Transaction
  ) throws(AWSError) -> Page<AttachedPolicy> {
    var all: [AttachedPolicy] = []
    for arn in holder.attachedPolicies {
      guard let policy = try ManagedPolicyRecord.find(arn: arn, transaction), policy.path.hasPrefix(prefix ?? "/")
      else {
        continue
      }
      all.append(AttachedPolicy(policyName: policy.name, policyArn: arn))
    }
    return try Page(all, after: marker, limit: limit, by: { $0.policyArn ?? "" })
  }

  // MARK: Users

  static func attachUser(
    _ input: AttachUserPolicyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let user = try Users.find(input.userName, context, transaction)
    try attach(input.policyArn, to: user, quota: "PoliciesPerUser", context, transaction)
    return NoMembers()
  }

  static func detachUser(
    _ input: DetachUserPolicyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    try detach(input.policyArn, from: try Users.find(input.userName, context, transaction), transaction)
    return NoMembers()
  }

  static func listUser(
    _ input: ListAttachedUserPoliciesRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListAttachedUserPoliciesResponse {
    let user = try Users.find(input.userName, context, transaction)
    let page = try page(of: user, input.pathPrefix, input.marker, input.maxItems, transaction)
    return ListAttachedUserPoliciesResponse(
      attachedPolicies: page.items, isTruncated: page.isTruncated, marker: page.marker)
  }

  // MARK: Groups

  static func attachGroup(
    _ input: AttachGroupPolicyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let group = try Groups.find(input.groupName, context, transaction)
    try attach(input.policyArn, to: group, quota: "PoliciesPerGroup", context, transaction)
    return NoMembers()
  }

  static func detachGroup(
    _ input: DetachGroupPolicyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    try detach(input.policyArn, from: try Groups.find(input.groupName, context, transaction), transaction)
    return NoMembers()
  }

  static func listGroup(
    _ input: ListAttachedGroupPoliciesRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListAttachedGroupPoliciesResponse {
    let group = try Groups.find(input.groupName, context, transaction)
    let page = try page(of: group, input.pathPrefix, input.marker, input.maxItems, transaction)
    return ListAttachedGroupPoliciesResponse(
      attachedPolicies: page.items, isTruncated: page.isTruncated, marker: page.marker)
  }

  // MARK: Roles

  static func attachRole(
    _ input: AttachRolePolicyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let role = try Roles.modifiable(input.roleName, context, transaction)
    try attach(input.policyArn, to: role, quota: "PoliciesPerRole", context, transaction)
    return NoMembers()
  }

  static func detachRole(
    _ input: DetachRolePolicyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    try detach(input.policyArn, from: try Roles.modifiable(input.roleName, context, transaction), transaction)
    return NoMembers()
  }

  static func listRole(
    _ input: ListAttachedRolePoliciesRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListAttachedRolePoliciesResponse {
    let role = try Roles.find(input.roleName, context, transaction)
    let page = try page(of: role, input.pathPrefix, input.marker, input.maxItems, transaction)
    return ListAttachedRolePoliciesResponse(
      attachedPolicies: page.items, isTruncated: page.isTruncated, marker: page.marker)
  }
}
