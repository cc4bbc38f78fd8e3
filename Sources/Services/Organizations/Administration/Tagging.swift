import Cloud
import Identity
import Wire

/// TagResource, UntagResource and ListTagsForResource: for the root, units, accounts, policies and the delegation policy.
enum Tagging {
  static func tag(
    _ input: TagResourceRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let organization = try resource(input.resourceId, context, transaction)
    try ResourceTags.add(input.tags, to: input.resourceId, in: organization.id, transaction)
    return NoMembers()
  }

  static func untag(
    _ input: UntagResourceRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let organization = try resource(input.resourceId, context, transaction)
    try ResourceTags.remove(input.tagKeys, from: input.resourceId, in: organization.id, transaction)
    return NoMembers()
  }

  static func list(
    _ input: ListTagsForResourceRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListTagsForResourceResponse {
    let organization = try resource(input.resourceId, context, transaction)
    let tags = try ResourceTags.all(of: input.resourceId, in: organization.id, transaction)
    let page = try Paging.page(
      tags, by: \.key, token: input.nextToken, size: nil, of: "tags \(input.resourceId)")
    return ListTagsForResourceResponse(
      tags: page.items.map { Tag(key: $0.key, value: $0.value) }, nextToken: page.nextToken)
  }

  /// The caller's organization, if it has a resource with this id that can have tags. AWS's own policies can't.
  /// - Throws: TargetNotFoundException.
  private static func resource(
    _ id: String, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> OrganizationRecord {
    let organization = try OrganizationAccess.organization(context, transaction)
    switch EntityID.kind(of: id) {
    case .policy:
      guard try organization.findPolicy(id, transaction) != nil else { throw .notFound(.target) }
    case .resourcePolicy:
      guard organization.resourcePolicyID == id else { throw .notFound(.target) }
    default: _ = try organization.target(id, transaction)
    }
    return organization
  }
}
