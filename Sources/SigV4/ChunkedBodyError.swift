/// The forms of `aws-chunked` bodies; the raw value is the one of `x-amz-content-sha256`.
///
/// AWS: S3 API reference, "Signature calculations for the authorization header: transferring payload in multiple
/// chunks" and "… including trailing headers".
public enum ChunkedBodyKind: String, CaseIterable, Hashable, Sendable {
  /// Each chunk carries a signature.
  case signed = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"
  /// Each chunk and the trailers carry a signature.
  case signedTrailer = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER"
  /// Nothing is signed; trailers follow the last chunk.
  case unsignedTrailer = "STREAMING-UNSIGNED-PAYLOAD-TRAILER"

  /// True when chunks carry signatures.
  public var isSigned: Bool { self != .unsignedTrailer }
  /// True when trailers may follow the last chunk.
  public var hasTrailers: Bool { self != .signed }
}

/// Why a chunked body isn't accepted.
public enum ChunkedBodyError: Error, Hashable, Sendable {
  /// The framing is broken, or the body ends early.
  case malformed
  /// The decoded body isn't as long as `x-amz-decoded-content-length` says; bytes.
  case wrongLength(expected: UInt64, received: UInt64)
  /// A chunk that isn't the last one is shorter than 8192 bytes; `chunk` (from 1) is the one after it.
  case chunkTooSmall(chunk: Int, byteCount: UInt64)
  /// The signature of a chunk or of the trailers doesn't match.
  case signatureMismatch(AuthenticationFailure.Mismatch)
  /// Trailers are unreadable, too many, missing or not announced in `x-amz-trailer`.
  case malformedTrailer

  /// The error in S3's words.
  public var error: AuthenticationError {
    switch self {
    case .malformed:
      AuthenticationError("IncompleteBody", "The request body terminated unexpectedly", status: 400)
    case .wrongLength:
      AuthenticationError(
        "IncompleteBody", "You did not provide the number of bytes specified by the Content-Length HTTP header",
        status: 400)
    case .chunkTooSmall(let chunk, let byteCount):
      AuthenticationError(
        "InvalidChunkSizeError", "Only the last chunk is allowed to have a size less than 8192 bytes", status: 403,
        fields: ["Chunk": String(chunk), "BadChunkSize": String(byteCount)])
    case .signatureMismatch(let mismatch): AuthenticationFailure.signatureMismatch(mismatch).error(for: .s3)
    case .malformedTrailer:
      AuthenticationError(
        "MalformedTrailerError",
        "The request contained trailing data that was not well-formed or did not conform to our published schema.",
        status: 400)
    }
  }
}
