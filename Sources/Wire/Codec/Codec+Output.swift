extension Codec {
  /// Writes an operation's output. A streaming member is left out: the body comes from elsewhere.
  public func encodeOutput(
    _ value: StructureValue, operation: OperationModel, model: ServiceModel, requestID: String
  ) -> WireResponse {
    switch wireProtocol {
    case .json10, .json11:
      var response = WireResponse(
        status: 200, headers: [("x-amzn-RequestId", requestID), ("Content-Type", contentType)])
      if let shape = operation.output {
        var writer = JSONWriter()
        writer.structure(value, shape, model)
        response.body = writer.bytes
      }
      return response
    case .cbor:
      var writer = CBORWriter()
      if let shape = operation.output { writer.structure(value, shape, model) }
      var headers = [(name: "smithy-protocol", value: "rpc-v2-cbor"), (name: "x-amzn-RequestId", value: requestID)]
      if !writer.bytes.isEmpty { headers.append(("Content-Type", contentType)) }
      return WireResponse(status: 200, headers: headers, body: writer.bytes)
    case .query: return queryOutput(value, operation, model, requestID)
    case .ec2: return ec2Output(value, operation, model, requestID)
    case .restJSON, .restXML: return restOutput(value, operation, model, requestID)
    }
  }

  /// The content type of structured bodies.
  var contentType: String {
    switch wireProtocol {
    case .json10: "application/x-amz-json-1.0"
    case .json11: "application/x-amz-json-1.1"
    case .cbor: "application/cbor"
    case .query: "text/xml"
    case .ec2: "text/xml;charset=UTF-8"
    case .restJSON: "application/json"
    case .restXML: "application/xml"
    }
  }

  private func queryOutput(
    _ value: StructureValue, _ operation: OperationModel, _ model: ServiceModel, _ requestID: String
  ) -> WireResponse {
    var writer = XMLWriter(model, usesFormNames: true)
    let root = operation.name + "Response"
    writer.open(root, namespace: model.xmlNamespace.map { XMLNamespace(uri: $0, prefix: nil) })
    if let shape = operation.output {
      let wrapper = operation.outputWrapper ?? operation.name + "Result"
      writer.open(wrapper)
      writer.members(value, shape)
      writer.close(wrapper)
    }
    writer.open("ResponseMetadata")
    writer.element("RequestId", requestID)
    writer.close("ResponseMetadata")
    writer.close(root)
    return WireResponse(
      status: 200, headers: [("x-amzn-RequestId", requestID), ("Content-Type", contentType)], body: writer.bytes)
  }

  private func ec2Output(
    _ value: StructureValue, _ operation: OperationModel, _ model: ServiceModel, _ requestID: String
  ) -> WireResponse {
    var writer = XMLWriter(model)
    let root = operation.name + "Response"
    writer.declaration()
    writer.open(root, namespace: model.xmlNamespace.map { XMLNamespace(uri: $0, prefix: nil) })
    writer.element("requestId", requestID)
    if let shape = operation.output { writer.members(value, shape) }
    writer.close(root)
    return WireResponse(
      status: 200, headers: [("x-amzn-RequestId", requestID), ("Content-Type", contentType)], body: writer.bytes)
  }

  private func restOutput(
    _ value: StructureValue, _ operation: OperationModel, _ model: ServiceModel, _ requestID: String
  ) -> WireResponse {
    var response = WireResponse(status: operation.responseStatus, headers: requestIDHeaders(requestID, model))
    guard let shape = operation.output else { return response }
    let bindings = RESTWriter.bindings(of: value, shape, model)
    response.status = bindings.status ?? response.status
    response.headers += bindings.headers
    var type: String?
    if let payload = shape.payload {
      let member = shape.members[payload]
      if !member.isStreaming { type = payloadBody(value[payload], member, model, &response.body) }
    } else if operation.streamingOutputMember == nil, shape.members.contains(where: { $0.location.isInResponseBody }) {
      response.body = restBody(value, shape, operation, model)
      type = contentType
    }
    if let type, response.header("content-type") == nil { response.headers.append(("Content-Type", type)) }
    return response
  }

  /// Writes the member that is the whole body; the content type, if there is anything.
  private func payloadBody(_ value: Value, _ member: Member, _ model: ServiceModel, _ body: inout [UInt8]) -> String? {
    let shape = model.shapes[member.shape]
    switch value {
    case .null: return nil
    case .blob(let bytes):
      body = bytes
      return "application/octet-stream"
    case .structure(let structure):
      if wireProtocol == .restJSON {
        var writer = JSONWriter()
        writer.structure(structure, shape, model)
        body = writer.bytes
      } else {
        var writer = XMLWriter(model)
        writer.declaration()
        let namespace = member.xmlNamespace ?? shape.xmlNamespace ?? defaultNamespace(model)
        let name = member.wireName == member.name ? shape.rootName ?? shape.name : member.wireName
        writer.structure(name, structure, shape, namespace: namespace)
        body = writer.bytes
      }
      return contentType
    case .document(let document):
      body = Array(document.text.utf8)
      return "application/json"
    default:
      guard let text = Scalars.text(value, .iso8601) else { return nil }
      body = Array(text.utf8)
      return "text/plain"
    }
  }

  private func restBody(
    _ value: StructureValue, _ shape: Shape, _ operation: OperationModel, _ model: ServiceModel
  ) -> [UInt8] {
    if wireProtocol == .restJSON {
      var writer = JSONWriter()
      writer.structure(value, shape, model)
      return writer.bytes
    }
    var writer = XMLWriter(model)
    writer.declaration()
    let root = operation.outputRoot ?? shape.rootName ?? shape.name
    let namespace = shape.xmlNamespace ?? defaultNamespace(model)
    if operation.isOutputUnwrapped {
      writer.element(root, value[0].string ?? "", namespace: namespace)
    } else {
      writer.structure(root, value, shape, namespace: namespace)
    }
    return writer.bytes
  }

  private func defaultNamespace(_ model: ServiceModel) -> XMLNamespace? {
    model.xmlNamespace.map { XMLNamespace(uri: $0, prefix: nil) }
  }

  /// The headers that name the request; S3 has its own.
  func requestIDHeaders(
    _ requestID: String, _ model: ServiceModel, hostID: String? = nil
  ) -> [(name: String, value: String)] {
    model.hasBareErrors
      ? [("x-amz-request-id", requestID), ("x-amz-id-2", hostID ?? Codec.hostID(requestID))]
      : [("x-amzn-RequestId", requestID)]
  }

  /// S3's second request id, made from the first.
  public static func hostID(_ requestID: String) -> String {
    String(decoding: Base64Text.encode(Array("hakoniwa/\(requestID)/\(requestID)".utf8)), as: UTF8.self)
  }
}
