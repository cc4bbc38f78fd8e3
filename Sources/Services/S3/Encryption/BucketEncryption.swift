import Cloud
import Wire

/// What a bucket does with new objects that don't say how they are to be encrypted.
struct BucketEncryption: Sendable, Codable, Equatable {
  /// `AES256`, `aws:kms` or `aws:kms:dsse`.
  var algorithm = "AES256"
  /// As it was given: an id, an ARN or an alias.
  var keyID: String?
  var isBucketKeyEnabled = false

  var isKMS: Bool { algorithm != "AES256" }
}

/// The operations on it.
enum BucketEncryptionOperations {
  static func put(
    _ input: PutBucketEncryptionRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var bucket = try transaction.bucket(input.bucket)
    let rules = input.serverSideEncryptionConfiguration.rules
    guard rules.count == 1, let rule = rules.first else { throw .malformedXML() }
    var encryption = BucketEncryption(isBucketKeyEnabled: rule.bucketKeyEnabled ?? false)
    if let wanted = rule.applyServerSideEncryptionByDefault {
      guard ["AES256", "aws:kms", "aws:kms:dsse"].contains(wanted.sseAlgorithm) else { throw .malformedXML() }
      encryption.algorithm = wanted.sseAlgorithm
      encryption.keyID = wanted.kmsMasterKeyID
      if wanted.kmsMasterKeyID != nil, !encryption.isKMS {
        throw AWSError(
          "InvalidArgument",
          "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse", status: 400,
          fields: [("ArgumentName", .string("ApplyServerSideEncryptionByDefault"))])
      }
    } else if rule.blockedEncryptionTypes != nil {
      // A rule that only blocks or allows customers' keys leaves the rest. unverified
      encryption = bucket.encryption ?? BucketEncryption()
      if let isEnabled = rule.bucketKeyEnabled { encryption.isBucketKeyEnabled = isEnabled }
    }
    if let types = rule.blockedEncryptionTypes?.encryptionType {
      guard types.allSatisfy({ ["NONE", "SSE-C"].contains($0) }) else { throw .malformedXML() }
      bucket.allowsCustomerKeys = !types.contains("SSE-C")
    }
    bucket.encryption = encryption
    try transaction.put(bucket)
    return NoMembers()
  }

  static func get(
    _ input: GetBucketEncryptionRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetBucketEncryptionOutput {
    let bucket = try transaction.bucket(input.bucket)
    let encryption = bucket.encryption ?? BucketEncryption()
    let rule = ServerSideEncryptionRule(
      applyServerSideEncryptionByDefault: ServerSideEncryptionByDefault(
        sseAlgorithm: encryption.algorithm, kmsMasterKeyID: encryption.keyID),
      bucketKeyEnabled: encryption.isBucketKeyEnabled,
      blockedEncryptionTypes: BlockedEncryptionTypes(
        encryptionType: [bucket.allowsCustomerKeys == true ? "NONE" : "SSE-C"]))
    return GetBucketEncryptionOutput(
      serverSideEncryptionConfiguration: ServerSideEncryptionConfiguration(rules: [rule]))
  }

  /// Goes back to S3's own keys. unverified: whether customers' keys stay blocked or allowed, as here.
  static func delete(
    _ input: DeleteBucketEncryptionRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var bucket = try transaction.bucket(input.bucket)
    bucket.encryption = nil
    try transaction.put(bucket)
    return NoMembers()
  }
}

extension BucketRecord {
  /// The ARN of an object in the bucket.
  func arn(of name: String) -> String { "\(arn)/\(name)" }

  /// The ARN of a KMS key that the bucket names by its id alone; ARNs and aliases stay.
  func keyARN(_ id: String) -> String {
    if id.hasPrefix("arn:") || id.hasPrefix("alias/") { return id }
    return "arn:aws:kms:\(region):\(owner):key/\(id)"
  }
}
