/// What any shape of any AWS model can hold, before or after it is on the wire.
public enum Value: Sendable, Equatable {
  /// Absent.
  case null
  case bool(Bool)
  /// A byte, short, integer, long or integer enum.
  case integer(Int64)
  /// A float or double; may be infinite or not a number.
  case double(Double)
  /// A string or an enum's value.
  case string(String)
  case blob([UInt8])
  case timestamp(Timestamp)
  case list([Value])
  case map(MapValue)
  /// A structure or union.
  case structure(StructureValue)
  /// Data without a schema.
  case document(JSONValue)
  /// A value of any shape that is JSON already, for services that speak nothing else and keep what they answer as text.
  case encodedJSON([UInt8])

  public var isNull: Bool {
    if case .null = self { return true }
    return false
  }

  public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  public var integer: Int? { if case .integer(let value) = self { Int(value) } else { nil } }
  public var string: String? { if case .string(let value) = self { value } else { nil } }
  public var blob: [UInt8]? { if case .blob(let value) = self { value } else { nil } }
  public var timestamp: Timestamp? { if case .timestamp(let value) = self { value } else { nil } }
  public var document: JSONValue? { if case .document(let value) = self { value } else { nil } }

  /// A double; integers count too.
  public var double: Double? {
    switch self {
    case .double(let value): value
    case .integer(let value): Double(value)
    default: nil
    }
  }

  /// A list's elements as something else; those that aren't it (a null in a sparse list) are left out.
  public func list<Element>(_ element: (Value) -> Element?) -> [Element]? {
    guard case .list(let values) = self else { return nil }
    return values.compactMap(element)
  }

  /// A map's values as something else; those that aren't it are left out.
  public func map<Element>(_ element: (Value) -> Element?) -> [String: Element]? {
    guard case .map(let entries) = self else { return nil }
    var result: [String: Element] = [:]
    result.reserveCapacity(entries.count)
    for (key, value) in entries {
      if let value = element(value) { result[key] = value }
    }
    return result
  }

  /// A structure as its generated type.
  public func structure<S: Structure>(_ type: S.Type) -> S? {
    if case .structure(let value) = self { S(value) } else { nil }
  }

  /// A list from something else's elements.
  public static func list<Element>(of elements: [Element], _ value: (Element) -> Value) -> Value {
    .list(elements.map(value))
  }

  /// A map from a dictionary, sorted by key so that answers are the same each time.
  public static func map<Element>(of elements: [String: Element], _ value: (Element) -> Value) -> Value {
    .map(MapValue(elements.mapValues(value)))
  }
}
