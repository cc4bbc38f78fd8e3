import Cloud
import Foundation

/// Remembers that a FIFO queue has taken a message with a deduplication id.
struct DeduplicationRecord: Record {
  static let kind = "sqs.dedup"
  static let byExpiry = Index<DeduplicationRecord>("expiry") { Key(.integer($0.queue), .integer($0.expiresAt)) }
  static let indexes = [byExpiry]

  /// AWS: SQS developer guide, "Exactly-once processing": five minutes.
  static let interval: Int64 = 300_000

  var queue: Int64
  /// The message group when the queue's deduplication scope is the group, else empty.
  var scope: String
  var id: String
  /// Milliseconds since 1970.
  var expiresAt: Int64
  /// What the first send was answered.
  var messageID: String
  var number: Int64

  var key: Key { DeduplicationRecord.key(queue, scope, id) }

  static func key(_ queue: Int64, _ scope: String, _ id: String) -> Key {
    Key(.integer(queue), .string(scope), .string(id))
  }

  init(queue: Int64, scope: String, id: String, expiresAt: Int64, messageID: String, number: Int64) {
    self.queue = queue
    self.scope = scope
    self.id = id
    self.expiresAt = expiresAt
    self.messageID = messageID
    self.number = number
  }

  func encoded() throws -> Data {
    var writer = ByteWriter(capacity: 160)
    writer.byte(1)
    writer.integer(queue)
    writer.string(scope)
    writer.string(id)
    writer.integer(expiresAt)
    writer.string(messageID)
    writer.integer(number)
    return Data(writer.bytes)
  }

  init(encoded: Data) throws {
    var reader = ByteReader(encoded)
    guard try reader.byte() == 1 else { throw ByteReader.Damaged() }
    queue = try reader.integer()
    scope = try reader.string()
    id = try reader.string()
    expiresAt = try reader.integer()
    messageID = try reader.string()
    number = try reader.integer()
  }
}

/// Remembers what a ReceiveMessage call with a `ReceiveRequestAttemptId` was answered, so that it can be repeated.
struct AttemptRecord: Record {
  static let kind = "sqs.attempt"
  static let byExpiry = Index<AttemptRecord>("expiry") { Key(.integer($0.queue), .integer($0.expiresAt)) }
  static let indexes = [byExpiry]

  /// A message that was received.
  struct Entry: Sendable, Codable, Hashable {
    var sentAt: Int64
    var number: Int64
    var receipt: UInt64
    /// When it was to become visible again: another moment means that its visibility was changed since.
    var visibleAt: Int64
  }

  var queue: Int64
  var storage: Int64
  var id: String
  /// Milliseconds since 1970.
  var expiresAt: Int64
  var entries: [Entry]

  var key: Key { AttemptRecord.key(queue, id) }

  static func key(_ queue: Int64, _ id: String) -> Key { Key(.integer(queue), .string(id)) }
}
