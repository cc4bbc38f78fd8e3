import Cloud
import Identity
import Wire

/// Block Public Access as it counts: of the bucket and of its account together.
enum PublicAccess {
  /// Asked only where something is public, so that other requests never look for the account's setting.
  static func block(of bucket: BucketRecord, _ transaction: Transaction) -> PublicAccessBlock {
    (bucket.publicAccessBlock ?? PublicAccessBlock()).union(block(of: bucket.owner, transaction))
  }

  /// An account's setting. What can't be read blocks everything.
  static func block(of account: AccountID, _ transaction: Transaction) -> PublicAccessBlock? {
    do throws(AWSError) {
      return try transaction.get(AccountPublicAccessRecord.self, AccountPublicAccessRecord.key, in: Scope(account))?
        .block
    } catch { return .all }
  }

  /// Refuses grants to the public where they are blocked.
  static func refuse(
    _ grants: [ACLGrant]?, in bucket: BucketRecord, key: String? = nil, action: String, _ context: Context,
    _ transaction: Transaction
  ) throws(AWSError) {
    guard let grants, grants.contains(where: { $0.grantee.isPublic }), block(of: bucket, transaction).blockPublicACLs
    else { return }
    throw refusal(action, key.map { bucket.arn(of: $0) } ?? bucket.arn, "public ACLs", "BlockPublicAcls", context)
  }

  /// AWS: S3 user guide, "Troubleshoot access denied (403 Forbidden) errors in Amazon S3".
  static func refusal(
    _ action: String, _ resource: String, _ what: String, _ setting: String, _ context: Context
  ) -> AWSError {
    .accessDenied(
      "User: \(context.caller.arn.isEmpty ? "anonymous" : context.caller.arn) is not authorized to perform: \(action) "
        + "on resource: \"\(resource)\" because \(what) are prevented by the \(setting) setting in S3 Block Public Access."
    )
  }
}
