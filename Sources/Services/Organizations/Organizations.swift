import Cloud
import Identity
import Wire

/// AWS Organizations: accounts in a tree, and the policies that bound what they may do.
public enum OrganizationsService {
  /// The service's name among timers and in the docs.
  static let name = "organizations"

  /// Every operation with the permissions it needs.
  /// - Parameter limits: how many accounts there may be, and how long their creation takes.
  public static func definition(limits: OrganizationLimits = .local) -> ServiceDefinition {
    ServiceDefinition(
      model: .organizations, actionPrefix: "organizations",
      operations: organizationOperations(limits) + unitOperations + accountOperations(limits)
        + handshakeOperations(limits) + policyOperations + administrationOperations,
      isGlobal: true,
      timers: { request, transaction throws(AWSError) in
        try OrganizationTimer.run(request, limits, transaction)
      },
      deny: { AWSError("AccessDeniedException", $0.message(), status: 400) })
  }

  /// An operation, who may call it, and on which entities its permission is needed.
  /// - Parameters:
  ///   - ids: the entities' ids; none for an action without resources.
  ///   - keys: condition keys of the request.
  ///   - tags: the tags that what is made gets.
  static func operation<Input: Structure, Output: Structure>(
    _ name: String, _ reach: OrganizationAccess.Reach,
    on ids: @escaping @Sendable (Input) -> [String] = { _ in [] },
    keys: @escaping @Sendable (Input) -> [(name: String, value: ConditionValue)] = { _ in [] },
    tags: @escaping @Sendable (Input) -> [Tag]? = { _ in nil },
    _ handler: @escaping @Sendable (Input, Context, Transaction) throws(AWSError) -> Output
  ) -> Operation {
    Operation(
      name,
      access: { (input: Input, context, transaction) throws(AWSError) in
        let tags = tags(input)
        let keys = keys(input) + OrganizationAccess.tagKeys(tags)
        var checks = try OrganizationAccess.checks(name, reach, on: ids(input), keys: keys, context, transaction)
        // AWS: Organizations API: "If the request includes tags, then the requester must have the organizations:TagResource
        // permission."
        if tags?.isEmpty == false { checks.append(AccessCheck("organizations:TagResource", on: "*", keys: keys)) }
        return checks
      }, handler)
  }

  // MARK: The organization

  private static func organizationOperations(_ limits: OrganizationLimits) -> [Operation] {
    [
      operation("CreateOrganization", .everyone, OrganizationLifecycle.create),
      operation("DescribeOrganization", .members, OrganizationLifecycle.describe),
      operation("DeleteOrganization", .management, OrganizationLifecycle.delete),
      operation("EnableAllFeatures", .management, FeatureMigration.enable),
      operation("ListRoots", .delegates, OrganizationLifecycle.roots),
    ]
  }

  // MARK: Organizational units

  private static let unitOperations: [Operation] = [
    operation(
      "CreateOrganizationalUnit", .management, on: { [$0.parentId] }, tags: { $0.tags }, Units.create),
    operation("UpdateOrganizationalUnit", .management, on: { [$0.organizationalUnitId] }, Units.update),
    operation("DeleteOrganizationalUnit", .management, on: { [$0.organizationalUnitId] }, Units.delete),
    operation("DescribeOrganizationalUnit", .delegates, on: { [$0.organizationalUnitId] }, Units.describe),
    operation("ListOrganizationalUnitsForParent", .delegates, on: { [$0.parentId] }, TreeLists.units),
    operation("ListChildren", .delegates, on: { [$0.parentId] }, TreeLists.children),
    operation("ListParents", .delegates, on: { [$0.childId] }, TreeLists.parents),
  ]

  // MARK: Accounts

  private static func accountOperations(_ limits: OrganizationLimits) -> [Operation] {
    let creation = AccountCreation(limits: limits)
    let leaving = LeavingAccounts(limits: limits)
    return [
      operation("CreateAccount", .management, tags: { $0.tags }, creation.create),
      operation("CreateGovCloudAccount", .management, tags: { $0.tags }, creation.createGovCloud),
      operation("DescribeCreateAccountStatus", .delegates, creation.describe),
      operation("ListCreateAccountStatus", .delegates, creation.list),
      operation("DescribeAccount", .delegates, on: { [$0.accountId] }, Accounts.describe),
      operation("ListAccounts", .delegates, Accounts.list),
      operation("ListAccountsForParent", .delegates, on: { [$0.parentId] }, Accounts.listForParent),
      operation(
        "MoveAccount", .management, on: { [$0.accountId, $0.sourceParentId, $0.destinationParentId] }, Accounts.move),
      operation("LeaveOrganization", .members, leaving.leave),
      operation("RemoveAccountFromOrganization", .management, on: { [$0.accountId] }, leaving.remove),
      operation("CloseAccount", .management, on: { [$0.accountId] }, leaving.close),
    ]
  }

  // MARK: Handshakes

  private static func handshakeOperations(_ limits: OrganizationLimits) -> [Operation] {
    let answering = AnsweringHandshakes(limits: limits)
    return [
      operation(
        "InviteAccountToOrganization", .management,
        on: { $0.target.type == "ACCOUNT" ? [$0.target.id] : [] }, tags: { $0.tags },
        Invitations(limits: limits).invite),
      handshakeOperation("AcceptHandshake", { $0.handshakeId }, answering.accept),
      handshakeOperation("DeclineHandshake", { $0.handshakeId }, answering.decline),
      handshakeOperation("CancelHandshake", { $0.handshakeId }, answering.cancel),
      handshakeOperation("DescribeHandshake", { $0.handshakeId }, Handshakes.describe),
      operation("ListHandshakesForAccount", .everyone, Handshakes.listForAccount),
      operation("ListHandshakesForOrganization", .delegates, Handshakes.listForOrganization),
    ]
  }

  /// An operation on a handshake, which both of its parties may call.
  private static func handshakeOperation<Input: Structure, Output: Structure>(
    _ name: String, _ id: @escaping @Sendable (Input) -> String,
    _ handler: @escaping @Sendable (Input, Context, Transaction) throws(AWSError) -> Output
  ) -> Operation {
    Operation(
      name,
      access: { (input: Input, context, transaction) throws(AWSError) in
        try Handshakes.access(name, id(input), context, transaction)
      }, handler)
  }
}
