import Cloud
import Identity
import Wire

/// CloudTrail's role in the accounts of an organization that has a trail.
///
/// AWS: CloudTrail user guide, "Using service-linked roles for CloudTrail".
enum ServiceLinkedRole {
  private static let name = "AWSServiceRoleForCloudTrail"
  private static let policy = "arn:aws:iam::aws:policy/aws-service-role/CloudTrailServiceRolePolicy"

  /// Makes the role in an account where it isn't.
  static func make(in account: AccountID, _ transaction: Transaction) throws(AWSError) {
    if try RoleRecord.find(name, in: account, transaction) != nil { return }
    let service = CloudTrailService.principal
    var role = RoleRecord(
      account: account, name: name, path: "/aws-service-role/\(service)/",
      id: UniqueID.make(.role, for: account, transaction.random), created: transaction.now.wholeSeconds,
      trustPolicy:
        #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"\#(service)"},"#
        + #""Action":"sts:AssumeRole"}]}"#)
    role.attachedPolicies = [policy]
    try transaction.put(role, in: role.scope)
  }

  /// Makes the role in the management account, for which the caller must be allowed to.
  /// - Throws: InsufficientDependencyServiceAccessPermissionException, or NoManagementAccountSLRExistsException for a delegated
  ///   administrator, who can't make it.
  static func require(
    in organization: OrganizationRecord, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) {
    let management = organization.managementAccount
    if try RoleRecord.find(name, in: management, transaction) != nil { return }
    guard try context.account == management else {
      // unverified: words
      throw .trail(
        "NoManagementAccountSLRExistsException",
        "The management account of your organization does not have the service-linked role \(name).")
    }
    let action = "iam:CreateServiceLinkedRole"
    let check = AccessCheck(
      action, on: "arn:aws:iam::\(management):role/aws-service-role/\(CloudTrailService.principal)/\(name)",
      keys: [("iam:AWSServiceName", .single(CloudTrailService.principal))])
    guard try context.isAllowed(check, transaction) else {
      throw Organizations.insufficientDependencyPermission(action)
    }
    try make(in: management, transaction)
  }

  /// Takes the role away from an account that has left its organization: nothing needs it there.
  static func remove(from account: AccountID, _ transaction: Transaction) throws(AWSError) {
    if let role = try RoleRecord.find(name, in: account, transaction), role.isServiceLinked {
      try transaction.delete(role, in: role.scope)
    }
  }
}
