import Cloud
import Wire

/// Tags of objects.
enum ObjectTagging {
  static let putAccess: Accessing<PutObjectTaggingRequest> = { input, context, transaction throws(AWSError) in
    let bucket = try Access.open(input.bucket, expectedOwner: input.expectedBucketOwner, context, transaction)
    let existing =
      if let version = input.versionId { try transaction.version(bucket, input.key, version) } else {
        try transaction.object(bucket, input.key)
      }
    var keys = NewObject.requestKeys(input.tagging.tagSet.map { TagPair(key: $0.key, value: $0.value) })
    if let version = input.versionId { keys.append(("s3:versionid", .single(version))) }
    return [
      Access.check(
        input.versionId == nil ? "s3:PutObjectTagging" : "s3:PutObjectVersionTagging", bucket, key: input.key, context,
        transaction, keys: keys, existing: existing)
    ]
  }

  static func put(
    _ input: PutObjectTaggingRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> PutObjectTaggingOutput {
    let bucket = try transaction.bucket(input.bucket)
    var object = try GetObject.find(bucket, input.key, input.versionId, context, transaction)
    object.tags = input.tagging.tagSet.map { TagPair(key: $0.key, value: $0.value) }
    try TagRules.check(object.tags, limit: TagRules.objectLimit)
    try transaction.rewrite(object, in: bucket)
    try Replicating.begin(object, in: bucket, transaction)
    try transaction.announce(.tagged, object, in: bucket, by: EventActor(context))
    return PutObjectTaggingOutput(versionId: bucket.versioning == nil ? nil : object.shownVersionID)
  }

  static func get(
    _ input: GetObjectTaggingRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetObjectTaggingOutput {
    let bucket = try transaction.bucket(input.bucket)
    let object = try GetObject.find(bucket, input.key, input.versionId, context, transaction)
    return GetObjectTaggingOutput(
      versionId: bucket.versioning == nil ? nil : object.shownVersionID,
      tagSet: object.tags.map { Tag(key: $0.key, value: $0.value) })
  }

  static func delete(
    _ input: DeleteObjectTaggingRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> DeleteObjectTaggingOutput {
    let bucket = try transaction.bucket(input.bucket)
    var object = try GetObject.find(bucket, input.key, input.versionId, context, transaction)
    object.tags = []
    try transaction.rewrite(object, in: bucket)
    try Replicating.begin(object, in: bucket, transaction)
    try transaction.announce(.untagged, object, in: bucket, by: EventActor(context))
    return DeleteObjectTaggingOutput(versionId: bucket.versioning == nil ? nil : object.shownVersionID)
  }
}
