import Cloud
import Wire

/// TagResource, UntagResource and ListResourceTags.
enum KeyTags {
  /// AWS: KMS developer guide, "Tags in AWS KMS".
  static let limit = 50

  /// Tags of a request by key.
  /// - Throws: TagException, LimitExceededException.
  static func read(_ tags: [Tag]?) throws(AWSError) -> [String: String] {
    var result: [String: String] = [:]
    for tag in tags ?? [] {
      if tag.tagKey.hasPrefix("aws:") { throw .tagging("Tags beginning with aws: are reserved") }  // unverified: words
      if result.updateValue(tag.tagValue, forKey: tag.tagKey) != nil { throw .tagging("Duplicate tag keys") }
    }
    if result.count > limit { throw .limitExceeded("Too many tags") }  // unverified: words
    return result
  }

  static func tag(
    _ input: TagResourceRequest, _ target: KeyTarget, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    try target.requireNotPendingDeletion()
    var record = target.record
    record.tags.merge(try read(input.tags)) { _, new in new }
    if record.tags.count > limit { throw .limitExceeded("Too many tags") }
    try transaction.update(target.record, to: record, in: record.scope)
    return NoMembers()
  }

  static func untag(
    _ input: UntagResourceRequest, _ target: KeyTarget, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    try target.requireNotPendingDeletion()
    var record = target.record
    for key in input.tagKeys { record.tags[key] = nil }
    try transaction.update(target.record, to: record, in: record.scope)
    return NoMembers()
  }

  static func list(
    _ input: ListResourceTagsRequest, _ target: KeyTarget, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListResourceTagsResponse {
    let page = try Page(
      target.record.tags.sorted { $0.key < $1.key }, limit: input.limit, standard: 50, marker: input.marker
    ) { $0.key }
    return ListResourceTagsResponse(
      tags: page.items.map { Tag(tagKey: $0.key, tagValue: $0.value) }, nextMarker: page.next,
      truncated: page.next != nil)
  }
}
