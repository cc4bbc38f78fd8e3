/// Why an event pattern is refused: AWS's words, with the place in the text as its JSON parser counts it.
struct PatternProblem: Error, Equatable, CustomStringConvertible {
  let description: String

  /// A problem without a place.
  init(_ message: String) { description = message }

  /// A problem at a byte of the text.
  /// AWS: the messages are those of aws/event-ruler, whose parser (Jackson) adds the source, cut off at 500 characters, and the
  /// line and column behind what it has read.
  init(_ message: String, at offset: Int, in text: [UInt8]) {
    description = "\(message)\n at \(PatternProblem.place(offset, text))"
  }

  static func place(_ offset: Int, _ text: [UInt8]) -> String {
    let whole = String(decoding: text, as: UTF8.self)
    let read = String(decoding: text[..<min(offset, text.count)], as: UTF8.self)
    let lines = read.split(separator: "\n", omittingEmptySubsequences: false)
    let shown = whole.count > 500 ? "\"\(whole.prefix(500))\"[truncated \(whole.count - 500) chars]" : "\"\(whole)\""
    return "[Source: (String)\(shown); line: \(lines.count), column: \((lines.last?.count ?? 0) + 1)]"
  }
}

/// Reads an event pattern token by token. It stands where AWS's parser stands after the same token, because AWS's messages tell
/// that place: behind the first quote of a string until somebody asks for the string, and at a name already behind the first
/// character of its value.
struct PatternReader {
  enum Token: Equatable {
    case startObject, endObject, startArray, endArray
    case name(String)
    case string(String)
    case number(String)
    case word(String)

    var isNumber: Bool { if case .number = self { true } else { false } }
    var string: String? { if case .string(let text) = self { text } else { nil } }

    /// The token as Jackson's `getText` gives it.
    var text: String {
      switch self {
      case .startObject: "{"
      case .endObject: "}"
      case .startArray: "["
      case .endArray: "]"
      case .name(let text), .string(let text), .number(let text), .word(let text): text
      }
    }
  }

  private struct Level {
    var isObject: Bool
    var start: Int
    var count = 0
  }

  let bytes: [UInt8]
  /// Where the next token is looked for.
  private var next = 0
  /// Where AWS's parser would stand.
  private var place = 0
  private var levels: [Level] = []
  private var isValueDue = false
  private var isEnded = false

  init(_ text: String) { bytes = Array(text.utf8) }

  func problem(_ message: String) -> PatternProblem { PatternProblem(message, at: place, in: bytes) }

  /// Says that a string's content was asked for: the parser then stands behind the string.
  mutating func take() { place = max(place, next) }

  mutating func token() throws(PatternProblem) -> Token {
    skipSpace()
    if levels.isEmpty {
      guard !isEnded else { return try trailing() }
      isEnded = true
      return try value()
    }
    let level = levels[levels.count - 1]
    if isValueDue {
      isValueDue = false
      return try value()
    }
    guard next < bytes.count else { throw endOfInput() }
    let closing = level.isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")
    if bytes[next] == closing {
      next += 1
      place = next
      levels.removeLast()
      return level.isObject ? .endObject : .endArray
    }
    if level.count > 0 {
      guard bytes[next] == UInt8(ascii: ",") else {
        throw unexpected("was expecting comma to separate \(level.isObject ? "Object" : "Array") entries")
      }
      next += 1
      skipSpace()
      guard next < bytes.count else { throw endOfInput() }
    }
    levels[levels.count - 1].count += 1
    return level.isObject ? try name() : try value()
  }

  private mutating func trailing() throws(PatternProblem) -> Token {
    guard next < bytes.count else { throw endOfInput() }
    return try value()
  }

  private mutating func name() throws(PatternProblem) -> Token {
    guard bytes[next] == UInt8(ascii: "\"") else { throw unexpected("was expecting double-quote to start field name") }
    let text = try string()
    skipSpace()
    guard next < bytes.count else { throw endOfInput() }
    guard bytes[next] == UInt8(ascii: ":") else {
      throw unexpected("was expecting a colon to separate field name and value")
    }
    next += 1
    skipSpace()
    guard next < bytes.count else { throw endOfInput() }
    isValueDue = true
    var ahead = self
    _ = try ahead.value()
    place = ahead.place
    return .name(text)
  }

  private mutating func value() throws(PatternProblem) -> Token {
    guard next < bytes.count else { throw endOfInput() }
    switch bytes[next] {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      let isObject = bytes[next] == UInt8(ascii: "{")
      levels.append(Level(isObject: isObject, start: next))
      next += 1
      place = next
      return isObject ? .startObject : .startArray
    case UInt8(ascii: "\""):
      let start = next
      let text = try string()
      place = start + 1
      return .string(text)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: return try word()
    }
  }

  /// Reads a string and its quotes.
  private mutating func string() throws(PatternProblem) -> String {
    let start = next
    next += 1
    var hasEscapes = false
    while next < bytes.count, bytes[next] != UInt8(ascii: "\"") {
      if bytes[next] < 0x20 {
        place = next + 1
        throw problem(
          "Illegal unquoted character ((CTRL-CHAR, code \(bytes[next]))): has to be escaped using backslash to be included in "
            + "string value")
      }
      if bytes[next] == UInt8(ascii: "\\") {
        hasEscapes = true
        next += 1
      }
      next += 1
    }
    guard next < bytes.count else {
      place = bytes.count
      throw problem("Unexpected end-of-input: was expecting closing quote for a string value")
    }
    next += 1
    let inner = bytes[(start + 1)..<(next - 1)]
    guard hasEscapes else { return String(decoding: inner, as: UTF8.self) }
    guard let text = EventText.unescaped(bytes[start..<next]) else {
      place = next
      throw problem("Unrecognized character escape")
    }
    return text
  }

  private mutating func number() throws(PatternProblem) -> Token {
    let start = next
    let signs: Set<UInt8> = [
      UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"),
    ]
    while next < bytes.count, signs.contains(bytes[next]) || (48...57).contains(bytes[next]) { next += 1 }
    place = next
    let text = String(decoding: bytes[start..<next], as: UTF8.self)
    guard EventText.isNumber(text) else { throw unexpected("Expected a valid number") }
    return .number(text)
  }

  private mutating func word() throws(PatternProblem) -> Token {
    let start = next
    while next < bytes.count, isLetter(bytes[next]) { next += 1 }
    let text = String(decoding: bytes[start..<next], as: UTF8.self)
    place = next
    if text == "true" || text == "false" || text == "null" { return .word(text) }
    let wanted = "was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')"
    if text.isEmpty {
      next = start
      throw unexpected("expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')")
    }
    throw problem("Unrecognized token '\(text)': \(wanted)")
  }

  private func isLetter(_ byte: UInt8) -> Bool {
    (97...122).contains(byte) || (65...90).contains(byte) || (48...57).contains(byte) || byte == 95 || byte == 36
      || byte >= 0x80
  }

  private mutating func skipSpace() {
    while next < bytes.count, bytes[next] == 0x20 || bytes[next] == 0x0A || bytes[next] == 0x0D || bytes[next] == 0x09 {
      next += 1
    }
  }

  private mutating func unexpected(_ wanted: String) -> PatternProblem {
    guard next < bytes.count else { return endOfInput() }
    place = next + 1
    let byte = bytes[next]
    return problem("Unexpected character ('\(Character(Unicode.Scalar(byte)))' (code \(byte))): \(wanted)")
  }

  private mutating func endOfInput() -> PatternProblem {
    place = bytes.count
    guard let level = levels.last else { return problem("Unexpected end-of-input") }
    return problem(
      "Unexpected end-of-input: expected close marker for \(level.isObject ? "Object" : "Array") (start marker at "
        + "\(PatternProblem.place(level.start + 1, bytes)))")
  }
}
