import Checksums
import Cloud
import Crypto
import CryptoExtras
import Foundation
import Wire

/// A Region's key pair, by which digests are signed.
struct SigningKeyRecord: Record {
  static let kind = "cloudtrail.signingKey"
  static let isCached = true

  let region: Region
  /// PKCS #1, DER.
  let privateKey: Data
  let publicKey: Data
  /// Hexadecimal.
  let fingerprint: String
  let validFrom: Timestamp
  let validTo: Timestamp

  var key: Key { Key(.string(region.rawValue), .timestamp(validFrom)) }

  /// The key pairs of a Region, the oldest first.
  static func all(in region: Region, _ transaction: Transaction) throws(AWSError) -> [SigningKeyRecord] {
    try transaction.scan(SigningKeyRecord.self, in: .global, .prefix(.string(region.rawValue)))
  }
}

/// The key pairs of Regions, and what they sign.
enum SigningKeys {
  /// The pair for a moment, made if there is none. Not on the store's thread, for making one takes its time.
  static func pair(in region: Region, at time: Timestamp, _ store: Store) async throws(AWSError) -> SigningKeyRecord {
    let present = try await store.transact { transaction throws(AWSError) in
      try SigningKeyRecord.all(in: region, transaction).last { $0.validFrom <= time && time < $0.validTo }
    }
    if let present { return present }
    let made = try make(region, time)
    return try await store.transact { transaction throws(AWSError) in
      // Somebody else may have been quicker.
      if let present = try SigningKeyRecord.all(in: region, transaction).last(where: {
        $0.validFrom <= time && time < $0.validTo
      }) {
        return present
      }
      try transaction.put(made, in: .global)
      return made
    }
  }

  /// For how long a pair is used.
  private static let validity: Int64 = 365 * 86_400
  /// A digest's time may be a little before its pair was made.
  private static let slack: Int64 = 86_400

  private static func make(_ region: Region, _ time: Timestamp) throws(AWSError) -> SigningKeyRecord {
    do {
      let key = try _RSA.Signing.PrivateKey(keySize: .bits2048)
      let publicKey = key.publicKey.pkcs1DERRepresentation
      return SigningKeyRecord(
        region: region, privateKey: key.derRepresentation, publicKey: publicKey,
        fingerprint: Hex.encode(Array(Insecure.MD5.hash(data: publicKey))), validFrom: time.adding(seconds: -slack),
        validTo: time.adding(seconds: validity))
    } catch {
      throw .internalFailure("A key pair cannot be made: \(error)")
    }
  }

  /// RSASSA-PKCS1-v1_5 with SHA-256, in hexadecimal.
  static func sign(_ text: String, by pair: SigningKeyRecord) throws(AWSError) -> String {
    do {
      let key = try _RSA.Signing.PrivateKey(derRepresentation: pair.privateKey)
      let signature = try key.signature(for: SHA256.hash(data: Data(text.utf8)), padding: .insecurePKCS1v1_5)
      return Hex.encode(signature.rawRepresentation)
    } catch {
      throw .internalFailure("A digest cannot be signed: \(error)")
    }
  }

  /// ListPublicKeys: the keys that were valid at some time between two; a day back if none is said.
  static func list(
    _ input: ListPublicKeysRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListPublicKeysResponse {
    let end = input.endTime ?? transaction.now
    let start = input.startTime ?? end.adding(seconds: -86_400)
    guard start <= end else {
      throw .trail("InvalidTimeRangeException", "The start time must be before the end time.")  // unverified: words
    }
    let keys = try SigningKeyRecord.all(in: context.region, transaction).filter {
      $0.validFrom <= end && $0.validTo >= start
    }
    return ListPublicKeysResponse(
      publicKeyList: keys.map {
        PublicKey(
          value: Array($0.publicKey), validityStartTime: $0.validFrom, validityEndTime: $0.validTo,
          fingerprint: $0.fingerprint)
      })
  }
}
