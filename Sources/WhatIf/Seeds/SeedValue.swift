import Policy

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
    case .string(let text): JSONText.quoted(text)
    case .number(let text): text
    case .bool(let value): value ? "true" : "false"
    case .null: "null"
    case .list(let elements): "[" + elements.map(\.json).joined(separator: ",") + "]"
    case .map(let members):
      "{" + members.map { JSONText.quoted($0.key) + ":" + $0.value.json }.joined(separator: ",") + "}"
    }
  }

  /// As JSON for people.
  public func prettyJSON(indent: String = "") -> String {
    let inner = indent + "  "
    switch self {
    case .list(let elements) where !elements.isEmpty:
      return "[\n" + elements.map { inner + $0.prettyJSON(indent: inner) }.joined(separator: ",\n") + "\n\(indent)]"
    case .map(let members) where !members.isEmpty:
      let lines = members.map { inner + JSONText.quoted($0.key) + ": " + $0.value.prettyJSON(indent: inner) }
      return "{\n" + lines.joined(separator: ",\n") + "\n\(indent)}"
    default: return json
    }
  }
}
