import Cloud
import Foundation

/// A message group that has messages.
struct GroupRecord: Record {
  static let kind = "sqs.group"

  /// Groups by when they can be received from; of those that can, the one with the oldest message first.
  static let byReadiness = Index<GroupRecord>("ready") { record in
    Key(.integer(record.storage), .integer(record.readyAt), .integer(record.state.head.number))
  }
  static let indexes = [byReadiness]

  var storage: Int64
  var name: String
  var state: MessageGroup
  /// The queue's delay when this was written, in milliseconds.
  var delay: Int64

  var key: Key { Key(.integer(storage), .string(name)) }

  var readyAt: Int64 { state.readyAt(delay: delay) }

  init(storage: Int64, name: String, state: MessageGroup, delay: Int64) {
    self.storage = storage
    self.name = name
    self.state = state
    self.delay = delay
  }

  func encoded() throws -> Data {
    var writer = ByteWriter(capacity: 64 + name.utf8.count + state.flights.count * 16)
    writer.byte(1)
    writer.integer(storage)
    writer.string(name)
    writer.integer(delay)
    writer.integer(state.head.number)
    writer.integer(state.head.sentAt)
    writer.short(Int32(state.flights.count))
    for flight in state.flights {
      writer.integer(flight.number)
      writer.integer(flight.visibleAt)
    }
    return Data(writer.bytes)
  }

  init(encoded: Data) throws {
    var reader = ByteReader(encoded)
    guard try reader.byte() == 1 else { throw ByteReader.Damaged() }
    storage = try reader.integer()
    name = try reader.string()
    delay = try reader.integer()
    let head = MessageGroup.Head(number: try reader.integer(), sentAt: try reader.integer())
    var flights: [MessageGroup.Flight] = []
    for _ in 0..<max(0, try reader.short()) {
      flights.append(MessageGroup.Flight(number: try reader.integer(), visibleAt: try reader.integer()))
    }
    state = MessageGroup(head: head, flights: flights)
  }
}
