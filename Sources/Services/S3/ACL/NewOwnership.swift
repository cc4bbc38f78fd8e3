import Cloud
import Wire

/// Whose a new object is, and whom it is shared with.
struct NewOwnership: Sendable {
  /// Nothing stands for the bucket's owner.
  var owner: ObjectOwner?
  /// Nothing stands for the owner's full control.
  var grants: [ACLGrant]?

  /// - Throws: AccessControlListNotSupported, AccessDenied for the public where it is blocked.
  init(
    _ input: some ACLInput, key: String, in bucket: BucketRecord, action: String, _ context: Context,
    _ transaction: Transaction
  ) throws(AWSError) {
    let request = try ACLRequest(input)
    guard bucket.hasACLs else {
      guard try request.isBucketOwners(bucket.owner) else { throw .aclNotSupported() }
      return
    }
    owner = NewOwnership.writer(in: bucket, context)
    // AWS: "… if the object is uploaded with the bucket-owner-full-control canned ACL".
    if bucket.ownership == .bucketOwnerPreferred, input.acl == "bucket-owner-full-control" { owner = nil }
    grants = try request.given(
      owner: (owner ?? .account(bucket.owner)).grantee, bucketOwner: bucket.owner, isBucket: false)
    try PublicAccess.refuse(grants, in: bucket, key: key, action: action, context, transaction)
  }

  private static func writer(in bucket: BucketRecord, _ context: Context) -> ObjectOwner? {
    if let account = context.caller.account { return account == bucket.owner ? nil : .account(account) }
    if case .anonymous = context.caller.kind { return .anonymous }
    // What a service delivers is the bucket owner's. unverified
    return nil
  }
}
