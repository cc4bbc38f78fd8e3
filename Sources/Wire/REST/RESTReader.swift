/// Reads what a REST request carries outside its body: labels, query, headers.
struct RESTReader {
  private let request: WireRequest
  private let operation: OperationModel
  private let model: ServiceModel
  private let query: QueryString

  init(_ request: WireRequest, _ operation: OperationModel, _ model: ServiceModel) {
    self.request = request
    self.operation = operation
    self.model = model
    query = QueryString(request.query)
  }

  /// Fills in the members that travel outside the body.
  func readBindings(of shape: Shape, into result: inout StructureValue) throws(CodecFailure) {
    let labels = operation.uri.segments.isEmpty ? [] : operation.uri.match(request.path) ?? []
    for member in shape.members {
      let memberShape = model.shapes[member.shape]
      switch member.location {
      case .body, .status: continue
      case .label:
        guard let text = labels.first(where: { $0.name == member.wireName })?.value else { continue }
        result.members[member.position] = try scalar(text, memberShape, member, .iso8601)
      case .query: result.members[member.position] = try queryValue(member, memberShape)
      case .header: result.members[member.position] = try headerValue(member, memberShape)
      case .headers: result.members[member.position] = prefixed(member)
      }
    }
  }

  private func scalar(
    _ text: String, _ shape: Shape, _ member: Member, _ format: TimestampFormat
  ) throws(CodecFailure) -> Value {
    try Scalars.read(text, shape, member.timestampFormat ?? shape.timestampFormat ?? format, name: member.wireName)
  }

  private func queryValue(_ member: Member, _ shape: Shape) throws(CodecFailure) -> Value {
    switch shape.kind {
    case .list:
      let texts = query.parameters.filter { $0.name == member.wireName }.map(\.value)
      guard !texts.isEmpty, let element = shape.element else { return .null }
      var values: [Value] = []
      for text in texts { values.append(try scalar(text, model.shapes[element.shape], member, .iso8601)) }
      return .list(values)
    case .map:
      // All parameters, also those that are members of their own (Smithy's httpQueryParams, for servers).
      guard let element = shape.element else { return .null }
      let isList = model.shapes[element.shape].kind == .list
      var lists: [String: [Value]] = [:]
      var entries: [(key: String, value: Value)] = []
      for (name, value) in query.parameters {
        if isList {
          if lists[name] == nil { entries.append((name, .null)) }
          lists[name, default: []].append(.string(value))
        } else {
          entries.append((name, .string(value)))
        }
      }
      if isList { entries = entries.map { ($0.key, .list(lists[$0.key] ?? [])) } }
      return entries.isEmpty ? .null : .map(MapValue(entries: entries))
    default:
      guard let text = query.first(member.wireName) else { return .null }
      // `?max-keys=` says nothing.
      if text.isEmpty, shape.kind != .string { return .null }
      return try scalar(text, shape, member, .iso8601)
    }
  }

  private func headerValue(_ member: Member, _ shape: Shape) throws(CodecFailure) -> Value {
    let texts = request.headers.filter { $0.name.equalsIgnoringCase(member.headerName) }.map(\.value)
    guard let first = texts.first else { return .null }
    if member.isJSONText, shape.kind == .string {
      guard let bytes = Base64Text.decode(first.utf8) else {
        throw .value(name: member.wireName, text: first, reason: "STRING_VALUE cannot be converted to String")
      }
      return .string(String(decoding: bytes, as: UTF8.self))
    }
    guard shape.kind == .list, let element = shape.element else {
      let text = first.trimmed
      if text.isEmpty, shape.kind != .string { return .null }
      if shape.kind == .timestamp {
        // HTTP: a date that can't be read makes the header as if it weren't there (RFC 9110, 13.1.3).
        return (try? scalar(text, shape, member, .httpDate)) ?? .null
      }
      return try scalar(text, shape, member, .httpDate)
    }
    let elementShape = model.shapes[element.shape]
    let format = member.timestampFormat ?? elementShape.timestampFormat ?? .httpDate
    var values: [Value] = []
    for text in texts {
      for item in RESTReader.items(text, areDates: elementShape.kind == .timestamp && format == .httpDate) {
        values.append(try Scalars.read(item, elementShape, format, name: member.wireName))
      }
    }
    return values.isEmpty ? .null : .list(values)
  }

  /// A header's list: by commas, outside of quotes; dates have a comma of their own.
  private static func items(_ text: String, areDates: Bool) -> [String] {
    var items: [String] = []
    var current = ""
    var isQuoted = false
    var wasQuoted = false
    var isEscaped = false
    var commas = 0
    func finish() {
      let item = wasQuoted ? current : current.trimmed
      if wasQuoted || !item.isEmpty { items.append(item) }
      current = ""
      wasQuoted = false
    }
    for character in text.unicodeScalars {
      if isEscaped {
        current.unicodeScalars.append(character)
        isEscaped = false
      } else if isQuoted {
        if character == "\\" {
          isEscaped = true
        } else if character == "\"" {
          isQuoted = false
        } else {
          current.unicodeScalars.append(character)
        }
      } else if character == "\"", current.trimmed.isEmpty {
        current = ""
        isQuoted = true
        wasQuoted = true
      } else if character == "," {
        commas += 1
        if areDates, commas % 2 == 1 { current.unicodeScalars.append(character) } else { finish() }
      } else if !wasQuoted {
        current.unicodeScalars.append(character)
      }
    }
    finish()
    return items
  }

  private func prefixed(_ member: Member) -> Value {
    var entries: [(key: String, value: Value)] = []
    for header in request.headers where header.name.hasPrefixIgnoringCase(member.headerName) {
      let rest = String(header.name.utf8.dropFirst(member.headerName.utf8.count)) ?? ""
      guard !rest.isEmpty || member.headerName.isEmpty else { continue }
      let key = rest.lowercased()
      if let index = entries.firstIndex(where: { $0.key == key }), case .string(let before) = entries[index].value {
        // Repeated headers are one list (RFC 9110, 5.2).
        entries[index].value = .string(before + "," + header.value)
      } else {
        entries.append((key, .string(header.value)))
      }
    }
    return entries.isEmpty ? .null : .map(MapValue(entries: entries))
  }
}
