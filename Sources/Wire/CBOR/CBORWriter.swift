/// Writes the values of a shape as CBOR (RFC 8949).
struct CBORWriter {
  private(set) var bytes: [UInt8] = []

  mutating func structure(_ value: StructureValue, _ shape: Shape, _ model: ServiceModel) {
    let members = shape.members.filter { !value[$0.position].isNull }
    head(5, UInt64(members.count))
    for member in members {
      string(member.wireName)
      self.value(value[member.position], model.shapes[member.shape], model)
    }
  }

  mutating func value(_ value: Value, _ shape: Shape, _ model: ServiceModel) {
    switch value {
    case .structure(let value): structure(value, shape, model)
    case .list(let values):
      head(4, UInt64(values.count))
      guard let element = shape.element else { return }
      for item in values { self.value(item, model.shapes[element.shape], model) }
    case .map(let entries):
      head(5, UInt64(entries.count))
      guard let element = shape.element else { return }
      for (key, item) in entries {
        string(key)
        self.value(item, model.shapes[element.shape], model)
      }
    default: scalar(value)
    }
  }

  /// A value that isn't a list, map or structure.
  mutating func scalar(_ value: Value) {
    switch value {
    case .bool(let value): bytes.append(value ? 0xF5 : 0xF4)
    case .integer(let value): integer(value)
    case .double(let value): double(value)
    case .string(let value): string(value)
    case .blob(let value):
      head(2, UInt64(value.count))
      bytes.append(contentsOf: value)
    case .timestamp(let value):
      bytes.append(0xC1)
      if value.milliseconds % 1000 == 0 { integer(value.seconds) } else { double(value.epochSeconds) }
    case .null, .list, .map, .structure, .document, .encodedJSON: bytes.append(0xF6)
    }
  }

  mutating func mapping(_ count: Int) { head(5, UInt64(count)) }

  mutating func string(_ text: String) {
    head(3, UInt64(text.utf8.count))
    bytes.append(contentsOf: text.utf8)
  }

  private mutating func integer(_ value: Int64) {
    if value >= 0 { head(0, UInt64(value)) } else { head(1, UInt64(-1 - value)) }
  }

  private mutating func double(_ value: Double) {
    bytes.append(0xFB)
    append(value.bitPattern, 8)
  }

  private mutating func head(_ major: UInt8, _ argument: UInt64) {
    switch argument {
    case 0..<24: bytes.append(major << 5 | UInt8(argument))
    case 24...0xFF:
      bytes.append(major << 5 | 24)
      append(argument, 1)
    case 0x100...0xFFFF:
      bytes.append(major << 5 | 25)
      append(argument, 2)
    case 0x1_0000...0xFFFF_FFFF:
      bytes.append(major << 5 | 26)
      append(argument, 4)
    default:
      bytes.append(major << 5 | 27)
      append(argument, 8)
    }
  }

  private mutating func append(_ value: UInt64, _ count: Int) {
    for shift in stride(from: (count - 1) * 8, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(shift)))
    }
  }
}
