/// Writes the values of a shape as XML.
struct XMLWriter {
  private(set) var bytes: [UInt8] = []
  private let model: ServiceModel
  /// Names as the query protocol has them, where they are older.
  private let usesFormNames: Bool

  init(_ model: ServiceModel, usesFormNames: Bool = false) {
    self.model = model
    self.usesFormNames = usesFormNames
    bytes.reserveCapacity(512)
  }

  mutating func declaration() { bytes.append(contentsOf: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".utf8) }

  mutating func open(_ name: String, namespace: XMLNamespace? = nil, attributes: [(String, String)] = []) {
    bytes.append(UInt8(ascii: "<"))
    bytes.append(contentsOf: name.utf8)
    if let namespace {
      bytes.append(contentsOf: (namespace.prefix.map { " xmlns:\($0)=\"" } ?? " xmlns=\"").utf8)
      text(namespace.uri, isAttribute: true)
      bytes.append(UInt8(ascii: "\""))
    }
    for (name, value) in attributes {
      bytes.append(contentsOf: " \(name)=\"".utf8)
      text(value, isAttribute: true)
      bytes.append(UInt8(ascii: "\""))
    }
    bytes.append(UInt8(ascii: ">"))
  }

  mutating func close(_ name: String) {
    bytes.append(contentsOf: "</".utf8)
    bytes.append(contentsOf: name.utf8)
    bytes.append(UInt8(ascii: ">"))
  }

  /// An element with text in it.
  mutating func element(_ name: String, _ value: String, namespace: XMLNamespace? = nil) {
    open(name, namespace: namespace)
    text(value)
    close(name)
  }

  /// A structure as an element.
  mutating func structure(_ name: String, _ value: StructureValue, _ shape: Shape, namespace: XMLNamespace? = nil) {
    var attributes: [(String, String)] = []
    for position in shape.attributes {
      if let text = Scalars.text(value[position], .iso8601) {
        attributes.append((shape.members[position].wireName, text))
      }
    }
    open(name, namespace: namespace ?? shape.xmlNamespace, attributes: attributes)
    members(value, shape)
    close(name)
  }

  /// A structure's members that travel in the body, without an element around them.
  mutating func members(_ value: StructureValue, _ shape: Shape) {
    for member in shape.members where member.location.isInResponseBody && !member.isAttribute && !member.isStreaming {
      let memberValue = value[member.position]
      if !memberValue.isNull { self.member(memberValue, member) }
    }
  }

  private mutating func member(_ value: Value, _ member: Member) {
    let name = usesFormNames ? member.formName : member.xmlName
    let shape = model.shapes[member.shape]
    if member.isFlattened, let element = shape.element {
      switch value {
      case .list(let values):
        for item in values {
          self.value(name, item, model.shapes[element.shape], nil, member.xmlNamespace ?? element.xmlNamespace)
        }
        return
      case .map(let entries):
        for (key, item) in entries {
          open(name, namespace: member.xmlNamespace)
          entry(key, item, shape, element)
          close(name)
        }
        return
      default: break
      }
    }
    self.value(name, value, shape, member.timestampFormat, member.xmlNamespace)
  }

  private mutating func entry(_ key: String, _ value: Value, _ shape: Shape, _ element: Shape.Reference) {
    self.element(shape.key?.wireName ?? "key", key, namespace: shape.key?.xmlNamespace)
    self.value(element.wireName ?? "value", value, model.shapes[element.shape], nil, element.xmlNamespace)
  }

  private mutating func value(
    _ name: String, _ value: Value, _ shape: Shape, _ format: TimestampFormat?, _ namespace: XMLNamespace?
  ) {
    switch value {
    case .structure(let value): structure(name, value, shape, namespace: namespace)
    case .list(let values):
      open(name, namespace: namespace)
      if let element = shape.element {
        for item in values where !item.isNull {
          self.value(element.wireName ?? "member", item, model.shapes[element.shape], nil, element.xmlNamespace)
        }
      }
      close(name)
    case .map(let entries):
      open(name, namespace: namespace)
      if let element = shape.element {
        for (key, item) in entries {
          open("entry")
          entry(key, item, shape, element)
          close("entry")
        }
      }
      close(name)
    default:
      let format = format ?? shape.timestampFormat ?? .iso8601
      if let text = Scalars.text(value, format, model.timestampFraction) {
        element(name, text, namespace: namespace)
      }
    }
  }

  mutating func text(_ text: String, isAttribute: Bool = false) {
    var text = text
    text.withUTF8 { utf8 in
      var start = 0
      for index in 0..<utf8.count {
        let byte = utf8[index]
        let replacement: String
        switch byte {
        case UInt8(ascii: "&"): replacement = "&amp;"
        case UInt8(ascii: "<"): replacement = "&lt;"
        case UInt8(ascii: ">"): replacement = "&gt;"
        case UInt8(ascii: "\"") where isAttribute: replacement = "&quot;"
        // A reader would make a line feed of a carriage return; S3 writes other control characters so, too.
        case 0..<0x20 where byte != 0x0A && byte != 0x09: replacement = "&#x\(String(byte, radix: 16));"
        default: continue
        }
        bytes.append(contentsOf: utf8[start..<index])
        bytes.append(contentsOf: replacement.utf8)
        start = index + 1
      }
      bytes.append(contentsOf: utf8[start...])
    }
  }
}
