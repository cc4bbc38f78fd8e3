import Policy
import Wire

/// Why a filter policy is refused, in AWS's words without `Invalid parameter: `.
struct FilterPolicyError: Error, Equatable {
  var message: String
}

/// Reads a filter policy's text, and refuses it as AWS does.
///
/// The words and places are those of AWS's own rule compiler, recorded for SNS.
struct FilterPolicyReader {
  /// A part of a policy.
  private indirect enum Node {
    case object([(key: String, node: Node)])
    case patterns([FilterPattern])
    /// `$or`: of these objects one must hold.
    case either([Node])
  }

  private enum Problem: Error {
    case syntax
    case refused(String)
  }

  /// AWS: SNS developer guide, "Filter policy constraints".
  static let keyLimit = 5
  static let combinationLimit = 150

  private var tokens: FilterTokens

  /// The alternatives of a policy.
  static func read(_ text: String, _ scope: FilterPolicy.Scope) throws(FilterPolicyError) -> [[FilterPolicy.Clause]] {
    var reader = FilterPolicyReader(tokens: FilterTokens(text))
    let root: Node
    do throws(Problem) {
      guard try reader.next() == .startObject else { throw reader.problem("Filter is not an object") }
      root = try reader.object()
      guard try reader.next() == .end else { throw .syntax }
    } catch {
      switch error {
      case .syntax: throw FilterPolicyError(message: "FilterPolicy: failed to parse JSON.")
      case .refused(let message): throw FilterPolicyError(message: "FilterPolicy: \(message)")
      }
    }
    guard case .object(let members) = root else { return [] }
    if members.count > keyLimit {
      throw FilterPolicyError(message: "FilterPolicy: Filter policy can not have more than \(keyLimit) keys")
    }
    if scope == .attributes, members.contains(where: { isNested($0.node) }) {
      throw FilterPolicyError(
        message: "Filter policy scope MessageAttributes does not support nested filter policy")
    }
    if combinations(root, depth: 1, 1) > combinationLimit {
      throw FilterPolicyError(message: "FilterPolicy: Filter policy is too complex")
    }
    return alternatives(root, "", [[]])
  }

  private static func isNested(_ node: Node) -> Bool {
    switch node {
    case .object: true
    case .patterns: false
    case .either(let nodes):
      nodes.contains { node in
        if case .object(let members) = node { members.contains { isNested($0.node) } } else { false }
      }
    }
  }

  /// How many combinations of values there are: a key's values count as often as it lies deep; branches of `$or` add up.
  private static func combinations(_ node: Node, depth: Int, _ before: Int) -> Int {
    // Far beyond the limit the number no longer matters.
    if before > 1 << 40 { return before }
    switch node {
    case .patterns(let patterns): return before * patterns.count * depth
    case .either(let nodes): return nodes.reduce(0) { $0 + combinations($1, depth: depth, before) }
    case .object(let members):
      return members.reduce(before) { count, member in
        if case .object = member.node { return combinations(member.node, depth: depth + 1, count) }
        return combinations(member.node, depth: depth, count)
      }
    }
  }

  private static func alternatives(
    _ node: Node, _ path: String, _ before: [[FilterPolicy.Clause]]
  ) -> [[FilterPolicy.Clause]] {
    switch node {
    case .patterns(let patterns): return before.map { $0 + [FilterPolicy.Clause(path: path, patterns: patterns)] }
    case .either(let nodes): return nodes.flatMap { alternatives($0, path, before) }
    case .object(let members):
      return members.reduce(before) { clauses, member in
        if case .either = member.node { return alternatives(member.node, path, clauses) }
        return alternatives(member.node, path.isEmpty ? member.key : "\(path).\(member.key)", clauses)
      }
    }
  }

  // MARK: Objects and arrays

  private mutating func next() throws(Problem) -> FilterToken {
    do throws(NotJSON) { return try tokens.next() } catch { throw .syntax }
  }

  private func problem(_ message: String) -> Problem { .refused(message + tokens.location) }

  /// The members of an object whose brace was read.
  private mutating func object() throws(Problem) -> Node {
    var members: [(key: String, node: Node)] = []
    while case .field(let key) = try next() {
      let isEither = key == "$or" && isEitherNext()
      switch try next() {
      case .startObject: members.append((key, try object()))
      case .startArray: members.append((key, isEither ? try either() : .patterns(try patterns())))
      default: throw problem("\"\(key)\" must be an object or an array")
      }
    }
    if members.isEmpty { throw problem("Empty objects are not allowed") }
    return .object(members)
  }

  /// Whether `$or` is the operator: its array has two objects or more, and no member of theirs is named like a condition.
  /// AWS: SNS developer guide, "OR operator".
  private func isEitherNext() -> Bool {
    var ahead = self
    guard (try? ahead.next()) == .startArray else { return false }
    var count = 0
    var depth = 0
    while let token = try? ahead.next() {
      switch token {
      case .startObject:
        if depth == 0 { count += 1 }
        depth += 1
      case .endObject: depth -= 1
      case .startArray where depth > 0: depth += 1
      case .endArray where depth > 0: depth -= 1
      case .endArray: return count > 1
      case .field(let name) where depth == 1 && FilterPolicyReader.operators.contains(name): return false
      case .end: return false
      default: if depth == 0 { return false }
      }
    }
    return false
  }

  private static let operators: Set<String> = [
    "exact", "equals-ignore-case", "prefix", "suffix", "anything-but", "numeric", "exists", "cidr", "wildcard",
  ]

  private mutating func either() throws(Problem) -> Node {
    var nodes: [Node] = []
    while try next() == .startObject { nodes.append(try object()) }
    return .either(nodes)
  }

  private mutating func patterns() throws(Problem) -> [FilterPattern] {
    var patterns: [FilterPattern] = []
    while true {
      switch try next() {
      case .endArray:
        if patterns.isEmpty { throw problem("Empty arrays are not allowed") }
        return patterns
      case .startObject: patterns.append(try condition())
      case .string(let text): patterns.append(.exact(.string(text)))
      case .number(let text): patterns.append(.exact(.number(Double(text) ?? 0)))
      case .bool(let value): patterns.append(.exact(.bool(value)))
      case .null: patterns.append(.exact(.null))
      default: throw problem("Match value must be String, number, true, false, or null")
      }
    }
  }
}

// MARK: - Conditions

extension FilterPolicyReader {
  private mutating func condition() throws(Problem) -> FilterPattern {
    guard case .field(let name) = try next() else { throw problem("Match expression name not found") }
    let pattern: FilterPattern
    switch name {
    case "prefix": pattern = .prefix(try text(of: name))
    case "suffix": pattern = .suffix(try text(of: name))
    case "equals-ignore-case": pattern = .equalsIgnoringCase(try text(of: name).lowercased())
    case "cidr": pattern = .network(try network())
    case "numeric": pattern = .numeric(try numeric())
    case "anything-but": pattern = .anythingBut(try exclusion())
    case "exists":
      guard case .bool(let isWanted) = try next() else {
        throw problem("exists match pattern must be either true or false.")
      }
      pattern = .exists(isWanted)
    default: throw problem("Unrecognized match type \(name)")
    }
    guard try next() == .endObject else { throw problem("Only one key allowed in match expression") }
    return pattern
  }

  private mutating func text(of name: String) throws(Problem) -> String {
    guard case .string(let text) = try next() else { throw problem("\(name) match pattern must be a string") }
    tokens.readText()
    return text
  }

  private mutating func network() throws(Problem) -> IPNetwork {
    let text = try text(of: "prefix")
    let halves = text.split(separator: "/", omittingEmptySubsequences: false)
    guard halves.count == 2 else { throw problem("Malformed CIDR, one '/' required") }
    guard Int(halves[1]) != nil else { throw problem("Malformed CIDR, mask bits must be an integer") }
    guard let network = IPNetwork(text) else { throw problem("Nonstandard IP address: \(halves[0])") }
    return network
  }

  private mutating func exclusion() throws(Problem) -> FilterPattern.Exclusion {
    switch try next() {
    case .string(let text): return .values([.string(text)])
    case .number(let text): return .values([.number(Double(text) ?? 0)])
    case .startArray: return .values(try values())
    case .startObject:
      guard case .field(let name) = try next() else { throw problem("Anything-But expression name not found") }
      guard ["prefix", "suffix", "equals-ignore-case"].contains(name) else {
        throw problem("Unsupported anything-but pattern: \(name)")
      }
      let texts = try texts(of: name)
      guard try next() == .endObject else { throw problem("Only one key allowed in match expression") }
      switch name {
      case "prefix": return .prefixes(texts)
      case "suffix": return .suffixes(texts)
      default: return .ignoringCase(texts.map { $0.lowercased() })
      }
    default: throw problem("Value of anything-but must be an array or single string/number value.")
    }
  }

  /// One text, or an array of texts.
  private mutating func texts(of name: String) throws(Problem) -> [String] {
    var texts: [String] = []
    switch try next() {
    case .string(let text): texts = [text]
    case .startArray:
      while true {
        let token = try next()
        if token == .endArray { break }
        guard case .string(let text) = token else { throw problem("\(name) match pattern must be a string") }
        texts.append(text)
      }
    default: throw problem("\(name) match pattern must be a string")
    }
    tokens.readText()
    if texts.isEmpty || texts.contains("") { throw problem("Null prefix/suffix not allowed") }
    return texts
  }

  /// The values of `anything-but`: texts only, or numbers only.
  private mutating func values() throws(Problem) -> [FilterValue] {
    var values: [FilterValue] = []
    var texts = 0
    while true {
      switch try next() {
      case .endArray:
        if values.isEmpty { throw problem("Empty arrays are not allowed") }
        return values
      case .string(let text):
        values.append(.string(text))
        texts += 1
      case .number(let text): values.append(.number(Double(text) ?? 0))
      default: throw problem("Inside anything but list, start|null|boolean is not supported.")
      }
      if texts != 0, texts != values.count {
        throw problem("Inside anything but list, either all values are number or string, mixed type is not supported")
      }
    }
  }

  // MARK: Numbers

  private mutating func numeric() throws(Problem) -> FilterPattern.NumericRange {
    guard try next() == .startArray else { throw problem("Value of numeric must be an array.") }
    let start = try next()
    guard case .string(let sign) = start else {
      throw problem("Invalid member in numeric match: \(FilterPolicyReader.shown(start))")
    }
    tokens.readText()
    let first = try next()
    guard ["=", "<", "<=", ">", ">="].contains(sign) else {
      throw problem("Unrecognized numeric range operator: \(sign)")
    }
    let value = try number(first, of: sign)
    let bound = (value: value, isIncluded: sign.hasSuffix("="))
    let behind = try next()
    switch sign {
    case "=", "<", "<=":
      guard behind == .endArray else { throw problem("Too many elements in numeric expression") }
      return FilterPattern.NumericRange(lower: sign == "=" ? bound : nil, upper: bound)
    default:
      if behind == .endArray { return FilterPattern.NumericRange(lower: bound, upper: nil) }
      guard case .string(let second) = behind else {
        throw problem("Bad value in numeric range: \(FilterPolicyReader.shown(behind))")
      }
      tokens.readText()
      guard second == "<" || second == "<=" else { throw problem("Bad numeric range operator: \(second)") }
      // Before the call, which would otherwise see the place of the token before.
      let last = try next()
      let top = try number(last, of: second)
      guard try next() == .endArray else { throw problem("Too many terms in numeric range expression") }
      guard value < top else { throw problem("Bottom must be less than top") }
      return FilterPattern.NumericRange(lower: bound, upper: (value: top, isIncluded: second == "<="))
    }
  }

  /// A token as AWS's parser spells it.
  private static func shown(_ token: FilterToken) -> String {
    switch token {
    case .startObject: "{"
    case .endObject: "}"
    case .startArray: "["
    case .endArray: "]"
    case .field(let text), .string(let text), .number(let text): text
    case .bool(let value): "\(value)"
    case .null: "null"
    case .end: ""
    }
  }

  private func number(_ token: FilterToken, of sign: String) throws(Problem) -> Double {
    guard case .number(let text) = token, let value = Double(text) else {
      throw problem("Value of \(sign == "=" ? "equals" : sign) must be numeric")
    }
    return value
  }
}
