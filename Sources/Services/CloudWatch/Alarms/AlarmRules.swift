import Foundation

/// What the data of an alarm's periods mean. Pure.
///
/// AWS: user guide, "Configuring how CloudWatch alarms treat missing data", whose tables are the tests.
struct AlarmJudgement: Equatable {
  enum Missing: String, Sendable {
    case missing, ignore, breaching, notBreaching
  }

  enum Verdict: Equatable {
    case state(AlarmState)
    /// As it was.
    case keep
  }

  /// - Parameters:
  ///   - points: whether each period's value breaches, oldest first; nothing where there is none. More than `periods`, so that
  ///     late or sparse data count.
  ///   - periods: the alarm's evaluation periods.
  ///   - needed: of how many of them breaching makes an alarm.
  static func judge(_ points: [Bool?], periods: Int, needed: Int, missing: Missing) -> Verdict {
    let found = points.compactMap { $0 }.suffix(periods)
    if found.isEmpty {
      switch missing {
      case .missing: return .state(.insufficientData)
      case .ignore: return .keep
      case .breaching: return .state(.alarm)
      case .notBreaching: return .state(.ok)
      }
    }
    let breaching = found.count { $0 }
    if breaching >= needed { return .state(.alarm) }
    let absent = periods - found.count
    if absent == 0 { return .state(.ok) }
    switch missing {
    case .breaching: return .state(breaching + absent >= needed ? .alarm : .ok)
    case .notBreaching: return .state(.ok)
    case .missing: return .state(breaching == found.count ? .alarm : .ok)
    case .ignore: return breaching < found.count ? .state(.ok) : .keep
    }
  }

  /// How many periods more than the evaluation periods are looked at. AWS: "the evaluation range"; five for three in its tables.
  static let further = 2

  static func breaches(_ value: Double, _ comparison: String, _ threshold: Double) -> Bool {
    switch comparison {
    case "GreaterThanOrEqualToThreshold": value >= threshold
    case "GreaterThanThreshold": value > threshold
    case "LessThanThreshold": value < threshold
    case "LessThanOrEqualToThreshold": value <= threshold
    default: false
    }
  }

  /// `greater than the threshold`, as AWS's reasons have it.
  static func words(_ comparison: String) -> String {
    switch comparison {
    case "GreaterThanOrEqualToThreshold": "greater than or equal to the threshold"
    case "GreaterThanThreshold": "greater than the threshold"
    case "LessThanThreshold": "less than the threshold"
    default: "less than or equal to the threshold"
    }
  }
}

/// The rule of a composite alarm: `ALARM("cpu") AND NOT OK(disk)`. Pure.
/// AWS: PutCompositeAlarm, `AlarmRule`.
indirect enum CompositeRule: Sendable, Equatable {
  case state(AlarmState, of: String)
  case constant(Bool)
  case not(CompositeRule)
  case all([CompositeRule])
  case any([CompositeRule])

  /// Nothing if it can't be read.
  init?(_ text: String) {
    var parser = Parser(text)
    guard let rule = parser.or(0), parser.isAtEnd else { return nil }
    self = rule
  }

  /// The alarms it names.
  var alarms: Set<String> {
    switch self {
    case .state(_, let name): [name]
    case .constant: []
    case .not(let inner): inner.alarms
    case .all(let parts), .any(let parts): Set(parts.flatMap(\.alarms))
    }
  }

  func holds(_ state: (String) -> AlarmState?) -> Bool {
    switch self {
    case .state(let wanted, let name): state(name) == wanted
    case .constant(let value): value
    case .not(let inner): !inner.holds(state)
    case .all(let parts): parts.allSatisfy { $0.holds(state) }
    case .any(let parts): parts.contains { $0.holds(state) }
    }
  }

  private struct Parser {
    private let bytes: [UInt8]
    private var position = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    var isAtEnd: Bool {
      mutating get {
        skipSpaces()
        return position >= bytes.count
      }
    }

    mutating func or(_ depth: Int) -> CompositeRule? {
      guard depth < 100, let first = and(depth) else { return nil }
      var parts = [first]
      while takeWord("OR") {
        guard let next = and(depth) else { return nil }
        parts.append(next)
      }
      return parts.count == 1 ? first : .any(parts)
    }

    private mutating func and(_ depth: Int) -> CompositeRule? {
      guard let first = not(depth) else { return nil }
      var parts = [first]
      while takeWord("AND") {
        guard let next = not(depth) else { return nil }
        parts.append(next)
      }
      return parts.count == 1 ? first : .all(parts)
    }

    private mutating func not(_ depth: Int) -> CompositeRule? {
      if takeWord("NOT") { return depth < 100 ? not(depth + 1).map { .not($0) } : nil }
      if take("(") {
        guard let inner = or(depth + 1), take(")") else { return nil }
        return inner
      }
      if takeWord("TRUE") { return .constant(true) }
      if takeWord("FALSE") { return .constant(false) }
      for state in [AlarmState.insufficientData, .alarm, .ok] where takeWord(state.rawValue) {
        guard take("("), let name = name(), take(")") else { return nil }
        return .state(state, of: name)
      }
      return nil
    }

    /// A name or an ARN, in quotes or without.
    private mutating func name() -> String? {
      skipSpaces()
      guard position < bytes.count else { return nil }
      var text: String
      let quote = bytes[position]
      if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
        guard let end = bytes[(position + 1)...].firstIndex(of: quote) else { return nil }
        text = String(decoding: bytes[(position + 1)..<end], as: UTF8.self)
        position = end + 1
      } else {
        let start = position
        while position < bytes.count, bytes[position] > 32, bytes[position] != UInt8(ascii: ")") { position += 1 }
        text = String(decoding: bytes[start..<position], as: UTF8.self)
      }
      if text.hasPrefix("arn:"), let alarm = text.range(of: ":alarm:") { text = String(text[alarm.upperBound...]) }
      return text.isEmpty ? nil : text
    }

    private mutating func take(_ sign: Character) -> Bool {
      skipSpaces()
      guard position < bytes.count, bytes[position] == sign.asciiValue else { return false }
      position += 1
      return true
    }

    private mutating func takeWord(_ word: String) -> Bool {
      skipSpaces()
      guard bytes[position...].starts(with: word.utf8) else { return false }
      let end = position + word.utf8.count
      if end < bytes.count, (65...90).contains(bytes[end]) || (97...122).contains(bytes[end]) || bytes[end] == 95 {
        return false
      }
      position = end
      return true
    }

    private mutating func skipSpaces() {
      while position < bytes.count, bytes[position] <= 32 { position += 1 }
    }
  }
}
