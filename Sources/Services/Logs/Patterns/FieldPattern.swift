/// Conditions on the fields of a message that are separated by spaces: `[ip, user, ..., status_code = 4*, bytes > 1000]`.
struct FieldPattern: Sendable {
  private struct Field: Sendable {
    /// Nothing for a field that is only there.
    var name: String?
    var conditions: ConditionTree<PatternComparison>?
  }

  private var front: [Field] = []
  private var back: [Field] = []
  /// Whether there is an ellipsis between them, for any number of fields.
  private var hasEllipsis = false

  init(_ scanner: inout PatternScanner) throws(PatternProblem) {
    scanner.advance()
    var isFirst = true
    while true {
      scanner.skipSpaces()
      if isFirst, scanner.take("]") { break }
      isFirst = false
      if scanner.take("...") || scanner.take("…") {
        guard !hasEllipsis else { throw .invalid }
        hasEllipsis = true
      } else {
        let field = try FieldPattern.field(&scanner)
        if hasEllipsis { back.append(field) } else { front.append(field) }
      }
      scanner.skipSpaces()
      if scanner.take(",") { continue }
      guard scanner.take("]") else { throw .invalid }
      break
    }
    scanner.skipSpaces()
    guard scanner.isAtEnd else { throw .invalid }
  }

  private static func field(_ scanner: inout PatternScanner) throws(PatternProblem) -> Field {
    var field = Field()
    scanner.skipSpaces()
    switch scanner.peek {
    case UInt8(ascii: ","), UInt8(ascii: "]"), nil: return field
    default: break
    }
    var name: String?
    func named(_ scanner: inout PatternScanner) throws(PatternProblem) -> String {
      let word = scanner.take { $0.isWordByte || $0 == UInt8(ascii: "-") }
      guard !word.isEmpty, name == nil || name == word else { throw PatternProblem.invalid }
      name = word
      scanner.skipSpaces()
      return word
    }
    // A name alone, or conditions that all begin with it.
    var ahead = scanner
    if ahead.peek != UInt8(ascii: "(") {
      let word = try named(&ahead)
      if ahead.peek == nil || ahead.peek == UInt8(ascii: ",") || ahead.peek == UInt8(ascii: "]") {
        scanner = ahead
        field.name = word
        return field
      }
      name = nil
    }
    field.conditions = try ConditionTree(&scanner) { scanner throws(PatternProblem) in
      scanner.skipSpaces()
      _ = try named(&scanner)
      return try PatternComparison(&scanner, ends: [UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: ")")])
    }
    field.name = name
    return field
  }

  var regexCount: Int {
    (front + back).reduce(0) { $0 + ($1.conditions?.leaves.count(where: \.isRegex) ?? 0) }
  }

  /// The fields by their names, or by their places (`$7`) where the pattern has no name; nothing if it doesn't match.
  func match(_ message: String) -> [String: String]? {
    let fields = FieldPattern.split(message)
    let named = front.count + back.count
    guard hasEllipsis ? fields.count >= named : fields.count == named else { return nil }
    var values: [String: String] = [:]
    for (index, text) in fields.enumerated() {
      var field: Field?
      if index < front.count {
        field = front[index]
      } else if index >= fields.count - back.count {
        field = back[index - (fields.count - back.count)]
      }
      if let conditions = field?.conditions {
        let number = PatternComparison.number(text)
        guard conditions.holds({ $0.holds(for: text, number: number) }) else { return nil }
      }
      values["$" + (field?.name ?? String(index + 1))] = text
    }
    return values
  }

  /// AWS: "The characters between a pair of square brackets [] or two double quotes ("") are treated as a single field."
  static func split(_ message: String) -> [String] {
    let bytes = Array(message.utf8)
    var fields: [String] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == 32 || (9...13).contains(bytes[index]) {
        index += 1
        continue
      }
      let closing: UInt8? =
        switch bytes[index] {
        case UInt8(ascii: "["): UInt8(ascii: "]")
        case UInt8(ascii: "\""): UInt8(ascii: "\"")
        default: nil
        }
      if let closing, let end = bytes[(index + 1)...].firstIndex(of: closing) {
        fields.append(String(decoding: bytes[(index + 1)..<end], as: UTF8.self))
        index = end + 1
      } else {
        let end = bytes[index...].firstIndex { $0 == 32 || (9...13).contains($0) } ?? bytes.count
        fields.append(String(decoding: bytes[index..<end], as: UTF8.self))
        index = end
      }
    }
    return fields
  }
}
