import Identity
import Wire

/// What management policies must look like before they are stored.
///
/// All kinds: one group at the top, by the kind's name, and operators where values stand. Tag, AI opt-out and S3 policies by
/// all rules of their syntax pages and of what AWS is recorded to take and refuse; of the others, the settings themselves
/// aren't held against their service's vocabulary.
enum ManagementPolicyRules {
  static func check(_ policy: ManagementPolicy, _ kind: PolicyKind) throws(ManagementPolicy.Malformed) {
    guard let key = kind.topLevelKey, policy.root.members.count == 1, let top = policy.root[key] else {
      throw ManagementPolicy.Malformed("a \(kind.rawValue) has one member, \(kind.topLevelKey ?? "")")
    }
    guard top.isGroup else { throw ManagementPolicy.Malformed("\(key) is a group of settings") }
    try checkShape(top)
    switch kind {
    case .tag: try checkTags(top)
    case .aiServicesOptOut: try checkServices(top)
    case .s3: try checkS3(top)
    case .backup: try checkPlans(top)
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

  /// AWS: Organizations user guide, "AI services opt-out policy syntax".
  private static func checkServices(_ services: ManagementPolicy.Node) throws(ManagementPolicy.Malformed) {
    for (name, service) in services.members {
      guard !name.isEmpty, service.isGroup else { throw ManagementPolicy.Malformed("the service \(name)") }
      for (member, setting) in service.members {
        guard member == "opt_out_policy" else { throw ManagementPolicy.Malformed("unknown member \(member)") }
        try checkScalar(member, setting, ["optIn", "optOut"])
      }
    }
  }

  /// AWS: Organizations user guide, "Amazon S3 policy syntax".
  private static func checkS3(_ attributes: ManagementPolicy.Node) throws(ManagementPolicy.Malformed) {
    for (name, setting) in attributes.members {
      guard name == "public_access_block_configuration" else {
        throw ManagementPolicy.Malformed("unknown member \(name)")
      }
      try checkScalar(name, setting, ["all", "none"])
    }
  }

  /// AWS: Organizations user guide, "Backup policy syntax"; the lists are never given empty (recorded from AWS, but for
  /// `regions`).
  private static func checkPlans(_ plans: ManagementPolicy.Node) throws(ManagementPolicy.Malformed) {
    for (name, plan) in plans.members {
      guard !name.isEmpty, plan.isGroup else { throw ManagementPolicy.Malformed("the plan \(name)") }
      if let regions = plan["regions"] { try checkList("regions", regions) }
      for group in ["rules", "selections"] where plan[group]?.isGroup == false {
        throw ManagementPolicy.Malformed("\(group) is a group")
      }
      for (_, selection) in plan["selections"]?["tags"]?.members ?? [] {
        guard let values = selection["tag_value"] else { continue }
        try checkList("tag_value", values)
        guard values.assigned?.array?.isEmpty != true, values.appended?.isEmpty != true, values.removed?.isEmpty != true
        else { throw ManagementPolicy.Malformed("an empty tag_value") }
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

  private static func checkScalar(
    _ name: String, _ setting: ManagementPolicy.Node, _ allowed: Set<String>
  ) throws(ManagementPolicy.Malformed) {
    guard setting.members.isEmpty, setting.appended == nil, setting.removed == nil,
      setting.assigned.map({ allowed.contains($0.string ?? "") }) ?? true
    else { throw ManagementPolicy.Malformed("\(name) is one of \(allowed.sorted())") }
  }
}
