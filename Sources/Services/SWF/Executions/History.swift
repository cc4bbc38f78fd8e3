import Cloud
import Foundation
import Wire

/// Events of one run that were recorded together, as finished JSON.
///
/// A page of history is stitched from these texts; no event is decoded to be answered. Appending is one new record, however
/// long the history is.
struct HistoryChunkRecord: Record {
  static let kind = "swf.history"

  /// The run's ``ExecutionRecord/number``.
  let number: Int64
  let firstEventID: Int64
  let events: [[UInt8]]

  init(number: Int64, firstEventID: Int64, events: [[UInt8]]) {
    self.number = number
    self.firstEventID = firstEventID
    self.events = events
  }

  var key: Key { Key(.integer(number), .integer(firstEventID)) }

  func encoded() throws -> Data {
    var writer = RecordWriter(capacity: 24 + events.reduce(0) { $0 + $1.count + 4 })
    writer.byte(1)
    writer.integer(number)
    writer.integer(firstEventID)
    writer.short(Int32(events.count))
    for event in events { writer.raw(event) }
    return writer.data
  }

  init(encoded: Data) throws {
    var reader = RecordReader(encoded)
    guard try reader.byte() == 1 else { throw RecordReader.Damaged() }
    number = try reader.integer()
    firstEventID = try reader.integer()
    var events: [[UInt8]] = []
    let count = Int(try reader.short())
    events.reserveCapacity(max(0, min(count, 4096)))
    for _ in 0..<count { events.append(try reader.raw()) }
    self.events = events
  }
}

/// An event of a history as it is stored: the JSON of AWS's `HistoryEvent`.
struct StoredEvent: Sendable {
  let id: Int64
  let json: [UInt8]

  /// The event by its members, without a schema.
  var document: JSONValue? { JSONValue(parsing: json) }

  /// The event as its generated type; nothing if it is damaged.
  var event: HistoryEvent? {
    EventShapes.all.model.structure(json: json, as: EventShapes.all.historyEvent).map { HistoryEvent($0) }
  }
}

/// Reading of histories.
enum HistoryEvents {
  /// Chunks are read in groups of this many.
  private static let group = 128

  /// Events from `first` to `last`, both included, in ascending order. Complexity: O(their number).
  static func read(
    of number: Int64, from first: Int64, through last: Int64, in scope: Scope, _ transaction: Transaction
  ) throws(AWSError) -> [StoredEvent] {
    guard first <= last else { return [] }
    let own = KeyRange.prefix(.integer(number))
    // The chunk that holds the first event began at it or before.
    let start = try transaction.scan(
      HistoryChunkRecord.self, in: scope, own.before(Key(.integer(number), .integer(first + 1))), limit: 1,
      reversed: true
    ).first
    guard let start else { return [] }
    var result: [StoredEvent] = []
    result.reserveCapacity(Int(min(last - first + 1, 1000)))
    var chunks = [start]
    let range = own.before(Key(.integer(number), .integer(last + 1)))
    while let latest = chunks.last {
      for chunk in chunks {
        for (index, json) in chunk.events.enumerated() {
          let id = chunk.firstEventID + Int64(index)
          if id >= first, id <= last { result.append(StoredEvent(id: id, json: json)) }
        }
      }
      if latest.firstEventID + Int64(latest.events.count) > last { break }
      chunks = try transaction.scan(HistoryChunkRecord.self, in: scope, range.after(latest.key), limit: group)
    }
    return result
  }
}
