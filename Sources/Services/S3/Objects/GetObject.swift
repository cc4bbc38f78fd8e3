import Cloud
import Wire

/// What GetObject and HeadObject ask alike.
protocol ReadInput: VersionInput, CustomerKeyInput {
  var ifMatch: String? { get }
  var ifNoneMatch: String? { get }
  var ifModifiedSince: Timestamp? { get }
  var ifUnmodifiedSince: Timestamp? { get }
  var range: String? { get }
  var partNumber: Int? { get }
  var checksumMode: String? { get }
  var responseCacheControl: String? { get }
  var responseContentDisposition: String? { get }
  var responseContentEncoding: String? { get }
  var responseContentLanguage: String? { get }
  var responseContentType: String? { get }
  var responseExpires: Timestamp? { get }
}

/// What they answer alike.
protocol ReadOutput: TypedChecksumMembers, CustomerEncryptionOutput, LockOutput, Structure {
  var acceptRanges: String? { get set }
  var lastModified: Timestamp? { get set }
  var contentLength: Int? { get set }
  var eTag: String? { get set }
  var versionId: String? { get set }
  var cacheControl: String? { get set }
  var contentDisposition: String? { get set }
  var contentEncoding: String? { get set }
  var contentLanguage: String? { get set }
  var contentRange: String? { get set }
  var contentType: String? { get set }
  var expires: String? { get set }
  var websiteRedirectLocation: String? { get set }
  var metadata: [String: String]? { get set }
  var storageClass: String? { get set }
  var partsCount: Int? { get set }
  var tagCount: Int? { get set }
  var replicationStatus: String? { get set }
  var restore: String? { get set }
  var expiration: String? { get set }
}

extension GetObjectRequest: ReadInput {}
extension HeadObjectRequest: ReadInput {}
extension GetObjectOutput: ReadOutput {}
extension HeadObjectOutput: ReadOutput {}

/// GetObject and HeadObject.
enum GetObject {
  static func get(
    _ input: GetObjectRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> (output: GetObjectOutput, body: ResponseBody?, status: Int?) {
    let bucket = try transaction.bucket(input.bucket)
    let object = try find(bucket, input.key, input.versionId, context, transaction)
    if try !transaction.isReadable(object, in: bucket) {
      throw AWSError(
        "InvalidObjectState", "The operation is not valid for the object's storage class", status: 403,
        fields: [("StorageClass", .string(object.shownStorageClass))])
    }
    var output = GetObjectOutput()
    let customerKey = try CustomerKey(input, isLenient: true)
    try Unlocking.check(object, customerKey)
    let range = try describe(object, in: bucket, for: input, context, transaction, &output)
    let key = try Unlocking.open(object, in: bucket, customerKey, context, transaction)
    var pieces: [ResponseBody.Piece] = []
    for extent in object.extents.slice(range ?? 0..<object.size) {
      pieces.append(
        ResponseBody.Piece(try transaction.open(extent, key), offset: extent.offset, count: extent.count))
    }
    return (output, ResponseBody(pieces), range == nil ? nil : 206)
  }

  static func head(
    _ input: HeadObjectRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> (output: HeadObjectOutput, body: ResponseBody?, status: Int?) {
    let bucket = try transaction.bucket(input.bucket)
    let object = try find(bucket, input.key, input.versionId, context, transaction)
    var output = HeadObjectOutput()
    try Unlocking.check(object, try CustomerKey(input, isLenient: true))
    let range = try describe(object, in: bucket, for: input, context, transaction, &output)
    // AWS: HeadObject, "If you enable checksum mode and the object is … encrypted with [KMS], you must have permission to use
    // the kms:Decrypt action to retrieve the checksum."
    if input.checksumMode?.uppercased() == "ENABLED", let encryption = object.protection.encryption,
      encryption.kind != .customer
    {
      _ = try KMSKeys.open(encryption, name: object.name, in: bucket, context, transaction)
    }
    return (output, nil, range == nil ? nil : 206)
  }

  /// The object or version that a request is about.
  /// - Throws: NoSuchKey, NoSuchVersion, or AccessDenied to callers who may not know what is missing.
  static func find(
    _ bucket: BucketRecord, _ key: String, _ versionID: String?, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ObjectRecord {
    if let versionID {
      guard let object = try transaction.version(bucket, key, versionID) else {
        // AWS: an id that can't be one is a bad argument.
        guard versionID == "null" || versionID.utf8.count == 32 else {
          throw .invalidArgument("Invalid version id specified", "versionId", versionID)
        }
        try Access.authorizeMissing(bucket, context, transaction)
        throw .noSuchVersion(key, versionID)
      }
      if object.isDeleteMarker { throw .deleteMarkerHasNoMethods(object, method: context.request.method) }
      return object
    }
    if let object = try transaction.object(bucket, key) { return object }
    try Access.authorizeMissing(bucket, context, transaction)
    if let marker = try transaction.newestArchived(bucket, key), marker.isDeleteMarker {
      throw .deleteMarker(key, marker.shownVersionID)
    }
    throw .noSuchKey(key)
  }

  /// Judges the conditions, finds the range, and fills in the headers.
  /// - Returns: the range, if only a part was asked for.
  private static func describe<Output: ReadOutput>(
    _ object: ObjectRecord, in bucket: BucketRecord, for input: some ReadInput, _ context: Context,
    _ transaction: Transaction, _ output: inout Output
  ) throws(AWSError) -> Range<Int64>? {
    let conditions = ReadConditions(
      ifMatch: input.ifMatch, ifNoneMatch: input.ifNoneMatch, ifModifiedSince: input.ifModifiedSince,
      ifUnmodifiedSince: input.ifUnmodifiedSince)
    switch conditions.verdict(etag: object.etag, modified: object.modified, now: transaction.now) {
    case .met: break
    case .notModified: throw .notModified(object)
    case .failed(let condition): throw .preconditionFailed(condition)
    }
    fill(object, in: bucket, &output)
    output.replicationStatus = try transaction.replicationStatus(of: object, in: bucket)?.rawValue
    output.restore = try transaction.restore(of: object, in: bucket)?.header
    output.expiration = LifecycleOperations.expirationHeader(of: object, in: bucket)
    context.note(object)
    try override(input, context, &output)
    if object.protection.lock != .none { try LockReading.show(object, in: bucket, context, transaction, &output) }
    if object.tags.count > 0,
      try context.isAllowed(
        Access.check("s3:GetObjectTagging", bucket, key: object.name, context, transaction, existing: object),
        transaction)
    {
      output.tagCount = object.tags.count
    }
    let wantsChecksum = input.checksumMode?.uppercased() == "ENABLED"
    if let number = input.partNumber {
      if input.range != nil {
        throw .invalidRequest("Cannot specify both Range header and partNumber query parameter")
      }
      return try part(number, of: object, wantsChecksum: wantsChecksum, &output)
    }
    if let range = input.range.flatMap({ ByteRange($0) }) {
      guard let resolved = range.resolved(size: object.size) else {
        throw AWSError(
          "InvalidRange", "The requested range is not satisfiable", status: 416,
          fields: [
            ("RangeRequested", .string(input.range ?? "")), ("ActualObjectSize", .string("\(object.size)")),
          ], headers: [("Content-Range", "bytes */\(object.size)")])
      }
      output.contentRange = contentRange(resolved, of: object.size)
      output.contentLength = Int(resolved.upperBound - resolved.lowerBound)
      // A checksum of the whole beside a part of it would be checked against the part.
      if wantsChecksum, resolved == 0..<object.size { output.set(object.checksum) }
      return resolved
    }
    if wantsChecksum { output.set(object.checksum) }
    return nil
  }

  private static func part<Output: ReadOutput>(
    _ number: Int, of object: ObjectRecord, wantsChecksum: Bool, _ output: inout Output
  ) throws(AWSError) -> Range<Int64>? {
    let parts = object.isMultipart ? object.pieces : object.pieces.prefix(1).map { $0 }
    guard number >= 1, number <= 10_000 else {
      throw .invalidArgument("Part number must be an integer between 1 and 10000, inclusive", "partNumber", "\(number)")
    }
    var start: Int64 = 0
    for (index, piece) in parts.enumerated() {
      // AWS numbers an object's parts anew from 1.
      if index + 1 == number {
        let range = start..<(start + piece.size)
        if object.isMultipart { output.partsCount = parts.count }
        output.contentLength = Int(piece.size)
        if wantsChecksum {
          if !object.isMultipart {
            output.set(object.checksum)
          } else if let checksum = object.checksum, let value = piece.checksum {
            output[checksum.algorithm] = value
            output.checksumType = checksum.type.rawValue
          }
        }
        if range.isEmpty { return nil }
        output.contentRange = contentRange(range, of: object.size)
        return range
      }
      start += piece.size
    }
    throw AWSError(
      "InvalidPartNumber", "The requested partnumber is not satisfiable", status: 416,
      fields: [("PartNumberRequested", .string("\(number)")), ("ActualPartCount", .string("\(parts.count)"))])
  }

  private static func fill<Output: ReadOutput>(_ object: ObjectRecord, in bucket: BucketRecord, _ output: inout Output)
  {
    output.acceptRanges = "bytes"
    output.lastModified = object.modified.wholeSeconds
    output.contentLength = Int(object.size)
    output.eTag = object.quotedETag
    if bucket.versioning != nil { output.versionId = object.shownVersionID }
    output.contentType = object.headers.contentType ?? "binary/octet-stream"
    output.cacheControl = object.headers.cacheControl
    output.contentDisposition = object.headers.contentDisposition
    output.contentEncoding = object.headers.contentEncoding
    output.contentLanguage = object.headers.contentLanguage
    output.expires = object.headers.expires
    output.websiteRedirectLocation = object.headers.redirect
    output.set(object.protection.encryption)
    if !object.headers.metadata.isEmpty { output.metadata = object.headers.metadata }
    output.storageClass = object.storageClass
  }

  /// The `response-…` parameters, which only signed requests may use.
  private static func override<Output: ReadOutput>(
    _ input: some ReadInput, _ context: Context, _ output: inout Output
  ) throws(AWSError) {
    let texts = [
      input.responseCacheControl, input.responseContentDisposition, input.responseContentEncoding,
      input.responseContentLanguage, input.responseContentType, input.responseExpires?.httpDate,
    ]
    guard texts.contains(where: { $0 != nil }) else { return }
    if context.caller.kind == .anonymous {
      throw .invalidRequest("Request specific response headers cannot be used for anonymous GET requests.")
    }
    if let value = texts[0] { output.cacheControl = value }
    if let value = texts[1] { output.contentDisposition = value }
    if let value = texts[2] { output.contentEncoding = value }
    if let value = texts[3] { output.contentLanguage = value }
    if let value = texts[4] { output.contentType = value }
    if let value = texts[5] { output.expires = value }
  }
}
