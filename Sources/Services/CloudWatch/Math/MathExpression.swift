import Foundation

/// Why metric math can't be done.
struct MathProblem: Error, Equatable {
  var message: String

  init(_ message: String) { self.message = message }
}

/// An expression of metric math, read. AWS: user guide, "Using math expressions with CloudWatch metrics". Pure.
indirect enum MathExpression: Sendable {
  case number(Double)
  case text(String)
  case name(String)
  case negative(MathExpression)
  case binary(String, MathExpression, MathExpression)
  case call(String, [MathExpression])
  case list([MathExpression])

  init(_ text: String) throws(MathProblem) {
    var parser = MathParser(text)
    self = try parser.expression()
    guard parser.isAtEnd else { throw MathProblem("Unexpected text at the end of the expression.") }
    for name in functions where !MathFunctions.known.contains(name) {
      throw MathProblem(
        MathFunctions.unbuilt.contains(name)
          ? "The function \(name) is not built in Hakoniwa; docs/cloudwatch.md lists what is."
          : "Unsupported function \(name).")
    }
  }

  private var children: [MathExpression] {
    switch self {
    case .number, .text, .name: []
    case .negative(let inner): [inner]
    case .binary(_, let left, let right): [left, right]
    case .call(_, let inner), .list(let inner): inner
    }
  }

  /// The ids it uses.
  var names: Set<String> {
    var found = Set(children.flatMap(\.names))
    if case .name(let name) = self, !["REPEAT", "LINEAR"].contains(name) { found.insert(name) }
    return found
  }

  var functions: Set<String> {
    var found = Set(children.flatMap(\.functions))
    if case .call(let name, _) = self { found.insert(name) }
    return found
  }

  var usesAllMetrics: Bool { functions.contains("METRICS") }
}

/// Reads metric math.
private struct MathParser {
  private let bytes: [UInt8]
  private var position = 0
  private var depth = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  private static let levels: [[String]] = [
    ["||"], ["&&"], ["==", "!=", "<=", ">=", "<", ">"], ["+", "-"], ["*", "/"], ["^"],
  ]

  var isAtEnd: Bool {
    mutating get {
      skipSpaces()
      return position >= bytes.count
    }
  }

  mutating func expression() throws(MathProblem) -> MathExpression { try level(0) }

  private mutating func level(_ level: Int) throws(MathProblem) -> MathExpression {
    guard level < MathParser.levels.count else { return try primary() }
    var left = try self.level(level + 1)
    while let sign = take(MathParser.levels[level]) { left = .binary(sign, left, try self.level(level + 1)) }
    return left
  }

  private mutating func primary() throws(MathProblem) -> MathExpression {
    depth += 1
    defer { depth -= 1 }
    guard depth < 100 else { throw MathProblem("The expression is nested too deeply.") }
    skipSpaces()
    guard position < bytes.count else { throw MathProblem("Unexpected end of the expression.") }
    if take(["-"]) != nil { return .negative(try primary()) }
    if take(["("]) != nil {
      let inner = try expression()
      guard take([")"]) != nil else { throw MathProblem("A parenthesis is not closed.") }
      return inner
    }
    if take(["["]) != nil { return .list(try list("]")) }
    let byte = bytes[position]
    if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
      guard let end = bytes[(position + 1)...].firstIndex(of: byte) else { throw MathProblem("A text is not closed.") }
      defer { position = end + 1 }
      return .text(String(decoding: bytes[(position + 1)..<end], as: UTF8.self))
    }
    let start = position
    if (48...57).contains(byte) || byte == UInt8(ascii: ".") {
      while position < bytes.count, (48...57).contains(bytes[position]) || bytes[position] == UInt8(ascii: ".") {
        position += 1
      }
      guard let number = Double(String(decoding: bytes[start..<position], as: UTF8.self)) else {
        throw MathProblem("A number cannot be read.")
      }
      return .number(number)
    }
    while position < bytes.count, MathParser.isWordByte(bytes[position]) { position += 1 }
    guard position > start else {
      throw MathProblem("Unexpected character '\(String(decoding: [byte], as: UTF8.self))'.")
    }
    let word = String(decoding: bytes[start..<position], as: UTF8.self)
    if take(["("]) != nil { return .call(word.uppercased(), try list(")")) }
    return .name(word)
  }

  private mutating func list(_ end: String) throws(MathProblem) -> [MathExpression] {
    if take([end]) != nil { return [] }
    var all = [try expression()]
    while take([","]) != nil { all.append(try expression()) }
    guard take([end]) != nil else { throw MathProblem("A list is not closed.") }
    return all
  }

  private mutating func take(_ signs: [String]) -> String? {
    skipSpaces()
    for sign in signs where bytes[min(position, bytes.count)...].starts(with: sign.utf8) {
      position += sign.utf8.count
      return sign
    }
    return nil
  }

  private mutating func skipSpaces() {
    while position < bytes.count, bytes[position] == 32 || (9...13).contains(bytes[position]) { position += 1 }
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 95
  }
}
