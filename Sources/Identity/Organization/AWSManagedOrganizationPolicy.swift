/// The policies that AWS itself attaches in organizations; they are in no store.
///
/// AWS: Organizations user guide, "AWS managed policies available for use with AWS Organizations".
public struct AWSManagedOrganizationPolicy: Sendable, Hashable {
  public let id: String
  /// By its name in the API: `SERVICE_CONTROL_POLICY`.
  public let type: String
  public let name: String
  public let description: String
  public let content: String

  /// It has no organization in it: it is the same for all.
  public var arn: String { "arn:aws:organizations::aws:policy/\(type.lowercased())/\(id)" }

  /// Lets everything through that other SCPs do not deny.
  public static let fullAccess = AWSManagedOrganizationPolicy(
    id: "p-FullAWSAccess", type: "SERVICE_CONTROL_POLICY", name: "FullAWSAccess",
    description: "Allows access to every operation",
    content: """
      {
        "Version": "2012-10-17",
        "Statement": [
          {
            "Effect": "Allow",
            "Action": "*",
            "Resource": "*"
          }
        ]
      }
      """)

  /// Lets everything through that other RCPs do not deny; it can't be detached.
  public static let resourceFullAccess = AWSManagedOrganizationPolicy(
    id: "p-RCPFullAWSAccess", type: "RESOURCE_CONTROL_POLICY", name: "RCPFullAWSAccess",
    description: "Allows access to every resource",
    content: """
      {
        "Version": "2012-10-17",
        "Statement": [
          {
            "Effect": "Allow",
            "Principal": "*",
            "Action": "*",
            "Resource": "*"
          }
        ]
      }
      """)

  /// All of them.
  public static let all = [fullAccess, resourceFullAccess]

  /// The policy with this id.
  public static func find(_ id: String) -> AWSManagedOrganizationPolicy? { all.first { $0.id == id } }
}
