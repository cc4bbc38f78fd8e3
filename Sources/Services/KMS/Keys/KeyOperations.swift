import Cloud
import Identity
import Wire

/// Making, showing and describing keys, their policies and tags.
extension KMSService {
  var keyOperations: [Operation] {
    [
      Operation(
        waiting: "CreateKey", access: Creating.access,
        { (input: CreateKeyRequest, context, transaction) throws(AWSError) in
          try Creating.create(input, self, context, transaction)
        }),
      onKey(
        "DescribeKey", .shared, .keyOrAlias, id: { (input: DescribeKeyRequest) in input.keyId },
        { _, target, _, _ in DescribeKeyResponse(keyMetadata: target.record.metadata) }),
      Operation(
        "ListKeys",
        access: { (_: ListKeysRequest, _, _) throws(AWSError) in [AccessCheck("kms:ListKeys", on: "*")] },
        KeyListing.list),
      onKey(
        "GetPublicKey", .shared, .keyOrAlias, audit: .management(readOnly: true),
        id: { (input: GetPublicKeyRequest) in input.keyId }, KeyListing.publicKey),
      onKey(
        "UpdateKeyDescription", id: { (input: UpdateKeyDescriptionRequest) in input.keyId },
        { input, target, _, transaction throws(AWSError) in
          try target.requireNotPendingDeletion()
          var record = target.record
          record.description = input.description
          try transaction.update(target.record, to: record, in: record.scope)
          return NoMembers()
        }),
      onKey(
        "GetKeyPolicy", id: { (input: GetKeyPolicyRequest) in input.keyId },
        { input, target, _, transaction throws(AWSError) in
          try KeyListing.requireDefault(input.policyName)
          return GetKeyPolicyResponse(
            policy: try Principals.render(target.record.policy, in: transaction), policyName: "default")
        }),
      onKey(
        "PutKeyPolicy", id: { (input: PutKeyPolicyRequest) in input.keyId },
        keys: { input in
          [
            (
              "kms:BypassPolicyLockoutSafetyCheck",
              .single(input.bypassPolicyLockoutSafetyCheck == true ? "true" : "false")
            )
          ]
        },
        { input, target, context, transaction throws(AWSError) in
          try KeyListing.requireDefault(input.policyName)
          try target.requireNotPendingDeletion()
          var record = target.record
          record.policy = try KeyPolicy.accept(
            input.policy, for: record, isLockoutAllowed: input.bypassPolicyLockoutSafetyCheck ?? false, context,
            transaction)
          try transaction.update(target.record, to: record, in: record.scope)
          return NoMembers()
        }),
      onKey(
        "ListKeyPolicies", id: { (input: ListKeyPoliciesRequest) in input.keyId },
        { _, _, _, _ in ListKeyPoliciesResponse(policyNames: ["default"], nextMarker: nil, truncated: false) }),
      onKey(
        "TagResource", id: { (input: TagResourceRequest) in input.keyId },
        keys: { input in
          KeyAccess.tags(
            Dictionary(input.tags.map { ($0.tagKey, $0.tagValue) }, uniquingKeysWith: { first, _ in first }))
        }, KeyTags.tag),
      onKey(
        "UntagResource", id: { (input: UntagResourceRequest) in input.keyId },
        keys: { input in [("aws:TagKeys", .multiple(input.tagKeys))] }, KeyTags.untag),
      onKey("ListResourceTags", id: { (input: ListResourceTagsRequest) in input.keyId }, KeyTags.list),
    ]
  }
}

/// ListKeys and GetPublicKey.
enum KeyListing {
  static func list(
    _ input: ListKeysRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListKeysResponse {
    let keys = try transaction.scan(KeyRecord.self, in: try context.scope)
    let page = try Page(keys, limit: input.limit, standard: 100, marker: input.marker) { $0.id }
    return ListKeysResponse(
      keys: page.items.map { KeyListEntry(keyId: $0.id, keyArn: $0.arn) }, nextMarker: page.next,
      truncated: page.next != nil)
  }

  static func publicKey(
    _ input: GetPublicKeyRequest, _ target: KeyTarget, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetPublicKeyResponse {
    let record = target.record
    guard record.spec.isAsymmetric else {
      throw .unsupportedOperation("\(record.arn) is not an asymmetric key.")  // unverified: words
    }
    try target.requireUsable()
    guard let publicKey = record.material?.publicKey else { throw .internalFailure() }
    var response = GetPublicKeyResponse(keyId: record.arn)
    response.publicKey = Array(publicKey)
    response.customerMasterKeySpec = record.spec.rawValue
    response.keySpec = record.spec.rawValue
    response.keyUsage = record.usage.rawValue
    switch record.usage {
    case .encryptDecrypt: response.encryptionAlgorithms = record.spec.encryptionAlgorithms.map(\.rawValue)
    case .signVerify: response.signingAlgorithms = record.spec.signingAlgorithms.map(\.rawValue)
    case .keyAgreement: response.keyAgreementAlgorithms = record.spec.keyAgreementAlgorithms
    case .generateVerifyMac: break
    }
    return response
  }

  /// AWS: KMS API, `GetKeyPolicy`: the only valid name is `default`.
  static func requireDefault(_ name: String?) throws(AWSError) {
    if let name, name != "default" { throw AWSError("NotFoundException", "No such policy exists") }
  }
}
