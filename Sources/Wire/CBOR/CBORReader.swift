/// Reads CBOR (RFC 8949) straight into the values of a shape.
struct CBORReader {
  private let bytes: [UInt8]
  private var index = 0
  private var depth = 0

  static func structure(_ bytes: [UInt8], _ shape: Shape, _ model: ServiceModel) throws(CodecFailure) -> StructureValue
  {
    var reader = CBORReader(bytes: bytes)
    guard case .structure(let value) = try reader.value(shape, model) else {
      throw .malformed("Start of structure or map expected")
    }
    guard reader.index == bytes.count else { throw .malformed("Bytes after the end of the CBOR body") }
    return value
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  /// The head of a data item.
  private struct Head {
    var major: UInt8
    /// The low five bits.
    var info: UInt8
    var argument: UInt64
    var isIndefinite: Bool { info == 31 }
  }

  private static let short = CodecFailure.malformed("Unexpected end of the CBOR body")

  private mutating func head() throws(CodecFailure) -> Head {
    guard index < bytes.count else { throw CBORReader.short }
    let byte = bytes[index]
    index += 1
    let info = byte & 31
    var argument = UInt64(info)
    switch info {
    case 0..<24, 31: break
    case 24...27:
      let count = 1 << Int(info - 24)
      guard index + count <= bytes.count else { throw CBORReader.short }
      argument = 0
      for offset in 0..<count { argument = argument << 8 | UInt64(bytes[index + offset]) }
      index += count
    default: throw .malformed("Unknown CBOR item")
    }
    return Head(major: byte >> 5, info: info, argument: argument)
  }

  /// Whether an indefinite item ends here.
  private mutating func isBreak() throws(CodecFailure) -> Bool {
    guard index < bytes.count else { throw CBORReader.short }
    guard bytes[index] == 0xFF else { return false }
    index += 1
    return true
  }

  private mutating func value(_ shape: Shape, _ model: ServiceModel) throws(CodecFailure) -> Value {
    guard depth < CodecFailure.depthLimit else { throw .tooDeep }
    depth += 1
    defer { depth -= 1 }
    let head = try head()
    switch head.major {
    case 0, 1:
      let negative = head.major == 1
      switch shape.kind {
      case .integer, .long:
        guard head.argument <= UInt64(Int64.max) else { throw wrong("NUMBER_VALUE", shape) }
        return .integer(negative ? -1 - Int64(head.argument) : Int64(head.argument))
      case .float, .double:
        return .double(negative ? -1 - Double(head.argument) : Double(head.argument))
      case .timestamp:
        guard head.argument <= UInt64(Int64.max) else { throw wrong("NUMBER_VALUE", shape) }
        return .timestamp(Timestamp(seconds: negative ? -1 - Int64(head.argument) : Int64(head.argument)))
      default: throw wrong("NUMBER_VALUE", shape)
      }
    case 2:
      let data = try chunks(head)
      guard shape.kind == .blob else { throw wrong("BINARY_VALUE", shape) }
      return .blob(data)
    case 3:
      let data = try chunks(head)
      guard shape.kind == .string else { throw wrong("STRING_VALUE", shape) }
      return .string(String(decoding: data, as: UTF8.self))
    case 4: return .list(try list(head, shape, model))
    case 5: return try mapping(head, shape, model)
    case 6:
      // Tag 1 is a timestamp; others say nothing that the schema doesn't.
      return try value(shape, model)
    default: return try simple(head, shape)
    }
  }

  private func wrong(_ found: String, _ shape: Shape) -> CodecFailure {
    .value(name: shape.name, text: found, reason: "\(found) cannot be converted to \(shape.kind)")
  }

  private mutating func chunks(_ head: Head) throws(CodecFailure) -> [UInt8] {
    if !head.isIndefinite {
      guard head.argument <= UInt64(bytes.count - index) else { throw CBORReader.short }
      let end = index + Int(head.argument)
      defer { index = end }
      return Array(bytes[index..<end])
    }
    var result: [UInt8] = []
    while try !isBreak() {
      let part = try self.head()
      guard part.major == head.major, !part.isIndefinite else { throw .malformed("Wrong chunk in a CBOR string") }
      result += try chunks(part)
    }
    return result
  }

  private mutating func list(_ head: Head, _ shape: Shape, _ model: ServiceModel) throws(CodecFailure) -> [Value] {
    guard shape.kind == .list, let element = shape.element else {
      throw .malformed("Start of list found where not expected")
    }
    let elementShape = model.shapes[element.shape]
    var result: [Value] = []
    var remaining = try count(head)
    while try goesOn(head, &remaining) { result.append(try value(elementShape, model)) }
    return result
  }

  /// The number of items; each takes a byte at least.
  private func count(_ head: Head) throws(CodecFailure) -> Int {
    if head.isIndefinite { return 0 }
    guard head.argument <= UInt64(bytes.count - index) else { throw CBORReader.short }
    return Int(head.argument)
  }

  private mutating func goesOn(_ head: Head, _ remaining: inout Int) throws(CodecFailure) -> Bool {
    if head.isIndefinite { return try !isBreak() }
    remaining -= 1
    return remaining >= 0
  }

  private mutating func mapping(_ head: Head, _ shape: Shape, _ model: ServiceModel) throws(CodecFailure) -> Value {
    var remaining = try count(head)
    switch shape.kind {
    case .structure, .union:
      var result = StructureValue(count: shape.members.count)
      while try goesOn(head, &remaining) {
        let key = try key()
        if let position = shape.jsonNames.position(of: key) {
          result.members[position] = try value(model.shapes[shape.members[position].shape], model)
        } else {
          try skip()
        }
      }
      return .structure(result)
    case .map:
      guard let element = shape.element else { throw .malformed("A map without values") }
      let elementShape = model.shapes[element.shape]
      var entries: [(key: String, value: Value)] = []
      while try goesOn(head, &remaining) {
        let key = String(decoding: try key(), as: UTF8.self)
        entries.append((key, try value(elementShape, model)))
      }
      return .map(MapValue(entries: entries))
    default: throw .malformed("Start of structure or map found where not expected.")
    }
  }

  private mutating func key() throws(CodecFailure) -> [UInt8] {
    let head = try head()
    guard head.major == 3 else { throw .malformed("A CBOR map's key is not a string") }
    return try chunks(head)
  }

  private mutating func simple(_ head: Head, _ shape: Shape) throws(CodecFailure) -> Value {
    let number: Double
    switch head.info {
    case 20, 21:
      guard shape.kind == .boolean else { throw wrong(head.info == 21 ? "TRUE_VALUE" : "FALSE_VALUE", shape) }
      return .bool(head.info == 21)
    case 22, 23: return .null
    case 25: number = CBORReader.half(UInt16(truncatingIfNeeded: head.argument))
    case 26: number = Double(Float(bitPattern: UInt32(truncatingIfNeeded: head.argument)))
    case 27: number = Double(bitPattern: head.argument)
    default: throw .malformed("Unknown CBOR item")
    }
    switch shape.kind {
    case .float, .double: return .double(number)
    case .timestamp:
      guard let time = Timestamp(epochSeconds: number) else { throw wrong("NUMBER_VALUE", shape) }
      return .timestamp(time)
    case .integer, .long:
      guard let whole = Int64(exactly: number) else { throw wrong("NUMBER_VALUE", shape) }
      return .integer(whole)
    default: throw wrong("NUMBER_VALUE", shape)
    }
  }

  /// A half-precision number (IEEE 754 binary16).
  private static func half(_ bits: UInt16) -> Double {
    let exponent = Int(bits >> 10 & 31)
    let mantissa = Double(bits & 1023)
    let magnitude: Double =
      switch exponent {
      case 0: mantissa / 16_777_216
      case 31: mantissa == 0 ? .infinity : .nan
      default: (1024 + mantissa) * Double(sign: .plus, exponent: exponent - 25, significand: 1)
      }
    return bits >> 15 == 1 ? -magnitude : magnitude
  }

  private mutating func skip() throws(CodecFailure) {
    guard depth < CodecFailure.depthLimit else { throw .tooDeep }
    depth += 1
    defer { depth -= 1 }
    let head = try head()
    switch head.major {
    case 0, 1: return
    case 2, 3: _ = try chunks(head)
    case 4, 5:
      var remaining = try count(head)
      while try goesOn(head, &remaining) {
        try skip()
        if head.major == 5 { try skip() }
      }
    case 6: try skip()
    default: if head.isIndefinite { throw .malformed("Unknown CBOR item") }
    }
  }
}
