/// Writes the values of a shape as JSON.
struct JSONWriter {
  private(set) var bytes: [UInt8] = []

  init() { bytes.reserveCapacity(256) }

  /// The members that travel in the body.
  mutating func structure(_ value: StructureValue, _ shape: Shape, _ model: ServiceModel) {
    bytes.append(UInt8(ascii: "{"))
    var isFirst = true
    let shapes = model.shapes
    for member in shape.members where member.location.isInResponseBody {
      let memberValue = value[member.position]
      if memberValue.isNull || member.isStreaming { continue }
      name(member.wireName, &isFirst)
      self.value(memberValue, shapes[member.shape], model, member.timestampFormat ?? .epoch)
    }
    bytes.append(UInt8(ascii: "}"))
  }

  mutating func value(_ value: Value, _ shape: Shape, _ model: ServiceModel, _ format: TimestampFormat) {
    switch value {
    case .structure(let value): structure(value, shape, model)
    case .list(let values):
      bytes.append(UInt8(ascii: "["))
      if let element = shape.element {
        let elementShape = model.shapes[element.shape]
        for (index, item) in values.enumerated() {
          if index > 0 { bytes.append(UInt8(ascii: ",")) }
          self.value(item, elementShape, model, elementShape.timestampFormat ?? .epoch)
        }
      }
      bytes.append(UInt8(ascii: "]"))
    case .map(let entries):
      bytes.append(UInt8(ascii: "{"))
      if let element = shape.element {
        let elementShape = model.shapes[element.shape]
        var isFirst = true
        for (key, item) in entries {
          name(key, &isFirst)
          self.value(item, elementShape, model, elementShape.timestampFormat ?? .epoch)
        }
      }
      bytes.append(UInt8(ascii: "}"))
    default: scalar(value, format)
    }
  }

  /// A member's name and colon, after a comma when it isn't the first.
  mutating func name(_ name: String, _ isFirst: inout Bool) {
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    isFirst = false
    string(name)
    bytes.append(UInt8(ascii: ":"))
  }

  mutating func open() { bytes.append(UInt8(ascii: "{")) }
  mutating func close() { bytes.append(UInt8(ascii: "}")) }

  /// A value without a schema: an error's further fields.
  mutating func scalar(_ value: Value, _ format: TimestampFormat = .epoch) {
    switch value {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .bool(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
    case .integer(let value): integer(value)
    case .double(let value):
      if value.isFinite { bytes.append(contentsOf: value.description.utf8) } else { string(Scalars.text(value)) }
    case .string(let value): string(value)
    case .blob(let value):
      bytes.append(UInt8(ascii: "\""))
      bytes.append(contentsOf: Base64Text.encode(value))
      bytes.append(UInt8(ascii: "\""))
    case .timestamp(let value):
      if format == .epoch { bytes.append(contentsOf: value.epochText.utf8) } else { string(value.text(format)) }
    case .document(let value): document(value)
    case .list(let values):
      bytes.append(UInt8(ascii: "["))
      for (index, item) in values.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        scalar(item, format)
      }
      bytes.append(UInt8(ascii: "]"))
    case .map(let entries):
      open()
      var isFirst = true
      for (key, item) in entries {
        name(key, &isFirst)
        scalar(item, format)
      }
      close()
    case .structure: bytes.append(contentsOf: "{}".utf8)
    case .encodedJSON(let value): bytes.append(contentsOf: value)
    }
  }

  mutating func document(_ value: JSONValue) {
    switch value {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .bool(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
    case .integer(let value): integer(value)
    case .double(let value): bytes.append(contentsOf: (value.isFinite ? value.description : "null").utf8)
    case .string(let value): string(value)
    case .array(let values):
      bytes.append(UInt8(ascii: "["))
      for (index, item) in values.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        document(item)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      open()
      var isFirst = true
      for member in members {
        name(member.name, &isFirst)
        document(member.value)
      }
      close()
    }
  }

  private mutating func integer(_ value: Int64) {
    if value >= 0 { bytes.appendDigits(Int(value), width: 1) } else { bytes.append(contentsOf: String(value).utf8) }
  }

  mutating func string(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { utf8 in
      var start = 0
      for index in 0..<utf8.count {
        let byte = utf8[index]
        if byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { continue }
        bytes.append(contentsOf: utf8[start..<index])
        start = index + 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"):
          bytes.append(UInt8(ascii: "\\"))
          bytes.append(byte)
        case 0x0A: bytes.append(contentsOf: "\\n".utf8)
        case 0x0D: bytes.append(contentsOf: "\\r".utf8)
        case 0x09: bytes.append(contentsOf: "\\t".utf8)
        default:
          let digits = Array("0123456789abcdef".utf8)
          bytes.append(contentsOf: "\\u00".utf8)
          bytes.append(digits[Int(byte >> 4)])
          bytes.append(digits[Int(byte & 15)])
        }
      }
      bytes.append(contentsOf: utf8[start...])
    }
    bytes.append(UInt8(ascii: "\""))
  }
}

extension JSONValue {
  /// As JSON text, without white space.
  public var text: String {
    var writer = JSONWriter()
    writer.document(self)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
