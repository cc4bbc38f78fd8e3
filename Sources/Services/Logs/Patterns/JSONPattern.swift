import Wire

/// Conditions on the members of a JSON message: `{ $.user.id = 1 && ($.latency > 500 || $.error IS TRUE) }`.
struct JSONPattern: Sendable {
  private struct Condition: Sendable {
    enum Test: Sendable {
      case compares(PatternComparison)
      case isNull
      case isTrue
      case isFalse
      case isAbsent
    }

    var selector: JSONSelector
    var test: Test
  }

  private let tree: ConditionTree<Condition>

  init(_ scanner: inout PatternScanner) throws(PatternProblem) {
    scanner.advance()
    tree = try ConditionTree(&scanner) { scanner throws(PatternProblem) in try JSONPattern.condition(&scanner) }
    scanner.skipSpaces()
    guard scanner.take("}") else { throw .invalid }
    scanner.skipSpaces()
    guard scanner.isAtEnd else { throw .invalid }
  }

  private static func condition(_ scanner: inout PatternScanner) throws(PatternProblem) -> Condition {
    let selector = try JSONSelector(&scanner)
    scanner.skipSpaces()
    if scanner.takeWord("IS") {
      scanner.skipSpaces()
      if scanner.takeWord("NULL") { return Condition(selector: selector, test: .isNull) }
      if scanner.takeWord("TRUE") { return Condition(selector: selector, test: .isTrue) }
      if scanner.takeWord("FALSE") { return Condition(selector: selector, test: .isFalse) }
      throw .invalid
    }
    if scanner.takeWord("NOT") {
      scanner.skipSpaces()
      guard scanner.takeWord("EXISTS") else { throw .invalid }
      return Condition(selector: selector, test: .isAbsent)
    }
    let ends = [UInt8(ascii: ")"), UInt8(ascii: "}")]
    return Condition(selector: selector, test: .compares(try PatternComparison(&scanner, ends: ends)))
  }

  var regexCount: Int {
    tree.leaves.count { if case .compares(let comparison) = $0.test { comparison.isRegex } else { false } }
  }

  func matches(_ message: String) -> Bool {
    guard let root = JSONPattern.parse(message) else { return false }
    return matches(root)
  }

  private func matches(_ root: JSONValue) -> Bool { tree.holds { JSONPattern.holds($0, root) } }

  /// The values of the selectors in the pattern.
  func extract(_ message: String) -> [String: String]? {
    guard let root = JSONPattern.parse(message), matches(root) else { return nil }
    var values: [String: String] = [:]
    for leaf in tree.leaves {
      if let text = leaf.selector.select(in: root).lazy.compactMap({ $0.patternText }).first {
        values[leaf.selector.text] = text
      }
    }
    return values
  }

  /// Only objects (and arrays) are JSON messages: a bare number is text.
  static func parse(_ message: String) -> JSONValue? {
    guard let first = message.utf8.first(where: { $0 > 32 }), first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    else { return nil }
    return JSONValue(parsing: Array(message.utf8))
  }

  private static func holds(_ condition: Condition, _ root: JSONValue) -> Bool {
    let nodes = condition.selector.select(in: root)
    switch condition.test {
    case .isAbsent: return nodes.isEmpty
    case .isNull: return nodes.contains { $0 == .null }
    case .isTrue: return nodes.contains { $0.bool == true }
    case .isFalse: return nodes.contains { $0.bool == false }
    case .compares(let comparison):
      // AWS: the selector must point to a value; if it points to an array or object, the filter is not applied, also with `!=`.
      // unverified: so it is when there is nothing.
      return nodes.contains { node in
        guard let text = node.patternText else { return false }
        return comparison.holds(for: text, number: node.double)
      }
    }
  }
}

extension JSONValue {
  /// A value as text; nothing for null, arrays and objects.
  var patternText: String? {
    switch self {
    case .string(let text): text
    case .integer(let number): String(number)
    case .double(let number): number == number.rounded() && abs(number) < 1e15 ? String(Int64(number)) : String(number)
    case .bool(let value): value ? "true" : "false"
    case .null, .array, .object: nil
    }
  }
}

/// A place in a JSON message: `$.users[0].email`, `$["key with spaces"]`, `$.list[*]`.
struct JSONSelector: Sendable, Equatable {
  private enum Step: Sendable, Equatable {
    case member(String)
    case element(Int)
    case any
  }

  private var steps: [Step] = []
  /// As it was written.
  let text: String

  init(_ scanner: inout PatternScanner) throws(PatternProblem) {
    scanner.skipSpaces()
    guard scanner.take("$") else { throw .invalid }
    var text = "$"
    while true {
      if scanner.take(".") {
        if scanner.take("*") {
          steps.append(.any)
          text += ".*"
          continue
        }
        let name = scanner.take { $0.isWordByte || $0 == UInt8(ascii: "-") }
        guard !name.isEmpty else { throw .invalid }
        steps.append(.member(name))
        text += "." + name
      } else if scanner.take("[") {
        scanner.skipSpaces()
        if scanner.take("*") {
          steps.append(.any)
          text += "[*]"
        } else if scanner.peek == UInt8(ascii: "\"") {
          let name = try scanner.takeQuoted()
          steps.append(.member(name))
          text += "[\"\(name)\"]"
        } else if scanner.take("'") {
          let name = scanner.take { $0 != UInt8(ascii: "'") }
          guard scanner.take("'") else { throw .invalid }
          steps.append(.member(name))
          text += "['\(name)']"
        } else {
          guard let index = Int(scanner.take { (48...57).contains($0) }) else { throw .invalid }
          steps.append(.element(index))
          text += "[\(index)]"
        }
        scanner.skipSpaces()
        guard scanner.take("]") else { throw .invalid }
      } else {
        break
      }
    }
    guard !steps.isEmpty else { throw .invalid }
    self.text = text
  }

  /// Reads a whole text as a selector.
  init?(_ text: String) {
    var scanner = PatternScanner(text)
    guard let selector = try? JSONSelector(&scanner), scanner.isAtEnd else { return nil }
    self = selector
  }

  /// What is there: nothing, one value, or several behind an asterisk.
  func select(in root: JSONValue) -> [JSONValue] {
    var nodes = [root]
    for step in steps {
      nodes = nodes.flatMap { node -> [JSONValue] in
        switch (step, node) {
        case (.member(let name), .object): return node[name].map { [$0] } ?? []
        case (.element(let index), .array(let values)): return index < values.count ? [values[index]] : []
        case (.any, .array(let values)): return values
        case (.any, .object(let members)): return members.map(\.value)
        default: return []
        }
      }
      if nodes.isEmpty { break }
    }
    return nodes
  }
}
