import Policy
import Yams

extension SeedValue {
  /// Reads a whole file: JSON if it begins like JSON, else YAML.
  ///
  /// All of YAML that stands for such values: what is written plainly is a string unless JSON would read it otherwise, so
  /// `yes`, `no`, account ids with a leading zero, and dates are strings.
  public init(reading text: String) throws(SeedProblem) {
    let start = text.drop { $0.isWhitespace }.first
    if start == "{" || start == "[" {
      do { self.init(try JSONReader.read(Array(text.utf8))) } catch {
        throw SeedProblem(line: error.position.line, error.message)
      }
      return
    }
    let node: Node?
    do { node = try compose(yaml: text) } catch { throw SeedProblem(yaml: error, in: text) }
    guard let node else {
      self = .null
      return
    }
    var reading = YAMLReading()
    self = try reading.value(of: node)
  }

  /// As YAML, with a line end.
  public var yaml: String {
    get throws(SeedProblem) {
      do { return try serialize(node: node, width: -1, allowUnicode: true) } catch { throw SeedProblem("\(error)") }
    }
  }

  private init(_ node: JSONNode) {
    self =
      switch node.value {
      case .object(let members): .map(members.map { .init($0.key, SeedValue($0.node)) })
      case .array(let elements): .list(elements.map { SeedValue($0) })
      case .string(let text): .string(text)
      case .number(let text): .number(text)
      case .bool(let value): .bool(value)
      case .null: .null
      }
  }

  // MARK: Scalars

  /// What a scalar without quotes stands for.
  fileprivate static func plain(_ text: String) -> SeedValue {
    switch text {
    case "true": .bool(true)
    case "false": .bool(false)
    case "null", "~", "": .null
    default: isNumber(text) ? .number(text) : .string(text)
    }
  }

  /// Whether a text is a JSON number. Account ids with a leading zero are none.
  private static func isNumber(_ text: String) -> Bool {
    text.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?/) != nil
  }

  // MARK: Writing

  private var node: Node {
    switch self {
    case .string(let text): .scalar(Node.Scalar(text, .implicit, style(of: text)))
    case .number, .bool, .null: .scalar(Node.Scalar(json, .implicit, .plain))
    case .list(let elements):
      .sequence(
        .init(elements.map(\.node), .implicit, elements.count <= 4 && elements.allSatisfy(\.isShort) ? .flow : .block))
    case .map(let members):
      .mapping(
        .init(
          members.map { (SeedValue.string($0.key).node, $0.value.node) }, .implicit, members.isEmpty ? .flow : .block))
    }
  }

  private func style(of text: String) -> Node.Scalar.Style {
    if text.contains("\n") { return .literal }
    return SeedValue.isPlain(text) ? .plain : .doubleQuoted
  }

  /// Whether it may stand beside others in one line.
  private var isShort: Bool {
    switch self {
    case .string(let text): text.utf8.count < 40 && !text.contains("\n")
    case .number, .bool: true
    default: false
    }
  }

  /// Whether a text can stand without quotes and is the same string for every reader, those of YAML 1.1 included.
  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.first, first.isLetter || "/_".contains(first), text.last != " " else { return false }
    if text.contains(where: { !($0.isLetter || $0.isNumber || " -_./@+=".contains($0)) }) { return false }
    return !["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(text.lowercased())
  }
}

/// Takes what the parser made of a file. Aliases stand for what they name, so a small file may be very large: it counts.
private struct YAMLReading {
  private var count = 0
  /// Far more than the largest organization has.
  private static let limit = 5_000_000

  mutating func value(of node: Node) throws(SeedProblem) -> SeedValue {
    count += 1
    guard count <= Self.limit else { throw SeedProblem("the file's aliases make too much of it") }
    switch node {
    case .scalar(let scalar): return try value(of: scalar)
    case .sequence(let sequence):
      var elements: [SeedValue] = []
      for element in sequence { elements.append(try value(of: element)) }
      return .list(elements)
    case .mapping(let mapping):
      var members: [SeedValue.Member] = []
      for (key, inner) in mapping {
        guard let name = key.scalar?.string else { throw SeedProblem(line: node.line, "a key should be text") }
        members.append(.init(name, try value(of: inner)))
      }
      return .map(members)
    case .alias: throw SeedProblem(line: node.line, "an alias that names nothing")
    }
  }

  private func value(of scalar: Node.Scalar) throws(SeedProblem) -> SeedValue {
    if scalar.tag == Tag(.str) { return .string(scalar.string) }
    guard scalar.tag == .implicit else {
      throw SeedProblem(line: scalar.mark?.line ?? 1, "a seed has no values of the type \(scalar.tag)")
    }
    return scalar.style == .plain ? .plain(scalar.string) : .string(scalar.string)
  }
}

extension Node {
  fileprivate var line: Int { mark?.line ?? 1 }
}

extension SeedProblem {
  /// What the parser has to say, with the line alone: the column is seldom where the mistake is.
  fileprivate init(yaml error: any Error, in text: String) {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
      let line = lines.indices.contains(mark.line - 1) ? lines[mark.line - 1] : ""
      let isIndentedByTab = line.prefix { $0.isWhitespace }.contains("\t")
      self.init(line: mark.line, isIndentedByTab ? "tabs can't indent; use spaces" : problem)
    case .duplicatedKeysInMapping(let keys, let context):
      self.init(line: context.mark.line, "\(keys.joined(separator: ", ")) is there twice")
    case .reader(let problem, let offset, _, _):
      self.init(line: 1 + text.prefix(offset ?? 0).count { $0.isNewline }, problem)
    default: self.init("\(error)")
    }
  }
}
