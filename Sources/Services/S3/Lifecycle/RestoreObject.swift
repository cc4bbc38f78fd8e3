import Cloud
import Wire

/// RestoreObject: a readable copy of an archived object, made and ended on the cloud's clock.
enum RestoreObject {
  static let timer = "restore"

  static func run(
    _ input: RestoreObjectRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> (output: RestoreObjectOutput, body: ResponseBody?, status: Int?) {
    let bucket = try transaction.bucket(input.bucket)
    let object = try GetObject.find(bucket, input.key, input.versionId, context, transaction)
    guard let wanted = input.restoreRequest else { throw .malformedXML() }
    if wanted.type != nil || wanted.selectParameters != nil || wanted.outputLocation != nil {
      throw AWSError(
        "NotImplemented", "Restoring with a SELECT is not built in Hakoniwa; docs/s3.md lists what is.", status: 501,
        fault: .receiver)
    }
    guard object.isArchived else {
      throw AWSError(
        "InvalidObjectState", "Restore is not allowed for the object's current storage class", status: 403,
        fields: [("StorageClass", .string(object.shownStorageClass))])
    }
    guard let days = wanted.days, days > 0 else { throw .malformedXML() }
    if var restore = try transaction.restore(of: object, in: bucket) {
      guard restore.expires != nil else {
        throw AWSError("RestoreAlreadyInProgress", "Object restore is already in progress", status: 409)
      }
      // AWS: of a restored copy the period is counted anew, from now.
      restore.days = days
      try keep(&restore, from: transaction.now, bucket, transaction)
      return (RestoreObjectOutput(), nil, 200)
    }
    let tier = wanted.glacierJobParameters?.tier ?? wanted.tier ?? "Standard"
    guard ["Standard", "Bulk", "Expedited"].contains(tier) else { throw .malformedXML() }
    guard let seconds = RestoreRecord.seconds(tier: tier, storageClass: object.shownStorageClass) else {
      // unverified: the wording.
      throw .invalidArgument("Retrieval option is not supported by this storage class", "Tier", tier)
    }
    let restore = RestoreRecord(
      bucket: bucket.name, name: object.name, versionID: object.shownVersionID, modified: object.modified, days: days,
      ready: transaction.now.adding(seconds: seconds))
    try transaction.put(restore, in: bucket.scope)
    try transaction.schedule(
      TimerRequest(service: "s3", name: name(restore), in: bucket.scope, due: restore.ready))
    try transaction.announce(.restoreBegun, object, in: bucket, by: EventActor(context))
    return (RestoreObjectOutput(), nil, 202)
  }

  private static func name(_ restore: RestoreRecord) -> Key {
    Key(.string(timer), .string(restore.bucket), .string(restore.name), .string(restore.versionID))
  }

  /// Lets the copy stay for its days from a moment on.
  private static func keep(
    _ restore: inout RestoreRecord, from start: Timestamp, _ bucket: BucketRecord, _ transaction: Transaction
  ) throws(AWSError) {
    let expires = LifecycleRules.When.days(restore.days).moment(since: start)
    restore.expires = expires
    try transaction.put(restore, in: bucket.scope)
    try transaction.schedule(
      TimerRequest(service: "s3", name: name(restore), in: bucket.scope, due: expires, isAwaited: false))
  }

  /// A restore's time has come: its copy is there, or goes.
  static func run(_ key: Key, in scope: Scope, _ transaction: Transaction) throws(AWSError) {
    guard var restore = try transaction.get(RestoreRecord.self, key, in: scope) else { return }
    guard let bucket = try transaction.bucketIfPresent(restore.bucket), bucket.scope == scope,
      let object = try transaction.version(bucket, restore.name, restore.versionID),
      object.modified == restore.modified
    else { return try transaction.delete(restore, in: scope) }
    let actor = EventActor.service(for: bucket.owner, transaction.random)
    guard restore.expires == nil else {
      try transaction.delete(restore, in: scope)
      return try transaction.announce(.restoreEnded, object, in: bucket, by: actor)
    }
    try keep(&restore, from: restore.ready, bucket, transaction)
    let expires = restore.expires
    try transaction.announce(.restored, object, in: bucket, by: actor) { $0.restoredUntil = expires }
  }
}
