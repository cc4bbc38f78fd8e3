import Cloud
import Wire

/// AssociateKmsKey and DisassociateKmsKey, and the permission of the key that every reader and writer of events needs.
///
/// AWS: CloudWatch Logs user guide, "Encrypt log data in CloudWatch Logs using AWS KMS": the key's policy lets
/// `logs.REGION.amazonaws.com` use it, usually under the condition `kms:EncryptionContext:aws:logs:arn`. The service asks for a
/// data key when the key is associated, and has it decrypted whenever events are written or read. Events are not really
/// encrypted in the store; what is real is that nobody reads or writes them when the key says no.
enum Encryption {
  static func associate(
    _ input: AssociateKmsKeyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let location = try target(input.logGroupName, input.resourceIdentifier, context)
    let old = try location.group(transaction)
    var new = old
    try associate(input.kmsKeyId, with: &new, at: location, context, transaction)
    try transaction.update(old, to: new, in: location.scope)
    return NoMembers()
  }

  static func disassociate(
    _ input: DisassociateKmsKeyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let location = try target(input.logGroupName, input.resourceIdentifier, context)
    let old = try location.group(transaction)
    var new = old
    new.kmsKey = nil
    new.dataKey = nil
    try transaction.update(old, to: new, in: location.scope)
    return NoMembers()
  }

  /// - Throws: `NotImplemented` for the key of query results.
  static func target(
    _ name: String?, _ identifier: String?, _ context: Context
  ) throws(AWSError) -> GroupLocation {
    switch (name, identifier) {
    case (let name?, nil): return try GroupLocation(name: name, context)
    case (nil, let identifier?):
      if ARN(identifier)?.resource.hasPrefix("query-result:") ?? false {
        throw .notImplemented("A KMS key for query results", of: "logs")
      }
      return try GroupLocation(identifier: identifier, context)
    default:
      // unverified: words
      throw .invalidParameter("Exactly one of logGroupName and resourceIdentifier must be specified.")
    }
  }

  /// Gives a group a key, if the service may use it.
  /// - Throws: InvalidParameterException, whatever the reason is, as AWS.
  static func associate(
    _ key: String, with group: inout LogGroupRecord, at location: GroupLocation, _ context: Context,
    _ transaction: Transaction
  ) throws(AWSError) {
    let refusal = AWSError.invalidParameter(
      "The specified KMS key does not exist or is not allowed to be used with Arn '\(location.arn)'")
    guard let arn = ARN(key), arn.service == "kms", arn.region == location.region.rawValue else { throw refusal }
    do throws(AWSError) {
      let answer = try context.call(
        "GenerateDataKey", of: "kms",
        .object([
          .init("KeyId", .string(key)), .init("KeySpec", .string("AES_256")),
          .init("EncryptionContext", encryptionContext(location)),
        ]), asService: principal(location), for: location.arn, of: location.account, transaction)
      group.kmsKey = answer["KeyId"]?.string ?? key
      group.dataKey = answer["CiphertextBlob"]?.string
    } catch { throw error.status == 501 ? error : refusal }
  }

  /// Has the group's data key decrypted, if it has one.
  /// - Throws: AccessDeniedException or what else KMS answers, as InvalidParameterException.
  static func requireKey(
    of group: LogGroupRecord, at location: GroupLocation, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) {
    guard let dataKey = group.dataKey else { return }
    do throws(AWSError) {
      _ = try context.call(
        "Decrypt", of: "kms",
        .object([
          .init("CiphertextBlob", .string(dataKey)), .init("KeyId", .string(group.kmsKey ?? "")),
          .init("EncryptionContext", encryptionContext(location)),
        ]), asService: principal(location), for: location.arn, of: location.account, transaction)
    } catch {
      // unverified: AWS's code and words when a key in use has become unusable.
      throw .invalidParameter("The KMS key of the log group cannot be used: \(error.message)")
    }
  }

  private static func principal(_ location: GroupLocation) -> String { "logs.\(location.region).amazonaws.com" }

  private static func encryptionContext(_ location: GroupLocation) -> JSONValue {
    .object([.init("aws:logs:arn", .string(location.arn))])
  }
}
