import SigV4
import Testing

/// Requests signed by botocore 1.x at 2026-11-25T01:02:03Z.
@Suite("Requests signed by botocore")
struct BotocoreTests {
  static let time = SigningTime("20261125T010203Z") ?? SigningTime(epochSeconds: 0)
  static let token = "FwoGZXIvYXdzEBYaDH//token+=="

  static func lookUp(_ presented: PresentedAuthorization) -> SecretLookup {
    switch (presented.accessKeyID, presented.securityToken) {
    case ("AKIDEXAMPLE", nil): .secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
    case ("ASIAEXAMPLE", token): .secret("secret/with+signs")
    case ("AKIDEXAMPLE", _), ("ASIAEXAMPLE", _): .invalidToken
    default: .unknownAccessKey
    }
  }

  static let json = SignedRequest(
    method: "POST", path: "/",
    headers: [
      ("Host", "dynamodb.eu-west-1.amazonaws.com"), ("X-Amz-Target", "DynamoDB_20120810.DescribeTable"),
      ("Content-Type", "application/x-amz-json-1.0"), ("X-Amz-Date", "20261125T010203Z"),
      (
        "Authorization",
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261125/eu-west-1/dynamodb/aws4_request, "
          + "SignedHeaders=content-type;host;x-amz-date;x-amz-target, "
          + "Signature=18c2249615bbf8a5b8f46eda2092c2786eca8415438e8a163c96b220f3d358fb"
      ), ("Content-Length", "17"),
    ], payload: .bytes(Array(#"{"TableName":"x"}"#.utf8)))

  static let restJSON = SignedRequest(
    method: "GET", path: "/2015-03-31/functions/arn%3Aaws%3Alambda%3Aeu-west-1%3A1%3Afunction%3Af/policy",
    query: "Qualifier=%24LATEST&b=a%2Fb%20c",
    headers: [
      ("host", "lambda.eu-west-1.amazonaws.com"), ("X-Amz-Date", "20261125T010203Z"), ("X-Amz-Security-Token", token),
      (
        "Authorization",
        "AWS4-HMAC-SHA256 Credential=ASIAEXAMPLE/20261125/eu-west-1/lambda/aws4_request, "
          + "SignedHeaders=host;x-amz-date;x-amz-security-token, "
          + "Signature=5207dd172a241420303f1fef0e7b44abd7499ea3534cd2c44f3f174f21df29c4"
      ),
    ])

  static let s3 = SignedRequest(
    method: "PUT", path: "/a%20b//./c%2Bd%3D%E1%88%B4~%281%29",
    headers: [
      ("Host", "b.s3.eu-west-1.amazonaws.com"), ("x-amz-meta-k", " a   b "), ("X-Amz-Date", "20261125T010203Z"),
      ("X-Amz-Security-Token", token),
      ("X-Amz-Content-SHA256", "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"),
      (
        "Authorization",
        "AWS4-HMAC-SHA256 Credential=ASIAEXAMPLE/20261125/eu-west-1/s3/aws4_request, "
          + "SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-meta-k;x-amz-security-token, "
          + "Signature=05a3f75dc4178279c1b83fb4cd5d8bc354b144126caaa6b8742afb6a6e3e133f"
      ), ("Content-Length", "5"),
    ], payload: .bytes(Array("hello".utf8)))

  static let presigned = SignedRequest(
    method: "GET", path: "/k%20ey/%26",
    query: "versionId=null&response-content-type=text%2Fplain&X-Amz-Algorithm=AWS4-HMAC-SHA256"
      + "&X-Amz-Credential=ASIAEXAMPLE%2F20261125%2Feu-west-1%2Fs3%2Faws4_request&X-Amz-Date=20261125T010203Z"
      + "&X-Amz-Expires=3600&X-Amz-SignedHeaders=host"
      + "&X-Amz-Security-Token=FwoGZXIvYXdzEBYaDH%2F%2Ftoken%2B%3D%3D"
      + "&X-Amz-Signature=a3073ddd2fd17f24073b6d056ccd0cd7c6fa38a925e0e38ef6259bd765635367",
    headers: [("Host", "b.s3.eu-west-1.amazonaws.com"), ("User-Agent", "curl/8")], payload: .streamed)

  static let presignedSTS = SignedRequest(
    method: "GET", path: "/",
    query: "Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Algorithm=AWS4-HMAC-SHA256"
      + "&X-Amz-Credential=ASIAEXAMPLE%2F20261125%2Feu-west-1%2Fsts%2Faws4_request&X-Amz-Date=20261125T010203Z"
      + "&X-Amz-Expires=3600&X-Amz-SignedHeaders=host%3Bx-k8s-aws-id"
      + "&X-Amz-Security-Token=FwoGZXIvYXdzEBYaDH%2F%2Ftoken%2B%3D%3D"
      + "&X-Amz-Signature=5fbf2a9b89fab570bdaa1ac2191dd6b78b3dee2c92ddc91e7f5a2e36d4a9786a",
    headers: [("Host", "sts.eu-west-1.amazonaws.com"), ("x-k8s-aws-id", "cluster")])

  static let form = PostPolicySignature(
    policy: "eyJleHBpcmF0aW9uIjogIjIwMjYtMTItMDFUMDA6MDA6MDBaIiwgImNvbmRpdGlvbnMiOiBbeyJidWNrZXQiOiAiYiJ9LCB7IngtYW16"
      + "LWFsZ29yaXRobSI6ICJBV1M0LUhNQUMtU0hBMjU2In0sIHsieC1hbXotY3JlZGVudGlhbCI6ICJBU0lBRVhBTVBMRS8yMDI2MTEyNS9ldS13"
      + "ZXN0LTEvczMvYXdzNF9yZXF1ZXN0In0sIHsieC1hbXotZGF0ZSI6ICIyMDI2MTEyNVQwMTAyMDNaIn0sIHsieC1hbXotc2VjdXJpdHktdG9r"
      + "ZW4iOiAiRndvR1pYSXZZWGR6RUJZYURILy90b2tlbis9PSJ9XX0=",
    algorithm: "AWS4-HMAC-SHA256", credential: "ASIAEXAMPLE/20261125/eu-west-1/s3/aws4_request",
    date: "20261125T010203Z", signature: "322d8416dcb98a7713382b8fd04b8232b49bd891b3f5647add641084d1a96a77",
    securityToken: token)

  static func outcome(_ request: SignedRequest, at now: SigningTime = time) -> VerificationOutcome {
    SignatureVerifier().verify(request, now: now, lookUp: lookUp)
  }

  @Test("all verify, and say who, where and what service", arguments: [json, restJSON, s3, presigned, presignedSTS])
  func verified(request: SignedRequest) throws {
    guard case .verified(let signature) = Self.outcome(request) else {
      Issue.record("refused: \(Self.outcome(request))")
      return
    }
    #expect(signature.authorization.scope.region == "eu-west-1")
    #expect(signature.authorization.scope.date == "20261125")
    #expect(signature.authorization.time == Self.time)
    #expect(["dynamodb", "lambda", "s3", "sts"].contains(signature.authorization.scope.service))
  }

  @Test("a posted form's policy verifies, and a changed one doesn't")
  func postedForm() throws {
    let verifier = SignatureVerifier()
    #expect(try verifier.verify(Self.form, lookUp: Self.lookUp).authorization.accessKeyID == "ASIAEXAMPLE")
    var changed = Self.form
    changed.policy = "eyJ" + changed.policy
    #expect(throws: AuthenticationFailure.self) { try verifier.verify(changed, lookUp: Self.lookUp) }
    changed = Self.form
    changed.signature = nil
    #expect(throws: AuthenticationFailure.missingFormField("X-Amz-Signature")) {
      try verifier.verify(changed, lookUp: Self.lookUp)
    }
  }

  @Test("the signer presigns and signs forms as botocore does")
  func signer() {
    let signer = RequestSigner(
      accessKeyID: "ASIAEXAMPLE", secretAccessKey: "secret/with+signs", sessionToken: Self.token, region: "eu-west-1",
      service: "s3")
    var request = Self.presigned
    request.query = "versionId=null&response-content-type=text%2Fplain"
    request.headers.removeLast()
    #expect(signer.presignedQuery(for: request, expires: 3600, at: Self.time) == Self.presigned.query)
    #expect(signer.form(policy: Self.form.policy, at: Self.time) == Self.form)
  }

  @Test("an S3 body read later is compared with the hash that was signed")
  func streamedBody() throws {
    var request = Self.s3
    request.payload = .streamed
    guard case .verified(let signature) = Self.outcome(request) else {
      Issue.record("refused")
      return
    }
    #expect(
      signature.payloadCheck == .sha256("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"))
    #expect(
      signature.check(payloadSHA256: [UInt8](repeating: 0, count: 32))?.error(for: .s3).code
        == "XAmzContentSHA256Mismatch")
    request.payload = .bytes(Array("hellO".utf8))
    guard case .refused(let failure) = Self.outcome(request) else {
      Issue.record("not refused")
      return
    }
    #expect(failure.error(for: .s3).code == "XAmzContentSHA256Mismatch")
  }
}
