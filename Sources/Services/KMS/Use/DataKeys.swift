import Cloud
import Wire

/// GenerateDataKey and GenerateDataKeyPair, with and without plaintext.
enum DataKeys {
  struct DataKey {
    let plaintext: [UInt8]
    let blob: [UInt8]
    let materialID: String
  }

  static func make(
    _ operation: String, _ target: KeyTarget, _ spec: String?, _ count: Int?, _ context: [String: String]?,
    _ tokens: [String]?, _ hasRecipient: Bool, _ isDryRun: Bool?, _ vault: KeyVault, _ transaction: Transaction
  ) throws(AWSError) -> DataKey {
    try Encrypting.refuseEnclave(hasRecipient)
    try GrantToken.check(tokens)
    if (spec == nil) == (count == nil) {
      throw .kmsValidation("Please specify either number of bytes or key spec.")
    }
    try requireSymmetric(target, operation)
    try target.requireUsable()
    if isDryRun == true { throw .dryRun() }
    let plaintext = transaction.random.bytes(count ?? (spec == "AES_128" ? 16 : 32))
    let blob = try Encrypting.seal(
      plaintext, target.record, .symmetricDefault, context ?? [:], vault, transaction)
    return DataKey(plaintext: plaintext, blob: blob, materialID: target.record.material?.id ?? "")
  }

  private static func requireSymmetric(_ target: KeyTarget, _ operation: String) throws(AWSError) {
    try target.require(.encryptDecrypt, for: operation)
    guard target.record.spec.family == .symmetric else {
      throw .invalidKeyUsage(target.record.arn, target.record.spec.rawValue, operation)  // unverified: words
    }
  }

  // MARK: Pairs

  struct PairRequest {
    let operation: String
    let keyID: String
    let spec: String
    let context: [String: String]?
    let tokens: [String]?
    let hasRecipient: Bool
    let isDryRun: Bool
  }

  struct Pair {
    let privateKey: [UInt8]
    let publicKey: [UInt8]
    let blob: [UInt8]
    let arn: String
    let materialID: String?
  }

  static func pairAccess(
    _ operation: String, _ keyID: String, _ spec: String, _ pairs: [String: String]?, _ context: Context,
    _ transaction: Transaction
  ) throws(AWSError) -> [AccessCheck] {
    [
      try KeyAccess.check(
        operation, .shared, on: try KeyTarget.find(keyID, .keyOrAlias, context, transaction),
        KeyAccess.context(pairs) + [("kms:DataKeyPairSpec", .single(spec))], context, transaction)
    ]
  }

  static func makePair<Response>(
    _ request: PairRequest, _ kms: KMSService, _ context: Context, _ transaction: Transaction,
    _ respond: (Pair) -> Response
  ) throws(AWSError) -> Step<Response> {
    try Encrypting.refuseEnclave(request.hasRecipient)
    try GrantToken.check(request.tokens)
    let target = try KeyTarget.find(request.keyID, .keyOrAlias, context, transaction)
    try requireSymmetric(target, request.operation)
    try target.requireUsable()
    guard let spec = KeySpecification(rawValue: request.spec), spec.isAsymmetric else {
      throw .unsupportedOperation("Pairs of spec \(request.spec) are not built in Hakoniwa; docs/kms.md lists what is.")
    }
    if request.isDryRun { throw .dryRun() }
    return try kms.mill.withPair(spec, transaction) { pair throws(AWSError) in
      let privateKey = Array(pair.pkcs8)
      let blob = try Encrypting.seal(
        privateKey, target.record, .symmetricDefault, request.context ?? [:], kms.vault, transaction)
      return respond(
        Pair(
          privateKey: privateKey, publicKey: Array(pair.publicKey), blob: blob, arn: target.record.arn,
          materialID: target.record.material?.id))
    }
  }
}
