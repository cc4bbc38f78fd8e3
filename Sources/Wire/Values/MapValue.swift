/// A map's entries in the order in which they came.
public struct MapValue: Sendable, Equatable, Sequence, ExpressibleByDictionaryLiteral {
  /// The entries; a key that came twice is here twice, and its last value counts.
  public var entries: [(key: String, value: Value)]

  public init(entries: [(key: String, value: Value)] = []) { self.entries = entries }

  /// A dictionary's entries, sorted by key.
  public init(_ dictionary: [String: Value]) {
    entries = dictionary.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  public init(dictionaryLiteral elements: (String, Value)...) { entries = elements.map { ($0.0, $0.1) } }

  public var count: Int { entries.count }
  public var isEmpty: Bool { entries.isEmpty }

  /// The value under a key. Complexity: linear.
  public subscript(key: String) -> Value? { entries.last { $0.key == key }?.value }

  public func makeIterator() -> IndexingIterator<[(key: String, value: Value)]> { entries.makeIterator() }

  public static func == (left: MapValue, right: MapValue) -> Bool {
    left.dictionary == right.dictionary
  }

  /// The entries by key.
  public var dictionary: [String: Value] {
    Dictionary(entries.map { ($0.key, $0.value) }, uniquingKeysWith: { _, last in last })
  }
}
