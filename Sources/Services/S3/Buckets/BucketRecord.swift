import Cloud
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

/// Block Public Access of a bucket; all four are on for new buckets.
/// AWS: S3 user guide, "Blocking public access to your Amazon S3 storage".
struct PublicAccessBlock: Sendable, Codable, Equatable {
  var blockPublicACLs = false
  var ignorePublicACLs = false
  var blockPublicPolicy = false
  var restrictPublicBuckets = false

  static let all = PublicAccessBlock(
    blockPublicACLs: true, ignorePublicACLs: true, blockPublicPolicy: true, restrictPublicBuckets: true)
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

/// Who owns what, as S3 shows it.
enum CanonicalUser {
  /// The canonical user id of an account: stable, and different from its number.
  static func id(of account: AccountID) -> String { CanonicalUserID.derive(account.rawValue) }
}
