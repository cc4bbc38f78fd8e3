/// A filter pattern: what metric filters, subscription filters and FilterLogEvents match events with.
///
/// AWS: CloudWatch Logs user guide, "Filter pattern syntax for metric filters, subscription filters, filter log events, and Live
/// Tail". Pure: a pattern is read once and then asked for each message.
struct FilterPattern: Sendable {
  private enum Form: Sendable {
    /// An empty pattern.
    case everything
    case terms(TermPattern)
    case json(JSONPattern)
    case fields(FieldPattern)
  }

  private let form: Form

  /// - Throws: ``PatternProblem`` if it can't be read.
  init(_ text: String) throws(PatternProblem) {
    var scanner = PatternScanner(text)
    scanner.skipSpaces()
    switch scanner.peek {
    case nil: form = .everything
    case UInt8(ascii: "{"): form = .json(try JSONPattern(&scanner))
    case UInt8(ascii: "["): form = .fields(try FieldPattern(&scanner))
    default: form = .terms(try TermPattern(&scanner))
    }
  }

  /// Whether it matches everything.
  var isEmpty: Bool { if case .everything = form { true } else { false } }

  /// How many regular expressions it has.
  var regexCount: Int {
    switch form {
    case .everything: 0
    case .terms(let pattern): pattern.regexCount
    case .json(let pattern): pattern.regexCount
    case .fields(let pattern): pattern.regexCount
    }
  }

  /// Whether an event's message is meant.
  func matches(_ message: String) -> Bool {
    switch form {
    case .everything: true
    case .terms(let pattern): pattern.matches(message)
    case .json(let pattern): pattern.matches(message)
    case .fields(let pattern): pattern.match(message) != nil
    }
  }

  /// The values that the pattern names in a message that it matches (`$.latency`, `$status_code`); nothing if it doesn't match.
  func extract(_ message: String) -> [String: String]? {
    switch form {
    case .everything: [:]
    case .terms(let pattern): pattern.matches(message) ? [:] : nil
    case .json(let pattern): pattern.extract(message)
    case .fields(let pattern): pattern.match(message)
    }
  }
}

/// Why a pattern can't be read.
struct PatternProblem: Error, Equatable {
  var message: String

  init(_ message: String) { self.message = message }

  /// AWS has few words for most mistakes. // unverified: these
  static let invalid = PatternProblem("Invalid filter pattern")
}
