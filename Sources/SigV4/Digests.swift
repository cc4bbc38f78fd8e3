import Crypto

/// SHA-256 over raw bytes.
enum Digests {
  /// The SHA-256 of nothing.
  static let emptySHA256: [UInt8] = Array(SHA256().finalize())

  /// The same in hexadecimal.
  static let emptySHA256Text = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

  static func sha256(_ bytes: [UInt8]) -> SHA256Digest {
    var hasher = SHA256()
    bytes.withUnsafeBytes { hasher.update(bufferPointer: $0) }
    return hasher.finalize()
  }
}

/// An HMAC-SHA256 key with both paddings already hashed, so that a short message costs two blocks instead of four.
struct HMACKey: Sendable {
  private let inner: SHA256
  private let outer: SHA256

  init(_ key: [UInt8]) {
    let block = key.count > 64 ? Array(Digests.sha256(key)) : key
    var padded = [UInt8](repeating: 0x36, count: 64)
    for index in 0..<block.count { padded[index] ^= block[index] }
    var inner = SHA256()
    padded.withUnsafeBytes { inner.update(bufferPointer: $0) }
    for index in 0..<64 { padded[index] ^= 0x36 ^ 0x5C }
    var outer = SHA256()
    padded.withUnsafeBytes { outer.update(bufferPointer: $0) }
    self.inner = inner
    self.outer = outer
  }

  func code(for message: [UInt8]) -> SHA256Digest {
    var inner = inner
    message.withUnsafeBytes { inner.update(bufferPointer: $0) }
    var outer = outer
    inner.finalize().withUnsafeBytes { outer.update(bufferPointer: $0) }
    return outer.finalize()
  }
}
