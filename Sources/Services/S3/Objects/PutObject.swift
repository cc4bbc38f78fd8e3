import Checksums
import Cloud
import Wire

/// PutObject.
enum PutObject {
  static func run(
    _ input: PutObjectRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> PutObjectOutput {
    guard let body = context.body else { throw .internalFailure("The body was not received.") }
    let bucket = try transaction.bucket(input.bucket)
    try input.refuseUnbuilt()
    if input.writeOffsetBytes != nil { throw .headerNotBuilt("x-amz-write-offset-bytes", "appending to objects") }
    try NewObject.checkSize(body.size)
    let digests = try ReceivedDigests(body, context.request)
    if input.ifMatch != nil || input.ifNoneMatch != nil {
      try WriteConditions(ifMatch: input.ifMatch, ifNoneMatch: input.ifNoneMatch)
        .check(existing: try transaction.object(bucket, input.key)?.etag, key: input.key)
    }
    var object = ObjectRecord(
      bucket: bucket.name, name: input.key, modified: transaction.now, etag: ObjectETag.single(md5: digests.md5))
    object.size = body.size
    object.headers = try input.headers()
    object.storageClass = try input.checkedStorageClass()
    object.tags = try TagRules.parse(header: input.tagging)
    object.checksum = digests.stored
    object.pieces = [ObjectPiece(number: 1, size: body.size, extents: try transaction.adopted(body, for: bucket))]
    object = try transaction.store(object, in: bucket)
    try transaction.announce(
      context.request.isForm ? .createdPost : .createdPut, object, in: bucket, by: EventActor(context),
      reason: context.request.isForm ? "POST Object" : "PutObject")
    context.note(object)
    var output = PutObjectOutput(eTag: object.quotedETag, serverSideEncryption: "AES256")
    output.set(object.checksum)
    output.expiration = LifecycleOperations.expirationHeader(of: object, in: bucket)
    output.versionId = bucket.versioning == nil ? nil : object.shownVersionID
    return output
  }
}
