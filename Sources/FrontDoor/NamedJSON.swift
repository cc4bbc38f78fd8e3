import Checksums
import Wire

/// Values of a model's shapes as JSON whose names are the model's own, whatever the service's protocol calls them on the wire.
///
/// So the inside of the program speaks to a query service, a REST service and a JSON service alike. Timestamps are seconds
/// since 1970, blobs are base64, members of headers and paths are members like all others.
struct NamedJSON {
  let model: ServiceModel

  // MARK: Reading

  /// An operation's input. A name that the model doesn't know is refused rather than lost: it is a mistake in this program.
  /// - Throws: `SerializationException` naming the member.
  func input(_ json: JSONValue, _ operation: OperationModel) throws(AWSError) -> StructureValue {
    guard let shape = operation.input else { return .empty }
    return try structure(json, shape, operation.name)
  }

  private func structure(_ json: JSONValue, _ shape: Shape, _ path: String) throws(AWSError) -> StructureValue {
    guard let members = json.object else { throw NamedJSON.mismatch(path, "an object") }
    var result = StructureValue(count: shape.members.count)
    for entry in members {
      guard let member = shape.member(entry.name) else {
        throw NamedJSON.failure("\(path) has no member \(entry.name)")
      }
      result[member.position] = try value(entry.value, model.shapes[member.shape], "\(path).\(entry.name)")
    }
    return result
  }

  private func value(_ json: JSONValue, _ shape: Shape, _ path: String) throws(AWSError) -> Value {
    if case .null = json { return .null }
    switch shape.kind {
    case .structure, .union: return .structure(try structure(json, shape, path))
    case .list:
      guard let values = json.array, let element = shape.element else { throw NamedJSON.mismatch(path, "a list") }
      let elementShape = model.shapes[element.shape]
      var result: [Value] = []
      result.reserveCapacity(values.count)
      for item in values { result.append(try value(item, elementShape, "\(path)[\(result.count)]")) }
      return .list(result)
    case .map:
      guard let members = json.object, let element = shape.element else { throw NamedJSON.mismatch(path, "an object") }
      let elementShape = model.shapes[element.shape]
      var entries: [(key: String, value: Value)] = []
      for entry in members {
        entries.append((entry.name, try value(entry.value, elementShape, "\(path).\(entry.name)")))
      }
      return .map(MapValue(entries: entries))
    default: return try scalar(json, shape, path)
    }
  }

  private func scalar(_ json: JSONValue, _ shape: Shape, _ path: String) throws(AWSError) -> Value {
    switch (shape.kind, json) {
    case (.string, .string(let text)): return .string(text)
    case (.boolean, .bool(let value)): return .bool(value)
    case (.integer, .integer(let value)) where Int32(exactly: value) != nil: return .integer(value)
    case (.long, .integer(let value)): return .integer(value)
    case (.float, .integer(let value)), (.double, .integer(let value)): return .double(Double(value))
    case (.float, .double(let value)), (.double, .double(let value)): return .double(value)
    case (.timestamp, .integer(let value)): return .timestamp(Timestamp(seconds: value))
    case (.timestamp, .double(let value)):
      guard let time = Timestamp(epochSeconds: value) else { break }
      return .timestamp(time)
    case (.timestamp, .string(let text)):
      guard let time = Timestamp(iso8601: text) else { break }
      return .timestamp(time)
    case (.blob, .string(let text)):
      guard let bytes = Base64.decode(text) else { break }
      return .blob(bytes)
    case (.document, _): return .document(json)
    default: break
    }
    throw NamedJSON.mismatch(path, "a value of type \(shape.kind)")
  }

  private static func mismatch(_ path: String, _ wanted: String) -> AWSError { failure("\(path) must be \(wanted)") }

  private static func failure(_ message: String) -> AWSError {
    AWSError("SerializationException", message, status: 400)
  }

  // MARK: Writing

  /// An operation's output; an empty object for operations that answer nothing.
  func output(_ value: StructureValue, _ operation: OperationModel) -> JSONValue {
    guard let shape = operation.output else { return .object([]) }
    return json(value, shape)
  }

  private func json(_ value: StructureValue, _ shape: Shape) -> JSONValue {
    var members: [JSONValue.Member] = []
    for member in shape.members where !member.isStreaming {
      let inner = value[member.position]
      if !inner.isNull { members.append(JSONValue.Member(member.name, json(inner, model.shapes[member.shape]))) }
    }
    return .object(members)
  }

  private func json(_ value: Value, _ shape: Shape) -> JSONValue {
    switch value {
    case .null: return .null
    case .bool(let value): return .bool(value)
    case .integer(let value): return .integer(value)
    case .double(let value): return value.isFinite ? .double(value) : .string(value.description)
    case .string(let value): return .string(value)
    case .blob(let value): return .string(Base64.encode(value))
    case .timestamp(let value):
      return value.milliseconds % 1000 == 0 ? .integer(value.seconds) : .double(value.epochSeconds)
    case .document(let value): return value
    // Services that speak JSON write these; their names on the wire are the model's.
    case .encodedJSON(let bytes): return JSONValue(parsing: bytes) ?? .null
    case .structure(let value): return json(value, shape)
    case .list(let values):
      guard let element = shape.element else { return .array([]) }
      let elementShape = model.shapes[element.shape]
      return .array(values.map { json($0, elementShape) })
    case .map(let entries):
      guard let element = shape.element else { return .object([]) }
      let elementShape = model.shapes[element.shape]
      return .object(entries.map { JSONValue.Member($0.key, json($0.value, elementShape)) })
    }
  }
}
