import Cloud
import Wire

/// `iam:PassRole`: whether a caller may hand a role to an AWS service.
public enum PassRole {
  /// Checks that the caller may pass a role of the caller's own account, and gives the role.
  ///
  /// - Parameters:
  ///   - roleARN: the role.
  ///   - service: the principal of the service that will use it (`lambda.amazonaws.com`).
  ///   - resource: the ARN of what the role will belong to (`iam:AssociatedResourceArn`).
  ///   - crossAccount: the service's own error for a role of another account.
  /// - Returns: the role; nothing if there is none of this ARN, which services word differently.
  /// - Throws: the service's denial.
  public static func check(
    _ roleARN: String, to service: String, for resource: String? = nil, crossAccount: AWSError, _ context: Context,
    _ transaction: Transaction
  ) throws(AWSError) -> RoleRecord? {
    guard let arn = ARN(roleARN), arn.accountID == (try context.account) else { throw crossAccount }
    let role = try RoleRecord.find(arn: roleARN, transaction)
    var keys: [(name: String, value: ConditionValue)] = [("iam:PassedToService", .single(service))]
    if let resource { keys.append(("iam:AssociatedResourceArn", .single(resource))) }
    var tags: [String: String] = [:]
    for tag in role?.tags ?? [] { tags[tag.key] = tag.value }
    try context.authorize(
      AccessCheck("iam:PassRole", on: roleARN, owner: try context.account, keys: keys, tags: tags), transaction)
    return role
  }
}
