import Cloud
import Wire

/// TagQueue, UntagQueue and ListQueueTags.
enum Tagging {
  static func tag(_ input: TagQueueRequest, _ context: Context, _ transaction: Transaction) throws(AWSError)
    -> NoMembers
  {
    if input.tags.isEmpty { throw .missingParameter("Tags") }
    return try change(input.queueUrl, context, transaction) { tags in tags.merge(input.tags) { _, new in new } }
  }

  static func untag(
    _ input: UntagQueueRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    if input.tagKeys.isEmpty {
      throw .invalidParameterValue("Tag keys must be between 1 and 128 characters in length.")
    }
    return try change(input.queueUrl, context, transaction) { tags in for key in input.tagKeys { tags[key] = nil } }
  }

  static func list(
    _ input: ListQueueTagsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListQueueTagsResult {
    let record = try QueueLocation(url: input.queueUrl, context).queue(transaction)
    return ListQueueTagsResult(tags: record.tags.isEmpty ? nil : record.tags)
  }

  private static func change(
    _ url: String, _ context: Context, _ transaction: Transaction, _ body: (inout [String: String]) -> Void
  ) throws(AWSError) -> NoMembers {
    let location = try QueueLocation(url: url, context)
    let old = try location.queue(transaction)
    var new = old
    body(&new.tags)
    try check(new.tags, of: old.name)
    try transaction.update(old, to: new, in: location.scope)
    return NoMembers()
  }

  /// AWS: SQS developer guide, "Amazon SQS quotas related to queues", the restrictions of tags.
  static func check(_ tags: [String: String], of name: String) throws(AWSError) {
    if tags.count > 50 { throw .invalidParameterValue("Too many tags added for queue \(name).") }
    for (key, value) in tags {
      guard (1...128).contains(key.unicodeScalars.count) else {
        throw .invalidParameterValue("Tag keys must be between 1 and 128 characters in length.")
      }
      guard value.unicodeScalars.count <= 256 else {
        throw .invalidParameterValue("Tag values must be between 0 and 256 characters in length.")
      }
      if key.lowercased().hasPrefix("aws:") {
        throw .invalidParameterValue("Tag keys must not begin with aws:, which is reserved.")  // unverified: words
      }
    }
  }
}
