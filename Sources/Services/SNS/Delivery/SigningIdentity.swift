import Checksums
import Cloud
import Crypto
import CryptoExtras
import Foundation
import Synchronization
import Wire

/// The RSA key that signs messages, and its certificate.
///
/// State: both in a `Mutex`, read or made at the first signature. The key is kept in a file that only its owner can read; the
/// certificate follows from the key.
public final class SigningIdentity: Sendable {
  private struct Loaded: Sendable {
    let key: _RSA.Signing.PrivateKey
    let certificate: String
    let path: String
  }

  /// A signature, and where the certificate is that checks it.
  struct Signature: Sendable {
    var text: String
    /// `/SimpleNotificationService-….pem`
    var certificatePath: String
  }

  private let keyPath: String
  private let loaded = Mutex<Loaded?>(nil)

  /// The beginning of the paths of certificates.
  public static let pathPrefix = "/SimpleNotificationService-"

  /// The identity whose key is in the file at `path`, which need not exist yet.
  public init(path: String) { keyPath = path }

  /// Signs a text. AWS: version 1 is SHA1withRSA, version 2 SHA256withRSA.
  func sign(_ text: String, version: String) throws(AWSError) -> Signature {
    let identity = try value()
    do {
      let bytes = Data(text.utf8)
      let signature =
        version == "2"
        ? try identity.key.signature(for: SHA256.hash(data: bytes), padding: .insecurePKCS1v1_5)
        : try identity.key.signature(for: Insecure.SHA1.hash(data: bytes), padding: .insecurePKCS1v1_5)
      return Signature(text: Base64.encode(Array(signature.rawRepresentation)), certificatePath: identity.path)
    } catch { throw .internalFailure("a message could not be signed: \(error)") }
  }

  /// The certificate at a path, in PEM; nothing if it is none of this identity.
  public func certificate(at path: String) throws(AWSError) -> String? {
    let identity = try value()
    return path == identity.path ? identity.certificate : nil
  }

  private func value() throws(AWSError) -> Loaded {
    do {
      return try loaded.withLock { loaded in
        if let loaded { return loaded }
        let key = try SigningIdentity.load(keyPath)
        let certificate = try MessageCertificate(key: key)
        let digest = Hex.encode(Array(SHA256.hash(data: certificate.der))).prefix(32)
        let made = Loaded(
          key: key, certificate: certificate.pem, path: "\(SigningIdentity.pathPrefix)\(digest).pem")
        loaded = made
        return made
      }
    } catch { throw .internalFailure("the signing key \(keyPath) cannot be used: \(error)") }
  }

  private static func load(_ path: String) throws -> _RSA.Signing.PrivateKey {
    if let data = FileManager.default.contents(atPath: path) {
      return try _RSA.Signing.PrivateKey(pemRepresentation: String(decoding: data, as: UTF8.self))
    }
    let key = try _RSA.Signing.PrivateKey(keySize: .bits2048)
    // Made with its mode from the start, and in place at once: nobody sees it readable or half written.
    let draft = path + ".new"
    unlink(draft)
    let isMade = FileManager.default.createFile(
      atPath: draft, contents: Data(key.pemRepresentation.utf8), attributes: [.posixPermissions: 0o600])
    guard isMade, rename(draft, path) == 0 else { throw CocoaError(.fileWriteUnknown) }
    return key
  }
}
