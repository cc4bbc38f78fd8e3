import Cloud
import Foundation
import Wire

/// A log stream. Written by hand since every batch of events changes it.
struct LogStreamRecord: Record {
  static let kind = "logs.stream"
  static let isCached = true

  /// A group's streams by the time of their last event; streams without events come first.
  static let byLastEvent = Index<LogStreamRecord>("lastEvent") { record in
    Key(.integer(record.group), .integer(record.lastEvent ?? 0), .string(record.name))
  }
  /// Streams by their ids, to name the stream of an event.
  static let byID = Index<LogStreamRecord>("id") { record in Key(.integer(record.id)) }
  static let indexes = [byLastEvent, byID]

  /// The chunk that the last batch went into: a small one is filled up by the next.
  struct Tail: Sendable, Equatable, Codable {
    var level: Int64
    var minTime: Int64
    var maxTime: Int64
    var first: Int64
    /// Of its body, in bytes.
    var size: Int64
  }

  var group: Int64
  var name: String
  /// Its own among all streams that ever had its name.
  var id: Int64
  /// Milliseconds since 1970, like all that follow.
  var createdAt: Int64
  var firstEvent: Int64?
  var lastEvent: Int64?
  var lastIngestion: Int64?
  /// The number of its next event.
  var nextNumber: Int64 = 0
  var tail: Tail?

  var key: Key { Key(.integer(group), .string(name)) }

  init(group: Int64, name: String, id: Int64, createdAt: Int64) {
    self.group = group
    self.name = name
    self.id = id
    self.createdAt = createdAt
  }

  func encoded() throws -> Data {
    var writer = RecordWriter(capacity: name.utf8.count + 128)
    writer.byte(1)
    writer.integer(group)
    writer.string(name)
    writer.integer(id)
    writer.integer(createdAt)
    writer.optional(firstEvent)
    writer.optional(lastEvent)
    writer.optional(lastIngestion)
    writer.integer(nextNumber)
    writer.bool(tail != nil)
    if let tail {
      for value in [tail.level, tail.minTime, tail.maxTime, tail.first, tail.size] { writer.integer(value) }
    }
    return writer.data
  }

  init(encoded: Data) throws {
    var reader = RecordReader(encoded)
    guard try reader.byte() == 1 else { throw RecordReader.Damaged() }
    group = try reader.integer()
    name = try reader.string()
    id = try reader.integer()
    createdAt = try reader.integer()
    firstEvent = try reader.optionalInteger()
    lastEvent = try reader.optionalInteger()
    lastIngestion = try reader.optionalInteger()
    nextNumber = try reader.integer()
    if try reader.bool() {
      tail = Tail(
        level: try reader.integer(), minTime: try reader.integer(), maxTime: try reader.integer(),
        first: try reader.integer(), size: try reader.integer())
    }
  }

  static func find(
    _ name: String, in group: LogGroupRecord, _ scope: Scope, _ transaction: Transaction
  ) throws(AWSError) -> LogStreamRecord {
    guard
      let stream = try transaction.get(
        LogStreamRecord.self, Key(.integer(group.id), .string(name)), in: scope)
    else { throw .logStreamNotFound() }
    return stream
  }
}
