import Wire

/// A token of a filter policy's text.
enum FilterToken: Equatable {
  case startObject
  case endObject
  case startArray
  case endArray
  case field(String)
  case string(String)
  /// As written.
  case number(String)
  case bool(Bool)
  case null
  case end
}

/// The text is not JSON.
struct NotJSON: Error {}

/// Reads a filter policy's tokens one by one, and knows where AWS's parser would stand.
///
/// AWS words mistakes with the place of its JSON parser, which is Jackson's: it reads the opening quote of a string and leaves
/// the rest until it is asked for, and with a member's name it reads the colon and the beginning of the value.
struct FilterTokens {
  private let bytes: [UInt8]
  private var at = 0
  /// Where the parser stands: the offset of the next byte that it would read.
  private(set) var place = 0
  /// The end of a string that has not been asked for.
  private var textEnd: Int?
  /// The value behind a member's name, which is read with the name.
  private var behindName: FilterToken?
  /// Whether each open bracket is an object's.
  private var open: [Bool] = []
  private var isFirst = true
  private static let maximumDepth = 64

  init(_ text: String) { bytes = Array(text.utf8) }

  /// The next token.
  mutating func next() throws(NotJSON) -> FilterToken {
    textEnd.map { at = $0 }
    if let value = behindName {
      behindName = nil
      if case .string = value {} else { textEnd = nil }
      return value
    }
    textEnd = nil
    skipSpace()
    guard let isObject = open.last else {
      if isFirst {
        isFirst = false
        return try value()
      }
      guard at == bytes.count else { throw NotJSON() }
      place = at
      return .end
    }
    if peek() == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
      at += 1
      place = at
      open.removeLast()
      isFirst = false
      return isObject ? .endObject : .endArray
    }
    if !isFirst {
      guard peek() == UInt8(ascii: ",") else { throw NotJSON() }
      at += 1
      skipSpace()
    }
    isFirst = false
    guard isObject else { return try value() }
    guard peek() == UInt8(ascii: "\"") else { throw NotJSON() }
    let name = try string()
    skipSpace()
    guard peek() == UInt8(ascii: ":") else { throw NotJSON() }
    at += 1
    skipSpace()
    behindName = try value()
    return .field(name)
  }

  /// Says that a string's text was asked for: AWS's parser now stands behind it.
  mutating func readText() { if let end = textEnd { place = end } }

  /// The place as AWS writes it behind a message.
  var location: String {
    let text = String(decoding: bytes, as: UTF8.self)
    var line = 1
    var start = 0
    for (index, byte) in bytes.prefix(place).enumerated() where byte == UInt8(ascii: "\n") {
      line += 1
      start = index + 1
    }
    let column = String(decoding: bytes[start..<place], as: UTF8.self).utf16.count + 1
    let units = Array(text.utf16)
    // Jackson shows the first 500 characters of what it reads.
    let shown = units.count <= 500 ? text : String(decoding: units.prefix(500), as: UTF16.self)
    let rest = units.count <= 500 ? "" : "[truncated \(units.count - 500) chars]"
    return "\n at [Source: (String)\"\(shown)\"\(rest); line: \(line), column: \(column)]"
  }

  // MARK: Values

  private mutating func value() throws(NotJSON) -> FilterToken {
    guard let byte = peek() else { throw NotJSON() }
    switch byte {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      guard open.count < FilterTokens.maximumDepth else { throw NotJSON() }
      at += 1
      place = at
      open.append(byte == UInt8(ascii: "{"))
      isFirst = true
      return byte == UInt8(ascii: "{") ? .startObject : .startArray
    case UInt8(ascii: "\""):
      place = at + 1
      let text = try string()
      textEnd = at
      return .string(text)
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func word(_ word: String, _ token: FilterToken) throws(NotJSON) -> FilterToken {
    guard bytes[at...].starts(with: word.utf8) else { throw NotJSON() }
    at += word.utf8.count
    place = at
    return token
  }

  private mutating func number() throws(NotJSON) -> FilterToken {
    let start = at
    while let byte = peek(), "+-.eE0123456789".utf8.contains(byte) { at += 1 }
    let text = String(decoding: bytes[start..<at], as: UTF8.self)
    guard let first = text.utf8.first, first == UInt8(ascii: "-") || (48...57).contains(first), Double(text) != nil
    else {
      throw NotJSON()
    }
    place = at
    return .number(text)
  }

  private mutating func string() throws(NotJSON) -> String {
    at += 1
    let start = at
    var isEscaped = false
    while let byte = peek(), byte != UInt8(ascii: "\"") {
      if byte == UInt8(ascii: "\\") {
        isEscaped = true
        at += 1
      } else if byte < 0x20 {
        throw NotJSON()
      }
      at += 1
    }
    guard at < bytes.count else { throw NotJSON() }
    at += 1
    let range = start..<at - 1
    if !isEscaped { return String(decoding: bytes[range], as: UTF8.self) }
    guard let text = JSONValue(parsing: Array(bytes[start - 1..<at]))?.string else { throw NotJSON() }
    return text
  }

  private func peek() -> UInt8? { at < bytes.count ? bytes[at] : nil }

  private mutating func skipSpace() {
    while let byte = peek(), byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { at += 1 }
  }
}
