import Cloud
import Wire

/// The object that a copy is made of, as `x-amz-copy-source` names it: `/bucket/key?versionId=…`, percent-encoded.
struct CopySource: Sendable, Equatable {
  var bucket: String
  var key: String
  var versionID: String?

  init(_ header: String) throws(AWSError) {
    var text = header
    if let mark = text.range(of: "?versionId=") {
      versionID = String(text[mark.upperBound...])
      text = String(text[..<mark.lowerBound])
    }
    text = Percent.decode(text)
    if text.utf8.first == UInt8(ascii: "/") { text.removeFirst() }
    guard let slash = text.utf8.firstIndex(of: UInt8(ascii: "/")), slash != text.startIndex else {
      throw CopySource.invalid(header)
    }
    bucket = String(text[..<slash])
    key = String(text[text.utf8.index(after: slash)...])
    if key.isEmpty { throw CopySource.invalid(header) }
    if bucket.hasPrefix("arn:") { throw .headerNotBuilt("x-amz-copy-source", "copying from an access point") }
  }

  private static func invalid(_ header: String) -> AWSError {
    .invalidArgument(
      "Invalid copy source object key", "x-amz-copy-source", header)
  }

  /// The permission to read it.
  func check(
    expectedOwner: String?, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> AccessCheck {
    let source = try Access.open(bucket, expectedOwner: expectedOwner, context, transaction, inAnyRegion: true)
    guard let versionID else {
      return Access.check(
        "s3:GetObject", source, key: key, context, transaction, existing: try transaction.object(source, key))
    }
    return Access.check(
      "s3:GetObjectVersion", source, key: key, context, transaction, keys: [("s3:versionid", .single(versionID))],
      existing: try transaction.version(source, key, versionID))
  }

  /// The source itself, if its conditions hold.
  func open(
    _ conditions: ReadConditions, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> (bucket: BucketRecord, object: ObjectRecord) {
    let source = try transaction.bucket(bucket)
    let object = try GetObject.find(source, key, versionID, context, transaction)
    if try !transaction.isReadable(object, in: source) {
      throw AWSError(
        "ObjectNotInActiveTierError", "The source object of the COPY action is not in the active tier.", status: 403)
    }
    switch conditions.verdict(
      etag: object.etag, modified: object.modified, now: transaction.now, prefix: "x-amz-copy-source-")
    {
    case .met: return (source, object)
    // AWS: a copy answers 412 for all of them.
    case .notModified: throw .preconditionFailed("x-amz-copy-source-If-None-Match")
    case .failed(let condition): throw .preconditionFailed(condition)
    }
  }
}

/// Bytes taken over from another object, with their digests.
struct CopiedBytes {
  var extents: [Extent]
  var md5: [UInt8]
  var checksum: [UInt8]

  /// The data keys of the source and of the copy; nothing for what S3's own keys protect.
  struct Keys {
    var source: DataKey?
    var target: DataKey?
  }

  /// - Parameters:
  ///   - known: digests that need not be computed.
  ///   - keys: what the bytes are and will be encrypted with.
  ///   - source, target: within an account copies share the bytes; another account gets its own.
  static func take(
    _ extents: [Extent], from source: BucketRecord, to target: BucketRecord, _ algorithm: DigestAlgorithm,
    known: [DigestAlgorithm: [UInt8]], keys: Keys, _ transaction: Transaction
  ) throws(AWSError) -> CopiedBytes {
    let reader = ExtentReader(transaction: transaction, key: keys.source)
    var digests = known
    // The entity tag of an encrypted object is no digest of its bytes.
    if keys.target != nil { digests[.md5] = transaction.random.bytes(16) }
    let missing = [.md5, algorithm].filter { digests[$0] == nil }
    var result = extents
    // Bytes that are not encrypted can't be shared with an object whose bytes must be.
    let canShare = keys.target == nil || extents.allSatisfy { $0.seal != nil }
    if source.owner == target.owner, canShare {
      if !missing.isEmpty { for (name, value) in try reader.digests(of: extents, missing) { digests[name] = value } }
      try transaction.share(extents, in: target)
      if keys.source != nil || keys.target != nil {
        for index in result.indices { result[index] = try result[index].rewrapped(from: keys.source, to: keys.target) }
      }
    } else {
      let kind = "\(keys.target == nil ? "plain" : "sealed") copy for \(target.owner)"
      let copy = try reader.copy(extents, missing, kind) { () throws(AWSError) in
        transaction.blobs.create(for: target.owner, key: keys.target == nil ? nil : try transaction.blobs.newKey())
      }
      for (name, value) in copy.digests { digests[name] = value }
      result = [try transaction.adopted(copy.writer, for: target, keys.target)]
    }
    guard let md5 = digests[.md5], let checksum = digests[algorithm] else { throw .internalFailure() }
    return CopiedBytes(extents: result, md5: md5, checksum: checksum)
  }
}
