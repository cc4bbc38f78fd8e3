/// Finds the operation that a request asks a service for.
public enum Router {
  /// The operation of a request.
  /// - Throws: AWS's error for an operation that doesn't exist, or the program's `NotImplemented` for one of AWS's that isn't
  ///   built.
  public static func operation(
    of request: WireRequest, in model: ServiceModel, by wireProtocol: WireProtocol
  ) throws(AWSError) -> OperationModel {
    let name = try name(of: request, in: model, by: wireProtocol)
    if let operation = model.operations[name] { return operation }
    if model.isUnbuilt(name) { throw notBuilt(name, model) }
    throw unknown(name, request, model, wireProtocol)
  }

  /// The operation's name in the AWS API, built or not.
  /// - Throws: AWS's error when the request names none.
  public static func name(
    of request: WireRequest, in model: ServiceModel, by wireProtocol: WireProtocol
  ) throws(AWSError) -> String {
    switch wireProtocol {
    case .query, .ec2:
      guard let name = FormReader.parameter("Action", in: request), !name.isEmpty else {
        // unverified: the wording of AWS's MissingAction.
        throw AWSError("MissingAction", "The request is missing an action or a required parameter.", status: 400)
      }
      return name
    case .json10, .json11:
      guard let target = request.header("x-amz-target"), let dot = target.utf8.lastIndex(of: UInt8(ascii: ".")) else {
        throw AWSError("UnknownOperationException", "", status: 400)
      }
      return String(target[target.utf8.index(after: dot)...])
    case .cbor:
      let parts = URIPattern.split(request.path)
      guard parts.count >= 4, parts[parts.count - 4] == "service", parts[parts.count - 2] == "operation",
        request.method == "POST"
      else { throw AWSError("UnknownOperationException", "", status: 404) }
      return String(parts[parts.count - 1])
    case .restJSON, .restXML:
      switch model.routes.match(request) {
      case .operation(let name): return name
      case .wrongMethod: throw unknown("", request, model, wireProtocol, isKnownPath: true)
      case .none: throw unknown("", request, model, wireProtocol)
      }
    }
  }

  /// An operation of AWS that isn't built here.
  static func notBuilt(_ name: String, _ model: ServiceModel) -> AWSError {
    AWSError(
      "NotImplemented",
      "\(model.serviceID) \(name) is not built in Hakoniwa; docs/\(ServiceModel.page(of: model.serviceID)).md lists what is.",
      status: 501, fault: .receiver)
  }

  private static func unknown(
    _ name: String, _ request: WireRequest, _ model: ServiceModel, _ wireProtocol: WireProtocol,
    isKnownPath: Bool = false
  ) -> AWSError {
    switch wireProtocol {
    case .query:
      AWSError("InvalidAction", "Could not find operation \(name) for version \(model.apiVersion)", status: 400)
    case .ec2: AWSError("InvalidAction", "The action \(name) is not valid for this web service.", status: 400)
    case .json10, .json11, .cbor:
      AWSError("UnknownOperationException", name.isEmpty ? "" : "Operation \(name) does not exist.", status: 400)
    case .restJSON:
      AWSError("UnknownOperationException", "", status: 404)
    case .restXML:
      AWSError(
        "MethodNotAllowed", "The specified method is not allowed against this resource.", status: 405,
        fields: [("Method", .string(request.method))])
    }
  }
}
