import Cloud
import Wire

/// Access control lists as XML documents.
enum ACLDocument {
  /// In entries. AWS: S3 user guide, "An ACL can have up to 100 grants".
  private static let limit = 100

  /// The grants of a document.
  /// - Parameter owner: whose the resource is; the document must name it.
  static func read(_ document: AccessControlPolicy, owner: ObjectOwner) throws(AWSError) -> [ACLGrant] {
    guard let id = document.owner?.id, let entries = document.grants else { throw malformed() }
    guard id == CanonicalUser.id(of: owner) else {
      _ = try ACLRequest.user(id, "CanonicalUser/ID")
      throw .accessDenied()
    }
    if entries.count > limit { throw malformed() }
    var grants: [ACLGrant] = []
    for entry in entries {
      guard let name = entry.permission, let permission = ACLPermission(rawValue: name), let given = entry.grantee
      else { throw malformed() }
      grants.append(ACLGrant(grantee: try grantee(given), permission: permission))
    }
    return grants
  }

  private static func grantee(_ given: Grantee) throws(AWSError) -> ACLGrantee {
    switch given.type {
    case "CanonicalUser":
      guard let id = given.id else { throw malformed() }
      return try ACLRequest.user(id, "CanonicalUser/ID")
    case "Group":
      guard let uri = given.uri else { throw malformed() }
      return try ACLRequest.group(uri, "Group/URI")
    case "AmazonCustomerByEmail": throw ACLRequest.unresolvable(given.emailAddress ?? "")
    default: throw malformed()
    }
  }

  /// The grants as answers show them.
  static func show(_ grants: [ACLGrant]) -> [Grant] {
    grants.map { grant in
      Grant(grantee: show(grant.grantee), permission: grant.permission.rawValue)
    }
  }

  private static func show(_ grantee: ACLGrantee) -> Grantee {
    switch grantee {
    case .account(let account): Grantee(id: CanonicalUser.id(of: account), type: "CanonicalUser")
    case .anonymous: Grantee(id: CanonicalUser.anonymous, type: "CanonicalUser")
    case .group(let group): Grantee(type: "Group", uri: group.rawValue)
    }
  }

  private static func malformed() -> AWSError {
    AWSError(
      "MalformedACLError", "The XML you provided was not well-formed or did not validate against our published schema",
      status: 400)
  }
}
