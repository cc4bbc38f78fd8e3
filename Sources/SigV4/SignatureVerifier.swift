/// Decides whether requests were signed by whom they name.
///
/// A value that may be shared by all connections; the only state is the cache of signing keys. Verifying takes about as
/// long as hashing the canonical request when the key is cached.
public struct SignatureVerifier: Sendable {
  /// The keys derived so far.
  public let keys: SigningKeyCache

  /// A verifier that derives keys through `keys`.
  public init(keys: SigningKeyCache = SigningKeyCache()) { self.keys = keys }

  /// Verifies a request.
  /// - Parameters:
  ///   - rules: what the receiver demands; nil takes the rules of the service the scope names.
  ///   - now: the receiver's time.
  ///   - lookUp: finds the secret of the access key, and checks its token; called at most once.
  public func verify(
    _ request: SignedRequest, rules: VerificationRules? = nil, now: SigningTime,
    lookUp: (PresentedAuthorization) -> SecretLookup
  ) -> VerificationOutcome {
    do throws(AuthenticationFailure) {
      guard let presented = try PresentedAuthorization.parse(request) else { return .anonymous }
      return .verified(try verify(request, presented, rules: rules, now: now, lookUp: lookUp))
    } catch {
      return .refused(error)
    }
  }

  /// Verifies a request whose authorization has been read already, for instance to find the service by its scope.
  public func verify(
    _ request: SignedRequest, _ presented: PresentedAuthorization, rules: VerificationRules? = nil, now: SigningTime,
    lookUp: (PresentedAuthorization) -> SecretLookup
  ) throws(AuthenticationFailure) -> VerifiedSignature {
    let rules = rules ?? .of(signingName: presented.scope.service)
    let payload = try Self.payload(of: request, presented, rules.style)
    // unverified: S3 looks at scope and time first, the others at the key first.
    if rules.style == .s3 {
      try Self.checkScope(presented, rules)
      try Self.checkTime(presented, rules, now)
      try Self.checkSignedHeaders(request, presented, rules.style)
    }
    let secret = try Self.secret(lookUp(presented), presented)
    if rules.style == .standard {
      try Self.checkScope(presented, rules)
      try Self.checkTime(presented, rules, now)
      try Self.checkSignedHeaders(request, presented, rules.style)
    }
    let key = keys.key(accessKeyID: presented.accessKeyID, secret: secret, scope: presented.scope)
    let canonical = CanonicalRequest.bytes(
      of: request, signedHeaders: presented.signedHeaders, style: rules.style, payloadHash: payload.line)
    let stringToSign = CanonicalRequest.stringToSign(
      canonical: canonical, time: presented.timeText, scope: presented.scope)
    guard ByteText.equalInConstantTime(key.signatureBytes(of: stringToSign), presented.signature) else {
      throw .signatureMismatch(
        .init(
          accessKeyID: presented.accessKeyID, signatureProvided: presented.signature,
          stringToSign: String(decoding: stringToSign, as: UTF8.self),
          canonicalRequest: String(decoding: canonical, as: UTF8.self)))
    }
    if let mismatch = payload.mismatch { throw mismatch }
    return VerifiedSignature(authorization: presented, payloadCheck: payload.check, signingKey: key)
  }

  /// What `answer` means for the request.
  static func secret(
    _ answer: SecretLookup, _ presented: PresentedAuthorization
  ) throws(AuthenticationFailure) -> String {
    switch answer {
    case .secret(let secret): return secret
    case .unknownAccessKey: throw .unknownAccessKey(presented.accessKeyID)
    case .inactiveAccessKey: throw .inactiveAccessKey(presented.accessKeyID)
    case .invalidToken: throw .invalidToken(accessKeyID: presented.accessKeyID, token: presented.securityToken)
    case .expiredToken: throw .expiredToken(accessKeyID: presented.accessKeyID, token: presented.securityToken)
    }
  }

  static func checkScope(
    _ presented: PresentedAuthorization, _ rules: VerificationRules
  ) throws(AuthenticationFailure) {
    let scope = presented.scope
    var problems: [AuthenticationFailure.ScopeProblem] = []
    if let region = rules.region, region != scope.region {
      problems.append(.region(given: scope.region, expected: region))
    }
    if let first = rules.services.first, !rules.services.contains(scope.service) {
      problems.append(.service(given: scope.service, expected: first))
    }
    if scope.terminator != CredentialScope.terminator { problems.append(.terminator(given: scope.terminator)) }
    if !presented.timeText.utf8.starts(with: scope.date.utf8) || scope.date.utf8.count != 8 {
      problems.append(
        .date(given: scope.date, expected: presented.time.dateText, time: presented.timeText))
    }
    if !problems.isEmpty { throw .wrongScope(problems, place: presented.place) }
  }

  private static func checkTime(
    _ presented: PresentedAuthorization, _ rules: VerificationRules, _ now: SigningTime
  ) throws(AuthenticationFailure) {
    let time = presented.time
    let allowed = rules.allowedSkew
    guard presented.place == .query else {
      if time < now - allowed { throw .expired(time: time, now: now, allowed: allowed) }
      if time > now + allowed { throw .notYetValid(time: time, now: now, allowed: allowed) }
      return
    }
    if time > now + allowed { throw .presignedNotYetValid(time: time, now: now, allowed: allowed) }
    guard rules.honoursExpires, let expires = presented.expires else {
      if rules.style == .s3 { throw .incomplete(missing: [.expires], place: .query, text: "") }
      if time < now - allowed { throw .expired(time: time, now: now, allowed: allowed) }
      return
    }
    if time + expires < now { throw .presignedExpired(time: time, expires: expires, now: now) }
  }

  private static func checkSignedHeaders(
    _ request: SignedRequest, _ presented: PresentedAuthorization, _ style: CanonicalStyle
  ) throws(AuthenticationFailure) {
    var unsigned: [String] = []
    if !presented.signs(header: "host"), !presented.signs(header: ":authority") { unsigned.append("host") }
    if style == .s3 {
      for header in request.headers where header.name.utf8.count > 6 {
        let prefix = header.name.utf8.prefix(6).map { ByteText.lower($0) }
        guard prefix.elementsEqual("x-amz-".utf8) else { continue }
        let name = header.name.lowercased()
        if presented.signs(header: name) { continue }
        // unverified: a hash of the body adds no authority, so a presigned URL tolerates it.
        if presented.place == .query, name == "x-amz-content-sha256" { continue }
        unsigned.append(name)
      }
    }
    if !unsigned.isEmpty { throw .headersNotSigned(unsigned) }
  }

  /// The last line of the canonical request, and what it means for the body.
  private struct PayloadLine {
    var line: [UInt8]
    var check: VerifiedSignature.PayloadCheck
    /// Thrown only after the signature itself has been found right.
    var mismatch: AuthenticationFailure?
  }

  private static func payload(
    of request: SignedRequest, _ presented: PresentedAuthorization, _ style: CanonicalStyle
  ) throws(AuthenticationFailure) -> PayloadLine {
    guard let claimed = claimedPayload(of: request, presented, style) else {
      if style == .s3 {
        guard presented.place == .query else { throw .missingContentSHA256 }
        return PayloadLine(line: Array("UNSIGNED-PAYLOAD".utf8), check: .unsigned)
      }
      guard let digest = digest(of: request.payload) else { throw .missingContentSHA256 }
      return PayloadLine(line: digest, check: .done)
    }
    let line = Array(claimed.utf8)
    if claimed == "UNSIGNED-PAYLOAD" { return PayloadLine(line: line, check: .unsigned) }
    if let kind = ChunkedBodyKind(rawValue: claimed) { return PayloadLine(line: line, check: .chunked(kind)) }
    if claimed.hasPrefix("STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD") { throw .unsupported(.version4A) }
    guard line.count == 64, line.allSatisfy({ ByteText.hexValue($0) != nil }) else {
      throw .malformedContentSHA256(claimed)
    }
    guard let digest = digest(of: request.payload) else { return PayloadLine(line: line, check: .sha256(claimed)) }
    // Services other than S3 hash the body themselves and sign that; S3 signs the header and compares afterwards.
    if style == .standard { return PayloadLine(line: digest, check: .done) }
    let mismatch: AuthenticationFailure? =
      digest == line
      ? nil : .payloadMismatch(claimed: claimed, computed: String(decoding: digest, as: UTF8.self))
    return PayloadLine(line: line, check: .done, mismatch: mismatch)
  }

  /// What the request itself says of its body.
  private static func claimedPayload(
    of request: SignedRequest, _ presented: PresentedAuthorization, _ style: CanonicalStyle
  ) -> String? {
    let header = SignatureHeaders(request.headers).contentSHA256
    guard presented.place == .query else {
      // Elsewhere than in S3 a header that isn't signed must not weaken the signature.
      return style == .s3 || presented.signs(header: "x-amz-content-sha256") ? header : nil
    }
    if let header, presented.signs(header: "x-amz-content-sha256") { return header }
    return QueryParameters(request.query)["X-Amz-Content-Sha256"]
  }

  private static func digest(of payload: SignedRequest.Payload) -> [UInt8]? {
    switch payload {
    case .bytes(let bytes): bytes.isEmpty ? Array(Digests.emptySHA256Text.utf8) : ByteText.hex(Digests.sha256(bytes))
    case .sha256(let digest): ByteText.hex(digest)
    case .streamed: nil
    }
  }
}
