import Cloud
import Identity
import Wire

/// Organizational units: made, renamed, described, deleted.
enum Units {
  static func create(
    _ input: CreateOrganizationalUnitRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> CreateOrganizationalUnitResponse {
    let organization = try OrganizationAccess.organization(context, transaction)
    try ResourceTags.check(input.tags)
    let parent = try organization.parent(input.parentId, transaction)
    if case .unit(let unit) = parent {
      // The root itself is no level of units.
      let depth = try organization.lineage(of: .unit(unit), transaction).count - 1
      guard depth < OrganizationLimits.unitDepth else {
        throw .constraint("OU_DEPTH_LIMIT_EXCEEDED", "You attempted to create an OU tree that is too many levels deep.")
      }
    }
    try checkName(input.name, in: parent.id, organization, transaction)
    let count = try transaction.count(
      OrganizationalUnitRecord.self, in: .global, .prefix(.string(organization.id)), limit: OrganizationLimits.units)
    guard count < OrganizationLimits.units else {
      throw .constraint(
        "OU_NUMBER_LIMIT_EXCEEDED", "You attempted to exceed the number of OUs that you can have in an organization.")
    }
    let unit = OrganizationalUnitRecord(
      id: EntityID.organizationalUnit(in: organization.rootID, transaction.random), organization: organization.id,
      parent: parent.id, name: input.name)
    try transaction.save(unit)
    try Membership.didCreate(.unit(unit), in: organization, transaction)
    try ResourceTags.add(input.tags, to: unit.id, in: organization.id, transaction)
    return CreateOrganizationalUnitResponse(
      organizationalUnit: try OrganizationalUnit(unit, in: organization, transaction))
  }

  static func update(
    _ input: UpdateOrganizationalUnitRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> UpdateOrganizationalUnitResponse {
    let organization = try OrganizationAccess.organization(context, transaction)
    var unit = try organization.unit(input.organizationalUnitId, transaction)
    // AWS takes a blank name, and changes nothing.
    if let name = input.name, name != unit.name, !name.allSatisfy(\.isWhitespace) {
      try checkName(name, in: unit.parent, organization, transaction)
      unit.name = name
      try transaction.save(unit)
    }
    return UpdateOrganizationalUnitResponse(
      organizationalUnit: try OrganizationalUnit(unit, in: organization, transaction))
  }

  static func delete(
    _ input: DeleteOrganizationalUnitRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let organization = try OrganizationAccess.organization(context, transaction)
    let unit = try organization.unit(input.organizationalUnitId, transaction)
    guard try organization.units(in: unit.id, transaction).isEmpty,
      try organization.accounts(in: unit.id, transaction).isEmpty
    else {
      // unverified: words
      throw AWSError(
        "OrganizationalUnitNotEmptyException",
        "The specified OU is not empty. Move all accounts to another root or to other OUs, remove all child OUs, and try "
          + "the operation again.", status: 400)
    }
    try Membership.remove(.unit(unit), from: organization, transaction)
    return NoMembers()
  }

  static func describe(
    _ input: DescribeOrganizationalUnitRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> DescribeOrganizationalUnitResponse {
    let organization = try OrganizationAccess.organization(context, transaction)
    let unit = try organization.unit(input.organizationalUnitId, transaction)
    return DescribeOrganizationalUnitResponse(
      organizationalUnit: try OrganizationalUnit(unit, in: organization, transaction))
  }

  /// Units of one parent have different names.
  private static func checkName(
    _ name: String, in parent: String, _ organization: OrganizationRecord, _ transaction: Transaction
  ) throws(AWSError) {
    let namesakes = try transaction.scan(
      OrganizationalUnitRecord.self, by: OrganizationalUnitRecord.byParent, in: .global,
      .prefix(.string(organization.id), .string(parent), .string(name)), limit: 1)
    guard namesakes.isEmpty else {
      throw AWSError(
        "DuplicateOrganizationalUnitException", "An OU with the same name already exists.", status: 400)
    }
  }
}

extension OrganizationalUnit {
  /// A unit as the API describes it.
  init(
    _ record: OrganizationalUnitRecord, in organization: OrganizationRecord, _ transaction: Transaction
  ) throws(AWSError) {
    self.init(
      id: record.id, arn: organization.arn(of: record.id), name: record.name,
      path: try organization.path(of: .unit(record), transaction))
  }
}
