import Cloud
import Identity
import Wire

/// Copies a version, or a delete marker, to where its bucket's rules say: the content of a work.
struct Replicating: Sendable, Codable {
  static let work = "replicate an object"
  private static let principal = "s3.amazonaws.com"

  var bucket: String
  var owner: AccountID
  var region: Region
  var key: String
  var versionID: String
  var role: String
  var rules: [ReplicationRules.Rule]

  // MARK: Requesting

  /// Requests the copies of a version that is new or whose tags have changed, if rules want any.
  static func begin(
    _ object: ObjectRecord, in bucket: BucketRecord, _ transaction: Transaction
  ) throws(AWSError) {
    guard let replication = bucket.features?.replication, let versionID = object.versionID else { return }
    let rules = replication.rules(for: object)
    // Replicas aren't copied on.
    // AWS leaves out what is encrypted with other keys than S3's unless a rule selects it.
    if rules.isEmpty || object.protection.encryption != nil { return }
    if try transaction.replicationStatus(of: object, in: bucket) == .replica { return }
    let content = Replicating(
      bucket: bucket.name, owner: bucket.owner, region: bucket.region, key: object.name, versionID: versionID,
      role: replication.role, rules: rules)
    guard let bytes = try? RecordBytes.encode(content) else { throw .internalFailure() }
    try transaction.request(
      WorkRequest(
        service: "s3", name: work, in: bucket.scope, lane: "replicate \(bucket.name)/\(object.name)", content: bytes))
    try transaction.set(.pending, of: object, in: bucket)
  }

  // MARK: Doing

  static func run(_ work: Work, _ context: WorkContext) async throws(AWSError) -> WorkOutcome {
    guard let request = RecordBytes.decode(Replicating.self, work.request.content) else { return .done }
    let facts = RequestFacts.service(
      principal, sourceARN: "arn:aws:s3:::\(request.bucket)", sourceAccount: request.owner)
    var accessKeyID: String?
    do throws(AWSError) {
      let session = try await context.calls.call(
        "AssumeRole", of: "sts",
        .object([.init("RoleArn", .string(request.role)), .init("RoleSessionName", .string("s3-replication"))]),
        as: .service(principal), in: request.region, facts: facts)
      accessKeyID = session["Credentials"]?["AccessKeyId"]?.string
    } catch {
      if error.fault == .receiver { throw error }
    }
    let key = accessKeyID
    let calls = context.calls
    let gathering = ByteGathering()
    for _ in 0..<5 {
      do throws(AWSError) {
        try await context.store.transact { transaction throws(AWSError) in
          transaction.gathering = gathering
          try request.copy(as: key, calls, transaction)
        }
        return .done
      } catch {
        guard gathering.isWanting else { throw error }
        try await gathering.gather()
      }
    }
    return .retry(afterMilliseconds: 1000)
  }

  /// Makes all copies, and writes down how it went.
  private func copy(
    as accessKeyID: String?, _ calls: any OperationCalls, _ transaction: Transaction
  ) throws(AWSError) {
    guard let source = try transaction.bucketIfPresent(bucket), source.owner == owner,
      let object = try transaction.version(source, key, versionID), object.protection.encryption == nil,
      try transaction.replicationStatus(of: object, in: source) == .pending
    else { return }
    let actor = EventActor.service(transaction.random)
    var status = ReplicationProgress.completed
    for rule in rules {
      do throws(AWSError) {
        guard let accessKeyID, let role = try Credentials.find(accessKeyID, in: transaction)?.caller else {
          throw AWSError("AssumeRoleNotPermitted", "The role can't be assumed.", status: 403)
        }
        var facts = RequestFacts.service(Replicating.principal, sourceARN: source.arn, sourceAccount: owner)
        facts.method = "PUT"
        let context = try calls.context(for: "s3", as: role, in: region, facts: facts)
        try copy(object, of: source, by: rule, context, transaction)
      } catch {
        if error.fault == .receiver { throw error }
        status = .failed
        try transaction.announce(.replicationFailed, object, in: source, by: actor) { message in
          message.replication = EventMessage.Replication(
            rule: rule.id, target: "arn:aws:s3:::\(rule.target)", reason: error.code,
            operation: object.isDeleteMarker ? "OBJECT_DELETE" : "OBJECT_PUT")
        }
      }
    }
    try transaction.set(status, of: object, in: source)
  }

  /// Makes one copy, as the role may.
  /// AWS: S3 user guide, "Setting up permissions for live replication".
  private func copy(
    _ object: ObjectRecord, of source: BucketRecord, by rule: ReplicationRules.Rule, _ context: Context,
    _ transaction: Transaction
  ) throws(AWSError) {
    guard var target = try transaction.bucketIfPresent(rule.target), target.versioning == .enabled else {
      throw AWSError("DstBucketNotFound", "There is no bucket to copy to.", status: 404)
    }
    if let account = rule.account, account != target.owner.rawValue {
      throw AWSError("DstBucketNotOwned", "The destination bucket isn't the named account's.", status: 403)
    }
    func ask(_ action: String, _ bucket: BucketRecord, key: String? = nil) throws(AWSError) {
      let existing = key != nil && bucket.name == source.name ? object : nil
      try context.authorize(
        Access.check(action, bucket, key: key, context, transaction, existing: existing), transaction)
    }
    try ask("s3:GetReplicationConfiguration", source)
    var replica = object
    replica.bucket = target.name
    // Locks and grants are the source's.
    replica.protection = .none
    if object.isDeleteMarker {
      try ask("s3:ReplicateDelete", target, key: key)
    } else {
      try ask("s3:GetObjectVersionForReplication", source, key: key)
      try ask("s3:ReplicateObject", target, key: key)
      if !object.tags.isEmpty {
        try ask("s3:GetObjectVersionTagging", source, key: key)
        try ask("s3:ReplicateTags", target, key: key)
      }
      if let storageClass = rule.storageClass {
        replica.storageClass = storageClass == "STANDARD" ? nil : storageClass
      }
      for index in replica.pieces.indices {
        replica.pieces[index].extents = try CopiedBytes.take(
          object.pieces[index].extents, from: source, to: target, .crc64nvme,
          known: [.md5: [], .crc64nvme: []], keys: .init(), transaction
        ).extents
      }
    }
    if target.features?.hasReplicas != true {
      target.change { $0.hasReplicas = true }
      try transaction.put(target)
    }
    try transaction.store(replica: replica, in: target)
    try transaction.set(.replica, of: replica, in: target)
    if !object.isDeleteMarker {
      try transaction.announce(.createdPut, replica, in: target, by: EventActor(context), reason: "PutObject")
    }
  }
}

extension Transaction {
  /// Stores a version that comes from another bucket with its id, in its place among those of its key.
  func store(replica: ObjectRecord, in bucket: BucketRecord) throws(AWSError) {
    if let known = try version(bucket, replica.name, replica.shownVersionID) {
      // It is here already: its tags have changed.
      try release(known.extents, in: bucket)
      return try rewrite(replica, in: bucket)
    }
    let present = try object(bucket, replica.name)
    var newest = present
    if newest == nil { newest = try newestArchived(bucket, replica.name) }
    guard newest?.order ?? 0 < replica.order else { return try insert(VersionRecord(replica), in: bucket.scope) }
    if let present {
      try insert(VersionRecord(present), in: bucket.scope)
      if replica.isDeleteMarker { try delete(present, in: bucket.scope) }
    }
    if replica.isDeleteMarker {
      try insert(VersionRecord(replica), in: bucket.scope)
    } else {
      try put(replica, in: bucket.scope)
    }
  }
}
