import Wire

/// Answers that say how an object is encrypted.
protocol EncryptionOutput {
  var serverSideEncryption: String? { get set }
  var ssekmsKeyId: String? { get set }
  var bucketKeyEnabled: Bool? { get set }
}

/// Those that also repeat a customer's key.
protocol CustomerEncryptionOutput: EncryptionOutput {
  var sseCustomerAlgorithm: String? { get set }
  var sseCustomerKeyMD5: String? { get set }
}

/// Those that also repeat the caller's encryption context.
protocol ContextEncryptionOutput: CustomerEncryptionOutput {
  var ssekmsEncryptionContext: String? { get set }
}

extension CompleteMultipartUploadOutput: EncryptionOutput {}
extension UploadPartOutput: CustomerEncryptionOutput {}
extension UploadPartCopyOutput: CustomerEncryptionOutput {}
extension GetObjectOutput: CustomerEncryptionOutput {}
extension HeadObjectOutput: CustomerEncryptionOutput {}
extension PutObjectOutput: ContextEncryptionOutput {}
extension CopyObjectOutput: ContextEncryptionOutput {}
extension CreateMultipartUploadOutput: ContextEncryptionOutput {}

extension EncryptionOutput {
  fileprivate mutating func setMethod(_ encryption: ObjectEncryption?) {
    guard let encryption else {
      serverSideEncryption = "AES256"
      return
    }
    if encryption.kind == .customer { return }
    serverSideEncryption = encryption.kind.rawValue
    ssekmsKeyId = encryption.keyARN
    if encryption.usesBucketKey { bucketKeyEnabled = true }
  }

  /// Nothing stands for S3's own keys.
  mutating func set(_ encryption: ObjectEncryption?) { setMethod(encryption) }
}

extension CustomerEncryptionOutput {
  fileprivate mutating func setCustomer(_ encryption: ObjectEncryption?) {
    setMethod(encryption)
    guard let encryption, encryption.kind == .customer else { return }
    sseCustomerAlgorithm = "AES256"
    sseCustomerKeyMD5 = encryption.customerKeyMD5
  }

  mutating func set(_ encryption: ObjectEncryption?) { setCustomer(encryption) }
}

extension ContextEncryptionOutput {
  mutating func set(_ encryption: ObjectEncryption?) {
    setCustomer(encryption)
    ssekmsEncryptionContext = encryption?.context
  }
}
