import Identity
import Wire

/// Why an effective policy isn't valid, though each of the policies in it is.
struct EffectivePolicyProblem: Sendable, Codable, Equatable {
  /// `KEY_REQUIRED`, `ELEMENTS_TOO_FEW` or `ELEMENTS_TOO_MANY`.
  let code: String
  let message: String
  /// From the top, `plans/daily/rules`.
  let path: String
  /// The policies that the setting comes from, by id.
  let policies: [String]

  /// The problems of an effective policy, in the order of their paths; only tag and backup policies have rules that hold for
  /// the whole.
  static func all(_ effective: InheritedSetting, _ kind: PolicyKind) -> [EffectivePolicyProblem] {
    let problems =
      switch kind {
      case .tag: tagProblems(effective)
      case .backup: backupProblems(effective)
      default: [EffectivePolicyProblem]()
      }
    return problems.sorted { ($0.path, $0.message) < ($1.path, $1.message) }
  }

  // MARK: Tags

  /// At most 50 tags can be required for a resource type, and the whole can't have more than 395,000 bytes (recorded from AWS).
  private static func tagProblems(_ effective: InheritedSetting) -> [EffectivePolicyProblem] {
    var problems: [EffectivePolicyProblem] = []
    let size = TagPolicy.document(effective).text.utf8.count
    if size > 395_000 {
      problems.append(
        EffectivePolicyProblem(
          code: "ELEMENTS_TOO_MANY",
          message: "Effective policy size is \(size) bytes, which exceeds the maximum limit of 395000 bytes",
          path: "tags", policies: effective.allContributors))
    }
    var keys: [String: [String]] = [:]
    var policies: [String: Set<String>] = [:]
    for (name, setting) in effective["tags"]?.settings ?? [] {
      guard let required = setting["report_required_tag_for"] else { continue }
      for type in Set(required.value?.array?.compactMap(\.string) ?? []) {
        keys[type, default: []].append(name)
        policies[type, default: []].formUnion(required.contributors)
      }
    }
    for (type, names) in keys where names.count > 50 {
      let first = names.sorted().prefix(5).joined(separator: ", ")
      problems.append(
        EffectivePolicyProblem(
          code: "ELEMENTS_TOO_MANY",
          message: "Resource type '\(type)' has \(names.count) tags for 'report_required_tag_for', which exceeds the "
            + "maximum limit of 50. Contributing tag keys include: \(first) and \(names.count - 5) more",
          path: "tags", policies: (policies[type] ?? []).sorted()))
    }
    return problems
  }

  // MARK: Backup plans

  private static func backupProblems(_ effective: InheritedSetting) -> [EffectivePolicyProblem] {
    var problems: [EffectivePolicyProblem] = []
    for (name, plan) in effective["plans"]?.settings ?? [] where plan.document != nil {
      let path = "plans/\(name)"
      require(["regions", "rules", "selections"], in: plan, path, &problems)
      if plan["regions"]?.value?.array?.isEmpty == true {
        problems.append(tooFew("regions", in: plan, path))
      }
      for (rule, setting) in plan["rules"]?.settings ?? [] where setting.document != nil {
        require(["target_backup_vault_name"], in: setting, "\(path)/rules/\(rule)", &problems)
      }
      for (selection, setting) in plan["selections"]?["tags"]?.settings ?? [] where setting.document != nil {
        let inner = "\(path)/selections/tags/\(selection)"
        require(["iam_role_arn", "tag_key", "tag_value"], in: setting, inner, &problems)
        if setting["tag_value"]?.value?.array?.isEmpty == true {
          problems.append(tooFew("tag_value", in: setting, inner))
        }
      }
      for (selection, setting) in plan["selections"]?["resources"]?.settings ?? [] where setting.document != nil {
        require(["iam_role_arn"], in: setting, "\(path)/selections/resources/\(selection)", &problems)
      }
    }
    return problems
  }

  private static func require(
    _ names: [String], in setting: InheritedSetting, _ path: String, _ problems: inout [EffectivePolicyProblem]
  ) {
    for name in names where setting[name]?.document == nil {
      problems.append(
        EffectivePolicyProblem(
          code: "KEY_REQUIRED", message: "'\(name)' is missing", path: path, policies: setting.allContributors))
    }
  }

  private static func tooFew(_ name: String, in setting: InheritedSetting, _ path: String) -> EffectivePolicyProblem {
    EffectivePolicyProblem(
      code: "ELEMENTS_TOO_FEW", message: "'\(name)' is less than the allowed minimum limit 1",
      path: "\(path)/\(name)", policies: setting[name]?.allContributors ?? [])
  }
}
