import Cloud
import Wire

/// Block Public Access of a bucket or of a whole account.
/// AWS: S3 user guide, "Blocking public access to your Amazon S3 storage".
public struct PublicAccessBlock: Sendable, Codable, Equatable {
  public var blockPublicACLs: Bool
  public var ignorePublicACLs: Bool
  public var blockPublicPolicy: Bool
  public var restrictPublicBuckets: Bool

  public init(
    blockPublicACLs: Bool = false, ignorePublicACLs: Bool = false, blockPublicPolicy: Bool = false,
    restrictPublicBuckets: Bool = false
  ) {
    self.blockPublicACLs = blockPublicACLs
    self.ignorePublicACLs = ignorePublicACLs
    self.blockPublicPolicy = blockPublicPolicy
    self.restrictPublicBuckets = restrictPublicBuckets
  }

  /// All four, as for new buckets.
  public static let all = PublicAccessBlock(
    blockPublicACLs: true, ignorePublicACLs: true, blockPublicPolicy: true, restrictPublicBuckets: true)

  /// What either of two blocks. AWS: "applies the most restrictive combination of the bucket-level and account-level settings".
  public func union(_ other: PublicAccessBlock?) -> PublicAccessBlock {
    guard let other else { return self }
    return PublicAccessBlock(
      blockPublicACLs: blockPublicACLs || other.blockPublicACLs,
      ignorePublicACLs: ignorePublicACLs || other.ignorePublicACLs,
      blockPublicPolicy: blockPublicPolicy || other.blockPublicPolicy,
      restrictPublicBuckets: restrictPublicBuckets || other.restrictPublicBuckets)
  }
}

/// Block Public Access of an account, which S3 Control sets and S3 obeys.
public struct AccountPublicAccessRecord: Record {
  public static let kind = "s3control.public-access-block"
  public static let isCached = true

  public var block: PublicAccessBlock

  public var key: Key { AccountPublicAccessRecord.key }
  public static let key: Key = "public-access-block"

  public init(_ block: PublicAccessBlock) { self.block = block }
}
