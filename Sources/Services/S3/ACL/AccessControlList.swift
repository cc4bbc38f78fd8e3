import Cloud
import Wire

/// Who owns an object, if not the owner of its bucket.
enum ObjectOwner: Sendable, Equatable, Codable {
  case account(AccountID)
  /// Whoever wrote it had not signed.
  case anonymous

  var stored: String {
    switch self {
    case .account(let account): account.rawValue
    case .anonymous: "anonymous"
    }
  }

  init?(stored: String) {
    if stored == "anonymous" {
      self = .anonymous
    } else {
      guard let account = AccountID(stored) else { return nil }
      self = .account(account)
    }
  }

  var grantee: ACLGrantee {
    switch self {
    case .account(let account): .account(account)
    case .anonymous: .anonymous
    }
  }

  init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let owner = ObjectOwner(stored: text) else {
      throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "no owner: \(text)"))
    }
    self = owner
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(stored)
  }
}

/// What a grant allows.
enum ACLPermission: String, Sendable, Codable, CaseIterable {
  case read = "READ"
  case write = "WRITE"
  case readACP = "READ_ACP"
  case writeACP = "WRITE_ACP"
  case fullControl = "FULL_CONTROL"

  /// Whether it contains another one.
  func includes(_ other: ACLPermission) -> Bool { self == other || self == .fullControl }
}

/// Whom a grant is for.
enum ACLGrantee: Sendable, Hashable, Codable {
  case account(AccountID)
  /// The canonical user that stands for requests without a signature.
  case anonymous
  case group(Group)

  /// AWS: S3 user guide, "Amazon S3 predefined groups".
  enum Group: String, Sendable, Codable, CaseIterable {
    case allUsers = "http://acs.amazonaws.com/groups/global/AllUsers"
    case authenticatedUsers = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"
    case logDelivery = "http://acs.amazonaws.com/groups/s3/LogDelivery"
  }

  /// Whether it is the public, which Block Public Access keeps out.
  var isPublic: Bool { self == .group(.allUsers) || self == .group(.authenticatedUsers) }

  var stored: String {
    switch self {
    case .account(let account): account.rawValue
    case .anonymous: "anonymous"
    case .group(let group): group.rawValue
    }
  }

  init?(stored: String) {
    if let group = Group(rawValue: stored) {
      self = .group(group)
    } else if let owner = ObjectOwner(stored: stored) {
      self = owner.grantee
    } else {
      return nil
    }
  }

  init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let grantee = ACLGrantee(stored: text) else {
      throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "no grantee: \(text)"))
    }
    self = grantee
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(stored)
  }
}

/// One entry of an access control list.
struct ACLGrant: Sendable, Hashable, Codable {
  var grantee: ACLGrantee
  var permission: ACLPermission
}

/// Whether access control lists count in a bucket, and whose the objects are that others write.
/// AWS: S3 user guide, "Controlling ownership of objects and disabling ACLs for your bucket".
enum OwnershipMode: String, Sendable, Codable {
  case bucketOwnerEnforced = "BucketOwnerEnforced"
  case bucketOwnerPreferred = "BucketOwnerPreferred"
  case objectWriter = "ObjectWriter"
  /// The controls were deleted: as `ObjectWriter`, but there is nothing to show.
  case deleted = "deleted"
}

extension BucketRecord {
  /// Whether access control lists count.
  var hasACLs: Bool { ownership != nil && ownership != .bucketOwnerEnforced }

  /// The grants that count.
  var effectiveGrants: [ACLGrant] {
    (hasACLs ? grants : nil) ?? [ACLGrant(grantee: .account(owner), permission: .fullControl)]
  }

  /// Whose an object is: while access control lists are off, everything is the bucket owner's.
  func owner(of object: ObjectRecord) -> ObjectOwner {
    (hasACLs ? object.protection.owner : nil) ?? .account(owner)
  }

  /// The owner of an object that isn't the bucket owner's, as listings show him.
  func shownOwner(of object: ObjectRecord) -> Owner? {
    guard hasACLs, let owner = object.protection.owner else { return nil }
    return Owner(id: CanonicalUser.id(of: owner))
  }

  /// Who will own an upload's object.
  func shownOwner(of upload: UploadRecord) -> Owner {
    Owner(id: CanonicalUser.id(of: (hasACLs ? upload.owner : nil) ?? .account(owner)))
  }

  /// The grants of an object that count.
  func effectiveGrants(of object: ObjectRecord) -> [ACLGrant] {
    (hasACLs ? object.protection.grants : nil)
      ?? [ACLGrant(grantee: owner(of: object).grantee, permission: .fullControl)]
  }
}
