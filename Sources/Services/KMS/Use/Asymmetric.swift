import Cloud
import Crypto
import struct Foundation.Data
import Wire

/// Signatures, message authentication codes and key agreement.
extension KMSService {
  var asymmetricOperations: [Operation] {
    [
      onKey(
        "Sign", .shared, .keyOrAlias, audit: .management(readOnly: true),
        id: { (input: SignRequest) in input.keyId },
        keys: { input in Signing.keys(input.signingAlgorithm, input.messageType) },
        { input, target, _, _ throws(AWSError) in
          try GrantToken.check(input.grantTokens)
          let (algorithm, message) = try Signing.prepare(
            "Sign", target, input.signingAlgorithm, input.message, input.messageType)
          if input.dryRun == true { throw .dryRun() }
          let signature = try vault.pair(try target.requireMaterial(), target.record.spec).sign(message, algorithm)
          return SignResponse(
            keyId: target.record.arn, signature: Array(signature), signingAlgorithm: algorithm.rawValue)
        }),
      onKey(
        "Verify", .shared, .keyOrAlias, audit: .management(readOnly: true),
        id: { (input: VerifyRequest) in input.keyId },
        keys: { input in Signing.keys(input.signingAlgorithm, input.messageType) },
        { input, target, _, _ throws(AWSError) in
          try GrantToken.check(input.grantTokens)
          let (algorithm, message) = try Signing.prepare(
            "Verify", target, input.signingAlgorithm, input.message, input.messageType)
          if input.dryRun == true { throw .dryRun() }
          let pair = try vault.pair(try target.requireMaterial(), target.record.spec)
          guard try pair.verify(input.signature, message, algorithm) else {
            throw AWSError("KMSInvalidSignatureException", "")
          }
          return VerifyResponse(
            keyId: target.record.arn, signatureValid: true, signingAlgorithm: algorithm.rawValue)
        }),
      onKey(
        "GenerateMac", .shared, .keyOrAlias, audit: .management(readOnly: true),
        id: { (input: GenerateMacRequest) in input.keyId },
        keys: { input in [("kms:MacAlgorithm", .single(input.macAlgorithm))] },
        { input, target, _, _ throws(AWSError) in
          try GrantToken.check(input.grantTokens)
          try Macs.check("GenerateMac", target, input.macAlgorithm)
          if input.dryRun == true { throw .dryRun() }
          let mac = try Macs.code(input.message, try vault.secret(try target.requireMaterial()), target.record.spec)
          return GenerateMacResponse(mac: mac, macAlgorithm: input.macAlgorithm, keyId: target.record.arn)
        }),
      onKey(
        "VerifyMac", .shared, .keyOrAlias, audit: .management(readOnly: true),
        id: { (input: VerifyMacRequest) in input.keyId },
        keys: { input in [("kms:MacAlgorithm", .single(input.macAlgorithm))] },
        { input, target, _, _ throws(AWSError) in
          try GrantToken.check(input.grantTokens)
          try Macs.check("VerifyMac", target, input.macAlgorithm)
          if input.dryRun == true { throw .dryRun() }
          let mac = try Macs.code(input.message, try vault.secret(try target.requireMaterial()), target.record.spec)
          // Compared as digests, so that the time does not tell how much of it was right.
          guard SHA256.hash(data: mac) == SHA256.hash(data: input.mac) else {
            throw AWSError("KMSInvalidMacException", "")
          }
          return VerifyMacResponse(keyId: target.record.arn, macValid: true, macAlgorithm: input.macAlgorithm)
        }),
      onKey(
        "DeriveSharedSecret", .shared, .keyOrAlias, audit: .management(readOnly: true),
        id: { (input: DeriveSharedSecretRequest) in input.keyId },
        keys: { input in [("kms:KeyAgreementAlgorithm", .single(input.keyAgreementAlgorithm))] },
        { input, target, _, _ throws(AWSError) in
          try Encrypting.refuseEnclave(input.recipient != nil)
          try GrantToken.check(input.grantTokens)
          try target.require(.keyAgreement, for: "DeriveSharedSecret")
          try target.requireUsable()
          if input.dryRun == true { throw .dryRun() }
          let pair = try vault.pair(try target.requireMaterial(), target.record.spec)
          var response = DeriveSharedSecretResponse()
          response.keyId = target.record.arn
          response.sharedSecret = Array(try pair.agree(with: input.publicKey))
          response.keyAgreementAlgorithm = input.keyAgreementAlgorithm
          response.keyOrigin = target.record.origin.rawValue
          return response
        }),
    ]
  }
}

extension KeyTarget {
  /// - Throws: KMSInvalidStateException for a key without material.
  func requireMaterial() throws(AWSError) -> KeyRecord.Material {
    guard let material = record.material else { throw .invalidState(record.arn, "is pending import.") }
    return material
  }
}

/// What signing and verifying have in common.
enum Signing {
  static func keys(_ algorithm: String, _ messageType: String?) -> KeyAccess.Keys {
    [("kms:SigningAlgorithm", .single(algorithm)), ("kms:MessageType", .single(messageType ?? "RAW"))]
  }

  static func prepare(
    _ operation: String, _ target: KeyTarget, _ name: String, _ message: [UInt8], _ type: String?
  ) throws(AWSError) -> (SigningAlgorithm, MessageDigest) {
    try target.require(.signVerify, for: operation)
    try target.requireUsable()
    guard let algorithm = SigningAlgorithm(rawValue: name), target.record.spec.signingAlgorithms.contains(algorithm)
    else {
      throw AWSError(
        "InvalidKeyUsageException",
        "Algorithm \(name) and key spec \(target.record.spec.rawValue) are incompatible.")
    }
    return (algorithm, try MessageDigest(message, type: type, for: algorithm))
  }
}

/// Message authentication codes.
enum Macs {
  static func check(_ operation: String, _ target: KeyTarget, _ algorithm: String) throws(AWSError) {
    try target.require(.generateVerifyMac, for: operation)
    try target.requireUsable()
    guard target.record.spec.macAlgorithms.contains(algorithm) else {
      throw AWSError(
        "InvalidKeyUsageException",
        "Algorithm \(algorithm) and key spec \(target.record.spec.rawValue) are incompatible.")
    }
  }

  static func code(_ message: [UInt8], _ key: SymmetricKey, _ spec: KeySpecification) throws(AWSError) -> [UInt8] {
    switch spec {
    case .hmac256: Array(HMAC<SHA256>.authenticationCode(for: message, using: key))
    case .hmac384: Array(HMAC<SHA384>.authenticationCode(for: message, using: key))
    case .hmac512: Array(HMAC<SHA512>.authenticationCode(for: message, using: key))
    default: throw .internalFailure("\(spec.rawValue) makes no codes")
    }
  }
}
