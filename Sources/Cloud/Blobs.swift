import Foundation
import Logging
import Wire

/// Names a blob: the owning account and a random part.
public struct BlobID: Sendable, Hashable, Codable, CustomStringConvertible {
  let account: AccountID
  let name: String

  public var description: String { "\(account)-\(name)" }

  init(account: AccountID, name: String) {
    self.account = account
    self.name = name
  }

  init?(_ text: String) {
    let parts = text.split(separator: "-", maxSplits: 1)
    guard parts.count == 2, let account = AccountID(String(parts[0])) else { return nil }
    self.account = account
    name = String(parts[1])
  }

  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let id = BlobID(text) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "not a blob id: \(text)"))
    }
    self = id
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

/// Bytes too many for the database: S3 objects, code bundles. Each blob is one file that never changes once it is whole.
///
/// A blob is written first and *adopted* by the transaction that refers to it; one that was never adopted is swept away at
/// the next start. A released blob's file goes after the commit; whoever has it open can read it to the end.
public final class Blobs: Sendable {
  let folder: String
  private let isForcedToDisk: Bool
  private let random: RandomSource

  /// Blobs in `folder`, made if it isn't there.
  /// - Parameter isForcedToDisk: whether a blob must survive the loss of power.
  public init(folder: String, isForcedToDisk: Bool, random: RandomSource) throws {
    self.folder = folder
    self.isForcedToDisk = isForcedToDisk
    self.random = random
    for name in 0..<256 {
      try FileManager.default.createDirectory(
        atPath: folder + "/" + Hexadecimal.byte(UInt8(name)), withIntermediateDirectories: true)
    }
  }

  /// Begins a new blob that will belong to `account`.
  public func create(for account: AccountID) throws(AWSError) -> BlobWriter {
    let id = BlobID(account: account, name: random.text(24, .lowerAlphanumeric))
    let descriptor = open(path(id), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .internalFailure("A file for the data cannot be made: \(Blobs.reason())") }
    return BlobWriter(id: id, descriptor: descriptor, path: path(id), isForcedToDisk: isForcedToDisk)
  }

  /// Opens a blob for reading.
  public func read(_ id: BlobID) throws(AWSError) -> BlobReader {
    let descriptor = open(path(id), O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .internalFailure("The data cannot be read: \(Blobs.reason())") }
    return BlobReader(descriptor: descriptor)
  }

  /// Removes a blob's file, at once.
  func remove(_ id: BlobID) { unlink(path(id)) }

  func path(_ id: BlobID) -> String { "\(folder)/\(Hexadecimal.byte(Blobs.bucket(id)))/\(id)" }

  /// Removes the files of all blobs that no transaction adopted.
  func sweep(keeping isKept: (BlobID) throws -> Bool) rethrows {
    for name in 0..<256 {
      let path = folder + "/" + Hexadecimal.byte(UInt8(name))
      for file in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] {
        if let id = BlobID(file), try isKept(id) { continue }
        unlink(path + "/" + file)
      }
    }
  }

  /// Links the files of all blobs into another folder.
  public func link(to target: String) throws { try Blobs.link(from: folder, to: target) }

  /// Links the files of all blobs back from another folder.
  public func link(from source: String) throws { try Blobs.link(from: source, to: folder) }

  private static func link(from source: String, to target: String) throws {
    for name in 0..<256 {
      let folder = "/" + Hexadecimal.byte(UInt8(name))
      try FileManager.default.createDirectory(atPath: target + folder, withIntermediateDirectories: true)
      for file in (try? FileManager.default.contentsOfDirectory(atPath: source + folder)) ?? [] {
        let to = target + folder + "/" + file
        if Foundation.link(source + folder + "/" + file, to) == 0 || errno == EEXIST { continue }
        try FileManager.default.copyItem(atPath: source + folder + "/" + file, toPath: to)
      }
    }
  }

  /// A byte that spreads blobs over 256 folders.
  private static func bucket(_ id: BlobID) -> UInt8 { id.name.utf8.reduce(0) { $0 &* 31 &+ $1 } }

  static func reason() -> String { String(cString: strerror(errno)) }
}

/// A blob that is being written. Owned by one task; if it is dropped unfinished, its file is removed.
public final class BlobWriter: @unchecked Sendable {  // used by one task at a time
  public let id: BlobID
  private let path: String
  private let isForcedToDisk: Bool
  private var descriptor: Int32
  private var isKept = false
  /// Bytes written so far.
  public private(set) var size: Int64 = 0

  init(id: BlobID, descriptor: Int32, path: String, isForcedToDisk: Bool) {
    self.id = id
    self.descriptor = descriptor
    self.path = path
    self.isForcedToDisk = isForcedToDisk
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    if !isKept { unlink(path) }
  }

  /// Adds bytes.
  public func write(_ bytes: UnsafeRawBufferPointer) throws(AWSError) {
    var rest = bytes
    while let base = rest.baseAddress, rest.count > 0 {
      let written = Foundation.write(descriptor, base, rest.count)
      if written < 0 {
        if errno == EINTR { continue }
        throw .internalFailure("The data cannot be written: \(Blobs.reason())")
      }
      size += Int64(written)
      rest = UnsafeRawBufferPointer(rebasing: rest[written...])
    }
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
    if isForcedToDisk, fsync(descriptor) != 0 {
      throw .internalFailure("The data cannot be written: \(Blobs.reason())")
    }
    close(descriptor)
    descriptor = -1
  }

  fileprivate func keep() { isKept = true }
}

/// A blob that is open for reading; its bytes stay readable even when the blob is removed meanwhile.
public final class BlobReader: Sendable {
  /// The open file; closed with the last reference to this reader.
  public let descriptor: Int32

  init(descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }
}

/// Says that a blob is referred to; lives in its account's scope, so that it goes with the account.
struct BlobRecord: Record {
  static let kind = "cloud.blob"
  var name: String
  var key: Key { Key(name) }

  init(name: String) { self.name = name }
  init(encoded: Data) throws { name = String(decoding: encoded, as: UTF8.self) }
  func encoded() throws -> Data { Data(name.utf8) }
}

extension Transaction {
  /// Makes a finished blob part of the cloud, with this transaction.
  public func adopt(_ writer: BlobWriter) throws(AWSError) {
    try insert(BlobRecord(name: writer.id.name), in: Scope(writer.id.account))
    // Kept only once the record is durable; if the process ends in between, the file stays and is found by the record.
    afterCommit { writer.keep() }
  }

  /// Gives a blob up: its file goes after the commit.
  public func release(_ id: BlobID) throws(AWSError) {
    try delete(BlobRecord.self, Key(id.name), in: Scope(id.account))
    let blobs = blobs
    afterCommit { blobs.remove(id) }
  }
}

/// Two hexadecimal digits of a byte.
enum Hexadecimal {
  static func byte(_ value: UInt8) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: [digits[Int(value >> 4)], digits[Int(value & 15)]], as: UTF8.self)
  }
}
