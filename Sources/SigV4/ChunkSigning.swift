import Crypto

/// The chain of a chunked body's signatures: each covers the one before it, the first covers the request's own.
public struct ChunkSigning: Sendable {
  let accessKeyID: String
  private let key: SigningKey
  private let time: String
  private let scope: String
  private var previous: [UInt8]

  /// A chain that begins after the request's own signature.
  /// - Parameters:
  ///   - time: the request's time as in its string to sign.
  ///   - scope: the scope's text.
  ///   - seedSignature: the request's signature in hexadecimal.
  public init(key: SigningKey, accessKeyID: String, time: String, scope: String, seedSignature: String) {
    self.key = key
    self.accessKeyID = accessKeyID
    self.time = time
    self.scope = scope
    previous = Array(seedSignature.utf8)
  }

  /// Signs the next chunk, whose SHA-256 is `digest`, and goes on from there. An empty chunk is the last one.
  public mutating func signChunk(sha256 digest: some Sequence<UInt8>) -> String {
    sign(stringToSign(forChunk: digest))
  }

  /// Signs the trailers, written `name:value` with a line feed after each, and goes on from there.
  public mutating func signTrailers(_ text: some Sequence<UInt8>) -> String {
    sign(stringToSign(forTrailers: Digests.sha256(Array(text))))
  }

  mutating func verifyChunk(
    _ digest: SHA256Digest, signature: String
  ) throws(ChunkedBodyError) {
    try verify(stringToSign(forChunk: digest), signature)
  }

  mutating func verifyTrailers(_ digest: SHA256Digest, signature: String) throws(ChunkedBodyError) {
    try verify(stringToSign(forTrailers: digest), signature)
  }

  private mutating func sign(_ text: [UInt8]) -> String {
    previous = key.signatureBytes(of: text)
    return String(decoding: previous, as: UTF8.self)
  }

  private mutating func verify(_ text: [UInt8], _ signature: String) throws(ChunkedBodyError) {
    let computed = key.signatureBytes(of: text)
    guard ByteText.equalInConstantTime(computed, signature) else {
      throw .signatureMismatch(
        .init(
          accessKeyID: accessKeyID, signatureProvided: signature, stringToSign: String(decoding: text, as: UTF8.self),
          canonicalRequest: ""))
    }
    previous = computed
  }

  private func stringToSign(forChunk digest: some Sequence<UInt8>) -> [UInt8] {
    start("AWS4-HMAC-SHA256-PAYLOAD") + Array(Digests.emptySHA256Text.utf8) + [0x0A] + ByteText.hex(digest)
  }

  private func stringToSign(forTrailers digest: some Sequence<UInt8>) -> [UInt8] {
    start("AWS4-HMAC-SHA256-TRAILER") + ByteText.hex(digest)
  }

  private func start(_ algorithm: String) -> [UInt8] {
    Array("\(algorithm)\n\(time)\n\(scope)\n".utf8) + previous + [0x0A]
  }
}
