import Cloud
import Identity
import Wire

/// Roles that belong to an AWS service: made for it, trusted by it, changed only by it.
enum ServiceLinkedRoles {
  /// What is known of a service's role beyond the common rule.
  private struct Facts {
    var name: String
    var policy: String?
    var allowsSuffix = false
  }

  /// AWS: IAM user guide, "AWS services that work with IAM"; names as the services' own guides give them.
  private static let known: [String: Facts] = [
    "apigateway.amazonaws.com": Facts(
      name: "AWSServiceRoleForAPIGateway", policy: "APIGatewayServiceRolePolicy"),
    "autoscaling.amazonaws.com": Facts(
      name: "AWSServiceRoleForAutoScaling", policy: "AutoScalingServiceRolePolicy", allowsSuffix: true),
    "cloudtrail.amazonaws.com": Facts(name: "AWSServiceRoleForCloudTrail", policy: "CloudTrailServiceRolePolicy"),
    "ecs.amazonaws.com": Facts(name: "AWSServiceRoleForECS", policy: "AmazonECSServiceRolePolicy"),
    "elasticache.amazonaws.com": Facts(name: "AWSServiceRoleForElastiCache", policy: "ElastiCacheServiceRolePolicy"),
    "elasticbeanstalk.amazonaws.com": Facts(
      name: "AWSServiceRoleForElasticBeanstalk", policy: "AWSElasticBeanstalkServiceRolePolicy"),
    "maintenance.elasticbeanstalk.amazonaws.com": Facts(
      name: "AWSServiceRoleForElasticBeanstalkMaintenance", policy: "AWSElasticBeanstalkMaintenance"),
    "managedupdates.elasticbeanstalk.amazonaws.com": Facts(
      name: "AWSServiceRoleForElasticBeanstalkManagedUpdates",
      policy: "AWSElasticBeanstalkManagedUpdatesServiceRolePolicy"),
    "elasticloadbalancing.amazonaws.com": Facts(
      name: "AWSServiceRoleForElasticLoadBalancing", policy: "AWSElasticLoadBalancingServiceRolePolicy"),
    "events.amazonaws.com": Facts(
      name: "AWSServiceRoleForCloudWatchEvents", policy: "CloudWatchEventsServiceRolePolicy"),
    "organizations.amazonaws.com": Facts(
      name: "AWSServiceRoleForOrganizations", policy: "AWSOrganizationsServiceTrustPolicy"),
    "rds.amazonaws.com": Facts(name: "AWSServiceRoleForRDS", policy: "AmazonRDSServiceRolePolicy"),
    "redshift.amazonaws.com": Facts(
      name: "AWSServiceRoleForRedshift", policy: "AmazonRedshiftServiceLinkedRolePolicy"),
    "s2svpn.amazonaws.com": Facts(name: "AWSServiceRoleForVPCS2SVPN", policy: "AWSVPCS2SVpnServiceRolePolicy"),
    "ssm.amazonaws.com": Facts(name: "AWSServiceRoleForAmazonSSM", policy: "AmazonSSMServiceRolePolicy"),
    "transitgateway.amazonaws.com": Facts(
      name: "AWSServiceRoleForVPCTransitGateway", policy: "AWSVPCTransitGatewayServiceRolePolicy"),
  ]

  static func create(
    _ input: CreateServiceLinkedRoleRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> CreateServiceLinkedRoleResponse {
    let service = input.awsServiceName
    guard service.hasSuffix(".amazonaws.com") else {
      throw .invalidInput("Service role name \(service) is not supported.")
    }
    let facts = known[service] ?? Facts(name: generalName(service), policy: nil, allowsSuffix: true)
    var name = facts.name
    if let suffix = input.customSuffix {
      guard facts.allowsSuffix else { throw .invalidInput("Custom suffix is not allowed for \(service)") }
      name += "_" + suffix
    }
    let account = try context.account
    guard try RoleRecord.find(name, in: account, transaction) == nil else {
      throw .invalidInput("Service role name \(name) has been taken in this account, please try a different suffix.")
    }
    let trust =
      #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"\#(service)"},"Action":"sts:AssumeRole"}]}"#
    var role = RoleRecord(
      account: account, name: name, path: "/aws-service-role/\(service)/",
      id: UniqueID.make(.role, for: account, transaction.random), created: transaction.now.wholeSeconds,
      trustPolicy: trust)
    role.description = input.description
    if let policy = facts.policy {
      for prefix in ["aws-service-role/", "", "service-role/"] {
        let arn = AWSManagedPolicies.prefix + prefix + policy
        if AWSManagedPolicies.find(arn: arn) != nil {
          role.attachedPolicies = [arn]
          break
        }
      }
    }
    try transaction.insert(role, in: role.scope)
    var answer = try Role(role, transaction)
    answer.roleLastUsed = nil
    return CreateServiceLinkedRoleResponse(role: answer)
  }

  /// `AWSServiceRoleForLex` of `lex.amazonaws.com`.
  // unverified: services write their own names into it; capitals can't be guessed.
  private static func generalName(_ service: String) -> String {
    let words = service.dropLast(".amazonaws.com".count).split { $0 == "." || $0 == "-" }
    return "AWSServiceRoleFor" + words.reversed().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }

  /// Nothing here uses these roles after their last call, so a deletion succeeds at once; its task only says so.
  static func delete(
    _ input: DeleteServiceLinkedRoleRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> DeleteServiceLinkedRoleResponse {
    let role = try Roles.find(input.roleName, context, transaction)
    guard role.isServiceLinked else {
      throw .invalidInput("Role \(role.name) is not a service-linked role.")
    }
    try transaction.delete(role, in: role.scope)
    let task = "task\(role.path)\(role.name)/\(transaction.random.uuid())"
    try transaction.insert(RoleDeletionRecord(id: task), in: role.scope)
    return DeleteServiceLinkedRoleResponse(deletionTaskId: task)
  }

  static func deletionStatus(
    _ input: GetServiceLinkedRoleDeletionStatusRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetServiceLinkedRoleDeletionStatusResponse {
    guard try transaction.contains(RoleDeletionRecord.self, Key(input.deletionTaskId), in: Scope(try context.account))
    else { throw .noSuchEntity("Deletion id \(input.deletionTaskId) cannot be found.") }
    return GetServiceLinkedRoleDeletionStatusResponse(status: "SUCCEEDED")
  }
}

/// That a service-linked role was deleted under a task's id.
struct RoleDeletionRecord: Record {
  static let kind = "iam.role-deletion"
  var id: String
  var key: Key { Key(id) }
}
