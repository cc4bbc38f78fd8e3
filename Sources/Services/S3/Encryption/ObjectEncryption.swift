import Crypto
import Foundation
import Wire

/// How an object is encrypted, where that is more than S3's own keys do: what is stored of it.
struct ObjectEncryption: Sendable, Equatable, Codable {
  /// The three kinds, with the header's value for those of KMS.
  enum Kind: String, Sendable, Codable {
    case kms = "aws:kms"
    case dsse = "aws:kms:dsse"
    case customer = "customer"
  }

  var kind: Kind
  /// The KMS key.
  var keyARN: String?
  /// The object's data key as KMS encrypted it.
  var dataKey: Data?
  /// The caller's own encryption context, as the header gave it: JSON in base64.
  var context: String?
  var usesBucketKey = false
  /// The MD5 of a customer's key in base64, which answers repeat.
  var customerKeyMD5: String?
  /// A salt and the customer's key digested with it: the key itself is not kept.
  var customerKeyProof: Data?

  /// The encryption context that KMS binds the data key to.
  /// AWS: S3 user guide, "Using server-side encryption with AWS KMS keys", "Encryption context".
  func kmsContext(object: String, bucket: String) -> [String: String] {
    var pairs = EncryptionContext.read(context) ?? [:]
    pairs["aws:s3:arn"] = usesBucketKey ? bucket : object
    return pairs
  }
}

/// The header `x-amz-server-side-encryption-context`.
enum EncryptionContext {
  /// The pairs; nothing if the text isn't base64 of a JSON object of strings.
  static func read(_ header: String?) -> [String: String]? {
    guard let header else { return [:] }
    guard let bytes = Data(base64Encoded: header),
      let object = (try? JSONSerialization.jsonObject(with: bytes)) as? [String: String]
    else { return nil }
    return object
  }
}

/// An object's data key in the clear, for as long as a request lasts: it wraps the keys of the blobs.
struct DataKey: Sendable {
  private let key: SymmetricKey

  init(_ bytes: [UInt8]) { key = SymmetricKey(data: bytes) }

  func wrap(_ blobKey: [UInt8]) throws(AWSError) -> Data {
    do {
      guard let combined = try AES.GCM.seal(blobKey, using: key).combined else { throw CryptoKitError.incorrectKeySize }
      return combined
    } catch { throw .internalFailure("The data cannot be encrypted: \(error)") }
  }

  func unwrap(_ wrapped: Data) throws(AWSError) -> [UInt8] {
    do { return Array(try AES.GCM.open(try AES.GCM.SealedBox(combined: wrapped), using: key)) } catch {
      throw .internalFailure("The data cannot be decrypted: \(error)")
    }
  }
}

/// What a new object's bytes are encrypted with: what is stored, and the key in the clear.
struct NewEncryption: Sendable {
  var stored: ObjectEncryption
  var key: DataKey
}
