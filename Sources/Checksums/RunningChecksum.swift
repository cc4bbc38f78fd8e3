import Crypto

/// A checksum of a stream of bytes, in progress.
///
/// A value type: a copy goes on independently. Bytes may come in any split; the result doesn't depend on it.
public struct RunningChecksum: Sendable {
  private enum State: Sendable {
    case crc32(UInt32)
    case crc32c(UInt32)
    case crc64nvme(UInt64)
    case sha1(Insecure.SHA1)
    case sha256(SHA256)
    case sha512(SHA512)
    case md5(Insecure.MD5)
    case xxhash64(XXHash64)
    /// Only while updating: the digest is held by one variable, so that it isn't copied on write.
    case taken
  }

  /// The algorithm this was made with.
  public let algorithm: ChecksumAlgorithm
  /// The number of bytes seen so far.
  public private(set) var byteCount: UInt64 = 0
  private var state: State

  /// A checksum of no bytes yet.
  public init(_ algorithm: ChecksumAlgorithm) {
    self.algorithm = algorithm
    state =
      switch algorithm {
      case .crc32: .crc32(0)
      case .crc32c: .crc32c(0)
      case .crc64nvme: .crc64nvme(0)
      case .sha1: .sha1(Insecure.SHA1())
      case .sha256: .sha256(SHA256())
      case .sha512: .sha512(SHA512())
      case .md5: .md5(Insecure.MD5())
      case .xxhash64: .xxhash64(XXHash64())
      }
  }

  /// Takes the next bytes. O(n).
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    guard !bytes.isEmpty else { return }
    byteCount &+= UInt64(bytes.count)
    switch state {
    case .crc32(let value): state = .crc32(CRC32.ieee.update(value, bytes))
    case .crc32c(let value): state = .crc32c(CRC32.castagnoli.update(value, bytes))
    case .crc64nvme(let value): state = .crc64nvme(CRC64.nvme.update(value, bytes))
    case .sha1(var digest):
      state = .taken
      digest.update(bufferPointer: bytes)
      state = .sha1(digest)
    case .sha256(var digest):
      state = .taken
      digest.update(bufferPointer: bytes)
      state = .sha256(digest)
    case .sha512(var digest):
      state = .taken
      digest.update(bufferPointer: bytes)
      state = .sha512(digest)
    case .md5(var digest):
      state = .taken
      digest.update(bufferPointer: bytes)
      state = .md5(digest)
    case .xxhash64(var digest):
      digest.update(bytes)
      state = .xxhash64(digest)
    case .taken: break
    }
  }

  /// Takes the next bytes. O(n).
  public mutating func update(_ bytes: some Collection<UInt8>) {
    let done: Void? = bytes.withContiguousStorageIfAvailable { update(UnsafeRawBufferPointer($0)) }
    if done == nil { Array(bytes).withUnsafeBytes { update($0) } }
  }

  /// The checksum of all bytes so far, big-endian. More bytes may follow afterwards.
  public func finalize() -> [UInt8] {
    switch state {
    case .crc32(let value), .crc32c(let value): bigEndianBytes(value)
    case .crc64nvme(let value): bigEndianBytes(value)
    case .sha1(let digest): Array(digest.finalize())
    case .sha256(let digest): Array(digest.finalize())
    case .sha512(let digest): Array(digest.finalize())
    case .md5(let digest): Array(digest.finalize())
    case .xxhash64(let digest): bigEndianBytes(digest.finalize())
    case .taken: []
    }
  }

  /// The checksum so far in base64, as `x-amz-checksum-*` carries it.
  public func base64() -> String { Base64.encode(finalize()) }
}

/// The bytes of `value`, most significant first.
func bigEndianBytes(_ value: some FixedWidthInteger) -> [UInt8] {
  withUnsafeBytes(of: value.bigEndian) { Array($0) }
}
