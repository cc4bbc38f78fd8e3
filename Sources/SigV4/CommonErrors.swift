/// The words of all services but S3.
///
/// Texts from AWS's answers as quoted in the SDKs' issues and in the IAM user guide, "Troubleshoot signed requests".
extension AuthenticationFailure {
  /// The failures of query, JSON and REST-JSON services: the same texts, other codes and statuses.
  func commonError(_ family: ProtocolFamily) -> AuthenticationError {
    switch kind {
    case .missing:
      let message = family == .query ? "Request is missing Authentication Token" : "Missing Authentication Token"
      return Self.error(family, "MissingAuthenticationToken", message, query: 403)
    case .incomplete:
      // unverified: 400 for query services; newer pages of AWS's documentation say 403.
      return Self.error(family, "IncompleteSignature", commonMessage, query: 400)
    case .unknownKey:
      let code = family == .query ? "InvalidClientTokenId" : "UnrecognizedClient"
      return Self.error(family, code, "The security token included in the request is invalid.", query: 403)
    case .expiredToken:
      return Self.error(family, "ExpiredToken", "The security token included in the request is expired", query: 403)
    case .signature:
      let code = family == .query ? "SignatureDoesNotMatch" : "InvalidSignature"
      return Self.error(family, code, commonMessage, query: 403)
    }
  }

  /// EC2's failures, which tell little.
  var ec2Error: AuthenticationError {
    switch self {
    case .missingToken:
      AuthenticationError(
        "MissingParameter", "The request must contain the parameter AWSAccessKeyId", status: 400)
    case .expired, .presignedExpired, .expiredToken:
      AuthenticationError("RequestExpired", "Request has expired.", status: 400)
    default:
      AuthenticationError(
        "AuthFailure", "AWS was not able to validate the provided access credentials", status: 401)
    }
  }

  private enum Kind {
    case missing, incomplete, unknownKey, expiredToken, signature
  }

  private var kind: Kind {
    switch self {
    case .missingToken: .missing
    case .incomplete, .notKeyValue, .missingFormField, .unsupported, .severalMechanisms, .malformedCredential,
      .malformedDate, .malformedExpires, .missingContentSHA256, .malformedContentSHA256:
      .incomplete
    case .unknownAccessKey, .inactiveAccessKey, .invalidToken: .unknownKey
    case .expiredToken: .expiredToken
    case .wrongScope, .expired, .notYetValid, .presignedExpired, .presignedNotYetValid, .headersNotSigned,
      .payloadMismatch, .signatureMismatch:
      .signature
    }
  }

  private static func error(
    _ family: ProtocolFamily, _ code: String, _ message: String, query: Int
  ) -> AuthenticationError {
    switch family {
    case .json: AuthenticationError(code + "Exception", message, status: 400)
    case .restJSON: AuthenticationError(code + "Exception", message, status: 403)
    case .query, .ec2, .s3: AuthenticationError(code, message, status: query)
    }
  }

  private var commonMessage: String {
    switch self {
    case .missingToken: "Missing Authentication Token"
    case .incomplete(let missing, .header, let text): Self.incompleteHeader(missing, text)
    case .incomplete(let missing, _, _):
      missing.map { "AWS query-string parameters must include 'X-Amz-\($0.rawValue)'. " }.joined()
        + "Re-examine the query-string parameters."
    case .notKeyValue(_, let header):
      "Invalid key=value pair (missing equal-sign) in Authorization header "
        + "(hashed with SHA-256 and encoded with Base64): '\(Self.fingerprint(header))'."
    case .missingFormField(let name): "The form must contain a field named '\(name)'."
    case .unsupported(.algorithm(let name)):
      "AWS query-string parameter 'X-Amz-Algorithm' must be 'AWS4-HMAC-SHA256', not '\(name)'."
    case .unsupported:
      // unverified: the words are S3's; other services' words for older signatures aren't published.
      "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256."
    case .severalMechanisms:
      "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or "
        + "the Authorization header should be specified"
    case .malformedCredential(let text, _):
      "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '\(text)'"
    case .malformedDate(let text, .header):
      "Date must be in ISO-8601 'basic format'. Got '\(text)'. See http://en.wikipedia.org/wiki/ISO_8601"
    case .malformedDate(let text, _):
      "X-Amz-Date must be in ISO-8601 'basic format'. Got '\(text)'. See http://en.wikipedia.org/wiki/ISO_8601"
    case .malformedExpires(.notANumber, let text): "X-Amz-Expires must be a number, got '\(text)'."
    case .malformedExpires(.negative, _): "X-Amz-Expires must be non-negative"
    case .malformedExpires(.tooLong, _):
      "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 "
        + "seconds"
    case .wrongScope(let problems, _): problems.map(\.commonMessage).joined()
    case .unknownAccessKey, .inactiveAccessKey, .invalidToken: "The security token included in the request is invalid."
    case .expiredToken: "The security token included in the request is expired"
    case .expired(let time, let now, let allowed): Self.expiredMessage(time, now, allowed)
    case .presignedExpired(let time, let expires, let now): Self.expiredMessage(time, now, expires)
    case .notYetValid(let time, let now, let allowed), .presignedNotYetValid(let time, let now, let allowed):
      "Signature not yet current: \(time.basicText) is still later than \((now + allowed).basicText) "
        + "(\(now.basicText) + \(Self.span(allowed)))"
    case .headersNotSigned:
      "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization."
    case .missingContentSHA256: "Missing required header for this request: x-amz-content-sha256"
    case .malformedContentSHA256(let text): "x-amz-content-sha256 isn't a valid sha256 value: '\(text)'"
    case .payloadMismatch: Self.mismatchMessage
    case .signatureMismatch(let mismatch):
      mismatch.canonicalRequest.isEmpty
        ? Self.mismatchMessage
        : Self.mismatchMessage + "\n\nThe Canonical String for this request should have been\n'"
          + mismatch.canonicalRequest + "'\n\nThe String-to-Sign should have been\n'" + mismatch.stringToSign + "'\n"
    }
  }

  private static let mismatchMessage =
    "The request signature we calculated does not match the signature you provided. "
    + "Check your AWS Secret Access Key and signing method. Consult the service documentation for details."

  private static func incompleteHeader(_ missing: [Component], _ header: String) -> String {
    missing.map { component in
      component == .date
        ? "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. "
        : "Authorization header requires '\(component.rawValue)' parameter. "
    }.joined() + "(Hashed with SHA-256 and encoded with Base64) Authorization=\(fingerprint(header))"
  }

  private static func fingerprint(_ text: String) -> String {
    ByteText.base64(Array(Digests.sha256(Array(text.utf8))))
  }

  private static func expiredMessage(_ time: SigningTime, _ now: SigningTime, _ allowed: Int64) -> String {
    "Signature expired: \(time.basicText) is now earlier than \((now - allowed).basicText) "
      + "(\(now.basicText) - \(span(allowed)))"
  }

  private static func span(_ seconds: Int64) -> String {
    seconds % 60 == 0 ? "\(seconds / 60) min." : "\(seconds) sec."
  }
}

extension AuthenticationFailure.ScopeProblem {
  fileprivate var commonMessage: String {
    switch self {
    case .region(let given, _): "Credential should be scoped to a valid region, not '\(given)'. "
    case .service(_, let expected): "Credential should be scoped to correct service: '\(expected)'. "
    case .terminator(let given):
      "Credential should be scoped with a valid terminator: '\(CredentialScope.terminator)', not '\(given)'. "
    case .date(let given, let expected, let time):
      "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: "
        + "'\(given)' != '\(expected)', from '\(time)'."
    }
  }
}
