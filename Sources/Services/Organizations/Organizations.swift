import Cloud
import Wire

/// AWS Organizations: accounts in a tree, and the policies that bound what they may do.
public enum OrganizationsService {
  /// Every operation with the permissions it needs.
  public static func definition() -> ServiceDefinition {
    ServiceDefinition(
      model: .organizations, actionPrefix: "organizations", operations: [], isGlobal: true,
      deny: { AWSError("AccessDeniedException", $0.message(), status: 400) })
  }
}
