import Cloud
import Identity
import Wire

/// Which permissions the operations on policies need.
///
/// AWS: service authorization reference, "Actions, resources, and condition keys for AWS Organizations".
enum PolicyAccess {
  typealias Keys = [(name: String, value: ConditionValue)]

  /// The condition key of a policy's type.
  static func keys(_ type: String?) -> Keys {
    type.map { [(name: "organizations:PolicyType", value: .single($0))] } ?? []
  }

  /// The check of an operation on a policy that exists, and on a target.
  static func check(
    _ action: String, _ reach: OrganizationAccess.Reach, policy: String, target: String? = nil, _ context: Context,
    _ transaction: Transaction
  ) throws(AWSError) -> [AccessCheck] {
    var type = AWSManagedOrganizationPolicy.find(policy)?.type
    if type == nil, let organization = try OrganizationAccess.standing(context, transaction).organization {
      type = try organization.findPolicy(policy, transaction)?.type
    }
    return try OrganizationAccess.checks(
      action, reach, on: [policy] + (target.map { [$0] } ?? []), keys: keys(type), context, transaction)
  }

  /// Who creates a policy with tags needs the permission to tag it, too.
  static func create(
    _ input: CreatePolicyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> [AccessCheck] {
    let tags = OrganizationAccess.tagKeys(input.tags)
    var checks = try OrganizationAccess.checks(
      "CreatePolicy", .resourcePolicy, keys: keys(input.type) + tags, context, transaction)
    if !tags.isEmpty {
      checks += try OrganizationAccess.checks("TagResource", .resourcePolicy, keys: tags, context, transaction)
    }
    return checks
  }
}
