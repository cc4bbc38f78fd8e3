import Foundation

@testable import Wire

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// A small client of its own: reads answers into values by the models, with Foundation's readers, as botocore does.
struct CorpusClient {
  let wireProtocol: WireProtocol
  let model: ServiceModel

  /// What a caller gets of an answer.
  func output(_ response: WireResponse, _ operation: OperationModel) throws -> StructureValue {
    guard let shape = operation.output else { return .empty }
    return try structure(
      response, shape, wrapper: wireProtocol == .query ? operation.outputWrapper ?? operation.name + "Result" : nil)
  }

  func structure(_ response: WireResponse, _ shape: Shape, wrapper: String? = nil, isError: Bool = false) throws
    -> StructureValue
  {
    var result = StructureValue(count: shape.members.count)
    if wireProtocol == .restJSON || wireProtocol == .restXML {
      for member in shape.members { readBinding(member, response, &result) }
      if let payload = shape.payload {
        let member = shape.members[payload]
        let target = model.shapes[member.shape]
        if target.kind == .blob {
          if !response.body.isEmpty { result[payload] = .blob(response.body) }
        } else if target.kind == .string {
          if !response.body.isEmpty { result[payload] = .string(String(decoding: response.body, as: UTF8.self)) }
        } else if !response.body.isEmpty {
          result[payload] = try body(response.body, target)
        }
        return result
      }
    }
    if response.body.isEmpty { return result }
    switch wireProtocol {
    case .query, .ec2, .restXML:
      var element = try XMLTree.read(response.body)
      if let wrapper, !isError { element = element.children.first { $0.name == wrapper } ?? XMLTree(name: wrapper) }
      if isError, let error = (element.first("Errors") ?? element).first("Error") { element = error }
      members(of: element, shape, &result)
    default:
      if case .structure(let value) = try body(response.body, shape) {
        for index in value.members.indices where !value[index].isNull { result[index] = value[index] }
      }
    }
    return result
  }

  private func body(_ bytes: [UInt8], _ shape: Shape) throws -> Value {
    switch wireProtocol {
    case .query, .ec2, .restXML: value(try XMLTree.read(bytes), shape, nil)
    case .cbor: value(try CBORTree.read(bytes), shape, nil)
    default: value(try JSONDecoder().decode(PlainJSON.self, from: Data(bytes)).value, shape, nil)
    }
  }

  // MARK: Headers

  private func readBinding(_ member: Member, _ response: WireResponse, _ result: inout StructureValue) {
    let target = model.shapes[member.shape]
    switch member.location {
    case .status: result[member.position] = .integer(Int64(response.status))
    case .headers:
      let prefix = member.wireName.lowercased()
      // The request's id is every answer's, not the operation's.
      let headers = response.headers.filter { $0.name.lowercased() != "x-amzn-requestid" }
      let entries = headers.filter { $0.name.lowercased().hasPrefix(prefix) }.map {
        (key: String($0.name.dropFirst(prefix.count)), value: Value.string($0.value))
      }
      result[member.position] = .map(MapValue(entries: entries))
    case .header:
      guard let text = response.header(member.wireName) else { return }
      if target.kind == .list, let element = target.element.map({ model.shapes[$0.shape] }) {
        var parts: [String] = []
        if element.kind == .timestamp, text.contains("GMT") {
          parts = text.components(separatedBy: "GMT").filter { $0.count > 5 }.map {
            $0.trimmingCharacters(in: CharacterSet(charactersIn: ", ")) + " GMT"
          }
        } else {
          let expression = try? NSRegularExpression(pattern: #"\s*"((?:[^"\\]|\\.)*)"|([^,]+)"#)
          let whole = NSRange(text.startIndex..., in: text)
          for match in expression?.matches(in: text, range: whole) ?? [] {
            if let range = Range(match.range(at: 1), in: text) {
              parts.append(text[range].replacingOccurrences(of: "\\\"", with: "\""))
            } else if let range = Range(match.range(at: 2), in: text) {
              let part = text[range].trimmingCharacters(in: .whitespaces)
              if !part.isEmpty { parts.append(part) }
            }
          }
        }
        result[member.position] = .list(parts.map { scalar($0, element, member.timestampFormat ?? .httpDate) })
      } else if member.isJSONText {
        result[member.position] = .string(String(decoding: Data(base64Encoded: text) ?? Data(), as: UTF8.self))
      } else {
        result[member.position] = scalar(text, target, member.timestampFormat ?? target.timestampFormat ?? .httpDate)
      }
    default: return
    }
  }

  private func scalar(_ text: String, _ shape: Shape, _ format: TimestampFormat) -> Value {
    switch shape.kind {
    case .boolean: .bool(text == "true")
    case .integer, .long: .integer(Int64(text) ?? -1)
    case .float, .double: .double(number(text))
    case .blob: .blob(Array(Data(base64Encoded: text) ?? Data("not base64".utf8)))
    case .timestamp: .timestamp(CorpusClient.time(text, format))
    default: .string(text)
    }
  }

  private func number(_ text: String) -> Double {
    switch text {
    case "NaN": .nan
    case "Infinity": .infinity
    case "-Infinity": -.infinity
    default: Double(text) ?? -1
    }
  }

  /// A timestamp, strictly in one format.
  static func time(_ text: String, _ format: TimestampFormat) -> Timestamp {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(secondsFromGMT: 0)
    switch format {
    case .epoch: return Timestamp(milliseconds: Int64(((Double(text) ?? -1) * 1000).rounded()))
    case .iso8601:
      formatter.dateFormat = text.contains(".") ? "yyyy-MM-dd'T'HH:mm:ss.SSSXXXXX" : "yyyy-MM-dd'T'HH:mm:ssXXXXX"
    case .httpDate:
      formatter.dateFormat = text.contains(".") ? "EEE, dd MMM yyyy HH:mm:ss.SSS zzz" : "EEE, dd MMM yyyy HH:mm:ss zzz"
    }
    return Timestamp(
      milliseconds: Int64((((formatter.date(from: text)?.timeIntervalSince1970) ?? -1) * 1000).rounded()))
  }

  // MARK: JSON and CBOR trees

  private func value(_ json: JSONValue, _ shape: Shape, _ format: TimestampFormat?) -> Value {
    if json == .null { return .null }
    switch shape.kind {
    case .structure, .union:
      var result = StructureValue(count: shape.members.count)
      for member in shape.members where member.location.isInResponseBody {
        if let part = json[member.wireName] {
          result[member.position] = value(part, model.shapes[member.shape], member.timestampFormat)
        }
      }
      return .structure(result)
    case .list:
      guard let element = shape.element else { return .null }
      return .list((json.array ?? []).map { value($0, model.shapes[element.shape], nil) })
    case .map:
      guard let element = shape.element else { return .null }
      let entries = (json.object ?? []).filter { $0.value != .null }
      return .map(MapValue(entries: entries.map { ($0.name, value($0.value, model.shapes[element.shape], nil)) }))
    case .boolean: return .bool(json.bool ?? false)
    case .integer, .long: return .integer(Int64(json.integer ?? json.double.map { Int($0) } ?? -1))
    case .float, .double: return .double(json.double ?? number(json.string ?? ""))
    case .document: return .document(json)
    case .timestamp:
      if let text = json.string {
        return .timestamp(CorpusClient.time(text, format ?? shape.timestampFormat ?? .iso8601))
      }
      return .timestamp(Timestamp(milliseconds: Int64(((json.double ?? -1) * 1000).rounded())))
    case .blob:
      if wireProtocol == .cbor { return .blob(Array((json.string ?? "").unicodeScalars.map { UInt8($0.value & 255) })) }
      return .blob(Array(Data(base64Encoded: json.string ?? "") ?? Data("not base64".utf8)))
    case .string: return .string(json.string ?? "")
    }
  }

  // MARK: XML trees

  private func members(of element: XMLTree, _ shape: Shape, _ result: inout StructureValue) {
    for member in shape.members where member.location.isInResponseBody {
      let target = model.shapes[member.shape]
      if member.isAttribute {
        if let text = element.attributes[member.wireName] { result[member.position] = .string(text) }
        continue
      }
      // botocore: a flattened list whose elements have a name goes by that, if the list's shape says so.
      let found = element.children.filter { $0.name == member.xmlName }
      guard let first = found.first else { continue }
      if member.isFlattened, target.kind == .list, let inner = target.element {
        result[member.position] = .list(found.map { value($0, model.shapes[inner.shape], nil) })
      } else if member.isFlattened, target.kind == .map {
        result[member.position] = .map(MapValue(entries: found.compactMap { entry($0, target) }))
      } else {
        result[member.position] = value(first, target, member.timestampFormat)
      }
    }
  }

  private func entry(_ element: XMLTree, _ shape: Shape) -> (key: String, value: Value)? {
    guard let inner = shape.element, let key = element.first(shape.key?.wireName ?? "key") else { return nil }
    guard let child = element.first(inner.wireName ?? "value") else { return (key.text, .null) }
    return (key.text, value(child, model.shapes[inner.shape], nil))
  }

  private func value(_ element: XMLTree, _ shape: Shape, _ format: TimestampFormat?) -> Value {
    switch shape.kind {
    case .structure, .union:
      var result = StructureValue(count: shape.members.count)
      members(of: element, shape, &result)
      return .structure(result)
    case .list:
      guard let inner = shape.element else { return .null }
      let name = inner.wireName ?? "member"
      return .list(element.children.filter { $0.name == name }.map { value($0, model.shapes[inner.shape], nil) })
    case .map:
      return .map(MapValue(entries: element.children.filter { $0.name == "entry" }.compactMap { entry($0, shape) }))
    default: return scalar(element.text, shape, format ?? shape.timestampFormat ?? .iso8601)
    }
  }
}

/// An XML element, read by Foundation.
final class XMLTree: NSObject, XMLParserDelegate {
  let name: String
  var attributes: [String: String] = [:]
  var children: [XMLTree] = []
  var text = ""
  private var stack: [XMLTree] = []

  init(name: String) { self.name = name }

  func first(_ name: String) -> XMLTree? { children.first { $0.name == name } }

  static func read(_ bytes: [UInt8]) throws -> XMLTree {
    let parser = XMLParser(data: Data(bytes))
    let holder = XMLTree(name: "")
    holder.stack = [holder]
    parser.delegate = holder
    guard parser.parse(), let root = holder.children.first else { throw CocoaError(.fileReadCorruptFile) }
    return root
  }

  func parser(
    _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    let element = XMLTree(name: elementName.components(separatedBy: ":").last ?? elementName)
    element.attributes = attributes
    stack.last?.children.append(element)
    stack.append(element)
  }

  func parser(_ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?, qualifiedName: String?) {
    stack.removeLast()
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { stack.last?.text += string }
  func parser(_ parser: XMLParser, foundCDATA block: Data) {
    stack.last?.text += String(decoding: block, as: UTF8.self)
  }
}

/// CBOR read into JSON's kinds of values: byte strings as strings of their bytes, timestamps as numbers.
struct CBORTree {
  private var bytes: ArraySlice<UInt8>
  struct Broken: Error {}

  static func read(_ bytes: [UInt8]) throws -> JSONValue {
    var tree = CBORTree(bytes: bytes[...])
    let value = try tree.item()
    if !tree.bytes.isEmpty { throw Broken() }
    return value
  }

  private mutating func byte() throws -> UInt8 {
    guard let byte = bytes.popFirst() else { throw Broken() }
    return byte
  }

  private mutating func item() throws -> JSONValue {
    let first = try byte()
    let low = first & 31
    var argument = UInt64(low)
    if (24...27).contains(low) {
      argument = 0
      for _ in 0..<(1 << Int(low - 24)) { argument = argument << 8 | UInt64(try byte()) }
    }
    switch first >> 5 {
    case 0: return .integer(Int64(argument))
    case 1: return .integer(-1 - Int64(argument))
    case 2, 3:
      var data: [UInt8] = []
      if low == 31 {
        while bytes.first != 0xFF {
          guard case .string(let part) = try item() else { throw Broken() }
          data += first >> 5 == 2 ? part.unicodeScalars.map { UInt8($0.value & 255) } : Array(part.utf8)
        }
        bytes.removeFirst()
      } else {
        for _ in 0..<argument { data.append(try byte()) }
      }
      if first >> 5 == 3 { return .string(String(decoding: data, as: UTF8.self)) }
      return .string(String(String.UnicodeScalarView(data.map { Unicode.Scalar($0) })))
    case 4:
      var elements: [JSONValue] = []
      while try goesOn(low == 31, elements.count, argument) { elements.append(try item()) }
      return .array(elements)
    case 5:
      var members: [JSONValue.Member] = []
      while try goesOn(low == 31, members.count, argument) {
        guard case .string(let name) = try item() else { throw Broken() }
        members.append(JSONValue.Member(name, try item()))
      }
      return .object(members)
    case 6: return try item()
    default:
      switch low {
      case 20: return .bool(false)
      case 21: return .bool(true)
      case 22, 23: return .null
      case 25: return .double(Double(Float16(bitPattern: UInt16(argument))))
      case 26: return .double(Double(Float(bitPattern: UInt32(argument))))
      case 27: return .double(Double(bitPattern: argument))
      default: throw Broken()
      }
    }
  }

  private mutating func goesOn(_ isIndefinite: Bool, _ count: Int, _ argument: UInt64) throws -> Bool {
    guard isIndefinite else { return UInt64(count) < argument }
    guard bytes.first == 0xFF else { return true }
    bytes.removeFirst()
    return false
  }
}
