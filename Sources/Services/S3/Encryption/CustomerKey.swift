import Checksums
import Cloud
import Crypto
import Foundation
import Wire

/// Inputs that may bring a customer's key.
protocol CustomerKeyInput {
  var sseCustomerAlgorithm: String? { get }
  var sseCustomerKey: String? { get }
  var sseCustomerKeyMD5: String? { get }
}

/// Inputs that may bring the customer's key of a copy's source.
protocol SourceKeyInput {
  var copySourceSSECustomerAlgorithm: String? { get }
  var copySourceSSECustomerKey: String? { get }
  var copySourceSSECustomerKeyMD5: String? { get }
}

extension PutObjectRequest: CustomerKeyInput {}
extension CopyObjectRequest: CustomerKeyInput, SourceKeyInput {}
extension CreateMultipartUploadRequest: CustomerKeyInput {}
extension UploadPartRequest: CustomerKeyInput {}
extension UploadPartCopyRequest: CustomerKeyInput, SourceKeyInput {}
extension CompleteMultipartUploadRequest: CustomerKeyInput {}
extension GetObjectRequest: CustomerKeyInput {}
extension HeadObjectRequest: CustomerKeyInput {}
extension GetObjectAttributesRequest: CustomerKeyInput {}

/// A key that a customer brings with each request (SSE-C).
/// AWS: S3 user guide, "Using server-side encryption with customer-provided keys".
struct CustomerKey: Sendable {
  let bytes: [UInt8]
  /// In base64.
  let md5: String

  private static let header = "x-amz-server-side-encryption"

  /// The key of a request, if it brings one.
  /// - Parameter isLenient: for reads, where a key of the wrong length is only the wrong key.
  /// - Throws: InvalidArgument, InvalidEncryptionAlgorithmError.
  init?(algorithm: String?, key: String?, md5: String?, isLenient: Bool = false) throws(AWSError) {
    if algorithm == nil, key == nil, md5 == nil { return nil }
    let start = "Requests specifying Server Side Encryption with Customer provided keys must provide "
    guard let algorithm else {
      throw .invalidArgument(start + "a valid encryption algorithm.", CustomerKey.header, "null")
    }
    guard algorithm == "AES256" else {
      throw AWSError(
        "InvalidEncryptionAlgorithmError",
        "The Encryption request you specified is not valid. Supported value: AES256.", status: 400,
        fields: [("ArgumentName", .string(CustomerKey.header)), ("ArgumentValue", .string(algorithm))])
    }
    guard let key else {
      throw .invalidArgument(start + "an appropriate secret key.", CustomerKey.header, "null")
    }
    guard let md5 else {
      throw .invalidArgument(start + "the client calculated MD5 of the secret key.", CustomerKey.header, "null")
    }
    guard let bytes = Base64.decode(key) else {
      throw .invalidArgument("The secret key was invalid for the specified algorithm.", CustomerKey.header, "null")
    }
    let computed = Base64.encode(DigestAlgorithm.md5.checksum(of: bytes))
    guard computed == md5 else {
      throw .invalidArgument(
        "The calculated MD5 hash of the key did not match the hash that was provided.", CustomerKey.header, "null")
    }
    guard bytes.count == 32 || isLenient else {
      throw .invalidArgument("The secret key was invalid for the specified algorithm.", CustomerKey.header, "null")
    }
    self.bytes = bytes
    self.md5 = md5
  }

  init?(_ input: some CustomerKeyInput, isLenient: Bool = false) throws(AWSError) {
    try self.init(
      algorithm: input.sseCustomerAlgorithm, key: input.sseCustomerKey, md5: input.sseCustomerKeyMD5,
      isLenient: isLenient)
  }

  /// The key of a copy's source.
  init?(source input: some SourceKeyInput) throws(AWSError) {
    try self.init(
      algorithm: input.copySourceSSECustomerAlgorithm, key: input.copySourceSSECustomerKey,
      md5: input.copySourceSSECustomerKeyMD5, isLenient: true)
  }

  /// What is kept to know the key again: a salt of 16 bytes and a digest of the key with it.
  func proof(salt: [UInt8]) -> Data {
    Data(salt + Array(HMAC<SHA256>.authenticationCode(for: bytes, using: SymmetricKey(data: salt))))
  }

  /// Whether this is the key that a proof was made of.
  func matches(_ proof: Data) -> Bool {
    let salt = Array(proof.prefix(16))
    return HMAC<SHA256>.isValidAuthenticationCode(
      proof.dropFirst(16), authenticating: bytes, using: SymmetricKey(data: salt))
  }

  /// What a new object that is encrypted with the key has.
  func newEncryption(_ transaction: Transaction) -> NewEncryption {
    var stored = ObjectEncryption(kind: .customer)
    stored.customerKeyMD5 = md5
    stored.customerKeyProof = proof(salt: transaction.random.bytes(16))
    return NewEncryption(stored: stored, key: DataKey(bytes))
  }
}
