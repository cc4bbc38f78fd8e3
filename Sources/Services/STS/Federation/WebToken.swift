import Cloud
import Crypto
import Foundation
import Wire

/// A JSON Web Token (RFC 7519), read but not yet believed.
struct WebToken {
  let algorithm: String
  let keyID: String?
  let issuer: String
  /// Who the token is for; the first or, if there is one, the authorized party.
  let audiences: [String]
  let authorizedParty: String?
  let subject: String
  let expires: Double
  let notBefore: Double?
  /// Authentication methods.
  let methods: [String]
  let sourceIdentity: String?
  /// Session tags, and which of them are transitive.
  let tags: [String: String]
  let transitiveKeys: [String]
  private let signed: [UInt8]
  private let signature: [UInt8]

  /// - Throws: InvalidIdentityToken if it is not a token with what AWS needs.
  init(_ text: String) throws(AWSError) {
    let malformed = AWSError.invalidIdentityToken(
      "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)")
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let header = WebToken.object(parts[0]), let claims = WebToken.object(parts[1]),
      let signature = WebToken.decode(parts[2]), let algorithm = header["alg"] as? String
    else { throw malformed }
    func missing(_ claim: String) -> AWSError { .invalidIdentityToken("Missing a required claim: \(claim)") }
    guard let issuer = claims["iss"] as? String else { throw missing("iss") }
    guard let subject = claims["sub"] as? String else { throw missing("sub") }
    guard let expires = (claims["exp"] as? NSNumber)?.doubleValue else { throw missing("exp") }
    if let one = claims["aud"] as? String {
      audiences = [one]
    } else if let several = claims["aud"] as? [String], !several.isEmpty {
      audiences = several
    } else {
      throw missing("aud")
    }
    self.algorithm = algorithm
    keyID = header["kid"] as? String
    self.issuer = issuer
    self.subject = subject
    self.expires = expires
    notBefore = (claims["nbf"] as? NSNumber)?.doubleValue
    authorizedParty = claims["azp"] as? String
    methods = claims["amr"] as? [String] ?? []
    sourceIdentity = claims["https://aws.amazon.com/source_identity"] as? String
    let given = claims["https://aws.amazon.com/tags"] as? [String: Any]
    tags = (given?["principal_tags"] as? [String: [String]] ?? [:]).compactMapValues(\.first)
    transitiveKeys = given?["transitive_tag_keys"] as? [String] ?? []
    signed = Array(text.utf8.prefix(parts[0].utf8.count + 1 + parts[1].utf8.count))
    self.signature = signature
  }

  /// Whether one of a provider's keys made the signature.
  func isSigned(by keySet: String) -> Bool {
    guard let root = try? JSONSerialization.jsonObject(with: Data(keySet.utf8)) as? [String: Any],
      let keys = root["keys"] as? [[String: Any]]
    else { return false }
    return keys.contains { key in
      if let keyID, let other = key["kid"] as? String, other != keyID { return false }
      if let other = key["alg"] as? String, other != algorithm { return false }
      return verifies(key)
    }
  }

  private func verifies(_ key: [String: Any]) -> Bool {
    func number(_ name: String) -> [UInt8]? { (key[name] as? String).flatMap { WebToken.decode($0[...]) } }
    switch (key["kty"] as? String, algorithm) {
    case ("RSA", "RS256"), ("RSA", "RS384"), ("RSA", "RS512"):
      guard let modulus = number("n"), let exponent = number("e") else { return false }
      let hash: RSAVerification.Hash = algorithm == "RS256" ? .sha256 : algorithm == "RS384" ? .sha384 : .sha512
      return RSAVerification.isValid(signature, of: signed, hash, modulus: modulus, exponent: exponent)
    case ("EC", "ES256"):
      guard let point = point(key, 32), let key = try? P256.Signing.PublicKey(rawRepresentation: point),
        let signature = try? P256.Signing.ECDSASignature(rawRepresentation: signature)
      else { return false }
      return key.isValidSignature(signature, for: signed)
    case ("EC", "ES384"):
      guard let point = point(key, 48), let key = try? P384.Signing.PublicKey(rawRepresentation: point),
        let signature = try? P384.Signing.ECDSASignature(rawRepresentation: signature)
      else { return false }
      return key.isValidSignature(signature, for: signed)
    default:
      return false
    }
  }

  private func point(_ key: [String: Any], _ size: Int) -> [UInt8]? {
    guard let x = (key["x"] as? String).flatMap({ WebToken.decode($0[...]) }), x.count == size,
      let y = (key["y"] as? String).flatMap({ WebToken.decode($0[...]) }), y.count == size
    else { return nil }
    return x + y
  }

  private static func object(_ part: Substring) -> [String: Any]? {
    guard let bytes = decode(part) else { return nil }
    return try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
  }

  /// Base64url without padding (RFC 7515).
  private static func decode(_ text: Substring) -> [UInt8]? {
    var plain = text.replacing("-", with: "+").replacing("_", with: "/")
    plain += String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4)
    return Data(base64Encoded: String(plain)).map { Array($0) }
  }
}
