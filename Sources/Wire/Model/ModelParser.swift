/// Reads the compact model format of the shape generator: one item a line, words apart by spaces, `%` escapes in words.
///
///     service id=sqs version=2012-11-05 protocols=json10,query …
///     o SendMessage POST / in=SendMessageRequest out=SendMessageResult errors=…
///     u ListThings [GET /things q=required h=Required-Header]        an operation that isn't built
///     s SendMessageRequest                                           structure (`n` union, `x` error)
///     m QueueUrl String required                                     its members
///     l TagKeyList TagKey name=TagKey flat                           list
///     k TagMap TagKey TagValue key=Key value=Value flat              map
///     t string QueueName min=1 max=80                                simple shape
///     v Foo Bar                                                      its enum values
///     p [A-Za-z0-9_-]+                                               its pattern, to the end of the line
struct ModelParser {
  struct Traits {
    var words: [String: String] = [:]

    subscript(name: String) -> String? { words[name] }
    func flag(_ name: String) -> Bool { words[name] != nil }
    func list(_ name: String) -> [String] {
      words[name].map { $0.utf8.split(separator: UInt8(ascii: ",")).map { String(Substring($0)) } } ?? []
    }

    var timestampFormat: TimestampFormat? {
      switch words["time"] {
      case "iso8601": .iso8601
      case "unixTimestamp": .epoch
      case "rfc822": .httpDate
      default: nil
      }
    }

    var xmlNamespace: XMLNamespace? { words["ns"].map { XMLNamespace(uri: $0, prefix: words["nsprefix"]) } }
  }

  struct MemberLine {
    var name: String
    var shape: ShapeIndex
    var traits: Traits
  }

  /// What the lines of one shape say.
  struct ShapeLines {
    var name: String
    var kind: Shape.Kind
    var isError = false
    var traits = Traits()
    var members: [MemberLine] = []
    var element: ShapeIndex?
    var key: ShapeIndex?
    var enumValues: [String] = []
    var pattern: String?
  }

  struct Unbuilt {
    var name: String
    var method: String?
    var requestURI: String?
    var requiredQuery: [String]
    var requiredHeaders: [String]
  }

  struct Result {
    var service: Traits
    var shapes: [Shape]
    var operations: [String: OperationModel]
    var errors: [String: ErrorModel]
    var unbuilt: [Unbuilt]
  }

  private var indexes: [String: ShapeIndex] = [:]
  private var lines: [ShapeLines?] = []
  private var names: [String] = []
  private var current: ShapeIndex?

  /// The line about the service itself; nothing is said if there is none.
  static func service(in text: String) -> Traits {
    let line = text.utf8.split(separator: UInt8(ascii: "\n")).first { $0.starts(with: "service ".utf8) }
    return traits(line?.split(separator: UInt8(ascii: " ")).map(unescape)[1...] ?? [])
  }

  static func parse(_ text: String) throws(ModelSyntaxError) -> Result {
    var parser = ModelParser()
    return try parser.read(text)
  }

  private mutating func index(_ name: String) -> ShapeIndex {
    if let index = indexes[name] { return index }
    indexes[name] = lines.count
    lines.append(nil)
    names.append(name)
    return lines.count - 1
  }

  private mutating func read(_ text: String) throws(ModelSyntaxError) -> Result {
    var service = Traits()
    var operationLines: [(name: String, method: String, uri: String, traits: Traits)] = []
    var unbuilt: [Unbuilt] = []
    var number = 0
    for line in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      guard let kind = line.first else { continue }
      if kind == UInt8(ascii: "p"), line.dropFirst().first == UInt8(ascii: " ") {
        guard let current else { throw ModelSyntaxError(line: number, reason: "a pattern outside a shape") }
        lines[current]?.pattern = String(Substring(line.dropFirst(2)))
        continue
      }
      let words = line.split(separator: UInt8(ascii: " ")).map(ModelParser.unescape)
      guard words.count >= 2 else { throw ModelSyntaxError(line: number, reason: "too few words") }
      switch words[0] {
      case "service": service = ModelParser.traits(words[1...])
      case "o":
        guard words.count >= 4 else { throw ModelSyntaxError(line: number, reason: "an operation without route") }
        operationLines.append((words[1], words[2], words[3], ModelParser.traits(words[4...])))
      case "u":
        let more = ModelParser.traits(words.dropFirst(4))
        unbuilt.append(
          Unbuilt(
            name: words[1], method: words.count > 3 ? words[2] : nil, requestURI: words.count > 3 ? words[3] : nil,
            requiredQuery: more.list("q"), requiredHeaders: more.list("h")))
      case "s": begin(words[1], .structure, words[2...])
      case "n": begin(words[1], .union, words[2...])
      case "x":
        let index = begin(words[1], .structure, words[2...])
        lines[index]?.isError = true
      case "m":
        guard words.count >= 3, let current else { throw ModelSyntaxError(line: number, reason: "a stray member") }
        let member = MemberLine(name: words[1], shape: index(words[2]), traits: ModelParser.traits(words[3...]))
        lines[current]?.members.append(member)
      case "l":
        guard words.count >= 3 else { throw ModelSyntaxError(line: number, reason: "a list without elements") }
        let list = begin(words[1], .list, words[3...])
        let element = index(words[2])
        lines[list]?.element = element
      case "k":
        guard words.count >= 4 else { throw ModelSyntaxError(line: number, reason: "a map without values") }
        let map = begin(words[1], .map, words[4...])
        let key = index(words[2])
        let value = index(words[3])
        lines[map]?.key = key
        lines[map]?.element = value
      case "t":
        guard words.count >= 3, let kind = ModelParser.simpleKinds[words[1]] else {
          throw ModelSyntaxError(line: number, reason: "an unknown kind of shape")
        }
        begin(words[2], kind, words[3...])
      case "v":
        guard let current else { throw ModelSyntaxError(line: number, reason: "values outside a shape") }
        lines[current]?.enumValues += words.dropFirst()
      default: throw ModelSyntaxError(line: number, reason: "an unknown line")
      }
    }
    return try build(service, operationLines, unbuilt, number)
  }

  private static let simpleKinds: [String: Shape.Kind] = [
    "string": .string, "boolean": .boolean, "integer": .integer, "long": .long, "float": .float, "double": .double,
    "blob": .blob, "timestamp": .timestamp, "document": .document,
  ]

  @discardableResult
  private mutating func begin(_ name: String, _ kind: Shape.Kind, _ words: ArraySlice<String>) -> ShapeIndex {
    let index = index(name)
    lines[index] = ShapeLines(name: name, kind: kind, traits: ModelParser.traits(words))
    current = index
    return index
  }

  private static func traits(_ words: ArraySlice<String>) -> Traits {
    var result = Traits()
    for word in words {
      if let equals = word.utf8.firstIndex(of: UInt8(ascii: "=")) {
        result.words[String(word[..<equals])] = String(word[word.utf8.index(after: equals)...])
      } else {
        result.words[word] = ""
      }
    }
    return result
  }

  private static func unescape(_ word: Substring.UTF8View) -> String {
    word.contains(UInt8(ascii: "%")) ? String(decoding: Percent.decode(word), as: UTF8.self) : String(Substring(word))
  }

  private func build(
    _ service: Traits, _ operationLines: [(name: String, method: String, uri: String, traits: Traits)],
    _ unbuilt: [Unbuilt], _ last: Int
  ) throws(ModelSyntaxError) -> Result {
    var shapes: [Shape] = []
    var errors: [String: ErrorModel] = [:]
    for (index, line) in lines.enumerated() {
      guard let line else { throw ModelSyntaxError(line: last, reason: "no shape \(names[index])") }
      var members: [Member] = []
      for member in line.members { members.append(self.member(member, position: members.count)) }
      let element = line.element.map {
        Shape.Reference(
          shape: $0, wireName: line.traits[line.kind == .map ? "value" : "name"],
          xmlNamespace: (line.traits["ens"]).map { XMLNamespace(uri: $0, prefix: nil) })
      }
      let key = line.key.map {
        Shape.Reference(
          shape: $0, wireName: line.traits["key"],
          xmlNamespace: line.traits["kns"].map { XMLNamespace(uri: $0, prefix: nil) })
      }
      let shape = Shape(line, members: members, element: element, key: key)
      shapes.append(shape)
      if line.isError {
        errors[shape.name] = ErrorModel(
          name: shape.name, code: line.traits["code"] ?? shape.name, status: line.traits["status"].flatMap { Int($0) },
          fault: line.traits.flag("server") ? .receiver : .sender, shape: shape)
      }
    }
    var operations: [String: OperationModel] = [:]
    for line in operationLines {
      func shape(_ name: String) throws(ModelSyntaxError) -> Shape? {
        guard let wanted = line.traits[name] else { return nil }
        guard let index = indexes[wanted] else { throw ModelSyntaxError(line: last, reason: "no shape \(wanted)") }
        return shapes[index]
      }
      operations[line.name] = OperationModel(
        name: line.name, method: line.method, requestURI: line.uri, traits: line.traits, input: try shape("in"),
        output: try shape("out"))
    }
    return Result(service: service, shapes: shapes, operations: operations, errors: errors, unbuilt: unbuilt)
  }

  private func member(_ line: MemberLine, position: Int) -> Member {
    let target = lines[line.shape]
    let name = line.traits["name"]
    let wireName = name ?? line.name
    let isFlattened = line.traits.flag("flat") || (target?.traits.flag("flat") ?? false)
    let location: Location =
      switch line.traits["loc"] {
      case "header": .header
      case "headers": .headers
      case "uri": .label
      case "querystring": .query
      case "statusCode": .status
      default: .body
      }
    // botocore's reader: a list flattened by its shape goes by its elements' name; one flattened by the member, by the member's.
    let ownElementName = target?.kind == .list && (target?.traits.flag("flat") ?? false) ? target?.traits["name"] : nil
    let xmlName = ownElementName ?? wireName
    let formName = line.traits["form"] ?? xmlName
    var formNames = [formName]
    for other in [wireName, line.name] where !formNames.contains(other) { formNames.append(other) }
    let capitalized = name.map { $0.prefix(1).uppercased() + $0.dropFirst() }
    return Member(
      name: line.name, position: position, shape: line.shape, isRequired: line.traits.flag("required"),
      location: location,
      wireName: wireName, xmlName: xmlName, formName: formName, formNames: formNames,
      ec2Name: line.traits["query"] ?? capitalized ?? (line.name.prefix(1).uppercased() + line.name.dropFirst()),
      isFlattened: isFlattened, isAttribute: line.traits.flag("attr"),
      xmlNamespace: line.traits.xmlNamespace ?? (target?.kind == .structure ? target?.traits.xmlNamespace : nil),
      timestampFormat: line.traits.timestampFormat ?? target?.traits.timestampFormat,
      isStreaming: line.traits.flag("stream"), isIdempotencyToken: line.traits.flag("token"),
      isJSONText: line.traits.flag("jsonvalue"), headerName: wireName.lowercased())
  }
}
