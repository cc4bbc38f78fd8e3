import Wire

/// One element of a field's list in an event pattern: what a value must be like. Any one of the list suffices.
///
/// AWS: EventBridge user guide, "Comparison operators for use in event patterns".
enum ValueTest: Sendable, Equatable {
  /// The string itself.
  case exact(String)
  /// A number, however it is written.
  case number(JSONValue)
  /// `true`, `false` or `null`.
  case word(JSONValue)
  case prefix(String)
  case suffix(String)
  case equalsIgnoringCase(String)
  case prefixIgnoringCase(String)
  case suffixIgnoringCase(String)
  case wildcard(Wildcard)
  case numeric(NumericRange)
  case network(Network)
  /// Whether there is a value at all.
  case exists(Bool)
  case anythingBut([String])
  case anythingButNumbers([Double])
  case anythingButPrefixes([String])
  case anythingButSuffixes([String])
  case anythingButIgnoringCase([String])
  case anythingButWildcards([Wildcard])

  /// Whether a value that is there passes. Arrays and objects have no value of their own.
  func passes(_ value: JSONValue) -> Bool {
    switch self {
    case .exists(let isWanted): return isWanted
    case .number(let wanted): return value.double != nil && value == wanted
    case .word(let wanted): return value == wanted
    case .numeric(let range): return value.double.map { range.contains($0) } ?? false
    case .anythingButNumbers(let numbers): return value.double.map { !numbers.contains($0) } ?? true
    default:
      // The others look at strings; what isn't one is different from all of them.
      guard case .string(let text) = value else { return isExclusion }
      return passes(text)
    }
  }

  private var isExclusion: Bool {
    switch self {
    case .anythingBut, .anythingButPrefixes, .anythingButSuffixes, .anythingButIgnoringCase, .anythingButWildcards: true
    default: false
    }
  }

  private func passes(_ text: String) -> Bool {
    switch self {
    case .exact(let wanted): text == wanted
    case .prefix(let prefix): text.hasPrefix(prefix)
    case .suffix(let suffix): text.hasSuffix(suffix)
    case .equalsIgnoringCase(let wanted): text.lowercased() == wanted
    case .prefixIgnoringCase(let prefix): text.lowercased().hasPrefix(prefix)
    case .suffixIgnoringCase(let suffix): text.lowercased().hasSuffix(suffix)
    case .wildcard(let wildcard): wildcard.matches(text)
    case .network(let network): network.contains(text)
    case .anythingBut(let texts): !texts.contains(text)
    case .anythingButPrefixes(let prefixes): !prefixes.contains { text.hasPrefix($0) }
    case .anythingButSuffixes(let suffixes): !suffixes.contains { text.hasSuffix($0) }
    case .anythingButIgnoringCase(let texts): !texts.contains(text.lowercased())
    case .anythingButWildcards(let wildcards): !wildcards.contains { $0.matches(text) }
    case .number, .word, .numeric, .exists, .anythingButNumbers: false
    }
  }
}

/// `numeric`: a range with or without its ends.
struct NumericRange: Sendable, Equatable {
  var bottom = -Double.infinity
  var includesBottom = true
  var top = Double.infinity
  var includesTop = true

  func contains(_ value: Double) -> Bool {
    // AWS: numbers beyond ±5.0e9 don't take part in numeric matching.
    guard abs(value) <= NumericRange.limit else { return false }
    return (includesBottom ? value >= bottom : value > bottom) && (includesTop ? value <= top : value < top)
  }

  /// AWS: "Numeric matching … is limited to values between -5.0e9 and +5.0e9 inclusive".
  static let limit = 5.0e9
}
