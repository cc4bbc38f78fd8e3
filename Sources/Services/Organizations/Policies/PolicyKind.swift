import Policy

/// The kinds of policies that Organizations knows.
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

  /// The only member at the top of a management policy. AWS: the syntax page of each policy type.
  var topLevelKey: String? {
    switch self {
    case .serviceControl, .resourceControl: nil
    case .tag: "tags"
    case .backup: "plans"
    case .aiServicesOptOut: "services"
    case .chatbot: "chatbot"
    case .declarativeEC2: "ec2_attributes"
    case .securityHub: "securityhub"
    case .inspector: "inspector"
    case .upgradeRollout: "upgrade_rollout"
    case .bedrock: "bedrock"
    case .s3: "s3_attributes"
    case .networkSecurityDirector: "network_security_director"
    case .securityHubCSPM: "securityhub_cspm"  // unverified
    case .guardDuty: "guardduty"
    }
  }

  /// The longest document, in characters as they are sent. AWS: Organizations user guide, "Quotas and service limits".
  var longestDocument: Int {
    switch self {
    case .serviceControl: PolicyLimits.serviceControl
    case .resourceControl: PolicyLimits.resourceControl
    case .aiServicesOptOut: 2_500
    default: 10_000
    }
  }

  /// How many policies of the kind can be attached to one root, unit or account. AWS: as above; unverified for the kinds of
  /// 2026.
  var mostAttached: Int {
    switch self {
    case .serviceControl: PolicyLimits.serviceControlAttachments
    case .resourceControl: PolicyLimits.resourceControlAttachments
    case .tag, .backup, .declarativeEC2, .securityHub: 10
    default: 5
    }
  }

  /// How many policies of the kind an organization can have. AWS: as above.
  var mostPolicies: Int {
    switch self {
    case .serviceControl: 10_000
    case .resourceControl: 2_000
    default: 1_000
    }
  }

  /// The service that must have access to the organization before the kind can be enabled, and keeps it until the kind is
  /// disabled. AWS: Organizations API, SERVICE_ACCESS_NOT_ENABLED and POLICY_TYPE_ENABLED_FOR_THIS_SERVICE; unverified for
  /// others than Security Hub.
  var neededService: String? {
    switch self {
    case .securityHub, .securityHubCSPM: "securityhub.amazonaws.com"
    case .inspector: "inspector2.amazonaws.com"
    case .guardDuty: "guardduty.amazonaws.com"
    default: nil
    }
  }
}
