import Checksums
import Cloud
import Crypto
import Foundation
import Wire

/// The blobs that symmetric keys make: which key and material made them, and what they hide.
///
/// AWS keeps its form to itself; this one begins with the same bytes, so that it looks like one in base 64 (`AQIC…`), and
/// names the key, so that Decrypt needs no key id. The header and the encryption context are authenticated.
struct Ciphertext {
  let account: AccountID
  let keyID: String
  let materialID: String
  private let header: [UInt8]
  private let sealed: [UInt8]

  private static let prefix: [UInt8] = [0x01, 0x02, 0x02, 0x00, 0x78]
  private static let headerLength = prefix.count + 6 + 17 + 32

  /// Reads a blob.
  /// - Throws: InvalidCiphertextException.
  init(_ blob: [UInt8]) throws(AWSError) {
    guard blob.count >= Ciphertext.headerLength + 28, blob.starts(with: Ciphertext.prefix) else {
      throw .invalidCiphertext()
    }
    header = Array(blob[..<Ciphertext.headerLength])
    sealed = Array(blob[Ciphertext.headerLength...])
    let number = String(header[5..<11].reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
    guard let account = AccountID(String(repeating: "0", count: max(0, 12 - number.count)) + number) else {
      throw .invalidCiphertext()
    }
    self.account = account
    let hex = Hex.encode(header[12..<28])
    keyID = header[11] == 1 ? "mrk-\(hex)" : Ciphertext.uuid(hex)
    materialID = Hex.encode(header[28..<60])
  }

  /// Encrypts.
  /// - Parameter nonce: twelve bytes that no other encryption under this material has.
  static func seal(
    _ plaintext: [UInt8], with secret: SymmetricKey, _ material: KeyRecord.Material, of key: KeyRecord,
    context: [String: String], nonce: [UInt8]
  ) throws(AWSError) -> [UInt8] {
    var header = prefix
    let number = UInt64(key.account.rawValue) ?? 0
    header.append(contentsOf: (0..<6).map { UInt8(truncatingIfNeeded: number >> (8 * (5 - $0))) })
    let isMultiRegion = key.id.hasPrefix("mrk-")
    header.append(isMultiRegion ? 1 : 0)
    let digits = isMultiRegion ? String(key.id.dropFirst(4)) : key.id.replacing("-", with: "")
    header.append(contentsOf: Hex.decode(digits) ?? [])
    header.append(contentsOf: Hex.decode(material.id) ?? [])
    guard header.count == headerLength else { throw .internalFailure() }
    do {
      let box = try AES.GCM.seal(
        plaintext, using: secret, nonce: AES.GCM.Nonce(data: nonce),
        authenticating: header + EncryptionContext.canonical(context))
      return header + nonce + box.ciphertext + box.tag
    } catch { throw .internalFailure("\(error)") }
  }

  /// Decrypts.
  /// - Throws: InvalidCiphertextException if the blob is damaged or the context is another.
  func open(with secret: SymmetricKey, context: [String: String]) throws(AWSError) -> [UInt8] {
    do {
      let box = try AES.GCM.SealedBox(combined: sealed)
      return Array(
        try AES.GCM.open(box, using: secret, authenticating: header + EncryptionContext.canonical(context)))
    } catch { throw .invalidCiphertext() }
  }

  private static func uuid(_ hex: String) -> String {
    var text = ""
    for (index, digit) in hex.enumerated() {
      if [8, 12, 16, 20].contains(index) { text.append("-") }
      text.append(digit)
    }
    return text
  }
}

/// Names and values that are authenticated with a ciphertext and must be given again to decrypt it.
/// AWS: KMS developer guide, "Encryption context".
enum EncryptionContext {
  /// One byte string for one context, whatever the order of its pairs.
  static func canonical(_ context: [String: String]) -> [UInt8] {
    var bytes: [UInt8] = []
    for (name, value) in context.sorted(by: { $0.key < $1.key }) {
      for text in [name, value] {
        let length = UInt32(text.utf8.count)
        bytes.append(contentsOf: (0..<4).map { UInt8(truncatingIfNeeded: length >> (8 * (3 - $0))) })
        bytes.append(contentsOf: text.utf8)
      }
    }
    return bytes
  }
}
