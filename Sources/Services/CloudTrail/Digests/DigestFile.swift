import Checksums
import Cloud
import Crypto
import Foundation
import Wire

/// A digest file: which log files an account's events of a Region went into in an hour, chained to the digest before it.
///
/// AWS: CloudTrail user guide, "CloudTrail digest file structure", "Custom implementations of CloudTrail log file integrity
/// validation".
struct DigestFile: Sendable {
  var trail: TrailRecord
  var lane: Lane
  var start: Timestamp
  var end: Timestamp
  /// Nothing for the first of a chain.
  var previous: DigestChainRecord?
  var files: [DeliveredFileRecord]

  var object: String { DeliveryKeys.digest(trail, account: lane.account, region: lane.region, end: end) }

  static let algorithm = "SHA256withRSA"

  /// The file's content, unpacked.
  func content(fingerprint: String) -> [UInt8] {
    var members: [JSONValue.Member] = []
    func add(_ name: String, _ value: String?) { members.append(.init(name, value.map { .string($0) } ?? .null)) }
    func text(_ time: Timestamp?) -> String? { time?.wholeSeconds.iso8601 }
    add("awsAccountId", lane.account.rawValue)
    add("digestStartTime", text(start))
    add("digestEndTime", text(end))
    add("digestS3Bucket", trail.bucket)
    add("digestS3Object", object)
    add("digestPublicKeyFingerprint", fingerprint)
    add("digestSignatureAlgorithm", DigestFile.algorithm)
    add("newestEventTime", text(files.map(\.newest).max()))
    add("oldestEventTime", text(files.map(\.oldest).min()))
    add("previousDigestS3Bucket", previous?.bucket)
    add("previousDigestS3Object", previous?.object)
    add("previousDigestHashValue", previous?.hash)
    add("previousDigestHashAlgorithm", previous.map { _ in "SHA-256" })
    add("previousDigestSignature", previous?.signature)
    let files = files.map { file -> JSONValue in
      .object([
        .init("s3Bucket", .string(file.bucket)), .init("s3Object", .string(file.object)),
        .init("hashValue", .string(file.hash)), .init("hashAlgorithm", .string("SHA-256")),
        .init("newestEventTime", .string(text(file.newest) ?? "")),
        .init("oldestEventTime", .string(text(file.oldest) ?? "")),
      ])
    }
    members.append(.init("logFiles", .array(files)))
    return Array(JSONValue.object(members).text.utf8)
  }

  /// What is signed.
  func textToSign(hash: String) -> String {
    let end = end.wholeSeconds.iso8601
    return "\(end)\n\(trail.bucket)/\(object)\n\(hash)\n\(previous?.signature ?? "null")"
  }

  /// SHA-256 in hexadecimal.
  static func hash(_ bytes: [UInt8]) -> String { Hex.encode(Array(SHA256.hash(data: bytes))) }
}
