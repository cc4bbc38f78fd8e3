import Cloud
import Identity
import Wire

/// Says which account has a bucket's name: names are one space for all accounts.
struct BucketNameRecord: Record {
  static let kind = "s3.bucketname"
  static let isCached = true
  var name: String
  var owner: AccountID
  var key: Key { Key(name) }
}

/// A bucket and its settings; lives in its owner's scope, so that it goes with the account.
struct BucketRecord: Record {
  static let kind = "s3.bucket"
  static let isCached = true

  /// Whether versions are kept.
  enum Versioning: String, Sendable, Codable {
    case enabled = "Enabled"
    case suspended = "Suspended"
  }

  var name: String
  var owner: AccountID
  var region: Region
  var created: Timestamp
  var policy: String?
  /// Whether the policy grants to the public, found out when it was stored.
  var isPolicyPublic = false
  var tags: [TagPair] = []
  var versioning: Versioning?
  /// Nothing once it was deleted.
  var publicAccessBlock: PublicAccessBlock? = .all
  /// Nothing for a bucket that only keeps objects.
  var features: BucketFeatures?
  /// What new objects are encrypted with; nothing stands for S3's own keys.
  var encryption: BucketEncryption?
  /// Whether objects may be encrypted with customers' keys; nothing stands for no, as AWS has it since April 2026.
  var allowsCustomerKeys: Bool?
  /// Object Lock, if it is on: it stays on for ever.
  var objectLock: ObjectLockConfigurationRecord?
  /// Who owns new objects, and whether access control lists count; nothing stands for BucketOwnerEnforced.
  var ownership: OwnershipMode?
  /// The bucket's access control list; nothing stands for its owner's full control.
  var grants: [ACLGrant]?

  var key: Key { Key(name) }
  /// Where the bucket's objects are.
  var scope: Scope { Scope(owner, region) }
  var arn: String { "arn:aws:s3:::\(name)" }

  init(name: String, owner: AccountID, region: Region, created: Timestamp) {
    self.name = name
    self.owner = owner
    self.region = region
    self.created = created
  }
}

extension Transaction {
  /// The bucket of this name.
  /// - Throws: NoSuchBucket.
  func bucket(_ name: String) throws(AWSError) -> BucketRecord {
    guard let bucket = try bucketIfPresent(name) else { throw .noSuchBucket(name) }
    return bucket
  }

  /// The bucket of this name, if there is one. A name whose account has been emptied is free.
  func bucketIfPresent(_ name: String) throws(AWSError) -> BucketRecord? {
    guard let holder = try get(BucketNameRecord.self, Key(name), in: .global) else { return nil }
    return try get(BucketRecord.self, Key(name), in: Scope(holder.owner))
  }

  /// Stores a bucket's changed settings.
  func put(_ bucket: BucketRecord) throws(AWSError) { try put(bucket, in: Scope(bucket.owner)) }
}
