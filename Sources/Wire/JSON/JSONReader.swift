/// Reads JSON straight into the values of a shape.
struct JSONReader {
  private let bytes: [UInt8]
  private var index = 0
  private var depth = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Reads a whole text.
  static func structure(
    _ bytes: [UInt8], _ shape: Shape, _ model: ServiceModel, _ format: TimestampFormat = .epoch
  ) throws(CodecFailure) -> StructureValue {
    var reader = JSONReader(bytes)
    let value = try reader.structure(shape, model)
    try reader.end()
    return value
  }

  /// Reads a whole text without a schema.
  static func document(_ bytes: [UInt8]) throws(CodecFailure) -> JSONValue {
    var reader = JSONReader(bytes)
    let value = try reader.document()
    try reader.end()
    return value
  }

  // MARK: Shapes

  private mutating func value(_ shape: Shape, _ model: ServiceModel, _ format: TimestampFormat) throws(CodecFailure)
    -> Value
  {
    let next = try peek()
    if next == UInt8(ascii: "n") {
      try word("null")
      return .null
    }
    switch shape.kind {
    case .structure, .union: return .structure(try structure(shape, model))
    case .list: return .list(try list(shape, model))
    case .map: return .map(try map(shape, model))
    case .document: return .document(try document())
    default: return try scalar(shape, format, next)
    }
  }

  mutating func structure(_ shape: Shape, _ model: ServiceModel) throws(CodecFailure) -> StructureValue {
    var result = StructureValue(count: shape.members.count)
    try open(UInt8(ascii: "{"))
    defer { depth -= 1 }
    if try close(UInt8(ascii: "}")) { return result }
    let shapes = model.shapes
    while true {
      let position = try memberName(shape.jsonNames)
      if let position {
        let member = shape.members[position]
        result.members[position] = try value(shapes[member.shape], model, member.timestampFormat ?? .epoch)
      } else {
        try skipValue()
      }
      if try !another(UInt8(ascii: "}")) { return result }
    }
  }

  private mutating func list(_ shape: Shape, _ model: ServiceModel) throws(CodecFailure) -> [Value] {
    var result: [Value] = []
    try open(UInt8(ascii: "["))
    defer { depth -= 1 }
    guard let element = shape.element else { throw .malformed("A list without elements") }
    let elementShape = model.shapes[element.shape]
    if try close(UInt8(ascii: "]")) { return result }
    while true {
      result.append(try value(elementShape, model, elementShape.timestampFormat ?? .epoch))
      if try !another(UInt8(ascii: "]")) { return result }
    }
  }

  private mutating func map(_ shape: Shape, _ model: ServiceModel) throws(CodecFailure) -> MapValue {
    var entries: [(key: String, value: Value)] = []
    try open(UInt8(ascii: "{"))
    defer { depth -= 1 }
    guard let element = shape.element else { throw .malformed("A map without values") }
    let elementShape = model.shapes[element.shape]
    if try close(UInt8(ascii: "}")) { return MapValue() }
    while true {
      let key = try string()
      try colon()
      entries.append((key, try value(elementShape, model, elementShape.timestampFormat ?? .epoch)))
      if try !another(UInt8(ascii: "}")) { return MapValue(entries: entries) }
    }
  }

  private mutating func scalar(_ shape: Shape, _ format: TimestampFormat, _ next: UInt8) throws(CodecFailure) -> Value {
    switch next {
    case UInt8(ascii: "\""):
      let text = try string()
      if shape.kind == .string { return .string(text) }
      let isSpecial = ["NaN", "Infinity", "-Infinity"].contains(text)
      switch shape.kind {
      case .float,
        .double where isSpecial:
        return try Scalars.read(text, shape, format, name: shape.name)
      case .blob, .timestamp: return try Scalars.read(text, shape, format, name: shape.name)
      default: throw JSONReader.conversion("STRING_VALUE", shape)
      }
    case UInt8(ascii: "t"), UInt8(ascii: "f"):
      try word(next == UInt8(ascii: "t") ? "true" : "false")
      guard shape.kind == .boolean else {
        throw JSONReader.conversion(next == UInt8(ascii: "t") ? "TRUE_VALUE" : "FALSE_VALUE", shape)
      }
      return .bool(next == UInt8(ascii: "t"))
    case UInt8(ascii: "{"): throw .malformed("Start of structure or map found where not expected.")
    case UInt8(ascii: "["): throw .malformed("Start of list found where not expected")
    default:
      switch (shape.kind, try number()) {
      case (.integer, .integer(let value)) where Int32(exactly: value) != nil: return .integer(value)
      case (.long, .integer(let value)): return .integer(value)
      case (.integer, .double(let value)):
        guard let whole = Int32(exactly: value) else { throw JSONReader.conversion("NUMBER_VALUE", shape) }
        return .integer(Int64(whole))
      case (.long, .double(let value)):
        guard let whole = Int64(exactly: value) else { throw JSONReader.conversion("NUMBER_VALUE", shape) }
        return .integer(whole)
      case (.float, .integer(let value)), (.double, .integer(let value)): return .double(Double(value))
      case (.float, .double(let value)), (.double, .double(let value)): return .double(value)
      case (.timestamp, .integer(let value)): return .timestamp(Timestamp(seconds: value))
      case (.timestamp, .double(let value)):
        guard let time = Timestamp(epochSeconds: value) else { throw JSONReader.conversion("NUMBER_VALUE", shape) }
        return .timestamp(time)
      default: throw JSONReader.conversion("NUMBER_VALUE", shape)
      }
    }
  }

  // unverified: AWS's JSON services word it about so ("NUMBER_VALUE cannot be converted to String").
  private static func conversion(_ found: String, _ shape: Shape) -> CodecFailure {
    let type =
      switch shape.kind {
      case .string: "String"
      case .boolean: "Boolean"
      case .integer: "Integer"
      case .long: "Long"
      case .float: "Float"
      case .double: "Double"
      case .blob: "ByteBuffer"
      case .timestamp: "Timestamp"
      default: "Structure"
      }
    return .value(name: shape.name, text: found, reason: "\(found) cannot be converted to \(type)")
  }

  // MARK: Without a schema

  mutating func document() throws(CodecFailure) -> JSONValue {
    switch try peek() {
    case UInt8(ascii: "{"):
      try open(UInt8(ascii: "{"))
      defer { depth -= 1 }
      var members: [JSONValue.Member] = []
      if try close(UInt8(ascii: "}")) { return .object([]) }
      while true {
        let name = try string()
        try colon()
        members.append(JSONValue.Member(name, try document()))
        if try !another(UInt8(ascii: "}")) { return .object(members) }
      }
    case UInt8(ascii: "["):
      try open(UInt8(ascii: "["))
      defer { depth -= 1 }
      var elements: [JSONValue] = []
      if try close(UInt8(ascii: "]")) { return .array([]) }
      while true {
        elements.append(try document())
        if try !another(UInt8(ascii: "]")) { return .array(elements) }
      }
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "n"):
      try word("null")
      return .null
    case UInt8(ascii: "t"):
      try word("true")
      return .bool(true)
    case UInt8(ascii: "f"):
      try word("false")
      return .bool(false)
    default: return try number()
    }
  }

  private mutating func skipValue() throws(CodecFailure) {
    switch try peek() {
    case UInt8(ascii: "\""): _ = try stringRange()
    case UInt8(ascii: "{"), UInt8(ascii: "["): _ = try document()
    case UInt8(ascii: "n"): try word("null")
    case UInt8(ascii: "t"): try word("true")
    case UInt8(ascii: "f"): try word("false")
    default: _ = try number()
    }
  }

  // MARK: Tokens

  private static let wrongToken = "Unexpected token in the JSON body"

  /// The next byte that isn't white space; stays there.
  private mutating func peek() throws(CodecFailure) -> UInt8 {
    while index < bytes.count {
      let byte = bytes[index]
      if byte != 0x20 && byte != 0x0A && byte != 0x0D && byte != 0x09 { return byte }
      index += 1
    }
    throw .malformed("Unexpected end of the JSON body")
  }

  private mutating func end() throws(CodecFailure) {
    while index < bytes.count {
      guard [0x20, 0x0A, 0x0D, 0x09].contains(bytes[index]) else { throw .malformed(JSONReader.wrongToken) }
      index += 1
    }
  }

  private mutating func open(_ bracket: UInt8) throws(CodecFailure) {
    let next = try peek()
    guard next == bracket else {
      switch next {
      case UInt8(ascii: "{"): throw .malformed("Start of structure or map found where not expected.")
      case UInt8(ascii: "["): throw .malformed("Start of list found where not expected")
      default: throw .malformed("Unexpected value type in payload")
      }
    }
    guard depth < CodecFailure.depthLimit else { throw .tooDeep }
    depth += 1
    index += 1
  }

  /// Whether the bracket closes right away.
  private mutating func close(_ bracket: UInt8) throws(CodecFailure) -> Bool {
    guard try peek() == bracket else { return false }
    index += 1
    return true
  }

  /// After a value: a comma and more, or the closing bracket.
  private mutating func another(_ bracket: UInt8) throws(CodecFailure) -> Bool {
    let next = try peek()
    index += 1
    if next == UInt8(ascii: ",") { return true }
    guard next == bracket else { throw .malformed(JSONReader.wrongToken) }
    return false
  }

  private mutating func colon() throws(CodecFailure) {
    guard try peek() == UInt8(ascii: ":") else { throw .malformed(JSONReader.wrongToken) }
    index += 1
  }

  private mutating func word(_ word: StaticString) throws(CodecFailure) {
    let count = word.utf8CodeUnitCount
    guard index + count <= bytes.count else { throw .malformed(JSONReader.wrongToken) }
    for offset in 0..<count where bytes[index + offset] != word.utf8Start[offset] {
      throw .malformed(JSONReader.wrongToken)
    }
    index += count
  }

  private mutating func memberName(_ names: NameTable) throws(CodecFailure) -> Int? {
    let (range, isEscaped) = try stringRange()
    let position =
      isEscaped ? names.position(of: Array(try unescape(range).utf8)) : names.position(of: bytes[range])
    try colon()
    return position
  }

  private mutating func string() throws(CodecFailure) -> String {
    let (range, isEscaped) = try stringRange()
    return isEscaped ? try unescape(range) : String(decoding: bytes[range], as: UTF8.self)
  }

  /// The bytes between the quotes, and whether there are escapes in them.
  private mutating func stringRange() throws(CodecFailure) -> (Range<Int>, Bool) {
    guard try peek() == UInt8(ascii: "\"") else { throw .malformed(JSONReader.wrongToken) }
    index += 1
    let start = index
    var isEscaped = false
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\"") {
        index += 1
        return (start..<index - 1, isEscaped)
      }
      if byte == UInt8(ascii: "\\") {
        isEscaped = true
        index += 1
      } else if byte < 0x20 {
        throw .malformed("Control character in a JSON string")
      }
      index += 1
    }
    throw .malformed("Unexpected end of the JSON body")
  }

  private func unescape(_ range: Range<Int>) throws(CodecFailure) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(range.count)
    var index = range.lowerBound
    func hex(_ at: Int) throws(CodecFailure) -> UInt32 {
      guard at + 4 <= range.upperBound else { throw .malformed("Short escape in a JSON string") }
      var value: UInt32 = 0
      for byte in bytes[at..<at + 4] {
        guard let digit = Percent.hexValue(byte) else { throw .malformed("Wrong escape in a JSON string") }
        value = value << 4 | UInt32(digit)
      }
      return value
    }
    while index < range.upperBound {
      let byte = bytes[index]
      index += 1
      guard byte == UInt8(ascii: "\\") else {
        result.append(byte)
        continue
      }
      guard index < range.upperBound else { throw .malformed("Short escape in a JSON string") }
      let escape = bytes[index]
      index += 1
      switch escape {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): result.append(escape)
      case UInt8(ascii: "b"): result.append(0x08)
      case UInt8(ascii: "f"): result.append(0x0C)
      case UInt8(ascii: "n"): result.append(0x0A)
      case UInt8(ascii: "r"): result.append(0x0D)
      case UInt8(ascii: "t"): result.append(0x09)
      case UInt8(ascii: "u"):
        var value = try hex(index)
        index += 4
        if (0xD800...0xDBFF).contains(value), index + 6 <= range.upperBound, bytes[index] == UInt8(ascii: "\\"),
          bytes[index + 1] == UInt8(ascii: "u")
        {
          let low = try hex(index + 2)
          if (0xDC00...0xDFFF).contains(low) {
            value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
            index += 6
          }
        }
        // Half a surrogate pair has no UTF-8.
        let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
        result.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      default: throw .malformed("Wrong escape in a JSON string")
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// A number: an integer when it has neither fraction nor exponent and fits.
  private mutating func number() throws(CodecFailure) -> JSONValue {
    _ = try peek()
    let start = index
    if bytes[index] == UInt8(ascii: "-") { index += 1 }
    let digits = index
    var value: Int64 = 0
    var fits = true
    while index < bytes.count, bytes[index].isDigit {
      let (scaled, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, more) = scaled.subtractingReportingOverflow(Int64(bytes[index] - UInt8(ascii: "0")))
      fits = fits && !overflow && !more
      value = sum
      index += 1
    }
    guard index > digits, index == digits + 1 || bytes[digits] != UInt8(ascii: "0") else {
      throw .malformed(JSONReader.wrongToken)
    }
    var isWhole = true
    if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
      isWhole = false
      index += 1
      try someDigits()
    }
    if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
      isWhole = false
      index += 1
      if index < bytes.count, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") { index += 1 }
      try someDigits()
    }
    if isWhole, fits {
      if digits > start { return .integer(value) }
      if value != .min { return .integer(-value) }
    }
    guard let double = Double(String(decoding: bytes[start..<index], as: UTF8.self)) else {
      throw .malformed(JSONReader.wrongToken)
    }
    return .double(double)
  }

  private mutating func someDigits() throws(CodecFailure) {
    let start = index
    while index < bytes.count, bytes[index].isDigit { index += 1 }
    guard index > start else { throw .malformed(JSONReader.wrongToken) }
  }
}

extension JSONValue {
  /// Reads a whole JSON text; nothing when it isn't one.
  public init?(parsing bytes: [UInt8]) {
    guard let value = try? JSONReader.document(bytes) else { return nil }
    self = value
  }

  /// Reads a whole JSON text; nothing when it isn't one.
  public init?(parsing text: String) { self.init(parsing: Array(text.utf8)) }
}
