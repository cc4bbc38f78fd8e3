import Policy

/// A value that a filter policy is held against.
enum FilterValue: Sendable, Equatable {
  case string(String)
  case number(Double)
  case bool(Bool)
  case null
}

/// One condition of a filter policy's key: what stands in its array.
enum FilterPattern: Sendable {
  case exact(FilterValue)
  case prefix(String)
  case suffix(String)
  /// In lower case.
  case equalsIgnoringCase(String)
  case numeric(NumericRange)
  case network(IPNetwork)
  case anythingBut(Exclusion)
  case exists(Bool)

  /// Numbers between two bounds; a bound that is missing is open to infinity.
  struct NumericRange: Sendable {
    var lower: (value: Double, isIncluded: Bool)?
    var upper: (value: Double, isIncluded: Bool)?

    func contains(_ number: Double) -> Bool {
      if let lower, lower.isIncluded ? number < lower.value : number <= lower.value { return false }
      if let upper, upper.isIncluded ? number > upper.value : number >= upper.value { return false }
      return true
    }
  }

  /// What `anything-but` excludes.
  enum Exclusion: Sendable {
    case values([FilterValue])
    case prefixes([String])
    case suffixes([String])
    /// In lower case.
    case ignoringCase([String])

    func excludes(_ value: FilterValue) -> Bool {
      if case .values(let values) = self { return values.contains(value) }
      guard case .string(let text) = value else { return false }
      switch self {
      case .values: return false
      case .prefixes(let prefixes): return prefixes.contains { text.utf8.starts(with: $0.utf8) }
      case .suffixes(let suffixes): return suffixes.contains { FilterPattern.ends(text, with: $0) }
      case .ignoringCase(let texts): return texts.contains(text.lowercased())
      }
    }
  }

  /// Whether the condition holds for a key.
  /// - Parameter values: what the message has under the key: several for an array, nothing if the key isn't there.
  ///   AWS: SNS developer guide, "String value matching": of an array one element is enough, for anything-but too.
  func accepts(_ values: [FilterValue]) -> Bool {
    switch self {
    case .exists(let isWanted): values.isEmpty != isWanted
    case .anythingBut(let exclusion): values.contains { !exclusion.excludes($0) }
    case .exact(let wanted): values.contains(wanted)
    case .numeric(let range):
      values.contains { value in if case .number(let number) = value { range.contains(number) } else { false } }
    case .prefix, .suffix, .equalsIgnoringCase, .network:
      values.contains { value in if case .string(let text) = value { accepts(text: text) } else { false } }
    }
  }

  private func accepts(text: String) -> Bool {
    switch self {
    case .prefix(let prefix): text.utf8.starts(with: prefix.utf8)
    case .suffix(let suffix): FilterPattern.ends(text, with: suffix)
    case .equalsIgnoringCase(let lowered): text.lowercased() == lowered
    case .network(let network): IPAddress(text).map(network.contains) ?? false
    default: false
    }
  }

  fileprivate static func ends(_ text: String, with suffix: String) -> Bool {
    text.utf8.reversed().starts(with: suffix.utf8.reversed())
  }
}
