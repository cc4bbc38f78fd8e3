import Foundation

@testable import Wire

/// One case of the protocol corpus, with its model.
struct CorpusCase {
  var id: String
  var operation: String
  var model: ServiceModel
  var json: JSONValue
}

/// The corpus's files, read from the repository.
enum CorpusFiles {
  static let names = [
    "ec2", "json", "json_1_0", "json_1_0-query-compatible", "query", "rest-json", "rest-xml", "smithy-rpc-v2-cbor",
    "smithy-rpc-v2-cbor-query-compatible", "smithy-rpc-v2-cbor-non-query-compatible",
  ]

  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Corpora/protocols")

  static func wireProtocol(_ name: String) -> WireProtocol {
    switch name {
    case "ec2": .ec2
    case "json": .json11
    case "query": .query
    case "rest-json": .restJSON
    case "rest-xml": .restXML
    case let name where name.hasPrefix("json_1_0"): .json10
    default: .cbor
    }
  }

  /// The cases of one file.
  /// - Parameter direction: `input` or `output`.
  static func cases(_ direction: String, _ name: String) throws -> [CorpusCase] {
    let data = try Data(contentsOf: folder.appending(path: "\(direction)/\(name).json"))
    let suites = try JSONDecoder().decode(PlainJSON.self, from: data).value.array ?? []
    let models = try String(contentsOf: folder.appending(path: "models/\(direction)-\(name).txt"), encoding: .utf8)
    var result: [CorpusCase] = []
    for block in models.components(separatedBy: "\ncase ") {
      let text = block.hasPrefix("case ") ? String(block.dropFirst(5)) : block
      guard let newline = text.firstIndex(of: "\n") else { continue }
      let words = text[..<newline].split(separator: " ")
      guard words.count == 3, let suite = Int(words[0]), let index = Int(words[1]),
        let json = suites[suite]["cases"]?.array?[index]
      else { continue }
      result.append(
        CorpusCase(
          id: String(words[2]), operation: json["given"]?["name"]?.string ?? "",
          model: try ServiceModel(parsing: String(text[text.index(after: newline)...])), json: json))
    }
    return result
  }
}

/// JSON read by Foundation, so that the codec's own reader and writer are judged by another.
struct PlainJSON: Decodable {
  var value: JSONValue

  private struct Name: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  init(from decoder: any Decoder) throws {
    if let container = try? decoder.container(keyedBy: Name.self) {
      value = .object(
        try container.allKeys.sorted { $0.stringValue < $1.stringValue }.map {
          JSONValue.Member($0.stringValue, try container.decode(PlainJSON.self, forKey: $0).value)
        })
    } else if var container = try? decoder.unkeyedContainer() {
      var elements: [JSONValue] = []
      while !container.isAtEnd { elements.append(try container.decode(PlainJSON.self).value) }
      value = .array(elements)
    } else {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        value = .null
      } else if let bool = try? container.decode(Bool.self) {
        value = .bool(bool)
      } else if let integer = try? container.decode(Int64.self) {
        value = .integer(integer)
      } else if let double = try? container.decode(Double.self) {
        value = .double(double)
      } else {
        value = .string(try container.decode(String.self))
      }
    }
  }
}

/// What a case says that a caller gives or reads, as values of a shape.
enum CorpusParameters {
  static func value(_ json: JSONValue, _ shape: Shape, _ model: ServiceModel) -> Value {
    if json == .null { return .null }
    switch shape.kind {
    case .structure, .union: return .structure(structure(json, shape, model))
    case .list:
      guard let element = shape.element else { return .null }
      return .list((json.array ?? []).map { value($0, model.shapes[element.shape], model) })
    case .map:
      guard let element = shape.element else { return .null }
      return .map(
        MapValue(entries: (json.object ?? []).map { ($0.name, value($0.value, model.shapes[element.shape], model)) }))
    case .string: return .string(json.string ?? "")
    case .boolean: return .bool(json.bool ?? false)
    case .integer, .long: return .integer(Int64(json.integer ?? 0))
    case .float, .double: return .double(json.double ?? json.string.flatMap { Scalars.double($0) } ?? 0)
    case .blob: return .blob(Array((json.string ?? "").utf8))
    case .timestamp: return .timestamp(Timestamp(epochSeconds: json.double ?? 0) ?? Timestamp(milliseconds: 0))
    case .document: return .document(json)
    }
  }

  static func structure(_ json: JSONValue, _ shape: Shape, _ model: ServiceModel) -> StructureValue {
    var result = StructureValue(count: shape.members.count)
    for member in shape.members {
      if let part = json[member.name] { result[member.position] = value(part, model.shapes[member.shape], model) }
    }
    return result
  }

  /// Text that is the same for values that mean the same.
  static func text(_ value: Value, _ shape: Shape, _ model: ServiceModel) -> String {
    switch value {
    case .null: return "null"
    case .bool(let value): return "\(value)"
    case .integer(let value): return "\(value)"
    case .double(let value): return value.isNaN ? "nan" : "\(Float(value))"
    case .string(let value): return "\"\(value)\""
    case .blob(let value): return "blob\(value)"
    case .timestamp(let value): return "time\(value.milliseconds)"
    case .document(let value): return "document\(sorted(value).text)"
    case .encodedJSON(let bytes): return "document\(JSONValue(parsing: bytes).map { sorted($0).text } ?? "")"
    case .list(let values):
      guard let element = shape.element else { return "?" }
      return "[\(values.map { text($0, model.shapes[element.shape], model) }.joined(separator: ", "))]"
    case .map(let entries):
      guard let element = shape.element else { return "?" }
      let texts = entries.dictionary.sorted { $0.key < $1.key }.map {
        "\($0.key): \(text($0.value, model.shapes[element.shape], model))"
      }
      return "{\(texts.joined(separator: ", "))}"
    case .structure(let value):
      var texts: [String] = []
      for member in shape.members where !value[member.position].isNull {
        texts.append("\(member.name): \(text(value[member.position], model.shapes[member.shape], model))")
      }
      return "(\(texts.joined(separator: ", ")))"
    }
  }

  private static func sorted(_ value: JSONValue) -> JSONValue {
    switch value {
    case .object(let members):
      .object(members.map { JSONValue.Member($0.name, sorted($0.value)) }.sorted { $0.name < $1.name })
    case .array(let values): .array(values.map(sorted))
    default: value
    }
  }
}

/// JSON read by Foundation.
enum JSONTree {
  static func read(_ bytes: [UInt8]) throws -> JSONValue {
    try JSONDecoder().decode(PlainJSON.self, from: Data(bytes)).value
  }
}
