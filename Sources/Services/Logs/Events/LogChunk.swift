import Cloud
import Foundation

/// A run of one stream's events in one record: a batch of a thousand events is a few rows, not a thousand.
///
/// Within a chunk events are in the order of their times, and their numbers in the stream follow each other. Chunks lie in
/// three levels by the span between their first and last event, so that whoever reads from a moment on looks back only as far as
/// a chunk of the level can reach: a second where there is much, an hour where there is little.
struct LogChunk: Record {
  static let kind = "logs.chunk"

  /// A stream's chunks.
  static let byStream = Index<LogChunk>("stream") { chunk in
    Key(.integer(chunk.stream), .integer(chunk.level), .integer(chunk.minTime), .integer(chunk.first))
  }
  static let indexes = [byStream]

  /// The greatest span of each level in milliseconds.
  static let spans: [Int64] = [1000, 60_000, 3_600_000]
  /// A chunk takes no further event beyond this many bytes.
  static let sizeLimit = 64 << 10
  /// A chunk smaller than this is filled up by the next batch.
  static let mergeLimit = 8 << 10

  var group: Int64
  var stream: Int64
  /// Milliseconds since 1970, of the first and the last event.
  var minTime: Int64
  var maxTime: Int64
  /// The number of the first event in its stream.
  var first: Int64
  var count: Int64 = 0
  /// As AWS counts: messages, and 26 for each event.
  var bytes: Int64 = 0
  /// The events, one behind the other: see ``append(_:time:ingestedAt:)``.
  var body: [UInt8] = []
  private var lastIngestion: Int64

  var level: Int64 { Int64(LogChunk.spans.firstIndex { maxTime - minTime <= $0 } ?? LogChunk.spans.count - 1) }

  var key: Key {
    Key(.integer(group), .integer(level), .integer(minTime), .integer(stream), .integer(first))
  }

  /// An empty chunk whose first event will be at `time`.
  init(group: Int64, stream: Int64, first: Int64, time: Int64) {
    self.group = group
    self.stream = stream
    self.first = first
    minTime = time
    maxTime = time
    lastIngestion = time
  }

  /// Whether an event at `time` may still go in.
  func takes(_ time: Int64) -> Bool {
    body.count < LogChunk.sizeLimit && time >= maxTime && time - minTime <= LogChunk.spans[LogChunk.spans.count - 1]
  }

  /// Puts an event behind the others: the distances of its times from those of the one before, the length of the message, the
  /// message.
  mutating func append(_ message: String, time: Int64, ingestedAt: Int64) {
    var message = message
    message.withUTF8 { text in
      body.appendVarint(UInt64(time - maxTime))
      body.appendVarint(zigzag: ingestedAt - lastIngestion)
      body.appendVarint(UInt64(text.count))
      body.append(contentsOf: text)
      bytes += Int64(text.count) + LogBatch.overhead
    }
    maxTime = time
    lastIngestion = ingestedAt
    count += 1
  }

  func encoded() throws -> Data {
    var writer = RecordWriter(capacity: body.count + 96)
    writer.byte(1)
    for value in [group, stream, minTime, maxTime, first, count, bytes, lastIngestion] { writer.integer(value) }
    writer.raw(body)
    return writer.data
  }

  init(encoded: Data) throws {
    var reader = RecordReader(encoded)
    guard try reader.byte() == 1 else { throw RecordReader.Damaged() }
    group = try reader.integer()
    stream = try reader.integer()
    minTime = try reader.integer()
    maxTime = try reader.integer()
    first = try reader.integer()
    count = try reader.integer()
    bytes = try reader.integer()
    lastIngestion = try reader.integer()
    body = try reader.raw()
  }
}

/// One event as it was stored.
struct LogEvent: Sendable, Equatable {
  /// Milliseconds since 1970.
  var time: Int64
  var ingestedAt: Int64
  /// The id of its stream.
  var stream: Int64
  /// Its number in the stream.
  var number: Int64
  var message: String

  var position: EventPosition { EventPosition(time: time, stream: stream, number: number) }

  /// As AWS counts it.
  var size: Int64 { Int64(message.utf8.count) + LogBatch.overhead }
}

/// Reads a chunk's events one after the other.
struct ChunkReader {
  private let body: [UInt8]
  private let stream: Int64
  private var offset = 0
  private var time: Int64
  private var ingestedAt: Int64
  private var number: Int64
  private var left: Int64

  init(_ chunk: LogChunk) {
    body = chunk.body
    stream = chunk.stream
    time = chunk.minTime
    ingestedAt = chunk.minTime
    number = chunk.first
    left = chunk.count
  }

  /// The next event that `isWanted`; the messages of others aren't even made.
  mutating func next(where isWanted: (EventPosition) -> Bool) -> LogEvent? {
    while left > 0 {
      left -= 1
      time += Int64(truncatingIfNeeded: body.readVarint(at: &offset))
      ingestedAt += body.readZigzag(at: &offset)
      let length = Int(truncatingIfNeeded: body.readVarint(at: &offset))
      let start = offset
      guard length >= 0, length <= body.count - start else { return nil }
      offset += length
      let position = EventPosition(time: time, stream: stream, number: number)
      number += 1
      if isWanted(position) {
        return LogEvent(
          time: time, ingestedAt: ingestedAt, stream: stream, number: position.number,
          message: String(decoding: body[start..<offset], as: UTF8.self))
      }
    }
    return nil
  }
}

extension [UInt8] {
  fileprivate mutating func appendVarint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    append(UInt8(rest))
  }

  fileprivate mutating func appendVarint(zigzag value: Int64) {
    appendVarint(UInt64(bitPattern: (value << 1) ^ (value >> 63)))
  }

  fileprivate func readVarint(at offset: inout Int) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while offset < count, shift < 64 {
      let byte = self[offset]
      offset += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { break }
      shift += 7
    }
    return value
  }

  fileprivate func readZigzag(at offset: inout Int) -> Int64 {
    let value = readVarint(at: &offset)
    return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }
}
