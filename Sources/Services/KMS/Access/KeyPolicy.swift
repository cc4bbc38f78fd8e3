import Cloud
import Foundation
import Identity
import Policy
import Wire

/// Key policies: the root of trust of every key.
enum KeyPolicy {
  /// The policy of keys that are made without one: the account may do all, by its own policies.
  /// AWS: KMS developer guide, "Default key policy".
  static func standard(_ account: AccountID) -> String {
    """
    {
      "Version" : "2012-10-17",
      "Id" : "key-default-1",
      "Statement" : [ {
        "Sid" : "Enable IAM User Permissions",
        "Effect" : "Allow",
        "Principal" : {
          "AWS" : "arn:aws:iam::\(account):root"
        },
        "Action" : "kms:*",
        "Resource" : "*"
      } ]
    }
    """
  }

  /// A policy that says nothing to anybody.
  static let silent = #"{"Version":"2012-10-17","Statement":[]}"#

  /// In bytes. AWS: KMS API, `PutKeyPolicy`.
  static let limit = 32768

  /// Checks a new policy of a key and gives its stored form, with the users and roles that it names pinned.
  /// - Parameter isLockoutAllowed: skips the check that the caller can still change the policy.
  /// - Throws: MalformedPolicyDocumentException, LimitExceededException.
  static func accept(
    _ text: String, for record: KeyRecord, isLockoutAllowed: Bool, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> String {
    // unverified: words
    if text.utf8.count > limit { throw .limitExceeded("Key policy is longer than \(limit) bytes.") }
    do throws(PolicyProblem) { try PolicyValidator.check(text, as: .resource) } catch {
      throw .malformedPolicy(error.message)
    }
    var pinned: String
    do throws(AWSError) { pinned = try Principals.pin(text, in: transaction) } catch {
      if error.code == "MalformedPolicyDocument" {
        throw .malformedPolicy("Policy contains a statement with one or more invalid principals.")
      }
      throw error
    }
    // Pinning writes the text anew; a policy that names no user or role stays as it was given.
    if !pinned.contains("\"AIDA"), !pinned.contains("\"AROA") { pinned = text }
    if isLockoutAllowed { return pinned }
    var changed = record
    changed.policy = pinned
    let check = try KeyAccess.check("PutKeyPolicy", on: KeyTarget(record: changed), [], context, transaction)
    guard try context.isAllowed(check, transaction) else {
      throw .malformedPolicy(
        "The new key policy will not allow you to update the key policy in the future.")
    }
    return pinned
  }

  /// The policy that decides on `action`: the key policy and, as statements behind it, the grants of that operation.
  /// A grant only allows, so a denial in the policy still wins.
  static func withGrants(
    of record: KeyRecord, for action: String, _ transaction: Transaction
  ) throws(AWSError) -> String {
    if record.grantCount == 0 { return record.policy }
    let grants = try transaction.scan(GrantRecord.self, in: record.scope, .prefix(.string(record.id)))
      .filter { $0.operations.contains(action) }
    if grants.isEmpty { return record.policy }
    return try adding(grants.map { $0.statement(action) }.joined(separator: ","), to: record.policy)
  }

  /// A policy with further statements.
  /// - Parameter statements: as JSON, with commas between them.
  static func adding(_ statements: String, to policy: String) throws(AWSError) -> String {
    // The policy is read and written as JSON, since its statements may be one object or a list.
    guard
      var root = (try? JSONSerialization.jsonObject(with: Data(policy.utf8))) as? [String: Any],
      let added = (try? JSONSerialization.jsonObject(with: Data("[\(statements)]".utf8))) as? [Any]
    else { throw .internalFailure("a key policy cannot be read") }
    let own = root["Statement"] as? [Any] ?? root["Statement"].map { [$0] } ?? []
    root["Statement"] = own + added
    guard let data = try? JSONSerialization.data(withJSONObject: root, options: [.sortedKeys, .withoutEscapingSlashes])
    else { throw .internalFailure("a key policy cannot be written") }
    return String(decoding: data, as: UTF8.self)
  }
}
