import Foundation

/// What a field is compared with: `"text"`, `4*`, `500`, `%regex%`.
struct PatternComparison: Sendable {
  enum Comparison: Sendable {
    case equal, unequal, less, greater, atMost, atLeast
  }

  private enum Operand: Sendable {
    /// A text, whose asterisks stand for anything.
    case text(Wildcard)
    /// A number, and as it was written.
    case number(Double, Wildcard)
    case regex(LogRegex)
  }

  private let comparison: Comparison
  private let operand: Operand

  /// Reads the operator and what follows.
  /// - Parameter ends: bytes that end a value without quotes, besides spaces.
  init(_ scanner: inout PatternScanner, ends: [UInt8]) throws(PatternProblem) {
    if scanner.take("!=") {
      comparison = .unequal
    } else if scanner.take("<=") {
      comparison = .atMost
    } else if scanner.take(">=") {
      comparison = .atLeast
    } else if scanner.take("<") {
      comparison = .less
    } else if scanner.take(">") {
      comparison = .greater
    } else if scanner.take("=") {
      comparison = .equal
    } else {
      throw .invalid
    }
    scanner.skipSpaces()
    switch scanner.peek {
    case UInt8(ascii: "\""): operand = .text(Wildcard(try scanner.takeQuoted()))
    case UInt8(ascii: "%"): operand = .regex(try scanner.takeRegex())
    default:
      let word = scanner.take { $0 > 32 && !ends.contains($0) && $0 != UInt8(ascii: "&") && $0 != UInt8(ascii: "|") }
      guard !word.isEmpty else { throw .invalid }
      if let number = PatternComparison.number(word) {
        operand = .number(number, Wildcard(word))
      } else {
        operand = .text(Wildcard(word))
      }
    }
    switch (comparison, operand) {
    case (.equal, _), (.unequal, _), (_, .number): return
    default: throw .invalid
    }
  }

  var isRegex: Bool { if case .regex = operand { true } else { false } }

  /// AWS: "An integer with an optional + or - sign, a decimal […], or a number in scientific notation".
  static func number(_ text: String) -> Double? {
    guard let last = text.utf8.last, (48...57).contains(last) || last == UInt8(ascii: "."),
      text.utf8.allSatisfy({ (48...57).contains($0) || "+-.eE".utf8.contains($0) })
    else { return nil }
    return Double(text.hasPrefix("+") ? String(text.dropFirst()) : text)
  }

  /// - Parameters:
  ///   - text: the field as text.
  ///   - number: its value, if it is a number or looks like one.
  func holds(for text: String, number: Double?) -> Bool {
    switch comparison {
    case .equal: return isEqual(text, number)
    case .unequal: return !isEqual(text, number)
    default: break
    }
    guard case .number(let limit, _) = operand, let number else { return false }
    switch comparison {
    case .less: return number < limit
    case .greater: return number > limit
    case .atMost: return number <= limit
    default: return number >= limit
    }
  }

  private func isEqual(_ text: String, _ number: Double?) -> Bool {
    switch operand {
    case .text(let wildcard): return wildcard.matches(text)
    case .number(let value, let wildcard): return number.map { $0 == value } ?? wildcard.matches(text)
    case .regex(let regex): return regex.matches(text)
    }
  }
}

/// A text in which each asterisk stands for any text.
struct Wildcard: Sendable {
  private let parts: [[UInt8]]

  init(_ text: String) {
    parts = Array(text.utf8).split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map { Array($0) }
  }

  func matches(_ text: String) -> Bool {
    var rest = Array(text.utf8)[...]
    guard let first = parts.first, let last = parts.last else { return rest.isEmpty }
    if parts.count == 1 { return rest.elementsEqual(first) }
    guard rest.starts(with: first) else { return false }
    rest = rest.dropFirst(first.count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let found = rest.firstIndex(of: part) else { return false }
      rest = rest[(found + part.count)...]
    }
    return rest.count >= last.count && rest.suffix(last.count).elementsEqual(last)
  }
}

extension ArraySlice<UInt8> {
  fileprivate func firstIndex(of part: [UInt8]) -> Int? {
    guard count >= part.count else { return nil }
    return (startIndex...(endIndex - part.count)).first { self[$0..<($0 + part.count)].elementsEqual(part) }
  }
}

/// Conditions joined by `&&` and `||`. AWS: "the syntax follows standard order of operations () > && > ||".
indirect enum ConditionTree<Leaf: Sendable>: Sendable {
  case leaf(Leaf)
  case all([ConditionTree])
  case any([ConditionTree])

  /// - Parameter leaf: reads one condition.
  init(
    _ scanner: inout PatternScanner, _ leaf: (inout PatternScanner) throws(PatternProblem) -> Leaf
  ) throws(PatternProblem) {
    self = try ConditionTree.or(&scanner, 0, leaf)
  }

  private static func or(
    _ scanner: inout PatternScanner, _ depth: Int, _ leaf: (inout PatternScanner) throws(PatternProblem) -> Leaf
  ) throws(PatternProblem) -> ConditionTree {
    var parts = [try and(&scanner, depth, leaf)]
    scanner.skipSpaces()
    while scanner.take("||") {
      parts.append(try and(&scanner, depth, leaf))
      scanner.skipSpaces()
    }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private static func and(
    _ scanner: inout PatternScanner, _ depth: Int, _ leaf: (inout PatternScanner) throws(PatternProblem) -> Leaf
  ) throws(PatternProblem) -> ConditionTree {
    var parts = [try primary(&scanner, depth, leaf)]
    scanner.skipSpaces()
    while scanner.take("&&") {
      parts.append(try primary(&scanner, depth, leaf))
      scanner.skipSpaces()
    }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private static func primary(
    _ scanner: inout PatternScanner, _ depth: Int, _ leaf: (inout PatternScanner) throws(PatternProblem) -> Leaf
  ) throws(PatternProblem) -> ConditionTree {
    scanner.skipSpaces()
    // Patterns have at most 1024 characters; this keeps their parentheses from the end of the stack.
    guard scanner.peek == UInt8(ascii: "("), depth < 100 else { return .leaf(try leaf(&scanner)) }
    scanner.advance()
    let inside = try or(&scanner, depth + 1, leaf)
    scanner.skipSpaces()
    guard scanner.take(")") else { throw .invalid }
    return inside
  }

  func holds(_ isTrue: (Leaf) -> Bool) -> Bool {
    switch self {
    case .leaf(let leaf): isTrue(leaf)
    case .all(let parts): parts.allSatisfy { $0.holds(isTrue) }
    case .any(let parts): parts.contains { $0.holds(isTrue) }
    }
  }

  var leaves: [Leaf] {
    switch self {
    case .leaf(let leaf): [leaf]
    case .all(let parts), .any(let parts): parts.flatMap(\.leaves)
    }
  }
}
