/// What a receiver demands of a signature, apart from its being right.
public struct VerificationRules: Hashable, Sendable {
  /// How paths become canonical.
  public var style: CanonicalStyle
  /// The signing names accepted; empty accepts any. The first one stands in the error's text.
  public var services: [String]
  /// The only region accepted; nil accepts any.
  public var region: String?
  /// How far the request's time may be off, in seconds; AWS's 15 minutes unless changed.
  public var allowedSkew: Int64
  /// Whether `X-Amz-Expires` is honoured. STS ignores it: its presigned URLs are good for 15 minutes (that is how
  /// Kubernetes' aws-iam-authenticator describes its tokens).
  public var honoursExpires: Bool

  /// Rules with these parts.
  public init(
    style: CanonicalStyle = .standard, services: [String] = [], region: String? = nil, allowedSkew: Int64 = 900,
    honoursExpires: Bool = true
  ) {
    self.style = style
    self.services = services
    self.region = region
    self.allowedSkew = allowedSkew
    self.honoursExpires = honoursExpires
  }

  /// S3's rules: object paths, `x-amz-content-sha256`, and every `x-amz-` header signed.
  public static let s3 = VerificationRules(style: .s3)

  /// The rules of the service that signs as `signingName`; any region and, so far, any service are accepted.
  public static func of(signingName: String) -> VerificationRules {
    switch signingName {
    case "s3", "s3express", "s3-outposts", "s3-object-lambda": .s3
    case "sts": VerificationRules(honoursExpires: false)
    default: VerificationRules()
    }
  }
}

/// What the keeper of access keys says of the one a request names.
public enum SecretLookup: Hashable, Sendable {
  /// The key is good, with this secret (and the request's token, if any, is its own).
  case secret(String)
  case unknownAccessKey
  case inactiveAccessKey
  /// The token isn't the key's, or is missing or superfluous.
  case invalidToken
  case expiredToken
}

/// What became of a request's signature.
public enum VerificationOutcome: Sendable {
  /// The request isn't signed. Whether that may be is the receiver's matter; if not, the failure is
  /// `AuthenticationFailure.missingToken`.
  case anonymous
  case verified(VerifiedSignature)
  case refused(AuthenticationFailure)
}

/// A signature that is right.
public struct VerifiedSignature: Sendable {
  /// What still has to be checked of the body.
  public enum PayloadCheck: Hashable, Sendable {
    /// Nothing: the body was there and is the one signed.
    case done
    /// The body isn't covered by the signature.
    case unsigned
    /// The body must have this SHA-256 (hexadecimal); see `VerifiedSignature.check(payloadSHA256:)`.
    case sha256(String)
    /// The body comes in chunks; see `VerifiedSignature.chunkedBodyDecoder(…)`.
    case chunked(ChunkedBodyKind)
  }

  /// What the request said, now believed.
  public let authorization: PresentedAuthorization
  /// What is left to check.
  public let payloadCheck: PayloadCheck
  /// The key that made the signature.
  public let signingKey: SigningKey

  /// Compares the SHA-256 of a body that was read after the signature was verified.
  /// - Returns: the failure when it isn't the one signed, nil when it is or none was signed.
  public func check(payloadSHA256 digest: some Sequence<UInt8>) -> AuthenticationFailure? {
    guard case .sha256(let claimed) = payloadCheck else { return nil }
    let computed = ByteText.hex(digest)
    guard !ByteText.equalInConstantTime(computed, claimed) else { return nil }
    return .payloadMismatch(claimed: claimed, computed: String(decoding: computed, as: UTF8.self))
  }

  /// A decoder for the body of this request, or nil when the body isn't chunked.
  /// - Parameters:
  ///   - decodedLength: the value of `x-amz-decoded-content-length`, in bytes.
  ///   - trailerNames: the names in `x-amz-trailer`.
  public func chunkedBodyDecoder(decodedLength: UInt64?, trailerNames: [String] = []) -> ChunkedBodyDecoder? {
    guard case .chunked(let kind) = payloadCheck else { return nil }
    return ChunkedBodyDecoder(
      kind: kind,
      signing: ChunkSigning(
        key: signingKey, accessKeyID: authorization.accessKeyID, time: authorization.timeText,
        scope: authorization.scope.text, seedSignature: authorization.signature),
      decodedLength: decodedLength, trailerNames: trailerNames)
  }
}
