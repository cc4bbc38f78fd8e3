import Identity
import Wire

/// What management policies must look like before they are stored.
///
/// All kinds: one group at the top, by the kind's name, and operators where values stand. Tag, backup, AI opt-out, S3, chat and
/// declarative EC2 policies by all rules of their syntax pages and of what AWS is recorded to take and refuse; of the others, the
/// settings themselves aren't held against their service's vocabulary.
enum ManagementPolicyRules {
  static func check(_ policy: ManagementPolicy, _ kind: PolicyKind) throws(ManagementPolicy.Malformed) {
    guard let key = kind.topLevelKey, policy.root.members.count == 1, let top = policy.root[key] else {
      throw ManagementPolicy.Malformed("a \(kind.rawValue) has one member, \(kind.topLevelKey ?? "")")
    }
    guard top.isGroup else { throw ManagementPolicy.Malformed("\(key) is a group of settings") }
    try checkShape(top)
    switch kind {
    case .tag: try checkTags(top)
    case .aiServicesOptOut: try ManagementPolicySchema.aiServices.check(top, key)
    case .chatbot: try ManagementPolicySchema.chatbot.check(top, key)
    case .declarativeEC2: try ManagementPolicySchema.ec2Attributes.check(top, key)
    case .s3: try ManagementPolicySchema.s3Attributes.check(top, key)
    case .backup:
      try ManagementPolicySchema.backupPlans.check(top, key)
      try checkContinuousBackups(top)
    case .guardDuty where top.members.isEmpty:
      // AWS: "Amazon GuardDuty policy syntax": a policy must contain at least one block.
      throw ManagementPolicy.Malformed("no block")
    default: return
    }
  }

  /// Values and further settings don't stand beside each other, and values are scalars or lists of scalars.
  private static func checkShape(_ node: ManagementPolicy.Node) throws(ManagementPolicy.Malformed) {
    guard node.isGroup || node.members.isEmpty else {
      throw ManagementPolicy.Malformed("a setting has both a value and settings")
    }
    guard node.values.allSatisfy({ $0.scalarText != nil }) else {
      throw ManagementPolicy.Malformed("a value is an object or a list in a list")
    }
    for member in node.members { try checkShape(member.node) }
  }

  /// AWS: Organizations user guide, "Tag policy syntax"; recorded from AWS.
  private static func checkTags(_ tags: ManagementPolicy.Node) throws(ManagementPolicy.Malformed) {
    var keys: Set<String> = []
    for (key, tag) in tags.members {
      guard !key.isEmpty, tag.isGroup, keys.insert(key.lowercased()).inserted else {
        throw ManagementPolicy.Malformed("the tag \(key)")
      }
      for (name, setting) in tag.members {
        guard setting.members.isEmpty else { throw ManagementPolicy.Malformed("\(name) is no group") }
        switch name {
        case "tag_key":
          guard setting.appended == nil, setting.removed == nil else {
            throw ManagementPolicy.Malformed("tag_key has one value")
          }
          if let assigned = setting.assigned, assigned.string?.lowercased() != key.lowercased() {
            throw ManagementPolicy.Malformed("tag_key must be \(key), in any case")
          }
        case "tag_value":
          try checkList(name, setting)
          for value in setting.values where (value.scalarText ?? "").count(where: { $0 == "*" }) > 1 {
            throw ManagementPolicy.Malformed("more than one * in a value")
          }
        case "enforced_for":
          try checkList(name, setting)
          for value in setting.values where !TagPolicyResourceTypes.canBeEnforced(value.string ?? "") {
            throw ManagementPolicy.Malformed("\(value.scalarText ?? "") can't be enforced")
          }
        case "report_required_tag_for":
          try checkList(name, setting)
          for value in setting.values where !TagPolicyResourceTypes.canBeRequired(value.string ?? "") {
            throw ManagementPolicy.Malformed("\(value.scalarText ?? "") is no resource type")
          }
        default: throw ManagementPolicy.Malformed("unknown member \(name)")
        }
      }
    }
  }

  /// AWS: Organizations user guide, "Backup policy syntax": a rule with continuous backups keeps them for 35 days at most, and
  /// has no cold storage.
  private static func checkContinuousBackups(_ plans: ManagementPolicy.Node) throws(ManagementPolicy.Malformed) {
    for (_, plan) in plans.members {
      for (name, rule) in plan["rules"]?.members ?? []
      where rule["enable_continuous_backup"]?.assigned?.scalarText == "true" {
        let days = rule["lifecycle"]?["delete_after_days"]?.assigned?.scalarText.flatMap { Int($0) }
        guard let days, days <= 35, rule["lifecycle"]?["move_to_cold_storage_after_days"] == nil else {
          throw ManagementPolicy.Malformed("the continuous backups of \(name)")
        }
      }
    }
  }

  private static func checkList(
    _ name: String, _ setting: ManagementPolicy.Node
  ) throws(ManagementPolicy.Malformed) {
    guard setting.assigned.map({ $0.array != nil }) ?? true else {
      throw ManagementPolicy.Malformed("\(name) is a list")
    }
  }
}
