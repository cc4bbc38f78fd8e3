import Cloud
import Foundation
import Wire

/// A KMS key of one account and Region.
struct KeyRecord: Record {
  static let kind = "kms.key"
  static let isCached = true

  /// Whether it can be used, and why not. AWS: KMS developer guide, "Key states of AWS KMS keys".
  enum State: String, Sendable, Codable {
    case enabled = "Enabled"
    case disabled = "Disabled"
    case pendingDeletion = "PendingDeletion"
    case pendingImport = "PendingImport"
    case pendingReplicaDeletion = "PendingReplicaDeletion"
  }

  enum Origin: String, Sendable, Codable {
    case kms = "AWS_KMS"
    case external = "EXTERNAL"
  }

  /// One generation of a key's secret.
  struct Material: Sendable, Codable {
    /// 64 hexadecimal digits.
    var id: String
    /// The secret, or the private key's PKCS #8, encrypted with the root key; empty once imported material was deleted.
    var wrapped: Data
    /// The public key's SubjectPublicKeyInfo.
    var publicKey: Data?
    var created: Timestamp
    /// `AUTOMATIC` or `ON_DEMAND`; nothing for the first.
    var rotation: String?
    /// For imported material: when it expires.
    var validTo: Timestamp?
    /// A digest of imported material, by which only the same can be imported again.
    var digest: Data?
  }

  /// A key that has siblings of the same id and material in other Regions.
  struct MultiRegion: Sendable, Codable {
    var primary: Region
    var replicas: [Region]
  }

  /// Automatic rotation.
  struct Rotation: Sendable, Codable {
    /// In days, 90 to 2560.
    var period: Int
    var next: Timestamp
  }

  let id: String
  let account: AccountID
  let region: Region
  let created: Timestamp
  let spec: KeySpecification
  let usage: KeySpecification.Usage
  let origin: Origin
  var description: String
  var state: State
  /// The key policy, with its principals pinned.
  var policy: String
  var tags: [String: String] = [:]
  /// When it is deleted, in state `PendingDeletion`.
  var deletion: Timestamp?
  /// The waiting time in days that was asked for.
  var deletionWindow: Int?
  /// The present material last.
  var materials: [Material] = []
  var multiRegion: MultiRegion?
  var rotation: Rotation?
  /// How often it was rotated on demand; AWS allows ten.
  var onDemandRotations = 0
  /// The names of its aliases, so that a call need not look for them (`kms:ResourceAliases`).
  var aliases: [String] = []
  /// How many grants it has: most keys have none, and calls on them need not look for any.
  var grantCount = 0
  /// The service for which AWS manages the key (`s3`); nothing for the customers' own.
  var managedFor: String?

  var key: Key { Key(.string(id)) }
  var scope: Scope { Scope(account, region) }
  var arn: String { KeyRecord.arn(id, account, region) }
  var isMultiRegion: Bool { multiRegion != nil }
  /// The present material; nothing while it waits for import.
  var material: Material? { materials.last { !$0.wrapped.isEmpty } }

  static func arn(_ id: String, _ account: AccountID, _ region: Region) -> String {
    "arn:aws:kms:\(region):\(account):key/\(id)"
  }

  static func find(
    _ id: String, _ account: AccountID, _ region: Region, _ transaction: Transaction
  ) throws(AWSError) -> KeyRecord? {
    try transaction.get(KeyRecord.self, Key(.string(id)), in: Scope(account, region))
  }

  /// Starts, moves or (without `due`) stops the timer of a thing that happens to the key: `delete`, `rotate`, `expire`.
  func setTimer(_ task: String, due: Timestamp?, _ transaction: Transaction) throws(AWSError) {
    let name = Key(.string(task), .string(id))
    if let due {
      try transaction.schedule(TimerRequest(service: KMSService.name, name: name, in: scope, due: due))
    } else {
      try transaction.cancelTimer(service: KMSService.name, name: name, in: scope)
    }
  }
}

/// A key's other name in its account and Region.
struct AliasRecord: Record {
  static let kind = "kms.alias"
  static let isCached = true
  /// With its prefix, `alias/orders`.
  let name: String
  let account: AccountID
  let region: Region
  let created: Timestamp
  var updated: Timestamp
  var keyID: String

  var key: Key { Key(.string(name)) }
  var arn: String { "arn:aws:kms:\(region):\(account):\(name)" }
}
