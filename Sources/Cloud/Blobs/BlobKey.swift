import Crypto
import Foundation
import Wire

/// A key that encrypts one blob, and no other.
///
/// The bytes are cut into chunks of 64 KiB, each sealed by AES-256-GCM with its number as nonce: a range is read by opening
/// only the chunks it touches, and a chunk that was changed, moved or cut short doesn't open. A nonce is never used twice,
/// because a blob is written once and every blob has a key of its own.
public struct BlobKey: Sendable {
  /// In bytes.
  public static let size = 32
  static let chunkSize = 64 << 10
  static let tagSize = 16

  private let key: SymmetricKey

  /// - Throws: `InternalFailure` unless there are 32 bytes.
  public init(_ bytes: [UInt8]) throws(AWSError) {
    guard bytes.count == BlobKey.size else { throw .internalFailure("A blob's key is damaged.") }
    key = SymmetricKey(data: bytes)
  }

  /// The key's bytes, to be wrapped and kept.
  public var bytes: [UInt8] { key.withUnsafeBytes { Array($0) } }

  func seal(_ chunk: [UInt8], number: Int64) throws(AWSError) -> [UInt8] {
    do {
      let box = try AES.GCM.seal(chunk, using: key, nonce: try BlobKey.nonce(number))
      return Array(box.ciphertext) + Array(box.tag)
    } catch { throw .internalFailure("The data cannot be encrypted: \(error)") }
  }

  func open(_ chunk: [UInt8], number: Int64) throws(AWSError) -> [UInt8] {
    do {
      let box = try AES.GCM.SealedBox(
        nonce: try BlobKey.nonce(number), ciphertext: chunk.dropLast(BlobKey.tagSize),
        tag: chunk.suffix(BlobKey.tagSize))
      return Array(try AES.GCM.open(box, using: key))
    } catch { throw .internalFailure("The data cannot be decrypted: \(error)") }
  }

  /// The size of the plain bytes of a sealed blob.
  static func plainSize(ofStored size: Int64) -> Int64 {
    let whole = Int64(chunkSize + tagSize)
    let chunks = (size + whole - 1) / whole
    return max(0, size - chunks * Int64(tagSize))
  }

  private static func nonce(_ number: Int64) throws -> AES.GCM.Nonce {
    var bytes = [UInt8](repeating: 0, count: 4)
    for shift in stride(from: 56, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: number >> Int64(shift)))
    }
    return try AES.GCM.Nonce(data: bytes)
  }
}
