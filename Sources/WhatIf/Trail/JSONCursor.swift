#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Walks over JSON in memory without making anything of it: only what is asked for is read. As logs are made by
/// machines, what is passed over is not checked in detail.
struct JSONCursor {
  /// Why a walk ended.
  enum Stop: Error {
    /// The bytes end in the middle of a value.
    case incomplete
    case malformed
  }

  let base: UnsafePointer<UInt8>
  let end: Int
  var at: Int

  init(_ bytes: UnsafeBufferPointer<UInt8>, at: Int = 0) throws(Stop) {
    guard let base = bytes.baseAddress else { throw .incomplete }
    self.base = base
    self.at = at
    end = bytes.count
  }

  /// A part of the bytes.
  func slice(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: base + range.lowerBound, count: range.count)
  }

  @inline(__always)
  mutating func skipSpace() {
    while at < end, base[at] <= 0x20 { at += 1 }
  }

  /// The byte that comes next, behind white space.
  @inline(__always)
  mutating func peek() throws(Stop) -> UInt8 {
    skipSpace()
    guard at < end else { throw .incomplete }
    return base[at]
  }

  @inline(__always)
  mutating func take(_ byte: UInt8) throws(Stop) -> Bool {
    guard try peek() == byte else { return false }
    at += 1
    return true
  }

  /// A string: where it is without its quotes, and whether there are escapes in it.
  mutating func string() throws(Stop) -> (range: Range<Int>, hasEscapes: Bool) {
    guard try take(UInt8(ascii: "\"")) else { throw .malformed }
    let start = at
    var hasEscapes = false
    while true {
      guard let found = memchr(base + at, Int32(UInt8(ascii: "\"")), end - at) else { throw .incomplete }
      let quote = UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) - base
      var backslashes = 0
      while quote - backslashes > start, base[quote - backslashes - 1] == UInt8(ascii: "\\") { backslashes += 1 }
      at = quote + 1
      if backslashes % 2 == 0 {
        if !hasEscapes, quote > start {
          hasEscapes = memchr(base + start, Int32(UInt8(ascii: "\\")), quote - start) != nil
        }
        return (start..<quote, hasEscapes)
      }
      hasEscapes = true
    }
  }

  /// Passes over a value.
  /// - Returns: where it was.
  @discardableResult
  mutating func skip() throws(Stop) -> Range<Int> {
    let first = try peek()
    let start = at
    switch first {
    case UInt8(ascii: "\""): _ = try string()
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      var depth = 0
      repeat {
        guard at < end else { throw .incomplete }
        switch base[at] {
        case UInt8(ascii: "\""):
          _ = try string()
          continue
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
        default: break
        }
        at += 1
      } while depth > 0
    default:
      while at < end, !Self.isEnd(base[at]) { at += 1 }
      // A number or word at the end may go on.
      guard at < end else { throw .incomplete }
      guard at > start else { throw .malformed }
    }
    return start..<at
  }

  private static func isEnd(_ byte: UInt8) -> Bool {
    byte <= 0x20 || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]")
  }

  /// Walks over the members of an object; `member` must pass over the value.
  mutating func object(
    _ member: (inout JSONCursor, UnsafeBufferPointer<UInt8>) throws(Stop) -> Void
  ) throws(Stop) {
    guard try take(UInt8(ascii: "{")) else { throw .malformed }
    if try take(UInt8(ascii: "}")) { return }
    while true {
      let key = try string().range
      guard try take(UInt8(ascii: ":")) else { throw .malformed }
      try member(&self, slice(key))
      if try take(UInt8(ascii: "}")) { return }
      guard try take(UInt8(ascii: ",")) else { throw .malformed }
    }
  }

  /// Walks over the elements of an array; `element` must pass over the value.
  mutating func array(_ element: (inout JSONCursor) throws(Stop) -> Void) throws(Stop) {
    guard try take(UInt8(ascii: "[")) else { throw .malformed }
    if try take(UInt8(ascii: "]")) { return }
    while true {
      try element(&self)
      if try take(UInt8(ascii: "]")) { return }
      guard try take(UInt8(ascii: ",")) else { throw .malformed }
    }
  }

  /// The text of a string; nothing if the value is another one, which is passed over.
  mutating func text() throws(Stop) -> String? {
    guard try peek() == UInt8(ascii: "\"") else {
      try skip()
      return nil
    }
    let (range, hasEscapes) = try string()
    return hasEscapes ? Self.unescaped(slice(range)) : String(decoding: slice(range), as: UTF8.self)
  }

  /// The bytes of a string as they stand; nothing if the value is another one, which is passed over.
  mutating func bytes() throws(Stop) -> (bytes: UnsafeBufferPointer<UInt8>, hasEscapes: Bool)? {
    guard try peek() == UInt8(ascii: "\"") else {
      try skip()
      return nil
    }
    let (range, hasEscapes) = try string()
    return (slice(range), hasEscapes)
  }

  /// Whether a key has this name.
  @inline(__always)
  static func `is`(_ key: UnsafeBufferPointer<UInt8>, _ name: StaticString) -> Bool {
    guard key.count == name.utf8CodeUnitCount, let start = key.baseAddress else { return false }
    return memcmp(start, name.utf8Start, key.count) == 0
  }

  static func unescaped(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var at = 0
    while at < bytes.count {
      guard bytes[at] == UInt8(ascii: "\\"), at + 1 < bytes.count else {
        out.append(bytes[at])
        at += 1
        continue
      }
      let escape = bytes[at + 1]
      at += 2
      switch escape {
      case UInt8(ascii: "b"): out.append(8)
      case UInt8(ascii: "f"): out.append(12)
      case UInt8(ascii: "n"): out.append(10)
      case UInt8(ascii: "r"): out.append(13)
      case UInt8(ascii: "t"): out.append(9)
      case UInt8(ascii: "u"):
        var unit = hex(bytes, at)
        at = min(at + 4, bytes.count)
        if (0xD800..<0xDC00).contains(unit), at + 1 < bytes.count, bytes[at] == UInt8(ascii: "\\"),
          bytes[at + 1] == UInt8(ascii: "u")
        {
          let low = hex(bytes, at + 2)
          if (0xDC00..<0xE000).contains(low) {
            unit = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
            at = min(at + 6, bytes.count)
          }
        }
        out.append(contentsOf: String(Character(Unicode.Scalar(unit) ?? "\u{FFFD}")).utf8)
      default: out.append(escape)
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  private static func hex(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> UInt32 {
    guard at + 4 <= bytes.count else { return 0xFFFF_FFFF }
    return UInt32(String(decoding: bytes[at..<at + 4], as: UTF8.self), radix: 16) ?? 0xFFFF_FFFF
  }
}
