import Cloud
import Wire

/// A multipart upload that has begun.
struct UploadRecord: Record {
  static let kind = "s3.upload"

  var bucket: String
  var name: String
  /// Sorts by the time it began.
  var id: String
  var initiated: Timestamp
  var initiatorARN: String
  var initiatorID: String
  var headers: ObjectHeaders
  var storageClass: String?
  var tags: [TagPair]
  /// The algorithm's name, if the upload was begun with one.
  var algorithmName: String?
  var typeName: String?
  /// What its parts are encrypted with; nothing for S3's own keys.
  var encryption: ObjectEncryption?
  var lock: ObjectLock?
  /// Whose the object will be; nothing stands for the bucket's owner.
  var owner: ObjectOwner?
  var grants: [ACLGrant]?

  var key: Key { UploadRecord.key(bucket, name, id) }

  static func key(_ bucket: String, _ name: String, _ id: String) -> Key {
    Key(.string(bucket), .string(name), .string(id))
  }

  var algorithm: DigestAlgorithm? { algorithmName.flatMap { DigestAlgorithm(rawValue: $0) } }
  var type: DigestType? { typeName.flatMap { DigestType(rawValue: $0) } }
}

/// A part that has been uploaded.
struct PartRecord: Record {
  static let kind = "s3.part"
  static let numbers = 1...10_000
  /// AWS: S3 user guide, "Amazon S3 multipart upload limits".
  static let smallest: Int64 = 5 << 20

  var upload: String
  var number: Int
  var size: Int64
  var md5: [UInt8]
  var modified: Timestamp
  var algorithmName: String
  var checksum: [UInt8]
  var extents: [Extent]

  var key: Key { Key(.string(upload), .integer(Int64(number))) }
  var algorithm: DigestAlgorithm? { DigestAlgorithm(rawValue: algorithmName) }
}

extension Transaction {
  /// - Throws: NoSuchUpload.
  func upload(_ bucket: BucketRecord, _ name: String, _ id: String) throws(AWSError) -> UploadRecord {
    guard let upload = try get(UploadRecord.self, UploadRecord.key(bucket.name, name, id), in: bucket.scope) else {
      throw .noSuchUpload(id)
    }
    return upload
  }

  /// An upload's parts by number.
  func parts(
    _ upload: UploadRecord, in bucket: BucketRecord, after number: Int = 0, limit: Int = .max
  ) throws(AWSError) -> [PartRecord] {
    let range = KeyRange.prefix(.string(upload.id)).after(Key(.string(upload.id), .integer(Int64(number))))
    return try scan(PartRecord.self, in: bucket.scope, range, limit: limit)
  }

  /// Stores a part, in place of an earlier one of its number.
  func store(_ part: PartRecord, in bucket: BucketRecord) throws(AWSError) {
    if let old = try get(PartRecord.self, part.key, in: bucket.scope) { try release(old.extents, in: bucket) }
    try put(part, in: bucket.scope)
  }

  /// Forgets an upload with all of its parts.
  func discard(_ upload: UploadRecord, in bucket: BucketRecord) throws(AWSError) {
    for part in try parts(upload, in: bucket) {
      try release(part.extents, in: bucket)
      try delete(part, in: bucket.scope)
    }
    try delete(upload, in: bucket.scope)
  }
}
