/// S3's words.
///
/// Texts from S3's answers as quoted in the SDKs' issues, and from the S3 API reference, "Error responses".
extension AuthenticationFailure {
  var s3Error: AuthenticationError {
    switch self {
    case .missingToken: AuthenticationError("AccessDenied", "Access Denied", status: 403)
    case .incomplete(let missing, .header, let header): Self.incomplete(missing, header)
    case .incomplete:
      AuthenticationError(
        "AuthorizationQueryParametersError",
        "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, "
          + "X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.", status: 400)
    case .notKeyValue(_, let header): Self.incomplete([], header)
    case .missingFormField(let name):
      AuthenticationError(
        "InvalidArgument", "Bucket POST must contain a field named '\(name)'.", status: 400,
        fields: ["ArgumentName": name, "ArgumentValue": ""])
    case .unsupported(.algorithm):
      AuthenticationError(
        "AuthorizationQueryParametersError", "X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256\"", status: 400)
    case .unsupported:
      AuthenticationError(
        "InvalidRequest",
        "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.", status: 400)
    case .severalMechanisms:
      AuthenticationError(
        "InvalidArgument",
        "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter "
          + "or the Authorization header should be specified", status: 400)
    case .malformedCredential(_, let place):
      Self.malformed(
        place, "the Credential is mal-formed; expecting \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".")
    case .malformedDate(_, .header):
      AuthenticationError(
        "AccessDenied", "AWS authentication requires a valid Date or x-amz-date header", status: 403)
    case .malformedDate:
      AuthenticationError(
        "AuthorizationQueryParametersError",
        "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"", status: 400)
    case .malformedExpires(let problem, _):
      AuthenticationError("AuthorizationQueryParametersError", problem.s3Message, status: 400)
    case .wrongScope(let problems, let place): Self.scope(problems, place)
    case .unknownAccessKey(let key), .inactiveAccessKey(let key):
      AuthenticationError(
        "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.", status: 403,
        fields: ["AWSAccessKeyId": key])
    case .invalidToken(_, let token):
      AuthenticationError(
        "InvalidToken", "The provided token is malformed or otherwise invalid.", status: 400,
        fields: ["Token-0": token ?? ""])
    case .expiredToken(_, let token):
      AuthenticationError(
        "ExpiredToken", "The provided token has expired.", status: 400, fields: ["Token-0": token ?? ""])
    case .expired(let time, let now, let allowed), .notYetValid(let time, let now, let allowed):
      AuthenticationError(
        "RequestTimeTooSkewed", "The difference between the request time and the current time is too large.",
        status: 403,
        fields: [
          "RequestTime": time.basicText, "ServerTime": now.extendedText,
          "MaxAllowedSkewMilliseconds": String(allowed * 1000),
        ])
    case .presignedExpired(let time, let expires, let now):
      AuthenticationError(
        "AccessDenied", "Request has expired", status: 403,
        fields: [
          "X-Amz-Expires": String(expires), "Expires": (time + expires).extendedText, "ServerTime": now.extendedText,
        ])
    case .presignedNotYetValid(let time, let now, _):
      AuthenticationError(
        "AccessDenied", "Request is not valid yet", status: 403,
        fields: ["X-Amz-Date": time.basicText, "ServerTime": now.extendedText])
    case .headersNotSigned(let names):
      AuthenticationError(
        "AccessDenied", "There were headers present in the request which were not signed", status: 403,
        fields: ["HeadersNotSigned": names.joined(separator: ", ")])
    case .missingContentSHA256:
      AuthenticationError(
        "InvalidRequest", "Missing required header for this request: x-amz-content-sha256", status: 400)
    case .malformedContentSHA256(let value):
      AuthenticationError(
        "InvalidArgument",
        "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, "
          + "STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER, "
          + "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD, STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER or a valid "
          + "sha256 value.", status: 400,
        fields: ["ArgumentName": "x-amz-content-sha256", "ArgumentValue": value])
    case .payloadMismatch(let claimed, let computed):
      AuthenticationError(
        "XAmzContentSHA256Mismatch",
        "The provided 'x-amz-content-sha256' header does not match what was computed.", status: 400,
        fields: ["ClientComputedContentSHA256": claimed, "S3ComputedContentSHA256": computed])
    case .signatureMismatch(let mismatch): Self.mismatch(mismatch)
    }
  }

  private static func incomplete(_ missing: [Component], _ header: String) -> AuthenticationError {
    if missing == [.date] {
      return AuthenticationError(
        "AccessDenied", "AWS authentication requires a valid Date or x-amz-date header", status: 403)
    }
    guard header.hasPrefix("AWS4-HMAC-SHA256") else {
      return AuthenticationError(
        "InvalidArgument", "Unsupported Authorization Type", status: 400,
        fields: ["ArgumentName": "Authorization", "ArgumentValue": header])
    }
    return malformed(
      .header, "the authorization header requires three components: Credential, SignedHeaders, and Signature.")
  }

  private static func malformed(
    _ place: Place, _ detail: String, fields: KeyValuePairs<String, String> = [:]
  ) -> AuthenticationError {
    switch place {
    case .header:
      AuthenticationError(
        "AuthorizationHeaderMalformed", "The authorization header is malformed; \(detail)", status: 400, fields: fields)
    case .query, .form:
      AuthenticationError(
        "AuthorizationQueryParametersError", "Error parsing the X-Amz-Credential parameter; \(detail)", status: 400,
        fields: fields)
    }
  }

  /// S3 tells of one problem only.
  private static func scope(_ problems: [ScopeProblem], _ place: Place) -> AuthenticationError {
    switch problems.first {
    case .region(let given, let expected)?:
      malformed(place, "the region '\(given)' is wrong; expecting '\(expected)'", fields: ["Region": expected])
    case .service(let given, let expected)?:
      malformed(place, "incorrect service \"\(given)\". This endpoint belongs to \"\(expected)\".")
    case .terminator(let given)?:
      malformed(place, "incorrect terminal \"\(given)\". This endpoint uses \"\(CredentialScope.terminator)\".")
    case .date(let given, _, let time)?:
      given.utf8.count == 8 && given.utf8.allSatisfy { (0x30...0x39).contains($0) }
        ? malformed(
          place,
          "Invalid credential date \"\(given)\". This date is not the same as X-Amz-Date: \"\(time.prefix(8))\".")
        : malformed(
          place,
          "incorrect date format \"\(given)\". This date in the credential must be in the format \"yyyyMMdd\".")
    case nil: malformed(place, "the Credential is mal-formed.")
    }
  }

  private static func mismatch(_ mismatch: Mismatch) -> AuthenticationError {
    var error = AuthenticationError(
      "SignatureDoesNotMatch",
      "The request signature we calculated does not match the signature you provided. "
        + "Check your key and signing method.",
      status: 403,
      fields: [
        "AWSAccessKeyId": mismatch.accessKeyID, "StringToSign": mismatch.stringToSign,
        "SignatureProvided": mismatch.signatureProvided,
        "StringToSignBytes": ByteText.spacedHex(Array(mismatch.stringToSign.utf8)),
      ])
    if !mismatch.canonicalRequest.isEmpty {
      error.fields += [
        .init(name: "CanonicalRequest", value: mismatch.canonicalRequest),
        .init(
          name: "CanonicalRequestBytes", value: ByteText.spacedHex(Array(mismatch.canonicalRequest.utf8))),
      ]
    }
    return error
  }
}

extension AuthenticationFailure.ExpiresProblem {
  fileprivate var s3Message: String {
    switch self {
    case .notANumber: "X-Amz-Expires should be a number"
    case .negative: "X-Amz-Expires must be non-negative"
    case .tooLong:
      "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 "
        + "seconds"
    }
  }
}
