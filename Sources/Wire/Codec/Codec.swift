/// One of AWS's protocols, server side: requests become values, values and errors become answers.
///
/// The codec knows no service; what differs between services is in their models.
public struct Codec: Sendable {
  public let wireProtocol: WireProtocol

  public init(_ wireProtocol: WireProtocol) { self.wireProtocol = wireProtocol }

  /// Reads an operation's input. A streaming member stays null: its bytes go elsewhere.
  /// - Throws: the error by which AWS refuses such a request (`SerializationException`, `MalformedXML`, …).
  public func decodeInput(
    _ request: WireRequest, operation: OperationModel, model: ServiceModel
  ) throws(AWSError) -> StructureValue {
    guard let shape = operation.input else { return .empty }
    do throws(CodecFailure) {
      switch wireProtocol {
      case .json10, .json11:
        return request.body.isEmpty
          ? StructureValue(count: shape.members.count) : try JSONReader.structure(request.body, shape, model)
      case .cbor:
        return request.body.isEmpty
          ? StructureValue(count: shape.members.count) : try CBORReader.structure(request.body, shape, model)
      case .query: return try FormReader.structure(request, shape, model, isEC2: false)
      case .ec2: return try FormReader.structure(request, shape, model, isEC2: true)
      case .restJSON, .restXML: return try restInput(request, shape, operation, model)
      }
    } catch {
      throw refusal(error, model)
    }
  }

  private func restInput(
    _ request: WireRequest, _ shape: Shape, _ operation: OperationModel, _ model: ServiceModel
  ) throws(CodecFailure) -> StructureValue {
    var result = StructureValue(count: shape.members.count)
    if let payload = shape.payload {
      let member = shape.members[payload]
      if !member.isStreaming, !request.body.isEmpty {
        result.members[payload] = try payloadValue(request.body, model.shapes[member.shape], model)
      }
    } else if !request.body.isEmpty, operation.streamingInputMember == nil,
      shape.members.contains(where: { $0.location == .body })
    {
      result =
        wireProtocol == .restJSON
        ? try JSONReader.structure(request.body, shape, model)
        : try XMLShapeReader.structure(request.body, shape, model)
    }
    if shape.hasBindings { try RESTReader(request, operation, model).readBindings(of: shape, into: &result) }
    return result
  }

  private func payloadValue(_ body: [UInt8], _ shape: Shape, _ model: ServiceModel) throws(CodecFailure) -> Value {
    switch shape.kind {
    case .blob: .blob(body)
    case .structure, .union:
      .structure(
        wireProtocol == .restJSON
          ? try JSONReader.structure(body, shape, model) : try XMLShapeReader.structure(body, shape, model))
    case .document: .document(try JSONReader.document(body))
    default: try Scalars.read(String(decoding: body, as: UTF8.self), shape, .iso8601, name: shape.name)
    }
  }

  /// Words a failure to read as the protocol's services do.
  private func refusal(_ failure: CodecFailure, _ model: ServiceModel) -> AWSError {
    switch wireProtocol {
    case .json10, .json11, .cbor, .restJSON:
      return AWSError("SerializationException", failure.reason, status: 400)
    case .query:
      // unverified: the message; the code is that of AWS's query services.
      return AWSError("MalformedInput", failure.reason, status: 400)
    case .ec2:
      guard case .value(let name, let text, _) = failure else {
        return AWSError("MalformedInput", failure.reason, status: 400)
      }
      return AWSError("InvalidParameterValue", "Invalid value '\(text)' for \(name).", status: 400)
    case .restXML:
      guard case .value(let name, let text, _) = failure, !name.isEmpty, model.hasBareErrors, !name.isCapitalized else {
        return AWSError(
          "MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema",
          status: 400)
      }
      let message =
        name == "partNumber"
        ? "Part number must be an integer between 1 and 10000, inclusive"
        : "Provided \(name) not an integer or within integer range"
      return AWSError(
        "InvalidArgument", message, status: 400,
        fields: [("ArgumentName", .string(name)), ("ArgumentValue", .string(text))])
    }
  }
}

extension String {
  /// S3's XML elements begin with a capital, its parameters and headers don't.
  fileprivate var isCapitalized: Bool { utf8.first.map { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") } ?? false }
}
