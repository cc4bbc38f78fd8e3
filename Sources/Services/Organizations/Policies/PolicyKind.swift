/// The kinds of policies that Organizations knows.
///
/// The model of botocore 1.43 has all but the two last ones, which AWS added in 2026.
enum PolicyKind: String, CaseIterable, Sendable {
  case serviceControl = "SERVICE_CONTROL_POLICY"
  case resourceControl = "RESOURCE_CONTROL_POLICY"
  case tag = "TAG_POLICY"
  case backup = "BACKUP_POLICY"
  case aiServicesOptOut = "AISERVICES_OPT_OUT_POLICY"
  case chatbot = "CHATBOT_POLICY"
  case declarativeEC2 = "DECLARATIVE_POLICY_EC2"
  case securityHub = "SECURITYHUB_POLICY"
  case inspector = "INSPECTOR_POLICY"
  case upgradeRollout = "UPGRADE_ROLLOUT_POLICY"
  case bedrock = "BEDROCK_POLICY"
  case s3 = "S3_POLICY"
  case networkSecurityDirector = "NETWORK_SECURITY_DIRECTOR_POLICY"
  case securityHubCSPM = "SECURITYHUB_CSPM_POLICY"
  case guardDuty = "GUARDDUTY_POLICY"

  /// Authorization policies bound permissions; the others are management policies, which are merged down the tree.
  var isAuthorization: Bool { self == .serviceControl || self == .resourceControl }
}
