/// Why a text is not the JSON of a policy.
public struct PolicySyntaxError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong, in one line.
  public let message: String
  /// Where, counted from 1.
  public let position: TextPosition

  public var description: String { "\(message) (line \(position.line), column \(position.column))" }
}

/// A place in a policy's text; lines and columns count from 1, columns in UTF-16 units.
public struct TextPosition: Sendable, Hashable, Codable {
  public let line: Int
  public let column: Int

  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// The position of a byte offset in `bytes`.
  static func of(_ offset: Int, in bytes: [UInt8]) -> TextPosition {
    var line = 1
    var column = 1
    for byte in bytes.prefix(offset) {
      switch byte {
      case UInt8(ascii: "\n"):
        line += 1
        column = 1
      case 0x80...0xBF: break
      case 0xF0...0xFF: column += 2
      default: column += 1
      }
    }
    return TextPosition(line: line, column: column)
  }
}

/// Reads RFC 8259 JSON strictly: no comments, no trailing commas, no duplicate keys.
package struct JSONReader {
  /// Deep enough for any policy, shallow enough for any stack.
  static let maximumDepth = 128

  private let bytes: [UInt8]
  private var at = 0
  private var depth = 0

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Reads a whole text.
  package static func read(_ bytes: [UInt8]) throws(PolicySyntaxError) -> JSONNode {
    var reader = JSONReader(bytes)
    reader.skipSpace()
    let node = try reader.value()
    reader.skipSpace()
    guard reader.at == bytes.count else { throw reader.error("something follows the JSON value") }
    return node
  }

  private func error(_ message: String, at offset: Int? = nil) -> PolicySyntaxError {
    PolicySyntaxError(message: message, position: .of(offset ?? at, in: bytes))
  }

  private mutating func skipSpace() {
    while at < bytes.count {
      switch bytes[at] {
      case 0x20, 0x09, 0x0A, 0x0D: at += 1
      default: return
      }
    }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard at < bytes.count, bytes[at] == byte else { return false }
    at += 1
    return true
  }

  private mutating func take(word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    guard at + count <= bytes.count else { return false }
    for index in 0..<count where bytes[at + index] != word.utf8Start[index] { return false }
    at += count
    return true
  }

  private mutating func value() throws(PolicySyntaxError) -> JSONNode {
    guard at < bytes.count else { throw error("a value is missing") }
    let start = at
    let value: JSONNode.Value
    switch bytes[at] {
    case UInt8(ascii: "{"): value = .object(try object())
    case UInt8(ascii: "["): value = .array(try array())
    case UInt8(ascii: "\""): value = .string(try string())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): value = .number(try number())
    case UInt8(ascii: "t") where take(word: "true"): value = .bool(true)
    case UInt8(ascii: "f") where take(word: "false"): value = .bool(false)
    case UInt8(ascii: "n") where take(word: "null"): value = .null
    default: throw error("not a JSON value")
    }
    return JSONNode(value: value, start: start, end: at)
  }

  private mutating func enter() throws(PolicySyntaxError) {
    depth += 1
    guard depth <= Self.maximumDepth else { throw error("nested too deeply") }
    at += 1
    skipSpace()
  }

  private mutating func object() throws(PolicySyntaxError) -> [JSONNode.Member] {
    try enter()
    defer { depth -= 1 }
    var members: [JSONNode.Member] = []
    if take(UInt8(ascii: "}")) { return members }
    while true {
      skipSpace()
      let keyStart = at
      guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { throw error("a key is missing") }
      let key = try string()
      // Strings compare by canonical equivalence, JSON keys by code points.
      if members.contains(where: { $0.key.utf8.elementsEqual(key.utf8) }) {
        throw error("duplicate key \"\(key)\"", at: keyStart)
      }
      skipSpace()
      guard take(UInt8(ascii: ":")) else { throw error("a colon is missing") }
      skipSpace()
      members.append(.init(key: key, node: try value()))
      skipSpace()
      if take(UInt8(ascii: "}")) { return members }
      guard take(UInt8(ascii: ",")) else { throw error("a comma or a closing brace is missing") }
    }
  }

  private mutating func array() throws(PolicySyntaxError) -> [JSONNode] {
    try enter()
    defer { depth -= 1 }
    var elements: [JSONNode] = []
    if take(UInt8(ascii: "]")) { return elements }
    while true {
      skipSpace()
      elements.append(try value())
      skipSpace()
      if take(UInt8(ascii: "]")) { return elements }
      guard take(UInt8(ascii: ",")) else { throw error("a comma or a closing bracket is missing") }
    }
  }

  private mutating func number() throws(PolicySyntaxError) -> String {
    let start = at
    _ = take(UInt8(ascii: "-"))
    if !take(UInt8(ascii: "0")) { try digits() }
    if take(UInt8(ascii: ".")) { try digits() }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      try digits()
    }
    return String(decoding: bytes[start..<at], as: UTF8.self)
  }

  private mutating func digits() throws(PolicySyntaxError) {
    let start = at
    while at < bytes.count, (48...57).contains(bytes[at]) { at += 1 }
    guard at > start else { throw error("a digit is missing") }
  }

  private mutating func string() throws(PolicySyntaxError) -> String {
    at += 1
    let start = at
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: "\""):
        defer { at += 1 }
        return String(decoding: bytes[start..<at], as: UTF8.self)
      case UInt8(ascii: "\\"): return try escapedString(from: start)
      case 0..<0x20: throw error("a control character in a string")
      default: at += 1
      }
    }
    throw error("a string has no end", at: start - 1)
  }

  private mutating func escapedString(from start: Int) throws(PolicySyntaxError) -> String {
    var out = Array(bytes[start..<at])
    while at < bytes.count {
      let byte = bytes[at]
      at += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: out, as: UTF8.self)
      case 0..<0x20: throw error("a control character in a string", at: at - 1)
      case UInt8(ascii: "\\"):
        guard at < bytes.count else { throw error("a string has no end", at: start - 1) }
        let escape = bytes[at]
        at += 1
        switch escape {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(escape)
        case UInt8(ascii: "b"): out.append(0x08)
        case UInt8(ascii: "f"): out.append(0x0C)
        case UInt8(ascii: "n"): out.append(0x0A)
        case UInt8(ascii: "r"): out.append(0x0D)
        case UInt8(ascii: "t"): out.append(0x09)
        case UInt8(ascii: "u"): out.append(contentsOf: String(try scalar()).utf8)
        default: throw error("an unknown escape", at: at - 2)
        }
      default: out.append(byte)
      }
    }
    throw error("a string has no end", at: start - 1)
  }

  private mutating func scalar() throws(PolicySyntaxError) -> Character {
    let high = try hexUnit()
    guard (0xD800...0xDFFF).contains(high) else { return Character(Unicode.Scalar(high) ?? "\u{FFFD}") }
    // A lone surrogate has no UTF-8 form; it becomes the replacement character.
    guard high < 0xDC00, at + 1 < bytes.count, bytes[at] == UInt8(ascii: "\\"), bytes[at + 1] == UInt8(ascii: "u")
    else { return "\u{FFFD}" }
    let mark = at
    at += 2
    let low = try hexUnit()
    guard (0xDC00...0xDFFF).contains(low) else {
      at = mark
      return "\u{FFFD}"
    }
    let code = 0x10000 + (UInt32(high) - 0xD800) << 10 + (UInt32(low) - 0xDC00)
    return Character(Unicode.Scalar(code) ?? "\u{FFFD}")
  }

  private mutating func hexUnit() throws(PolicySyntaxError) -> UInt16 {
    guard at + 4 <= bytes.count else { throw error("an unfinished \\u escape") }
    var unit: UInt16 = 0
    for byte in bytes[at..<at + 4] {
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
      default: throw error("an unfinished \\u escape")
      }
      unit = unit << 4 | UInt16(digit)
    }
    at += 4
    return unit
  }
}
