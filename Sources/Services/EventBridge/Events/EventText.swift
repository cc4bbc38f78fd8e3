import Wire

/// Small readings of JSON text.
enum EventText {
  /// The meaning of a JSON string that is written with its quotes; nothing if an escape is wrong.
  static func unescaped(_ quoted: ArraySlice<UInt8>) -> String? { JSONValue(json: Array(quoted))?.string }

  /// Whether a text is a JSON number.
  static func isNumber(_ text: String) -> Bool { JSONValue(json: Array(text.utf8))?.double != nil }

  /// A JSON number's value.
  static func number(_ text: String) -> JSONValue { JSONValue(json: Array(text.utf8)) ?? .double(Double(text) ?? .nan) }

  /// A text as a JSON string, with its quotes.
  static func quoted(_ text: String) -> String { JSONValue.string(text).text }
}
