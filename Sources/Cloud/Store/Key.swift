import Wire

/// One part of a ``Key``. Parts of a kind compare as their Swift values do; strings sort by their UTF-8 bytes.
public enum KeyPart: Sendable, Hashable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
  case string(String)
  case integer(Int64)

  public init(stringLiteral value: String) { self = .string(value) }
  public init(integerLiteral value: Int64) { self = .integer(value) }

  /// A moment, ordered in time.
  public static func timestamp(_ value: Timestamp) -> KeyPart { .integer(value.milliseconds) }
}

/// An ordered, composite key: the byte order of its encoding is the order of its parts.
///
/// The encoding is that of a tuple layer: each part begins with a type byte; strings end with a zero byte (zeros inside are
/// escaped as `00 FF`), integers are eight bytes, big-endian, with the sign bit flipped. It works the same in any store that
/// compares byte strings.
public struct Key: Sendable, Hashable, Comparable, ExpressibleByStringLiteral, CustomStringConvertible {
  /// The encoded parts.
  public let bytes: [UInt8]

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// A key of the given parts, most significant first.
  public init(_ parts: KeyPart...) {
    var encoded: [UInt8] = []
    encoded.reserveCapacity(24)
    for part in parts { Key.append(part, to: &encoded) }
    bytes = encoded
  }

  public init(stringLiteral value: String) { self.init(.string(value)) }

  /// A key of one string.
  public init(_ name: String) { self.init(.string(name)) }

  /// This key with more parts behind it.
  public func appending(_ parts: KeyPart...) -> Key {
    var encoded = bytes
    for part in parts { Key.append(part, to: &encoded) }
    return Key(bytes: encoded)
  }

  public static func < (left: Key, right: Key) -> Bool { left.bytes.lexicographicallyPrecedes(right.bytes) }

  /// The parts, readable, for logs and failures.
  public var description: String { parts.map { "\($0)" }.joined(separator: "/") }

  /// The parts that were encoded.
  public var parts: [KeyPart] {
    var result: [KeyPart] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == 3, index + 9 <= bytes.count {
        var value: UInt64 = 0
        for byte in bytes[(index + 1)..<(index + 9)] { value = value << 8 | UInt64(byte) }
        result.append(.integer(Int64(bitPattern: value ^ (1 << 63))))
        index += 9
      } else {
        var text: [UInt8] = []
        index += 1
        while index < bytes.count {
          if bytes[index] == 0 {
            guard index + 1 < bytes.count, bytes[index + 1] == 0xFF else { break }
            index += 1
            text.append(0)
          } else {
            text.append(bytes[index])
          }
          index += 1
        }
        index += 1
        result.append(.string(String(decoding: text, as: UTF8.self)))
      }
    }
    return result
  }

  static func append(_ part: KeyPart, to encoded: inout [UInt8]) {
    switch part {
    case .string(let text):
      encoded.append(2)
      appendEscaped(text, to: &encoded)
      encoded.append(0)
    case .integer(let value):
      encoded.append(3)
      let flipped = UInt64(bitPattern: value) ^ (1 << 63)
      for shift in stride(from: 56, through: 0, by: -8) {
        encoded.append(UInt8(truncatingIfNeeded: flipped >> UInt64(shift)))
      }
    }
  }

  static func appendEscaped(_ text: String, to encoded: inout [UInt8]) {
    for byte in text.utf8 {
      encoded.append(byte)
      if byte == 0 { encoded.append(0xFF) }
    }
  }
}

/// A range of keys: from ``lower``, included, to ``upper``, not included.
public struct KeyRange: Sendable, Hashable {
  let lower: [UInt8]
  let upper: [UInt8]

  /// Every key of a kind.
  public static let all = KeyRange(lower: [], upper: [0xFF])

  /// All keys that begin with these parts.
  public static func prefix(_ parts: KeyPart...) -> KeyRange {
    var bytes: [UInt8] = []
    for part in parts { Key.append(part, to: &bytes) }
    return KeyRange(lower: bytes, upper: bytes + [0xFF])
  }

  /// All keys that begin with `key` and whose next part is a string that starts with `text`.
  public static func prefix(_ key: Key, stringStartingWith text: String) -> KeyRange {
    var bytes = key.bytes
    bytes.append(2)
    Key.appendEscaped(text, to: &bytes)
    // No byte of UTF-8 is FF, so it lies behind every longer string, and FE before an escaped zero's FF.
    return KeyRange(lower: bytes, upper: bytes + [0xFF])
  }

  /// The part of this range behind `key`.
  public func after(_ key: Key) -> KeyRange { from(key.bytes + [0]) }

  /// The part of this range from `key` on, `key` included.
  public func from(_ key: Key) -> KeyRange { from(key.bytes) }

  /// The part of this range before `key`.
  public func before(_ key: Key) -> KeyRange {
    KeyRange(lower: lower, upper: key.bytes.lexicographicallyPrecedes(upper) ? key.bytes : upper)
  }

  /// The part of this range behind all keys that begin with `other`'s bound: used to skip a whole group of keys.
  public func skipping(_ other: KeyRange) -> KeyRange { from(other.upper) }

  private func from(_ bytes: [UInt8]) -> KeyRange {
    KeyRange(lower: lower.lexicographicallyPrecedes(bytes) ? bytes : lower, upper: upper)
  }
}
