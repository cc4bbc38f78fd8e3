/// One operator with one key and its values, compiled: `"StringEquals": {"aws:PrincipalTag/team": ["a", "b"]}`.
///
/// Clauses of a statement are joined by AND, values by OR; a negated operator holds if none of the values matches.
struct ConditionClause: Sendable {
  /// The operator as written.
  let operatorText: String
  let key: ContextKey
  /// The values as written.
  let values: [String]
  /// Nothing for an operator that IAM doesn't know: such a clause never holds.
  let parsed: ConditionOperator?
  private let operands: [Operand]

  private enum Operand: Sendable {
    case bytes([UInt8])
    case pattern(Pattern)
    case arn(ARNPattern)
    case number(Double)
    case truth(Bool)
    case network(IPNetwork)
    case template(Template)
  }

  init(operator operatorText: String, key: String, values: [String], variables: Bool) {
    self.operatorText = operatorText
    self.key = ContextKey(key)
    self.values = values
    let parsed = ConditionOperator(operatorText)
    self.parsed = parsed
    guard let parsed else {
      operands = []
      return
    }
    operands = values.compactMap { text in
      if variables, parsed.expandsVariables, let template = Template(text, wildcards: parsed.hasWildcards) {
        return .template(template)
      }
      return Self.operand(parsed, parsed.hasWildcards ? Wildcard.compile(text.utf8) : Array(text.utf8))
    }
  }

  /// The keys of variables without a default.
  var requiredKeys: [ContextKey] {
    operands.flatMap { operand in
      if case .template(let template) = operand { return template.requiredKeys }
      return []
    }
  }

  /// A policy value made ready; nothing if it can equal no value (a number that is none, and so on).
  private static func operand(_ parsed: ConditionOperator, _ bytes: [UInt8]) -> Operand? {
    switch parsed.comparison {
    case .stringEquals: .bytes(bytes)
    case .stringEqualsIgnoreCase: .bytes(Array(String(decoding: bytes, as: UTF8.self).lowercased().utf8))
    case .stringLike: .pattern(Pattern(bytes))
    case .arnLike: ARNPattern(bytes).map { .arn($0) }
    case .numericEquals, .numericLessThan, .numericLessThanEquals, .numericGreaterThan, .numericGreaterThanEquals:
      PolicyNumber.read(String(decoding: bytes, as: UTF8.self)).map { .number($0) }
    case .dateEquals, .dateLessThan, .dateLessThanEquals, .dateGreaterThan, .dateGreaterThanEquals:
      PolicyDate.read(String(decoding: bytes, as: UTF8.self)).map { .number($0) }
    case .bool, .null: .truth(isTrue(String(decoding: bytes, as: UTF8.self)))
    case .binaryEquals: PolicyBinary.read(bytes).map { .bytes($0) }
    case .ipAddress: IPNetwork(String(decoding: bytes, as: UTF8.self)).map { .network($0) }
    }
  }

  private static func isTrue(_ text: String) -> Bool {
    text.utf8.lazy.map(asciiLowercased).elementsEqual("true".utf8)
  }

  /// Whether the clause holds for a request.
  func holds(_ context: ConditionContext) -> Bool {
    guard let parsed else { return false }
    let value = context.lookup(key)
    if parsed.comparison == .null { return holdsNull(value) }
    switch value {
    case .single(let text):
      return accepts(text, parsed, operands(in: context))
    case .multiple(let texts) where !texts.isEmpty:
      // AWS captures: a present multi-valued key never matches an operator without a quantifier, negated or not.
      if parsed.quantifier == .scalar { return false }
      let operands = operands(in: context)
      return parsed.quantifier == .all
        ? texts.allSatisfy { accepts($0, parsed, operands) } : texts.contains { accepts($0, parsed, operands) }
    default:
      if parsed.ifExists { return true }
      return parsed.quantifier == .scalar ? parsed.negated : parsed.quantifier == .all
    }
  }

  private func holdsNull(_ value: ConditionContext.Value?) -> Bool {
    let present =
      switch value {
      case nil: false
      case .single: true
      case .multiple(let texts): !texts.isEmpty
      }
    return operands.allSatisfy { operand in
      if case .truth(let absent) = operand { return absent != present }
      return false
    }
  }

  /// The operands with variables replaced; a value whose variable has no value equals nothing and is left out.
  private func operands(in context: ConditionContext) -> [Operand] {
    guard operands.contains(where: { if case .template = $0 { true } else { false } }) else { return operands }
    return operands.compactMap { operand in
      guard case .template(let template) = operand else { return operand }
      guard let parsed, let bytes = template.resolved(in: context) else { return nil }
      return Self.operand(parsed, bytes)
    }
  }

  private func accepts(_ text: String, _ parsed: ConditionOperator, _ operands: [Operand]) -> Bool {
    switch parsed.comparison {
    case .stringEquals:
      return withBytes(text) { bytes in anyBytes(operands, bytes) } != parsed.negated
    case .stringEqualsIgnoreCase:
      return withBytes(text.lowercased()) { bytes in anyBytes(operands, bytes) } != parsed.negated
    case .stringLike:
      return withBytes(text) { bytes in
        operands.contains { if case .pattern(let pattern) = $0 { pattern.matches(bytes) } else { false } }
      } != parsed.negated
    case .arnLike:
      return withBytes(text) { bytes in
        // AWS captures: a malformed ARN in the request matches neither ArnLike nor ArnNotLike.
        guard ARNPattern.hasSixParts(bytes) else { return false }
        return operands.contains { if case .arn(let pattern) = $0 { pattern.matches(bytes) } else { false } }
          != parsed.negated
      }
    case .ipAddress:
      // AWS captures: a malformed address in the request matches neither IpAddress nor NotIpAddress.
      guard let address = IPAddress(text)?.unmapped else { return false }
      return operands.contains { if case .network(let network) = $0 { network.contains(address) } else { false } }
        != parsed.negated
    case .bool:
      let truth = Self.isTrue(text)
      return operands.contains { if case .truth(truth) = $0 { true } else { false } }
    case .binaryEquals:
      guard let bytes = PolicyBinary.read(Array(text.utf8)) else { return false }
      return operands.contains { if case .bytes(bytes) = $0 { true } else { false } }
    case .numericEquals, .numericLessThan, .numericLessThanEquals, .numericGreaterThan, .numericGreaterThanEquals:
      return compares(PolicyNumber.read(text), parsed, operands)
    case .dateEquals, .dateLessThan, .dateLessThanEquals, .dateGreaterThan, .dateGreaterThanEquals:
      return compares(PolicyDate.read(text), parsed, operands)
    case .null: return false
    }
  }

  private func anyBytes(_ operands: [Operand], _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    operands.contains { operand in
      guard case .bytes(let bytes) = operand else { return false }
      return bytes.withUnsafeBufferPointer { bytesEqual($0, text) }
    }
  }

  /// What cannot be read equals nothing, so NumericNotEquals and DateNotEquals hold for it (AWS captures).
  private func compares(_ had: Double?, _ parsed: ConditionOperator, _ operands: [Operand]) -> Bool {
    guard let had else { return parsed.negated }
    return operands.contains { operand in
      guard case .number(let wanted) = operand else { return false }
      return switch parsed.comparison {
      case .numericLessThan, .dateLessThan: had < wanted
      case .numericLessThanEquals, .dateLessThanEquals: had <= wanted
      case .numericGreaterThan, .dateGreaterThan: had > wanted
      case .numericGreaterThanEquals, .dateGreaterThanEquals: had >= wanted
      default: had == wanted
      }
    } != parsed.negated
  }
}
