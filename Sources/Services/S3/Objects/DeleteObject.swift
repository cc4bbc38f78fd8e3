import Cloud
import Wire

/// DeleteObject and DeleteObjects.
enum DeleteObject {
  static func run(
    _ input: DeleteObjectRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> DeleteObjectOutput {
    let bucket = try transaction.bucket(input.bucket)
    let conditions = Conditions(
      etag: input.ifMatch, modified: input.ifMatchLastModifiedTime, size: input.ifMatchSize.map { Int64($0) })
    try LockOperations.checkBypass(input.bypassGovernanceRetention, in: bucket)
    let deleted = try delete(
      bucket, input.key, input.versionId, conditions, isBypassing: input.bypassGovernanceRetention ?? false, context,
      transaction)
    return DeleteObjectOutput(deleteMarker: deleted.isMarker ? true : nil, versionId: deleted.versionID)
  }

  static let manyAccess: Accessing<DeleteObjectsRequest> = { input, context, transaction throws(AWSError) in
    _ = try Access.open(input.bucket, expectedOwner: input.expectedBucketOwner, context, transaction)
    guard (1...1000).contains(input.delete.objects.count) else { throw .malformedXML() }
    // Each key is judged by itself, and denied by itself.
    return []
  }

  static func many(
    _ input: DeleteObjectsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> DeleteObjectsOutput {
    let bucket = try transaction.bucket(input.bucket)
    try LockOperations.checkBypass(input.bypassGovernanceRetention, in: bucket)
    var deleted: [DeletedObject] = []
    var errors: [S3Error] = []
    for wanted in input.delete.objects {
      let version = wanted.versionId.flatMap { $0.isEmpty ? nil : $0 }
      do throws(AWSError) {
        try NewObject.checkKey(wanted.key)
        try context.authorize(
          Access.check(
            version == nil ? "s3:DeleteObject" : "s3:DeleteObjectVersion", bucket, key: wanted.key, context,
            transaction,
            keys: version.map { [("s3:versionid", .single($0))] } ?? [],
            existing: try judged(bucket, wanted.key, version, transaction)), transaction)
        let conditions = Conditions(
          etag: wanted.eTag, modified: wanted.lastModifiedTime, size: wanted.size.map { Int64($0) })
        let result = try delete(
          bucket, wanted.key, version, conditions, isBypassing: input.bypassGovernanceRetention ?? false, context,
          transaction)
        deleted.append(
          DeletedObject(
            key: wanted.key, versionId: version, deleteMarker: result.isMarker ? true : nil,
            deleteMarkerVersionId: result.isMarker ? result.versionID : nil))
      } catch {
        if error.fault == .receiver { throw error }
        errors.append(S3Error(key: wanted.key, versionId: version, code: error.code, message: error.message))
      }
    }
    return DeleteObjectsOutput(
      deleted: input.delete.quiet == true ? nil : deleted, errors: errors.isEmpty ? nil : errors)
  }

  /// The object, where its owner counts for who may delete it.
  private static func judged(
    _ bucket: BucketRecord, _ key: String, _ version: String?, _ transaction: Transaction
  ) throws(AWSError) -> ObjectRecord? {
    guard bucket.hasACLs else { return nil }
    if let version { return try transaction.version(bucket, key, version) }
    return try transaction.object(bucket, key)
  }

  /// Conditions of a delete.
  struct Conditions {
    var etag: String?
    var modified: Timestamp?
    var size: Int64?

    func check(_ object: ObjectRecord?, _ key: String) throws(AWSError) {
      if etag == nil, modified == nil, size == nil { return }
      guard let object else { throw .noSuchKey(key) }
      if let etag, !ETagList.contains(etag, object.etag) { throw .preconditionFailed("If-Match") }
      if let modified, modified.wholeSeconds != object.modified.wholeSeconds {
        throw .preconditionFailed("x-amz-if-match-last-modified-time")
      }
      if let size, size != object.size { throw .preconditionFailed("x-amz-if-match-size") }
    }
  }

  private static func delete(
    _ bucket: BucketRecord, _ key: String, _ versionID: String?, _ conditions: Conditions, isBypassing: Bool,
    _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> (isMarker: Bool, versionID: String?) {
    guard let versionID else {
      if conditions.etag != nil || conditions.modified != nil || conditions.size != nil {
        try conditions.check(try transaction.object(bucket, key), key)
      }
      // Deleting what isn't there succeeds.
      let old = bucket.features?.notifications == nil ? nil : try transaction.object(bucket, key)
      let marker = try transaction.remove(bucket, key)
      // Markers that lifecycle rules make aren't copied.
      if let marker { try Replicating.begin(marker, in: bucket, transaction) }
      if let gone = marker ?? old {
        try transaction.announce(
          marker == nil ? .removed : .markerCreated, gone, in: bucket, by: EventActor(context), reason: "DeleteObject")
      }
      return (marker != nil, marker?.shownVersionID)
    }
    guard let version = try transaction.version(bucket, key, versionID) else {
      guard versionID == "null" || versionID.utf8.count == 32 else {
        throw .invalidArgument("Invalid version id specified", "versionId", versionID)
      }
      return (false, versionID)
    }
    try conditions.check(version, key)
    try LockOperations.checkDeletion(
      of: version, in: bucket, isBypassing: isBypassing, context, transaction)
    try transaction.remove(bucket, version: version)
    try transaction.announce(.removed, version, in: bucket, by: EventActor(context), reason: "DeleteObject")
    return (version.isDeleteMarker, versionID)
  }
}
