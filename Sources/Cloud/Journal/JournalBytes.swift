import Checksums

/// How texts are written in a journal's segment: a varint says what follows.
///
/// Its two low bits: 0, a text that stood in the segment before, by its number; 1, a new text of so many bytes; 2, the same,
/// and it gets the next number; 3, one of ``Special``.
enum JournalToken {
  static let reference: UInt64 = 0
  static let literal: UInt64 = 1
  static let remembered: UInt64 = 2

  enum Special: UInt64 {
    /// Sixteen bytes follow: a GUID in lower case.
    case guid = 3
    case absent = 7
    /// A count and so many texts follow.
    case multiple = 11
    /// The entry's own time as `aws:CurrentTime` has it.
    case currentTime = 15
    /// The same as `aws:EpochTime` has it.
    case epochTime = 19
  }
}

/// The numbers that sections of an entry begin with; readers pass over those that they don't know.
enum JournalSection: UInt8 {
  /// Who, what, when, and what came of it.
  case facts = 1
  /// One question to the judge.
  case check = 2
  /// CloudTrail's `requestParameters`, as a ``JournalTree``.
  case parameters = 3
  /// CloudTrail's `responseElements`, likewise.
  case response = 4
  /// How the call came: the host that was asked, and whether by TLS.
  case connection = 5
}

/// The numbers that values of parameters and answers begin with.
enum JournalTree: UInt8 {
  case null = 0
  case no = 1
  case yes = 2
  /// A varint whose low bit is the sign.
  case integer = 3
  case double = 4
  case text = 5
  /// A count and so many values.
  case array = 6
  /// A count and so many names with values.
  case object = 7
}

/// The numbers that a segment's frames begin with.
enum JournalFrame: UInt8 {
  case call = 1
  /// The last of a finished segment: the earliest and the latest time, and the number of entries.
  case seal = 2
}

/// The check of a frame's bytes.
func journalCheck(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
  var running = RunningChecksum(.crc32c)
  running.update(bytes)
  return running.finalize().reduce(0) { $0 << 8 | UInt32($1) }
}

extension [UInt8] {
  mutating func append(varint value: UInt64) {
    var value = value
    while value >= 0x80 {
      append(UInt8(truncatingIfNeeded: value) | 0x80)
      value >>= 7
    }
    append(UInt8(truncatingIfNeeded: value))
  }

  /// Little-endian.
  mutating func append(fixed value: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }

  mutating func overwrite(at position: Int, with value: UInt32) {
    for index in 0..<4 { self[position + index] = UInt8(truncatingIfNeeded: value >> UInt32(8 * index)) }
  }
}

/// Bytes of a journal, read in order.
struct JournalCursor {
  /// The bytes are not what a journal has.
  struct Malformed: Error {}

  let bytes: UnsafeRawBufferPointer
  private(set) var position: Int
  let end: Int

  init(_ bytes: UnsafeRawBufferPointer, from position: Int, to end: Int) {
    self.bytes = bytes
    self.position = position
    self.end = min(end, bytes.count)
  }

  var isAtEnd: Bool { position >= end }

  mutating func byte() throws(Malformed) -> UInt8 {
    guard position < end else { throw Malformed() }
    defer { position += 1 }
    return bytes[position]
  }

  mutating func varint() throws(Malformed) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let next = try byte()
      value |= UInt64(next & 0x7F) << shift
      if next < 0x80 { return value }
      shift += 7
      guard shift < 64 else { throw Malformed() }
    }
  }

  /// A varint that counts something that must fit into what is left.
  mutating func count() throws(Malformed) -> Int {
    let value = try varint()
    guard value <= UInt64(end - position) else { throw Malformed() }
    return Int(value)
  }

  mutating func fixed<Number: FixedWidthInteger>(_ type: Number.Type) throws(Malformed) -> Number {
    guard end - position >= MemoryLayout<Number>.size else { throw Malformed() }
    defer { position += MemoryLayout<Number>.size }
    return Number(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: Number.self))
  }

  mutating func text(_ count: Int) throws(Malformed) -> String {
    guard count >= 0, end - position >= count else { throw Malformed() }
    defer { position += count }
    return String(decoding: UnsafeRawBufferPointer(rebasing: bytes[position..<(position + count)]), as: UTF8.self)
  }

  /// A part of so many bytes, which this cursor passes over.
  mutating func part(_ count: Int) throws(Malformed) -> JournalCursor {
    guard count >= 0, end - position >= count else { throw Malformed() }
    defer { position += count }
    return JournalCursor(bytes, from: position, to: position + count)
  }
}
