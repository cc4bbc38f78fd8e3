/// Why a query can't be read, and where.
struct QueryProblem: Error, Equatable {
  var message: String
  /// Places in the query's text, in UTF-8 bytes.
  var start: Int
  var end: Int
}

/// A word of a query.
struct QueryToken: Sendable, Equatable {
  enum Kind: Sendable, Equatable {
    /// A name of a field, function or command.
    case name(String)
    /// A name in backticks: always a field.
    case field(String)
    case number(Double)
    /// A number with a unit of time, in milliseconds.
    case period(Int64)
    case text(String)
    case regex(String)
    /// An operator or bracket.
    case sign(String)
    case end
  }

  var kind: Kind
  var start: Int
  var end: Int
}

/// Cuts a query into words.
enum QueryLexer {
  static func tokens(_ query: String) throws(QueryProblem) -> [QueryToken] {
    let bytes = Array(query.utf8)
    var tokens: [QueryToken] = []
    var index = 0
    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
    while index < bytes.count {
      let byte = bytes[index]
      let start = index
      switch byte {
      case 32, 9...13:
        index += 1
        continue
      case UInt8(ascii: "#"):
        while index < bytes.count, bytes[index] != 10 { index += 1 }
        continue
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        index += 1
        var content: [UInt8] = []
        while index < bytes.count, bytes[index] != byte {
          if bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count,
            bytes[index + 1] == byte || bytes[index + 1] == UInt8(ascii: "\\")
          {
            index += 1
          }
          content.append(bytes[index])
          index += 1
        }
        guard index < bytes.count else {
          throw QueryProblem(message: "unterminated string", start: start, end: bytes.count)
        }
        index += 1
        tokens.append(QueryToken(kind: .text(String(decoding: content, as: UTF8.self)), start: start, end: index))
        continue
      case UInt8(ascii: "`"):
        guard let end = bytes[(index + 1)...].firstIndex(of: byte) else {
          throw QueryProblem(message: "unterminated field name", start: start, end: bytes.count)
        }
        index = end + 1
        tokens.append(QueryToken(kind: .field(text((start + 1)..<end)), start: start, end: index))
        continue
      case UInt8(ascii: "/") where isRegexPlace(tokens):
        index += 1
        while index < bytes.count, bytes[index] != byte {
          index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        guard index < bytes.count else {
          throw QueryProblem(message: "unterminated regular expression", start: start, end: bytes.count)
        }
        tokens.append(QueryToken(kind: .regex(text((start + 1)..<index)), start: start, end: index + 1))
        index += 1
        continue
      case 48...57:
        while index < bytes.count, (48...57).contains(bytes[index]) || bytes[index] == UInt8(ascii: ".") { index += 1 }
        let digits = text(start..<index)
        let unitStart = index
        while index < bytes.count, bytes[index].isWordByte { index += 1 }
        guard let number = Double(digits) else {
          throw QueryProblem(message: "invalid number \(digits)", start: start, end: index)
        }
        if unitStart == index {
          tokens.append(QueryToken(kind: .number(number), start: start, end: index))
        } else if let unit = units[text(unitStart..<index)] {
          tokens.append(QueryToken(kind: .period(Int64(number * Double(unit))), start: start, end: index))
        } else {
          throw QueryProblem(message: "unexpected symbol found \(text(start..<index))", start: start, end: index)
        }
        continue
      case _ where byte.isWordByte || byte == UInt8(ascii: "@"):
        while index < bytes.count,
          bytes[index].isWordByte || bytes[index] == UInt8(ascii: "@") || bytes[index] == UInt8(ascii: ".")
        {
          index += 1
        }
        tokens.append(QueryToken(kind: .name(text(start..<index)), start: start, end: index))
        continue
      default: break
      }
      let two = index + 1 < bytes.count ? text(index..<(index + 2)) : ""
      if ["!=", "<=", ">=", "=~", "=="].contains(two) {
        index += 2
        tokens.append(QueryToken(kind: .sign(two == "==" ? "=" : two), start: start, end: index))
      } else if "|,()[]=<>+-*/%^".utf8.contains(byte) {
        index += 1
        tokens.append(QueryToken(kind: .sign(text(start..<index)), start: start, end: index))
      } else {
        throw QueryProblem(
          message: "unexpected symbol found \(text(start..<(start + 1)))", start: start, end: start + 1)
      }
    }
    tokens.append(QueryToken(kind: .end, start: bytes.count, end: bytes.count))
    return tokens
  }

  /// A slash begins a regular expression where nothing can be divided: behind operators, `like`, and what `parse` looks at.
  private static func isRegexPlace(_ tokens: [QueryToken]) -> Bool {
    if tokens.count >= 2, case .name(let word) = tokens[tokens.count - 2].kind, word.lowercased() == "parse" {
      return true
    }
    switch tokens.last?.kind {
    case .name(let name): return ["like", "parse"].contains(name.lowercased())
    case .field, .number, .period, .text, .regex, .sign(")"), .sign("]"): return false
    default: return true
    }
  }

  /// AWS: query syntax, "Datetime functions": the units of periods.
  private static let units: [String: Int64] = [
    "ms": 1, "msec": 1, "milliseconds": 1, "s": 1000, "sec": 1000, "second": 1000, "seconds": 1000, "m": 60_000,
    "min": 60_000, "minute": 60_000, "minutes": 60_000, "h": 3_600_000, "hr": 3_600_000, "hour": 3_600_000,
    "hours": 3_600_000, "d": 86_400_000, "day": 86_400_000, "days": 86_400_000, "w": 604_800_000, "week": 604_800_000,
    "mo": 2_592_000_000, "mon": 2_592_000_000, "month": 2_592_000_000, "q": 7_776_000_000, "qtr": 7_776_000_000,
    "quarter": 7_776_000_000, "y": 31_536_000_000, "yr": 31_536_000_000, "year": 31_536_000_000,
  ]
}
