import Cloud
import Identity
import Wire

// From records to the shapes of the API.

extension Tag {
  init(_ tag: IdentityTag) { self.init(key: tag.key, value: tag.value) }

  /// The tags of a new or changed resource.
  /// - Throws: InvalidInput if two keys are one but for their case.
  static func records(_ tags: [Tag]?) throws(AWSError) -> [IdentityTag] {
    var seen: Set<String> = []
    for tag in tags ?? [] {
      guard seen.insert(tag.key.lowercased()).inserted else {
        throw .invalidInput("Duplicate tag keys found. Please note that Tag keys are case insensitive.")
      }
      guard !tag.key.lowercased().hasPrefix("aws:") else {
        throw .invalidInput("Tag keys starting with 'aws:' are reserved for system use.")
      }
    }
    guard seen.count <= Quota.tags else {
      throw .limitExceeded("The number of tags has reached the maximum limit.")
    }
    return (tags ?? []).map { IdentityTag(key: $0.key, value: $0.value) }
  }
}

extension AttachedPermissionsBoundary {
  init?(_ arn: String?) {
    guard let arn else { return nil }
    self.init(permissionsBoundaryType: "PermissionsBoundaryPolicy", permissionsBoundaryArn: arn)
  }
}

/// Tags of an answer: left out when there are none.
func tagList(_ tags: [IdentityTag]) -> [Tag]? { tags.isEmpty ? nil : tags.map(Tag.init) }

extension User {
  /// - Parameter isWhole: with tags and boundary, which lists leave out.
  init(_ record: UserRecord, isWhole: Bool = true) {
    self.init(
      path: record.path, userName: record.name, userId: record.id, arn: record.arn, createDate: record.created,
      permissionsBoundary: isWhole ? AttachedPermissionsBoundary(record.boundary) : nil,
      tags: isWhole ? tagList(record.tags) : nil)
  }
}

extension Group {
  init(_ record: GroupRecord) {
    self.init(
      path: record.path, groupName: record.name, groupId: record.id, arn: record.arn, createDate: record.created)
  }
}

extension Role {
  /// - Parameter isWhole: with tags, boundary and last use, which lists leave out.
  init(_ record: RoleRecord, isWhole: Bool = true, _ transaction: Transaction) throws(AWSError) {
    var lastUsed: RoleLastUsed?
    if isWhole {
      let use = try LastUse.of(record.id, in: record.account, transaction)
      lastUsed = RoleLastUsed(lastUsedDate: use?.time.wholeSeconds, region: use?.region)
    }
    self.init(
      path: record.path, roleName: record.name, roleId: record.id, arn: record.arn, createDate: record.created,
      assumeRolePolicyDocument: Percent.encode(try Principals.render(record.trustPolicy, in: transaction)),
      description: record.description, maxSessionDuration: record.maxSessionDuration,
      permissionsBoundary: isWhole ? AttachedPermissionsBoundary(record.boundary) : nil,
      tags: isWhole ? tagList(record.tags) : nil, roleLastUsed: lastUsed)
  }
}

extension InstanceProfile {
  init(_ record: InstanceProfileRecord, isWhole: Bool = true, _ transaction: Transaction) throws(AWSError) {
    var roles: [Role] = []
    if let name = record.role, let role = try RoleRecord.find(name, in: record.account, transaction) {
      roles.append(try Role(role, isWhole: false, transaction))
    }
    self.init(
      path: record.path, instanceProfileName: record.name, instanceProfileId: record.id, arn: record.arn,
      createDate: record.created, roles: roles, tags: isWhole ? tagList(record.tags) : nil)
  }
}

extension Policy {
  init(_ record: ManagedPolicyRecord, uses: PolicyUses, isWhole: Bool = true) {
    self.init(
      policyName: record.name, policyId: record.id, arn: record.arn, path: record.path,
      defaultVersionId: record.defaultVersion, attachmentCount: uses.attachments(of: record.arn),
      permissionsBoundaryUsageCount: uses.boundaries(of: record.arn), isAttachable: true,
      description: isWhole ? record.description : nil, createDate: record.created, updateDate: record.updated,
      tags: isWhole ? tagList(record.tags) : nil)
  }
}

extension PolicyVersion {
  init(_ version: ManagedPolicyRecord.Version, of policy: ManagedPolicyRecord, withDocument: Bool = true) {
    self.init(
      document: withDocument ? Percent.encode(version.policy.text) : nil, versionId: version.id,
      isDefaultVersion: version.id == policy.defaultVersion, createDate: version.created)
  }
}

/// How often managed policies are attached and used as boundaries in an account.
struct PolicyUses {
  private var attached: [String: Int] = [:]
  private var bounding: [String: Int] = [:]

  /// Counts over all users, groups and roles.
  init(in account: AccountID, _ transaction: Transaction) throws(AWSError) {
    let scope = Scope(account)
    for user in try transaction.scan(UserRecord.self, in: scope) { count(user.attachedPolicies, user.boundary) }
    for group in try transaction.scan(GroupRecord.self, in: scope) { count(group.attachedPolicies, nil) }
    for role in try transaction.scan(RoleRecord.self, in: scope) { count(role.attachedPolicies, role.boundary) }
  }

  private mutating func count(_ policies: [String], _ boundary: String?) {
    for arn in policies { attached[arn, default: 0] += 1 }
    if let boundary { bounding[boundary, default: 0] += 1 }
  }

  func attachments(of arn: String) -> Int { attached[arn] ?? 0 }
  func boundaries(of arn: String) -> Int { bounding[arn] ?? 0 }
}
