/// A value of a seed file: what YAML and JSON have in common. Members keep their order.
public indirect enum SeedValue: Sendable, Equatable {
  case string(String)
  /// As written.
  case number(String)
  case bool(Bool)
  case null
  case list([SeedValue])
  case map([Member])

  public struct Member: Sendable, Equatable {
    public var key: String
    public var value: SeedValue

    public init(_ key: String, _ value: SeedValue) {
      self.key = key
      self.value = value
    }
  }

  /// A member of a map.
  public subscript(key: String) -> SeedValue? {
    guard case .map(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  /// The elements of a list.
  public var elements: [SeedValue]? {
    if case .list(let elements) = self { return elements }
    return nil
  }

  /// The text of a string or number.
  public var text: String? {
    switch self {
    case .string(let text), .number(let text): text
    default: nil
    }
  }

  // MARK: JSON

  /// As compact JSON.
  public var json: String {
    switch self {
    case .string(let text): Self.quoted(text)
    case .number(let text): text
    case .bool(let value): value ? "true" : "false"
    case .null: "null"
    case .list(let elements): "[" + elements.map(\.json).joined(separator: ",") + "]"
    case .map(let members):
      "{" + members.map { Self.quoted($0.key) + ":" + $0.value.json }.joined(separator: ",") + "}"
    }
  }

  /// As JSON for people.
  public func prettyJSON(indent: String = "") -> String {
    let inner = indent + "  "
    switch self {
    case .list(let elements) where !elements.isEmpty:
      return "[\n" + elements.map { inner + $0.prettyJSON(indent: inner) }.joined(separator: ",\n") + "\n\(indent)]"
    case .map(let members) where !members.isEmpty:
      let lines = members.map { inner + Self.quoted($0.key) + ": " + $0.value.prettyJSON(indent: inner) }
      return "{\n" + lines.joined(separator: ",\n") + "\n\(indent)}"
    default: return json
    }
  }

  static func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      case _ where scalar.value < 0x20:
        let hex = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }

  // MARK: YAML

  /// As the YAML that ``YAMLReader`` reads, with a line end.
  public var yaml: String {
    switch self {
    case .map(let members) where !members.isEmpty: Self.block(members, "")
    case .list(let elements) where !elements.isEmpty: Self.block(elements, "")
    default: scalar + "\n"
    }
  }

  private static func block(_ members: [Member], _ indent: String) -> String {
    members.map { member in
      "\(indent)\(key(member.key)):" + member.value.after(indent)
    }.joined()
  }

  private static func block(_ elements: [SeedValue], _ indent: String) -> String {
    elements.map { element in
      switch element {
      case .map(let members) where !members.isEmpty:
        // The first member stands behind the dash.
        let text = block(members, indent + "  ")
        return "\(indent)- " + text.dropFirst(indent.count + 2)
      case .list(let inner) where !inner.isEmpty: return "\(indent)- \(element.json)\n"
      default: return "\(indent)- \(element.scalar)\n"
      }
    }.joined()
  }

  /// What stands behind a key's colon.
  private func after(_ indent: String) -> String {
    switch self {
    case .map(let members) where !members.isEmpty: "\n" + Self.block(members, indent + "  ")
    case .list(let elements) where !elements.isEmpty:
      elements.allSatisfy({ $0.isShort }) && elements.count <= 4
        ? " [" + elements.map(\.scalar).joined(separator: ", ") + "]\n" : "\n" + Self.block(elements, indent + "  ")
    case .string(let text) where text.contains("\n") && !text.contains("\r"): " " + Self.literal(text, indent + "  ")
    default: " \(scalar)\n"
    }
  }

  private var isShort: Bool {
    switch self {
    case .string(let text): text.utf8.count < 40 && !text.contains(",") && !text.contains("\n")
    case .number, .bool: true
    default: false
    }
  }

  /// Lines of text, kept as they are.
  private static func literal(_ text: String, _ indent: String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let endsWithLine = lines.last?.isEmpty == true
    if endsWithLine { lines.removeLast() }
    // Spaces at the first line's start would be taken for the indentation, and further empty lines at the end would go.
    if lines.first?.first == " " || lines.first?.isEmpty == true || lines.last?.isEmpty == true {
      return quoted(text) + "\n"
    }
    return (endsWithLine ? "|\n" : "|-\n") + lines.map { $0.isEmpty ? "\n" : indent + $0 + "\n" }.joined()
  }

  private var scalar: String {
    if case .string(let text) = self { return Self.isPlain(text) ? text : Self.quoted(text) }
    return json
  }

  private static func key(_ text: String) -> String { isPlain(text) ? text : quoted(text) }

  /// Whether a text can stand without quotes and is read back as the same string.
  private static func isPlain(_ text: String) -> Bool {
    // Other readers of YAML take text that begins with a digit for a number or a date.
    guard let first = text.first, first.isLetter || "/_".contains(first) else { return false }
    if text.contains(where: { !($0.isLetter || $0.isNumber || " -_./@+=".contains($0)) }) { return false }
    return text.last != " "
      && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(text.lowercased())
  }
}
