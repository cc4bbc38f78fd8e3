import Checksums
import Cloud
import Wire

/// Multipart uploads, but for completing them.
enum MultipartOperations {
  // MARK: CreateMultipartUpload

  static func create(
    _ input: CreateMultipartUploadRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> CreateMultipartUploadOutput {
    let bucket = try transaction.bucket(input.bucket)
    let protection = try input.protection(in: bucket, action: "s3:PutObject", context, transaction)
    let encryption = try EncryptionPlan(input, in: bucket, action: "s3:PutObject", context)
      .begin(input.key, in: bucket, context, transaction)
    let (algorithm, type) = try checksum(input)
    let digits = String(transaction.now.milliseconds, radix: 16)
    var upload = UploadRecord(
      bucket: bucket.name, name: input.key,
      id: String(repeating: "0", count: max(0, 12 - digits.count)) + digits
        + transaction.random.text(52, .alphanumeric),
      initiated: transaction.now, initiatorARN: context.caller.arn, initiatorID: initiator(context),
      headers: try input.headers(),
      storageClass: try input.checkedStorageClass(), tags: try TagRules.parse(header: input.tagging),
      algorithmName: algorithm?.rawValue, typeName: type?.rawValue)
    upload.encryption = encryption?.stored
    if protection.lock != .none { upload.lock = protection.lock }
    upload.owner = protection.owner
    upload.grants = protection.grants
    try transaction.insert(upload, in: bucket.scope)
    var output = CreateMultipartUploadOutput(
      bucket: bucket.name, key: input.key, uploadId: upload.id, checksumAlgorithm: algorithm?.rawValue,
      checksumType: type?.rawValue)
    output.set(upload.encryption)
    return output
  }

  private static func initiator(_ context: Context) -> String {
    guard let account = context.caller.account else { return "anonymous" }
    return context.caller.kind == .root ? CanonicalUser.id(of: account) : context.caller.arn
  }

  private static func checksum(
    _ input: CreateMultipartUploadRequest
  ) throws(AWSError) -> (DigestAlgorithm?, DigestType?) {
    guard let name = input.checksumAlgorithm else {
      if input.checksumType != nil {
        throw .invalidRequest(
          "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.")
      }
      return (nil, nil)
    }
    guard let algorithm = DigestAlgorithm(rawValue: name.uppercased()) else {
      throw .invalidRequest(
        "Checksum algorithm provided is unsupported. Please try again with any of the valid types: "
          + "[CRC32, CRC32C, CRC64NVME, SHA1, SHA256]")
    }
    guard let typeName = input.checksumType else { return (algorithm, algorithm.defaultType) }
    guard let type = DigestType(rawValue: typeName) else {
      throw .invalidRequest("Value for x-amz-checksum-type header is invalid.")
    }
    guard algorithm.supportedTypes.contains(type) else {
      throw .invalidRequest(
        "The \(typeName) checksum type cannot be used with the \(algorithm.rawValue.lowercased()) checksum algorithm.")
    }
    return (algorithm, type)
  }

  // MARK: UploadPart

  static func uploadPart(
    _ input: UploadPartRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> UploadPartOutput {
    guard let body = context.body else { throw .internalFailure("The body was not received.") }
    let bucket = try transaction.bucket(input.bucket)
    let number = try checkedNumber(input.partNumber)
    let upload = try transaction.upload(bucket, input.key, input.uploadId)
    try NewObject.checkSize(body.size)
    let key = try Unlocking.open(
      upload, in: bucket, try partKey(input, in: bucket, context), context, transaction)
    let digests = try ReceivedDigests(body, context.request)
    var algorithm = digests.algorithm
    var checksum = digests.checksum
    if let expected = upload.algorithm, expected != algorithm {
      // A part without a checksum of its own gets the one that S3 computes, if it has been.
      guard !digests.isNamed, let computed = body.digests[expected.rawValue] else {
        throw .invalidRequest(
          "Checksum Type mismatch occurred, expected checksum Type: \(expected.rawValue.lowercased()), actual checksum "
            + "Type: \(digests.isNamed ? algorithm.rawValue.lowercased() : "null")")
      }
      algorithm = expected
      checksum = computed
    }
    let part = PartRecord(
      upload: upload.id, number: number, size: body.size,
      md5: key == nil ? digests.md5 : transaction.random.bytes(16), modified: transaction.now,
      algorithmName: algorithm.rawValue, checksum: checksum,
      extents: try transaction.adopted(body, for: bucket, key))
    try transaction.store(part, in: bucket)
    var output = UploadPartOutput(eTag: "\"\(Hex.encode(part.md5))\"")
    output.set(upload.encryption)
    if digests.isNamed || upload.algorithm != nil { output[algorithm] = Base64.encode(checksum) }
    return output
  }

  /// The customer's key of a part, refused where the bucket takes none.
  private static func partKey(
    _ input: some CustomerKeyInput & ObjectInput, in bucket: BucketRecord, _ context: Context
  ) throws(AWSError) -> CustomerKey? {
    guard let key = try CustomerKey(input) else { return nil }
    try EncryptionPlan.refuseBlocked(in: bucket, key: input.key, action: "s3:PutObject", context)
    return key
  }

  /// Whether a part's bytes are to be encrypted on their way in.
  static func isSealing(
    _ input: UploadPartRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> Bool {
    let bucket = try transaction.bucket(input.bucket)
    return try transaction.upload(bucket, input.key, input.uploadId).encryption != nil
  }

  private static func checkedNumber(_ number: Int) throws(AWSError) -> Int {
    guard PartRecord.numbers.contains(number) else {
      throw .invalidArgument(
        "Part number must be an integer between 1 and 10000, inclusive", "partNumber", "\(number)")
    }
    return number
  }

  // MARK: UploadPartCopy

  static let copyAccess: Accessing<UploadPartCopyRequest> = { input, context, transaction throws(AWSError) in
    let bucket = try Access.open(input.bucket, expectedOwner: input.expectedBucketOwner, context, transaction)
    let source = try CopySource(input.copySource)
    return [
      try source.check(expectedOwner: input.expectedSourceBucketOwner, context, transaction),
      Access.check("s3:PutObject", bucket, key: input.key, context, transaction),
    ]
  }

  static func uploadPartCopy(
    _ input: UploadPartCopyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> UploadPartCopyOutput {
    let bucket = try transaction.bucket(input.bucket)
    let number = try checkedNumber(input.partNumber)
    let upload = try transaction.upload(bucket, input.key, input.uploadId)
    let source = try CopySource(input.copySource).open(
      ReadConditions(
        ifMatch: input.copySourceIfMatch, ifNoneMatch: input.copySourceIfNoneMatch,
        ifModifiedSince: input.copySourceIfModifiedSince, ifUnmodifiedSince: input.copySourceIfUnmodifiedSince),
      context, transaction)
    let range = try copyRange(input.copySourceRange, source.object)
    let keys = CopiedBytes.Keys(
      source: try Unlocking.open(
        source.object, in: source.bucket, try CustomerKey(source: input), context, transaction),
      target: try Unlocking.open(
        upload, in: bucket, try partKey(input, in: bucket, context), context, transaction))
    try NewObject.checkSize(range.upperBound - range.lowerBound)
    let algorithm = upload.algorithm ?? .crc64nvme
    var known: [DigestAlgorithm: [UInt8]] = [:]
    if range == 0..<source.object.size {
      if !source.object.isMultipart, source.object.protection.encryption == nil {
        known[.md5] = Hex.decode(source.object.etag)
      }
      if let checksum = source.object.checksum, checksum.type == .fullObject {
        known[checksum.algorithm] = Base64.decode(checksum.value)
      }
    }
    let bytes = try CopiedBytes.take(
      source.object.extents.slice(range), from: source.bucket, to: bucket, algorithm, known: known, keys: keys,
      transaction)
    let part = PartRecord(
      upload: upload.id, number: number, size: range.upperBound - range.lowerBound, md5: bytes.md5,
      modified: transaction.now, algorithmName: algorithm.rawValue, checksum: bytes.checksum, extents: bytes.extents)
    try transaction.store(part, in: bucket)
    var result = CopyPartResult(eTag: "\"\(Hex.encode(part.md5))\"", lastModified: part.modified.wholeSeconds)
    if upload.algorithm != nil { result[algorithm] = Base64.encode(part.checksum) }
    var output = UploadPartCopyOutput(copyPartResult: result)
    output.set(upload.encryption)
    if source.bucket.versioning != nil { output.copySourceVersionId = source.object.shownVersionID }
    return output
  }

  /// The range of a part's source: unlike a read's, it must be whole and within the source.
  private static func copyRange(_ header: String?, _ source: ObjectRecord) throws(AWSError) -> Range<Int64> {
    guard let header else { return 0..<source.size }
    guard case .from(let first, let last?)? = ByteRange(header) else {
      throw .invalidArgument(
        "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based "
          + "offsets of the first and last bytes to copy", "x-amz-copy-source-range", header)
    }
    guard last < source.size else {
      throw .invalidArgument(
        "Range specified is not valid for source object of size: \(source.size)", "x-amz-copy-source-range", header)
    }
    return first..<(last + 1)
  }

  // MARK: AbortMultipartUpload

  static func abort(
    _ input: AbortMultipartUploadRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> AbortMultipartUploadOutput {
    let bucket = try transaction.bucket(input.bucket)
    let upload = try transaction.upload(bucket, input.key, input.uploadId)
    if let time = input.ifMatchInitiatedTime, time.wholeSeconds != upload.initiated.wholeSeconds {
      throw .preconditionFailed("x-amz-if-match-initiated-time")
    }
    try transaction.discard(upload, in: bucket)
    return AbortMultipartUploadOutput()
  }

  // MARK: ListParts

  static func listParts(
    _ input: ListPartsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListPartsOutput {
    let bucket = try transaction.bucket(input.bucket)
    let upload = try transaction.upload(bucket, input.key, input.uploadId)
    let limit = min(try ListingLimit.check(input.maxParts, "max-parts", "maxParts"), 1000)
    let marker = input.partNumberMarker ?? 0
    let found = try transaction.parts(upload, in: bucket, after: max(0, marker), limit: limit + 1)
    let page = found.prefix(limit)
    return ListPartsOutput(
      bucket: bucket.name, key: input.key, uploadId: upload.id, partNumberMarker: marker,
      nextPartNumberMarker: page.last?.number ?? 0, maxParts: limit, isTruncated: found.count > page.count,
      parts: page.map { part in
        var shown = Part(
          partNumber: part.number, lastModified: part.modified.wholeSeconds, eTag: "\"\(Hex.encode(part.md5))\"",
          size: Int(part.size))
        if let algorithm = part.algorithm, upload.algorithm == algorithm {
          shown[algorithm] = Base64.encode(part.checksum)
        }
        return shown
      }, initiator: Initiator(id: upload.initiatorID, displayName: nil), owner: bucket.shownOwner(of: upload),
      storageClass: upload.storageClass ?? "STANDARD", checksumAlgorithm: upload.algorithmName,
      checksumType: upload.typeName)
  }
}
