/// IAM's default quotas.
/// AWS: IAM user guide, "IAM and AWS STS quotas".
enum Quota {
  static let users = 5000
  static let groups = 300
  static let roles = 1000
  static let policies = 1500
  static let instanceProfiles = 1000
  static let openIDProviders = 100
  static let samlProviders = 100
  static let groupsPerUser = 10
  static let attachedPolicies = 10
  static let accessKeysPerUser = 2
  static let policyVersions = 5
  static let tags = 50
  static let clientIDs = 100
  static let thumbprints = 5
  /// Characters, white space not counted.
  static let managedPolicySize = 6144
  /// All inline policies of one user together; of groups and roles likewise.
  static let userPolicySize = 2048
  static let groupPolicySize = 5120
  static let rolePolicySize = 10_240
  static let trustPolicySize = 2048
}
