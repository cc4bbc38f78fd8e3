/// Condition keys of a request that is known in part only: from a log, say, that tells no tags.
///
/// Every key is one of three: its value is known, it is known to be absent, or nothing is known of it. In between, a key may
/// be known *not* to have some values.
public struct PartialContext: Sendable {
  /// What is known of the keys that have no value here.
  public enum Remainder: Sendable {
    /// They are absent: nothing is unknown.
    case absent
    /// They may have any value, except those that are known to be absent.
    case unknown(absent: KeySet)
  }

  /// The keys whose values are known.
  public var known: ConditionContext
  /// All other keys.
  public var remainder: Remainder
  /// Values that unknown keys certainly don't have. Few, so a list.
  private var excluded: [(key: ContextKey, values: [String])] = []

  public init(_ known: ConditionContext, remainder: Remainder = .absent) {
    self.known = known
    self.remainder = remainder
  }

  /// Says that an unknown key is absent or has another value than these.
  public mutating func exclude(_ values: [String], from key: String) {
    known[key] = nil
    excluded.append((ContextKey(key), values))
  }

  /// Whether a key's value, or its absence, is known.
  public func knows(_ key: String) -> Bool { knows(ContextKey(key)) }

  func knows(_ key: ContextKey) -> Bool {
    if case .absent = remainder, excluded.isEmpty { return true }
    if known.lookup(key) != nil { return true }
    if exclusions(of: key) != nil { return false }
    switch remainder {
    case .absent: return true
    case .unknown(let absent): return absent.contains(key)
    }
  }

  /// The values that an unknown key certainly doesn't have.
  func exclusions(of key: ContextKey) -> [String]? {
    excluded.first { $0.key.hash == key.hash && $0.key.folded == key.folded }?.values
  }

  /// Names of condition keys, and families of them (`aws:RequestTag/`), in whatever case.
  public final class KeySet: Sendable {
    private let keys: Set<[UInt8]>
    private let families: [[UInt8]]
    /// Sets that belong to this one.
    private let others: [KeySet]

    /// - Parameter names: a name that ends with a slash stands for all keys that begin so.
    public init(_ names: [String]) {
      let folded = names.map { $0.utf8.map(asciiLowercased) }
      keys = Set(folded.filter { $0.last != UInt8(ascii: "/") })
      families = folded.filter { $0.last == UInt8(ascii: "/") }
      others = []
    }

    private init(_ others: [KeySet]) {
      keys = []
      families = []
      self.others = others
    }

    /// The keys of both. O(1).
    public func adding(_ other: KeySet) -> KeySet { KeySet([self, other]) }

    func contains(_ key: ContextKey) -> Bool {
      keys.contains(key.folded) || families.contains { key.folded.starts(with: $0) }
        || others.contains { $0.contains(key) }
    }
  }
}
