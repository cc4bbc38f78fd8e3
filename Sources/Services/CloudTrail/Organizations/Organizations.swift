import Cloud
import Identity
import Wire

/// What CloudTrail asks of organizations.
enum Organizations {
  /// The organization of an account.
  static func of(_ account: AccountID, _ transaction: Transaction) throws(AWSError) -> OrganizationRecord? {
    guard let member = try transaction.get(OrganizationAccountRecord.self, Key(account.rawValue), in: .global) else {
      return nil
    }
    return try transaction.get(OrganizationRecord.self, Key(member.organization), in: .global)
  }

  /// The accounts of an organization whose calls its trails record.
  static func members(of organization: String, _ transaction: Transaction) throws(AWSError) -> [AccountID] {
    try transaction.scan(
      OrganizationAccountRecord.self, by: OrganizationAccountRecord.byParent, in: .global,
      .prefix(.string(organization))
    ).map(\.account)
  }

  /// Whether the caller may manage the organization's trails: as its management account, or as CloudTrail's delegated
  /// administrator.
  static func isAdministrator(_ context: Context, _ transaction: Transaction) throws(AWSError) -> Bool {
    let account = try context.account
    guard let organization = try of(account, transaction) else { return false }
    if organization.managementAccount == account { return true }
    return try delegates(of: organization, context, transaction).contains(account)
  }

  /// The organization for which the caller may make a trail.
  ///
  /// AWS: CloudTrail user guide, "Prepare for creating a trail for your organization".
  /// - Throws: in this order OrganizationsNotInUseException, NotOrganizationMasterAccountException,
  ///   OrganizationNotInAllFeaturesModeException, CloudTrailAccessNotEnabledException,
  ///   InsufficientDependencyServiceAccessPermissionException.
  static func forTrail(_ context: Context, _ transaction: Transaction) throws(AWSError) -> OrganizationRecord {
    guard let organization = try of(try context.account, transaction) else {
      throw .trail(
        "OrganizationsNotInUseException",
        "Your account is not a member of an organization.")  // unverified: words
    }
    guard try isAdministrator(context, transaction) else { throw .notManagementAccount() }
    guard organization.featureSet == .all else {
      // unverified: words
      throw .trail(
        "OrganizationNotInAllFeaturesModeException",
        "AWS Organizations is not configured to support all features.")
    }
    try requirePermissions(context, organization, transaction)
    guard try hasTrustedAccess(organization, context, transaction) else {
      throw .trail(
        "CloudTrailAccessNotEnabledException",
        "To create or update an organization trail, you must enable CloudTrail as a trusted service in AWS Organizations."
      )
    }
    return organization
  }

  /// AWS: CloudTrail user guide, "Assigning permissions for creating a trail for an organization".
  private static func requirePermissions(
    _ context: Context, _ organization: OrganizationRecord, _ transaction: Transaction
  ) throws(AWSError) {
    for action in ["organizations:DescribeOrganization", "organizations:ListAWSServiceAccessForOrganization"] {
      let resource = action.hasSuffix("DescribeOrganization") ? organization.arn : "*"
      guard try context.isAllowed(AccessCheck(action, on: resource), transaction) else {
        throw insufficientDependencyPermission(action)
      }
    }
  }

  static func insufficientDependencyPermission(_ action: String) -> AWSError {
    // unverified: words
    .trail(
      "InsufficientDependencyServiceAccessPermissionException",
      "The request could not be completed because you do not have the permission \(action) on the service that CloudTrail "
        + "depends on.")
  }

  // MARK: What the service Organizations alone knows

  private static func ask(
    _ operation: String, _ input: JSONValue, _ organization: OrganizationRecord, _ context: Context,
    _ transaction: Transaction
  ) throws(AWSError) -> JSONValue {
    guard let calls = context.calls else { throw .internalFailure() }
    // A service that has trusted access, or finds out whether it has, looks as the organization's own.
    return try calls.call(
      operation, of: "organizations", input, as: .root(of: organization.managementAccount), in: .usEast1,
      facts: .service(CloudTrailService.principal), requestID: context.requestID, isRecorded: false, within: transaction
    )
  }

  private static func hasTrustedAccess(
    _ organization: OrganizationRecord, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> Bool {
    var token: JSONValue = .null
    repeat {
      let page = try ask(
        "ListAWSServiceAccessForOrganization", .object([.init("NextToken", token)]), organization, context, transaction)
      for service in page["EnabledServicePrincipals"]?.array ?? []
      where service["ServicePrincipal"]?.string == CloudTrailService.principal { return true }
      token = page["NextToken"] ?? .null
    } while token != .null
    return false
  }

  private static func delegates(
    of organization: OrganizationRecord, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> [AccountID] {
    guard organization.featureSet == .all else { return [] }
    let input = JSONValue.object([.init("ServicePrincipal", .string(CloudTrailService.principal))])
    let page = try ask("ListDelegatedAdministrators", input, organization, context, transaction)
    return (page["DelegatedAdministrators"]?.array ?? []).compactMap { $0["Id"]?.string.flatMap { AccountID($0) } }
  }
}
