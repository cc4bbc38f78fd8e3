import Cloud
import Identity
import Policy
import Wire

/// PutResourcePolicy, DescribeResourcePolicy and DeleteResourcePolicy: the policy by which an organization lets member accounts
/// call operations that otherwise only the management account may call.
enum DelegationPolicy {
  /// The id of the policy that is there, for checks.
  static func ids(_ context: Context, _ transaction: Transaction) throws(AWSError) -> [String] {
    let organization = try OrganizationAccess.standing(context, transaction).organization
    return organization?.resourcePolicyID.map { [$0] } ?? []
  }

  static func putAccess(
    _ input: PutResourcePolicyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> [AccessCheck] {
    let tags = OrganizationAccess.tagKeys(input.tags)
    var checks = try OrganizationAccess.checks(
      "PutResourcePolicy", .management, on: ids(context, transaction), keys: tags, context, transaction)
    if !tags.isEmpty {
      checks += try OrganizationAccess.checks(
        "TagResource", .management, on: ids(context, transaction), keys: tags, context, transaction)
    }
    return checks
  }

  /// Recorded from AWS: the answer has the text compact, and accounts' numbers as the ARNs of their root users; tags can only
  /// come with the first policy.
  static func put(
    _ input: PutResourcePolicyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> PutResourcePolicyResponse {
    var organization = try OrganizationAccess.organization(context, transaction)
    guard organization.featureSet == .all else { throw .needsAllFeatures() }
    if organization.resourcePolicyID != nil, input.tags?.isEmpty == false {
      throw .constraint(
        "UPDATE_EXISTING_RESOURCE_POLICY_WITH_TAGS_NOT_SUPPORTED",
        "Adding tags on updating an existing resource-based policy is not supported.")
    }
    try DelegationPolicyRules.check(input.content, organization, transaction)
    let pinned: String
    do { pinned = try Principals.pin(input.content, in: transaction) } catch {
      throw error.code == "MalformedPolicyDocument" ? .invalidResourcePolicy() : error
    }
    let id = organization.resourcePolicyID ?? EntityID.resourcePolicy(transaction.random)
    organization.resourcePolicyID = id
    organization.resourcePolicy = pinned
    try transaction.save(organization)
    try ResourceTags.add(input.tags, to: id, in: organization.id, transaction)
    return PutResourcePolicyResponse(resourcePolicy: try answer(organization, transaction))
  }

  static func describe(
    _ input: NoMembers, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> DescribeResourcePolicyResponse {
    let organization = try OrganizationAccess.organization(context, transaction)
    return DescribeResourcePolicyResponse(resourcePolicy: try answer(organization, transaction))
  }

  static func delete(
    _ input: NoMembers, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var organization = try OrganizationAccess.organization(context, transaction)
    guard let id = organization.resourcePolicyID else { throw missing() }
    try ResourceTags.removeAll(from: id, in: organization.id, transaction)
    organization.resourcePolicyID = nil
    organization.resourcePolicy = nil
    try transaction.save(organization)
    return NoMembers()
  }

  private static func answer(
    _ organization: OrganizationRecord, _ transaction: Transaction
  ) throws(AWSError) -> ResourcePolicy {
    guard let id = organization.resourcePolicyID, let text = organization.resourcePolicy else { throw missing() }
    return ResourcePolicy(
      resourcePolicySummary: ResourcePolicySummary(id: id, arn: organization.arn(of: id)),
      content: try Principals.render(text, in: transaction))
  }

  private static func missing() -> AWSError {
    AWSError("ResourcePolicyNotFoundException", "No resource-based policy found.", status: 400)
  }
}

extension AWSError {
  static func invalidResourcePolicy() -> AWSError {
    .invalidInput("INVALID_RESOURCE_POLICY_JSON", "This resource-based policy contains invalid JSON.")
  }
}
