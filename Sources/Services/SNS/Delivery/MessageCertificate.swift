import Checksums
import CryptoExtras
import Crypto
import Foundation

/// A self-signed X.509 certificate for the key that signs messages. It follows from the key alone: RSA signatures of this kind
/// are always the same, and so are its dates.
struct MessageCertificate {
  let der: Data

  init(key: _RSA.Signing.PrivateKey) throws {
    // RFC 4055: sha256WithRSAEncryption.
    let algorithm = DER.sequence([
      DER.objectIdentifier([0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0B]), DER.null,
    ])
    let publicKey = Array(key.publicKey.derRepresentation)
    let name = DER.sequence([
      DER.set([DER.sequence([DER.objectIdentifier([0x55, 0x04, 0x0A]), DER.text("Hakoniwa")])]),
      DER.set([DER.sequence([DER.objectIdentifier([0x55, 0x04, 0x03]), DER.text("sns.amazonaws.com")])]),
    ])
    let serial = Array(SHA256.hash(data: publicKey).prefix(8))
    let body = DER.sequence([
      DER.tagged(0, DER.integer([2])), DER.integer([serial[0] & 0x7F | 0x40] + serial.dropFirst()), algorithm, name,
      // However the clock is moved, messages are in these years.
      DER.sequence([DER.time("20000101000000Z"), DER.time("22000101000000Z")]), name, publicKey,
    ])
    let signature = try key.signature(for: SHA256.hash(data: body), padding: .insecurePKCS1v1_5)
    der = Data(DER.sequence([body, algorithm, DER.bits(Array(signature.rawRepresentation))]))
  }

  var pem: String {
    let text = Base64.encode(Array(der))
    var lines = ["-----BEGIN CERTIFICATE-----"]
    var rest = Substring(text)
    while !rest.isEmpty {
      lines.append(String(rest.prefix(64)))
      rest = rest.dropFirst(64)
    }
    return (lines + ["-----END CERTIFICATE-----", ""]).joined(separator: "\n")
  }
}

/// The few pieces of DER that a certificate has (ITU-T X.690).
private enum DER {
  static let null: [UInt8] = [0x05, 0x00]

  static func sequence(_ parts: [[UInt8]]) -> [UInt8] { value(0x30, Array(parts.joined())) }

  static func set(_ parts: [[UInt8]]) -> [UInt8] { value(0x31, Array(parts.joined())) }

  static func tagged(_ number: UInt8, _ content: [UInt8]) -> [UInt8] { value(0xA0 | number, content) }

  /// A positive number whose first bit is not set.
  static func integer(_ bytes: [UInt8]) -> [UInt8] { value(0x02, bytes) }

  static func objectIdentifier(_ bytes: [UInt8]) -> [UInt8] { value(0x06, bytes) }

  static func text(_ text: String) -> [UInt8] { value(0x0C, Array(text.utf8)) }

  /// A GeneralizedTime.
  static func time(_ text: String) -> [UInt8] { value(0x18, Array(text.utf8)) }

  static func bits(_ bytes: [UInt8]) -> [UInt8] { value(0x03, [0] + bytes) }

  private static func value(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
    let count = content.count
    if count < 0x80 { return [tag, UInt8(count)] + content }
    if count < 0x100 { return [tag, 0x81, UInt8(count)] + content }
    return [tag, 0x82, UInt8(count >> 8), UInt8(count & 0xFF)] + content
  }
}
