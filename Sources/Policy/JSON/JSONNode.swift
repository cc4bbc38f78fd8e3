/// A JSON value as it stands in a text: with its place, and with members in the order they were written.
///
/// Policies need more of JSON than decoders give: duplicate keys are an error, numbers keep their spelling, and the
/// simulation APIs tell where a statement begins and ends.
package struct JSONNode: Sendable {
  package indirect enum Value: Sendable {
    case object([Member])
    case array([JSONNode])
    case string(String)
    /// As written.
    case number(String)
    case bool(Bool)
    case null
  }

  package struct Member: Sendable {
    package let key: String
    package let node: JSONNode
  }

  package let value: Value
  /// Byte offset of the first byte.
  let start: Int
  /// Byte offset behind the last byte.
  let end: Int

  /// The members, if this is an object.
  var members: [Member]? {
    if case .object(let members) = value { return members }
    return nil
  }

  /// The elements, if this is an array.
  var elements: [JSONNode]? {
    if case .array(let elements) = value { return elements }
    return nil
  }

  /// The text, if this is a string.
  var string: String? {
    if case .string(let text) = value { return text }
    return nil
  }

  /// The truth value, if this is one.
  var bool: Bool? {
    if case .bool(let value) = value { return value }
    return nil
  }

  var isNull: Bool {
    if case .null = value { return true }
    return false
  }

  /// The member named `key`, if this is an object that has one.
  subscript(key: String) -> JSONNode? {
    members?.first { $0.key == key }?.node
  }

  /// A single value or all elements of an array: IAM allows both wherever a list is meant.
  var asList: [JSONNode] { elements ?? [self] }
}
