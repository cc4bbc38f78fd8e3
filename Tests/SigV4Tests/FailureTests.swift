import SigV4
import Testing

/// Requests that aren't accepted, and what AWS says to them.
@Suite("Authentication failures in AWS's words")
struct FailureTests {
  private static let time = BotocoreTests.time

  private static func refusal(
    _ request: SignedRequest, rules: VerificationRules? = nil, at now: SigningTime = time,
    lookUp: (PresentedAuthorization) -> SecretLookup = BotocoreTests.lookUp
  ) -> AuthenticationFailure? {
    guard case .refused(let failure) = SignatureVerifier().verify(request, rules: rules, now: now, lookUp: lookUp)
    else {
      return nil
    }
    return failure
  }

  private static func with(authorization: String?, date: String? = "20261125T010203Z") -> SignedRequest {
    var headers: [SignedRequest.Header] = [("Host", "iam.amazonaws.com")]
    if let date { headers.append(("X-Amz-Date", date)) }
    if let authorization { headers.append(("Authorization", authorization)) }
    return SignedRequest(method: "POST", path: "/", headers: headers)
  }

  private static func signed(_ credential: String) -> SignedRequest {
    with(authorization: "AWS4-HMAC-SHA256 Credential=\(credential), SignedHeaders=host;x-amz-date, Signature=00")
  }

  @Test("an unsigned request is anonymous, which a service may refuse")
  func anonymous() {
    guard case .anonymous = BotocoreTests.outcome(Self.with(authorization: nil)) else {
      Issue.record("not anonymous")
      return
    }
    let failure = AuthenticationFailure.missingToken
    #expect(failure.error(for: .query).code == "MissingAuthenticationToken")
    #expect(failure.error(for: .query).message == "Request is missing Authentication Token")
    #expect(failure.error(for: .query).status == 403)
    #expect(failure.error(for: .json).code == "MissingAuthenticationTokenException")
    #expect(failure.error(for: .json).status == 400)
    #expect(failure.error(for: .restJSON).message == "Missing Authentication Token")
    #expect(failure.error(for: .s3).code == "AccessDenied")
  }

  @Test("a header without its components names each one that is missing")
  func incomplete() {
    let failure = Self.refusal(Self.with(authorization: "AWS4-HMAC-SHA256", date: nil))
    let error = failure?.error(for: .query)
    #expect(error?.code == "IncompleteSignature")
    #expect(
      error?.message == "Authorization header requires 'Credential' parameter. "
        + "Authorization header requires 'Signature' parameter. "
        + "Authorization header requires 'SignedHeaders' parameter. "
        + "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. "
        + "(Hashed with SHA-256 and encoded with Base64) Authorization=YI2YWea8FSxnksZL2ETHbs5elHm9HQufxTLK0W0ffV0=")
    #expect(failure?.error(for: .s3).code == "AuthorizationHeaderMalformed")
    #expect(
      Self.refusal(Self.with(authorization: "Bearer abc"))?.error(for: .s3).message == "Unsupported Authorization Type")
    #expect(
      Self.refusal(Self.with(authorization: "Bearer abc"))?.error(for: .restJSON).message.hasPrefix(
        "Invalid key=value pair (missing equal-sign) in Authorization header") == true)
  }

  @Test("a credential has five elements")
  func credential() {
    let failure = Self.refusal(Self.signed("AKIDEXAMPLE/20261125/us-east-1/iam"))
    #expect(
      failure?.error(for: .query).message
        == "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, "
        + "got 'AKIDEXAMPLE/20261125/us-east-1/iam'")
    #expect(
      failure?.error(for: .s3).message
        == "The authorization header is malformed; the Credential is mal-formed; "
        + "expecting \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".")
  }

  @Test("a scope for another region, service, day or end is refused")
  func scope() {
    let rules = VerificationRules(services: ["iam"], region: "us-east-1")
    func message(_ credential: String, _ family: ProtocolFamily = .query) -> String? {
      Self.refusal(Self.signed(credential), rules: rules)?.error(for: family).message
    }
    #expect(
      message("AKIDEXAMPLE/20261125/eu-west-1/iam/aws4_request")
        == "Credential should be scoped to a valid region, not 'eu-west-1'. ")
    #expect(
      message("AKIDEXAMPLE/20261125/us-east-1/sts/aws4_request")
        == "Credential should be scoped to correct service: 'iam'. ")
    #expect(
      message("AKIDEXAMPLE/20261125/us-east-1/iam/aws3_request")
        == "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws3_request'. ")
    #expect(
      message("AKIDEXAMPLE/20261124/us-east-1/iam/aws4_request")
        == "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: "
        + "'20261124' != '20261125', from '20261125T010203Z'.")
    #expect(
      message("AKIDEXAMPLE/20261125/eu-west-1/sts/aws4_request")
        == "Credential should be scoped to a valid region, not 'eu-west-1'. "
        + "Credential should be scoped to correct service: 'iam'. ")
    let error = Self.refusal(Self.signed("AKIDEXAMPLE/20261125/eu-west-1/iam/aws4_request"), rules: rules)
    #expect(error?.error(for: .query).code == "SignatureDoesNotMatch")
    #expect(error?.error(for: .json).code == "InvalidSignatureException")
    #expect(
      error?.error(for: .s3).message
        == "The authorization header is malformed; the region 'eu-west-1' is wrong; expecting 'us-east-1'")
    #expect(error?.error(for: .s3).fields == [.init(name: "Region", value: "us-east-1")])
  }

  @Test("an unknown, switched off or expired key is worded by protocol")
  func keys() {
    let failure = Self.refusal(Self.signed("AKIDOTHER/20261125/us-east-1/iam/aws4_request"))
    #expect(failure == .unknownAccessKey("AKIDOTHER"))
    #expect(
      ProtocolFamily.allCases.compactMap { failure?.error(for: $0).code } == [
        "InvalidClientTokenId", "AuthFailure", "UnrecognizedClientException", "UnrecognizedClientException",
        "InvalidAccessKeyId",
      ])
    #expect(ProtocolFamily.allCases.compactMap { failure?.error(for: $0).status } == [403, 401, 400, 403, 403])
    #expect(failure?.error(for: .query).message == "The security token included in the request is invalid.")
    let expired = Self.refusal(BotocoreTests.restJSON) { _ in .expiredToken }
    #expect(expired?.error(for: .query).code == "ExpiredToken")
    #expect(expired?.error(for: .json).code == "ExpiredTokenException")
    #expect(expired?.error(for: .s3).fields == [.init(name: "Token-0", value: BotocoreTests.token)])
    let invalid = Self.refusal(BotocoreTests.s3) { _ in .invalidToken }
    #expect(invalid?.error(for: .s3).code == "InvalidToken")
    #expect(invalid?.error(for: .query).code == "InvalidClientTokenId")
  }

  @Test("a request 15 minutes off still passes, a second more doesn't")
  func skew() {
    #expect(Self.refusal(BotocoreTests.json, at: Self.time + 900) == nil)
    #expect(Self.refusal(BotocoreTests.json, at: Self.time - 900) == nil)
    let late = Self.refusal(BotocoreTests.json, at: Self.time + 901)
    #expect(
      late?.error(for: .json).message
        == "Signature expired: 20261125T010203Z is now earlier than 20261125T010204Z (20261125T011704Z - 15 min.)")
    #expect(late?.error(for: .json).code == "InvalidSignatureException")
    #expect(late?.error(for: .ec2).code == "RequestExpired")
    let early = Self.refusal(BotocoreTests.json, at: Self.time - 901)
    #expect(
      early?.error(for: .query).message
        == "Signature not yet current: 20261125T010203Z is still later than 20261125T010202Z "
        + "(20261125T004702Z + 15 min.)")
    let s3 = Self.refusal(BotocoreTests.s3, at: Self.time + 901)?.error(for: .s3)
    #expect(s3?.code == "RequestTimeTooSkewed")
    #expect(
      s3?.fields == [
        .init(name: "RequestTime", value: "20261125T010203Z"), .init(name: "ServerTime", value: "2026-11-25T01:17:04Z"),
        .init(name: "MaxAllowedSkewMilliseconds", value: "900000"),
      ])
  }

  @Test("a presigned URL lasts as long as it says, STS's 15 minutes whatever it says")
  func presigned() {
    #expect(Self.refusal(BotocoreTests.presigned, at: Self.time + 3600) == nil)
    let error = Self.refusal(BotocoreTests.presigned, at: Self.time + 3601)?.error(for: .s3)
    #expect(error?.code == "AccessDenied")
    #expect(error?.message == "Request has expired")
    #expect(
      error?.fields == [
        .init(name: "X-Amz-Expires", value: "3600"), .init(name: "Expires", value: "2026-11-25T02:02:03Z"),
        .init(name: "ServerTime", value: "2026-11-25T02:02:04Z"),
      ])
    #expect(
      Self.refusal(BotocoreTests.presigned, at: Self.time - 901)?.error(for: .s3).message == "Request is not valid yet")
    #expect(Self.refusal(BotocoreTests.presignedSTS, at: Self.time + 900) == nil)
    #expect(
      Self.refusal(BotocoreTests.presignedSTS, at: Self.time + 901)?.error(for: .query).code == "SignatureDoesNotMatch")
  }

  @Test("the parameters of a presigned URL are checked")
  func presignedParameters() {
    func error(_ old: String, _ new: String) -> AuthenticationError? {
      var request = BotocoreTests.presigned
      guard let range = request.query.firstRange(of: old) else { return nil }
      request.query.replaceSubrange(range, with: new)
      return Self.refusal(request)?.error(for: .s3)
    }
    #expect(error("Expires=3600", "Expires=604801")?.code == "AuthorizationQueryParametersError")
    #expect(
      error("Expires=3600", "Expires=604801")?.message.hasPrefix("X-Amz-Expires must be less than a week") == true)
    #expect(error("Expires=3600", "Expires=-1")?.message == "X-Amz-Expires must be non-negative")
    #expect(error("Expires=3600", "Expires=x")?.message == "X-Amz-Expires should be a number")
    #expect(error("&X-Amz-Expires=3600", "")?.code == "AuthorizationQueryParametersError")
    #expect(error("&X-Amz-Date=20261125T010203Z", "")?.message.hasPrefix("Query-string authentication") == true)
    #expect(error("Date=20261125T010203Z", "Date=x")?.message.hasPrefix("X-Amz-Date must be in the ISO8601") == true)
    #expect(error("AWS4-HMAC-SHA256", "AWS4-HMAC-SHA1")?.message.hasPrefix("X-Amz-Algorithm only supports") == true)
    #expect(error("versionId=null", "versionId=nulL")?.code == "SignatureDoesNotMatch")
    #expect(error("%2Feu-west-1", "")?.message.hasPrefix("Error parsing the X-Amz-Credential parameter") == true)
  }

  @Test("older and asymmetric signatures are recognised and refused")
  func unsupported() {
    let version2 = Self.refusal(Self.with(authorization: "AWS AKIDEXAMPLE:c2ln"))
    #expect(version2 == .unsupported(.version2))
    #expect(
      version2?.error(for: .s3).message
        == "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.")
    var query = Self.with(authorization: nil)
    query.query = "AWSAccessKeyId=AKIDEXAMPLE&Expires=1&Signature=c2ln"
    #expect(Self.refusal(query) == .unsupported(.version2))
    let asymmetric = Self.with(
      authorization: "AWS4-ECDSA-P256-SHA256 Credential=a/20261125/s3/aws4_request, SignedHeaders=host, Signature=00")
    #expect(Self.refusal(asymmetric) == .unsupported(.version4A))
    query.query = "X-Amz-Algorithm=AWS4-ECDSA-P256-SHA256&X-Amz-Signature=00"
    #expect(Self.refusal(query) == .unsupported(.version4A))
    query.headers.append(("authorization", "AWS AKIDEXAMPLE:c2ln"))
    #expect(Self.refusal(query) == .severalMechanisms)
  }

  @Test("a wrong signature is answered with what should have been signed")
  func mismatch() {
    var request = BotocoreTests.s3
    request.headers[1].value = "c"
    let s3 = Self.refusal(request)?.error(for: .s3)
    #expect(s3?.code == "SignatureDoesNotMatch")
    #expect(
      s3?.fields.map(\.name) == [
        "AWSAccessKeyId", "StringToSign", "SignatureProvided", "StringToSignBytes", "CanonicalRequest",
        "CanonicalRequestBytes",
      ])
    #expect(s3?.fields[3].value.hasPrefix("41 57 53 34 2d 48 4d 41 43") == true)
    #expect(s3?.fields[4].value.contains("\nx-amz-meta-k:c\n") == true)
    var json = BotocoreTests.json
    json.payload = .bytes([])
    let message = Self.refusal(json)?.error(for: .query).message
    #expect(
      message?.contains("\n\nThe Canonical String for this request should have been\n'POST\n/\n\ncontent-type:") == true
    )
    #expect(message?.contains("\n\nThe String-to-Sign should have been\n'AWS4-HMAC-SHA256\n20261125T010203Z\n") == true)
  }

  @Test("S3 wants every x-amz- header signed, everybody wants the host")
  func unsignedHeaders() {
    var request = BotocoreTests.s3
    request.headers.append(("X-Amz-Acl", "public-read"))
    let error = Self.refusal(request)?.error(for: .s3)
    #expect(error?.message == "There were headers present in the request which were not signed")
    #expect(error?.fields == [.init(name: "HeadersNotSigned", value: "x-amz-acl")])
    let hostless = Self.with(
      authorization: "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261125/us-east-1/iam/aws4_request, "
        + "SignedHeaders=x-amz-date, Signature=00")
    #expect(
      Self.refusal(hostless)?.error(for: .query).message
        == "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.")
  }

  @Test("S3 wants to know the body's hash")
  func contentHash() {
    var request = BotocoreTests.s3
    request.headers[4].value = "nonsense"
    #expect(Self.refusal(request)?.error(for: .s3).code == "InvalidArgument")
    request.headers.remove(at: 4)
    #expect(
      Self.refusal(request)?.error(for: .s3).message == "Missing required header for this request: x-amz-content-sha256"
    )
  }
}
