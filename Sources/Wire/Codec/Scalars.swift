/// Values written as text: in XML, forms, headers, paths and query strings.
enum Scalars {
  /// Reads a value that isn't a list, map or structure.
  static func read(
    _ text: String, _ shape: Shape, _ format: TimestampFormat, name: @autoclosure () -> String
  ) throws(CodecFailure) -> Value {
    func wrong(_ type: String) -> CodecFailure {
      .value(name: name(), text: text, reason: "STRING_VALUE cannot be converted to \(type)")
    }
    switch shape.kind {
    case .string: return .string(text)
    case .boolean:
      switch text {
      case "true", "True", "TRUE": return .bool(true)
      case "false", "False", "FALSE": return .bool(false)
      default: throw wrong("Boolean")
      }
    case .integer:
      guard let value = Int32(text) else { throw wrong("Integer") }
      return .integer(Int64(value))
    case .long:
      guard let value = Int64(text) else { throw wrong("Long") }
      return .integer(value)
    case .float, .double:
      guard let value = double(text) else { throw wrong(shape.kind == .float ? "Float" : "Double") }
      return .double(value)
    case .blob:
      guard let bytes = Base64Text.decode(text.utf8) else { throw wrong("ByteBuffer") }
      return .blob(bytes)
    case .timestamp:
      guard let value = Timestamp(text: text, format: format) else { throw wrong("Timestamp") }
      return .timestamp(value)
    case .document, .structure, .union, .list, .map: throw wrong("Structure")
    }
  }

  /// A number as AWS's protocols write it.
  static func double(_ text: String) -> Double? {
    switch text {
    case "NaN": .nan
    case "Infinity": .infinity
    case "-Infinity": -.infinity
    default:
      text.utf8.first.map { $0.isDigit || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") } == true
        ? Double(text) : nil
    }
  }

  static func text(_ number: Double) -> String {
    if number.isNaN { return "NaN" }
    if number.isInfinite { return number < 0 ? "-Infinity" : "Infinity" }
    return number.description
  }

  /// Writes a value that isn't a list, map or structure; nothing for those.
  static func text(_ value: Value, _ format: TimestampFormat, _ fraction: FractionStyle = .whenNeeded) -> String? {
    switch value {
    case .bool(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    case .double(let value): text(value)
    case .string(let value): value
    case .blob(let value): String(decoding: Base64Text.encode(value), as: UTF8.self)
    case .timestamp(let value): value.text(format, fraction: fraction)
    case .null, .list, .map, .structure, .document, .encodedJSON: nil
    }
  }
}
