import Cloud
import Identity
import SigV4
import Wire

/// A request on its way through the house: what is known of it so far.
struct Call: Sendable {
  let request: HTTPRequest
  /// The id that the answer carries.
  var requestID = ""
  /// What the request says of its signature; nothing if it is unsigned.
  var authorization: PresentedAuthorization?
  /// The same of a presigned URL of the old version, which only S3 takes.
  var presigned: PresignedVersion2?
  var route: ServiceRouter.Route?
  var operation: OperationModel?
  /// The body, when it has been collected, as it was sent.
  var body: [UInt8] = []
  /// What is in it, if it was compressed.
  var content: [UInt8]?
  /// The input, or why it cannot be read; told only to callers whose signature is right.
  var input: Result<StructureValue, AWSError> = .failure(.internalFailure())
  /// What the handler notes for those who look at the call afterwards; nothing for services that nobody looks at.
  var notes: CallNotes?
  /// What the call was refused with.
  var refusal: AWSError?
  /// The facts, where they aren't the request's own: of a form, whose fields are headers.
  var formFacts: RequestFacts?

  init(request: HTTPRequest) { self.request = request }

  /// Whether the request is for S3, whose ids and errors have a form of their own.
  var isStorage: Bool { route?.service.model.signingName == "s3" }

  /// The Region that was asked.
  func region(default fallback: Region) -> Region {
    if route?.service.isGlobal == true { return .usEast1 }
    return authorization.flatMap { Region($0.scope.region) } ?? fallback
  }

  /// How the service words refusals of signatures.
  var family: ProtocolFamily {
    guard let route else { return request.first("x-amz-target") == nil ? .query : .json }
    if isStorage { return .s3 }
    switch route.wireProtocol {
    case .query, .restXML: return .query
    case .ec2: return .ec2
    case .json10, .json11, .cbor: return .json
    case .restJSON: return .restJSON
    }
  }

  /// The request as the codec sees it, with a virtual host's bucket in front of the path.
  var wireRequest: WireRequest {
    var path = request.path
    if let bucket = route?.virtualHostBucket { path = "/" + bucket + path }
    return WireRequest(
      method: request.method, path: path, query: request.query, headers: request.headers, body: content ?? body)
  }

  /// The request as the signature covers it.
  func signedRequest(isStreamed: Bool) -> SignedRequest {
    SignedRequest(
      method: request.method, path: request.path, query: request.query, headers: request.headers,
      payload: isStreamed ? .streamed : .bytes(body))
  }

  /// The facts that handlers and policies may look at.
  var facts: RequestFacts {
    if let formFacts { return formFacts }
    return RequestFacts(
      method: request.method, path: request.path, query: request.query, headers: request.headers,
      sourceIP: request.remoteAddress, isSecure: request.isTLS)
  }

  // MARK: Answers

  /// An error as the service words it.
  func failure(_ error: AWSError) -> HTTPResponse {
    guard let route else { return plainFailure(error) }
    let codec = Codec(route.wireProtocol)
    var response = codec.encodeError(error, model: route.service.model, requestID: requestID)
    if request.method == "HEAD" { response.body = [] }
    return HTTPResponse(status: response.status, headers: response.headers, body: .bytes(response.body))
  }

  /// An error for a request that is not known to be for any service: in the form that the client seems to speak.
  private func plainFailure(_ error: AWSError) -> HTTPResponse {
    let status = error.status ?? 400
    if request.first("x-amz-target") != nil || request.first("content-type")?.contains("json") == true {
      let body = "{\"__type\":\"\(error.code)\",\"message\":\(JSONText.quoted(error.message))}"
      return HTTPResponse(
        status: status,
        headers: [("content-type", "application/x-amz-json-1.0"), ("x-amzn-requestid", requestID)],
        body: .bytes(Array(body.utf8)))
    }
    let body = """
      <?xml version="1.0" encoding="UTF-8"?>
      <ErrorResponse><Error><Type>Sender</Type><Code>\(error.code)</Code><Message>\(JSONText.escapedXML(error.message))\
      </Message></Error><RequestId>\(requestID)</RequestId></ErrorResponse>
      """
    return HTTPResponse(
      status: status, headers: [("content-type", "text/xml"), ("x-amzn-requestid", requestID)],
      body: .bytes(Array(body.utf8)))
  }
}

/// Text in the two forms of errors that come before any codec is known.
enum JSONText {
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case _ where scalar.value < 0x20: result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  static func escapedXML(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "&": result += "&amp;"
      case _ where scalar.value < 0x20: result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
