import Cloud
import Wire

/// ReEncrypt: from one key to another without showing the plaintext.
enum ReEncrypting {
  static func access(
    _ input: ReEncryptRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> [AccessCheck] {
    let (source, _) = try find(input, context, transaction)
    let destination = try KeyTarget.find(input.destinationKeyId, .keyOrAlias, context, transaction)
    let isSame = source.record.arn == destination.record.arn
    let same = (name: "kms:ReEncryptOnSameKey", value: ConditionValue.single(isSame ? "true" : "false"))
    return [
      try KeyAccess.check(
        "ReEncryptFrom", .shared, on: source,
        KeyAccess.context(input.sourceEncryptionContext) + [
          same, ("kms:EncryptionAlgorithm", .single(input.sourceEncryptionAlgorithm ?? "SYMMETRIC_DEFAULT")),
        ], context, transaction),
      try KeyAccess.check(
        "ReEncryptTo", .shared, on: destination,
        KeyAccess.context(input.destinationEncryptionContext) + [
          same, ("kms:EncryptionAlgorithm", .single(input.destinationEncryptionAlgorithm ?? "SYMMETRIC_DEFAULT")),
        ], context, transaction),
    ]
  }

  private static func find(
    _ input: ReEncryptRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> (target: KeyTarget, ciphertext: Ciphertext?) {
    try Decrypting.find(
      input.ciphertextBlob ?? [], keyID: input.sourceKeyId, algorithm: input.sourceEncryptionAlgorithm, context,
      transaction)
  }

  static func reEncrypt(
    _ input: ReEncryptRequest, _ vault: KeyVault, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ReEncryptResponse {
    try GrantToken.check(input.grantTokens)
    let (source, ciphertext) = try find(input, context, transaction)
    let destination = try KeyTarget.find(input.destinationKeyId, .keyOrAlias, context, transaction)
    for target in [source, destination] {
      try target.require(.encryptDecrypt, for: "ReEncrypt")
      try target.requireUsable()
    }
    let from = try Encrypting.algorithm(input.sourceEncryptionAlgorithm, source, input.sourceEncryptionContext)
    let to = try Encrypting.algorithm(
      input.destinationEncryptionAlgorithm, destination, input.destinationEncryptionContext)
    if input.dryRun == true { throw .dryRun() }
    let opened = try Decrypting.open(
      input.ciphertextBlob ?? [], ciphertext, source.record, from, input.sourceEncryptionContext ?? [:], vault)
    let blob = try Encrypting.seal(
      opened.plaintext, destination.record, to, input.destinationEncryptionContext ?? [:], vault, transaction)
    var response = ReEncryptResponse()
    response.ciphertextBlob = blob
    response.sourceKeyId = source.record.arn
    response.keyId = destination.record.arn
    response.sourceEncryptionAlgorithm = from.rawValue
    response.destinationEncryptionAlgorithm = to.rawValue
    response.sourceKeyMaterialId = opened.materialID
    if to == .symmetricDefault { response.destinationKeyMaterialId = destination.record.material?.id }
    return response
  }
}
