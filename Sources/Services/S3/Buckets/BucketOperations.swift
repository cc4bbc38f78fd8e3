import Cloud
import Identity
import Wire

/// Buckets themselves: making, finding, listing and deleting them.
enum BucketOperations {
  // MARK: CreateBucket

  static let createAccess: Accessing<CreateBucketRequest> = { input, context, transaction throws(AWSError) in
    try BucketName.check(input.bucket)
    var keys = Access.requestKeys(context, transaction)
    if let location = input.createBucketConfiguration?.locationConstraint {
      keys.append(("s3:locationconstraint", .single(location)))
    }
    // AWS: CreateBucket, "Permissions".
    var actions = ["s3:CreateBucket"]
    if input.hasACL { actions.append("s3:PutBucketAcl") }
    if input.objectLockEnabledForBucket == true {
      actions += ["s3:PutBucketObjectLockConfiguration", "s3:PutBucketVersioning"]
    }
    if input.objectOwnership != nil { actions.append("s3:PutBucketOwnershipControls") }
    return actions.map {
      AccessCheck($0, on: "arn:aws:s3:::\(input.bucket)", owner: context.caller.account, keys: keys)
    }
  }

  static func create(
    _ input: CreateBucketRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> CreateBucketOutput {
    let account = try context.account
    let region = try location(input.createBucketConfiguration?.locationConstraint, context.region)
    let tags = (input.createBucketConfiguration?.tags ?? []).map { TagPair(key: $0.key, value: $0.value) }
    try TagRules.check(tags, limit: TagRules.bucketLimit)
    try TagPolicies.check("s3:bucket", tags: tags.map { ($0.key, $0.value) }, owner: account, transaction)
    // AWS: us-east-1 answers with the whole URL's host for buckets elsewhere; clients use only the path.
    let output = CreateBucketOutput(location: "/\(input.bucket)", bucketArn: "arn:aws:s3:::\(input.bucket)")
    if let existing = try transaction.bucketIfPresent(input.bucket) {
      guard existing.owner == account else {
        throw AWSError(
          "BucketAlreadyExists",
          "The requested bucket name is not available. The bucket namespace is shared by all users of the system. "
            + "Please select a different name and try again.",
          status: 409, fields: [("BucketName", .string(input.bucket))])
      }
      // AWS: CreateBucket, "in the North Virginia Region … Amazon S3 returns 200 OK".
      if existing.region == .usEast1, region == .usEast1 { return output }
      throw AWSError(
        "BucketAlreadyOwnedByYou", "Your previous request to create the named bucket succeeded and you already own it.",
        status: 409, fields: [("BucketName", .string(input.bucket))])
    }
    var bucket = BucketRecord(name: input.bucket, owner: account, region: region, created: transaction.now)
    bucket.tags = tags
    try protect(&bucket, input)
    try transaction.put(BucketNameRecord(name: bucket.name, owner: account), in: .global)
    try transaction.put(bucket)
    return output
  }

  /// Lock, ownership and access control list of a new bucket.
  private static func protect(_ bucket: inout BucketRecord, _ input: CreateBucketRequest) throws(AWSError) {
    if input.objectLockEnabledForBucket == true {
      bucket.objectLock = ObjectLockConfigurationRecord()
      bucket.versioning = .enabled
    }
    if let name = input.objectOwnership {
      guard let ownership = OwnershipMode(rawValue: name), ownership != .deleted else {
        throw .invalidArgument("Invalid x-amz-object-ownership header: \(name)", "x-amz-object-ownership", name)
      }
      bucket.ownership = ownership
    }
    let request = try ACLRequest(input)
    let grants = try request.given(owner: .account(bucket.owner), bucketOwner: bucket.owner, isBucket: true)
    guard let grants, grants.contains(where: { $0.grantee != .account(bucket.owner) }) else { return }
    guard bucket.hasACLs else { throw .aclWithOwnership() }
    // Everything public is blocked in a new bucket. AWS: "you can't create a bucket with a public ACL".
    guard !grants.contains(where: { $0.grantee.isPublic }) else {
      throw AWSError(
        "InvalidBucketAclWithBlockPublicAccessError",
        "Bucket cannot have public ACLs set with BlockPublicAccess enabled", status: 400)
    }
    bucket.grants = grants
  }

  /// Where a bucket is made, from what the request says and where it went.
  static func location(_ constraint: String?, _ endpoint: Region) throws(AWSError) -> Region {
    let wanted = constraint == "EU" ? "eu-west-1" : constraint
    guard let wanted, !wanted.isEmpty else {
      if endpoint == .usEast1 { return endpoint }
      throw AWSError(
        "IllegalLocationConstraintException",
        "The unspecified location constraint is incompatible for the region specific endpoint this request was sent to.",
        status: 400)
    }
    guard wanted != "us-east-1", let region = Region(wanted), wanted.split(separator: "-").count >= 3 else {
      throw AWSError(
        "InvalidLocationConstraint", "The specified location-constraint is not valid", status: 400,
        fields: [("LocationConstraint", .string(wanted))])
    }
    guard endpoint == .usEast1 || endpoint == region else {
      throw AWSError(
        "IllegalLocationConstraintException",
        "The \(wanted) location constraint is incompatible for the region specific endpoint this request was sent to.",
        status: 400)
    }
    return region
  }

  // MARK: DeleteBucket

  static func delete(
    _ input: DeleteBucketRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let bucket = try transaction.bucket(input.bucket)
    let contents = KeyRange.prefix(.string(bucket.name))
    if try transaction.count(ObjectRecord.self, in: bucket.scope, contents, limit: 1) > 0 {
      throw notEmpty("The bucket you tried to delete is not empty", bucket)
    }
    if try transaction.count(VersionRecord.self, in: bucket.scope, contents, limit: 1) > 0 {
      throw notEmpty("The bucket you tried to delete is not empty. You must delete all versions in the bucket.", bucket)
    }
    for upload in try transaction.scan(UploadRecord.self, in: bucket.scope, contents) {
      try transaction.discard(upload, in: bucket)
    }
    try transaction.delete(bucket, in: Scope(bucket.owner))
    try transaction.delete(BucketNameRecord.self, Key(bucket.name), in: .global)
    return NoMembers()
  }

  private static func notEmpty(_ message: String, _ bucket: BucketRecord) -> AWSError {
    AWSError("BucketNotEmpty", message, status: 409, fields: [("BucketName", .string(bucket.name))])
  }

  // MARK: HeadBucket, GetBucketLocation

  static func head(
    _ input: HeadBucketRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> HeadBucketOutput {
    let bucket = try transaction.bucket(input.bucket)
    return HeadBucketOutput(bucketArn: bucket.arn, bucketRegion: bucket.region.rawValue, accessPointAlias: false)
  }

  static let locationAccess: Accessing<GetBucketLocationRequest> = { input, context, transaction throws(AWSError) in
    let bucket = try Access.open(
      input.bucket, expectedOwner: input.expectedBucketOwner, context, transaction, inAnyRegion: true)
    return [Access.check("s3:GetBucketLocation", bucket, context, transaction)]
  }

  static func location(
    _ input: GetBucketLocationRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetBucketLocationOutput {
    let region = try transaction.bucket(input.bucket).region
    return GetBucketLocationOutput(locationConstraint: region == .usEast1 ? "" : region.rawValue)
  }

  // MARK: ListBuckets

  static let listAccess: Accessing<ListBucketsRequest> = { input, context, transaction throws(AWSError) in
    if context.caller.kind == .anonymous { throw .accessDenied() }
    return [AccessCheck("s3:ListAllMyBuckets", on: "*", keys: Access.requestKeys(context, transaction))]
  }

  static func list(
    _ input: ListBucketsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListBucketsOutput {
    let account = try context.account
    let limit = input.maxBuckets ?? 10_000
    guard (1...10_000).contains(limit) else {
      throw .invalidArgument("max-buckets must be between 1 and 10000", "max-buckets", "\(limit)")
    }
    var range = KeyRange.all
    if let token = input.continuationToken, !token.isEmpty {
      guard let name = ContinuationToken.decode(token) else {
        throw .invalidArgument("The continuation token provided is incorrect", "continuation-token", token)
      }
      range = range.after(Key(name))
    }
    let prefix = input.prefix ?? ""
    var found: [BucketRecord] = []
    for bucket in try transaction.scan(BucketRecord.self, in: Scope(account), range) where bucket.name.hasPrefix(prefix)
    {
      if let region = input.bucketRegion, bucket.region.rawValue != region { continue }
      found.append(bucket)
    }
    let page = found.prefix(limit)
    let isPaged =
      input.maxBuckets != nil || input.continuationToken != nil || input.prefix != nil || input.bucketRegion != nil
    return ListBucketsOutput(
      buckets: page.map { bucket in
        Bucket(
          name: bucket.name, creationDate: bucket.created.wholeSeconds,
          bucketRegion: isPaged ? bucket.region.rawValue : nil, bucketArn: bucket.arn)
      },
      owner: Owner(id: CanonicalUser.id(of: account)),
      continuationToken: found.count > limit ? page.last.map { ContinuationToken.encode($0.name) } : nil,
      prefix: input.prefix)
  }
}
