/// A statement made ready to be judged on incomplete knowledge: whether it matches is yes, no, or unknown.
///
/// With everything known it says what ``PolicyEvaluator`` says; whatever else becomes known never changes a yes or a no.
/// A class: a statement is the same thing wherever it is listed, and ``ObjectIdentifier`` tells.
public final class PartialStatement: Sendable {
  /// A condition with all keys that its truth depends on.
  private struct Clause: Sendable {
    let clause: ConditionClause
    let variables: [ContextKey]
  }

  /// Its place in the document, from 0.
  public let index: Int
  /// The `Sid`, or the place in the document.
  public let label: String
  /// Nothing if the document says neither Allow nor Deny; such a statement never matches.
  public let effect: PolicyEffect?
  /// Every condition key that the statement names, variables included; in lower case.
  public let keys: Set<String>
  /// Whether it is about some resources only.
  public let namesResources: Bool
  private let statement: Statement
  private let clauses: [Clause]
  private let patterns: [PatternWithVariables]

  fileprivate init(_ statement: Statement, expandsVariables: Bool) {
    self.statement = statement
    index = statement.index
    label = statement.label
    effect = statement.effect
    clauses = statement.conditions.map { clause in
      let expands = expandsVariables && clause.parsed?.expandsVariables == true
      return Clause(clause: clause, variables: expands ? clause.values.flatMap(Variables.keys) : [])
    }
    switch statement.resources {
    case .absent: patterns = []
    case .resource(let patterns), .notResource(let patterns):
      self.patterns = patterns.map { PatternWithVariables($0, expandsVariables: expandsVariables) }
    }
    if case .notResource = statement.resources {
      namesResources = true
    } else {
      namesResources = !patterns.isEmpty && !patterns.contains(where: \.isEverything)
    }
    var keys: Set<String> = []
    for clause in clauses {
      keys.insert(clause.clause.key.name.lowercased())
      for key in clause.variables { keys.insert(key.name.lowercased()) }
    }
    for pattern in patterns { for key in pattern.variables { keys.insert(key.name.lowercased()) } }
    self.keys = keys
  }

  /// Whether the statement is about an action.
  /// - Parameter action: in lower case.
  public func concerns(action: String) -> Bool {
    if statement.isMalformed { return false }
    return withBytes(action) { bytes in
      switch statement.actions {
      case .absent: false
      case .action(let patterns): patterns.contains { $0.matches(bytes) }
      case .notAction(let patterns): !patterns.contains { $0.matches(bytes) }
      }
    }
  }

  /// Whether resource and conditions match, for an action that the statement is about.
  /// - Parameter namesPrincipals: whether the statement's principals must name the caller, as in resource control policies.
  public func matches(_ request: PartialRequest, namesPrincipals: Bool) -> Truth {
    if statement.isMalformed { return .no }
    if namesPrincipals, !names(request) { return .no }
    var truth = resource(request)
    for clause in clauses {
      if truth == .no { return .no }
      truth = truth && holds(clause, request.context)
    }
    return truth
  }

  /// What stands in the way of a yes or no, for a statement whose match is unknown: condition keys, and `resource`.
  public func missing(_ request: PartialRequest) -> [String] {
    var missing: [String] = []
    func add(_ name: String) { if !missing.contains(name) { missing.append(name) } }
    if resource(request) == .unknown {
      if !request.resource.isExact { add("resource") }
      for pattern in patterns {
        for key in pattern.variables where !request.context.knows(key) { add(key.name) }
      }
    }
    for clause in clauses where holds(clause, request.context) == .unknown {
      if !request.context.knows(clause.clause.key) { add(clause.clause.key.name) }
      for key in clause.variables where !request.context.knows(key) { add(key.name) }
    }
    return missing
  }

  // MARK: Parts

  /// Who asks is always known.
  private func names(_ request: PartialRequest) -> Bool {
    switch statement.principals {
    case .absent: false
    case .principal(let element): element.grant(to: request.principal, request.context.known) != .none
    case .notPrincipal(let element): effect == .deny && !element.spares(request.principal)
    }
  }

  private func resource(_ request: PartialRequest) -> Truth {
    var any = Truth.no
    for pattern in patterns {
      any = any || pattern.matches(request.resource, request.context)
      if any == .yes { break }
    }
    switch statement.resources {
    case .absent: return .yes
    case .resource: return any
    case .notResource: return !any
    }
  }

  private func holds(_ clause: Clause, _ context: PartialContext) -> Truth {
    guard let parsed = clause.clause.parsed else { return .no }
    guard context.knows(clause.clause.key) else { return excluded(clause, parsed, context) }
    let isAbsent = context.known.lookup(clause.clause.key) == nil
    // Without a value to compare, what the variables stand for doesn't matter.
    if !isAbsent || parsed.comparison == .null, clause.variables.contains(where: { !context.knows($0) }) {
      return .unknown
    }
    return Truth(clause.clause.holds(context.known))
  }

  /// A condition on an unknown key that is known not to have the very values that are asked for: an organization's id, for a
  /// caller who is not in that organization.
  private func excluded(_ clause: Clause, _ parsed: ConditionOperator, _ context: PartialContext) -> Truth {
    guard let values = context.exclusions(of: clause.clause.key), parsed.quantifier == .scalar,
      clause.variables.isEmpty,
      [.stringEquals, .stringEqualsIgnoreCase].contains(parsed.comparison),
      clause.clause.values.allSatisfy({ values.contains($0) })
    else { return .unknown }
    // Absent or different: neither equals. Only with IfExists it makes a difference which of both it is.
    if parsed.negated { return .yes }
    return parsed.ifExists ? .unknown : .no
  }
}

extension PolicyDocument {
  /// The statements, ready to be judged on incomplete knowledge. Made anew each time.
  public func partialStatements() -> [PartialStatement] {
    statements.map { PartialStatement($0, expandsVariables: version == "2012-10-17") }
  }
}

/// A value of `Resource` with the keys of its variables.
private struct PatternWithVariables: Sendable {
  let pattern: ResourcePattern
  let variables: [ContextKey]
  /// The pattern's six parts with runs in place of variables; nothing if there is a wildcard in its service part, which
  /// matches nothing.
  private let parts: [[UInt8]]?
  let isEverything: Bool

  init(_ pattern: ResourcePattern, expandsVariables: Bool) {
    self.pattern = pattern
    variables = expandsVariables ? Variables.keys(in: pattern.text) : []
    let tokens = Variables.tokens(of: pattern.text, expandsVariables: expandsVariables)
    isEverything = !tokens.isEmpty && tokens.allSatisfy { $0 == Wildcard.run }
    var parts = tokens.split(separator: UInt8(ascii: ":"), maxSplits: 5, omittingEmptySubsequences: false).map(
      Array.init)
    if tokens.starts(with: "arn:".utf8) {
      while parts.count < 6 { parts.append([Wildcard.run]) }
    }
    let hasBadService = parts.count == 6 && parts[2].count > 1 && parts[2].contains { $0 >= Wildcard.least }
    self.parts = hasBadService ? nil : parts
  }

  func matches(_ resource: PartialResource, _ context: PartialContext) -> Truth {
    let isOpen = variables.contains { !context.knows($0) }
    switch resource.form {
    case .exact(let requested):
      if !isOpen { return Truth(pattern.matches(requested, context.known)) }
      guard let parts, !requested.isEverything else { return .no }
      return Likeness.canMeet(requested.bytes, Array(parts.joined(separator: CollectionOfOne(UInt8(ascii: ":")))))
        ? .unknown : .no
    case .likeness(let likeness):
      if isEverything, variables.isEmpty { return .yes }
      guard let parts else { return .no }
      let whole = Array(parts.joined(separator: CollectionOfOne(UInt8(ascii: ":"))))
      guard Likeness.canMeet(Array(likeness.joined(separator: CollectionOfOne(UInt8(ascii: ":")))), whole) else {
        return .no
      }
      let covers =
        variables.isEmpty && parts.count == 6
        && zip(likeness, parts).allSatisfy { Likeness.isCovered($0, by: $1) }
      return covers ? .yes : .unknown
    }
  }
}

/// The variables in policy text, as ``Template`` reads them.
private enum Variables {
  /// The keys of all variables, those with a default included.
  static func keys(in text: String) -> [ContextKey] {
    var keys: [ContextKey] = []
    walk(text) { variable, _ in if let variable { keys.append(ContextKey(variable)) } }
    return keys
  }

  /// The text as pattern, with a run for each variable.
  static func tokens(of text: String, expandsVariables: Bool) -> [UInt8] {
    guard expandsVariables else { return Wildcard.compile(text.utf8) }
    var tokens: [UInt8] = []
    walk(text) { variable, piece in
      if variable != nil {
        tokens.append(Wildcard.run)
      } else {
        tokens += piece
      }
    }
    return tokens
  }

  /// Calls `body` with each variable's key, or with a piece of pattern.
  private static func walk(_ text: String, _ body: (String?, [UInt8]) -> Void) {
    let bytes = Array(text.utf8)
    var at = 0
    while at < bytes.count {
      guard bytes[at] == UInt8(ascii: "$"), at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: "{"),
        let close = bytes[(at + 2)...].firstIndex(of: UInt8(ascii: "}"))
      else {
        body(nil, Wildcard.compile(CollectionOfOne(bytes[at])))
        at += 1
        continue
      }
      let inside = bytes[(at + 2)..<close]
      if inside.count == 1, let only = inside.first, "*?$".utf8.contains(only) {
        body(nil, [only])
      } else {
        let key = inside.prefix { $0 != UInt8(ascii: ",") }
        var trimmed = key.drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
        while let last = trimmed.last, last == 0x20 || (0x09...0x0D).contains(last) { trimmed.removeLast() }
        body(String(decoding: trimmed, as: UTF8.self), [])
      }
      at = close + 1
    }
  }
}
