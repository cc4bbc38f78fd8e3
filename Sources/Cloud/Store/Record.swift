import Foundation

/// Where a record lives: one account and Region, an account alone (IAM), or the whole cloud (S3 bucket names).
public struct Scope: Sendable, Hashable, CustomStringConvertible {
  /// The owning account, or nothing for what is global across accounts.
  public let account: AccountID?
  /// The Region, or nothing for what is global within an account.
  public let region: Region?

  /// What belongs to an account in one Region.
  public init(_ account: AccountID, _ region: Region) {
    self.account = account
    self.region = region
  }

  /// What belongs to an account and no Region.
  public init(_ account: AccountID) {
    self.account = account
    self.region = nil
  }

  private init() {
    account = nil
    region = nil
  }

  /// What is one for all accounts.
  public static let global = Scope()

  /// The stored form: `account/region`.
  public var description: String { "\(account?.rawValue ?? "")/\(region?.rawValue ?? "")" }

  /// Reads the stored form.
  public init?(stored: String) {
    let parts = stored.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    account = parts[0].isEmpty ? nil : AccountID(String(parts[0]))
    region = parts[1].isEmpty ? nil : Region(String(parts[1]))
  }
}

/// Something a service stores. A value type; its kind names it in the store for ever.
///
/// The stored form is JSON by default, so that a new member is an optional member or one with a default, and the data of an
/// earlier version reads on. A record on a hot path may give a form of its own by `encoded()` and `init(encoded:)`.
public protocol Record: Codable, Sendable {
  /// The name of this kind of record, `service.thing`. Never changed once released.
  static var kind: String { get }
  /// The record's key within its scope.
  var key: Key { get }
  /// Other orders in which records of this kind can be scanned.
  static var indexes: [Index<Self>] { get }
  /// Whether decoded records are kept in memory: for configuration that every request reads, not for bulk data.
  static var isCached: Bool { get }
  /// Whether a record of this kind is work in somebody's hands or about to be (a task that is queued or started). While there
  /// are any, automatic time gives the machine's clock a while before it jumps, so that an answer can still come.
  static var holdsTime: Bool { get }
  /// The stored form.
  func encoded() throws -> Data
  /// Reads the stored form.
  init(encoded: Data) throws
}

extension Record {
  public static var indexes: [Index<Self>] { [] }
  public static var isCached: Bool { false }
  public static var holdsTime: Bool { false }
  public func encoded() throws -> Data { try RecordCoding.encoder.encode(self) }
  public init(encoded: Data) throws { self = try RecordCoding.decoder.decode(Self.self, from: encoded) }
}

/// A secondary order of a kind of record.
public struct Index<R: Record>: Sendable {
  /// The index's name, unique within the kind. Never changed once released.
  public let name: String
  /// The value by which a record is found; nothing leaves the record out of the index.
  public let value: @Sendable (R) -> Key?

  /// An index called `name` over `value`.
  public init(_ name: String, _ value: @escaping @Sendable (R) -> Key?) {
    self.name = name
    self.value = value
  }
}

enum RecordCoding {
  static let encoder: JSONEncoder = {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    return encoder
  }()
  static let decoder = JSONDecoder()
}
