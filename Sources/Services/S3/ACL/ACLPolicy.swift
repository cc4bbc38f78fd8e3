import Cloud
import Foundation

/// Access control lists in the judge's language: grants become statements of the resource's policy.
enum ACLPolicy {
  /// The actions that decide on the bucket's list although they name an object.
  /// AWS: S3 user guide, "How Amazon S3 authorizes a request", bucket and object operations.
  static let bucketActions: Set<String> = [
    "s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion", "s3:AbortMultipartUpload",
    "s3:ListMultipartUploadParts",
  ]

  /// The permission that allows an action.
  /// AWS: S3 user guide, "Mapping of ACL permissions and access policy permissions".
  private static let permissions: [String: ACLPermission] = [
    "s3:ListBucket": .read, "s3:ListBucketVersions": .read, "s3:ListBucketMultipartUploads": .read,
    "s3:PutObject": .write, "s3:DeleteObject": .write, "s3:DeleteObjectVersion": .write,
    "s3:GetBucketAcl": .readACP, "s3:PutBucketAcl": .writeACP,
    "s3:GetObject": .read, "s3:GetObjectVersion": .read,
    "s3:GetObjectAcl": .readACP, "s3:GetObjectVersionAcl": .readACP,
    "s3:PutObjectAcl": .writeACP, "s3:PutObjectVersionAcl": .writeACP,
  ]

  /// The statements of the grants that allow an action.
  /// - Parameters:
  ///   - owner: grants to whose own account say nothing that its users' policies don't say.
  ///   - isNew: whether the object is about to be made: its writer owns it, and may give it a list.
  ///   - objectOwner: whose the object is that would be deleted: AWS lets a grantee of WRITE delete only what is his own.
  static func statements(
    of grants: [ACLGrant], allowing action: String, owner: AccountID?, objectOwner: ObjectOwner?, isNew: Bool = false,
    ignoresPublic: Bool
  ) -> [String] {
    guard let needed = isNew && action == "s3:PutObjectAcl" ? .write : permissions[action] else { return [] }
    var result: [String] = []
    for grant in grants where grant.permission.includes(needed) {
      if ignoresPublic, grant.grantee.isPublic { continue }
      if let owner, grant.grantee == .account(owner) { continue }
      if action.hasPrefix("s3:DeleteObject"), let objectOwner, objectOwner.grantee != grant.grantee { continue }
      result.append(
        #"{"Sid":"AccessControlList","Effect":"Allow",\#(principal(grant.grantee)),"Action":"\#(action)","Resource":"*"}"#
      )
    }
    return result
  }

  private static func principal(_ grantee: ACLGrantee) -> String {
    switch grantee {
    case .account(let account): #""Principal":{"AWS":"arn:aws:iam::\#(account):root"}"#
    case .group(.allUsers): #""Principal":"*""#
    case .group(.authenticatedUsers):
      #""Principal":"*","Condition":{"StringNotEquals":{"aws:PrincipalType":"Anonymous"}}"#
    case .group(.logDelivery): #""Principal":{"Service":"logging.s3.amazonaws.com"}"#
    case .anonymous: #""Principal":"*","Condition":{"StringEquals":{"aws:PrincipalType":"Anonymous"}}"#
    }
  }

  /// A policy with further statements.
  static func merged(_ policy: String?, _ statements: [String]) -> String? {
    if statements.isEmpty { return policy }
    let list = statements.joined(separator: ",")
    guard let policy, let root = object(policy), let own = root["Statement"],
      let data = try? JSONSerialization.data(withJSONObject: own as? [Any] ?? [own], options: [.sortedKeys])
    else { return #"{"Version":"2012-10-17","Statement":[\#(list)]}"# }
    let version = root["Version"] as? String ?? "2008-10-17"
    let inner = String(decoding: data, as: UTF8.self).dropFirst().dropLast()
    return #"{"Version":"\#(version)","Statement":[\#(inner)\#(inner.isEmpty ? "" : ",")\#(list)]}"#
  }

  /// The denials of a policy: all that a bucket's owner can say about objects that are another account's.
  static func denials(of policy: String?) -> String? {
    guard let policy, var root = object(policy), let own = root["Statement"] else { return nil }
    let statements = (own as? [Any] ?? [own]).filter { ($0 as? [String: Any])?["Effect"] as? String == "Deny" }
    if statements.isEmpty { return nil }
    root["Statement"] = statements
    guard let data = try? JSONSerialization.data(withJSONObject: root, options: [.sortedKeys]) else { return policy }
    return String(decoding: data, as: UTF8.self)
  }

  private static func object(_ text: String) -> [String: Any]? {
    (try? JSONSerialization.jsonObject(with: Data(text.utf8))) as? [String: Any]
  }
}
