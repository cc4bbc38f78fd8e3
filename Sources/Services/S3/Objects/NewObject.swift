import Cloud
import Wire

/// Inputs that describe a new object.
protocol NewObjectInput: EncryptionInput, ACLInput, LockInput {
  var cacheControl: String? { get }
  var contentDisposition: String? { get }
  var contentEncoding: String? { get }
  var contentLanguage: String? { get }
  var contentType: String? { get }
  var expires: String? { get }
  var metadata: [String: String]? { get }
  var storageClass: String? { get }
  var websiteRedirectLocation: String? { get }
  var tagging: String? { get }
}

extension PutObjectRequest: NewObjectInput {}
extension CopyObjectRequest: NewObjectInput {}
extension CreateMultipartUploadRequest: NewObjectInput {}

extension NewObjectInput {
  /// The headers to store, or why they can't be.
  func headers() throws(AWSError) -> ObjectHeaders {
    var headers = ObjectHeaders()
    headers.contentType = contentType
    headers.cacheControl = cacheControl
    headers.contentDisposition = contentDisposition
    headers.contentEncoding = NewObject.withoutChunking(contentEncoding)
    headers.contentLanguage = contentLanguage
    headers.expires = expires
    headers.redirect = websiteRedirectLocation
    if let redirect = websiteRedirectLocation,
      !["/", "http://", "https://"].contains(where: { redirect.hasPrefix($0) })
    {
      throw .invalidArgument(
        "The website redirect location must have a prefix of 'http://' or 'https://' or '/'.",
        "x-amz-website-redirect-location", redirect)
    }
    var size = 0
    for (name, value) in metadata ?? [:] {
      headers.metadata[name.lowercased()] = value
      size += name.utf8.count + value.utf8.count
    }
    if size > NewObject.largestMetadata {
      throw AWSError(
        "MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size", status: 400,
        fields: [("Size", .string("\(size)")), ("MaxSizeAllowed", .string("\(NewObject.largestMetadata)"))])
    }
    return headers
  }

  /// The storage class to store; nothing for STANDARD.
  func checkedStorageClass() throws(AWSError) -> String? {
    guard let storageClass, storageClass != "STANDARD" else { return nil }
    guard NewObject.storageClasses.contains(storageClass) else {
      throw AWSError(
        "InvalidStorageClass", "The storage class you specified is not valid", status: 400,
        fields: [("StorageClassRequested", .string(storageClass))])
    }
    return storageClass
  }

  /// What protects the new object but its encryption: its owner, whom it is shared with, and what the request locks.
  func protection(
    in bucket: BucketRecord, action: String, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ObjectProtection {
    var protection = ObjectProtection()
    // Most objects come without any of it, to buckets without lists and locks.
    if bucket.hasACLs || hasACL {
      let ownership = try NewOwnership(self, key: key, in: bucket, action: action, context, transaction)
      protection.owner = ownership.owner
      protection.grants = ownership.grants
    }
    if bucket.objectLock != nil || asksForLock { protection.lock = try lock(in: bucket, now: transaction.now) }
    return protection
  }
}

/// Facts about new objects.
enum NewObject {
  static let largestMetadata = 2048
  static let largestKey = 1024
  /// AWS: "The largest object that can be uploaded in a single PUT is 5 GB."
  static let largestUpload: Int64 = 5 << 30

  static let storageClasses: Set<String> = [
    "STANDARD", "REDUCED_REDUNDANCY", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER", "DEEP_ARCHIVE",
    "GLACIER_IR",
  ]

  /// What is left of `Content-Encoding` without the transfer's own `aws-chunked`.
  static func withoutChunking(_ encoding: String?) -> String? {
    guard let encoding, encoding.contains("aws-chunked") else { return encoding }
    let rest = encoding.split(separator: ",").map { ETagList.unquoted(String($0)) }.filter { $0 != "aws-chunked" }
    return rest.isEmpty ? nil : rest.joined(separator: ",")
  }

  static func checkKey(_ key: String) throws(AWSError) {
    let size = key.utf8.count
    if size > largestKey {
      throw AWSError(
        "KeyTooLongError", "Your key is too long", status: 400,
        fields: [("Size", .string("\(size)")), ("MaxSizeAllowed", .string("\(largestKey)"))])
    }
    if size == 0 { throw .invalidRequest("The specified key is empty.") }
  }

  static func checkSize(_ size: Int64) throws(AWSError) {
    if size > largestUpload {
      throw AWSError(
        "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size", status: 400,
        fields: [("ProposedSize", .string("\(size)")), ("MaxSizeAllowed", .string("\(largestUpload)"))])
    }
  }

  /// The permission to write an object, and to tag it if it comes with tags.
  static func access<Input: NewObjectInput>(_ type: Input.Type) -> Accessing<Input> {
    { input, context, transaction throws(AWSError) in
      try checkKey(input.key)
      let bucket = try Access.open(input.bucket, expectedOwner: input.expectedBucketOwner, context, transaction)
      return try checks(input, bucket, context, transaction)
    }
  }

  static func checks(
    _ input: some NewObjectInput, _ bucket: BucketRecord, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> [AccessCheck] {
    let tags = try TagRules.parse(header: input.tagging)
    var keys: [(name: String, value: ConditionValue)] = []
    if !tags.isEmpty {
      keys = requestKeys(tags)
    }
    if input.asksForLock { keys += input.lockKeys(now: transaction.now) }
    var checks = [Access.check("s3:PutObject", bucket, key: input.key, context, transaction, keys: keys)]
    var further: [String] = []
    if !tags.isEmpty { further.append("s3:PutObjectTagging") }
    if input.hasACL { further.append("s3:PutObjectAcl") }
    if input.objectLockMode != nil || input.objectLockRetainUntilDate != nil { further.append("s3:PutObjectRetention") }
    if input.objectLockLegalHoldStatus != nil { further.append("s3:PutObjectLegalHold") }
    for action in further {
      checks.append(Access.check(action, bucket, key: input.key, context, transaction, keys: keys))
    }
    return checks
  }

  /// The condition keys of tags in a request.
  static func requestKeys(_ tags: [TagPair]) -> [(name: String, value: ConditionValue)] {
    var keys: [(name: String, value: ConditionValue)] = [("s3:RequestObjectTagKeys", .multiple(tags.map(\.key)))]
    for tag in tags { keys.append(("s3:RequestObjectTag/\(tag.key)", .single(tag.value))) }
    return keys
  }
}
