import Cloud
import Wire

/// AWS KMS: keys whose policies are the root of trust, and real cryptography with them.
///
/// Custom key stores, SM2, secp256k1 and ML-DSA keys are not built.
public struct KMSService: Sendable {
  /// The service's name among timers and in the docs.
  static let name = "kms"

  let vault: KeyVault
  let mill: KeyMill

  /// Every operation with the permissions it needs.
  /// - Parameters:
  ///   - rootKey: encrypts the key material on disk.
  ///   - store: where pairs that were made beside its thread are announced.
  public static func definition(rootKey: RootKey, store: Store) -> ServiceDefinition {
    let service = KMSService(vault: KeyVault(rootKey), mill: KeyMill(store))
    return ServiceDefinition(
      model: .kms, actionPrefix: "kms",
      operations: service.keyOperations + service.lifecycleOperations + service.aliasOperations
        + service.grantOperations + service.materialOperations + service.symmetricOperations
        + service.asymmetricOperations,
      timers: { request, transaction throws(AWSError) in try service.runTimer(request, transaction) },
      question: KeyAccess.question,
      deny: { KeyAccess.deny($0) })
  }

  private func runTimer(_ request: TimerRequest, _ transaction: Transaction) throws(AWSError) {
    let parts = request.name.parts
    guard parts.count == 2, case .string(let task) = parts[0], case .string(let id) = parts[1] else { return }
    switch task {
    case "delete": try Deletion.run(id, request.scope, vault, transaction)
    case "rotate": try Rotating.run(id, request.scope, vault, transaction)
    case "expire": try Importing.expire(id, request.scope, vault, transaction)
    case "token": try Importing.forget(token: id, request.scope, transaction)
    default: return
    }
  }

  /// An operation on one key: finds it, asks the judge, and hands it to the handler.
  func onKey<Input: Structure, Output: Structure>(
    _ name: String, _ reach: KeyAccess.Reach = .ownerOnly, _ form: KeyTarget.Form = .key,
    audit: AuditEvent = .management(), id: @escaping @Sendable (Input) -> String,
    keys: @escaping @Sendable (Input) -> KeyAccess.Keys = { _ in [] },
    _ handler: @escaping @Sendable (Input, KeyTarget, Context, Transaction) throws(AWSError) -> Output
  ) -> Operation {
    Operation(
      name, audit: audit,
      access: { (input: Input, context, transaction) throws(AWSError) in
        try ManagedKeys.prepare(id(input), vault, context, transaction)
        let target = try KeyTarget.find(id(input), form, context, transaction)
        return [try KeyAccess.check(name, reach, on: target, keys(input), context, transaction)]
      },
      { (input: Input, context, transaction) throws(AWSError) -> Output in
        try handler(input, try KeyTarget.find(id(input), form, context, transaction), context, transaction)
      })
  }
}
