import Cloud
import Wire

/// Rotation: new material encrypts, all earlier material goes on decrypting.
/// AWS: KMS developer guide, "Rotate AWS KMS keys".
enum Rotating {
  /// In days.
  static let standardPeriod = 365
  /// How often a key can be rotated on demand in its life. AWS: KMS developer guide, "Resource quotas".
  static let onDemandLimit = 25

  private static func requireRotatable(_ target: KeyTarget, isChange: Bool) throws(AWSError) {
    let record = target.record
    guard record.spec.family == .symmetric, record.origin == .kms else {
      throw .unsupportedOperation("\(record.arn) does not support key rotation.")  // unverified: words
    }
    if isChange, let multiRegion = record.multiRegion, multiRegion.primary != record.region {
      throw .unsupportedOperation("\(record.arn) is a replica key: rotate its primary key.")  // unverified: words
    }
  }

  static func enable(
    _ input: EnableKeyRotationRequest, _ target: KeyTarget, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    try requireRotatable(target, isChange: true)
    try target.requireUsable()
    var record = target.record
    let period = input.rotationPeriodInDays ?? record.rotation?.period ?? standardPeriod
    if record.rotation?.period == period { return NoMembers() }
    let next = Timestamp(milliseconds: transaction.now.milliseconds + Int64(period) * 86_400_000)
    record.rotation = .init(period: period, next: next)
    try record.setTimer("rotate", due: next, transaction)
    try transaction.update(target.record, to: record, in: record.scope)
    return NoMembers()
  }

  static func disable(
    _ input: DisableKeyRotationRequest, _ target: KeyTarget, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    try requireRotatable(target, isChange: true)
    try target.requireUsable()
    var record = target.record
    record.rotation = nil
    try record.setTimer("rotate", due: nil, transaction)
    try transaction.update(target.record, to: record, in: record.scope)
    return NoMembers()
  }

  static func status(
    _ input: GetKeyRotationStatusRequest, _ target: KeyTarget, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetKeyRotationStatusResponse {
    try requireRotatable(target, isChange: false)
    var response = GetKeyRotationStatusResponse()
    response.keyId = target.record.arn
    response.keyRotationEnabled = target.record.rotation != nil
    response.rotationPeriodInDays = target.record.rotation?.period
    response.nextRotationDate = target.record.rotation?.next
    return response
  }

  static func rotateOnDemand(
    _ target: KeyTarget, _ vault: KeyVault, _ transaction: Transaction
  ) throws(AWSError) -> RotateKeyOnDemandResponse {
    try requireRotatable(target, isChange: true)
    try target.requireUsable()
    var record = target.record
    guard record.onDemandRotations < onDemandLimit else {
      throw .limitExceeded("\(record.arn) has been rotated on demand \(onDemandLimit) times.")  // unverified: words
    }
    record.onDemandRotations += 1
    try rotate(target.record, to: record, "ON_DEMAND", vault, transaction)
    return RotateKeyOnDemandResponse(keyId: record.arn)
  }

  /// Rotates when the time has come, and sets the next time.
  static func run(_ id: String, _ scope: Scope, _ vault: KeyVault, _ transaction: Transaction) throws(AWSError) {
    guard let old = try transaction.get(KeyRecord.self, Key(.string(id)), in: scope), let rotation = old.rotation,
      rotation.next <= transaction.now
    else { return }
    var record = old
    let next = Timestamp(milliseconds: rotation.next.milliseconds + Int64(rotation.period) * 86_400_000)
    record.rotation = .init(period: rotation.period, next: next)
    try record.setTimer("rotate", due: next, transaction)
    // A key that is disabled or waits for its deletion is not rotated; its date goes on.
    if record.state == .enabled {
      try rotate(old, to: record, "AUTOMATIC", vault, transaction)
    } else {
      try transaction.update(old, to: record, in: scope)
    }
  }

  private static func rotate(
    _ old: KeyRecord, to changed: KeyRecord, _ type: String, _ vault: KeyVault, _ transaction: Transaction
  ) throws(AWSError) {
    var record = changed
    var material = try vault.newMaterial(transaction.random.bytes(32), transaction)
    material.rotation = type
    record.materials.append(material)
    try transaction.update(old, to: record, in: record.scope)
    // Replicas share the material.
    for region in record.multiRegion?.replicas ?? [] {
      guard let replica = try KeyRecord.find(record.id, record.account, region, transaction) else { continue }
      var rotated = replica
      rotated.materials.append(material)
      try transaction.update(replica, to: rotated, in: replica.scope)
    }
  }

  static func list(
    _ input: ListKeyRotationsRequest, _ target: KeyTarget, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListKeyRotationsResponse {
    let record = target.record
    guard record.spec.family == .symmetric else {
      throw .unsupportedOperation("\(record.arn) does not support key rotation.")
    }
    let isWhole = input.includeKeyMaterial == "ALL_KEY_MATERIAL"
    let entries = record.materials.enumerated()
      .filter { isWhole || $0.element.rotation != nil }
      .map { index, material in
        var entry = RotationsListEntry()
        entry.keyId = record.arn
        entry.keyMaterialId = material.id
        entry.keyMaterialState = index == record.materials.count - 1 ? "CURRENT" : "NON_CURRENT"
        if material.rotation != nil { entry.rotationDate = material.created }
        entry.rotationType = material.rotation
        if record.origin == .external {
          entry.importState = material.wrapped.isEmpty ? "PENDING_IMPORT" : "IMPORTED"
          entry.validTo = material.validTo
          entry.expirationModel =
            material.validTo == nil ? "KEY_MATERIAL_DOES_NOT_EXPIRE" : "KEY_MATERIAL_EXPIRES"
        }
        return (numbered(index), entry)
      }
    let page = try Page(entries, limit: input.limit, standard: 100, marker: input.marker) { $0.0 }
    return ListKeyRotationsResponse(
      rotations: page.items.map(\.1), nextMarker: page.next, truncated: page.next != nil)
  }

  /// A number with leading zeros, so that its texts are in its order.
  private static func numbered(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 6 - digits.count)) + digits
  }
}
