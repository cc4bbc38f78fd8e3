/// A shape's place in its model.
public typealias ShapeIndex = Int

/// One shape of a service's model.
public final class Shape: Sendable {
  public enum Kind: Sendable, Equatable {
    case structure, union, list, map, string, boolean, integer, long, float, double, blob, timestamp, document
  }

  public let name: String
  public let kind: Kind
  /// A structure's members in the model's order.
  public let members: [Member]
  /// A list's elements; a map's values.
  public let element: Reference?
  /// A map's keys.
  public let key: Reference?
  /// No wrapping element in XML or forms (`flattened`).
  public let isFlattened: Bool
  public let timestampFormat: TimestampFormat?
  /// The position of the member that is the whole HTTP body.
  public let payload: Int?
  /// The XML root's name, when the model gives one.
  public let rootName: String?
  public let xmlNamespace: XMLNamespace?
  /// The values of an enum.
  public let enumValues: [String]
  public let minimum: Double?
  public let maximum: Double?
  /// A regular expression in Java's syntax, which must match the whole string.
  public let pattern: String?
  /// The same, compiled; nothing when it is beyond what is understood.
  let compiledPattern: Pattern?
  /// Must not be written to logs.
  public let isSensitive: Bool

  let jsonNames: NameTable
  let xmlNames: NameTable
  let formNames: NameTable
  let ec2Names: NameTable
  /// Whether some member travels outside the body.
  let hasBindings: Bool
  /// Positions of members that are XML attributes.
  let attributes: [Int]

  init(_ parsed: ModelParser.ShapeLines, members: [Member], element: Reference?, key: Reference?) {
    name = parsed.name
    kind = parsed.kind
    self.members = members
    self.element = element
    self.key = key
    isFlattened = parsed.traits.flag("flat")
    timestampFormat = parsed.traits.timestampFormat
    payload = parsed.traits["payload"].flatMap { name in members.firstIndex { $0.name == name } }
    rootName = parsed.traits["root"]
    xmlNamespace = parsed.traits.xmlNamespace
    enumValues = parsed.enumValues
    minimum = parsed.traits["min"].flatMap { Double($0) }
    maximum = parsed.traits["max"].flatMap { Double($0) }
    pattern = parsed.pattern
    compiledPattern = parsed.pattern.flatMap { Pattern($0) }
    isSensitive = parsed.traits.flag("sensitive")
    let body = members.filter { $0.location == .body }
    jsonNames = NameTable(body.map { [$0.wireName] }, body.map(\.position))
    xmlNames = NameTable(
      body.filter { !$0.isAttribute }.map { [$0.xmlName] }, body.filter { !$0.isAttribute }.map(\.position))
    // All proper names come before any older one.
    formNames = NameTable(
      members.map { [$0.formName] } + members.map(\.formNames), members.map(\.position) + members.map(\.position))
    ec2Names = NameTable(members.map { [$0.ec2Name] }, members.map(\.position))
    hasBindings = members.contains { $0.location != .body }
    attributes = members.filter(\.isAttribute).map(\.position)
  }

  /// A member by its name in the model. Complexity: linear.
  public func member(_ name: String) -> Member? { members.first { $0.name == name } }

  /// How a structure reaches another shape: a list's elements, a map's keys and values.
  public struct Reference: Sendable {
    public let shape: ShapeIndex
    /// The name on the wire, when it isn't the protocol's default (`member`, `key`, `value`).
    public let wireName: String?
    public let xmlNamespace: XMLNamespace?
  }
}

/// A namespace to declare on an element.
public struct XMLNamespace: Sendable, Equatable {
  public let uri: String
  public let prefix: String?
}

/// Where a member travels.
public enum Location: Sendable, Equatable {
  case body
  case header
  /// All headers that begin with the wire name, as a map.
  case headers
  case label
  case query
  case status

  /// Whether it is in the body of an answer: labels and query parameters bind requests only.
  var isInResponseBody: Bool { self == .body || self == .label || self == .query }
}

/// A member of a structure.
public struct Member: Sendable {
  /// The name in the model.
  public let name: String
  public let position: Int
  public let shape: ShapeIndex
  public let isRequired: Bool
  public let location: Location
  /// The name on the wire (`locationName`), else the member's.
  public let wireName: String
  /// The XML element's name: for a list flattened by its shape, the elements' own name.
  public let xmlName: String
  /// The name in forms and in query's XML, where services that moved to JSON have an older one.
  public let formName: String
  /// All names accepted in forms.
  let formNames: [String]
  /// The name in EC2's forms.
  public let ec2Name: String
  public let isFlattened: Bool
  public let isAttribute: Bool
  public let xmlNamespace: XMLNamespace?
  public let timestampFormat: TimestampFormat?
  /// The bytes don't pass through the codec.
  public let isStreaming: Bool
  /// Filled in by SDKs.
  public let isIdempotencyToken: Bool
  /// A header whose value is JSON in base64.
  public let isJSONText: Bool
  /// The lower-cased header name.
  let headerName: String
}
