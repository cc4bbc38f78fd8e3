/// The kinds of keys that KMS makes, and what each can do.
/// AWS: KMS developer guide, "Key spec reference".
enum KeySpecification: String, Sendable, Codable, CaseIterable {
  case symmetricDefault = "SYMMETRIC_DEFAULT"
  case rsa2048 = "RSA_2048"
  case rsa3072 = "RSA_3072"
  case rsa4096 = "RSA_4096"
  case p256 = "ECC_NIST_P256"
  case p384 = "ECC_NIST_P384"
  case p521 = "ECC_NIST_P521"
  case edwards25519 = "ECC_NIST_EDWARDS25519"
  case hmac256 = "HMAC_256"
  case hmac384 = "HMAC_384"
  case hmac512 = "HMAC_512"

  /// What a key of a spec is for.
  enum Usage: String, Sendable, Codable {
    case encryptDecrypt = "ENCRYPT_DECRYPT"
    case signVerify = "SIGN_VERIFY"
    case generateVerifyMac = "GENERATE_VERIFY_MAC"
    case keyAgreement = "KEY_AGREEMENT"
  }

  enum Family: Sendable {
    case symmetric, rsa, elliptic, edwards, hmac
  }

  var family: Family {
    switch self {
    case .symmetricDefault: .symmetric
    case .rsa2048, .rsa3072, .rsa4096: .rsa
    case .p256, .p384, .p521: .elliptic
    case .edwards25519: .edwards
    case .hmac256, .hmac384, .hmac512: .hmac
    }
  }

  var isAsymmetric: Bool { family == .rsa || family == .elliptic || family == .edwards }

  /// The usages that CreateKey accepts for it, the default first; specs with more than one have no default.
  var usages: [Usage] {
    switch family {
    case .symmetric: [.encryptDecrypt]
    case .rsa: [.encryptDecrypt, .signVerify]
    case .elliptic: [.signVerify, .keyAgreement]
    case .edwards: [.signVerify]
    case .hmac: [.generateVerifyMac]
    }
  }

  /// How long its secret is in bytes; nothing for key pairs.
  var secretLength: Int? {
    switch self {
    case .symmetricDefault, .hmac256: 32
    case .hmac384: 48
    case .hmac512: 64
    default: nil
    }
  }

  /// The size of an RSA key in bits.
  var rsaBits: Int? {
    switch self {
    case .rsa2048: 2048
    case .rsa3072: 3072
    case .rsa4096: 4096
    default: nil
    }
  }

  var encryptionAlgorithms: [EncryptionAlgorithm] {
    switch family {
    case .symmetric: [.symmetricDefault]
    case .rsa: [.oaepSHA1, .oaepSHA256]
    default: []
    }
  }

  var signingAlgorithms: [SigningAlgorithm] {
    switch self {
    case .rsa2048, .rsa3072, .rsa4096:
      [.pkcs1SHA256, .pkcs1SHA384, .pkcs1SHA512, .pssSHA256, .pssSHA384, .pssSHA512]
    case .p256: [.ecdsaSHA256]
    case .p384: [.ecdsaSHA384]
    case .p521: [.ecdsaSHA512]
    case .edwards25519: [.ed25519]
    default: []
    }
  }

  var macAlgorithms: [String] {
    family == .hmac ? ["HMAC_SHA_\(rawValue.dropFirst("HMAC_".count))"] : []
  }

  var keyAgreementAlgorithms: [String] { family == .elliptic ? ["ECDH"] : [] }
}

/// How KMS encrypts.
enum EncryptionAlgorithm: String, Sendable {
  case symmetricDefault = "SYMMETRIC_DEFAULT"
  case oaepSHA1 = "RSAES_OAEP_SHA_1"
  case oaepSHA256 = "RSAES_OAEP_SHA_256"
}

/// How KMS signs. AWS: KMS developer guide, "Key spec reference".
enum SigningAlgorithm: String, Sendable {
  case pssSHA256 = "RSASSA_PSS_SHA_256"
  case pssSHA384 = "RSASSA_PSS_SHA_384"
  case pssSHA512 = "RSASSA_PSS_SHA_512"
  case pkcs1SHA256 = "RSASSA_PKCS1_V1_5_SHA_256"
  case pkcs1SHA384 = "RSASSA_PKCS1_V1_5_SHA_384"
  case pkcs1SHA512 = "RSASSA_PKCS1_V1_5_SHA_512"
  case ecdsaSHA256 = "ECDSA_SHA_256"
  case ecdsaSHA384 = "ECDSA_SHA_384"
  case ecdsaSHA512 = "ECDSA_SHA_512"
  case ed25519 = "ED25519_SHA_512"

  /// The bits of its hash; nothing if the message itself is signed.
  var hashBits: Int? {
    switch self {
    case .pssSHA256, .pkcs1SHA256, .ecdsaSHA256: 256
    case .pssSHA384, .pkcs1SHA384, .ecdsaSHA384: 384
    case .pssSHA512, .pkcs1SHA512, .ecdsaSHA512: 512
    case .ed25519: nil
    }
  }

  var isPSS: Bool { rawValue.hasPrefix("RSASSA_PSS") }
}
