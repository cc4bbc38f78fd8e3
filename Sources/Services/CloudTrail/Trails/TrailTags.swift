import Cloud
import Wire

/// AddTags, RemoveTags, ListTags.
enum TrailTags {
  static func add(
    _ input: AddTagsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> AddTagsResponse {
    var trail = try changeable(input.resourceId, context, transaction)
    trail.tags = try checked(input.tagsList, on: trail.tags)
    try transaction.put(trail, in: trail.scope)
    return AddTagsResponse()
  }

  static func remove(
    _ input: RemoveTagsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> RemoveTagsResponse {
    var trail = try changeable(input.resourceId, context, transaction)
    for tag in input.tagsList where tag.value == nil || trail.tags[tag.key] == tag.value {
      trail.tags[tag.key] = nil
    }
    try transaction.put(trail, in: trail.scope)
    return RemoveTagsResponse()
  }

  static func list(
    _ input: ListTagsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListTagsResponse {
    // AWS: CloudTrail API, ListTags: up to 20 ARNs.
    guard input.resourceIdList.count <= 20 else {
      throw .trail("InvalidParameterException", "You can list the tags of at most 20 resources.")  // unverified
    }
    var tags: [ResourceTag] = []
    for id in input.resourceIdList {
      let trail = try resource(id, context, transaction)
      tags.append(
        ResourceTag(
          resourceId: id, tagsList: trail.tags.sorted { $0.key < $1.key }.map { Tag(key: $0.key, value: $0.value) }))
    }
    return ListTagsResponse(resourceTagList: tags)
  }

  /// Tags with others on them. AWS: CloudTrail API, AddTags: up to 50 on a trail.
  /// - Throws: TagsLimitExceededException, InvalidTagParameterException.
  static func checked(_ tags: [Tag], on present: [String: String]) throws(AWSError) -> [String: String] {
    var result = present
    var seen: Set<String> = []
    for tag in tags {
      let isValid = (1...128).contains(tag.key.utf16.count) && (tag.value ?? "").utf16.count <= 256
      // unverified: words
      guard isValid, !tag.key.lowercased().hasPrefix("aws:"), seen.insert(tag.key).inserted else {
        throw .trail("InvalidTagParameterException", "Tag key or values specified are not valid: \(tag.key)")
      }
      result[tag.key] = tag.value ?? ""
    }
    guard result.count <= 50 else {
      throw .trail("TagsLimitExceededException", "The number of tags per trail has exceeded the limit of 50.")
    }
    return result
  }

  private static func changeable(
    _ id: String, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> TrailRecord {
    _ = try resource(id, context, transaction)
    return try TrailFinding.changeable(id, context, transaction)
  }

  /// A trail by its ARN; tags know no names.
  private static func resource(
    _ id: String, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> TrailRecord {
    guard case .arn(_, let region, let owner, _) = try TrailName.parse(id) else {
      throw .invalidARN("The ARN \(id) is not valid.")
    }
    let account = try context.account
    if owner != account, try Organizations.of(account, transaction)?.managementAccount != owner {
      throw .invalidARN("AccountID in ARN is wrong, you can only access resources with AccountID \(account).")
    }
    guard region == context.region else {
      throw .trail("ResourceNotFoundException", "Resource \(id) is not found.")  // unverified: words
    }
    do throws(AWSError) { return try TrailFinding.seen(id, context, transaction) } catch {
      guard error.code == "TrailNotFoundException" else { throw error }
      throw .trail("ResourceNotFoundException", "Resource \(id) is not found.")
    }
  }
}
