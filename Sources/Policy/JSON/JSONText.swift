/// Writes compact JSON piece by piece.
package struct JSONText {
  private(set) var text = ""

  mutating func raw(_ piece: String) { text += piece }

  /// A string with its quotes.
  mutating func string(_ value: String) {
    text += "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _ where scalar.value < 0x20:
        let hex = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }

  /// A string with its quotes, by itself.
  package static func quoted(_ value: String) -> String {
    var text = JSONText()
    text.string(value)
    return text.text
  }

  /// `"key":"value"`, after a comma unless it is the first.
  mutating func member(_ key: String, _ value: String, first: Bool = false) {
    if !first { text += "," }
    string(key)
    text += ":"
    string(value)
  }

  /// A node as it was read, without white space.
  mutating func node(_ node: JSONNode) {
    switch node.value {
    case .object(let members):
      text += "{"
      for (index, member) in members.enumerated() {
        if index > 0 { text += "," }
        string(member.key)
        text += ":"
        self.node(member.node)
      }
      text += "}"
    case .array(let elements):
      text += "["
      for (index, element) in elements.enumerated() {
        if index > 0 { text += "," }
        self.node(element)
      }
      text += "]"
    case .string(let value): string(value)
    case .number(let value): text += value
    case .bool(let value): text += value ? "true" : "false"
    case .null: text += "null"
    }
  }
}
