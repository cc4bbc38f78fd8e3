import Cloud
import Foundation
import Wire

/// The KMS keys of objects, used through KMS's own operations as the caller: he needs KMS's permission, and gets its refusals.
enum KMSKeys {
  /// The alias of the key that KMS keeps for S3 in each account and Region.
  static let managed = "alias/aws/s3"

  /// A new data key.
  static func generate(
    _ keyID: String, _ pairs: [String: String], in region: Region, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> (keyARN: String, plaintext: [UInt8], ciphertext: Data) {
    try requireSignature(context)
    let input = JSONValue.object([
      .init("KeyId", .string(keyID)), .init("KeySpec", .string("AES_256")), .init("EncryptionContext", object(pairs)),
    ])
    let answer = try call("GenerateDataKey", input, in: region, context, transaction)
    guard let arn = answer["KeyId"]?.string, let plaintext = bytes(answer["Plaintext"]),
      let ciphertext = bytes(answer["CiphertextBlob"])
    else { throw .internalFailure("KMS gave no data key.") }
    return (arn, [UInt8](plaintext), ciphertext)
  }

  /// The data key of an object or upload that was encrypted with KMS.
  static func open(
    _ encryption: ObjectEncryption, name: String, in bucket: BucketRecord, _ context: Context,
    _ transaction: Transaction
  ) throws(AWSError) -> DataKey {
    try requireSignature(context)
    let pairs = encryption.kmsContext(object: bucket.arn(of: name), bucket: bucket.arn)
    let input = JSONValue.object([
      .init("CiphertextBlob", .string((encryption.dataKey ?? Data()).base64EncodedString())),
      .init("EncryptionContext", object(pairs)), .init("KeyId", encryption.keyARN.map { .string($0) } ?? .null),
    ])
    let answer = try call("Decrypt", input, in: bucket.region, context, transaction)
    guard let plaintext = bytes(answer["Plaintext"]) else { throw .internalFailure("KMS gave no data key.") }
    return DataKey([UInt8](plaintext))
  }

  private static func object(_ pairs: [String: String]) -> JSONValue {
    .object(pairs.sorted { $0.key < $1.key }.map { .init($0.key, .string($0.value)) })
  }

  private static func bytes(_ value: JSONValue?) -> Data? { value?.string.flatMap { Data(base64Encoded: $0) } }

  /// AWS: "All GET and PUT requests for an object protected by AWS KMS fail if you don't make them by using … Signature
  /// Version 4."
  private static func requireSignature(_ context: Context) throws(AWSError) {
    guard context.caller.kind == .anonymous || Access.isOldPresigned(context.request) else { return }
    throw .invalidArgument(
      "Requests specifying Server Side Encryption with AWS KMS managed keys require AWS Signature Version 4.",
      "Authorization", "null")
  }

  private static func call(
    _ operation: String, _ input: JSONValue, in region: Region, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> JSONValue {
    do throws(AWSError) {
      return try context.call(operation, of: "kms", input, via: "s3.amazonaws.com", in: region, transaction)
    } catch {
      throw worded(error)
    }
  }

  /// KMS's refusals as S3 words them. AWS: S3 developer guide, "Error responses", the codes `KMS.…`.
  private static func worded(_ error: AWSError) -> AWSError {
    switch error.code {
    case "AccessDeniedException": return .accessDenied(error.message)
    case "InvalidArnException": return AWSError("KMS.NotFoundException", error.message, status: 400)
    case "NotFoundException":
      // S3's answers quote what KMS's don't: "Invalid keyId 'no-such-key'".
      var message = error.message
      if message.hasPrefix("Invalid keyId ") { message = "Invalid keyId '\(message.dropFirst(14))'" }
      return AWSError("KMS.NotFoundException", message, status: 400)
    default:
      if error.fault == .receiver { return error }
      return AWSError("KMS.\(error.code)", error.message, status: 400)
    }
  }
}
