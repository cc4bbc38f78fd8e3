extension Codec {
  /// Writes an error as the protocol's services do: its code and status come from the model where it has them.
  /// - Parameter hostID: S3's second request id; made from the first when absent.
  public func encodeError(
    _ error: AWSError, model: ServiceModel, requestID: String, hostID: String? = nil
  ) -> WireResponse {
    let known = model.error(named: error.code)
    let isReceiver = error.fault == .receiver || known?.fault == .receiver
    let status = error.status ?? known?.status ?? (isReceiver ? 500 : 400)
    let fault: AWSError.Fault = isReceiver ? .receiver : .sender
    var response = WireResponse(status: status)
    switch wireProtocol {
    case .json10, .json11, .cbor:
      response.headers = [("x-amzn-RequestId", requestID), ("Content-Type", contentType)]
      if wireProtocol == .cbor { response.headers.append(("smithy-protocol", "rpc-v2-cbor")) }
      if model.isQueryCompatible {
        response.headers.append(("x-amzn-query-error", "\(known?.code ?? error.code);\(fault.rawValue)"))
      }
      response.body =
        wireProtocol == .cbor ? cborError(error, known, model) : jsonError(error, known, model, hasType: true)
    case .restJSON:
      response.headers = [
        ("x-amzn-RequestId", requestID), ("x-amzn-ErrorType", known?.name ?? error.code), ("Content-Type", contentType),
      ]
      response.body = jsonError(error, known, model, hasType: false)
    case .query, .ec2, .restXML:
      response.headers =
        (wireProtocol == .restXML
          ? requestIDHeaders(requestID, model, hostID: hostID) : [("x-amzn-RequestId", requestID)])
        + [("Content-Type", contentType)]
      response.body = xmlError(error, known, fault, model, requestID, hostID)
    }
    if wireProtocol == .restJSON || wireProtocol == .restXML, let known {
      response.headers += RESTWriter.bindings(of: fields(error, known.shape), known.shape, model).headers
    }
    response.headers += error.headers
    if status == 304 || status == 204 { response.body = [] }
    return response
  }

  /// The error's fields as the members of its shape.
  private func fields(_ error: AWSError, _ shape: Shape) -> StructureValue {
    var value = StructureValue(count: shape.members.count)
    for field in error.fields {
      if let member = shape.member(field.name) { value[member.position] = field.value }
    }
    return value
  }

  /// The name under which the message goes, and whether the error's fields have it already.
  private func messageName(_ error: AWSError, _ known: ErrorModel?) -> String {
    known?.shape.members.first { $0.name.equalsIgnoringCase("message") && $0.location == .body }?.wireName ?? "message"
  }

  private func typeName(_ error: AWSError, _ known: ErrorModel?, _ model: ServiceModel) -> String {
    guard let known else {
      // Broken constraints are found by another part of AWS's frame, and services' own errors never have this name.
      if error.code == "ValidationException" { return "com.amazon.coral.validate#ValidationException" }
      let name = model.isQueryCompatible ? Codec.commonTypes[error.code] : nil
      return "com.amazon.coral.service#\(name ?? error.code)"
    }
    return model.errorNamespace.map { "\($0)#\(known.name)" } ?? known.name
  }

  /// Errors that services share, by their older query codes, with their types in JSON (as SQS answers them).
  private static let commonTypes = [
    "AccessDenied": "AccessDeniedException", "InvalidParameterValue": "InvalidParameterValueException",
    "MissingParameter": "MissingRequiredParameterException",
  ]

  private func jsonError(_ error: AWSError, _ known: ErrorModel?, _ model: ServiceModel, hasType: Bool) -> [UInt8] {
    var writer = JSONWriter()
    var isFirst = true
    writer.open()
    if hasType {
      writer.name("__type", &isFirst)
      writer.string(typeName(error, known, model))
    }
    if !error.message.isEmpty {
      writer.name(messageName(error, known), &isFirst)
      writer.string(error.message)
    }
    for field in error.fields {
      let member = known?.shape.member(field.name)
      if let member, !member.location.isInResponseBody { continue }
      writer.name(member?.wireName ?? field.name, &isFirst)
      if let member {
        writer.value(field.value, model.shapes[member.shape], model, member.timestampFormat ?? .epoch)
      } else {
        writer.scalar(field.value)
      }
    }
    writer.close()
    return writer.bytes
  }

  private func cborError(_ error: AWSError, _ known: ErrorModel?, _ model: ServiceModel) -> [UInt8] {
    var writer = CBORWriter()
    writer.mapping(1 + (error.message.isEmpty ? 0 : 1) + error.fields.count)
    writer.string("__type")
    writer.string(typeName(error, known, model))
    if !error.message.isEmpty {
      writer.string(messageName(error, known))
      writer.string(error.message)
    }
    for field in error.fields {
      let member = known?.shape.member(field.name)
      writer.string(member?.wireName ?? field.name)
      if let member {
        writer.value(field.value, model.shapes[member.shape], model)
      } else {
        writer.scalar(field.value)
      }
    }
    return writer.bytes
  }

  private func xmlError(
    _ error: AWSError, _ known: ErrorModel?, _ fault: AWSError.Fault, _ model: ServiceModel, _ requestID: String,
    _ hostID: String?
  ) -> [UInt8] {
    var writer = XMLWriter(model)
    let code = known?.code ?? error.code
    func content(_ writer: inout XMLWriter, hasType: Bool) {
      if hasType { writer.element("Type", fault.rawValue) }
      writer.element("Code", code)
      if !error.message.isEmpty { writer.element("Message", error.message) }
      var others: [(name: String, value: Value)] = []
      var value = StructureValue(count: known?.shape.members.count ?? 0)
      for field in error.fields {
        if let member = known?.shape.member(field.name) {
          value[member.position] = field.value
        } else {
          others.append(field)
        }
      }
      if let known { writer.members(value, known.shape) }
      for field in others {
        if let text = Scalars.text(field.value, .iso8601) { writer.element(field.name, text) }
      }
    }
    if wireProtocol == .ec2 {
      writer.declaration()
      writer.open("Response")
      writer.open("Errors")
      writer.open("Error")
      content(&writer, hasType: false)
      writer.close("Error")
      writer.close("Errors")
      writer.element("RequestID", requestID)
      writer.close("Response")
    } else if wireProtocol == .restXML, model.hasBareErrors {
      writer.declaration()
      writer.open("Error")
      content(&writer, hasType: false)
      writer.element("RequestId", requestID)
      writer.element("HostId", hostID ?? Codec.hostID(requestID))
      writer.close("Error")
    } else {
      writer.open("ErrorResponse", namespace: model.xmlNamespace.map { XMLNamespace(uri: $0, prefix: nil) })
      writer.open("Error")
      content(&writer, hasType: true)
      writer.close("Error")
      writer.element("RequestId", requestID)
      writer.close("ErrorResponse")
    }
    return writer.bytes
  }
}
