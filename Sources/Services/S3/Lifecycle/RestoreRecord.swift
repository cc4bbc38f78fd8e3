import Cloud
import Wire

/// An archived object's copy that can be read for a while.
struct RestoreRecord: Record {
  static let kind = "s3.restore"

  var bucket: String
  var name: String
  var versionID: String
  /// The object's time, so that another object under the same name isn't taken for it.
  var modified: Timestamp
  var days: Int
  /// When the copy is there.
  var ready: Timestamp
  /// Nothing while it is being made.
  var expires: Timestamp?

  var key: Key { RestoreRecord.key(bucket, name, versionID) }

  static func key(_ bucket: String, _ name: String, _ versionID: String) -> Key {
    Key(.string(bucket), .string(name), .string(versionID))
  }

  /// `x-amz-restore`.
  var header: String {
    guard let expires else { return "ongoing-request=\"true\"" }
    return "ongoing-request=\"false\", expiry-date=\"\(expires.httpDate)\""
  }

  /// How long a restore takes: AWS gives ranges, of which this is the end, and they pass on the cloud's clock.
  /// AWS: S3 user guide, "Understanding archive retrieval options".
  static func seconds(tier: String, storageClass: String) -> Int64? {
    switch (tier, storageClass) {
    case ("Expedited", "GLACIER"): 5 * 60
    case ("Standard", "GLACIER"): 5 * 3600
    case ("Bulk", "GLACIER"): 12 * 3600
    case ("Standard", "DEEP_ARCHIVE"): 12 * 3600
    case ("Bulk", "DEEP_ARCHIVE"): 48 * 3600
    default: nil
    }
  }
}

extension ObjectRecord {
  /// Whether it can only be read once it has been restored.
  var isArchived: Bool { storageClass == "GLACIER" || storageClass == "DEEP_ARCHIVE" }
}

extension Transaction {
  /// The restore of an archived object, if there is one.
  func restore(of object: ObjectRecord, in bucket: BucketRecord) throws(AWSError) -> RestoreRecord? {
    guard object.isArchived,
      let found = try get(
        RestoreRecord.self, RestoreRecord.key(bucket.name, object.name, object.shownVersionID), in: bucket.scope),
      found.modified == object.modified
    else { return nil }
    return found
  }

  /// Whether an object's bytes can be read now.
  func isReadable(_ object: ObjectRecord, in bucket: BucketRecord) throws(AWSError) -> Bool {
    guard object.isArchived else { return true }
    return try restore(of: object, in: bucket)?.expires != nil
  }
}
