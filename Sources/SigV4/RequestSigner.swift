/// Signs requests as AWS's SDKs do.
public struct RequestSigner: Sendable {
  public let accessKeyID: String
  /// The token of temporary credentials.
  public let sessionToken: String?
  public let region: String
  /// The service's signing name.
  public let service: String

  private let secret: String
  private let style: CanonicalStyle
  private let keys: SigningKeyCache

  /// Headers that proxies or HTTP itself change, never signed.
  private static let unsigned: Set<String> = [
    "authorization", "connection", "expect", "transfer-encoding", "user-agent", "x-amzn-trace-id",
  ]

  /// A signer for one caller, region and service; `keys` may be shared with others.
  public init(
    accessKeyID: String, secretAccessKey: String, sessionToken: String? = nil, region: String, service: String,
    keys: SigningKeyCache = SigningKeyCache(capacity: 16)
  ) {
    self.accessKeyID = accessKeyID
    self.secret = secretAccessKey
    self.sessionToken = sessionToken
    self.region = region
    self.service = service
    self.style = VerificationRules.of(signingName: service).style
    self.keys = keys
  }

  /// The steps of a signature, for those who compare them with another implementation's.
  public struct Trace: Hashable, Sendable {
    public var canonicalRequest: String
    public var stringToSign: String
    public var signature: String
  }

  /// The headers to add to `request`: `X-Amz-Date` unless there, `X-Amz-Security-Token` for temporary credentials,
  /// `X-Amz-Content-SHA256` for S3 or when `payloadMarker` is given, and `Authorization`.
  /// - Parameter payloadMarker: stands for the body's hash, for instance `UNSIGNED-PAYLOAD` or a `ChunkedBodyKind`'s.
  public func headers(
    signing request: SignedRequest, at time: SigningTime, payloadMarker: String? = nil
  ) -> [SignedRequest.Header] {
    var request = request
    var added: [SignedRequest.Header] = []
    if request.header("x-amz-date") == nil { added.append(("X-Amz-Date", time.basicText)) }
    if let sessionToken, request.header("x-amz-security-token") == nil {
      added.append(("X-Amz-Security-Token", sessionToken))
    }
    let hash =
      payloadMarker ?? request.header("x-amz-content-sha256")
      ?? Self.payloadHash(request.payload)
    if style == .s3 || payloadMarker != nil, request.header("x-amz-content-sha256") == nil {
      added.append(("X-Amz-Content-SHA256", hash))
    }
    request.headers += added
    let timeText = request.header("x-amz-date") ?? time.basicText
    let names = Self.signedHeaders(request)
    let trace = trace(request, signedHeaders: names, payloadHash: hash, timeText: timeText)
    let scope = scope(timeText)
    added.append(
      (
        "Authorization",
        "AWS4-HMAC-SHA256 Credential=\(accessKeyID)/\(scope.text), SignedHeaders=\(names), Signature=\(trace.signature)"
      ))
    return added
  }

  /// The steps of signing `request` as it stands, without adding anything; `X-Amz-Date` must be among its headers for
  /// the result to mean anything.
  public func trace(_ request: SignedRequest) -> Trace {
    trace(
      request, signedHeaders: Self.signedHeaders(request),
      payloadHash: request.header("x-amz-content-sha256") ?? Self.payloadHash(request.payload),
      timeText: request.header("x-amz-date") ?? "")
  }

  /// The whole query of a presigned URL for `request`, good for `expires` seconds.
  ///
  /// S3's bodies stay unsigned; elsewhere the body is covered. All headers of `request` are signed.
  public func presignedQuery(for request: SignedRequest, expires: Int64, at time: SigningTime) -> String {
    var request = request
    let timeText = time.basicText
    let names = Self.signedHeaders(request)
    var parameters = [
      ("X-Amz-Algorithm", "AWS4-HMAC-SHA256"), ("X-Amz-Credential", "\(accessKeyID)/\(scope(timeText).text)"),
      ("X-Amz-Date", timeText), ("X-Amz-Expires", String(expires)), ("X-Amz-SignedHeaders", names),
    ]
    if let sessionToken { parameters.append(("X-Amz-Security-Token", sessionToken)) }
    let added = parameters.map { "\($0.0)=\(PercentCoding.encode($0.1))" }.joined(separator: "&")
    request.query += request.query.isEmpty ? added : "&" + added
    let hash = style == .s3 ? "UNSIGNED-PAYLOAD" : Self.payloadHash(request.payload)
    let trace = trace(request, signedHeaders: names, payloadHash: hash, timeText: timeText)
    return "\(request.query)&X-Amz-Signature=\(trace.signature)"
  }

  /// The signature fields of an HTML form with this policy (base64).
  public func form(policy: String, at time: SigningTime) -> PostPolicySignature {
    let timeText = time.basicText
    return PostPolicySignature(
      policy: policy, algorithm: "AWS4-HMAC-SHA256", credential: "\(accessKeyID)/\(scope(timeText).text)",
      date: timeText, signature: key(timeText).signature(of: policy.utf8), securityToken: sessionToken)
  }

  /// The chain that signs the chunks of a body, after its request has been signed at `time` with `seedSignature`.
  public func chunkSigning(seedSignature: String, at time: SigningTime) -> ChunkSigning {
    let timeText = time.basicText
    return ChunkSigning(
      key: key(timeText), accessKeyID: accessKeyID, time: timeText, scope: scope(timeText).text,
      seedSignature: seedSignature)
  }

  private func scope(_ timeText: String) -> CredentialScope {
    CredentialScope(date: String(timeText.prefix(8)), region: region, service: service)
  }

  private func key(_ timeText: String) -> SigningKey {
    keys.key(accessKeyID: accessKeyID, secret: secret, scope: scope(timeText))
  }

  private func trace(
    _ request: SignedRequest, signedHeaders: String, payloadHash: String, timeText: String
  ) -> Trace {
    let canonical = CanonicalRequest.bytes(
      of: request, signedHeaders: signedHeaders, style: style, payloadHash: Array(payloadHash.utf8))
    let stringToSign = CanonicalRequest.stringToSign(
      canonical: canonical, time: timeText, scope: scope(timeText))
    return Trace(
      canonicalRequest: String(decoding: canonical, as: UTF8.self),
      stringToSign: String(decoding: stringToSign, as: UTF8.self), signature: key(timeText).signature(of: stringToSign))
  }

  private static func signedHeaders(_ request: SignedRequest) -> String {
    Set(request.headers.map { $0.name.lowercased() }).subtracting(unsigned).sorted().joined(separator: ";")
  }

  private static func payloadHash(_ payload: SignedRequest.Payload) -> String {
    switch payload {
    case .bytes(let bytes): String(decoding: ByteText.hex(Digests.sha256(bytes)), as: UTF8.self)
    case .sha256(let digest): String(decoding: ByteText.hex(digest), as: UTF8.self)
    case .streamed: "UNSIGNED-PAYLOAD"
    }
  }
}
