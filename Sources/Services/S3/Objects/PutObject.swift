import Checksums
import Cloud
import Wire

/// PutObject.
enum PutObject {
  /// Whether the bytes are to be encrypted on their way in.
  static func isSealing(
    _ input: PutObjectRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> Bool {
    EncryptionPlan.isSealing(input, in: try transaction.bucket(input.bucket))
  }

  static func run(
    _ input: PutObjectRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> PutObjectOutput {
    guard let body = context.body else { throw .internalFailure("The body was not received.") }
    let bucket = try transaction.bucket(input.bucket)
    if input.writeOffsetBytes != nil { throw .headerNotBuilt("x-amz-write-offset-bytes", "appending to objects") }
    try NewObject.checkSize(body.size)
    let digests = try ReceivedDigests(body, context.request)
    if input.ifMatch != nil || input.ifNoneMatch != nil {
      try WriteConditions(ifMatch: input.ifMatch, ifNoneMatch: input.ifNoneMatch)
        .check(existing: try transaction.object(bucket, input.key)?.etag, key: input.key)
    }
    var protection = try input.protection(in: bucket, action: "s3:PutObject", context, transaction)
    if bucket.objectLock != nil {
      protection.lock = bucket.lock(asked: protection.lock, now: transaction.now)
      try LockedUpload.requireDigest(protection.lock, body, context.request)
    }
    let encryption = try EncryptionPlan(input, in: bucket, action: "s3:PutObject", context)
      .begin(input.key, in: bucket, context, transaction)
    protection.encryption = encryption?.stored
    var object = ObjectRecord(
      bucket: bucket.name, name: input.key, modified: transaction.now,
      etag: ObjectETag.single(md5: encryption == nil ? digests.md5 : transaction.random.bytes(16)))
    object.size = body.size
    object.headers = try input.headers()
    object.storageClass = try input.checkedStorageClass()
    object.tags = try TagRules.parse(header: input.tagging)
    object.checksum = digests.stored
    object.protection = protection
    object.pieces = [
      ObjectPiece(
        number: 1, size: body.size, extents: try transaction.adopted(body, for: bucket, encryption?.key))
    ]
    object = try transaction.store(object, in: bucket)
    try transaction.announce(
      context.request.isForm ? .createdPost : .createdPut, object, in: bucket, by: EventActor(context),
      reason: context.request.isForm ? "POST Object" : "PutObject")
    context.note(object)
    var output = PutObjectOutput(eTag: object.quotedETag)
    output.set(object.protection.encryption)
    output.set(object.checksum)
    output.expiration = LifecycleOperations.expirationHeader(of: object, in: bucket)
    output.versionId = bucket.versioning == nil ? nil : object.shownVersionID
    return output
  }
}
