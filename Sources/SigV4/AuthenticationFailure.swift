/// Why a request isn't accepted as its claimed sender's; `error(for:)` words it as each of AWS's protocols does.
public enum AuthenticationFailure: Error, Hashable, Sendable {
  /// Where the signature's facts stand in the request.
  public enum Place: Hashable, Sendable {
    /// The `Authorization` header.
    case header
    /// Query parameters: a presigned URL.
    case query
    /// The fields of an HTML form posted to S3.
    case form
  }

  /// What an `Authorization` header or a presigned query must have; the raw value is its name in the header.
  public enum Component: String, Hashable, Sendable {
    case algorithm = "Algorithm"
    case credential = "Credential"
    case signature = "Signature"
    case signedHeaders = "SignedHeaders"
    case date = "Date"
    case expires = "Expires"
  }

  /// Signing processes that are known and not supported.
  public enum UnsupportedMechanism: Hashable, Sendable {
    /// Signature Version 2: `AWS <key>:<signature>` or `AWSAccessKeyId` and `Signature` in the query.
    case version2
    /// Signature Version 4A, `AWS4-ECDSA-P256-SHA256`.
    case version4A
    /// Another algorithm named in `X-Amz-Algorithm`.
    case algorithm(String)
  }

  /// What is wrong with the value of `X-Amz-Expires`.
  public enum ExpiresProblem: Hashable, Sendable {
    case notANumber
    case negative
    /// More than a week, 604800 seconds.
    case tooLong
  }

  /// One element of the credential scope that isn't what the receiver wants.
  public enum ScopeProblem: Hashable, Sendable {
    case region(given: String, expected: String)
    case service(given: String, expected: String)
    case terminator(given: String)
    /// The scope's day isn't the day of the request's time (`20150830`, from `20150830T123600Z`).
    case date(given: String, expected: String, time: String)
  }

  /// All that is known of a signature that doesn't match.
  public struct Mismatch: Hashable, Sendable {
    /// The access key the request names.
    public var accessKeyID: String
    /// The signature in the request.
    public var signatureProvided: String
    /// The string to sign as computed here.
    public var stringToSign: String
    /// The canonical request as computed here; empty for chunks and form policies, which have none.
    public var canonicalRequest: String
  }

  /// The request isn't signed, and must be.
  case missingToken
  /// The `Authorization` header or the query lacks components; `text` is the header as received.
  case incomplete(missing: [Component], place: Place, text: String)
  /// A word of the `Authorization` header has no equal sign; `header` is the header as received.
  case notKeyValue(word: String, header: String)
  /// A form posted to S3 lacks a field it must have.
  case missingFormField(String)
  case unsupported(UnsupportedMechanism)
  /// Both a header and the query, or two versions, claim to sign the request.
  case severalMechanisms
  /// The credential hasn't five elements separated by slashes.
  case malformedCredential(String, place: Place)
  /// The time can't be read.
  case malformedDate(String, place: Place)
  case malformedExpires(ExpiresProblem, text: String)
  case wrongScope([ScopeProblem], place: Place)
  case unknownAccessKey(String)
  /// The access key exists and is switched off.
  case inactiveAccessKey(String)
  /// The security token isn't one, or isn't this key's.
  case invalidToken(accessKeyID: String, token: String?)
  case expiredToken(accessKeyID: String, token: String?)
  /// The request's time is more than `allowed` seconds before `now`.
  case expired(time: SigningTime, now: SigningTime, allowed: Int64)
  /// The request's time is more than `allowed` seconds after `now`.
  case notYetValid(time: SigningTime, now: SigningTime, allowed: Int64)
  /// A presigned URL, good for `expires` seconds from `time`, has run out.
  case presignedExpired(time: SigningTime, expires: Int64, now: SigningTime)
  /// A presigned URL's time is more than `allowed` seconds after `now`.
  case presignedNotYetValid(time: SigningTime, now: SigningTime, allowed: Int64)
  /// These headers must be signed and aren't.
  case headersNotSigned([String])
  case missingContentSHA256
  /// `x-amz-content-sha256` is neither a SHA-256 nor one of the known markers.
  case malformedContentSHA256(String)
  /// The body isn't the one that was signed; both in hexadecimal.
  case payloadMismatch(claimed: String, computed: String)
  case signatureMismatch(Mismatch)
}

/// The family of a service's protocol, as far as it words authentication failures differently.
public enum ProtocolFamily: Hashable, Sendable, CaseIterable {
  /// AWS query, and REST-XML other than S3's.
  case query
  /// EC2's dialect of the query protocol.
  case ec2
  /// JSON 1.0, JSON 1.1 and CBOR.
  case json
  /// REST-JSON.
  case restJSON
  case s3
}

/// An authentication failure in AWS's words.
public struct AuthenticationError: Error, Hashable, Sendable {
  /// The error code as it stands in the response, for instance `SignatureDoesNotMatch`.
  public var code: String
  public var message: String
  /// The HTTP status.
  public var status: Int
  /// Further elements of the error, in order; S3 only.
  public var fields: [Field] = []

  /// A further element of an error.
  public struct Field: Hashable, Sendable {
    public var name: String
    public var value: String

    /// An element called `name`.
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// An error with these parts; `status` is the HTTP status.
  public init(_ code: String, _ message: String, status: Int, fields: KeyValuePairs<String, String> = [:]) {
    self.code = code
    self.message = message
    self.status = status
    self.fields = fields.map { Field(name: $0.key, value: $0.value) }
  }
}

extension AuthenticationFailure {
  /// The failure as services of `family` word it.
  ///
  /// For a JSON service that keeps the query protocol's codes in `x-amzn-query-error` (SQS), take `.query`'s code for
  /// that header.
  public func error(for family: ProtocolFamily) -> AuthenticationError {
    switch family {
    case .s3: s3Error
    case .ec2: ec2Error
    case .query, .json, .restJSON: commonError(family)
    }
  }
}
