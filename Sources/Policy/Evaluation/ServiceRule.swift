/// Refusals that are no policy's: AWS's own things can't be changed by customers, whatever their policies allow.
///
/// The services answer these with their own errors (`UnmodifiableEntity`, `NotAuthorizedException`), after IAM has said yes.
public enum ServiceRule: String, Sendable, Codable {
  /// Managed policies of AWS (`arn:aws:iam::aws:policy/…`).
  case awsManagedPolicy = "aws-managed-policy"
  /// Roles below `/aws-reserved/`.
  case awsReservedRole = "aws-reserved-role"
  /// KMS aliases that begin with `alias/aws/`.
  case awsManagedAlias = "aws-managed-alias"

  /// The rule that forbids an action on a resource, if there is one.
  public static func refusing(action: String, resource: String) -> ServiceRule? {
    let parts = action.lowercased().split(separator: ":", maxSplits: 1)
    guard parts.count == 2 else { return nil }
    let name = String(parts[1])
    switch parts[0] {
    case "iam":
      let arn = resource.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
      if arn.count == 6, arn[1].hasPrefix("aws"), arn[2] == "iam", arn[3].isEmpty, arn[4] == "aws",
        arn[5].hasPrefix("policy/"), policyChanges.contains(name)
      {
        return .awsManagedPolicy
      }
      return hasText(":role/aws-reserved/", resource) && roleChanges.contains(name) ? .awsReservedRole : nil
    case "kms":
      return hasText(":alias/aws/", resource) && aliasChanges.contains(name) ? .awsManagedAlias : nil
    default: return nil
    }
  }

  private static func hasText(_ part: String, _ text: String) -> Bool {
    let part = Array(part.utf8)
    let text = Array(text.utf8)
    return text.indices.contains { text[$0...].starts(with: part) }
  }

  private static let policyChanges: Set<String> = [
    "createpolicy", "createpolicyversion", "deletepolicy", "deletepolicyversion", "setdefaultpolicyversion",
    "tagpolicy",
    "untagpolicy",
  ]

  private static let roleChanges: Set<String> = [
    "attachrolepolicy", "createrole", "createservicelinkedrole", "deleterole", "deleterolepermissionsboundary",
    "deleterolepolicy", "deleteservicelinkedrole", "detachrolepolicy", "passrole", "putrolepermissionsboundary",
    "putrolepolicy", "tagrole", "untagrole", "updateassumerolepolicy", "updaterole", "updateroledescription",
  ]

  private static let aliasChanges: Set<String> = ["createalias", "deletealias", "updatealias"]
}
