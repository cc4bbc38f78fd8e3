import Cloud
import Wire

/// How far a day's run over a bucket has come.
struct LifecycleCursor: Record {
  static let kind = "s3.lifecycle"

  enum Phase: String, Sendable, Codable {
    case objects, versions, uploads
  }

  var bucket: String
  /// The moment of the run: all of it judges by the same.
  var at: Timestamp
  var phase = Phase.objects
  /// The last key that was looked at; of an upload with its id.
  var name: String?
  var upload: String?

  var key: Key { Key(bucket) }
}

/// Runs a bucket's lifecycle rules at every midnight (UTC), some hundred keys in a transaction so that nobody waits long.
struct LifecycleRun {
  static let timer = "lifecycle"
  private static let batch = 200

  let bucket: BucketRecord
  let rules: LifecycleRules
  let transaction: Transaction
  var cursor: LifecycleCursor

  /// Sees to it that the next midnight's run happens.
  static func schedule(_ bucket: BucketRecord, _ transaction: Transaction) throws(AWSError) {
    try schedule(bucket, at: transaction.now.followingMidnight, transaction)
  }

  private static func schedule(
    _ bucket: BucketRecord, at due: Timestamp, _ transaction: Transaction
  ) throws(AWSError) {
    // Nobody waits for it, or automatic time would run from midnight to midnight for ever.
    try transaction.schedule(
      TimerRequest(
        service: "s3", name: Key(.string(timer), .string(bucket.name)), in: bucket.scope, due: due, isAwaited: false))
  }

  /// Runs a part of the day's work, and sees to the rest.
  static func run(_ name: String, in scope: Scope, _ transaction: Transaction) throws(AWSError) {
    guard let account = scope.account,
      let bucket = try transaction.get(BucketRecord.self, Key(name), in: Scope(account)),
      bucket.scope == scope, let rules = bucket.features?.lifecycle
    else {
      try transaction.delete(LifecycleCursor.self, Key(name), in: scope)
      return
    }
    let stored = try transaction.get(LifecycleCursor.self, Key(name), in: scope)
    var run = LifecycleRun(
      bucket: bucket, rules: rules, transaction: transaction,
      cursor: stored ?? LifecycleCursor(bucket: name, at: transaction.now))
    if try run.step() {
      try transaction.delete(LifecycleCursor.self, Key(name), in: scope)
      // Of the run's own day: time may have jumped over a midnight between two parts of it.
      try schedule(bucket, at: run.cursor.at.followingMidnight, transaction)
    } else {
      try transaction.put(run.cursor, in: scope)
      try schedule(bucket, at: transaction.now, transaction)
    }
  }

  /// One transaction's worth.
  /// - Returns: whether the run is at its end.
  private mutating func step() throws(AWSError) -> Bool {
    switch cursor.phase {
    case .objects:
      if try objects() { enter(bucket.versioning == nil ? .uploads : .versions) }
    case .versions:
      if try versions() { enter(.uploads) }
    case .uploads:
      return try uploads()
    }
    return false
  }

  private mutating func enter(_ phase: LifecycleCursor.Phase) {
    cursor.phase = phase
    cursor.name = nil
    cursor.upload = nil
  }

  private var actor: EventActor { .service(transaction.random) }

  // MARK: Present versions

  private mutating func objects() throws(AWSError) -> Bool {
    var range = KeyRange.prefix(.string(bucket.name))
    if let name = cursor.name { range = range.after(ObjectRecord.key(bucket.name, name)) }
    let found = try transaction.scan(ObjectRecord.self, in: bucket.scope, range, limit: LifecycleRun.batch)
    for object in found {
      switch rules.verdict(on: object, at: cursor.at) {
      case .stay: break
      case .expire: try expire(object)
      case .move(let storageClass): try move(object, to: storageClass)
      }
    }
    cursor.name = found.last?.name
    return found.count < LifecycleRun.batch
  }

  private func expire(_ object: ObjectRecord) throws(AWSError) {
    let marker = try transaction.remove(bucket, object.name)
    try transaction.announce(
      marker == nil ? .expired : .markerCreatedByLifecycle, marker ?? object, in: bucket, by: actor,
      reason: "Lifecycle Expiration")
  }

  private func move(_ object: ObjectRecord, to storageClass: String) throws(AWSError) {
    var moved = object
    moved.storageClass = storageClass
    try transaction.rewrite(moved, in: bucket)
    try transaction.announce(.transitioned, moved, in: bucket, by: actor)
  }

  // MARK: Older versions and delete markers

  private mutating func versions() throws(AWSError) -> Bool {
    var range = KeyRange.prefix(.string(bucket.name))
    if let name = cursor.name { range = range.skipping(KeyRange.prefix(.string(bucket.name), .string(name))) }
    let found = try transaction.scan(VersionRecord.self, in: bucket.scope, range, limit: LifecycleRun.batch)
    var last: String?
    for name in found.map(\.object.name) where name != last {
      try versions(of: name)
      last = name
    }
    cursor.name = last
    return found.count < LifecycleRun.batch
  }

  private func versions(of name: String) throws(AWSError) {
    let present = try transaction.object(bucket, name)
    var archived = try transaction.scan(
      VersionRecord.self, in: bucket.scope, KeyRange.prefix(.string(bucket.name), .string(name))
    ).map(\.object)
    // Without a present version the newest one is a marker, and current.
    var since = present?.modified
    var marker: ObjectRecord?
    if present == nil, !archived.isEmpty {
      let newest = archived.removeFirst()
      since = newest.modified
      marker = newest.isDeleteMarker ? newest : nil
    }
    var newer = 0
    var left = 0
    for version in archived {
      let verdict = rules.verdict(
        onNoncurrent: version, since: since ?? version.modified, newer: newer, at: cursor.at)
      since = version.modified
      newer += 1
      switch verdict {
      // AWS: "Object Lock … Lifecycle configurations … continue to apply to protected objects", but can't delete them.
      case .expire where version.isLocked(at: transaction.now): left += 1
      case .expire:
        try transaction.remove(bucket, version: version)
        try transaction.announce(.expired, version, in: bucket, by: actor, reason: "Lifecycle Expiration")
      case .move(let storageClass):
        left += 1
        try move(version, to: storageClass)
      default: left += 1
      }
    }
    if let marker, left == 0, rules.removes(marker: marker, at: cursor.at) {
      try transaction.remove(bucket, version: marker)
      try transaction.announce(.expired, marker, in: bucket, by: actor, reason: "Lifecycle Expiration")
    }
  }

  // MARK: Multipart uploads

  private mutating func uploads() throws(AWSError) -> Bool {
    var range = KeyRange.prefix(.string(bucket.name))
    if let name = cursor.name, let upload = cursor.upload {
      range = range.after(UploadRecord.key(bucket.name, name, upload))
    }
    let found = try transaction.scan(UploadRecord.self, in: bucket.scope, range, limit: LifecycleRun.batch)
    for upload in found where rules.aborts(uploadOf: upload.name, begun: upload.initiated, at: cursor.at) {
      try transaction.discard(upload, in: bucket)
    }
    cursor.name = found.last?.name
    cursor.upload = found.last?.id
    return found.count < LifecycleRun.batch
  }
}
