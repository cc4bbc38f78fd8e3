/// Writes what a REST answer carries outside its body: status and headers.
struct RESTWriter {
  /// The status and headers of an output or error.
  static func bindings(
    of value: StructureValue, _ shape: Shape, _ model: ServiceModel
  ) -> (status: Int?, headers: [(name: String, value: String)]) {
    var status: Int?
    var headers: [(name: String, value: String)] = []
    for member in shape.members where !member.location.isInResponseBody {
      let memberValue = value[member.position]
      switch (member.location, memberValue) {
      case (_, .null): continue
      case (.status, .integer(let code)): status = Int(code)
      case (.headers, .map(let entries)):
        for (key, item) in entries {
          if let text = Scalars.text(item, .httpDate) { headers.append((member.wireName + key, clean(text))) }
        }
      case (.header, .list(let values)):
        guard let element = model.shapes[member.shape].element else { continue }
        let format = member.timestampFormat ?? model.shapes[element.shape].timestampFormat ?? .httpDate
        let items = values.compactMap { value -> String? in
          guard let text = Scalars.text(value, format) else { return nil }
          let needsQuotes = model.shapes[element.shape].kind == .string && text.contains { $0 == "," || $0 == "\"" }
          return needsQuotes ? quoted(text) : text
        }
        headers.append((member.wireName, clean(items.joined(separator: ", "))))
      case (.header, .string(let text)) where member.isJSONText:
        headers.append((member.wireName, String(decoding: Base64Text.encode(Array(text.utf8)), as: UTF8.self)))
      case (.header, _):
        let format = member.timestampFormat ?? model.shapes[member.shape].timestampFormat ?? .httpDate
        if let text = Scalars.text(memberValue, format) { headers.append((member.wireName, clean(text))) }
      default: continue
      }
    }
    return (status, headers)
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for character in text {
      if character == "\"" || character == "\\" { result.append("\\") }
      result.append(character)
    }
    return result + "\""
  }

  /// Nothing that a user stored may end a header or begin another.
  private static func clean(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F }) else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
  }
}
