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

/// Bytes that services store and never look into: S3 objects, code bundles.
///
/// A blob never changes once it is whole. Up to ``largestInRecord`` bytes live in its record, for making a file costs more
/// than all the rest of a small request (80 µs of processor time on ext4); larger ones stream to a file each.
/// A blob is written first and *adopted* by the transaction that refers to it; a file that was never adopted is swept away
/// at the next start. A released blob's file goes after the commit; whoever has it open can read it to the end.
public final class Blobs: Sendable {
  /// In bytes.
  public static let largestInRecord = 16 << 10

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
  /// - Parameter key: encrypts the bytes on their way to the disk; nothing stores them as they come.
  public func create(for account: AccountID, key: BlobKey? = nil) -> BlobWriter {
    let id = BlobID(account: account, name: random.text(24, .lowerAlphanumeric))
    return BlobWriter(id: id, in: self, isForcedToDisk: isForcedToDisk, key: key)
  }

  /// A key for one blob.
  public func newKey() throws(AWSError) -> BlobKey { try BlobKey(random.bytes(BlobKey.size)) }

  /// Opens a blob's file for reading.
  func read(_ id: BlobID) throws(AWSError) -> BlobReader {
    let descriptor = open(path(id), O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .internalFailure("The data cannot be read: \(Blobs.reason())") }
    return BlobReader(descriptor: descriptor)
  }

  /// Removes a blob's file, at once.
  func remove(_ id: BlobID) { unlink(path(id)) }

  /// Makes the names in a blob's folder survive the loss of power.
  func forceFolder(of id: BlobID) throws(AWSError) {
    let descriptor = open("\(folder)/\(Hexadecimal.byte(Blobs.bucket(id)))", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .internalFailure("The data cannot be written: \(Blobs.reason())") }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw .internalFailure("The data cannot be written: \(Blobs.reason())") }
  }

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

/// Says that a blob is referred to, and holds its bytes if they are few; lives in its account's scope, so that it goes with
/// the account.
struct BlobRecord: Record {
  static let kind = "cloud.blob"
  var name: String
  /// Nothing if the bytes are in a file.
  var bytes: [UInt8]?
  var key: Key { Key(name) }

  init(name: String, bytes: [UInt8]?) {
    self.name = name
    self.bytes = bytes
  }

  // By hand, for the bytes: length and text of the name, whether bytes follow, the bytes.
  init(encoded: Data) throws {
    let all = [UInt8](encoded)
    guard let length = all.first.map(Int.init), all.count >= length + 2 else {
      throw StoreFailure("a blob's record is damaged")
    }
    name = String(decoding: all[1...length], as: UTF8.self)
    bytes = all[length + 1] == 1 ? Array(all[(length + 2)...]) : nil
  }

  func encoded() throws -> Data {
    var data = Data(capacity: name.utf8.count + 2 + (bytes?.count ?? 0))
    data.append(UInt8(truncatingIfNeeded: name.utf8.count))
    data.append(contentsOf: name.utf8)
    data.append(bytes == nil ? 0 : 1)
    if let bytes { data.append(contentsOf: bytes) }
    return data
  }
}

extension Transaction {
  /// Makes a finished blob part of the cloud, with this transaction.
  /// - Parameter owner: the account it goes with; nothing leaves it with the one it was made for.
  public func adopt(_ writer: BlobWriter, for owner: AccountID? = nil) throws(AWSError) {
    if let owner { try writer.give(to: owner) }
    let bytes = writer.isInRecord ? writer.head : nil
    try insert(BlobRecord(name: writer.id.name, bytes: bytes), in: Scope(writer.id.account))
    // A file is kept only once the record is durable; if the process ends in between, the record finds it.
    if bytes == nil { afterCommit { writer.keep() } }
  }

  /// Opens a blob for reading.
  public func read(_ id: BlobID) throws(AWSError) -> BlobReader {
    guard let record = try get(BlobRecord.self, Key(id.name), in: Scope(id.account)) else {
      throw .internalFailure("The data cannot be read: there is no blob \(id).")
    }
    if let bytes = record.bytes { return BlobReader(bytes: bytes) }
    return try blobs.read(id)
  }

  /// Gives a blob up: its file goes after the commit.
  public func release(_ id: BlobID) throws(AWSError) {
    guard let record = try get(BlobRecord.self, Key(id.name), in: Scope(id.account)) else { return }
    try delete(record, in: Scope(id.account))
    if record.bytes != nil { return }
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
