import Wire

/// An InputTransformer's template: text in which `<name>` stands for what a path finds in the event.
///
/// AWS: EventBridge user guide, "Input transformation". A template that is a JSON object or array is filled with JSON values where
/// a placeholder stands alone, and with text where it stands within a string. Any other template is text.
struct InputTemplate: Sendable {
  private enum Piece: Sendable {
    case text(String)
    /// A placeholder, and whether it stands within a JSON string.
    case variable(String, isQuoted: Bool)
  }

  /// What AWS gives every template.
  static let predefined: Set<String> = [
    "aws.events.rule-arn", "aws.events.rule-name", "aws.events.event.ingestion-time", "aws.events.event",
    "aws.events.event.json",
  ]

  /// The names that begin so are AWS's.
  static let reservedPrefix = "aws."

  /// What is known when a target is called.
  struct Facts {
    var event: Event
    var ruleARN: String
    var ruleName: String
  }

  private let pieces: [Piece]
  private let paths: [String: JSONPath]
  /// Whether what it gives must be JSON.
  let isJSON: Bool

  /// - Parameter paths: the paths by placeholder; those that are no paths find nothing.
  init(_ template: String, paths: [String: String]) {
    self.paths = paths.compactMapValues { JSONPath($0) }
    isJSON = template.first { !$0.isWhitespace }.map { $0 == "{" || $0 == "[" } ?? false
    var pieces: [Piece] = []
    var text = ""
    var isQuoted = false
    var rest = Substring(template)
    while let next = rest.first {
      if next == "\\" {
        text += rest.prefix(2)
        rest = rest.dropFirst(2)
        continue
      }
      if next == "<", let (name, after) = InputTemplate.placeholder(rest) {
        if !text.isEmpty { pieces.append(.text(text)) }
        text = ""
        pieces.append(.variable(name, isQuoted: isQuoted))
        rest = after
        continue
      }
      if next == "\"" { isQuoted.toggle() }
      text.append(next)
      rest = rest.dropFirst()
    }
    if !text.isEmpty { pieces.append(.text(text)) }
    self.pieces = pieces
  }

  private static func placeholder(_ text: Substring) -> (name: String, after: Substring)? {
    guard let end = text.firstIndex(of: ">") else { return nil }
    let name = text[text.index(after: text.startIndex)..<end]
    let isName = name.utf8.allSatisfy { byte in
      (97...122).contains(byte) || (65...90).contains(byte) || (48...57).contains(byte) || byte == 45 || byte == 95
        || byte == 46
    }
    guard isName, !name.isEmpty else { return nil }
    return (String(name), text[text.index(after: end)...])
  }

  /// The placeholders, in order.
  var variables: [String] {
    pieces.compactMap { if case .variable(let name, _) = $0 { name } else { nil } }
  }

  /// The text that the target gets.
  func filled(_ facts: Facts, _ envelope: JSONValue) -> String {
    var result = ""
    for piece in pieces {
      switch piece {
      case .text(let text): result += text
      case .variable(let name, let isQuoted): result += text(of: value(name, facts, envelope), isQuoted: isQuoted)
      }
    }
    return result
  }

  private func value(_ name: String, _ facts: Facts, _ envelope: JSONValue) -> JSONValue? {
    switch name {
    case "aws.events.rule-arn": return .string(facts.ruleARN)
    case "aws.events.rule-name": return .string(facts.ruleName)
    case "aws.events.event.ingestion-time": return .string(facts.event.ingested.iso8601WithMilliseconds)
    case "aws.events.event.json": return envelope
    case "aws.events.event": return .object((envelope.object ?? []).filter { $0.name != "detail" })
    default: return paths[name]?.value(in: envelope)
    }
  }

  private func text(of value: JSONValue?, isQuoted: Bool) -> String {
    // AWS: a path that leads nowhere leaves nothing; a JSON template stays JSON. unverified: the empty string.
    guard let value else { return isJSON && !isQuoted ? "\"\"" : "" }
    switch value {
    case .string(let text):
      if isQuoted { return String(EventText.quoted(text).dropFirst().dropLast()) }
      return isJSON ? EventText.quoted(text) : text
    case .object, .array:
      if isJSON, !isQuoted { return value.text }
      // AWS takes the quotes away from objects within text.
      return value.text.replacing("\"", with: "")
    default: return value.text
    }
  }
}
