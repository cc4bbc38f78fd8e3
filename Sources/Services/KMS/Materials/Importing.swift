import Checksums
import Cloud
import Crypto
import CryptoExtras
import Foundation
import Wire

/// A wrapping key that GetParametersForImport has handed out.
struct ImportRecord: Record {
  static let kind = "kms.import"

  let id: String
  let keyID: String
  let algorithm: String
  let spec: KeySpecification
  let expires: Timestamp
  /// The private key's PKCS #8, encrypted with the root key.
  let wrapped: Data

  var key: Key { Key(.string(id)) }
}

/// GetParametersForImport, ImportKeyMaterial and DeleteImportedKeyMaterial.
/// AWS: KMS developer guide, "Importing key material for AWS KMS keys".
enum Importing {
  /// How long a wrapping key and its token are good, in milliseconds: 24 hours.
  private static let lifetime: Int64 = 86_400_000

  private static func requireExternal(_ target: KeyTarget) throws(AWSError) {
    try target.requireNotPendingDeletion()
    guard target.record.origin == .external else {
      throw .unsupportedOperation(
        "\(target.record.arn) origin is \(target.record.origin.rawValue) which is not valid for this operation.")
    }
  }

  static func parameters(
    _ input: GetParametersForImportRequest, _ kms: KMSService, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> Step<GetParametersForImportResponse> {
    let target = try KeyTarget.find(input.keyId, .key, context, transaction)
    try requireExternal(target)
    guard let spec = KeySpecification(rawValue: input.wrappingKeySpec), spec.family == .rsa,
      input.wrappingAlgorithm != "SM2PKE"
    else {
      throw .unsupportedOperation("SM2 is not built in Hakoniwa; docs/kms.md lists what is.")
    }
    // AWS: GetParametersForImport: since October 2023 this algorithm is not supported.
    if input.wrappingAlgorithm == "RSAES_PKCS1_V1_5" {
      throw .unsupportedOperation("The wrapping algorithm RSAES_PKCS1_V1_5 is not supported.")
    }
    if target.record.spec.family == .rsa, !input.wrappingAlgorithm.hasPrefix("RSA_AES_KEY_WRAP") {
      // unverified: words
      throw .kmsValidation("RSA private keys can only be wrapped by RSA_AES_KEY_WRAP algorithms.")
    }
    return try kms.mill.withPair(spec, transaction) { pair throws(AWSError) in
      let id = Hex.encode(transaction.random.bytes(32))
      let expires = Timestamp(milliseconds: transaction.now.milliseconds + lifetime)
      let record = ImportRecord(
        id: id, keyID: target.record.id, algorithm: input.wrappingAlgorithm, spec: spec, expires: expires,
        wrapped: try kms.vault.wrap(pair.pkcs8, of: id))
      try transaction.insert(record, in: target.record.scope)
      try transaction.schedule(
        TimerRequest(
          service: KMSService.name, name: Key(.string("token"), .string(id)), in: target.record.scope, due: expires))
      return GetParametersForImportResponse(
        keyId: target.record.arn, importToken: Array(id.utf8), publicKey: Array(pair.publicKey),
        parametersValidTo: expires)
    }
  }

  /// Forgets a wrapping key whose time is over.
  static func forget(token id: String, _ scope: Scope, _ transaction: Transaction) throws(AWSError) {
    try transaction.delete(ImportRecord.self, Key(.string(id)), in: scope)
  }

  static func accept(
    _ input: ImportKeyMaterialRequest, _ target: KeyTarget, _ vault: KeyVault, _ transaction: Transaction
  ) throws(AWSError) -> ImportKeyMaterialResponse {
    try requireExternal(target)
    let expires = input.expirationModel != "KEY_MATERIAL_DOES_NOT_EXPIRE"
    guard expires == (input.validTo != nil) else {
      throw .kmsValidation(
        expires
          ? "A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES"
          : "ValidTo must not be set if the ExpirationModel is KEY_MATERIAL_DOES_NOT_EXPIRE")
    }
    if let validTo = input.validTo, validTo <= transaction.now {
      throw .kmsValidation("ValidTo must be in the future")  // unverified: words
    }
    let token = String(decoding: input.importToken, as: UTF8.self)
    guard let parameters = try transaction.get(ImportRecord.self, Key(.string(token)), in: target.record.scope) else {
      throw AWSError("InvalidImportTokenException", "")
    }
    guard parameters.keyID == target.record.id else { throw AWSError("InvalidImportTokenException", "") }
    guard transaction.now < parameters.expires else { throw AWSError("ExpiredImportTokenException", "") }
    let secret = try unwrap(input.encryptedKeyMaterial, parameters, vault)
    try check(secret, target.record)
    let digest = Data(SHA256.hash(data: secret))
    var record = target.record
    if let former = record.materials.last {
      // AWS: "you can reimport only the same key material into that KMS key".
      guard former.digest == digest else { throw AWSError("IncorrectKeyMaterialException", "") }
      record.materials.removeLast()
    }
    let id = record.materials.last?.id ?? target.record.materials.last?.id
    let materialID = id ?? Hex.encode(transaction.random.bytes(32))
    var material = KeyRecord.Material(
      id: materialID, wrapped: try vault.wrap(secret, of: materialID), created: transaction.now)
    material.digest = digest
    material.validTo = input.validTo
    if record.spec.isAsymmetric { material.publicKey = try KeyPair(record.spec, pkcs8: secret).publicKey }
    record.materials.append(material)
    if record.state == .pendingImport { record.state = .enabled }
    try record.setTimer("expire", due: input.validTo, transaction)
    try transaction.update(target.record, to: record, in: record.scope)
    var response = ImportKeyMaterialResponse()
    response.keyId = record.arn
    if record.spec.family == .symmetric { response.keyMaterialId = materialID }
    return response
  }

  private static func unwrap(
    _ bytes: [UInt8], _ parameters: ImportRecord, _ vault: KeyVault
  ) throws(AWSError) -> Data {
    let material = KeyRecord.Material(id: parameters.id, wrapped: parameters.wrapped, created: parameters.expires)
    let pair = try KeyPair(parameters.spec, pkcs8: try vault.bytes(material))
    let padding: EncryptionAlgorithm = parameters.algorithm.hasSuffix("SHA_1") ? .oaepSHA1 : .oaepSHA256
    guard parameters.algorithm.hasPrefix("RSA_AES_KEY_WRAP") else { return try pair.decrypt(bytes, padding) }
    // AWS: the AES key, wrapped by RSA, then the material, wrapped by it (RFC 5649).
    let length = (parameters.spec.rsaBits ?? 0) / 8
    guard bytes.count > length else { throw .invalidCiphertext() }
    let key = try pair.decrypt(Array(bytes[..<length]), padding)
    guard let secret = PaddedKeyWrap.unwrap(Array(bytes[length...]), with: SymmetricKey(data: key)) else {
      throw .invalidCiphertext()
    }
    return Data(secret)
  }

  private static func check(_ secret: Data, _ record: KeyRecord) throws(AWSError) {
    if let length = record.spec.secretLength {
      let isFitting = record.spec.family == .hmac ? (length...128).contains(secret.count) : secret.count == length
      guard isFitting else { throw AWSError("IncorrectKeyMaterialException", "") }
    } else {
      _ = try KeyPair(record.spec, pkcs8: secret)
    }
  }

  static func delete(
    _ input: DeleteImportedKeyMaterialRequest, _ target: KeyTarget, _ vault: KeyVault, _ transaction: Transaction
  ) throws(AWSError) -> DeleteImportedKeyMaterialResponse {
    try requireExternal(target)
    var record = target.record
    if let id = input.keyMaterialId, !record.materials.contains(where: { $0.id == id }) {
      throw AWSError("NotFoundException", "Key material \(id) is not found.")  // unverified: words
    }
    empty(&record, vault, transaction)
    try record.setTimer("expire", due: nil, transaction)
    if record.state == .enabled || record.state == .disabled { record.state = .pendingImport }
    try transaction.update(target.record, to: record, in: record.scope)
    return DeleteImportedKeyMaterialResponse(keyId: record.arn, keyMaterialId: record.materials.last?.id)
  }

  /// Deletes the material when its time is over.
  static func expire(_ id: String, _ scope: Scope, _ vault: KeyVault, _ transaction: Transaction) throws(AWSError) {
    guard let old = try transaction.get(KeyRecord.self, Key(.string(id)), in: scope),
      let validTo = old.material?.validTo, validTo <= transaction.now
    else { return }
    var record = old
    empty(&record, vault, transaction)
    if record.state == .enabled || record.state == .disabled { record.state = .pendingImport }
    try transaction.update(old, to: record, in: scope)
  }

  /// Takes the secret away, and keeps its digest to know it by.
  private static func empty(_ record: inout KeyRecord, _ vault: KeyVault, _ transaction: Transaction) {
    let ids = record.materials.map(\.id)
    for index in record.materials.indices {
      record.materials[index].wrapped = Data()
      record.materials[index].validTo = nil
    }
    transaction.afterCommit { for id in ids { vault.forget(id) } }
  }
}
