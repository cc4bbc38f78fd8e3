import Cloud
import Wire

/// PutBucketLifecycleConfiguration, GetBucketLifecycleConfiguration, DeleteBucketLifecycle.
enum LifecycleOperations {
  static func put(
    _ input: PutBucketLifecycleConfigurationRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> PutBucketLifecycleConfigurationOutput {
    var bucket = try transaction.bucket(input.bucket)
    guard let wanted = input.lifecycleConfiguration else { throw .malformedXML() }
    let rules = try LifecycleRules(
      wanted, smallObjects: input.transitionDefaultMinimumObjectSize, transaction.random)
    bucket.change { $0.lifecycle = rules }
    try transaction.put(bucket)
    try LifecycleRun.schedule(bucket, transaction)
    return PutBucketLifecycleConfigurationOutput(transitionDefaultMinimumObjectSize: rules.smallObjects.rawValue)
  }

  static func get(
    _ input: GetBucketLifecycleConfigurationRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetBucketLifecycleConfigurationOutput {
    let bucket = try transaction.bucket(input.bucket)
    guard let rules = bucket.features?.lifecycle else {
      throw AWSError(
        "NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist", status: 404,
        fields: [("BucketName", .string(bucket.name))])
    }
    return GetBucketLifecycleConfigurationOutput(
      rules: rules.shown, transitionDefaultMinimumObjectSize: rules.smallObjects.rawValue)
  }

  static func delete(
    _ input: DeleteBucketLifecycleRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var bucket = try transaction.bucket(input.bucket)
    bucket.change { $0.lifecycle = nil }
    try transaction.put(bucket)
    return NoMembers()
  }

  /// `x-amz-expiration`: when the object expires and by which rule.
  static func expirationHeader(of object: ObjectRecord, in bucket: BucketRecord) -> String? {
    guard let rules = bucket.features?.lifecycle, let found = rules.expiration(of: object) else { return nil }
    return "expiry-date=\"\(found.date.httpDate)\", rule-id=\"\(Percent.encode(found.rule))\""
  }
}
