/// Reads the form of a query request into the values of a shape: `Tags.member.1.Key=…`, `Tag.1.Key=…`.
///
/// The parameters are sorted once, so that all of one member lie side by side, whatever their order in the request.
struct FormReader {
  private struct Parameter {
    var name: [UInt8]
    var value: Range<Int>
    /// Which bytes the value is in.
    var isFromQuery: Bool
  }

  /// Neighbouring parameters with the same beginning.
  private struct Node {
    var range: Range<Int>
    /// How many bytes of the names are behind us.
    var offset: Int
  }

  private let body: [UInt8]
  private let query: [UInt8]
  private let model: ServiceModel
  private let isEC2: Bool
  private var parameters: [Parameter] = []
  private var depth = 0

  static func structure(
    _ request: WireRequest, _ shape: Shape, _ model: ServiceModel, isEC2: Bool
  ) throws(CodecFailure) -> StructureValue {
    var reader = FormReader(body: request.body, query: Array(request.query.utf8), model: model, isEC2: isEC2)
    reader.parse()
    return try reader.structure(Node(range: 0..<reader.parameters.count, offset: 0), shape)
  }

  /// One parameter's value, from the query string or the body.
  static func parameter(_ name: String, in request: WireRequest) -> String? {
    if !request.query.isEmpty, let value = parameter(name, in: request.query.utf8) { return value }
    return parameter(name, in: request.body)
  }

  private static func parameter<Bytes: Collection<UInt8>>(_ name: String, in bytes: Bytes) -> String? {
    let wanted = name.utf8
    for pair in bytes.split(separator: UInt8(ascii: "&")) {
      guard pair.starts(with: wanted) else { continue }
      let rest = pair.dropFirst(wanted.count)
      guard rest.first == UInt8(ascii: "=") else { continue }
      return String(decoding: Percent.decode(rest.dropFirst(), plusIsSpace: true), as: UTF8.self)
    }
    return nil
  }

  private init(body: [UInt8], query: [UInt8], model: ServiceModel, isEC2: Bool) {
    self.body = body
    self.query = query
    self.model = model
    self.isEC2 = isEC2
  }

  private mutating func parse() {
    for isFromQuery in [true, false] {
      let bytes = isFromQuery ? query : body
      var start = 0
      while start < bytes.count {
        let end = bytes[start...].firstIndex(of: UInt8(ascii: "&")) ?? bytes.count
        if end > start {
          let equals = bytes[start..<end].firstIndex(of: UInt8(ascii: "=")) ?? end
          let name = bytes[start..<equals]
          let plain = name.contains { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "+") }
          parameters.append(
            Parameter(
              name: plain ? Percent.decode(name, plusIsSpace: true) : Array(name), value: min(equals + 1, end)..<end,
              isFromQuery: isFromQuery))
        }
        start = end + 1
      }
    }
    // The dot comes before everything, so that `A.1` and `A` are neighbours and `A-1` isn't between them.
    parameters.sort { left, right in
      left.name.lexicographicallyPrecedes(right.name) { left, right in
        (left == UInt8(ascii: ".") ? 0 : Int(left) + 1) < (right == UInt8(ascii: ".") ? 0 : Int(right) + 1)
      }
    }
  }

  private func text(_ parameter: Parameter) -> String {
    let bytes = (parameter.isFromQuery ? query : body)[parameter.value]
    guard bytes.contains(where: { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "+") }) else {
      return String(decoding: bytes, as: UTF8.self)
    }
    return String(decoding: Percent.decode(bytes, plusIsSpace: true), as: UTF8.self)
  }

  /// The parameter that is the node itself.
  private func own(_ node: Node) -> Parameter? {
    parameters[node.range].first { $0.name.count <= node.offset }
  }

  /// The node's children: each next part of the names, with what is below it.
  private func children(_ node: Node) -> [(part: ArraySlice<UInt8>, node: Node)] {
    var result: [(part: ArraySlice<UInt8>, node: Node)] = []
    var index = node.range.lowerBound
    while index < node.range.upperBound {
      let name = parameters[index].name
      guard name.count > node.offset else {
        index += 1
        continue
      }
      let part = name[node.offset...].prefix { $0 != UInt8(ascii: ".") }
      var end = index + 1
      while end < node.range.upperBound {
        let other = parameters[end].name
        let after = part.endIndex
        guard other.count >= after, other[node.offset..<after] == part,
          other.count == after || other[after] == UInt8(ascii: ".")
        else { break }
        end += 1
      }
      result.append((part, Node(range: index..<end, offset: part.endIndex + 1)))
      index = end
    }
    return result
  }

  private mutating func value(_ node: Node, _ shape: Shape, _ member: Member?) throws(CodecFailure) -> Value {
    guard depth < CodecFailure.depthLimit else { throw .tooDeep }
    depth += 1
    defer { depth -= 1 }
    switch shape.kind {
    case .structure, .union: return .structure(try structure(node, shape))
    case .list: return .list(try list(node, shape))
    case .map: return .map(try map(node, shape))
    default:
      guard let parameter = own(node) else { return .null }
      let format = member?.timestampFormat ?? shape.timestampFormat ?? .iso8601
      return try Scalars.read(
        text(parameter), shape, format, name: String(decoding: parameter.name, as: UTF8.self))
    }
  }

  private mutating func structure(_ node: Node, _ shape: Shape) throws(CodecFailure) -> StructureValue {
    var result = StructureValue(count: shape.members.count)
    let names = isEC2 ? shape.ec2Names : shape.formNames
    for (part, child) in children(node) {
      guard let position = names.position(of: part) else { continue }
      let member = shape.members[position]
      result.members[position] = try value(child, model.shapes[member.shape], member)
    }
    return result
  }

  /// The children with numbers for names, in their order; those below `member`, `entry` or the element's own name, too.
  private func numbered(_ node: Node, _ names: [String]) -> [Node] {
    var result: [(number: Int, node: Node)] = []
    for (part, child) in children(node) {
      if let number = Int(String(decoding: part, as: UTF8.self)) {
        result.append((number, child))
      } else if names.contains(where: { part.elementsEqual($0.utf8) }) {
        for (part, child) in children(child) {
          if let number = Int(String(decoding: part, as: UTF8.self)) { result.append((number, child)) }
        }
      }
    }
    return result.sorted { $0.number < $1.number }.map(\.node)
  }

  private mutating func list(_ node: Node, _ shape: Shape) throws(CodecFailure) -> [Value] {
    guard let element = shape.element else { throw .malformed("A list without elements") }
    var result: [Value] = []
    for child in numbered(node, ["member", element.wireName ?? "member"]) {
      result.append(try value(child, model.shapes[element.shape], nil))
    }
    return result
  }

  private mutating func map(_ node: Node, _ shape: Shape) throws(CodecFailure) -> MapValue {
    guard let element = shape.element else { throw .malformed("A map without values") }
    let keyName = Array((shape.key?.wireName ?? "key").utf8)
    let valueName = Array((element.wireName ?? "value").utf8)
    var entries: [(key: String, value: Value)] = []
    for child in numbered(node, ["entry"]) {
      var key: String?
      var result = Value.null
      for (part, below) in children(child) {
        if part.elementsEqual(keyName) {
          key = own(below).map(text)
        } else if part.elementsEqual(valueName) {
          result = try value(below, model.shapes[element.shape], nil)
        }
      }
      if let key { entries.append((key, result)) }
    }
    return MapValue(entries: entries)
  }
}
