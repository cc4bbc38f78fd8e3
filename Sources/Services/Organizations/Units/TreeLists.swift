import Cloud
import Identity
import Wire

/// The lists that walk the tree: children, parents, units of a parent.
enum TreeLists {
  static func units(
    _ input: ListOrganizationalUnitsForParentRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListOrganizationalUnitsForParentResponse {
    let organization = try OrganizationAccess.organization(context, transaction)
    let parent = try organization.parent(input.parentId, transaction)
    let page = try Paging.page(
      try organization.units(in: parent.id, transaction), by: \.id, token: input.nextToken, size: input.maxResults,
      of: "units \(parent.id)")
    var units: [OrganizationalUnit] = []
    for unit in page.items { units.append(try OrganizationalUnit(unit, in: organization, transaction)) }
    return ListOrganizationalUnitsForParentResponse(organizationalUnits: units, nextToken: page.nextToken)
  }

  static func children(
    _ input: ListChildrenRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListChildrenResponse {
    let organization = try OrganizationAccess.organization(context, transaction)
    let parent = try organization.parent(input.parentId, transaction)
    let ids =
      input.childType == "ACCOUNT"
      ? try organization.accounts(in: parent.id, transaction).map(\.account.rawValue)
      : try organization.units(in: parent.id, transaction).map(\.id)
    let page = try Paging.page(
      ids, by: \.self, token: input.nextToken, size: input.maxResults, of: "children \(parent.id) \(input.childType)")
    return ListChildrenResponse(
      children: page.items.map { Child(id: $0, type: input.childType) }, nextToken: page.nextToken)
  }

  /// An entity has one parent.
  static func parents(
    _ input: ListParentsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListParentsResponse {
    let organization = try OrganizationAccess.organization(context, transaction)
    let child = input.childId
    let id =
      EntityID.kind(of: child) == .account
      ? try organization.account(child, transaction, missing: .child).parent
      : try organization.unit(child, transaction, missing: .child).parent
    let page = try Paging.page(
      [id], by: \.self, token: input.nextToken, size: input.maxResults, of: "parents \(child)")
    return ListParentsResponse(
      parents: page.items.map { Parent(id: $0, type: $0 == organization.rootID ? "ROOT" : "ORGANIZATIONAL_UNIT") },
      nextToken: page.nextToken)
  }
}
