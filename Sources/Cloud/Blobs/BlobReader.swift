import Foundation
import Wire

/// A blob that is open for reading; its bytes stay readable even when the blob is removed meanwhile.
public final class BlobReader: Sendable {
  private enum Storage: Sendable {
    case bytes([UInt8])
    case file(Int32)
  }

  private let storage: Storage

  init(bytes: [UInt8]) { storage = .bytes(bytes) }

  init(descriptor: Int32) { storage = .file(descriptor) }

  deinit { if case .file(let descriptor) = storage { close(descriptor) } }

  /// The open file, if the blob has one; closed with the last reference to this reader.
  public var descriptor: Int32? {
    if case .file(let descriptor) = storage { return descriptor }
    return nil
  }

  /// The bytes from `offset`, exactly `count` of them.
  /// - Throws: `InternalFailure` if the blob has not so many, or cannot be read.
  public func read(_ offset: Int64, _ count: Int) throws(AWSError) -> [UInt8] {
    switch storage {
    case .bytes(let bytes):
      guard offset >= 0, count >= 0, offset + Int64(count) <= Int64(bytes.count) else {
        throw .internalFailure("The data cannot be read: it ends too early.")
      }
      return count == bytes.count ? bytes : Array(bytes[Int(offset)..<(Int(offset) + count)])
    case .file(let descriptor):
      let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
        while filled < count {
          let got = pread(
            descriptor, buffer.baseAddress.map { $0 + filled }, count - filled, off_t(offset) + off_t(filled))
          if got < 0, errno == EINTR { continue }
          if got <= 0 { break }
          filled += got
        }
      }
      guard bytes.count == count else { throw .internalFailure("The data cannot be read: \(Blobs.reason())") }
      return bytes
    }
  }
}
