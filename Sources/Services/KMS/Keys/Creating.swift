import Checksums
import Cloud
import Wire

/// CreateKey and what new keys have in common.
enum Creating {
  /// - Throws: ValidationException or UnsupportedOperationException for a combination that KMS does not make.
  static func plan(_ input: CreateKeyRequest) throws(AWSError) -> (
    spec: KeySpecification, usage: KeySpecification.Usage, origin: KeyRecord.Origin
  ) {
    if input.keySpec != nil, input.customerMasterKeySpec != nil {
      throw .kmsValidation(
        "You cannot specify KeySpec and CustomerMasterKeySpec in the same request. CustomerMasterKeySpec is deprecated."
      )
    }
    let name = input.keySpec ?? input.customerMasterKeySpec ?? KeySpecification.symmetricDefault.rawValue
    guard let spec = KeySpecification(rawValue: name) else {
      throw .unsupportedOperation("Keys of spec \(name) are not built in Hakoniwa; docs/kms.md lists what is.")
    }
    let usage: KeySpecification.Usage
    if let wanted = input.keyUsage {
      guard let known = KeySpecification.Usage(rawValue: wanted), spec.usages.contains(known) else {
        throw .kmsValidation("KeyUsage \(wanted) is not compatible with KeySpec \(name)")
      }
      usage = known
    } else if spec.family == .symmetric {
      usage = .encryptDecrypt
    } else {
      throw .kmsValidation(
        "You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.")
    }
    guard let origin = KeyRecord.Origin(rawValue: input.origin ?? "AWS_KMS") else {
      throw .unsupportedOperation("Custom key stores are not built in Hakoniwa; docs/kms.md lists what is.")
    }
    return (spec, usage, origin)
  }

  static func access(
    _ input: CreateKeyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> [AccessCheck] {
    let (spec, usage, origin) = try plan(input)
    let account = try context.account
    let tags = try KeyTags.read(input.tags)
    var check = AccessCheck("kms:CreateKey", on: "*", owner: account)
    check.keys =
      KeyAccess.tags(tags) + [
        ("kms:KeySpec", .single(spec.rawValue)), ("kms:KeyUsage", .single(usage.rawValue)),
        ("kms:KeyOrigin", .single(origin.rawValue)), ("kms:CallerAccount", .single(account.rawValue)),
        ("kms:MultiRegion", .single(input.multiRegion == true ? "true" : "false")),
        (
          "kms:BypassPolicyLockoutSafetyCheck",
          .single(input.bypassPolicyLockoutSafetyCheck == true ? "true" : "false")
        ),
      ]
    if tags.isEmpty { return [check] }
    // AWS: CreateKey, "To use this parameter, you must have kms:TagResource permission in an IAM policy."
    var tagging = check
    tagging.action = "kms:TagResource"
    tagging.resource = "arn:aws:kms:\(context.region):\(account):key/*"
    return [check, tagging]
  }

  static func create(
    _ input: CreateKeyRequest, _ kms: KMSService, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> Step<CreateKeyResponse> {
    let (spec, usage, origin) = try plan(input)
    let account = try context.account
    let tags = try KeyTags.read(input.tags)
    let isMultiRegion = input.multiRegion ?? false
    let id = isMultiRegion ? "mrk-" + transaction.random.uuid().replacing("-", with: "") : transaction.random.uuid()
    var record = KeyRecord(
      id: id, account: account, region: context.region, created: transaction.now, spec: spec, usage: usage,
      origin: origin, description: input.description ?? "",
      state: origin == .external ? .pendingImport : .enabled, policy: KeyPolicy.standard(account), tags: tags)
    if isMultiRegion { record.multiRegion = .init(primary: context.region, replicas: []) }
    if let policy = input.policy {
      record.policy = try KeyPolicy.accept(
        policy, for: record, isLockoutAllowed: input.bypassPolicyLockoutSafetyCheck ?? false, context, transaction)
    }
    let finish = { (materials: [KeyRecord.Material]) throws(AWSError) -> CreateKeyResponse in
      record.materials = materials
      try transaction.insert(record, in: record.scope)
      return CreateKeyResponse(keyMetadata: record.metadata)
    }
    if origin == .external { return .answer(try finish([])) }
    if let length = spec.secretLength {
      return .answer(try finish([try kms.vault.newMaterial(transaction.random.bytes(length), transaction)]))
    }
    return try kms.mill.withPair(spec, transaction) { pair throws(AWSError) in
      try finish([try kms.vault.newMaterial(pair, transaction)])
    }
  }
}

extension KeyVault {
  /// Material of a symmetric or HMAC key.
  func newMaterial(_ secret: [UInt8], _ transaction: Transaction) throws(AWSError) -> KeyRecord.Material {
    let id = Hex.encode(transaction.random.bytes(32))
    return KeyRecord.Material(id: id, wrapped: try wrap(secret, of: id), created: transaction.now)
  }

  /// Material of a key pair.
  func newMaterial(_ pair: KeyPair, _ transaction: Transaction) throws(AWSError) -> KeyRecord.Material {
    let id = Hex.encode(transaction.random.bytes(32))
    return KeyRecord.Material(
      id: id, wrapped: try wrap(pair.pkcs8, of: id), publicKey: pair.publicKey, created: transaction.now)
  }
}

extension KeyRecord {
  /// The key as DescribeKey shows it.
  var metadata: KeyMetadata {
    var result = KeyMetadata(keyId: id)
    result.awsAccountId = account.rawValue
    result.arn = arn
    result.creationDate = created
    result.enabled = state == .enabled
    result.description = description
    result.keyUsage = usage.rawValue
    result.keyState = state.rawValue
    result.deletionDate = deletion
    result.origin = origin.rawValue
    result.keyManager = managedFor == nil ? "CUSTOMER" : "AWS"
    result.customerMasterKeySpec = spec.rawValue
    result.keySpec = spec.rawValue
    switch usage {
    case .encryptDecrypt: result.encryptionAlgorithms = spec.encryptionAlgorithms.map(\.rawValue)
    case .signVerify: result.signingAlgorithms = spec.signingAlgorithms.map(\.rawValue)
    case .generateVerifyMac: result.macAlgorithms = spec.macAlgorithms
    case .keyAgreement: result.keyAgreementAlgorithms = spec.keyAgreementAlgorithms
    }
    if origin == .external, let material {
      result.validTo = material.validTo
      result.expirationModel =
        material.validTo == nil ? "KEY_MATERIAL_DOES_NOT_EXPIRE" : "KEY_MATERIAL_EXPIRES"
    }
    if spec.family == .symmetric { result.currentKeyMaterialId = material?.id }
    result.multiRegion = isMultiRegion
    if let multiRegion {
      let name = { (region: Region) in MultiRegionKey(arn: KeyRecord.arn(id, account, region), region: region.rawValue)
      }
      result.multiRegionConfiguration = MultiRegionConfiguration(
        multiRegionKeyType: multiRegion.primary == region ? "PRIMARY" : "REPLICA",
        primaryKey: name(multiRegion.primary), replicaKeys: multiRegion.replicas.map(name))
    }
    if state == .pendingReplicaDeletion { result.pendingDeletionWindowInDays = deletionWindow }
    return result
  }
}
