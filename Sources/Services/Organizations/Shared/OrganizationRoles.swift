import Cloud
import Identity
import Wire

/// The roles that Organizations makes in accounts.
enum OrganizationRoles {
  private static let service = "organizations.amazonaws.com"
  private static let serviceLinkedName = "AWSServiceRoleForOrganizations"

  /// Whether the caller may let Organizations make its service-linked role, where it isn't yet.
  ///
  /// AWS: Organizations API, AccessDeniedForDependencyException.
  /// - Throws: AccessDeniedForDependencyException.
  static func checkServiceLinkedRole(_ context: Context, _ transaction: Transaction) throws(AWSError) {
    let account = try context.account
    if try RoleRecord.find(serviceLinkedName, in: account, transaction) != nil { return }
    let check = AccessCheck(
      "iam:CreateServiceLinkedRole",
      on: "arn:aws:iam::\(account):role/aws-service-role/\(service)/\(serviceLinkedName)",
      keys: [("iam:AWSServiceName", .single(service))])
    if try context.isAuthorized(check, transaction) { return }
    // unverified: words
    throw AWSError(
      "AccessDeniedForDependencyException",
      "The request failed because your credentials do not have permission to create the service-linked role required by "
        + "AWS Organizations.", status: 400,
      fields: [("Reason", .string("ACCESS_DENIED_DURING_CREATE_SERVICE_LINKED_ROLE"))])
  }

  /// Makes Organizations' service-linked role in an account, if it isn't there.
  static func makeServiceLinkedRole(in account: AccountID, _ transaction: Transaction) throws(AWSError) {
    if try RoleRecord.find(serviceLinkedName, in: account, transaction) != nil { return }
    var role = RoleRecord(
      account: account, name: serviceLinkedName, path: "/aws-service-role/\(service)/",
      id: UniqueID.make(.role, for: account, transaction.random), created: transaction.now.wholeSeconds,
      trustPolicy: trust(#""Service":"\#(service)""#))
    role.description =
      "Service-linked role used by AWS Organizations to enable integration of other AWS services with "
      + "Organizations."
    role.attachedPolicies = ["arn:aws:iam::aws:policy/aws-service-role/AWSOrganizationsServiceTrustPolicy"]
    try transaction.put(role, in: role.scope)
  }

  /// Makes the role by which the management account administers a new account.
  ///
  /// AWS: Organizations user guide, "Accessing a member account that has OrganizationAccountAccessRole".
  static func makeAccessRole(
    _ name: String, in account: AccountID, for management: AccountID, _ transaction: Transaction
  ) throws(AWSError) {
    var role = RoleRecord(
      account: account, name: name, path: "/", id: UniqueID.make(.role, for: account, transaction.random),
      created: transaction.now.wholeSeconds, trustPolicy: trust(#""AWS":"arn:aws:iam::\#(management):root""#))
    role.attachedPolicies = ["arn:aws:iam::aws:policy/AdministratorAccess"]
    try transaction.put(role, in: role.scope)
  }

  private static func trust(_ principal: String) -> String {
    #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{\#(principal)},"Action":"sts:AssumeRole"}]}"#
  }
}
