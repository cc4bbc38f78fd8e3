import Cloud
import Wire

/// Reading and writing access control lists, and who owns what.
enum ACLOperations {
  // MARK: Buckets

  static func getBucket(
    _ input: GetBucketAclRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetBucketAclOutput {
    let bucket = try transaction.bucket(input.bucket)
    return GetBucketAclOutput(
      owner: Owner(id: CanonicalUser.id(of: bucket.owner)), grants: ACLDocument.show(bucket.effectiveGrants))
  }

  static func putBucket(
    _ input: PutBucketAclRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var bucket = try transaction.bucket(input.bucket)
    let wanted = try grants(
      input, input.accessControlPolicy, owner: .account(bucket.owner), in: bucket, isBucket: true)
    // AWS: setting a list is refused while lists are off, whatever it says.
    guard bucket.hasACLs else { throw .aclNotSupported() }
    try PublicAccess.refuse(wanted, in: bucket, action: "s3:PutBucketAcl", context, transaction)
    bucket.grants = wanted
    try transaction.put(bucket)
    return NoMembers()
  }

  // MARK: Objects

  static func getObject(
    _ input: GetObjectAclRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetObjectAclOutput {
    let bucket = try transaction.bucket(input.bucket)
    let object = try GetObject.find(bucket, input.key, input.versionId, context, transaction)
    return GetObjectAclOutput(
      owner: Owner(id: CanonicalUser.id(of: bucket.owner(of: object))),
      grants: ACLDocument.show(bucket.effectiveGrants(of: object)))
  }

  static func putObject(
    _ input: PutObjectAclRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> PutObjectAclOutput {
    let bucket = try transaction.bucket(input.bucket)
    guard bucket.hasACLs else { throw .aclNotSupported() }
    var object = try GetObject.find(bucket, input.key, input.versionId, context, transaction)
    let wanted = try grants(
      input, input.accessControlPolicy, owner: bucket.owner(of: object), in: bucket, isBucket: false)
    try PublicAccess.refuse(
      wanted, in: bucket, key: object.name,
      action: input.versionId == nil ? "s3:PutObjectAcl" : "s3:PutObjectVersionAcl", context, transaction)
    object.protection.grants = wanted
    try transaction.rewrite(object, in: bucket)
    try transaction.announce(.aclChanged, object, in: bucket, by: EventActor(context))
    return PutObjectAclOutput()
  }

  private static func grants(
    _ input: some ACLInput, _ document: AccessControlPolicy?, owner: ObjectOwner, in bucket: BucketRecord,
    isBucket: Bool
  ) throws(AWSError) -> [ACLGrant] {
    let headers = try ACLRequest(input)
    // A request without a body reads as a document without members.
    let isDocument = document.map { $0.owner != nil || $0.grants != nil } ?? false
    guard isDocument, let document else {
      guard
        let given = try headers.given(owner: owner.grantee, bucketOwner: bucket.owner, isBucket: isBucket)
      else {
        throw AWSError(
          "MissingSecurityHeader", "Your request was missing a required header", status: 400,
          fields: [("MissingHeaderName", .string("x-amz-acl"))])
      }
      return given
    }
    if !headers.isEmpty {
      throw AWSError("UnexpectedContent", "This request does not support content", status: 400)
    }
    return try ACLDocument.read(document, owner: owner)
  }

  // MARK: Ownership

  static func putOwnership(
    _ input: PutBucketOwnershipControlsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var bucket = try transaction.bucket(input.bucket)
    guard input.ownershipControls.rules.count == 1, let rule = input.ownershipControls.rules.first,
      let ownership = OwnershipMode(rawValue: rule.objectOwnership), ownership != .deleted
    else { throw .malformedXML() }
    if ownership == .bucketOwnerEnforced {
      // AWS: "Your bucket ACL must be migrated … before you can apply the Bucket owner enforced setting."
      let isOwners = bucket.effectiveGrants.allSatisfy { $0.grantee == .account(bucket.owner) }
      guard isOwners else { throw .aclWithOwnership() }
    }
    bucket.ownership = ownership
    try transaction.put(bucket)
    return NoMembers()
  }

  static func getOwnership(
    _ input: GetBucketOwnershipControlsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetBucketOwnershipControlsOutput {
    let bucket = try transaction.bucket(input.bucket)
    let ownership = bucket.ownership ?? .bucketOwnerEnforced
    if ownership == .deleted {
      throw AWSError(
        "OwnershipControlsNotFoundError", "The bucket ownership controls were not found", status: 404,
        fields: [("BucketName", .string(bucket.name))])
    }
    return GetBucketOwnershipControlsOutput(
      ownershipControls: OwnershipControls(rules: [OwnershipControlsRule(objectOwnership: ownership.rawValue)]))
  }

  /// Lists count again, and writers own what they write.
  static func deleteOwnership(
    _ input: DeleteBucketOwnershipControlsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var bucket = try transaction.bucket(input.bucket)
    bucket.ownership = .deleted
    try transaction.put(bucket)
    return NoMembers()
  }
}
