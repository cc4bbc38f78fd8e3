/// Reads XML into the values of a shape.
struct XMLShapeReader {
  private var reader: XMLReader
  private let model: ServiceModel

  /// Reads a whole text whose root is the structure.
  static func structure(_ bytes: [UInt8], _ shape: Shape, _ model: ServiceModel) throws(CodecFailure) -> StructureValue
  {
    var this = XMLShapeReader(reader: XMLReader(bytes), model: model)
    let tag = try this.reader.root()
    let value = try this.structure(tag, shape)
    try this.reader.end()
    return value
  }

  private init(reader: XMLReader, model: ServiceModel) {
    self.reader = reader
    self.model = model
  }

  private mutating func value(_ tag: XMLReader.Tag, _ shape: Shape, _ format: TimestampFormat?) throws(CodecFailure)
    -> Value
  {
    switch shape.kind {
    case .structure, .union: return .structure(try structure(tag, shape))
    case .list:
      var values: [Value] = []
      while let child = try reader.nextChild() { values.append(try element(child, shape)) }
      return .list(values)
    case .map:
      var entries: [(key: String, value: Value)] = []
      while try reader.nextChild() != nil {
        if let entry = try self.entry(shape) { entries.append(entry) }
      }
      return .map(MapValue(entries: entries))
    default:
      let name = tag.name
      let text = try reader.text()
      return try Scalars.read(
        shape.kind == .string || shape.kind == .blob ? text : text.trimmed, shape,
        format ?? shape.timestampFormat ?? .iso8601, name: String(decoding: reader.bytes[name], as: UTF8.self))
    }
  }

  private mutating func structure(_ tag: XMLReader.Tag, _ shape: Shape) throws(CodecFailure) -> StructureValue {
    var result = StructureValue(count: shape.members.count)
    for position in shape.attributes {
      let member = shape.members[position]
      if let text = try attribute(member.wireName, of: tag) {
        result.members[position] = try Scalars.read(
          text, model.shapes[member.shape], member.timestampFormat ?? .iso8601, name: member.wireName)
      }
    }
    var lists: [Int: [Value]] = [:]
    var maps: [Int: [(key: String, value: Value)]] = [:]
    while let child = try reader.nextChild() {
      guard let position = shape.xmlNames.position(of: reader.bytes[child.name]) else {
        try reader.skip()
        continue
      }
      let member = shape.members[position]
      let memberShape = model.shapes[member.shape]
      switch memberShape.kind {
      case .list where member.isFlattened:
        let value = try element(child, memberShape)
        lists[position, default: []].append(value)
      case .map where member.isFlattened:
        if let entry = try entry(memberShape) { maps[position, default: []].append(entry) }
      default: result.members[position] = try value(child, memberShape, member.timestampFormat)
      }
    }
    for (position, values) in lists { result.members[position] = .list(values) }
    for (position, entries) in maps { result.members[position] = .map(MapValue(entries: entries)) }
    return result
  }

  private mutating func element(_ tag: XMLReader.Tag, _ shape: Shape) throws(CodecFailure) -> Value {
    guard let element = shape.element else { throw .malformed("A list without elements") }
    return try value(tag, model.shapes[element.shape], nil)
  }

  /// A map's entry, whose element is open.
  private mutating func entry(_ shape: Shape) throws(CodecFailure) -> (key: String, value: Value)? {
    guard let element = shape.element else { throw .malformed("A map without values") }
    let keyName = Array((shape.key?.wireName ?? "key").utf8)
    let valueName = Array((element.wireName ?? "value").utf8)
    var key: String?
    var result = Value.null
    while let child = try reader.nextChild() {
      if reader.bytes[child.name].elementsEqual(keyName) {
        key = try reader.text()
      } else if reader.bytes[child.name].elementsEqual(valueName) {
        result = try value(child, model.shapes[element.shape], nil)
      } else {
        try reader.skip()
      }
    }
    return key.map { ($0, result) }
  }

  private func attribute(_ name: String, of tag: XMLReader.Tag) throws(CodecFailure) -> String? {
    for attribute in tag.attributes where reader.bytes[attribute.name].elementsEqual(name.utf8) {
      return try reader.attribute(attribute.value)
    }
    // The prefix may be another one.
    let local = name.split(separator: ":").last.map { Array($0.utf8) } ?? []
    for attribute in tag.attributes {
      let bytes = reader.bytes[attribute.name]
      if let colon = bytes.firstIndex(of: UInt8(ascii: ":")), bytes[(colon + 1)...].elementsEqual(local),
        !bytes.starts(with: "xmlns:".utf8)
      {
        return try reader.attribute(attribute.value)
      }
    }
    return nil
  }
}

extension String {
  /// Without white space around it.
  var trimmed: String {
    let isSpace: (Character) -> Bool = { $0.isWhitespace }
    guard let first = firstIndex(where: { !isSpace($0) }), let last = lastIndex(where: { !isSpace($0) }) else {
      return ""
    }
    return first == startIndex && index(after: last) == endIndex ? self : String(self[first...last])
  }
}
