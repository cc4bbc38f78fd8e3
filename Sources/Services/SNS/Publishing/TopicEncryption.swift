import Cloud
import Wire

/// The permissions on the key of an encrypted topic.
///
/// AWS: SNS developer guide, "Configure AWS KMS permissions": a publisher needs kms:GenerateDataKey* and kms:Decrypt on the
/// key. A data key is really drawn and opened, as the publisher and through SNS, so that key policies, grants, disabled keys and
/// `kms:ViaService` decide as they do in AWS. What waits for delivery is not encrypted in the store.
enum TopicEncryption {
  static func check(
    _ topic: TopicRecord, _ location: TopicLocation, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) {
    guard let key = topic.settings.kmsKeyID else { return }
    let pairs = JSONValue.object([.init("aws:sns:topicArn", .string(location.arn))])
    do throws(AWSError) {
      let drawn = try context.call(
        "GenerateDataKey", of: "kms",
        .object([
          .init("KeyId", .string(keyARN(key, location, context))), .init("KeySpec", .string("AES_256")),
          .init("EncryptionContext", pairs),
        ]), via: SNSService.principal, transaction)
      guard let blob = drawn["CiphertextBlob"]?.string else { throw AWSError.internalFailure() }
      _ = try context.call(
        "Decrypt", of: "kms", .object([.init("CiphertextBlob", .string(blob)), .init("EncryptionContext", pairs)]),
        via: SNSService.principal, transaction)
    } catch { throw translated(error) }
  }

  /// A key's id or alias belongs to the topic's account, whoever publishes. The key that AWS manages for SNS is made when its
  /// own account first asks for it; nobody else can use it.
  private static func keyARN(_ key: String, _ location: TopicLocation, _ context: Context) -> String {
    if key.hasPrefix("arn:") || (key == "alias/aws/sns" && context.caller.account == location.account) { return key }
    let resource = key.hasPrefix("alias/") ? key : "key/\(key)"
    return "arn:aws:kms:\(location.region):\(location.account):\(resource)"
  }

  private static func translated(_ error: AWSError) -> AWSError {
    let code =
      switch error.code {
      case "NotFoundException": "KMSNotFoundException"
      case "DisabledException": "KMSDisabledException"
      case "KMSInvalidStateException": "KMSInvalidStateException"
      case "AccessDeniedException": "KMSAccessDeniedException"
      default: error.code
      }
    return AWSError(code, error.message, status: code == error.code ? error.status : nil, fault: error.fault)
  }
}
