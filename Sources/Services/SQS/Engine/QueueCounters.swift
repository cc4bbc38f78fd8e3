import Cloud
import Foundation

/// The numbers of a queue that would cost too much to count.
struct QueueCounters: Record, Equatable {
  static let kind = "sqs.counters"
  static let isCached = true

  /// The storage they belong to.
  var storage: Int64
  /// The number of the next message.
  var nextNumber: Int64 = 1
  /// Messages in the queue in any state.
  var total: Int64 = 0
  /// No message in the queue is older, in milliseconds since 1970.
  var oldest: Int64 = .max
  /// At most so many messages are in flight: counts receives less deletes, and is set right by a count when it nears the
  /// limit, for a visibility timeout that ends is nobody's operation.
  var flightBound: Int64 = 0
  /// When expired deduplication ids are next removed.
  var cleaning: Int64 = 0

  var key: Key { Key(.integer(storage)) }

  init(storage: Int64, nextNumber: Int64 = 1) {
    self.storage = storage
    self.nextNumber = nextNumber
  }

  func encoded() throws -> Data {
    var writer = ByteWriter(capacity: 49)
    writer.byte(1)
    for value in [storage, nextNumber, total, oldest, flightBound, cleaning] { writer.integer(value) }
    return Data(writer.bytes)
  }

  init(encoded: Data) throws {
    var reader = ByteReader(encoded)
    guard try reader.byte() == 1 else { throw ByteReader.Damaged() }
    storage = try reader.integer()
    nextNumber = try reader.integer()
    total = try reader.integer()
    oldest = try reader.integer()
    flightBound = try reader.integer()
    cleaning = try reader.integer()
  }
}
