import Cloud
import Foundation
import Wire

/// A grant: lets one principal do some operations with one key.
/// AWS: KMS developer guide, "Grants in AWS KMS".
struct GrantRecord: Record {
  static let kind = "kms.grant"
  static let indexes = [byToken, byRetiring]
  /// Finds a grant by its token.
  static let byToken = Index<GrantRecord>("token") { Key(.string($0.token)) }
  /// The grants that a principal may retire: (principal, key, id).
  static let byRetiring = Index<GrantRecord>("retiring") { grant in
    grant.retiring.map { Key(.string($0), .string(grant.keyID), .string(grant.id)) }
  }

  /// 64 hexadecimal digits.
  let id: String
  let token: String
  let keyID: String
  let keyARN: String
  let created: Timestamp
  let name: String?
  /// The unique id of a user or role, so that a namesake made later has nothing of it; the ARN of a root user or session; a
  /// service's name.
  let grantee: String
  /// The same.
  let retiring: String?
  /// The account on whose behalf it was made.
  let issuer: String
  let operations: [String]
  let contextEquals: [String: String]?
  let contextSubset: [String: String]?

  var key: Key { Key(.string(keyID), .string(id)) }

  /// The grant as a statement of a resource policy.
  func statement(_ action: String) -> String { permission(action, to: grantee, condition) }

  /// What the grant's constraints ask for, as the end of a statement.
  private var condition: String {
    var condition = ""
    if let contextEquals, !contextEquals.isEmpty {
      let names = contextEquals.keys.sorted()
      // Every pair as given, and no other pair.
      condition =
        ",\"Condition\":{\"StringEquals\":\(GrantRecord.json(pairs(contextEquals))),"
        + "\"ForAllValues:StringEquals\":{\"kms:EncryptionContextKeys\":\(GrantRecord.json(names))}}"
    } else if let contextSubset, !contextSubset.isEmpty {
      condition = ",\"Condition\":{\"StringEquals\":\(GrantRecord.json(pairs(contextSubset)))}"
    }
    return condition
  }

  /// A statement that lets somebody do something because of the grant.
  func permission(_ action: String, to principal: String, _ condition: String = "") -> String {
    let type = principal.hasSuffix(".amazonaws.com") ? "Service" : "AWS"
    return "{\"Sid\":\"grant \(id)\",\"Effect\":\"Allow\",\"Principal\":{\"\(type)\":\(GrantRecord.json([principal]))},"
      + "\"Action\":\"kms:\(action)\",\"Resource\":\"*\"\(condition)}"
  }

  private func pairs(_ context: [String: String]) -> [String: String] {
    Dictionary(context.map { ("kms:EncryptionContext:\($0.key)", $0.value) }, uniquingKeysWith: { first, _ in first })
  }

  private static func json(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }
}
