import Wire

/// The services that can work with organizations.
///
/// AWS: Organizations user guide, "AWS services that you can use with AWS Organizations", and the page of each service.
enum ServicePrincipals {
  /// - Throws: InvalidInputException with the reason UNRECOGNIZED_SERVICE_PRINCIPAL.
  static func check(_ principal: String) throws(AWSError) {
    guard known[principal] != nil else {
      throw .invalidInput("UNRECOGNIZED_SERVICE_PRINCIPAL", "You specified an unrecognized service principal.")
    }
  }

  /// How many accounts can administer a service; nothing where no limit is known.
  static func mostDelegates(_ principal: String) -> Int? { known[principal] ?? nil }

  /// The most delegated administrators by service principal.
  // unverified: limits of services whose pages don't name one are left out.
  private static let known: [String: Int?] = [
    "access-analyzer.amazonaws.com": 1, "account.amazonaws.com": nil, "aiops.amazonaws.com": nil,
    "application-signals.cloudwatch.amazonaws.com": nil, "appmgmt.amazonaws.com": nil, "auditmanager.amazonaws.com": 1,
    "aws-artifact-account-sync.amazonaws.com": nil, "backup.amazonaws.com": nil, "bedrock.amazonaws.com": nil,
    "billing-cost-management.amazonaws.com": nil, "chatbot.amazonaws.com": nil, "cloudtrail.amazonaws.com": 3,
    "cloudwatch.amazonaws.com": nil, "compute-optimizer.amazonaws.com": 1, "config-multiaccountsetup.amazonaws.com": 3,
    "config.amazonaws.com": 3, "controltower.amazonaws.com": nil, "cost-optimization-hub.bcm.amazonaws.com": nil,
    "deployment-service.amazonaws.com": nil, "detective.amazonaws.com": 1, "devops-guru.amazonaws.com": nil,
    "ds.amazonaws.com": nil, "ec2.amazonaws.com": nil, "fms.amazonaws.com": 10, "guardduty.amazonaws.com": 1,
    "health.amazonaws.com": 5, "iam.amazonaws.com": nil, "inspector2.amazonaws.com": 1, "ipam.amazonaws.com": 1,
    "license-management.marketplace.amazonaws.com": nil, "license-manager-linux-subscriptions.amazonaws.com": nil,
    "license-manager-user-subscriptions.amazonaws.com": nil, "license-manager.amazonaws.com": nil,
    "license-manager.member-account.amazonaws.com": nil, "macie.amazonaws.com": 1,
    "malware-protection.guardduty.amazonaws.com": nil, "member.org.stacksets.cloudformation.amazonaws.com": 5,
    "network-security-director.amazonaws.com": nil, "networkmanager.amazonaws.com": nil,
    "notifications.amazonaws.com": nil, "observabilityadmin.amazonaws.com": nil, "ram.amazonaws.com": nil,
    "reachabilityanalyzer.networkinsights.amazonaws.com": nil, "reporting.trustedadvisor.amazonaws.com": nil,
    "resource-explorer-2.amazonaws.com": nil, "resourcegroups.amazonaws.com": nil, "route53.amazonaws.com": nil,
    "securityhub.amazonaws.com": 1, "security-ir.amazonaws.com": 1, "securitylake.amazonaws.com": 1,
    "servicecatalog.amazonaws.com": 50, "servicequotas.amazonaws.com": nil, "ssm-quicksetup.amazonaws.com": nil,
    "ssm.amazonaws.com": nil, "sso.amazonaws.com": 1, "stacksets.cloudformation.amazonaws.com": nil,
    "storage-lens.s3.amazonaws.com": nil, "tagpolicies.tag.amazonaws.com": nil,
    "upgrade-rollout.amazonaws.com": nil, "user-subscriptions.amazonaws.com": nil, "vpc-lattice.amazonaws.com": nil,
    "wellarchitected.amazonaws.com": nil, "workmail.amazonaws.com": nil,
  ]
}
