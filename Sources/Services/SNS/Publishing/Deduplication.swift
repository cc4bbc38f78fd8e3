import Cloud
import Wire

/// A message that a FIFO topic remembers.
struct DeduplicationRecord: Record {
  static let kind = "sns.deduplication"

  static let byExpiry = Index<DeduplicationRecord>("expiry") { Key(.integer($0.topicID), .integer($0.expiresAt)) }
  static let indexes = [byExpiry]

  var topicID: Int64
  /// Empty where the whole topic is looked at.
  var group: String
  var deduplicationID: String
  var messageID: String
  var sequenceNumber: String
  var expiresAt: Int64

  var key: Key { DeduplicationRecord.key(topicID, group, deduplicationID) }

  static func key(_ topicID: Int64, _ group: String, _ id: String) -> Key {
    Key(.integer(topicID), .string(group), .string(id))
  }
}

/// What a FIFO topic remembers of the last five minutes: a message that comes again is answered as the first one was, and not
/// delivered. AWS: SNS developer guide, "Message deduplication for FIFO topics".
struct Deduplication {
  let topic: TopicRecord
  let scope: Scope
  let transaction: Transaction

  static let interval: Int64 = 300_000

  /// Within what an id is one of a kind: the topic, or each of its groups. AWS: "FifoThroughputScope".
  private func group(_ id: String?) -> String { topic.settings.throughputScope == "MessageGroup" ? id ?? "" : "" }

  func find(_ id: String, group name: String?) throws(AWSError) -> DeduplicationRecord? {
    let record = try transaction.get(
      DeduplicationRecord.self, DeduplicationRecord.key(topic.id, group(name), id), in: scope)
    guard let record, transaction.now.milliseconds < record.expiresAt else { return nil }
    return record
  }

  /// Remembers a message, and forgets some whose time is over: as many go as come.
  func remember(_ message: PublishedMessage) throws(AWSError) {
    let now = transaction.now.milliseconds
    let old = KeyRange.prefix(.integer(topic.id)).before(Key(.integer(topic.id), .integer(now + 1)))
    for record in try transaction.scan(
      DeduplicationRecord.self, by: DeduplicationRecord.byExpiry, in: scope, old, limit: 2)
    {
      try transaction.delete(record, in: scope)
    }
    try transaction.put(
      DeduplicationRecord(
        topicID: topic.id, group: group(message.groupID), deduplicationID: message.deduplicationID ?? "",
        messageID: message.id, sequenceNumber: message.sequenceNumber ?? "", expiresAt: now + Deduplication.interval),
      in: scope)
  }
}
