import Cloud
import Wire

/// Inputs that name a bucket.
protocol BucketInput: Structure {
  var bucket: String { get }
  var expectedBucketOwner: String? { get }
}

/// Inputs that name an object.
protocol ObjectInput: BucketInput {
  var key: String { get }
}

/// Inputs that may name a version of an object.
protocol VersionInput: ObjectInput {
  var versionId: String? { get }
}

typealias Accessing<Input> = @Sendable (Input, Context, Transaction) throws(AWSError) -> [AccessCheck]

/// Which permissions S3's operations need, and what policies may look at.
/// AWS: service authorization reference, "Actions, resources, and condition keys for Amazon S3".
enum Access {
  /// Finds the bucket that a request is about.
  /// - Throws: NoSuchBucket; AuthorizationHeaderMalformed when it was signed for another Region; AccessDenied when the
  ///   bucket isn't the expected owner's.
  static func open(
    _ name: String, expectedOwner: String?, _ context: Context, _ transaction: Transaction, inAnyRegion: Bool = false
  ) throws(AWSError) -> BucketRecord {
    let bucket = try transaction.bucket(name)
    if bucket.features?.logging != nil { context.notes?.isLogged = true }
    if !inAnyRegion, bucket.region != context.region, context.caller.kind != .anonymous {
      throw wrongRegion(bucket, context)
    }
    if let expectedOwner {
      guard let account = AccountID(expectedOwner) else {
        throw AWSError(
          "InvalidBucketOwnerAWSAccountID",
          "The value of the expected bucket owner parameter must be an AWS account ID.",
          status: 400)
      }
      if account != bucket.owner { throw .accessDenied() }
    }
    return bucket
  }

  /// S3 answers a signature for another Region so that clients find the right one.
  private static func wrongRegion(_ bucket: BucketRecord, _ context: Context) -> AWSError {
    let detail = "the region '\(context.region)' is wrong; expecting '\(bucket.region)'"
    let isPresigned = Access.isPresigned(context.request)
    return AWSError(
      isPresigned ? "AuthorizationQueryParametersError" : "AuthorizationHeaderMalformed",
      isPresigned
        ? "Error parsing the X-Amz-Credential parameter; \(detail)"
        : "The authorization header is malformed; \(detail)",
      status: 400, fields: [("Region", .string(bucket.region.rawValue))],
      headers: [("x-amz-bucket-region", bucket.region.rawValue)])
  }

  static func isPresigned(_ request: RequestFacts) -> Bool {
    request.query.utf8.count > 16 && request.query.contains("X-Amz-Signature=")
  }

  /// Whether it is a presigned URL of Signature Version 2.
  static func isOldPresigned(_ request: RequestFacts) -> Bool {
    request.query.utf8.count > 16 && request.query.contains("AWSAccessKeyId=")
  }

  // MARK: Checks

  /// A check of an action on a bucket or, with a key, on an object.
  static func check(
    _ action: String, _ bucket: BucketRecord, key: String? = nil, _ context: Context, _ transaction: Transaction,
    keys: [(name: String, value: ConditionValue)] = [], existing: ObjectRecord? = nil
  ) -> AccessCheck {
    var all = requestKeys(context, transaction)
    all.append(contentsOf: keys)
    for tag in existing?.tags ?? [] { all.append(("s3:ExistingObjectTag/\(tag.key)", .single(tag.value))) }
    all.append(("s3:ResourceAccount", .single(bucket.owner.rawValue)))
    let standing = standing(action, bucket, isObject: key != nil, existing, context, transaction)
    return AccessCheck(
      action, on: key.map { bucket.arn(of: $0) } ?? bucket.arn, owner: standing.owner, policy: standing.policy,
      keys: all)
  }

  /// Whose the bucket or object is, and the policy that decides with it: the bucket's, and what access control lists grant.
  ///
  /// An object that another account owns is out of the bucket policy's reach, but for its denials.
  /// AWS: S3 user guide, "How Amazon S3 authorizes a request for an object operation".
  private static func standing(
    _ action: String, _ bucket: BucketRecord, isObject: Bool, _ existing: ObjectRecord?, _ context: Context,
    _ transaction: Transaction
  ) -> (owner: AccountID, policy: String?) {
    var policy = effectivePolicy(action, bucket, context, transaction)
    guard bucket.hasACLs else { return (bucket.owner, policy) }
    var owner = bucket.owner
    var grants = bucket.effectiveGrants
    let isNew = isObject && existing == nil && action == "s3:PutObjectAcl"
    if isObject, !isNew, !ACLPolicy.bucketActions.contains(action) {
      guard let existing else { return (bucket.owner, policy) }
      grants = bucket.effectiveGrants(of: existing)
      if let other = existing.protection.owner {
        policy = ACLPolicy.denials(of: policy)
        if case .account(let account) = other { owner = account }
      }
    }
    let hasPublic = grants.contains { $0.grantee.isPublic }
    let statements = ACLPolicy.statements(
      of: grants, allowing: action, owner: owner, objectOwner: existing.map { bucket.owner(of: $0) },
      isNew: isNew, ignoresPublic: hasPublic && PublicAccess.block(of: bucket, transaction).ignorePublicACLs)
    return (owner, ACLPolicy.merged(policy, statements))
  }

  /// The check of an action on the bucket or object with an ARN; the object need not exist.
  static func question(
    _ action: String, _ arn: String, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> AccessCheck? {
    guard let arn = ARN(arn), arn.service == "s3" else { return nil }
    let parts = arn.resource.split(separator: "/", maxSplits: 1).map(String.init)
    guard let name = parts.first, let bucket = try transaction.bucketIfPresent(name) else { return nil }
    guard parts.count == 2 else { return check(action, bucket, context, transaction) }
    let existing = try transaction.object(bucket, parts[1])
    return check(action, bucket, key: parts[1], context, transaction, existing: existing)
  }

  /// The bucket's policy as it counts for a caller.
  private static func effectivePolicy(
    _ action: String, _ bucket: BucketRecord, _ context: Context, _ transaction: Transaction
  ) -> String? {
    guard let policy = bucket.policy else { return nil }
    let caller = context.caller
    // AWS: "the root user can always perform PutBucketPolicy, GetBucketPolicy and DeleteBucketPolicy", or a mistaken
    // policy would lock the bucket for ever.
    if caller.kind == .root, caller.account == bucket.owner, policyActions.contains(action) { return nil }
    if bucket.isPolicyPublic, caller.account != bucket.owner,
      PublicAccess.block(of: bucket, transaction).restrictPublicBuckets
    {
      if case .service = caller.kind { return policy }
      return ACLPolicy.denials(of: policy)
    }
    return policy
  }

  private static let policyActions: Set<String> = ["s3:PutBucketPolicy", "s3:GetBucketPolicy", "s3:DeleteBucketPolicy"]

  /// Whether the object may be known to be missing: otherwise S3 says that access is denied.
  static func authorizeMissing(_ bucket: BucketRecord, _ context: Context, _ transaction: Transaction) throws(AWSError)
  {
    try context.authorize(check("s3:ListBucket", bucket, context, transaction), transaction)
  }

  // MARK: Condition keys of the request

  /// Headers that are condition keys under their own name.
  private static let headerKeys: Set<String> = [
    "x-amz-acl", "x-amz-content-sha256", "x-amz-copy-source", "x-amz-grant-full-control", "x-amz-grant-read",
    "x-amz-grant-read-acp", "x-amz-grant-write", "x-amz-grant-write-acp", "x-amz-metadata-directive",
    "x-amz-server-side-encryption", "x-amz-server-side-encryption-aws-kms-key-id",
    "x-amz-server-side-encryption-customer-algorithm", "x-amz-storage-class", "x-amz-website-redirect-location",
    "x-amz-object-ownership", "x-amz-bucket-namespace",
  ]

  /// The keys that every request has.
  static func requestKeys(
    _ context: Context, _ transaction: Transaction
  ) -> [(name: String, value: ConditionValue)] {
    var keys: [(name: String, value: ConditionValue)] = []
    keys.reserveCapacity(10)
    let request = context.request
    // Plain HTTP on this machine counts as secure, as for aws:SecureTransport; the version of a real TLS isn't told apart.
    keys.append(("s3:TlsVersion", .single("1.3")))
    let isWrite = request.method != "GET" && request.method != "HEAD"
    for (name, value) in request.headers where name.utf8.count >= 8 {
      // x-amz-…, if-match, if-none-match
      let isConditional = isWrite && (name.utf8.count == 8 || name.utf8.count == 13)
      guard isConditional || name.utf8.dropFirst(5).first == UInt8(ascii: "-") else { continue }
      let folded = name.lowercased()
      if folded == "x-amz-server-side-encryption-aws-kms-key-id" {
        keys.append(("s3:\(folded)", .single(keyARN(value, context))))
      } else if headerKeys.contains(folded) || isConditional && (folded == "if-match" || folded == "if-none-match") {
        keys.append(("s3:\(folded)", .single(value)))
      }
    }
    if context.caller.kind == .anonymous { return keys }
    if isOldPresigned(request) {
      keys.append(("s3:signatureversion", .single("AWS")))
      keys.append(("s3:authType", .single("REST-QUERY-STRING")))
      return keys
    }
    keys.append(("s3:signatureversion", .single("AWS4-HMAC-SHA256")))
    if request.isForm {
      keys.append(("s3:authType", .single("POST")))
    } else if isPresigned(request) {
      keys.append(("s3:authType", .single("REST-QUERY-STRING")))
      if let date = parameter("X-Amz-Date", request.query).flatMap({ Timestamp(iso8601: $0) }) {
        keys.append(("s3:signatureAge", .single(String(transaction.now.milliseconds - date.milliseconds))))
      }
    } else {
      keys.append(("s3:authType", .single("REST-HEADER")))
    }
    return keys
  }

  /// Policies see the ARN of a KMS key that a request names by its id. unverified: aliases stay what they are.
  private static func keyARN(_ id: String, _ context: Context) -> String {
    guard let account = context.caller.account, !id.hasPrefix("arn:"), !id.hasPrefix("alias/") else { return id }
    return "arn:aws:kms:\(context.region):\(account):key/\(id)"
  }

  /// A query parameter's raw value.
  static func parameter(_ name: String, _ query: String) -> String? {
    for pair in query.split(separator: "&") where pair.hasPrefix(name + "=") {
      return String(pair.dropFirst(name.count + 1))
    }
    return nil
  }

  // MARK: Ready-made closures

  /// One action on the bucket.
  static func bucket<Input: BucketInput>(_ action: String) -> Accessing<Input> {
    { input, context, transaction throws(AWSError) in
      let bucket = try open(input.bucket, expectedOwner: input.expectedBucketOwner, context, transaction)
      return [check(action, bucket, context, transaction)]
    }
  }

  /// One action on the object, whose tags count.
  static func object<Input: ObjectInput>(_ action: String) -> Accessing<Input> {
    { input, context, transaction throws(AWSError) in
      let bucket = try open(input.bucket, expectedOwner: input.expectedBucketOwner, context, transaction)
      let existing = try transaction.object(bucket, input.key)
      return [check(action, bucket, key: input.key, context, transaction, existing: existing)]
    }
  }

  /// One action on the object, or another one on a version of it that is named.
  static func version<Input: VersionInput>(_ action: String, ofVersion versionAction: String) -> Accessing<Input> {
    { input, context, transaction throws(AWSError) in
      let bucket = try open(input.bucket, expectedOwner: input.expectedBucketOwner, context, transaction)
      guard let version = input.versionId else {
        let existing = try transaction.object(bucket, input.key)
        return [check(action, bucket, key: input.key, context, transaction, existing: existing)]
      }
      return [
        check(
          versionAction, bucket, key: input.key, context, transaction,
          keys: [("s3:versionid", .single(version))], existing: try transaction.version(bucket, input.key, version))
      ]
    }
  }
}

extension DeleteBucketRequest: BucketInput {}
extension HeadBucketRequest: BucketInput {}
extension GetBucketLocationRequest: BucketInput {}
extension PutBucketPolicyRequest: BucketInput {}
extension GetBucketPolicyRequest: BucketInput {}
extension DeleteBucketPolicyRequest: BucketInput {}
extension GetBucketPolicyStatusRequest: BucketInput {}
extension PutBucketTaggingRequest: BucketInput {}
extension GetBucketTaggingRequest: BucketInput {}
extension DeleteBucketTaggingRequest: BucketInput {}
extension PutBucketVersioningRequest: BucketInput {}
extension GetBucketVersioningRequest: BucketInput {}
extension GetBucketAclRequest: BucketInput {}
extension PutBucketAclRequest: BucketInput {}
extension PutPublicAccessBlockRequest: BucketInput {}
extension GetPublicAccessBlockRequest: BucketInput {}
extension DeletePublicAccessBlockRequest: BucketInput {}
extension PutBucketOwnershipControlsRequest: BucketInput {}
extension GetBucketOwnershipControlsRequest: BucketInput {}
extension DeleteBucketOwnershipControlsRequest: BucketInput {}
extension PutBucketEncryptionRequest: BucketInput {}
extension GetBucketEncryptionRequest: BucketInput {}
extension DeleteBucketEncryptionRequest: BucketInput {}
extension PutBucketNotificationConfigurationRequest: BucketInput {}
extension GetBucketNotificationConfigurationRequest: BucketInput {}
extension PutBucketCorsRequest: BucketInput {}
extension GetBucketCorsRequest: BucketInput {}
extension DeleteBucketCorsRequest: BucketInput {}
extension PutBucketLifecycleConfigurationRequest: BucketInput {}
extension GetBucketLifecycleConfigurationRequest: BucketInput {}
extension DeleteBucketLifecycleRequest: BucketInput {}
extension PutBucketWebsiteRequest: BucketInput {}
extension GetBucketWebsiteRequest: BucketInput {}
extension DeleteBucketWebsiteRequest: BucketInput {}
extension PutBucketLoggingRequest: BucketInput {}
extension GetBucketLoggingRequest: BucketInput {}
extension PutBucketRequestPaymentRequest: BucketInput {}
extension GetBucketRequestPaymentRequest: BucketInput {}
extension PutBucketReplicationRequest: BucketInput {}
extension GetBucketReplicationRequest: BucketInput {}
extension DeleteBucketReplicationRequest: BucketInput {}
extension RestoreObjectRequest: VersionInput {}
extension ListObjectsRequest: BucketInput {}
extension ListObjectsV2Request: BucketInput {}
extension ListObjectVersionsRequest: BucketInput {}
extension ListMultipartUploadsRequest: BucketInput {}
extension DeleteObjectsRequest: BucketInput {}
extension PutObjectRequest: ObjectInput {}
extension GetObjectRequest: VersionInput {}
extension HeadObjectRequest: VersionInput {}
extension DeleteObjectRequest: VersionInput {}
extension CopyObjectRequest: ObjectInput {}
extension GetObjectAttributesRequest: VersionInput {}
extension GetObjectTaggingRequest: VersionInput {}
extension PutObjectTaggingRequest: VersionInput {}
extension DeleteObjectTaggingRequest: VersionInput {}
extension GetObjectAclRequest: VersionInput {}
extension PutObjectAclRequest: VersionInput {}
extension CreateMultipartUploadRequest: ObjectInput {}
extension UploadPartRequest: ObjectInput {}
extension UploadPartCopyRequest: ObjectInput {}
extension CompleteMultipartUploadRequest: ObjectInput {}
extension AbortMultipartUploadRequest: ObjectInput {}
extension ListPartsRequest: ObjectInput {}
