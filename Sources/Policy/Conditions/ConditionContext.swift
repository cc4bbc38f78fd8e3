/// A condition key as policies name it, prepared for look-ups: case does not matter.
struct ContextKey: Sendable {
  /// As written.
  let name: String
  let folded: [UInt8]
  let hash: UInt32

  init(_ name: String) {
    self.name = name
    folded = name.utf8.map(asciiLowercased)
    hash = Self.hash(of: name)
  }

  /// FNV-1a over the key in lower case.
  static func hash(of name: String) -> UInt32 {
    var hash: UInt32 = 2_166_136_261
    for byte in name.utf8 { hash = (hash ^ UInt32(asciiLowercased(byte))) &* 16_777_619 }
    return hash
  }
}

/// What is known of a request when conditions are judged: `aws:SourceIp`, `aws:PrincipalTag/team`, `s3:prefix`, …
///
/// Key names are case-insensitive. Every key has a cardinality, and it matters: a present multi-valued key never matches an
/// operator without `ForAllValues:` or `ForAnyValue:`, even with a single value. A multi-valued key without values counts
/// as absent. Cheap to build and to copy: an array of entries, searched by hash.
public struct ConditionContext: Sendable {
  /// The value of a key.
  public enum Value: Sendable, Hashable {
    case single(String)
    case multiple([String])

    /// The value or values as a list.
    public var all: [String] {
      switch self {
      case .single(let value): [value]
      case .multiple(let values): values
      }
    }
  }

  private struct Entry: Sendable {
    let hash: UInt32
    let key: String
    var value: Value
  }

  private var entries: [Entry] = []

  /// A context without keys.
  public init() {}

  /// Keys and values in the order in which they were first set.
  public var all: [(key: String, value: Value)] { entries.map { ($0.key, $0.value) } }

  /// The number of keys.
  public var count: Int { entries.count }

  /// Whether no key is set.
  public var isEmpty: Bool { entries.isEmpty }

  /// Makes room for so many keys.
  public mutating func reserveCapacity(_ count: Int) { entries.reserveCapacity(count) }

  /// The value of a key, in whatever case it is written. O(number of keys).
  public subscript(key: String) -> Value? {
    get { position(of: key, hash: ContextKey.hash(of: key)).map { entries[$0].value } }
    set {
      let hash = ContextKey.hash(of: key)
      switch (position(of: key, hash: hash), newValue) {
      case (let position?, let value?): entries[position].value = value
      case (let position?, nil): entries.remove(at: position)
      case (nil, let value?): entries.append(Entry(hash: hash, key: key, value: value))
      case (nil, nil): break
      }
    }
  }

  /// Sets a single-valued key; nothing happens without a value.
  public mutating func set(_ key: String, _ value: String?) {
    if let value { self[key] = .single(value) }
  }

  /// Sets a single-valued key to `true` or `false`.
  public mutating func set(_ key: String, _ value: Bool) { self[key] = .single(value ? "true" : "false") }

  /// Sets a multi-valued key.
  public mutating func set(_ key: String, all values: [String]) { self[key] = .multiple(values) }

  /// Sets `prefix/name` for every tag: `set(tags: …, under: "aws:PrincipalTag")`.
  public mutating func set(tags: some Sequence<(key: String, value: String)>, under prefix: String) {
    for tag in tags { self[prefix + "/" + tag.key] = .single(tag.value) }
  }

  /// Takes over the keys of another context, which win.
  public mutating func merge(_ other: ConditionContext) {
    for entry in other.entries { self[entry.key] = entry.value }
  }

  /// This context with the keys of another one, which win: a request with what is known of one of its resources.
  public func merging(_ other: ConditionContext) -> ConditionContext {
    var merged = self
    merged.merge(other)
    return merged
  }

  /// The key and value at a place in the order of ``all``.
  public subscript(place place: Int) -> (key: String, value: Value) {
    (entries[place].key, entries[place].value)
  }

  /// Puts a key and value at a place in the order of ``all``, in place of what was there. The key must not be set elsewhere.
  public mutating func replace(place: Int, key: String, value: Value) {
    entries[place] = Entry(hash: ContextKey.hash(of: key), key: key, value: value)
  }

  /// Gives the key at a place in the order of ``all`` another value.
  public mutating func replace(place: Int, value: Value) { entries[place].value = value }

  /// Adds a key that is known not to be set: saves the look for it.
  public mutating func append(key: String, value: Value) {
    entries.append(Entry(hash: ContextKey.hash(of: key), key: key, value: value))
  }

  private func position(of key: String, hash: UInt32) -> Int? {
    for index in entries.indices where entries[index].hash == hash {
      if entries[index].key.utf8.lazy.map(asciiLowercased).elementsEqual(key.utf8.lazy.map(asciiLowercased)) {
        return index
      }
    }
    return nil
  }

  /// The value of a prepared key.
  func lookup(_ key: ContextKey) -> Value? {
    for entry in entries where entry.hash == key.hash {
      if entry.key.utf8.lazy.map(asciiLowercased).elementsEqual(key.folded) { return entry.value }
    }
    return nil
  }
}

extension ConditionContext: ExpressibleByDictionaryLiteral {
  /// `["aws:SourceIp": "192.0.2.1", "aws:TagKeys": ["team"]]`: strings are single-valued keys, arrays multi-valued ones.
  public init(dictionaryLiteral elements: (String, Value)...) {
    for (key, value) in elements { self[key] = value }
  }
}

extension ConditionContext.Value: ExpressibleByStringLiteral, ExpressibleByArrayLiteral {
  public init(stringLiteral value: String) { self = .single(value) }
  public init(arrayLiteral elements: String...) { self = .multiple(elements) }
}
