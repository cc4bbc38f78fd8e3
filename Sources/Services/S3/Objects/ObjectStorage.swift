import Cloud
import Wire

/// Counts who else uses a blob: a copy shares the bytes of its source. Absent while there is one user.
struct SharedBlobRecord: Record {
  static let kind = "s3.sharedblob"
  var blob: BlobID
  /// Users besides the first.
  var others: Int
  var key: Key { Key(blob.description) }
}

/// Where objects and their versions are kept, and what happens to their bytes.
extension Transaction {
  /// The present version, if there is one and it is no delete marker.
  func object(_ bucket: BucketRecord, _ name: String) throws(AWSError) -> ObjectRecord? {
    try get(ObjectRecord.self, ObjectRecord.key(bucket.name, name), in: bucket.scope)
  }

  /// The newest version that is not the present one: a delete marker, when there is no present one.
  func newestArchived(_ bucket: BucketRecord, _ name: String) throws(AWSError) -> ObjectRecord? {
    if bucket.versioning == nil { return nil }
    let range = KeyRange.prefix(.string(bucket.name), .string(name))
    return try scan(VersionRecord.self, in: bucket.scope, range, limit: 1).first?.object
  }

  /// A version by its id, which may be that of a delete marker.
  func version(_ bucket: BucketRecord, _ name: String, _ id: String) throws(AWSError) -> ObjectRecord? {
    if let present = try object(bucket, name), present.shownVersionID == id { return present }
    if bucket.versioning == nil { return nil }
    if let order = VersionID.order(id) {
      let found = try get(VersionRecord.self, VersionRecord.key(bucket.name, name, order), in: bucket.scope)
      return found?.object.versionID == id ? found?.object : nil
    }
    return id == "null" ? try archivedNull(bucket, name) : nil
  }

  private func archivedNull(_ bucket: BucketRecord, _ name: String) throws(AWSError) -> ObjectRecord? {
    let range = KeyRange.prefix(.string(bucket.name), .string(name))
    return try scan(VersionRecord.self, in: bucket.scope, range).first { $0.object.versionID == nil }?.object
  }

  /// Makes an object the present version of its key, as the bucket's versioning has it.
  /// - Returns: the object with its version.
  func store(_ object: ObjectRecord, in bucket: BucketRecord) throws(AWSError) -> ObjectRecord {
    var object = object
    let old = try self.object(bucket, object.name)
    try settle(&object, old, bucket)
    if let old, old.versionID == object.versionID, bucket.versioning != .enabled {
      try release(old, in: bucket)
      try update(old, to: object, in: bucket.scope)
    } else {
      if let old { try insert(VersionRecord(old), in: bucket.scope) }
      try put(object, in: bucket.scope)
    }
    try Replicating.begin(object, in: bucket, self)
    return object
  }

  /// Gives a new version its id and place, and removes the `null` version that it takes the place of.
  private func settle(_ object: inout ObjectRecord, _ old: ObjectRecord?, _ bucket: BucketRecord) throws(AWSError) {
    guard let versioning = bucket.versioning else { return }
    var newest = old
    if newest == nil { newest = try newestArchived(bucket, object.name) }
    object.order = max((newest?.order ?? 0) + 1, now.milliseconds << 10)
    if versioning == .enabled {
      object.versionID = VersionID.make(order: object.order, random)
    } else if let null = try archivedNull(bucket, object.name) {
      try release(null, in: bucket)
      try delete(VersionRecord(null), in: bucket.scope)
    }
  }

  /// Deletes the present version, or puts a delete marker in front of it.
  /// - Returns: the marker, if one was made.
  func remove(_ bucket: BucketRecord, _ name: String) throws(AWSError) -> ObjectRecord? {
    let old = try object(bucket, name)
    guard bucket.versioning != nil else {
      if let old {
        try release(old, in: bucket)
        try delete(old, in: bucket.scope)
      }
      return nil
    }
    var marker = ObjectRecord(bucket: bucket.name, name: name, modified: now, etag: "")
    marker.isDeleteMarker = true
    try settle(&marker, old, bucket)
    if let old {
      try delete(old, in: bucket.scope)
      if bucket.versioning == .suspended, old.versionID == nil {
        try release(old, in: bucket)
      } else {
        try insert(VersionRecord(old), in: bucket.scope)
      }
    }
    try insert(VersionRecord(marker), in: bucket.scope)
    return marker
  }

  /// Deletes one version for good; the one before it becomes present again.
  func remove(_ bucket: BucketRecord, version: ObjectRecord) throws(AWSError) {
    try release(version, in: bucket)
    try forgetReplication(of: version, in: bucket)
    let present = try object(bucket, version.name)
    if let present, present.versionID == version.versionID {
      try delete(present, in: bucket.scope)
    } else {
      try delete(VersionRecord(version), in: bucket.scope)
      if present != nil { return }
    }
    if let next = try newestArchived(bucket, version.name), !next.isDeleteMarker {
      try delete(VersionRecord(next), in: bucket.scope)
      try put(next, in: bucket.scope)
    }
  }

  /// Stores an object whose tags or checksum have changed, wherever it is.
  func rewrite(_ object: ObjectRecord, in bucket: BucketRecord) throws(AWSError) {
    if let present = try self.object(bucket, object.name), present.versionID == object.versionID {
      try put(object, in: bucket.scope)
    } else {
      try put(VersionRecord(object), in: bucket.scope)
    }
  }

  // MARK: Bytes

  /// Gives up an object's bytes.
  private func release(_ object: ObjectRecord, in bucket: BucketRecord) throws(AWSError) {
    try release(object.extents, in: bucket)
  }

  /// Gives up stretches of blobs; a blob goes with its last user.
  func release(_ extents: [Extent], in bucket: BucketRecord) throws(AWSError) {
    let scope = Scope(bucket.owner)
    for extent in extents {
      if var shared = try get(SharedBlobRecord.self, Key(extent.blob.description), in: scope) {
        shared.others -= 1
        if shared.others > 0 { try put(shared, in: scope) } else { try delete(shared, in: scope) }
      } else {
        try release(extent.blob)
      }
    }
  }

  /// Lets one more user have stretches of blobs of the same owner.
  func share(_ extents: [Extent], in bucket: BucketRecord) throws(AWSError) {
    let scope = Scope(bucket.owner)
    for extent in extents {
      let found = try get(SharedBlobRecord.self, Key(extent.blob.description), in: scope)
      var shared = found ?? SharedBlobRecord(blob: extent.blob, others: 0)
      shared.others += 1
      try put(shared, in: scope)
    }
  }

  /// The stretch that a received body is, made part of the bucket owner's cloud.
  func adopted(_ body: ReceivedBody, for bucket: BucketRecord) throws(AWSError) -> [Extent] {
    try adopt(body.blob, for: bucket.owner)
    return [Extent(blob: body.blob.id, offset: 0, count: body.size)]
  }
}

/// Ids of versions: 32 characters, of which the first half says where the version is.
enum VersionID {
  static func make(order: Int64, _ random: RandomSource) -> String {
    let digits = String(order, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits + random.text(16, .alphanumeric)
  }

  static func order(_ id: String) -> Int64? {
    guard id.utf8.count == 32 else { return nil }
    return Int64(id.prefix(16), radix: 16)
  }
}
