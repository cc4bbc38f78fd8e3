import Cloud
import Identity
import Wire

/// Tags of IAM resources. Keys that differ only in case are one.
enum Tags {
  /// Adds tags, or replaces those of the same keys.
  /// - Throws: InvalidInput; LimitExceeded past fifty.
  static func add(_ new: [Tag], to tags: inout [IdentityTag]) throws(AWSError) {
    for tag in try Tag.records(new) {
      if let position = tags.firstIndex(where: { $0.key.lowercased() == tag.key.lowercased() }) {
        tags[position] = tag
      } else {
        tags.append(tag)
      }
    }
    guard tags.count <= Quota.tags else {
      throw .limitExceeded("The number of tags has reached the maximum limit.")
    }
  }

  static func remove(_ keys: [String], from tags: inout [IdentityTag]) {
    let gone = Set(keys.map { $0.lowercased() })
    tags.removeAll { gone.contains($0.key.lowercased()) }
  }

  /// A customer's policy; AWS's own have no tags.
  private static func policy(
    _ arn: String, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ManagedPolicyRecord {
    let policy = try ManagedPolicies.find(arn, context, transaction)
    guard policy.account != nil else {
      throw .invalidInput("Invalid ARN: Could not be parsed!")
    }
    return policy
  }

  // MARK: Users

  static func tagUser(
    _ input: TagUserRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var user = try Users.find(input.userName, context, transaction)
    try add(input.tags, to: &user.tags)
    try transaction.put(user, in: user.scope)
    return NoMembers()
  }

  static func untagUser(
    _ input: UntagUserRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var user = try Users.find(input.userName, context, transaction)
    remove(input.tagKeys, from: &user.tags)
    try transaction.put(user, in: user.scope)
    return NoMembers()
  }

  static func listUser(
    _ input: ListUserTagsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListUserTagsResponse {
    let user = try Users.find(input.userName, context, transaction)
    let page = try Page(user.tags, after: input.marker, limit: input.maxItems, by: \.key)
    return ListUserTagsResponse(
      tags: page.items.map(Tag.init), isTruncated: page.isTruncated, marker: page.marker)
  }

  // MARK: Roles

  static func tagRole(
    _ input: TagRoleRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var role = try Roles.modifiable(input.roleName, context, transaction)
    try add(input.tags, to: &role.tags)
    try transaction.put(role, in: role.scope)
    return NoMembers()
  }

  static func untagRole(
    _ input: UntagRoleRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var role = try Roles.modifiable(input.roleName, context, transaction)
    remove(input.tagKeys, from: &role.tags)
    try transaction.put(role, in: role.scope)
    return NoMembers()
  }

  static func listRole(
    _ input: ListRoleTagsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListRoleTagsResponse {
    let role = try Roles.find(input.roleName, context, transaction)
    let page = try Page(role.tags, after: input.marker, limit: input.maxItems, by: \.key)
    return ListRoleTagsResponse(
      tags: page.items.map(Tag.init), isTruncated: page.isTruncated, marker: page.marker)
  }

  // MARK: Policys

  static func tagPolicy(
    _ input: TagPolicyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var policy = try policy(input.policyArn, context, transaction)
    try add(input.tags, to: &policy.tags)
    try transaction.put(policy, in: Scope(try context.account))
    return NoMembers()
  }

  static func untagPolicy(
    _ input: UntagPolicyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var policy = try policy(input.policyArn, context, transaction)
    remove(input.tagKeys, from: &policy.tags)
    try transaction.put(policy, in: Scope(try context.account))
    return NoMembers()
  }

  static func listPolicy(
    _ input: ListPolicyTagsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListPolicyTagsResponse {
    let policy = try policy(input.policyArn, context, transaction)
    let page = try Page(policy.tags, after: input.marker, limit: input.maxItems, by: \.key)
    return ListPolicyTagsResponse(
      tags: page.items.map(Tag.init), isTruncated: page.isTruncated, marker: page.marker)
  }

  // MARK: InstanceProfiles

  static func tagInstanceProfile(
    _ input: TagInstanceProfileRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var profile = try InstanceProfiles.find(input.instanceProfileName, context, transaction)
    try add(input.tags, to: &profile.tags)
    try transaction.put(profile, in: Scope(profile.account))
    return NoMembers()
  }

  static func untagInstanceProfile(
    _ input: UntagInstanceProfileRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var profile = try InstanceProfiles.find(input.instanceProfileName, context, transaction)
    remove(input.tagKeys, from: &profile.tags)
    try transaction.put(profile, in: Scope(profile.account))
    return NoMembers()
  }

  static func listInstanceProfile(
    _ input: ListInstanceProfileTagsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListInstanceProfileTagsResponse {
    let profile = try InstanceProfiles.find(input.instanceProfileName, context, transaction)
    let page = try Page(profile.tags, after: input.marker, limit: input.maxItems, by: \.key)
    return ListInstanceProfileTagsResponse(
      tags: page.items.map(Tag.init), isTruncated: page.isTruncated, marker: page.marker)
  }

  // MARK: OpenIDConnectProviders

  static func tagOpenIDConnectProvider(
    _ input: TagOpenIDConnectProviderRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var provider = try OpenIDProviders.find(input.openIDConnectProviderArn, context, transaction)
    try add(input.tags, to: &provider.tags)
    try transaction.put(provider, in: Scope(provider.account))
    return NoMembers()
  }

  static func untagOpenIDConnectProvider(
    _ input: UntagOpenIDConnectProviderRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var provider = try OpenIDProviders.find(input.openIDConnectProviderArn, context, transaction)
    remove(input.tagKeys, from: &provider.tags)
    try transaction.put(provider, in: Scope(provider.account))
    return NoMembers()
  }

  static func listOpenIDConnectProvider(
    _ input: ListOpenIDConnectProviderTagsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListOpenIDConnectProviderTagsResponse {
    let provider = try OpenIDProviders.find(input.openIDConnectProviderArn, context, transaction)
    let page = try Page(provider.tags, after: input.marker, limit: input.maxItems, by: \.key)
    return ListOpenIDConnectProviderTagsResponse(
      tags: page.items.map(Tag.init), isTruncated: page.isTruncated, marker: page.marker)
  }

  // MARK: SAMLProviders

  static func tagSAMLProvider(
    _ input: TagSAMLProviderRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var provider = try SAMLProviders.find(input.samlProviderArn, context, transaction)
    try add(input.tags, to: &provider.tags)
    try transaction.put(provider, in: Scope(provider.account))
    return NoMembers()
  }

  static func untagSAMLProvider(
    _ input: UntagSAMLProviderRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var provider = try SAMLProviders.find(input.samlProviderArn, context, transaction)
    remove(input.tagKeys, from: &provider.tags)
    try transaction.put(provider, in: Scope(provider.account))
    return NoMembers()
  }

  static func listSAMLProvider(
    _ input: ListSAMLProviderTagsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListSAMLProviderTagsResponse {
    let provider = try SAMLProviders.find(input.samlProviderArn, context, transaction)
    let page = try Page(provider.tags, after: input.marker, limit: input.maxItems, by: \.key)
    return ListSAMLProviderTagsResponse(
      tags: page.items.map(Tag.init), isTruncated: page.isTruncated, marker: page.marker)
  }
}
