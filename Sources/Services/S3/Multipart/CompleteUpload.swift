import Checksums
import Cloud
import Wire

/// CompleteMultipartUpload: the parts' blobs become the object's, and no byte is copied.
enum CompleteUpload {
  static func run(
    _ input: CompleteMultipartUploadRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> CompleteMultipartUploadOutput {
    let bucket = try transaction.bucket(input.bucket)
    let upload = try transaction.upload(bucket, input.key, input.uploadId)
    guard let named = input.multipartUpload?.parts, !named.isEmpty else { throw .malformedXML() }
    if let type = input.checksumType, let expected = upload.typeName, type != expected {
      throw .invalidRequest(
        "The upload was created using the \(expected) checksum mode. The complete request must use the same checksum mode."
      )
    }
    try checkKey(input, upload, in: bucket, context, transaction)
    let parts = try chosen(named, upload, in: bucket, transaction)
    let size = parts.reduce(Int64(0)) { $0 + $1.size }
    if let expected = input.mpuObjectSize, Int64(expected) != size {
      throw .invalidRequest(
        "The provided 'x-amz-mp-object-size' header value \(expected) does not match what was computed: \(size)")
    }
    try WriteConditions(ifMatch: input.ifMatch, ifNoneMatch: input.ifNoneMatch)
      .check(existing: try transaction.object(bucket, input.key)?.etag, key: input.key)
    let checksum = try checksum(of: parts, upload, input)
    var object = ObjectRecord(
      bucket: bucket.name, name: input.key, modified: transaction.now,
      etag: ObjectETag.multipart(partMD5s: parts.map(\.md5)))
    object.size = size
    object.headers = upload.headers
    object.storageClass = upload.storageClass
    object.tags = upload.tags
    object.checksum = checksum
    object.isMultipart = true
    object.protection.encryption = upload.encryption
    object.protection.lock = bucket.lock(asked: upload.lock ?? .none, now: transaction.now)
    object.protection.owner = upload.owner
    object.protection.grants = upload.grants
    object.pieces = parts.map { part in
      ObjectPiece(
        number: part.number, size: part.size,
        checksum: upload.algorithm == part.algorithm ? Base64.encode(part.checksum) : nil, extents: part.extents)
    }
    try tidy(upload, keeping: Set(parts.map(\.number)), in: bucket, transaction)
    object = try transaction.store(object, in: bucket)
    try transaction.announce(
      .createdMultipart, object, in: bucket, by: EventActor(context), reason: "CompleteMultipartUpload")
    context.note(object)
    var output = CompleteMultipartUploadOutput(
      location: "http://\(context.request.host)/\(bucket.name)/\(Percent.encode(input.key, keeping: "/"))",
      bucket: bucket.name, key: input.key, eTag: object.quotedETag)
    output.set(object.protection.encryption)
    output.set(checksum)
    output.expiration = LifecycleOperations.expirationHeader(of: object, in: bucket)
    if bucket.versioning != nil { output.versionId = object.shownVersionID }
    return output
  }

  /// What an encrypted upload asks of those who complete it.
  /// AWS: S3 user guide, "Multipart upload API and permissions": kms:Decrypt, since S3 reads the parts; a customer's key "only
  /// when the object was created using a checksum algorithm".
  private static func checkKey(
    _ input: CompleteMultipartUploadRequest, _ upload: UploadRecord, in bucket: BucketRecord, _ context: Context,
    _ transaction: Transaction
  ) throws(AWSError) {
    let key = try CustomerKey(input)
    if upload.encryption?.kind == .customer, key == nil, upload.algorithm == nil { return }
    _ = try Unlocking.open(upload, in: bucket, key, context, transaction)
  }

  /// The stored parts that the request names, in its order.
  private static func chosen(
    _ named: [CompletedPart], _ upload: UploadRecord, in bucket: BucketRecord, _ transaction: Transaction
  ) throws(AWSError) -> [PartRecord] {
    var stored: [Int: PartRecord] = [:]
    for part in try transaction.parts(upload, in: bucket) { stored[part.number] = part }
    var result: [PartRecord] = []
    for wanted in named {
      guard let number = wanted.partNumber, let etag = wanted.eTag else { throw .malformedXML() }
      if let last = result.last, last.number >= number {
        throw AWSError(
          "InvalidPartOrder",
          "The list of parts was not in ascending order. The parts list must be specified in order by part number.",
          status: 400, fields: [("UploadId", .string(upload.id))])
      }
      guard let part = stored[number], ETagList.unquoted(etag) == Hex.encode(part.md5) else {
        throw invalidPart(number, etag, upload)
      }
      try check(wanted, part, upload)
      result.append(part)
    }
    for part in result.dropLast() where part.size < PartRecord.smallest {
      throw AWSError(
        "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size", status: 400,
        fields: [
          ("ProposedSize", .string("\(part.size)")), ("MinSizeAllowed", .string("\(PartRecord.smallest)")),
          ("PartNumber", .string("\(part.number)")), ("ETag", .string(Hex.encode(part.md5))),
        ])
    }
    return result
  }

  private static func check(_ wanted: CompletedPart, _ part: PartRecord, _ upload: UploadRecord) throws(AWSError) {
    if let (algorithm, value) = wanted.given {
      guard algorithm == part.algorithm else {
        if upload.algorithm == nil { return }
        throw invalidPart(part.number, Hex.encode(part.md5), upload)
      }
      guard algorithm.decode(value) == part.checksum else {
        throw invalidPart(part.number, Hex.encode(part.md5), upload)
      }
    } else if let algorithm = upload.algorithm, upload.type == .composite {
      throw .invalidRequest(
        "The upload was created using a \(algorithm.rawValue.lowercased()) checksum. The complete request must include the "
          + "checksum for each part. It was missing for part \(part.number) in the request.")
    }
  }

  private static func invalidPart(_ number: Int, _ etag: String, _ upload: UploadRecord) -> AWSError {
    AWSError(
      "InvalidPart",
      "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified "
        + "entity tag may not match the part's entity tag.",
      status: 400,
      fields: [
        ("UploadId", .string(upload.id)), ("PartNumber", .string("\(number)")),
        ("ETag", .string(ETagList.unquoted(etag))),
      ])
  }

  /// The object's checksum from its parts', compared with what the client computed.
  private static func checksum(
    of parts: [PartRecord], _ upload: UploadRecord, _ input: CompleteMultipartUploadRequest
  ) throws(AWSError) -> ObjectChecksum? {
    // unverified: an upload without an algorithm takes over its parts' common one; S3 adds a CRC64NVME to them.
    guard let algorithm = upload.algorithm ?? parts.first?.algorithm, parts.allSatisfy({ $0.algorithm == algorithm })
    else {
      return nil
    }
    let type = upload.type ?? (algorithm.supportedTypes.contains(.fullObject) ? .fullObject : .composite)
    let pieces = parts.map { ChecksummedPart(checksum: $0.checksum, byteCount: UInt64($0.size)) }
    guard let value = algorithm.multipartChecksum(of: pieces, type: type) else { return nil }
    if let (claimed, wanted) = input.given, claimed == algorithm, type == .fullObject, wanted != value {
      throw AWSError(
        "BadDigest", "The \(algorithm.rawValue) you specified did not match the calculated checksum.", status: 400)
    }
    return ObjectChecksum(algorithm: algorithm, type: type, value: value)
  }

  /// Forgets the upload; bytes of parts that were not chosen go, the others are the object's now.
  private static func tidy(
    _ upload: UploadRecord, keeping numbers: Set<Int>, in bucket: BucketRecord, _ transaction: Transaction
  ) throws(AWSError) {
    for part in try transaction.parts(upload, in: bucket) {
      if !numbers.contains(part.number) { try transaction.release(part.extents, in: bucket) }
      try transaction.delete(part, in: bucket.scope)
    }
    try transaction.delete(upload, in: bucket.scope)
  }
}
