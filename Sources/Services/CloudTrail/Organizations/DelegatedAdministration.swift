import Cloud
import Identity
import Wire

/// RegisterOrganizationDelegatedAdmin and DeregisterOrganizationDelegatedAdmin: what Organizations does for CloudTrail.
enum DelegatedAdministration {
  static func register(
    _ input: RegisterOrganizationDelegatedAdminRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> RegisterOrganizationDelegatedAdminResponse {
    let organization = try management(context, transaction)
    guard input.memberAccountId != organization.managementAccount.rawValue else {
      throw .trail(
        "CannotDelegateManagementAccountException",
        "The management account of an organization cannot be its delegated administrator.")  // unverified: words
    }
    try ServiceLinkedRole.require(in: organization, context, transaction)
    // AWS: CloudTrail API: the call enables trusted access, too.
    _ = try call(
      "EnableAWSServiceAccess", [.init("ServicePrincipal", .string(CloudTrailService.principal))], context, transaction)
    _ = try call("RegisterDelegatedAdministrator", members(input.memberAccountId), context, transaction)
    return RegisterOrganizationDelegatedAdminResponse()
  }

  static func deregister(
    _ input: DeregisterOrganizationDelegatedAdminRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> DeregisterOrganizationDelegatedAdminResponse {
    _ = try management(context, transaction)
    _ = try call(
      "DeregisterDelegatedAdministrator", members(input.delegatedAdminAccountId), context, transaction)
    return DeregisterOrganizationDelegatedAdminResponse()
  }

  private static func members(_ account: String) -> [JSONValue.Member] {
    [.init("AccountId", .string(account)), .init("ServicePrincipal", .string(CloudTrailService.principal))]
  }

  /// The organization whose management account calls.
  private static func management(
    _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> OrganizationRecord {
    let account = try context.account
    guard let organization = try Organizations.of(account, transaction) else {
      // unverified: words
      throw .trail("OrganizationsNotInUseException", "Your account is not a member of an organization.")
    }
    guard organization.managementAccount == account else {
      // unverified: words
      throw .trail(
        "NotOrganizationManagementAccountException",
        "This action can be called only from the organization's management account.")
    }
    guard organization.featureSet == .all else {
      throw .trail(
        "OrganizationNotInAllFeaturesModeException", "AWS Organizations is not configured to support all features.")
    }
    return organization
  }

  /// Calls Organizations for the caller, and says what went wrong in CloudTrail's words.
  private static func call(
    _ operation: String, _ members: [JSONValue.Member], _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> JSONValue {
    do throws(AWSError) {
      return try context.call(
        operation, of: "organizations", .object(members), via: CloudTrailService.principal, transaction)
    } catch {
      switch error.code {
      case "AccessDeniedException", "AccessDenied":
        throw .trail("InsufficientDependencyServiceAccessPermissionException", error.message)
      case "AccountAlreadyRegisteredException": throw .trail("AccountRegisteredException", error.message)
      case "AccountNotRegisteredException", "AccountNotFoundException": throw .trail(error.code, error.message)
      case "ConstraintViolationException":
        throw .trail("DelegatedAdminAccountLimitExceededException", error.message)
      case "InvalidInputException": throw .trail("InvalidParameterException", error.message)
      case "ConcurrentModificationException": throw .trail("ConflictException", error.message)
      default: throw error
      }
    }
  }
}
