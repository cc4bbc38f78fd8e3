import Cloud
import Identity
import Wire

/// Which permissions a call on a key needs, and with which condition keys.
/// AWS: service authorization reference, "Actions, resources, and condition keys for AWS Key Management Service".
enum KeyAccess {
  /// Whether another account's principals can be let in by the key policy.
  /// AWS: KMS developer guide, "Allowing users in other accounts to use a KMS key".
  enum Reach {
    case shared
    case ownerOnly
  }

  typealias Keys = [(name: String, value: ConditionValue)]

  /// The check for `action` on a key, whose policy and grants decide.
  static func check(
    _ action: String, _ reach: Reach = .ownerOnly, on target: KeyTarget, _ keys: Keys = [], _ context: Context,
    _ transaction: Transaction
  ) throws(AWSError) -> AccessCheck {
    let record = target.record
    let isStranger = context.caller.account != record.account
    var all = keys
    if let account = context.caller.account { all.append(("kms:CallerAccount", .single(account.rawValue))) }
    // AWS: KMS developer guide, "kms:ViaService": the name of the service with the Region of the request.
    if let service = context.request.calledVia.last?.split(separator: ".").first {
      all.append(("kms:ViaService", .single("\(service).\(context.region).amazonaws.com")))
    }
    all.append(("kms:KeySpec", .single(record.spec.rawValue)))
    all.append(("kms:CustomerMasterKeySpec", .single(record.spec.rawValue)))
    all.append(("kms:KeyUsage", .single(record.usage.rawValue)))
    all.append(("kms:CustomerMasterKeyUsage", .single(record.usage.rawValue)))
    all.append(("kms:KeyOrigin", .single(record.origin.rawValue)))
    all.append(("kms:MultiRegion", .single(record.isMultiRegion ? "true" : "false")))
    if let multiRegion = record.multiRegion {
      let type = multiRegion.primary == record.region ? "PRIMARY" : "REPLICA"
      all.append(("kms:MultiRegionKeyType", .single(type)))
    }
    if let alias = target.alias { all.append(("kms:RequestAlias", .single(alias))) }
    if !record.aliases.isEmpty { all.append(("kms:ResourceAliases", .multiple(record.aliases))) }
    let isHidden = reach == .ownerOnly && isStranger
    var check = AccessCheck(
      "kms:\(action)", on: record.arn, owner: record.account,
      policy: isHidden ? KeyPolicy.silent : try KeyPolicy.withGrants(of: record, for: action, transaction),
      mode: .resourcePolicyDecides, keys: all, tags: record.tags)
    check.isManagedByAWS = record.managedFor != nil
    return check
  }

  /// The check of an action on the key with an ARN.
  static func question(
    _ action: String, _ arn: String, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> AccessCheck? {
    guard let parts = ARN(arn), parts.resource.hasPrefix("key/"), let account = parts.accountID,
      let record = try KeyRecord.find(
        String(parts.resource.dropFirst("key/".count)), account, context.region, transaction)
    else { return nil }
    let name = String(action.drop { $0 != ":" }.dropFirst())
    return try check(
      name, sharedActions.contains(name) ? .shared : .ownerOnly, on: KeyTarget(record: record), [], context,
      transaction)
  }

  /// AWS: KMS developer guide, "Allowing users in other accounts to use a KMS key": what they can be allowed.
  private static let sharedActions: Set<String> = [
    "CreateGrant", "Decrypt", "DeriveSharedSecret", "DescribeKey", "Encrypt", "GenerateDataKey",
    "GenerateDataKeyPair", "GenerateDataKeyPairWithoutPlaintext", "GenerateDataKeyWithoutPlaintext", "GenerateMac",
    "GetKeyRotationStatus", "GetPublicKey", "ListGrants", "ReEncryptFrom", "ReEncryptTo", "RetireGrant", "RevokeGrant",
    "Sign", "Verify", "VerifyMac",
  ]

  /// The condition keys of an encryption context.
  static func context(_ pairs: [String: String]?) -> Keys {
    guard let pairs, !pairs.isEmpty else { return [] }
    var keys: Keys = pairs.sorted { $0.key < $1.key }.map {
      (name: "kms:EncryptionContext:\($0.key)", value: .single($0.value))
    }
    keys.append(("kms:EncryptionContextKeys", .multiple(pairs.keys.sorted())))
    return keys
  }

  /// The condition keys of tags in a request.
  static func tags(_ tags: [String: String]) -> Keys {
    guard !tags.isEmpty else { return [] }
    var keys: Keys = tags.sorted { $0.key < $1.key }.map {
      (name: "aws:RequestTag/\($0.key)", value: .single($0.value))
    }
    keys.append(("aws:TagKeys", .multiple(tags.keys.sorted())))
    return keys
  }

  static func deny(_ denial: Denial) -> AWSError {
    AWSError("AccessDeniedException", denial.message(), status: 400)
  }
}
