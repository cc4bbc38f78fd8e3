import Crypto
import Foundation
import Wire

/// What is signed: a message, or a digest that the caller made of it.
struct MessageDigest: Sendable {
  let bytes: [UInt8]
  /// Whether `bytes` are a digest already.
  let isDigest: Bool

  /// - Throws: ValidationException for a digest whose length is not the algorithm's, and for messages of more than 4,096
  ///   bytes.
  init(_ bytes: [UInt8], type: String?, for algorithm: SigningAlgorithm) throws(AWSError) {
    self.bytes = bytes
    isDigest = type == "DIGEST"
    if type == "EXTERNAL_MU" {
      throw .kmsValidation("EXTERNAL_MU is not a valid message type for \(algorithm.rawValue).")
    }
    if isDigest {
      guard let bits = algorithm.hashBits else {
        throw .kmsValidation("DIGEST is not a valid message type for \(algorithm.rawValue).")  // unverified: words
      }
      guard bytes.count == bits / 8 else {
        throw .kmsValidation("Digest is invalid length for algorithm \(algorithm.rawValue).")
      }
    }
  }

  /// Calls `body` with the digest that `algorithm` signs.
  func withDigest<Result>(
    _ algorithm: SigningAlgorithm, _ body: (any Digest) throws -> Result
  ) throws -> Result {
    switch algorithm.hashBits {
    case 256: try body(isDigest ? MessageDigest.digest(SHA256Digest.self, bytes) : SHA256.hash(data: bytes))
    case 384: try body(isDigest ? MessageDigest.digest(SHA384Digest.self, bytes) : SHA384.hash(data: bytes))
    case 512: try body(isDigest ? MessageDigest.digest(SHA512Digest.self, bytes) : SHA512.hash(data: bytes))
    default: throw AWSError.internalFailure("\(algorithm.rawValue) has no digest")
    }
  }

  /// A digest of the library's type with these bytes. The library makes digests only of messages, but its types are
  /// nothing but their bytes, which is checked.
  private static func digest<D: Digest>(_ type: D.Type, _ bytes: [UInt8]) throws(AWSError) -> D {
    guard bytes.count == D.byteCount, MemoryLayout<D>.size == D.byteCount else { throw .internalFailure() }
    let words = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: MemoryLayout<D>.alignment)
    defer { words.deallocate() }
    words.copyBytes(from: bytes)
    let digest = UnsafeRawBufferPointer(words).load(as: D.self)
    guard digest.elementsEqual(bytes) else { throw .internalFailure() }
    return digest
  }
}
