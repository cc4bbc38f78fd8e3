/// Why a file can't be read.
public struct SeedProblem: Error, Sendable, Equatable, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }

  init(line: Int, _ text: String) { description = "line \(line): \(text)" }
}

/// Reads the part of YAML that seed files need, strictly; JSON is read too.
///
/// Maps and lists by indentation with spaces; lists and maps in brackets and braces; plain, 'single' and "double"
/// quoted strings in one line; `|` and `|-` for lines of text; `true`, `false`, `null`, `~`, numbers; comments.
/// Everything else of YAML (anchors, tags, several documents, folded text, complex keys, tabs) is an error that names
/// its line. Unlike YAML 1.1, `yes`, `no`, `on`, `off` and dates are strings.
public struct YAMLReader {
  private struct Line {
    let number: Int
    let indent: Int
    /// Without indentation and comment. Empty only inside of text blocks.
    let text: String
    /// As written.
    let raw: String
  }

  private var lines: [Line] = []
  private var at = 0

  /// Reads a whole file.
  public static func read(_ text: String) throws(SeedProblem) -> SeedValue {
    let start = text.drop { $0.isWhitespace }.first
    if start == "{" || start == "[" {
      var flow = FlowReader(text, line: 1, isJSON: true)
      let value = try flow.value()
      try flow.end()
      return value
    }
    var reader = try YAMLReader(text)
    guard reader.skipBlank() else { return .null }
    let value = try reader.block(indent: reader.lines[reader.at].indent)
    if reader.skipBlank() { throw SeedProblem(line: reader.lines[reader.at].number, "this is indented wrongly") }
    return value
  }

  private init(_ text: String) throws(SeedProblem) {
    // A line end with a carriage return is one character.
    let all = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    for (index, line) in all.enumerated() {
      let indent = line.prefix { $0 == " " }.count
      let rest = line.dropFirst(indent)
      if rest.first == "\t" { throw SeedProblem(line: index + 1, "tabs can't indent; use spaces") }
      if index == 0, rest == "---" { continue }
      if rest == "---" || rest == "..." || rest.hasPrefix("%") && indent == 0 {
        throw SeedProblem(line: index + 1, "a file holds one document without directives")
      }
      lines.append(
        Line(number: index + 1, indent: indent, text: Self.withoutComment(String(rest)), raw: String(line)))
    }
  }

  /// What stands before a `#` that begins a comment.
  private static func withoutComment(_ text: String) -> String {
    var quote: Character?
    var isEscaped = false
    var before: Character = " "
    var out = ""
    for character in text {
      if let open = quote {
        if isEscaped {
          isEscaped = false
        } else if open == "\"", character == "\\" {
          isEscaped = true
        } else if character == open {
          quote = nil
        }
      } else if character == "#", before == " " || before == "\t" {
        break
      } else if character == "\"" || character == "'", " [{,:-".contains(before) {
        quote = character
      }
      out.append(character)
      before = character
    }
    while out.last == " " || out.last == "\t" { out.removeLast() }
    return out
  }

  /// Goes to the next line that says something.
  private mutating func skipBlank() -> Bool {
    while at < lines.count, lines[at].text.isEmpty { at += 1 }
    return at < lines.count
  }

  // MARK: Blocks

  private mutating func block(indent: Int) throws(SeedProblem) -> SeedValue {
    let line = lines[at]
    if Self.isItem(line.text) { return try list(indent: indent) }
    if try Self.keyEnd(line.text, line.number) != nil { return try map(indent: indent) }
    at += 1
    return try Self.scalar(line.text, line.number)
  }

  private static func isItem(_ text: String) -> Bool { text == "-" || text.hasPrefix("- ") }

  private mutating func list(indent: Int) throws(SeedProblem) -> SeedValue {
    var elements: [SeedValue] = []
    while skipBlank(), lines[at].indent == indent, Self.isItem(lines[at].text) {
      let line = lines[at]
      let rest = line.text.dropFirst().drop { $0 == " " }
      if rest.isEmpty {
        at += 1
        guard skipBlank(), lines[at].indent > indent else {
          elements.append(.null)
          continue
        }
        elements.append(try block(indent: lines[at].indent))
        continue
      }
      // What stands behind the dash begins a block of its own, as far to the right as it stands.
      let inner = indent + line.text.count - rest.count
      let hasKey = try Self.keyEnd(String(rest), line.number) != nil
      if hasKey || Self.isItem(String(rest)) {
        lines[at] = Line(number: line.number, indent: inner, text: String(rest), raw: line.raw)
        elements.append(try block(indent: inner))
      } else {
        elements.append(try value(String(rest), line, indent: indent))
      }
    }
    try expectEnd(of: indent)
    return .list(elements)
  }

  private mutating func map(indent: Int) throws(SeedProblem) -> SeedValue {
    var members: [SeedValue.Member] = []
    while skipBlank(), lines[at].indent == indent, !Self.isItem(lines[at].text) {
      let line = lines[at]
      guard let (key, rest) = try Self.keyEnd(line.text, line.number) else {
        throw SeedProblem(line: line.number, "here a key and a colon should stand")
      }
      if members.contains(where: { $0.key == key }) { throw SeedProblem(line: line.number, "\(key) is there twice") }
      if rest.isEmpty {
        at += 1
        guard skipBlank(), lines[at].indent > indent || lines[at].indent == indent && Self.isItem(lines[at].text) else {
          members.append(.init(key, .null))
          continue
        }
        members.append(.init(key, try block(indent: lines[at].indent)))
      } else {
        members.append(.init(key, try value(rest, line, indent: indent)))
      }
    }
    try expectEnd(of: indent)
    return .map(members)
  }

  private mutating func expectEnd(of indent: Int) throws(SeedProblem) {
    guard skipBlank(), lines[at].indent > indent else { return }
    throw SeedProblem(line: lines[at].number, "this is indented wrongly")
  }

  /// What stands behind a colon or dash, which may go on in the lines below.
  private mutating func value(_ text: String, _ line: Line, indent: Int) throws(SeedProblem) -> SeedValue {
    at += 1
    if text == "|" || text == "|-" { return .string(literal(indent: indent, keepsEnd: text == "|")) }
    guard text.first == "[" || text.first == "{" else { return try Self.scalar(text, line.number) }
    // Brackets may close some lines below.
    var whole = text
    while !FlowReader.isClosed(whole), at < lines.count {
      whole += "\n" + lines[at].text
      at += 1
    }
    var flow = FlowReader(whole, line: line.number, isJSON: false)
    let value = try flow.value()
    try flow.end()
    return value
  }

  private mutating func literal(indent: Int, keepsEnd: Bool) -> String {
    var block: [Line] = []
    while at < lines.count, lines[at].indent > indent || lines[at].raw.allSatisfy({ $0 == " " }) {
      block.append(lines[at])
      at += 1
    }
    while block.last.map({ $0.raw.allSatisfy { $0 == " " } }) == true { block.removeLast() }
    let margin = block.filter { !$0.raw.allSatisfy { $0 == " " } }.map(\.indent).min() ?? 0
    let text = block.map { String($0.raw.dropFirst(margin)) }.joined(separator: "\n")
    return keepsEnd && !block.isEmpty ? text + "\n" : text
  }

  // MARK: Scalars

  /// The key at the beginning of a line, and what follows its colon; nothing if there is no key.
  private static func keyEnd(_ text: String, _ number: Int) throws(SeedProblem) -> (key: String, rest: String)? {
    guard let first = text.first else { return nil }
    if first == "?" || first == "&" || first == "*" || first == "!" { throw unsupported(first, number) }
    if first == "\"" || first == "'" {
      var flow = FlowReader(text, line: number, isJSON: false)
      let key = try flow.quoted()
      let rest = flow.rest
      guard rest.first == ":" else { return nil }
      guard rest.count == 1 || rest.dropFirst().first == " " else { return nil }
      return (key, String(rest.dropFirst().drop { $0 == " " }))
    }
    if first == "[" || first == "{" || first == "|" || first == ">" { return nil }
    var index = text.startIndex
    while index != text.endIndex {
      let next = text.index(after: index)
      if text[index] == ":", next == text.endIndex || text[next] == " " {
        return (String(text[..<index]), String(text[next...].drop { $0 == " " }))
      }
      index = next
    }
    return nil
  }

  private static func scalar(_ text: String, _ number: Int) throws(SeedProblem) -> SeedValue {
    guard let first = text.first else { return .null }
    switch first {
    case "\"", "'", "[", "{":
      var flow = FlowReader(text, line: number, isJSON: false)
      let value = try flow.value()
      try flow.end()
      return value
    case "&", "*", "!", "|", ">", "%", "@", "`", "?": throw unsupported(first, number)
    default:
      if text.contains(": ") || text.hasSuffix(":") {
        throw SeedProblem(line: number, "“\(text)” needs quotes, for there is a colon in it")
      }
      return plain(text)
    }
  }

  private static func unsupported(_ character: Character, _ number: Int) -> SeedProblem {
    SeedProblem(line: number, "text that begins with \(character) needs quotes; what YAML means by it is not read here")
  }

  static func plain(_ text: String) -> SeedValue {
    switch text {
    case "true": .bool(true)
    case "false": .bool(false)
    case "null", "~": .null
    default: number(text).map { .number($0) } ?? .string(text)
    }
  }

  /// The text, if it is a JSON number. Account ids with a leading zero are none.
  static func number(_ text: String) -> String? {
    var rest = Substring(text)
    if rest.first == "-" { rest.removeFirst() }
    let whole = rest.prefix { $0.isASCII && $0.isNumber }
    guard !whole.isEmpty, whole == "0" || whole.first != "0" else { return nil }
    rest = rest.dropFirst(whole.count)
    if rest.first == "." {
      let fraction = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
      guard !fraction.isEmpty else { return nil }
      rest = rest.dropFirst(fraction.count + 1)
    }
    return rest.isEmpty ? text : nil
  }
}

/// Reads lists and maps in brackets and braces, and quoted strings.
struct FlowReader {
  private let characters: [Character]
  private var at = 0
  private var line: Int
  /// Whether strings must have quotes and control characters in them are wrong.
  private let isJSON: Bool
  private var depth = 0

  init(_ text: String, line: Int, isJSON: Bool) {
    characters = Array(text)
    self.line = line
    self.isJSON = isJSON
  }

  /// What was not read yet.
  var rest: Substring { Substring(String(characters[at...])) }

  /// Whether every bracket outside of quotes is closed.
  static func isClosed(_ text: String) -> Bool {
    var depth = 0
    var quote: Character?
    var isEscaped = false
    for character in text {
      if isEscaped {
        isEscaped = false
      } else if let open = quote {
        if character == "\\", open == "\"" { isEscaped = true } else if character == open { quote = nil }
      } else if character == "\"" || character == "'" {
        quote = character
      } else if "[{".contains(character) {
        depth += 1
      } else if "]}".contains(character) {
        depth -= 1
      }
    }
    return depth <= 0
  }

  private func problem(_ text: String) -> SeedProblem { SeedProblem(line: line, text) }

  private mutating func skipSpace() {
    while at < characters.count, characters[at].isWhitespace {
      if characters[at].isNewline { line += 1 }
      at += 1
    }
  }

  mutating func end() throws(SeedProblem) {
    skipSpace()
    if at < characters.count { throw problem("something follows where nothing should: “\(characters[at])”") }
  }

  mutating func value() throws(SeedProblem) -> SeedValue {
    skipSpace()
    guard at < characters.count else { throw problem("a value is missing") }
    switch characters[at] {
    case "[": return try list()
    case "{": return try map()
    case "\"": return .string(try quoted())
    case "'" where !isJSON: return .string(try quoted())
    default: return try plain()
    }
  }

  private mutating func enter() throws(SeedProblem) {
    at += 1
    depth += 1
    if depth > 64 { throw problem("nested too deeply") }
    skipSpace()
  }

  private mutating func take(_ character: Character) -> Bool {
    skipSpace()
    guard at < characters.count, characters[at] == character else { return false }
    at += 1
    return true
  }

  private mutating func list() throws(SeedProblem) -> SeedValue {
    try enter()
    defer { depth -= 1 }
    var elements: [SeedValue] = []
    if take("]") { return .list([]) }
    while true {
      elements.append(try value())
      if take("]") { return .list(elements) }
      guard take(",") else { throw problem("a comma or a closing bracket is missing") }
    }
  }

  private mutating func map() throws(SeedProblem) -> SeedValue {
    try enter()
    defer { depth -= 1 }
    var members: [SeedValue.Member] = []
    if take("}") { return .map([]) }
    while true {
      skipSpace()
      guard at < characters.count else { throw problem("a key is missing") }
      let key: String
      if characters[at] == "\"" || characters[at] == "'" && !isJSON {
        key = try quoted()
      } else {
        guard !isJSON else { throw problem("a key needs quotes") }
        key = word(until: ":,{}[]")
      }
      if members.contains(where: { $0.key == key }) { throw problem("\(key) is there twice") }
      guard take(":") else { throw problem("a colon is missing after \(key)") }
      members.append(.init(key, try value()))
      if take("}") { return .map(members) }
      guard take(",") else { throw problem("a comma or a closing brace is missing") }
    }
  }

  private mutating func plain() throws(SeedProblem) -> SeedValue {
    let text = word(until: ",[]{}")
    guard !text.isEmpty else { throw problem("a value is missing") }
    let value = YAMLReader.plain(text)
    if isJSON, case .string = value { throw problem("“\(text)” needs quotes") }
    return value
  }

  private mutating func word(until stops: String) -> String {
    var text = ""
    while at < characters.count, !stops.contains(characters[at]), !characters[at].isNewline {
      text.append(characters[at])
      at += 1
    }
    while text.last == " " { text.removeLast() }
    return text
  }

  mutating func quoted() throws(SeedProblem) -> String {
    let quote = characters[at]
    at += 1
    var text = ""
    while at < characters.count {
      let character = characters[at]
      at += 1
      if character == quote {
        guard quote == "'", at < characters.count, characters[at] == "'" else { return text }
        text.append("'")
        at += 1
      } else if character == "\\", quote == "\"" {
        text += try escape()
      } else if character.isNewline {
        throw problem("a string has no end in its line")
      } else {
        text.append(character)
      }
    }
    throw problem("a string has no end")
  }

  private mutating func escape() throws(SeedProblem) -> String {
    guard at < characters.count else { throw problem("a string has no end") }
    let character = characters[at]
    at += 1
    switch character {
    case "\"", "\\", "/": return String(character)
    case "n": return "\n"
    case "t": return "\t"
    case "r": return "\r"
    case "b": return "\u{8}"
    case "f": return "\u{C}"
    case "u":
      let high = try unit()
      guard (0xD800..<0xDC00).contains(high) else { return String(Character(Unicode.Scalar(high) ?? "\u{FFFD}")) }
      guard at + 1 < characters.count, characters[at] == "\\", characters[at + 1] == "u" else { return "\u{FFFD}" }
      at += 2
      let low = try unit()
      guard (0xDC00..<0xE000).contains(low) else { return "\u{FFFD}" }
      return String(Character(Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)) ?? "\u{FFFD}"))
    default: throw problem("\\\(character) is no escape")
    }
  }

  private mutating func unit() throws(SeedProblem) -> UInt32 {
    guard at + 4 <= characters.count, let value = UInt32(String(characters[at..<at + 4]), radix: 16) else {
      throw problem("an unfinished \\u")
    }
    at += 4
    return value
  }
}
