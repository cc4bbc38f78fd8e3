import Foundation
import Wire

/// A value in a query: most are text, and numbers if they look like ones.
enum QueryValue: Sendable, Hashable {
  case missing
  case text(String)
  case number(Double)
  case bool(Bool)
  /// Milliseconds since 1970, shown as a date.
  case time(Int64)

  /// A node of a JSON message; objects and arrays are shown as JSON.
  init(_ json: JSONValue) {
    switch json {
    case .null: self = .missing
    case .bool(let value): self = .bool(value)
    case .integer(let value): self = .number(Double(value))
    case .double(let value): self = .number(value)
    case .string(let text): self = .text(text)
    case .array, .object: self = .text(json.text)
    }
  }

  var isMissing: Bool { if case .missing = self { true } else { false } }

  var isTrue: Bool {
    switch self {
    case .bool(let value): value
    case .number(let value): value != 0
    case .text(let text): text == "true" || text == "1"
    case .missing, .time: false
    }
  }

  var number: Double? {
    switch self {
    case .number(let value): value
    case .time(let value): Double(value)
    case .bool(let value): value ? 1 : 0
    case .text(let text): PatternComparison.number(text)
    case .missing: nil
    }
  }

  /// As it is shown; nothing for what isn't there.
  var text: String? {
    switch self {
    case .missing: nil
    case .text(let text): text
    case .number(let value): QueryValue.text(value)
    // AWS shows truth as 1 and 0.
    case .bool(let value): value ? "1" : "0"
    case .time(let value): QueryValue.date(value)
    }
  }

  static func text(_ number: Double) -> String {
    if number == number.rounded(), abs(number) < 1e15 { return String(Int64(number)) }
    return String(number)
  }

  /// `2026-11-29 00:37:02.123`, in UTC.
  static func date(_ milliseconds: Int64) -> String {
    let parts = Timestamp(milliseconds: milliseconds).components
    func padded(_ value: Int, _ width: Int) -> String {
      let text = String(value)
      return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
    }
    return "\(padded(parts.year, 4))-\(padded(parts.month, 2))-\(padded(parts.day, 2)) "
      + "\(padded(parts.hour, 2)):\(padded(parts.minute, 2)):\(padded(parts.second, 2)).\(padded(parts.millisecond, 3))"
  }

  /// Numbers by their values, everything else by text; what is missing comes first.
  static func precedes(_ left: QueryValue, _ right: QueryValue) -> Bool {
    if let left = left.number, let right = right.number { return left < right }
    switch (left.text, right.text) {
    case (nil, nil): return false
    case (nil, _): return true
    case (_, nil): return false
    case (let left?, let right?): return left < right
    }
  }

  static func equals(_ left: QueryValue, _ right: QueryValue) -> Bool {
    if left.isMissing || right.isMissing { return false }
    if case .bool(let value) = left, case .text(let text) = right { return text == (value ? "true" : "false") }
    if case .text(let text) = left, case .bool(let value) = right { return text == (value ? "true" : "false") }
    if let left = left.number, let right = right.number { return left == right }
    return left.text == right.text
  }
}
