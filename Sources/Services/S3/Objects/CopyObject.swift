import Checksums
import Cloud
import Wire

/// CopyObject.
enum CopyObject {
  static let access: Accessing<CopyObjectRequest> = { input, context, transaction throws(AWSError) in
    try NewObject.checkKey(input.key)
    let bucket = try Access.open(input.bucket, expectedOwner: input.expectedBucketOwner, context, transaction)
    let source = try CopySource(input.copySource)
    var checks = [try source.check(expectedOwner: input.expectedSourceBucketOwner, context, transaction)]
    checks += try NewObject.checks(input, bucket, context, transaction)
    if input.taggingDirective != "REPLACE", let found = try taggedSource(source, transaction) {
      let keys = NewObject.requestKeys(found.object.tags)
      checks.append(
        Access.check(
          source.versionID == nil ? "s3:GetObjectTagging" : "s3:GetObjectVersionTagging", found.bucket, key: source.key,
          context, transaction, existing: found.object))
      checks.append(Access.check("s3:PutObjectTagging", bucket, key: input.key, context, transaction, keys: keys))
    }
    return checks
  }

  /// The source, if it has tags that the copy takes over.
  private static func taggedSource(
    _ source: CopySource, _ transaction: Transaction
  ) throws(AWSError) -> (bucket: BucketRecord, object: ObjectRecord)? {
    let bucket = try transaction.bucket(source.bucket)
    let object =
      if let version = source.versionID { try transaction.version(bucket, source.key, version) } else {
        try transaction.object(bucket, source.key)
      }
    guard let object, !object.tags.isEmpty else { return nil }
    return (bucket, object)
  }

  static func run(
    _ input: CopyObjectRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> CopyObjectOutput {
    let bucket = try transaction.bucket(input.bucket)
    let isReplacing = try directive(input.metadataDirective, "x-amz-metadata-directive", "metadata")
    let isRetagging = try directive(input.taggingDirective, "x-amz-tagging-directive", "tagging")
    let named = try CopySource(input.copySource)
    let source = try named.open(
      ReadConditions(
        ifMatch: input.copySourceIfMatch, ifNoneMatch: input.copySourceIfNoneMatch,
        ifModifiedSince: input.copySourceIfModifiedSince, ifUnmodifiedSince: input.copySourceIfUnmodifiedSince),
      context, transaction)
    if source.object.size > NewObject.largestUpload {
      throw .invalidRequest(
        "The specified copy source is larger than the maximum allowable size for a copy source: \(NewObject.largestUpload)"
      )
    }
    var protection = try input.protection(in: bucket, action: "s3:CopyObject", context, transaction)
    protection.lock = bucket.lock(asked: protection.lock, now: transaction.now)
    let plan = try EncryptionPlan(input, in: bucket, action: "s3:CopyObject", context)
    let isSelf = source.bucket.name == bucket.name && named.key == input.key && named.versionID == nil
    if isSelf, !isReplacing, input.storageClass == nil, input.websiteRedirectLocation == nil,
      input.serverSideEncryption == nil, input.sseCustomerAlgorithm == nil, input.bucketKeyEnabled == nil
    {
      throw .invalidRequest(
        "This copy request is illegal because it is trying to copy an object to itself without changing the object's "
          + "metadata, storage class, website redirect location or encryption attributes.")
    }
    if input.ifMatch != nil || input.ifNoneMatch != nil {
      try WriteConditions(ifMatch: input.ifMatch, ifNoneMatch: input.ifNoneMatch)
        .check(existing: try transaction.object(bucket, input.key)?.etag, key: input.key)
    }
    let sourceKey = try Unlocking.open(
      source.object, in: source.bucket, try CustomerKey(source: input), context, transaction)
    let encryption = try plan.begin(input.key, in: bucket, context, transaction)
    protection.encryption = encryption?.stored
    var object = try copied(
      source, to: bucket, input, keys: .init(source: sourceKey, target: encryption?.key), transaction)
    object.protection = protection
    var headers = try input.headers()
    if !isReplacing {
      let redirect = headers.redirect
      headers = source.object.headers
      headers.redirect = redirect
    }
    object.headers = headers
    object.storageClass = try input.checkedStorageClass()
    object.tags = isRetagging ? try TagRules.parse(header: input.tagging) : source.object.tags
    object = try transaction.store(object, in: bucket)
    try transaction.announce(
      .createdCopy, object, in: bucket, by: EventActor(context), reason: "CopyObject")
    context.note(object)
    var result = CopyObjectResult(eTag: object.quotedETag, lastModified: object.modified.wholeSeconds)
    result.set(object.checksum)
    var output = CopyObjectOutput(copyObjectResult: result)
    output.set(object.protection.encryption)
    if source.bucket.versioning != nil { output.copySourceVersionId = source.object.shownVersionID }
    output.expiration = LifecycleOperations.expirationHeader(of: object, in: bucket)
    if bucket.versioning != nil { output.versionId = object.shownVersionID }
    return output
  }

  /// The new object with the source's bytes.
  private static func copied(
    _ source: (bucket: BucketRecord, object: ObjectRecord), to bucket: BucketRecord, _ input: CopyObjectRequest,
    keys: CopiedBytes.Keys, _ transaction: Transaction
  ) throws(AWSError) -> ObjectRecord {
    var algorithm = source.object.checksum?.algorithm ?? .crc64nvme
    if let name = input.checksumAlgorithm {
      guard let wanted = DigestAlgorithm(rawValue: name.uppercased()) else {
        throw .invalidRequest(
          "Checksum algorithm provided is unsupported. Please try again with any of the valid types: "
            + "[CRC32, CRC32C, CRC64NVME, SHA1, SHA256]")
      }
      algorithm = wanted
    }
    // A copy is one piece, whatever its source was: digests of parts are of no use to it.
    var known: [DigestAlgorithm: [UInt8]] = [:]
    if !source.object.isMultipart, source.object.protection.encryption == nil {
      known[.md5] = Hex.decode(source.object.etag)
    }
    if let checksum = source.object.checksum, checksum.type == .fullObject {
      known[checksum.algorithm] = Base64.decode(checksum.value)
    }
    let bytes = try CopiedBytes.take(
      source.object.extents, from: source.bucket, to: bucket, algorithm, known: known, keys: keys, transaction)
    var object = ObjectRecord(
      bucket: bucket.name, name: input.key, modified: transaction.now, etag: ObjectETag.single(md5: bytes.md5))
    object.size = source.object.size
    object.checksum = ObjectChecksum(algorithm: algorithm, type: .fullObject, value: Base64.encode(bytes.checksum))
    object.pieces = [ObjectPiece(number: 1, size: object.size, extents: bytes.extents)]
    return object
  }

  /// Whether a directive says REPLACE.
  private static func directive(_ value: String?, _ header: String, _ what: String) throws(AWSError) -> Bool {
    switch value {
    case nil, "COPY": return false
    case "REPLACE": return true
    case let other?: throw .invalidArgument("Unknown \(what) directive.", header, other)
    }
  }
}
