import Crypto
import CryptoExtras
import Foundation
import Wire

/// A private key with its public key.
enum KeyPair: Sendable {
  case rsa(_RSA.Signing.PrivateKey)
  case p256(P256.Signing.PrivateKey)
  case p384(P384.Signing.PrivateKey)
  case p521(P521.Signing.PrivateKey)
  case edwards25519(Curve25519.Signing.PrivateKey)

  /// A new pair. RSA takes long: up to some seconds for 4,096 bits.
  /// - Throws: an internal failure if `spec` has no pairs or the library fails.
  static func generate(_ spec: KeySpecification) throws(AWSError) -> KeyPair {
    do {
      switch spec {
      case .rsa2048, .rsa3072, .rsa4096:
        return .rsa(try _RSA.Signing.PrivateKey(keySize: .init(bitCount: spec.rsaBits ?? 2048)))
      case .p256: return .p256(P256.Signing.PrivateKey())
      case .p384: return .p384(P384.Signing.PrivateKey())
      case .p521: return .p521(P521.Signing.PrivateKey())
      case .edwards25519: return .edwards25519(Curve25519.Signing.PrivateKey())
      default: throw AWSError.internalFailure("\(spec.rawValue) has no key pairs")
      }
    } catch let error as AWSError { throw error } catch { throw .internalFailure("\(error)") }
  }

  /// Reads a private key.
  init(_ spec: KeySpecification, pkcs8: Data) throws(AWSError) {
    do {
      switch spec {
      case .rsa2048, .rsa3072, .rsa4096: self = .rsa(try _RSA.Signing.PrivateKey(derRepresentation: pkcs8))
      case .p256: self = .p256(try P256.Signing.PrivateKey(derRepresentation: pkcs8))
      case .p384: self = .p384(try P384.Signing.PrivateKey(derRepresentation: pkcs8))
      case .p521: self = .p521(try P521.Signing.PrivateKey(derRepresentation: pkcs8))
      // PKCS #8 of RFC 8410 ends with the 32 bytes of the key.
      case .edwards25519: self = .edwards25519(try Curve25519.Signing.PrivateKey(rawRepresentation: pkcs8.suffix(32)))
      default: throw AWSError.internalFailure("\(spec.rawValue) has no key pairs")
      }
    } catch let error as AWSError { throw error } catch {
      throw AWSError("IncorrectKeyMaterialException", "The key material is not a private key of \(spec.rawValue).")
    }
  }

  /// The private key as PKCS #8 (RFC 5208).
  var pkcs8: Data {
    switch self {
    case .rsa(let key): key.pkcs8DERRepresentation
    case .p256(let key): key.derRepresentation
    case .p384(let key): key.derRepresentation
    case .p521(let key): key.derRepresentation
    case .edwards25519(let key): KeyPair.edwardsPrivatePrefix + key.rawRepresentation
    }
  }

  /// The public key as SubjectPublicKeyInfo (RFC 5280), as GetPublicKey answers it.
  var publicKey: Data {
    switch self {
    case .rsa(let key): key.publicKey.derRepresentation
    case .p256(let key): key.publicKey.derRepresentation
    case .p384(let key): key.publicKey.derRepresentation
    case .p521(let key): key.publicKey.derRepresentation
    case .edwards25519(let key): KeyPair.edwardsPublicPrefix + key.publicKey.rawRepresentation
    }
  }

  /// What stands before the key in RFC 8410's encodings of Ed25519.
  private static let edwardsPrivatePrefix = Data([
    0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
  ])
  private static let edwardsPublicPrefix = Data([
    0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00,
  ])

  // MARK: Signing

  /// Signs a message, or its digest. RSA signatures are raw, those of ECDSA DER (ANS X9.62), as AWS's are.
  func sign(_ message: MessageDigest, _ algorithm: SigningAlgorithm) throws(AWSError) -> Data {
    do {
      switch self {
      case .rsa(let key):
        let padding: _RSA.Signing.Padding = algorithm.isPSS ? .PSS : .insecurePKCS1v1_5
        return try message.withDigest(algorithm) { try key.signature(for: $0, padding: padding).rawRepresentation }
      case .p256(let key): return try message.withDigest(algorithm) { try key.signature(for: $0).derRepresentation }
      case .p384(let key): return try message.withDigest(algorithm) { try key.signature(for: $0).derRepresentation }
      case .p521(let key): return try message.withDigest(algorithm) { try key.signature(for: $0).derRepresentation }
      case .edwards25519(let key): return try key.signature(for: message.bytes)
      }
    } catch let error as AWSError { throw error } catch { throw .internalFailure("\(error)") }
  }

  /// Whether `signature` is this key's for the message.
  func verify(
    _ signature: [UInt8], _ message: MessageDigest, _ algorithm: SigningAlgorithm
  ) throws(AWSError) -> Bool {
    do {
      switch self {
      case .rsa(let key):
        let padding: _RSA.Signing.Padding = algorithm.isPSS ? .PSS : .insecurePKCS1v1_5
        return try message.withDigest(algorithm) {
          key.publicKey.isValidSignature(.init(rawRepresentation: signature), for: $0, padding: padding)
        }
      case .p256(let key):
        guard let parsed = try? P256.Signing.ECDSASignature(derRepresentation: signature) else { return false }
        return try message.withDigest(algorithm) { key.publicKey.isValidSignature(parsed, for: $0) }
      case .p384(let key):
        guard let parsed = try? P384.Signing.ECDSASignature(derRepresentation: signature) else { return false }
        return try message.withDigest(algorithm) { key.publicKey.isValidSignature(parsed, for: $0) }
      case .p521(let key):
        guard let parsed = try? P521.Signing.ECDSASignature(derRepresentation: signature) else { return false }
        return try message.withDigest(algorithm) { key.publicKey.isValidSignature(parsed, for: $0) }
      case .edwards25519(let key): return key.publicKey.isValidSignature(signature, for: message.bytes)
      }
    } catch let error as AWSError { throw error } catch { throw .internalFailure("\(error)") }
  }

  // MARK: Encrypting

  /// Encrypts with RSA and OAEP.
  /// - Throws: ValidationException if the plaintext is too long for the key.
  func encrypt(_ plaintext: [UInt8], _ algorithm: EncryptionAlgorithm) throws(AWSError) -> Data {
    guard case .rsa(let key) = self else { throw .internalFailure() }
    let isSHA1 = algorithm == .oaepSHA1
    let longest = key.keySizeInBits / 8 - 2 * (isSHA1 ? 20 : 32) - 2
    if plaintext.count > longest {
      throw .kmsValidation(
        "Algorithm \(algorithm.rawValue) and key spec RSA_\(key.keySizeInBits) cannot encrypt data larger than "
          + "\(longest) bytes.")
    }
    do {
      let publicKey = try _RSA.Encryption.PublicKey(derRepresentation: key.publicKey.derRepresentation)
      return try publicKey.encrypt(plaintext, padding: isSHA1 ? .PKCS1_OAEP : .PKCS1_OAEP_SHA256)
    } catch { throw .internalFailure("\(error)") }
  }

  /// Decrypts what ``encrypt(_:_:)`` made, here or elsewhere with the public key.
  /// - Throws: InvalidCiphertextException.
  func decrypt(_ ciphertext: [UInt8], _ algorithm: EncryptionAlgorithm) throws(AWSError) -> Data {
    guard case .rsa(let key) = self else { throw .internalFailure() }
    do {
      let privateKey = try _RSA.Encryption.PrivateKey(derRepresentation: key.pkcs8DERRepresentation)
      return try privateKey.decrypt(
        ciphertext, padding: algorithm == .oaepSHA1 ? .PKCS1_OAEP : .PKCS1_OAEP_SHA256)
    } catch { throw .invalidCiphertext() }
  }

  /// The secret shared with the owner of another public key, the x-coordinate of ECDH's point.
  /// - Parameter publicKey: SubjectPublicKeyInfo of a key on the same curve.
  /// - Throws: ValidationException if it is none.
  func agree(with publicKey: [UInt8]) throws(AWSError) -> Data {
    do {
      let secret: SharedSecret
      switch self {
      case .p256(let key):
        secret = try P256.KeyAgreement.PrivateKey(rawRepresentation: key.rawRepresentation)
          .sharedSecretFromKeyAgreement(with: .init(derRepresentation: publicKey))
      case .p384(let key):
        secret = try P384.KeyAgreement.PrivateKey(rawRepresentation: key.rawRepresentation)
          .sharedSecretFromKeyAgreement(with: .init(derRepresentation: publicKey))
      case .p521(let key):
        secret = try P521.KeyAgreement.PrivateKey(rawRepresentation: key.rawRepresentation)
          .sharedSecretFromKeyAgreement(with: .init(derRepresentation: publicKey))
      default: throw AWSError.internalFailure()
      }
      return secret.withUnsafeBytes { Data($0) }
    } catch let error as AWSError { throw error } catch {
      throw .kmsValidation("The public key is not valid for this KMS key.")  // unverified: words
    }
  }
}
