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
  /// What the bytes are encrypted with on their way; nothing if they are stored as they come.
  public let key: BlobKey?
  /// Bytes that wait for their chunk to be full, and the number of that chunk.
  private var chunk: [UInt8] = []
  private var chunkNumber: Int64 = 0

  init(id: BlobID, in blobs: Blobs, isForcedToDisk: Bool, key: BlobKey?) {
    self.id = id
    self.blobs = blobs
    self.isForcedToDisk = isForcedToDisk
    self.key = key
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
    if let key { try seal(bytes, key) } else { try store(bytes) }
  }

  /// Fills chunks, and stores those that are full.
  private func seal(_ bytes: UnsafeRawBufferPointer, _ key: BlobKey) throws(AWSError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let taken = rest.prefix(BlobKey.chunkSize - chunk.count)
      chunk.append(contentsOf: taken)
      rest = rest.dropFirst(taken.count)
      if chunk.count == BlobKey.chunkSize { try storeChunk(key) }
    }
  }

  private func storeChunk(_ key: BlobKey) throws(AWSError) {
    let sealed = try key.seal(chunk, number: chunkNumber)
    chunk.removeAll(keepingCapacity: true)
    chunkNumber += 1
    let result = sealed.withUnsafeBytes { buffer -> Result<Void, AWSError> in
      do throws(AWSError) { return .success(try store(buffer)) } catch { return .failure(error) }
    }
    try result.get()
  }

  private func store(_ bytes: UnsafeRawBufferPointer) throws(AWSError) {
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
    if let key, !chunk.isEmpty { try storeChunk(key) }
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

  /// Opens the finished blob for reading before it is adopted.
  public func reader() throws(AWSError) -> BlobReader {
    let stored = hasFile ? try blobs.read(id) : BlobReader(bytes: head)
    return if let key { try stored.opened(with: key) } else { stored }
  }

  /// Gives the blob up before it was adopted: for bytes that were written anew and must not stay as they came.
  public func discard() {
    if descriptor >= 0 { close(descriptor) }
    descriptor = -1
    if hasFile { blobs.remove(id) }
    hasFile = false
    head = []
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
