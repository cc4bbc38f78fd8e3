import Cloud
import Wire

/// Inputs that say how a new object is to be encrypted.
protocol EncryptionInput: CustomerKeyInput, ObjectInput {
  var serverSideEncryption: String? { get }
  var ssekmsKeyId: String? { get }
  var ssekmsEncryptionContext: String? { get }
  var bucketKeyEnabled: Bool? { get }
}

extension PutObjectRequest: EncryptionInput {}
extension CopyObjectRequest: EncryptionInput {}
extension CreateMultipartUploadRequest: EncryptionInput {}

/// How a new object will be encrypted, from its request and its bucket's default.
enum EncryptionPlan {
  /// With S3's own keys.
  case storage
  /// With a KMS key; nothing stands for the AWS managed key `aws/s3`.
  case kms(isDouble: Bool, keyID: String?, context: String?, usesBucketKey: Bool)
  case customer(CustomerKey)

  private static let header = "x-amz-server-side-encryption"

  /// - Throws: InvalidArgument and its like, AccessDenied when the bucket takes no customers' keys.
  init(
    _ input: some EncryptionInput, in bucket: BucketRecord, action: String, _ context: Context
  ) throws(AWSError) {
    let isCustomers =
      input.sseCustomerAlgorithm != nil || input.sseCustomerKey != nil || input.sseCustomerKeyMD5 != nil
    if isCustomers, let method = input.serverSideEncryption {
      throw .invalidArgument(
        "Server Side Encryption with Customer provided key is incompatible with the encryption method specified",
        EncryptionPlan.header, method)
    }
    if let key = try CustomerKey(input) {
      try EncryptionPlan.refuseBlocked(in: bucket, key: input.key, action: action, context)
      self = .customer(key)
      return
    }
    switch input.serverSideEncryption {
    case nil where input.ssekmsKeyId == nil:
      self = EncryptionPlan.standard(of: bucket, input)
    case "aws:kms"?, "aws:kms:dsse"?:
      guard EncryptionContext.read(input.ssekmsEncryptionContext) != nil else {
        throw .invalidArgument(
          "The header 'x-amz-server-side-encryption-context' shall be Base64-encoded UTF-8 string holding JSON which "
            + "represents a string-string map", "x-amz-server-side-encryption-context",
          input.ssekmsEncryptionContext ?? "")
      }
      let isDouble = input.serverSideEncryption == "aws:kms:dsse"
      self = .kms(
        isDouble: isDouble, keyID: input.ssekmsKeyId, context: input.ssekmsEncryptionContext,
        // AWS: "If you … don't provide the … header, your object uses the S3 Bucket Key settings for the destination bucket".
        usesBucketKey: !isDouble && (input.bucketKeyEnabled ?? bucket.encryption?.isBucketKeyEnabled ?? false))
    case nil,
      "AES256"? where input.ssekmsKeyId != nil:
      throw .invalidArgument(
        "Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms",
        EncryptionPlan.header, input.serverSideEncryption ?? "null")
    case "AES256"?:
      self = .storage
    case let other?:
      throw .invalidArgument("The encryption method specified is not supported", EncryptionPlan.header, other)
    }
  }

  /// What a bucket does with objects that say nothing.
  private static func standard(of bucket: BucketRecord, _ input: some EncryptionInput) -> EncryptionPlan {
    guard let encryption = bucket.encryption, encryption.isKMS else { return .storage }
    let isDouble = encryption.algorithm == "aws:kms:dsse"
    return .kms(
      isDouble: isDouble, keyID: encryption.keyID.map { bucket.keyARN($0) }, context: nil,
      usesBucketKey: !isDouble && (input.bucketKeyEnabled ?? encryption.isBucketKeyEnabled))
  }

  /// AWS: S3 user guide, "Blocking or unblocking SSE-C for a general purpose bucket"; blocked for new buckets since April 2026.
  static func refuseBlocked(
    in bucket: BucketRecord, key: String, action: String, _ context: Context
  ) throws(AWSError) {
    if bucket.allowsCustomerKeys == true { return }
    throw .accessDenied(
      "User: \(context.caller.arn.isEmpty ? "anonymous" : context.caller.arn) is not authorized to perform: \(action) "
        + "on resource: \"\(bucket.arn)/\(key)\" because this bucket has blocked upload requests that specify Server "
        + "Side Encryption with Customer provided keys (SSE-C). Please specify a different server-side encryption type")
  }

  /// Whether bytes that are still to come must be encrypted; whatever is wrong is told later.
  static func isSealing(_ input: some EncryptionInput, in bucket: BucketRecord) -> Bool {
    if input.sseCustomerAlgorithm != nil { return true }
    guard let method = input.serverSideEncryption else { return bucket.encryption?.isKMS ?? false }
    return method.hasPrefix("aws:kms")
  }

  /// Makes the data key for an object; nothing for S3's own keys.
  func begin(
    _ name: String, in bucket: BucketRecord, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NewEncryption? {
    switch self {
    case .storage: return nil
    case .customer(let key): return key.newEncryption(transaction)
    case .kms(let isDouble, let keyID, let pairs, let usesBucketKey):
      var stored = ObjectEncryption(kind: isDouble ? .dsse : .kms, context: pairs, usesBucketKey: usesBucketKey)
      let made = try KMSKeys.generate(
        keyID ?? KMSKeys.managed,
        stored.kmsContext(object: bucket.arn(of: name), bucket: bucket.arn), in: bucket.region, context, transaction)
      stored.keyARN = made.keyARN
      stored.dataKey = made.ciphertext
      return NewEncryption(stored: stored, key: DataKey(made.plaintext))
    }
  }
}
