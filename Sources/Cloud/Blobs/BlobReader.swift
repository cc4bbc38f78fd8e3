import Foundation
import Wire

/// A blob that is open for reading; its bytes stay readable even when the blob is removed meanwhile.
public final class BlobReader: Sendable {
  private enum Storage: Sendable {
    case bytes([UInt8])
    case file(Int32)
    /// A sealed blob, and the size of its plain bytes.
    case sealed(BlobReader, BlobKey, Int64)
  }

  private let storage: Storage

  init(bytes: [UInt8]) { storage = .bytes(bytes) }

  init(descriptor: Int32) { storage = .file(descriptor) }

  private init(_ sealed: BlobReader, _ key: BlobKey, plainSize: Int64) {
    storage = .sealed(sealed, key, plainSize)
  }

  /// The plain bytes of a blob that was written with a key.
  public func opened(with key: BlobKey) throws(AWSError) -> BlobReader {
    BlobReader(self, key, plainSize: BlobKey.plainSize(ofStored: try size))
  }

  /// How many bytes can be read.
  public var size: Int64 {
    get throws(AWSError) {
      switch storage {
      case .bytes(let bytes): return Int64(bytes.count)
      case .sealed(_, _, let size): return size
      case .file(let descriptor):
        var facts = stat()
        guard fstat(descriptor, &facts) == 0 else {
          throw .internalFailure("The data cannot be read: \(Blobs.reason())")
        }
        return Int64(facts.st_size)
      }
    }
  }

  deinit { if case .file(let descriptor) = storage { close(descriptor) } }

  /// The open file, if the blob has one and its bytes are in it as they are; closed with the last reference to this reader.
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
    case .sealed(let reader, let key, let size):
      guard offset >= 0, count >= 0, offset + Int64(count) <= size else {
        throw .internalFailure("The data cannot be read: it ends too early.")
      }
      return try BlobReader.open(reader, key, size, offset, count)
    }
  }

  /// Opens the chunks that a range touches.
  private static func open(
    _ reader: BlobReader, _ key: BlobKey, _ size: Int64, _ offset: Int64, _ count: Int
  ) throws(AWSError) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(count)
    let end = offset + Int64(count)
    let chunkSize = Int64(BlobKey.chunkSize)
    var position = offset
    while position < end {
      let number = position / chunkSize
      let start = number * chunkSize
      let length = min(chunkSize, size - start)
      let sealed = try reader.read(
        number * (chunkSize + Int64(BlobKey.tagSize)), Int(length) + BlobKey.tagSize)
      let plain = try key.open(sealed, number: number)
      let last = min(end, start + length)
      result.append(contentsOf: plain[Int(position - start)..<Int(last - start)])
      position = last
    }
    return result
  }
}
