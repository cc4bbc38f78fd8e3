import Cloud
import Wire

/// Encrypting, decrypting, and data keys.
extension KMSService {
  var symmetricOperations: [Operation] {
    [
      onKey(
        "Encrypt", .shared, .keyOrAlias, audit: .management(readOnly: true),
        id: { (input: EncryptRequest) in input.keyId },
        keys: { input in
          KeyAccess.context(input.encryptionContext) + [
            ("kms:EncryptionAlgorithm", .single(input.encryptionAlgorithm ?? "SYMMETRIC_DEFAULT"))
          ]
        },
        { input, target, _, transaction throws(AWSError) in
          try GrantToken.check(input.grantTokens)
          try target.require(.encryptDecrypt, for: "Encrypt")
          try target.requireUsable()
          let algorithm = try Encrypting.algorithm(input.encryptionAlgorithm, target, input.encryptionContext)
          if input.dryRun == true { throw .dryRun() }
          let blob = try Encrypting.seal(
            input.plaintext, target.record, algorithm, input.encryptionContext ?? [:], vault, transaction)
          return EncryptResponse(
            ciphertextBlob: blob, keyId: target.record.arn, encryptionAlgorithm: algorithm.rawValue)
        }),
      Operation(
        "Decrypt", audit: .management(readOnly: true), access: Decrypting.access,
        { (input: DecryptRequest, context, transaction) throws(AWSError) in
          try Decrypting.decrypt(input, vault, context, transaction)
        }),
      Operation(
        "ReEncrypt", audit: .management(readOnly: true), access: ReEncrypting.access,
        { (input: ReEncryptRequest, context, transaction) throws(AWSError) in
          try ReEncrypting.reEncrypt(input, vault, context, transaction)
        }),
      onKey(
        "GenerateDataKey", .shared, .keyOrAlias, audit: .management(readOnly: true),
        id: { (input: GenerateDataKeyRequest) in input.keyId },
        keys: { input in KeyAccess.context(input.encryptionContext) },
        { input, target, _, transaction throws(AWSError) in
          let made = try DataKeys.make(
            "GenerateDataKey", target, input.keySpec, input.numberOfBytes, input.encryptionContext, input.grantTokens,
            input.recipient != nil, input.dryRun, vault, transaction)
          var response = GenerateDataKeyResponse()
          response.ciphertextBlob = made.blob
          response.plaintext = made.plaintext
          response.keyId = target.record.arn
          response.keyMaterialId = made.materialID
          return response
        }),
      onKey(
        "GenerateDataKeyWithoutPlaintext", .shared, .keyOrAlias, audit: .management(readOnly: true),
        id: { (input: GenerateDataKeyWithoutPlaintextRequest) in input.keyId },
        keys: { input in KeyAccess.context(input.encryptionContext) },
        { input, target, _, transaction throws(AWSError) in
          let made = try DataKeys.make(
            "GenerateDataKeyWithoutPlaintext", target, input.keySpec, input.numberOfBytes, input.encryptionContext,
            input.grantTokens, false, input.dryRun, vault, transaction)
          return GenerateDataKeyWithoutPlaintextResponse(
            ciphertextBlob: made.blob, keyId: target.record.arn, keyMaterialId: made.materialID)
        }),
      Operation(
        waiting: "GenerateDataKeyPair", audit: .management(readOnly: true),
        access: { (input: GenerateDataKeyPairRequest, context, transaction) throws(AWSError) in
          try DataKeys.pairAccess(
            "GenerateDataKeyPair", input.keyId, input.keyPairSpec, input.encryptionContext, context, transaction)
        },
        { (input: GenerateDataKeyPairRequest, context, transaction) throws(AWSError) in
          let request = DataKeys.PairRequest(
            operation: "GenerateDataKeyPair", keyID: input.keyId, spec: input.keyPairSpec,
            context: input.encryptionContext, tokens: input.grantTokens, hasRecipient: input.recipient != nil,
            isDryRun: input.dryRun ?? false)
          return try DataKeys.makePair(request, self, context, transaction) { made in
            var response = GenerateDataKeyPairResponse()
            response.privateKeyCiphertextBlob = made.blob
            response.privateKeyPlaintext = made.privateKey
            response.publicKey = made.publicKey
            response.keyId = made.arn
            response.keyPairSpec = input.keyPairSpec
            response.keyMaterialId = made.materialID
            return response
          }
        }),
      Operation(
        waiting: "GenerateDataKeyPairWithoutPlaintext", audit: .management(readOnly: true),
        access: { (input: GenerateDataKeyPairWithoutPlaintextRequest, context, transaction) throws(AWSError) in
          try DataKeys.pairAccess(
            "GenerateDataKeyPairWithoutPlaintext", input.keyId, input.keyPairSpec, input.encryptionContext, context,
            transaction)
        },
        { (input: GenerateDataKeyPairWithoutPlaintextRequest, context, transaction) throws(AWSError) in
          let request = DataKeys.PairRequest(
            operation: "GenerateDataKeyPairWithoutPlaintext", keyID: input.keyId, spec: input.keyPairSpec,
            context: input.encryptionContext, tokens: input.grantTokens, hasRecipient: false,
            isDryRun: input.dryRun ?? false)
          return try DataKeys.makePair(request, self, context, transaction) { made in
            var response = GenerateDataKeyPairWithoutPlaintextResponse()
            response.privateKeyCiphertextBlob = made.blob
            response.publicKey = made.publicKey
            response.keyId = made.arn
            response.keyPairSpec = input.keyPairSpec
            response.keyMaterialId = made.materialID
            return response
          }
        }),
      Operation(
        "GenerateRandom", audit: .management(readOnly: true),
        access: { (_: GenerateRandomRequest, _, _) throws(AWSError) in [AccessCheck("kms:GenerateRandom", on: "*")] },
        { (input: GenerateRandomRequest, _, transaction) throws(AWSError) in
          try Encrypting.refuseEnclave(input.recipient != nil)
          if input.customKeyStoreId != nil { throw AWSError("CustomKeyStoreNotFoundException", "") }
          guard let count = input.numberOfBytes else { throw .kmsValidation("NumberOfBytes is required.") }
          return GenerateRandomResponse(plaintext: transaction.random.bytes(count))
        }),
    ]
  }
}

/// What encrypting needs.
enum Encrypting {
  /// Symmetric keys encrypt at most this many bytes. AWS: KMS API, `Encrypt`.
  static let longest = 4096

  /// The algorithm that a request names.
  /// - Throws: InvalidKeyUsageException if the key has no such algorithm, ValidationException for an encryption context where
  ///   there can be none.
  static func algorithm(
    _ name: String?, _ target: KeyTarget, _ context: [String: String]?
  ) throws(AWSError) -> EncryptionAlgorithm {
    let record = target.record
    guard let algorithm = EncryptionAlgorithm(rawValue: name ?? "SYMMETRIC_DEFAULT"),
      record.spec.encryptionAlgorithms.contains(algorithm)
    else {
      throw AWSError(
        "InvalidKeyUsageException",
        "Algorithm \(name ?? "SYMMETRIC_DEFAULT") and key spec \(record.spec.rawValue) are incompatible.")
    }
    if algorithm != .symmetricDefault, let context, !context.isEmpty {
      throw .kmsValidation("EncryptionContext is not supported for asymmetric encryption.")  // unverified: words
    }
    return algorithm
  }

  static func seal(
    _ plaintext: [UInt8], _ record: KeyRecord, _ algorithm: EncryptionAlgorithm, _ context: [String: String],
    _ vault: KeyVault, _ transaction: Transaction
  ) throws(AWSError) -> [UInt8] {
    guard let material = record.material else { throw .invalidState(record.arn, "is pending import.") }
    if algorithm != .symmetricDefault {
      return Array(try vault.pair(material, record.spec).encrypt(plaintext, algorithm))
    }
    return try Ciphertext.seal(
      plaintext, with: try vault.secret(material), material, of: record, context: context,
      nonce: transaction.random.bytes(12))
  }

  /// - Throws: UnsupportedOperationException for answers that only a Nitro enclave could read.
  static func refuseEnclave(_ hasRecipient: Bool) throws(AWSError) {
    if hasRecipient {
      throw .unsupportedOperation("Recipients in Nitro enclaves are not built in Hakoniwa.")
    }
  }
}

/// Decrypt.
enum Decrypting {
  /// The key of a ciphertext, and the ciphertext if it is a symmetric key's.
  static func find(
    _ blob: [UInt8], keyID: String?, algorithm name: String?, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> (target: KeyTarget, ciphertext: Ciphertext?) {
    let named = try keyID.map { id throws(AWSError) in try KeyTarget.find(id, .keyOrAlias, context, transaction) }
    if let name, name != EncryptionAlgorithm.symmetricDefault.rawValue {
      guard let named else {
        throw .kmsValidation("KeyId is required for asymmetric decryption.")  // unverified: words
      }
      return (named, nil)
    }
    if let named, named.record.spec.family != .symmetric { return (named, nil) }
    let ciphertext = try Ciphertext(blob)
    guard let record = try KeyRecord.find(ciphertext.keyID, ciphertext.account, context.region, transaction) else {
      throw named == nil ? .hiddenKey() : .incorrectKey()
    }
    if let named {
      guard named.record.id == record.id, named.record.account == record.account else { throw .incorrectKey() }
      return (named, ciphertext)
    }
    return (KeyTarget(record: record), ciphertext)
  }

  static func access(
    _ input: DecryptRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> [AccessCheck] {
    let (target, _) = try find(
      input.ciphertextBlob ?? [], keyID: input.keyId, algorithm: input.encryptionAlgorithm, context, transaction)
    let check = try KeyAccess.check(
      "Decrypt", .shared, on: target,
      KeyAccess.context(input.encryptionContext) + [
        ("kms:EncryptionAlgorithm", .single(input.encryptionAlgorithm ?? "SYMMETRIC_DEFAULT"))
      ], context, transaction)
    if input.keyId == nil, context.caller.account != target.record.account {
      // Strangers don't learn whether the key exists.
      guard try context.isAuthorized(check, transaction) else { throw .hiddenKey() }
      return []
    }
    return [check]
  }

  static func decrypt(
    _ input: DecryptRequest, _ vault: KeyVault, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> DecryptResponse {
    try Encrypting.refuseEnclave(input.recipient != nil)
    try GrantToken.check(input.grantTokens)
    let (target, ciphertext) = try find(
      input.ciphertextBlob ?? [], keyID: input.keyId, algorithm: input.encryptionAlgorithm, context, transaction)
    try target.require(.encryptDecrypt, for: "Decrypt")
    try target.requireUsable()
    let algorithm = try Encrypting.algorithm(input.encryptionAlgorithm, target, input.encryptionContext)
    if input.dryRun == true { throw .dryRun() }
    let opened = try open(
      input.ciphertextBlob ?? [], ciphertext, target.record, algorithm, input.encryptionContext ?? [:], vault)
    var response = DecryptResponse()
    response.keyId = target.record.arn
    response.plaintext = opened.plaintext
    response.encryptionAlgorithm = algorithm.rawValue
    response.keyMaterialId = opened.materialID
    return response
  }

  static func open(
    _ blob: [UInt8], _ ciphertext: Ciphertext?, _ record: KeyRecord, _ algorithm: EncryptionAlgorithm,
    _ context: [String: String], _ vault: KeyVault
  ) throws(AWSError) -> (plaintext: [UInt8], materialID: String?) {
    guard let ciphertext else {
      guard let material = record.material else { throw .invalidState(record.arn, "is pending import.") }
      return (Array(try vault.pair(material, record.spec).decrypt(blob, algorithm)), nil)
    }
    guard let material = record.materials.first(where: { $0.id == ciphertext.materialID }) else {
      throw .invalidCiphertext()
    }
    if material.wrapped.isEmpty { throw .invalidState(record.arn, "is pending import.") }
    let secret = try vault.secret(material)
    return (try ciphertext.open(with: secret, context: context), material.id)
  }
}
