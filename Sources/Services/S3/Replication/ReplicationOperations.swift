import Cloud
import Identity
import Wire

/// PutBucketReplication, GetBucketReplication, DeleteBucketReplication.
enum ReplicationOperations {
  static func put(
    _ input: PutBucketReplicationRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var bucket = try transaction.bucket(input.bucket)
    guard bucket.versioning == .enabled else {
      throw .invalidRequest("Versioning must be 'Enabled' on the bucket to apply a replication configuration")
    }
    if input.token != nil { throw .headerNotBuilt("x-amz-bucket-object-lock-token", "replicating existing objects") }
    let rules = try ReplicationRules(input.replicationConfiguration, transaction.random)
    for rule in rules.rules {
      guard let target = try transaction.bucketIfPresent(rule.target) else {
        throw .invalidRequest("Destination bucket must exist.")
      }
      guard target.versioning == .enabled else {
        throw .invalidRequest("Destination bucket must have versioning enabled.")
      }
      if target.name == bucket.name {
        throw .invalidRequest("Destination bucket cannot be the same as the source bucket.")
      }
    }
    let invalidRole = AWSError.invalidArgument(
      "Invalid Role specified in replication configuration", "Role", rules.role)
    // unverified: that a role that isn't there is found out here; its policies are tried when objects are copied.
    guard
      try PassRole.check(
        rules.role, to: "s3.amazonaws.com", for: bucket.arn, crossAccount: invalidRole, context, transaction) != nil
    else { throw invalidRole }
    bucket.change { $0.replication = rules }
    try transaction.put(bucket)
    return NoMembers()
  }

  static func get(
    _ input: GetBucketReplicationRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetBucketReplicationOutput {
    let bucket = try transaction.bucket(input.bucket)
    guard let rules = bucket.features?.replication else {
      throw AWSError(
        "ReplicationConfigurationNotFoundError", "The replication configuration was not found", status: 404,
        fields: [("BucketName", .string(bucket.name))])
    }
    return GetBucketReplicationOutput(replicationConfiguration: rules.shown)
  }

  static func delete(
    _ input: DeleteBucketReplicationRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var bucket = try transaction.bucket(input.bucket)
    bucket.change { $0.replication = nil }
    try transaction.put(bucket)
    return NoMembers()
  }
}
