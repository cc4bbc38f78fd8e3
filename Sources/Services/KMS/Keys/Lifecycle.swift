import Cloud
import Wire

/// Enabling, disabling and deleting keys.
extension KMSService {
  var lifecycleOperations: [Operation] {
    [
      onKey(
        "EnableKey", id: { (input: EnableKeyRequest) in input.keyId },
        { _, target, _, transaction throws(AWSError) in try Lifecycle.set(.enabled, target, transaction) }),
      onKey(
        "DisableKey", id: { (input: DisableKeyRequest) in input.keyId },
        { _, target, _, transaction throws(AWSError) in try Lifecycle.set(.disabled, target, transaction) }),
      onKey(
        "ScheduleKeyDeletion", id: { (input: ScheduleKeyDeletionRequest) in input.keyId },
        keys: { input in
          [
            (
              "kms:ScheduleKeyDeletionPendingWindowInDays",
              .single(String(input.pendingWindowInDays ?? Deletion.standardWindow))
            )
          ]
        }, Deletion.schedule),
      onKey(
        "CancelKeyDeletion", id: { (input: CancelKeyDeletionRequest) in input.keyId }, Deletion.cancel),
    ]
  }
}

/// EnableKey and DisableKey.
enum Lifecycle {
  static func set(
    _ state: KeyRecord.State, _ target: KeyTarget, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    try target.requireNotPendingDeletion()
    if target.record.state == .pendingImport { throw .invalidState(target.record.arn, "is pending import.") }
    var record = target.record
    record.state = state
    try transaction.update(target.record, to: record, in: record.scope)
    return NoMembers()
  }
}

/// ScheduleKeyDeletion, CancelKeyDeletion, and the deletion itself when its time has come.
enum Deletion {
  /// In days. AWS: KMS API, `ScheduleKeyDeletion`.
  static let standardWindow = 30

  static func schedule(
    _ input: ScheduleKeyDeletionRequest, _ target: KeyTarget, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ScheduleKeyDeletionResponse {
    let days = input.pendingWindowInDays ?? standardWindow
    guard (7...30).contains(days) else { throw .kmsValidation("PendingWindowInDays must be between 7 and 30") }
    try target.requireNotPendingDeletion()
    var record = target.record
    record.deletionWindow = days
    // A primary key waits until its replicas are gone; its own time runs from then.
    let hasReplicas = record.multiRegion.map { $0.primary == record.region && !$0.replicas.isEmpty } ?? false
    if hasReplicas {
      record.state = .pendingReplicaDeletion
    } else {
      try begin(&record, transaction)
    }
    try transaction.update(target.record, to: record, in: record.scope)
    return ScheduleKeyDeletionResponse(
      keyId: record.arn, deletionDate: record.deletion, keyState: record.state.rawValue, pendingWindowInDays: days)
  }

  private static func begin(_ record: inout KeyRecord, _ transaction: Transaction) throws(AWSError) {
    let days = Int64(record.deletionWindow ?? standardWindow)
    let due = Timestamp(milliseconds: transaction.now.milliseconds + days * 86_400_000)
    record.state = .pendingDeletion
    record.deletion = due
    try record.setTimer("delete", due: due, transaction)
  }

  static func cancel(
    _ input: CancelKeyDeletionRequest, _ target: KeyTarget, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> CancelKeyDeletionResponse {
    var record = target.record
    guard record.state == .pendingDeletion || record.state == .pendingReplicaDeletion else {
      throw .invalidState(record.arn, "is not pending deletion.")
    }
    try record.setTimer("delete", due: nil, transaction)
    record.deletion = nil
    record.deletionWindow = nil
    record.state = record.material == nil ? .pendingImport : .disabled
    try transaction.update(target.record, to: record, in: record.scope)
    return CancelKeyDeletionResponse(keyId: record.arn)
  }

  /// Deletes the key with all that hangs on it.
  static func run(_ id: String, _ scope: Scope, _ vault: KeyVault, _ transaction: Transaction) throws(AWSError) {
    guard let record = try transaction.get(KeyRecord.self, Key(.string(id)), in: scope),
      record.state == .pendingDeletion, let due = record.deletion, due <= transaction.now
    else { return }
    for name in record.aliases { try transaction.delete(AliasRecord.self, Key(.string(name)), in: scope) }
    for grant in try transaction.scan(GrantRecord.self, in: scope, .prefix(.string(id))) {
      try transaction.delete(grant, in: scope)
    }
    try transaction.delete(record, in: scope)
    let materials = record.materials.map(\.id)
    transaction.afterCommit { for material in materials { vault.forget(material) } }
    guard var multiRegion = record.multiRegion, multiRegion.primary != record.region else { return }
    multiRegion.replicas.removeAll { $0 == record.region }
    for region in [multiRegion.primary] + multiRegion.replicas {
      guard let old = try KeyRecord.find(id, record.account, region, transaction) else { continue }
      var sibling = old
      sibling.multiRegion = multiRegion
      if sibling.state == .pendingReplicaDeletion, multiRegion.replicas.isEmpty { try begin(&sibling, transaction) }
      try transaction.update(old, to: sibling, in: sibling.scope)
    }
  }
}
