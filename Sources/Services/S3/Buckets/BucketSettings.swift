import Cloud
import Identity
import Wire

/// A bucket's settings: policy, tags, versioning, Block Public Access.
enum BucketSettings {
  // MARK: Policy

  static func putPolicy(
    _ input: PutBucketPolicyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var bucket = try ownBucket(input.bucket, context, transaction)
    let policy = try BucketPolicy.accept(input.policy, for: bucket, transaction)
    let isPublic = BucketPolicy.isPublic(input.policy)
    if isPublic, PublicAccess.block(of: bucket, transaction).blockPublicPolicy {
      throw PublicAccess.refusal("s3:PutBucketPolicy", bucket.arn, "public policies", "BlockPublicPolicy", context)
    }
    bucket.policy = policy
    bucket.isPolicyPublic = isPublic
    try transaction.put(bucket)
    return NoMembers()
  }

  static func getPolicy(
    _ input: GetBucketPolicyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetBucketPolicyOutput {
    let bucket = try ownBucket(input.bucket, context, transaction)
    return GetBucketPolicyOutput(policy: try Principals.render(try policy(of: bucket), in: transaction))
  }

  static func deletePolicy(
    _ input: DeleteBucketPolicyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var bucket = try ownBucket(input.bucket, context, transaction)
    bucket.policy = nil
    bucket.isPolicyPublic = false
    try transaction.put(bucket)
    return NoMembers()
  }

  static func policyStatus(
    _ input: GetBucketPolicyStatusRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetBucketPolicyStatusOutput {
    let bucket = try transaction.bucket(input.bucket)
    _ = try policy(of: bucket)
    return GetBucketPolicyStatusOutput(policyStatus: PolicyStatus(isPublic: bucket.isPolicyPublic))
  }

  private static func policy(of bucket: BucketRecord) throws(AWSError) -> String {
    if let policy = bucket.policy { return policy }
    throw AWSError(
      "NoSuchBucketPolicy", "The bucket policy does not exist", status: 404,
      fields: [("BucketName", .string(bucket.name))])
  }

  /// AWS: "If you are using an identity … that belongs to [another] account, Amazon S3 returns 405 Method Not Allowed".
  private static func ownBucket(
    _ name: String, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> BucketRecord {
    let bucket = try transaction.bucket(name)
    guard context.caller.account == bucket.owner else {
      throw AWSError(
        "MethodNotAllowed", "The specified method is not allowed against this resource.", status: 405,
        fields: [("Method", .string(context.request.method)), ("ResourceType", .string("BUCKETPOLICY"))])
    }
    return bucket
  }

  // MARK: Tags

  static func putTags(
    _ input: PutBucketTaggingRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var bucket = try transaction.bucket(input.bucket)
    let tags = input.tagging.tagSet.map { TagPair(key: $0.key, value: $0.value) }
    try TagRules.check(tags, limit: TagRules.bucketLimit)
    try TagPolicies.check("s3:bucket", tags: tags.map { ($0.key, $0.value) }, owner: bucket.owner, transaction)
    bucket.tags = tags
    try transaction.put(bucket)
    return NoMembers()
  }

  static func getTags(
    _ input: GetBucketTaggingRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetBucketTaggingOutput {
    let bucket = try transaction.bucket(input.bucket)
    if bucket.tags.isEmpty {
      throw AWSError(
        "NoSuchTagSet", "The TagSet does not exist", status: 404, fields: [("BucketName", .string(bucket.name))])
    }
    return GetBucketTaggingOutput(tagSet: bucket.tags.map { Tag(key: $0.key, value: $0.value) })
  }

  static func deleteTags(
    _ input: DeleteBucketTaggingRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var bucket = try transaction.bucket(input.bucket)
    bucket.tags = []
    try transaction.put(bucket)
    return NoMembers()
  }

  // MARK: Versioning

  static func putVersioning(
    _ input: PutBucketVersioningRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var bucket = try transaction.bucket(input.bucket)
    if input.versioningConfiguration.mfaDelete == "Enabled" { throw .headerNotBuilt("x-amz-mfa", "MFA delete") }
    guard let status = input.versioningConfiguration.status else {
      throw AWSError(
        "IllegalVersioningConfigurationException", "The Versioning element must be specified", status: 400)
    }
    guard let versioning = BucketRecord.Versioning(rawValue: status) else { throw .malformedXML() }
    if bucket.objectLock != nil, versioning != .enabled {
      throw AWSError(
        "InvalidBucketState",
        "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.",
        status: 409)
    }
    if versioning == .suspended, bucket.features?.replication != nil {
      throw AWSError(
        "InvalidBucketState",
        "A replication configuration is present on this bucket, so you cannot change the versioning state. To change the "
          + "versioning state, first delete the replication configuration.", status: 409)
    }
    bucket.versioning = versioning
    try transaction.put(bucket)
    return NoMembers()
  }

  static func getVersioning(
    _ input: GetBucketVersioningRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetBucketVersioningOutput {
    GetBucketVersioningOutput(status: try transaction.bucket(input.bucket).versioning?.rawValue)
  }

  // MARK: Block Public Access

  static func putPublicAccessBlock(
    _ input: PutPublicAccessBlockRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var bucket = try transaction.bucket(input.bucket)
    let wanted = input.publicAccessBlockConfiguration
    bucket.publicAccessBlock = PublicAccessBlock(
      blockPublicACLs: wanted.blockPublicAcls ?? false, ignorePublicACLs: wanted.ignorePublicAcls ?? false,
      blockPublicPolicy: wanted.blockPublicPolicy ?? false, restrictPublicBuckets: wanted.restrictPublicBuckets ?? false
    )
    try transaction.put(bucket)
    return NoMembers()
  }

  static func getPublicAccessBlock(
    _ input: GetPublicAccessBlockRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetPublicAccessBlockOutput {
    let bucket = try transaction.bucket(input.bucket)
    guard let block = bucket.publicAccessBlock else {
      throw AWSError(
        "NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found", status: 404,
        fields: [("BucketName", .string(bucket.name))])
    }
    return GetPublicAccessBlockOutput(
      publicAccessBlockConfiguration: PublicAccessBlockConfiguration(
        blockPublicAcls: block.blockPublicACLs, ignorePublicAcls: block.ignorePublicACLs,
        blockPublicPolicy: block.blockPublicPolicy, restrictPublicBuckets: block.restrictPublicBuckets))
  }

  static func deletePublicAccessBlock(
    _ input: DeletePublicAccessBlockRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var bucket = try transaction.bucket(input.bucket)
    bucket.publicAccessBlock = nil
    try transaction.put(bucket)
    return NoMembers()
  }
}
