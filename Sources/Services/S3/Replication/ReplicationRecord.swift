import Cloud
import Wire

/// How far the copying of a version has come, as `x-amz-replication-status` says it.
enum ReplicationProgress: String, Sendable, Codable {
  case pending = "PENDING"
  case completed = "COMPLETED"
  case failed = "FAILED"
  case replica = "REPLICA"
}

/// The status of a version's copying; apart from the version, for most buckets have none.
struct ReplicationRecord: Record {
  static let kind = "s3.replication"

  var bucket: String
  var name: String
  var versionID: String
  var status: ReplicationProgress

  var key: Key { ReplicationRecord.key(bucket, name, versionID) }

  static func key(_ bucket: String, _ name: String, _ versionID: String) -> Key {
    Key(.string(bucket), .string(name), .string(versionID))
  }
}

extension BucketRecord {
  /// Whether versions of the bucket are copies or were copied.
  var knowsReplication: Bool { features?.replication != nil || features?.hasReplicas == true }
}

extension Transaction {
  /// The status of a version's copying; nothing if it isn't copied.
  func replicationStatus(of object: ObjectRecord, in bucket: BucketRecord) throws(AWSError) -> ReplicationProgress? {
    guard bucket.knowsReplication else { return nil }
    let key = ReplicationRecord.key(bucket.name, object.name, object.shownVersionID)
    return try get(ReplicationRecord.self, key, in: bucket.scope)?.status
  }

  func set(_ status: ReplicationProgress, of object: ObjectRecord, in bucket: BucketRecord) throws(AWSError) {
    try put(
      ReplicationRecord(bucket: bucket.name, name: object.name, versionID: object.shownVersionID, status: status),
      in: bucket.scope)
  }

  /// Forgets the status of a version that is deleted for good.
  func forgetReplication(of object: ObjectRecord, in bucket: BucketRecord) throws(AWSError) {
    guard bucket.knowsReplication else { return }
    try delete(
      ReplicationRecord.self, ReplicationRecord.key(bucket.name, object.name, object.shownVersionID), in: bucket.scope)
  }
}
