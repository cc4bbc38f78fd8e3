import Cloud
import Identity
import Wire

/// Policies written into users, groups and roles.
enum InlinePolicies {
  /// Adds or replaces a policy of a holder.
  /// - Throws: MalformedPolicyDocument; LimitExceeded when all its inline policies together become too long.
  private static func put<Holder: PolicyHolder>(
    _ name: String, _ text: String, into holder: Holder, _ kind: String, limit: Int, _ transaction: Transaction
  ) throws(AWSError) {
    try PolicyChecks.identity(text)
    var changed = holder
    changed.putInlinePolicy(InlinePolicy(name: name, text: text))
    let size = changed.inlinePolicies.reduce(0) { $0 + PolicyChecks.size($1.policy.text) }
    guard size <= limit else {
      throw .limitExceeded("Maximum policy size of \(limit) bytes exceeded for \(kind) \(holder.name)")
    }
    try transaction.put(changed, in: holder.scope)
  }

  private static func text(_ name: String, of holder: some PolicyHolder, _ kind: String) throws(AWSError) -> String {
    guard let text = holder.inlinePolicy(name) else { throw .noSuchInlinePolicy(name, of: kind) }
    return Percent.encode(text)
  }

  private static func remove<Holder: PolicyHolder>(
    _ name: String, from holder: Holder, _ kind: String, _ transaction: Transaction
  ) throws(AWSError) {
    var changed = holder
    guard changed.removeInlinePolicy(name) else { throw .noSuchInlinePolicy(name, of: kind) }
    try transaction.put(changed, in: holder.scope)
  }

  // MARK: Users

  static func putUser(
    _ input: PutUserPolicyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let user = try Users.find(input.userName, context, transaction)
    try put(input.policyName, input.policyDocument, into: user, "user", limit: Quota.userPolicySize, transaction)
    return NoMembers()
  }

  static func getUser(
    _ input: GetUserPolicyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetUserPolicyResponse {
    let user = try Users.find(input.userName, context, transaction)
    return GetUserPolicyResponse(
      userName: user.name, policyName: input.policyName, policyDocument: try text(input.policyName, of: user, "user"))
  }

  static func listUser(
    _ input: ListUserPoliciesRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListUserPoliciesResponse {
    let user = try Users.find(input.userName, context, transaction)
    let page = try Page(user.inlinePolicies.map(\.name), after: input.marker, limit: input.maxItems, by: { $0 })
    return ListUserPoliciesResponse(policyNames: page.items, isTruncated: page.isTruncated, marker: page.marker)
  }

  static func deleteUser(
    _ input: DeleteUserPolicyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let user = try Users.find(input.userName, context, transaction)
    try remove(input.policyName, from: user, "user", transaction)
    return NoMembers()
  }

  // MARK: Groups

  static func putGroup(
    _ input: PutGroupPolicyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let group = try Groups.find(input.groupName, context, transaction)
    try put(input.policyName, input.policyDocument, into: group, "group", limit: Quota.groupPolicySize, transaction)
    return NoMembers()
  }

  static func getGroup(
    _ input: GetGroupPolicyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetGroupPolicyResponse {
    let group = try Groups.find(input.groupName, context, transaction)
    return GetGroupPolicyResponse(
      groupName: group.name, policyName: input.policyName,
      policyDocument: try text(input.policyName, of: group, "group"))
  }

  static func listGroup(
    _ input: ListGroupPoliciesRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListGroupPoliciesResponse {
    let group = try Groups.find(input.groupName, context, transaction)
    let page = try Page(group.inlinePolicies.map(\.name), after: input.marker, limit: input.maxItems, by: { $0 })
    return ListGroupPoliciesResponse(policyNames: page.items, isTruncated: page.isTruncated, marker: page.marker)
  }

  static func deleteGroup(
    _ input: DeleteGroupPolicyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let group = try Groups.find(input.groupName, context, transaction)
    try remove(input.policyName, from: group, "group", transaction)
    return NoMembers()
  }

  // MARK: Roles

  static func putRole(
    _ input: PutRolePolicyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let role = try Roles.modifiable(input.roleName, context, transaction)
    try put(input.policyName, input.policyDocument, into: role, "role", limit: Quota.rolePolicySize, transaction)
    return NoMembers()
  }

  static func getRole(
    _ input: GetRolePolicyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetRolePolicyResponse {
    let role = try Roles.find(input.roleName, context, transaction)
    return GetRolePolicyResponse(
      roleName: role.name, policyName: input.policyName, policyDocument: try text(input.policyName, of: role, "role"))
  }

  static func listRole(
    _ input: ListRolePoliciesRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListRolePoliciesResponse {
    let role = try Roles.find(input.roleName, context, transaction)
    let page = try Page(role.inlinePolicies.map(\.name), after: input.marker, limit: input.maxItems, by: { $0 })
    return ListRolePoliciesResponse(policyNames: page.items, isTruncated: page.isTruncated, marker: page.marker)
  }

  static func deleteRole(
    _ input: DeleteRolePolicyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let role = try Roles.modifiable(input.roleName, context, transaction)
    try remove(input.policyName, from: role, "role", transaction)
    return NoMembers()
  }
}
