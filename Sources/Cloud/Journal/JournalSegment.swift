import Foundation
import Wire

/// One file of a journal: a head, and frames of length, check and payload one behind the other.
///
/// A segment that is finished never changes again, so that snapshots can link to it.
struct JournalSegment: Sendable {
  let number: UInt64
  let path: String
  /// The bytes that count: what is behind them is being written.
  var length: Int
  /// The earliest and the latest time of its entries; nothing if it has none.
  var times: ClosedRange<Timestamp>?
  var count: Int

  static let headLength = 24
  private static let magic: UInt32 = 0x314A_4B48  // "HKJ1"
  /// Magic and version, number, time. Version 2 has parameters and answers, whose texts are numbered with the others, so that
  /// readers of version 1 must not pass over them.
  private static let version: UInt32 = 2
  /// A frame of a seal: length, check, kind, two times, a count.
  private static let sealLength = 8 + 1 + 24

  static func path(_ folder: String, _ number: UInt64) -> String {
    let digits = String(number)
    return folder + "/journal-" + String(repeating: "0", count: max(0, 10 - digits.count)) + digits + ".log"
  }

  /// The number in a segment's file name; nothing for other files.
  static func number(of name: String) -> UInt64? {
    guard name.hasPrefix("journal-"), name.hasSuffix(".log") else { return nil }
    return UInt64(name.dropFirst(8).dropLast(4))
  }

  /// The numbers of the segments in a folder, in order.
  static func numbers(in folder: String) -> [UInt64] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).compactMap(number).sorted()
  }

  /// The head of a new segment.
  static func head(_ number: UInt64, _ time: Timestamp) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(fixed: magic)
    bytes.append(fixed: version)
    bytes.append(fixed: number)
    bytes.append(fixed: time.milliseconds)
    return bytes
  }

  /// Looks at a segment that is there, and cuts off what a crash left unfinished at its end.
  /// - Returns: nothing if the file is no segment.
  static func open(_ path: String, _ number: UInt64) -> JournalSegment? {
    guard let data = try? Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped), isSegment(data) else {
      return nil
    }
    if let sealed = sealed(data, path, number) { return sealed }
    var segment = JournalSegment(number: number, path: path, length: headLength, times: nil, count: 0)
    data.withUnsafeBytes { bytes in
      var frames = JournalFrames(bytes, length: bytes.count)
      while var frame = frames.next() {
        guard frame.kind == .call, let time = try? JournalDecoder.time(&frame.cursor) else { break }
        segment.note(time)
        segment.length = frames.position
      }
    }
    if segment.length < data.count { truncate(path, off_t(segment.length)) }
    return segment
  }

  mutating func note(_ time: Timestamp) {
    count += 1
    times = times.map { min($0.lowerBound, time)...max($0.upperBound, time) } ?? time...time
  }

  private static func isSegment(_ data: Data) -> Bool {
    guard data.count >= headLength else { return false }
    return data.withUnsafeBytes {
      UInt32(littleEndian: $0.loadUnaligned(as: UInt32.self)) == magic
        && (1...version).contains(UInt32(littleEndian: $0.loadUnaligned(fromByteOffset: 4, as: UInt32.self)))
    }
  }

  /// A finished segment tells all by its last frame.
  private static func sealed(_ data: Data, _ path: String, _ number: UInt64) -> JournalSegment? {
    guard data.count >= headLength + sealLength else { return nil }
    return data.withUnsafeBytes { bytes in
      var frames = JournalFrames(bytes, length: bytes.count, from: bytes.count - sealLength)
      guard var frame = frames.next(), frame.kind == .seal, let first = try? frame.cursor.fixed(Int64.self),
        let last = try? frame.cursor.fixed(Int64.self), let count = try? frame.cursor.fixed(UInt64.self), first <= last
      else { return nil }
      let times = Timestamp(milliseconds: first)...Timestamp(milliseconds: last)
      return JournalSegment(
        number: number, path: path, length: bytes.count, times: count > 0 ? times : nil, count: Int(count))
    }
  }
}

/// The frames of a segment's bytes, one after the other, up to the first that is not whole.
struct JournalFrames {
  private let bytes: UnsafeRawBufferPointer
  private let length: Int
  private(set) var position: Int

  init(_ bytes: UnsafeRawBufferPointer, length: Int, from position: Int = JournalSegment.headLength) {
    self.bytes = bytes
    self.length = min(length, bytes.count)
    self.position = position
  }

  mutating func next() -> (kind: JournalFrame, cursor: JournalCursor)? {
    guard position + 9 <= length else { return nil }
    let count = Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt32.self)))
    let check = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: position + 4, as: UInt32.self))
    let start = position + 8
    guard count > 0, start + count <= length,
      journalCheck(UnsafeRawBufferPointer(rebasing: bytes[start..<(start + count)])) == check,
      let kind = JournalFrame(rawValue: bytes[start])
    else { return nil }
    position = start + count
    return (kind, JournalCursor(bytes, from: start + 1, to: start + count))
  }
}
