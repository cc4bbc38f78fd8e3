import Cloud
import Wire

/// Inputs with the headers of access control lists.
protocol ACLInput {
  var acl: String? { get }
  var grantFullControl: String? { get }
  var grantRead: String? { get }
  var grantReadACP: String? { get }
  var grantWriteACP: String? { get }
  /// Only buckets have it.
  var grantWrite: String? { get }
}

extension ACLInput {
  var grantWrite: String? { nil }

  /// Whether the request says anything of access control lists.
  var hasACL: Bool {
    acl != nil || grantFullControl != nil || grantRead != nil || grantReadACP != nil || grantWriteACP != nil
      || grantWrite != nil
  }
}

extension CreateBucketRequest: ACLInput {}
extension PutBucketAclRequest: ACLInput {}
extension PutObjectAclRequest: ACLInput {}

/// An access control list as a request gives it.
struct ACLRequest {
  private var canned: String?
  private var headers: [(header: String, permission: ACLPermission, value: String)] = []

  /// Whether the request says nothing.
  var isEmpty: Bool { canned == nil && headers.isEmpty }

  /// - Throws: InvalidRequest for a canned list beside grants.
  init(_ input: some ACLInput) throws(AWSError) {
    canned = input.acl
    let given: [(String, ACLPermission, String?)] = [
      ("x-amz-grant-full-control", .fullControl, input.grantFullControl), ("x-amz-grant-read", .read, input.grantRead),
      ("x-amz-grant-read-acp", .readACP, input.grantReadACP), ("x-amz-grant-write", .write, input.grantWrite),
      ("x-amz-grant-write-acp", .writeACP, input.grantWriteACP),
    ]
    for (header, permission, value) in given { if let value { headers.append((header, permission, value)) } }
    if canned != nil, !headers.isEmpty {
      throw .invalidRequest("Specifying both Canned ACLs and Header Grants is not allowed")
    }
  }

  /// Whether it asks for nothing but the bucket owner's full control, which is always so while lists are off.
  func isBucketOwners(_ owner: AccountID) throws(AWSError) -> Bool {
    if isEmpty || canned == "bucket-owner-full-control" { return true }
    if canned != nil { return false }
    return try grants(owner: .account(owner), bucketOwner: owner, isBucket: false).allSatisfy {
      $0 == ACLGrant(grantee: .account(owner), permission: .fullControl)
    }
  }

  /// The grants; nothing if the request says nothing.
  func given(owner: ACLGrantee, bucketOwner: AccountID, isBucket: Bool) throws(AWSError) -> [ACLGrant]? {
    isEmpty ? nil : try grants(owner: owner, bucketOwner: bucketOwner, isBucket: isBucket)
  }

  private func grants(owner: ACLGrantee, bucketOwner: AccountID, isBucket: Bool) throws(AWSError) -> [ACLGrant] {
    if let canned {
      guard let more = ACLRequest.canned(canned, bucketOwner, isBucket: isBucket) else {
        throw .invalidArgument("", "x-amz-acl", canned)
      }
      return ACLRequest.tidy([ACLGrant(grantee: owner, permission: .fullControl)] + more)
    }
    var result: [ACLGrant] = []
    for (header, permission, value) in headers {
      for element in value.split(separator: ",") {
        result.append(ACLGrant(grantee: try ACLRequest.grantee(element, header, value), permission: permission))
      }
    }
    return ACLRequest.tidy(result)
  }

  /// What a canned list grants beside the owner's full control. AWS: S3 user guide, "Canned ACL".
  /// `aws-exec-read` is left to its owner: the Amazon EC2 that would read it isn't here.
  private static func canned(_ name: String, _ bucketOwner: AccountID, isBucket: Bool) -> [ACLGrant]? {
    let everybody = ACLGrantee.group(.allUsers)
    switch name {
    case "private", "aws-exec-read": return []
    case "public-read": return [ACLGrant(grantee: everybody, permission: .read)]
    case "public-read-write":
      return [ACLGrant(grantee: everybody, permission: .read), ACLGrant(grantee: everybody, permission: .write)]
    case "authenticated-read": return [ACLGrant(grantee: .group(.authenticatedUsers), permission: .read)]
    case "log-delivery-write" where isBucket:
      return [.write, .readACP].map { ACLGrant(grantee: .group(.logDelivery), permission: $0) }
    // AWS: "If you specify this canned ACL when creating a bucket, Amazon S3 ignores it."
    case "bucket-owner-read", "bucket-owner-full-control":
      if isBucket { return [] }
      return [
        ACLGrant(
          grantee: .account(bucketOwner), permission: name == "bucket-owner-read" ? .read : .fullControl)
      ]
    default: return nil
    }
  }

  /// Without what is there twice, or within the full control of the same grantee before it.
  private static func tidy(_ grants: [ACLGrant]) -> [ACLGrant] {
    var result: [ACLGrant] = []
    for grant in grants
    where !result.contains(where: { $0.grantee == grant.grantee && $0.permission.includes(grant.permission) }) {
      result.append(grant)
    }
    return result
  }

  /// `id="…"`, `uri="…"` or `emailAddress="…"`.
  private static func grantee(_ text: Substring, _ header: String, _ whole: String) throws(AWSError) -> ACLGrantee {
    let parts = text.split(separator: "=", maxSplits: 1)
    guard parts.count == 2 else { throw .invalidArgument("Argument format not recognized", header, whole) }
    let kind = parts[0].filter { $0 != " " }
    let value = parts[1].filter { $0 != "\"" && $0 != " " }
    switch kind.lowercased() {
    case "id": return try user(value, "id")
    case "uri": return try group(value, "uri")
    case "emailaddress": throw unresolvable(value)
    default: throw .invalidArgument("Argument format not recognized", header, whole)
    }
  }

  static func user(_ id: String, _ argument: String) throws(AWSError) -> ACLGrantee {
    if id == CanonicalUser.anonymous { return .anonymous }
    guard let account = CanonicalUser.account(id) else { throw .invalidArgument("Invalid id", argument, id) }
    return .account(account)
  }

  static func group(_ uri: String, _ argument: String) throws(AWSError) -> ACLGrantee {
    guard let group = ACLGrantee.Group(rawValue: uri) else {
      throw .invalidArgument("Invalid group uri", argument, uri)
    }
    return .group(group)
  }

  /// AWS has stopped to know accounts by their addresses (October 2025).
  static func unresolvable(_ address: String) -> AWSError {
    AWSError(
      "UnresolvableGrantByEmailAddress", "The e-mail address you provided does not match any account on record.",
      status: 400, fields: [("Email", .string(address))])
  }
}
