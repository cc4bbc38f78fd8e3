import Foundation
import Wire

/// A blob that is being written. Owned by one task; if it is dropped without being adopted, its file is removed.
public final class BlobWriter: @unchecked Sendable {  // used by one task at a time
  /// Its name; the account in it becomes the owner's when the blob is adopted.
  public private(set) var id: BlobID
  private let blobs: Blobs
  private let isForcedToDisk: Bool
  /// The bytes, as long as there are few.
  private(set) var head: [UInt8] = []
  /// The file, once there are many.
  private var descriptor: Int32 = -1
  private var hasFile = false
  private var isKept = false
  /// Bytes written so far.
  public private(set) var size: Int64 = 0

  init(id: BlobID, in blobs: Blobs, isForcedToDisk: Bool) {
    self.id = id
    self.blobs = blobs
    self.isForcedToDisk = isForcedToDisk
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    if hasFile, !isKept { blobs.remove(id) }
  }

  /// Whether the blob is small enough to live in its record.
  var isInRecord: Bool { !hasFile }

  /// Adds bytes.
  public func write(_ bytes: UnsafeRawBufferPointer) throws(AWSError) {
    size += Int64(bytes.count)
    if !hasFile {
      if head.count + bytes.count <= Blobs.largestInRecord {
        head.append(contentsOf: bytes)
        return
      }
      try makeFile()
    }
    try append(bytes)
  }

  /// Adds bytes.
  public func write(_ bytes: [UInt8]) throws(AWSError) {
    let result = bytes.withUnsafeBytes { buffer -> Result<Void, AWSError> in
      do throws(AWSError) { return .success(try write(buffer)) } catch { return .failure(error) }
    }
    try result.get()
  }

  /// Ends the blob: it is whole now, and stays if a transaction adopts it.
  public func finish() throws(AWSError) {
    guard hasFile else { return }
    if isForcedToDisk {
      guard fsync(descriptor) == 0 else {
        throw .internalFailure("The data cannot be written: \(Blobs.reason())")
      }
      try blobs.forceFolder(of: id)
    }
    close(descriptor)
    descriptor = -1
  }

  func keep() { isKept = true }

  /// Gives the blob to another account; its file's name says whose it is.
  func give(to owner: AccountID) throws(AWSError) {
    guard owner != id.account else { return }
    let new = BlobID(account: owner, name: id.name)
    if hasFile, rename(blobs.path(id), blobs.path(new)) != 0 {
      throw .internalFailure("The data cannot be kept: \(Blobs.reason())")
    }
    id = new
    if hasFile, isForcedToDisk { try blobs.forceFolder(of: id) }
  }

  private func makeFile() throws(AWSError) {
    descriptor = open(blobs.path(id), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .internalFailure("A file for the data cannot be made: \(Blobs.reason())") }
    hasFile = true
    let result = head.withUnsafeBytes { buffer -> Result<Void, AWSError> in
      do throws(AWSError) { return .success(try append(buffer)) } catch { return .failure(error) }
    }
    head = []
    try result.get()
  }

  private func append(_ bytes: UnsafeRawBufferPointer) throws(AWSError) {
    var rest = bytes
    while let base = rest.baseAddress, rest.count > 0 {
      let written = Foundation.write(descriptor, base, rest.count)
      if written < 0 {
        if errno == EINTR { continue }
        throw .internalFailure("The data cannot be written: \(Blobs.reason())")
      }
      rest = UnsafeRawBufferPointer(rebasing: rest[written...])
    }
  }
}
