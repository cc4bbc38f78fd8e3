import Cloud
import Wire

/// TagResource, UntagResource and ListTagsForResource: only topics have tags.
enum Tagging {
  private static let limit = 50

  static func tag(
    _ input: TagResourceRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> TagResourceResponse {
    let tags = try dictionary(input.tags)
    try change(input.resourceArn, context, transaction) { $0.merge(tags) { _, new in new } }
    return TagResourceResponse()
  }

  static func untag(
    _ input: UntagResourceRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> UntagResourceResponse {
    try change(input.resourceArn, context, transaction) { tags in for key in input.tagKeys { tags[key] = nil } }
    return UntagResourceResponse()
  }

  static func list(
    _ input: ListTagsForResourceRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListTagsForResourceResponse {
    let topic = try topic(input.resourceArn, context, transaction).record
    return ListTagsForResourceResponse(
      tags: topic.tags.sorted { $0.key < $1.key }.map { Tag(key: $0.key, value: $0.value) })
  }

  private static func topic(
    _ arn: String, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> (location: TopicLocation, record: TopicRecord) {
    let location = try TopicLocation(arn, context, parameter: "ResourceArn")
    guard let record = try location.find(transaction) else { throw .resourceNotFound() }
    return (location, record)
  }

  private static func change(
    _ arn: String, _ context: Context, _ transaction: Transaction, _ body: (inout [String: String]) -> Void
  ) throws(AWSError) {
    let (location, old) = try topic(arn, context, transaction)
    var new = old
    body(&new.tags)
    try checkCount(new.tags)
    try transaction.update(old, to: new, in: location.scope)
  }

  /// A request's tags by their keys.
  static func dictionary(_ tags: [Tag]) throws(AWSError) -> [String: String] {
    var result: [String: String] = [:]
    for tag in tags {
      if result.updateValue(tag.value, forKey: tag.key) != nil {
        throw .invalidParameter("Duplicated keys are not allowed.")
      }
      if tag.key.lowercased().hasPrefix("aws:") {
        throw .invalidParameter("Tag keys must not begin with aws:, which is reserved.")  // unverified: words
      }
    }
    return result
  }

  static func checkCount(_ tags: [String: String]) throws(AWSError) {
    if tags.count > limit {
      throw AWSError(
        "TagLimitExceededException", "Could not complete request: tag quota of per resource exceeded")
    }
  }
}
