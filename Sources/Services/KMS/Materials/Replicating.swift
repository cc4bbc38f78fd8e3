import Cloud
import Wire

/// ReplicateKey and UpdatePrimaryRegion. Regions are modelled: a replica is a record of its own in the other Region, with the
/// same id and material, as AWS's are.
/// AWS: KMS developer guide, "Multi-Region keys in AWS KMS".
enum Replicating {
  private static func destination(_ name: String) throws(AWSError) -> Region {
    guard let region = Region(name) else { throw .kmsValidation("Invalid Region \(name)") }  // unverified: words
    return region
  }

  static func access(
    _ input: ReplicateKeyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> [AccessCheck] {
    let target = try KeyTarget.find(input.keyId, .key, context, transaction)
    let region = try destination(input.replicaRegion)
    let tags = try KeyTags.read(input.tags)
    // The replica is made in its Region, by the caller's IAM policies alone.
    var creation = AccessCheck("kms:CreateKey", on: "*", owner: target.record.account)
    creation.keys = KeyAccess.tags(tags) + [("aws:RequestedRegion", .single(region.rawValue))]
    return [
      try KeyAccess.check(
        "ReplicateKey", on: target, [("kms:ReplicaRegion", .single(region.rawValue))], context, transaction), creation,
    ]
  }

  static func replicate(
    _ input: ReplicateKeyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ReplicateKeyResponse {
    let target = try KeyTarget.find(input.keyId, .key, context, transaction)
    var primary = target.record
    let region = try destination(input.replicaRegion)
    guard var multiRegion = primary.multiRegion, multiRegion.primary == primary.region else {
      // unverified: words
      throw .unsupportedOperation("\(primary.arn) is not a multi-Region primary key.")
    }
    try target.requireUsable()
    if try KeyRecord.find(primary.id, primary.account, region, transaction) != nil || region == primary.region {
      throw AWSError(
        "AlreadyExistsException", "\(KeyRecord.arn(primary.id, primary.account, region)) already exists")
    }
    multiRegion.replicas.append(region)
    multiRegion.replicas.sort { $0.rawValue < $1.rawValue }
    var replica = KeyRecord(
      id: primary.id, account: primary.account, region: region, created: transaction.now, spec: primary.spec,
      usage: primary.usage, origin: primary.origin, description: input.description ?? primary.description,
      state: primary.origin == .external ? .pendingImport : .enabled, policy: KeyPolicy.standard(primary.account),
      tags: try KeyTags.read(input.tags))
    replica.materials = primary.materials
    if primary.origin == .external {
      for index in replica.materials.indices { replica.materials[index].wrapped.removeAll() }
    }
    replica.multiRegion = multiRegion
    if let policy = input.policy {
      replica.policy = try KeyPolicy.accept(
        policy, for: replica, isLockoutAllowed: input.bypassPolicyLockoutSafetyCheck ?? false, context, transaction)
    }
    try transaction.insert(replica, in: replica.scope)
    primary.multiRegion = multiRegion
    try transaction.update(target.record, to: primary, in: primary.scope)
    try share(multiRegion, of: primary, except: [primary.region, region], transaction)
    return ReplicateKeyResponse(
      replicaKeyMetadata: replica.metadata, replicaPolicy: input.policy ?? replica.policy,
      replicaTags: replica.tags.sorted { $0.key < $1.key }.map { Tag(tagKey: $0.key, tagValue: $0.value) })
  }

  static func movePrimary(
    _ input: UpdatePrimaryRegionRequest, _ target: KeyTarget, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let record = target.record
    let region = try destination(input.primaryRegion)
    guard var multiRegion = record.multiRegion, multiRegion.primary == record.region else {
      throw .unsupportedOperation("\(record.arn) is not a multi-Region primary key.")
    }
    try target.requireUsable()
    guard let index = multiRegion.replicas.firstIndex(of: region),
      let replica = try KeyRecord.find(record.id, record.account, region, transaction)
    else {
      throw .keyNotFound(KeyRecord.arn(record.id, record.account, region))
    }
    try KeyTarget(record: replica).requireUsable()
    multiRegion.replicas[index] = multiRegion.primary
    multiRegion.replicas.sort { $0.rawValue < $1.rawValue }
    multiRegion.primary = region
    try share(multiRegion, of: record, except: [], transaction)
    // Rotation is the primary key's business, with the same dates.
    if let rotation = record.rotation {
      guard var changed = try KeyRecord.find(record.id, record.account, region, transaction),
        var former = try KeyRecord.find(record.id, record.account, record.region, transaction)
      else { return NoMembers() }
      (changed.rotation, former.rotation) = (rotation, nil)
      try changed.setTimer("rotate", due: rotation.next, transaction)
      try former.setTimer("rotate", due: nil, transaction)
      try transaction.put(changed, in: changed.scope)
      try transaction.put(former, in: former.scope)
    }
    return NoMembers()
  }

  private static func share(
    _ multiRegion: KeyRecord.MultiRegion, of record: KeyRecord, except: [Region], _ transaction: Transaction
  ) throws(AWSError) {
    for region in [multiRegion.primary] + multiRegion.replicas where !except.contains(region) {
      guard let old = try KeyRecord.find(record.id, record.account, region, transaction) else { continue }
      var sibling = old
      sibling.multiRegion = multiRegion
      try transaction.update(old, to: sibling, in: sibling.scope)
    }
  }
}
