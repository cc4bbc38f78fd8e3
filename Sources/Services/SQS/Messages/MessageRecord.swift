import Cloud
import Foundation

/// A message in a queue.
///
/// Its key begins with the queue's storage and the time it was sent, so that what has outlived the retention period is a
/// range at the front. Messages of standard queues are found by when they are visible; those of FIFO queues by their group.
/// The stored form is written by hand: it is on the path of every send, receive and delete.
struct MessageRecord: Record {
  static let kind = "sqs.message"

  /// Messages of standard queues in the order in which they are or become visible.
  static let byVisibility = Index<MessageRecord>("visible") { record in
    record.group == nil ? Key(.integer(record.storage), .integer(record.visibleAt), .integer(record.number)) : nil
  }
  /// Messages of standard queues that were sent with a delay and not yet received, by the end of the delay.
  static let byDelay = Index<MessageRecord>("delayed") { record in
    record.isDelayed ? Key(.integer(record.storage), .integer(record.visibleAt), .integer(record.number)) : nil
  }
  /// Messages of FIFO queues in the order of their group.
  static let byGroup = Index<MessageRecord>("group") { record in
    record.group.map { Key(.integer(record.storage), .string($0), .integer(record.number)) }
  }
  static let indexes = [byVisibility, byDelay, byGroup]

  /// Longer contents are kept in a record of their own, so that a receive doesn't write them again.
  static let inlineLimit = 4096

  /// The storage of the queue it is in; a purge gives the queue a new one.
  var storage: Int64
  /// Milliseconds since 1970.
  var sentAt: Int64
  /// Its place in the order of arrival.
  var number: Int64
  /// The message group, in FIFO queues.
  var group: String?
  /// When it can be received, in milliseconds since 1970. Unused in FIFO queues, where the group knows.
  var visibleAt: Int64
  var isDelayed = false
  /// How often it was received from this queue.
  var receiveCount: Int32 = 0
  /// How often it was received from the queues that it was moved from.
  var earlierReceiveCount: Int32 = 0
  /// Milliseconds since 1970; 0 for never.
  var firstReceivedAt: Int64 = 0
  var lastReceivedAt: Int64 = 0
  /// The random part of the latest receipt handle.
  var receipt: UInt64 = 0
  /// The encoded ``MessageContent``, or nothing if it is in a ``ContentRecord``.
  var content: [UInt8]

  var key: Key { Key(.integer(storage), .integer(sentAt), .integer(number)) }

  var isContentApart: Bool { content.isEmpty }

  init(storage: Int64, sentAt: Int64, number: Int64, group: String?, visibleAt: Int64, content: [UInt8]) {
    self.storage = storage
    self.sentAt = sentAt
    self.number = number
    self.group = group
    self.visibleAt = visibleAt
    self.content = content
  }

  func encoded() throws -> Data {
    var writer = ByteWriter(capacity: content.count + 128)
    writer.byte(1)
    writer.integer(storage)
    writer.integer(sentAt)
    writer.integer(number)
    writer.optional(group)
    writer.integer(visibleAt)
    writer.byte(isDelayed ? 1 : 0)
    writer.short(receiveCount)
    writer.short(earlierReceiveCount)
    writer.integer(firstReceivedAt)
    writer.integer(lastReceivedAt)
    writer.unsigned(receipt)
    writer.raw(content)
    return Data(writer.bytes)
  }

  init(encoded: Data) throws {
    var reader = ByteReader(encoded)
    // The first byte is the version of the form.
    guard try reader.byte() == 1 else { throw ByteReader.Damaged() }
    storage = try reader.integer()
    sentAt = try reader.integer()
    number = try reader.integer()
    group = try reader.optional()
    visibleAt = try reader.integer()
    isDelayed = try reader.byte() == 1
    receiveCount = try reader.short()
    earlierReceiveCount = try reader.short()
    firstReceivedAt = try reader.integer()
    lastReceivedAt = try reader.integer()
    receipt = try reader.unsigned()
    content = try reader.raw()
  }
}

/// A long message's content, under the message's key.
struct ContentRecord: Record {
  static let kind = "sqs.content"

  var storage: Int64
  var sentAt: Int64
  var number: Int64
  var content: [UInt8]

  var key: Key { Key(.integer(storage), .integer(sentAt), .integer(number)) }

  init(of message: MessageRecord, _ content: [UInt8]) {
    storage = message.storage
    sentAt = message.sentAt
    number = message.number
    self.content = content
  }

  func encoded() throws -> Data {
    var writer = ByteWriter(capacity: content.count + 32)
    writer.integer(storage)
    writer.integer(sentAt)
    writer.integer(number)
    writer.raw(content)
    return Data(writer.bytes)
  }

  init(encoded: Data) throws {
    var reader = ByteReader(encoded)
    storage = try reader.integer()
    sentAt = try reader.integer()
    number = try reader.integer()
    content = try reader.raw()
  }
}
