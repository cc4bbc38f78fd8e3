/// A structure's or union's members by their position in its shape; absent ones are null.
///
/// Generated types read and write themselves through the accessors, which never trap: a position beyond the end reads as absent.
public struct StructureValue: Sendable, Equatable {
  public var members: ContiguousArray<Value>

  public init(members: ContiguousArray<Value>) { self.members = members }

  /// - Parameter count: how many members the shape has.
  public init(count: Int) { members = ContiguousArray(repeating: .null, count: count) }

  /// Without any member.
  public static let empty = StructureValue(members: [])

  /// A member; null beyond the end.
  public subscript(index: Int) -> Value {
    get { index < members.count ? members[index] : .null }
    set { if index < members.count { members[index] = newValue } }
  }

  /// Equal where both have members; missing ones count as null.
  public static func == (left: StructureValue, right: StructureValue) -> Bool {
    for index in 0..<max(left.members.count, right.members.count) where left[index] != right[index] { return false }
    return true
  }
}

// Reading, for generated code.
extension StructureValue {
  public func bool(_ index: Int) -> Bool? { self[index].bool }
  public func integer(_ index: Int) -> Int? { self[index].integer }
  public func double(_ index: Int) -> Double? { self[index].double }
  public func string(_ index: Int) -> String? { self[index].string }
  public func blob(_ index: Int) -> [UInt8]? { self[index].blob }
  public func timestamp(_ index: Int) -> Timestamp? { self[index].timestamp }
  public func document(_ index: Int) -> JSONValue? { self[index].document }

  public func structure<S: Structure>(_ index: Int, _ type: S.Type) -> S? { self[index].structure(type) }

  public func list<Element>(_ index: Int, _ element: (Value) -> Element?) -> [Element]? { self[index].list(element) }

  public func map<Element>(_ index: Int, _ element: (Value) -> Element?) -> [String: Element]? {
    self[index].map(element)
  }
}

// Writing, for generated code.
extension StructureValue {
  public mutating func set(_ index: Int, bool value: Bool?) { if let value { self[index] = .bool(value) } }
  public mutating func set(_ index: Int, integer value: Int?) { if let value { self[index] = .integer(Int64(value)) } }
  public mutating func set(_ index: Int, double value: Double?) { if let value { self[index] = .double(value) } }
  public mutating func set(_ index: Int, string value: String?) { if let value { self[index] = .string(value) } }
  public mutating func set(_ index: Int, blob value: [UInt8]?) { if let value { self[index] = .blob(value) } }
  public mutating func set(_ index: Int, timestamp value: Timestamp?) {
    if let value { self[index] = .timestamp(value) }
  }
  public mutating func set(_ index: Int, document value: JSONValue?) { if let value { self[index] = .document(value) } }

  public mutating func set<S: Structure>(_ index: Int, structure value: S?) {
    if let value { self[index] = .structure(value.structureValue) }
  }

  public mutating func set<Element>(_ index: Int, list value: [Element]?, _ element: (Element) -> Value) {
    if let value { self[index] = .list(value.map(element)) }
  }

  public mutating func set<Element>(_ index: Int, map value: [String: Element]?, _ element: (Element) -> Value) {
    if let value { self[index] = .map(of: value, element) }
  }
}
