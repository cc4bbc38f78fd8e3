/// The settings of policies about chat applications and about EC2.
extension ManagementPolicySchema {
  private static let onOff = choice("enabled", "disabled")

  // MARK: Chat applications

  /// AWS: Organizations user guide, "Chat applications policy syntax and examples".
  static let chatbot = ManagementPolicySchema.group([
    "platforms": .group(["slack": slack, "microsoft_teams": microsoftTeams, "chime": .group(["client": onOff])]),
    "default": .group(["client": onOff]),
  ])

  private static let slack = ManagementPolicySchema.group([
    "client": onOff,
    "workspaces": .list(mayBeEmpty: false) { $0 == "*" || isSlackWorkspace($0) },
    "default": slackRoles,
    "overrides": .named({ isSlackWorkspace($0) }, slackRoles),
  ])

  private static let slackRoles = ManagementPolicySchema.group([
    "supported_channel_types": .list(mayBeEmpty: false) { $0 == "public" || $0 == "private" },
    "supported_role_settings": roleSettings,
  ])

  private static let microsoftTeams = ManagementPolicySchema.group([
    "client": onOff,
    "tenants": .named(
      { $0 == "*" || isTeamsIdentifier($0) }, .list(mayBeEmpty: false) { $0 == "*" || isTeamsIdentifier($0) }),
    "default": teamsRoles,
    "overrides": .named({ isTeamsIdentifier($0) }, .named({ isTeamsIdentifier($0) }, teamsRoles)),
  ])

  private static let teamsRoles = ManagementPolicySchema.group(["supported_role_settings": roleSettings])

  private static let roleSettings = ManagementPolicySchema.list(mayBeEmpty: false) {
    $0 == "user_role" || $0 == "channel_role"
  }

  /// AWS Chatbot API, `SlackTeamId`.
  private static func isSlackWorkspace(_ text: String) -> Bool {
    (1...255).contains(text.utf8.count) && text.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0) }
  }

  /// A UUID in lower case.
  private static func isTeamsIdentifier(_ text: String) -> Bool {
    text.wholeMatch(of: /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/) != nil
  }

  // MARK: EC2

  /// AWS: Organizations user guide, "Declarative policy syntax and examples".
  static let ec2Attributes = ManagementPolicySchema.group([
    "exception_message": text,
    "vpc_block_public_access": .group([
      "internet_gateway_block": .group([
        "mode": .choice("off", "block_ingress", "block_bidirectional"), "exclusions_allowed": onOff,
      ])
    ]),
    "serial_console_access": .group(["status": onOff]),
    "image_block_public_access": .group(["state": .choice("unblocked", "block_new_sharing")]),
    "snapshot_block_public_access": .group(["state": .choice("unblocked", "block_new_sharing", "block_all_sharing")]),
    "allowed_images_settings": .group([
      "state": .choice("enabled", "disabled", "audit_mode"),
      "image_criteria": .named({ criteria.contains($0) }, imageCriterion),
    ]),
    "instance_metadata_defaults": .group([
      "http_tokens": .choice("required", "optional", "no_preference"),
      "http_put_response_hop_limit": .value { text in
        text == "-1" || Int(text).map { (1...64).contains($0) } ?? false
      },
      "http_endpoint": .choice("enabled", "disabled", "no_preference"),
      "instance_metadata_tags": .choice("enabled", "disabled", "no_preference"),
      "http_tokens_enforced": .choice("enabled", "disabled", "no_preference"),
    ]),
  ])

  private static let criteria = Set((1...10).map { "criteria_\($0)" })

  private static let imageCriterion = ManagementPolicySchema.group([
    "allowed_image_providers": .list(mayBeEmpty: false) { isImageProvider($0) },
    "image_names": .list(mayBeEmpty: false) { !$0.isEmpty },
    "marketplace_product_codes": .list(mayBeEmpty: false) { !$0.isEmpty },
    "creation_date_condition": .group(["maximum_days_since_created": number(0)]),
    "deprecation_time_condition": .group(["maximum_days_since_deprecated": number(0)]),
  ])

  /// An account, or one of the owners with a name.
  private static func isImageProvider(_ text: String) -> Bool {
    ["amazon", "aws_marketplace", "aws_backup_vault", "none"].contains(text)
      || text.utf8.count == 12 && text.utf8.allSatisfy { (48...57).contains($0) }
  }
}
