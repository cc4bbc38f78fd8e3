/// What a request says of its signature, before anything of it is believed.
public struct PresentedAuthorization: Hashable, Sendable {
  /// Where it stands.
  public var place: AuthenticationFailure.Place
  public var accessKeyID: String
  /// The scope as claimed; `region` is the region the caller wants to speak to.
  public var scope: CredentialScope
  /// The signed headers' names as given, separated by semicolons.
  public var signedHeaders: String
  /// The signature in hexadecimal, as given.
  public var signature: String
  /// The request's time.
  public var time: SigningTime
  /// The request's time as it stands in the string to sign.
  public var timeText: String
  /// The token of temporary credentials.
  public var securityToken: String?
  /// How many seconds from `time` a presigned URL is good for.
  public var expires: Int64?

  /// The signed headers' names.
  public var signedHeaderNames: [String] { signedHeaders.split(separator: ";").map(String.init) }

  /// True when the header called `name` (in lower case) is signed.
  public func signs(header name: String) -> Bool {
    ByteText.with(name) { name in
      ByteText.with(signedHeaders) { names in
        var start = 0
        while start < names.count {
          let end = ByteText.end(of: names, from: start, before: 0x3B)
          if end - start == name.count, names[start..<end].elementsEqual(name) { return true }
          start = end + 1
        }
        return false
      }
    }
  }

  /// Reads the signature's facts from a request.
  /// - Returns: nil when the request is anonymous.
  /// - Throws: what is missing or malformed, and signing processes other than Signature Version 4 with HMAC-SHA256.
  public static func parse(_ request: SignedRequest) throws(AuthenticationFailure) -> PresentedAuthorization? {
    let headers = SignatureHeaders(request.headers)
    let query = request.query.utf8.contains(UInt8(ascii: "=")) ? QueryParameters(request.query) : nil
    let version4 = query.map { $0["X-Amz-Algorithm"] != nil || $0["X-Amz-Signature"] != nil } ?? false
    let version2 = query.map { $0["AWSAccessKeyId"] != nil && $0["Signature"] != nil } ?? false
    guard [version4, version2, headers.authorization != nil].count(where: { $0 }) < 2 else { throw .severalMechanisms }
    if version2 { throw .unsupported(.version2) }
    if version4, let query { return try parse(query: query) }
    if let authorization = headers.authorization { return try parse(authorization: authorization, headers) }
    return nil
  }

  private static func parse(
    authorization: String, _ headers: SignatureHeaders
  ) throws(AuthenticationFailure) -> PresentedAuthorization {
    if authorization.hasPrefix("AWS ") { throw .unsupported(.version2) }
    if authorization.hasPrefix("AWS4-ECDSA-P256-SHA256") { throw .unsupported(.version4A) }
    let words = AuthorizationWords(authorization)
    if let word = words.notKeyValue { throw .notKeyValue(word: word, header: authorization) }
    let date = headers.amzDate ?? headers.date
    var missing: [AuthenticationFailure.Component] = []
    if words.credential == nil { missing.append(.credential) }
    if words.signature == nil { missing.append(.signature) }
    if words.signedHeaders == nil { missing.append(.signedHeaders) }
    if date == nil { missing.append(.date) }
    guard words.algorithm == "AWS4-HMAC-SHA256", let credential = words.credential, let signature = words.signature,
      let signedHeaders = words.signedHeaders, let date
    else { throw .incomplete(missing: missing, place: .header, text: authorization) }
    let (accessKeyID, scope) = try split(credential: credential, .header)
    guard let time = SigningTime(basic: date) ?? SigningTime(date) else {
      throw .malformedDate(date, place: .header)
    }
    return PresentedAuthorization(
      place: .header, accessKeyID: accessKeyID, scope: scope, signedHeaders: signedHeaders, signature: signature,
      time: time, timeText: date.utf8.count == 16 ? date : time.basicText, securityToken: headers.securityToken)
  }

  private static func parse(query: QueryParameters) throws(AuthenticationFailure) -> PresentedAuthorization {
    let algorithm = query["X-Amz-Algorithm"]
    if let algorithm, algorithm != "AWS4-HMAC-SHA256" {
      throw .unsupported(algorithm == "AWS4-ECDSA-P256-SHA256" ? .version4A : .algorithm(algorithm))
    }
    var missing: [AuthenticationFailure.Component] = []
    if algorithm == nil { missing.append(.algorithm) }
    if query["X-Amz-Credential"] == nil { missing.append(.credential) }
    if query["X-Amz-Signature"] == nil { missing.append(.signature) }
    if query["X-Amz-SignedHeaders"] == nil { missing.append(.signedHeaders) }
    if query["X-Amz-Date"] == nil { missing.append(.date) }
    guard missing.isEmpty, let credential = query["X-Amz-Credential"], let signature = query["X-Amz-Signature"],
      let signedHeaders = query["X-Amz-SignedHeaders"], let date = query["X-Amz-Date"]
    else { throw .incomplete(missing: missing, place: .query, text: "") }
    let (accessKeyID, scope) = try split(credential: credential, .query)
    guard let time = SigningTime(basic: date) else { throw .malformedDate(date, place: .query) }
    return PresentedAuthorization(
      place: .query, accessKeyID: accessKeyID, scope: scope, signedHeaders: signedHeaders, signature: signature,
      time: time, timeText: date, securityToken: query["X-Amz-Security-Token"],
      expires: try expires(query["X-Amz-Expires"]))
  }

  private static func expires(_ text: String?) throws(AuthenticationFailure) -> Int64? {
    guard let text else { return nil }
    guard let seconds = Int64(text) else { throw .malformedExpires(.notANumber, text: text) }
    if seconds < 0 { throw .malformedExpires(.negative, text: text) }
    if seconds > 604_800 { throw .malformedExpires(.tooLong, text: text) }
    return seconds
  }

  /// The access key and the scope of a credential.
  static func split(
    credential: String, _ place: AuthenticationFailure.Place
  ) throws(AuthenticationFailure) -> (accessKeyID: String, scope: CredentialScope) {
    let elements = ByteText.with(credential) { bytes -> (accessKeyID: String, scope: CredentialScope)? in
      let first = ByteText.end(of: bytes, from: 0, before: 0x2F)
      let second = ByteText.end(of: bytes, from: first + 1, before: 0x2F)
      let third = ByteText.end(of: bytes, from: second + 1, before: 0x2F)
      let fourth = ByteText.end(of: bytes, from: third + 1, before: 0x2F)
      guard first > 0, fourth < bytes.count, !bytes[(fourth + 1)...].contains(0x2F) else { return nil }
      return (
        String(decoding: bytes[..<first], as: UTF8.self),
        CredentialScope(
          date: String(decoding: bytes[(first + 1)..<second], as: UTF8.self),
          region: String(decoding: bytes[(second + 1)..<third], as: UTF8.self),
          service: String(decoding: bytes[(third + 1)..<fourth], as: UTF8.self),
          terminator: String(decoding: bytes[(fourth + 1)...], as: UTF8.self))
      )
    }
    guard let elements else { throw .malformedCredential(credential, place: place) }
    return elements
  }
}

/// The headers that matter to signatures, found in one pass.
struct SignatureHeaders {
  private(set) var authorization: String?
  private(set) var amzDate: String?
  private(set) var date: String?
  private(set) var securityToken: String?
  private(set) var contentSHA256: String?

  init(_ headers: [SignedRequest.Header]) {
    for header in headers {
      switch header.name.utf8.count {
      case 4 where date == nil && ByteText.equals(header.name, "date"): date = header.value
      case 10 where amzDate == nil && ByteText.equals(header.name, "x-amz-date"): amzDate = header.value
      case 13 where authorization == nil && ByteText.equals(header.name, "authorization"):
        authorization = header.value
      case 20 where securityToken == nil && ByteText.equals(header.name, "x-amz-security-token"):
        securityToken = header.value
      case 20 where contentSHA256 == nil && ByteText.equals(header.name, "x-amz-content-sha256"):
        contentSHA256 = header.value
      default: break
      }
    }
  }
}

/// An `Authorization` header taken apart: the scheme, then `name=value` words separated by commas or white space.
private struct AuthorizationWords {
  var algorithm = ""
  var credential: String?
  var signedHeaders: String?
  var signature: String?
  /// The first word without an equal sign.
  var notKeyValue: String?

  init(_ header: String) {
    self = ByteText.with(header) { Self(bytes: $0) }
  }

  private init(bytes: UnsafeBufferPointer<UInt8>) {
    var isScheme = true
    var start = 0
    while start < bytes.count {
      if Self.isSeparator(bytes[start]) {
        start += 1
        continue
      }
      var end = start
      var equals: Int?
      while end < bytes.count, !Self.isSeparator(bytes[end]) {
        if equals == nil, bytes[end] == 0x3D { equals = end }
        end += 1
      }
      // A scheme without parameters is a bare token, which may well be `name=value` itself.
      if isScheme {
        isScheme = false
        algorithm = String(decoding: bytes[start..<end], as: UTF8.self)
      } else {
        take(bytes, start, equals, end)
      }
      start = end
    }
  }

  private mutating func take(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ equals: Int?, _ end: Int) {
    guard let equals else {
      if notKeyValue == nil { notKeyValue = String(decoding: bytes[start..<end], as: UTF8.self) }
      return
    }
    let name = bytes[start..<equals]
    let value = bytes[(equals + 1)..<end]
    switch name.count {
    case 10 where name.elementsEqual("Credential".utf8): credential = String(decoding: value, as: UTF8.self)
    case 13 where name.elementsEqual("SignedHeaders".utf8): signedHeaders = String(decoding: value, as: UTF8.self)
    case 9 where name.elementsEqual("Signature".utf8): signature = String(decoding: value, as: UTF8.self)
    default: break
    }
  }

  private static func isSeparator(_ byte: UInt8) -> Bool { byte == 0x2C || ByteText.isSpace(byte) }
}
