import Cloud
import Identity
import Wire

/// Which settings a kind of management policy has, and which values they take.
indirect enum ManagementPolicySchema: Sendable {
  /// A group of settings of these names.
  case group([String: ManagementPolicySchema])
  /// A group whose members the author names.
  case named(@Sendable (String) -> Bool, ManagementPolicySchema)
  /// One value, which only `@@assign` gives.
  case value(@Sendable (String) -> Bool)
  /// Values; `mayBeEmpty` says whether an operator may name none.
  case list(mayBeEmpty: Bool, @Sendable (String) -> Bool)

  /// One of these values.
  static func choice(_ values: String...) -> ManagementPolicySchema { .value { values.contains($0) } }

  /// A whole number of at least `least`, in digits.
  static func number(_ least: Int) -> ManagementPolicySchema {
    .value { text in
      text.utf8.allSatisfy { (48...57).contains($0) } && text.utf8.count <= 16 && (Int(text) ?? -1) >= least
    }
  }

  /// Any text.
  static let text = ManagementPolicySchema.value { _ in true }

  /// - Throws: ``ManagementPolicy/Malformed`` if a setting isn't one of the schema's.
  func check(_ node: ManagementPolicy.Node, _ path: String) throws(ManagementPolicy.Malformed) {
    switch self {
    case .group(let members):
      guard node.isGroup else { throw ManagementPolicy.Malformed("\(path) is a group") }
      for (name, member) in node.members {
        guard let schema = members[name] else { throw ManagementPolicy.Malformed("\(path)/\(name) is unknown") }
        try schema.check(member, "\(path)/\(name)")
      }
    case .named(let isName, let schema):
      guard node.isGroup else { throw ManagementPolicy.Malformed("\(path) is a group") }
      for (name, member) in node.members {
        guard isName(name) else { throw ManagementPolicy.Malformed("\(name) is no name in \(path)") }
        try schema.check(member, "\(path)/\(name)")
      }
    case .value(let isValue):
      guard node.members.isEmpty, node.appended == nil, node.removed == nil else {
        throw ManagementPolicy.Malformed("\(path) has one value")
      }
      if let assigned = node.assigned {
        guard let text = assigned.scalarText, isValue(text) else { throw ManagementPolicy.Malformed("\(path)'s value") }
      }
    case .list(let mayBeEmpty, let isValue):
      guard node.members.isEmpty, node.assigned.map({ $0.array != nil }) ?? true else {
        throw ManagementPolicy.Malformed("\(path) is a list")
      }
      let lists = [node.assigned?.array, node.appended, node.removed].compactMap { $0 }
      guard mayBeEmpty || lists.allSatisfy({ !$0.isEmpty }) else {
        throw ManagementPolicy.Malformed("\(path) is empty")
      }
      for value in node.values where !(value.scalarText.map(isValue) ?? false) {
        throw ManagementPolicy.Malformed("a value of \(path)")
      }
    }
  }
}

extension ManagementPolicySchema {
  /// AWS: Organizations user guide, "AI services opt-out policy syntax".
  static let aiServices = ManagementPolicySchema.named(
    { aiServiceNames.contains($0) }, .group(["opt_out_policy": .choice("optIn", "optOut")]))

  private static let aiServiceNames: Set<String> = [
    "aidevops", "aiops", "awssupplychain", "biodiscovery", "chimesdkvoiceanalytics", "cloudwatch", "codeguruprofiler",
    "codewhisperer", "comprehend", "config", "connect", "connectamd", "connectdecision", "connecthealth::operations",
    "connecthealth::training", "connectoptimization", "contactlens", "datazone", "default", "dms", "entityresolution",
    "finopsagent", "frauddetector", "glue", "guardduty", "lex", "polly", "q", "quicksightq", "rekognition",
    "scenariodiscovery", "securityhub", "securitylake", "textract", "transcribe", "transform", "translate",
    "workspaces",
  ]

  /// AWS: Organizations user guide, "Amazon S3 policy syntax".
  static let s3Attributes = ManagementPolicySchema.group(["public_access_block_configuration": .choice("all", "none")])

  // MARK: Backup

  /// AWS: Organizations user guide, "Backup policy syntax". unverified: the calendar of `schedule_expression` isn't checked,
  /// only its form.
  static let backupPlans = ManagementPolicySchema.named(
    isBackupName,
    .group([
      "regions": .list(mayBeEmpty: true) { Region($0) != nil },
      "rules": .named(isBackupName, backupRule),
      "selections": .group([
        "tags": .named({ !$0.isEmpty }, tagSelection), "resources": .named({ !$0.isEmpty }, resourceSelection),
      ]),
      "advanced_backup_settings": .group([
        "ec2": .group(["windows_vss": .choice("enabled", "disabled")]),
        "s3": .group([
          "backup_acls": .choice("enabled", "disabled"), "backup_object_tags": .choice("enabled", "disabled"),
        ]),
      ]),
      "backup_plan_tags": tags,
      "scan_settings": .group([
        "GUARDDUTY": .group([
          "resource_types": .list(mayBeEmpty: false) { ["EBS", "EC2", "S3", "ALL"].contains($0) },
          "scanner_role_arn": roleARN,
        ])
      ]),
    ]))

  private static let backupRule = ManagementPolicySchema.group([
    "schedule_expression": .value { $0.hasPrefix("cron(") && $0.hasSuffix(")") },
    "schedule_expression_timezone": text,
    "start_backup_window_minutes": number(60),
    "complete_backup_window_minutes": number(60),
    "enable_continuous_backup": .choice("true", "false"),
    "target_backup_vault_name": .value { isVaultName($0[...]) },
    "target_logically_air_gapped_backup_vault_arn": .value { isVaultARN($0) },
    "lifecycle": lifecycle,
    "copy_actions": .named(
      { isVaultARN($0) },
      .group(["target_backup_vault_arn": .value { isVaultARN($0) }, "lifecycle": lifecycle])),
    "recovery_point_tags": tags,
    "index_actions": .group(["resource_types": .list(mayBeEmpty: false) { ["EBS", "S3"].contains($0) }]),
    "scan_actions": .group(["GUARDDUTY": .group(["scan_mode": .choice("INCREMENTAL_SCAN", "FULL_SCAN")])]),
  ])

  private static let lifecycle = ManagementPolicySchema.group([
    "move_to_cold_storage_after_days": number(1), "delete_after_days": number(1),
    "opt_in_to_archive_for_supported_resources": .choice("true", "false"),
  ])

  private static let tags = ManagementPolicySchema.named(
    { !$0.isEmpty },
    .group([
      "tag_key": .value { (1...128).contains($0.unicodeScalars.count) },
      "tag_value": .value { $0.unicodeScalars.count <= 256 },
    ]))

  private static let tagSelection = ManagementPolicySchema.group([
    "iam_role_arn": roleARN, "tag_key": text, "tag_value": .list(mayBeEmpty: false) { _ in true },
    "conditions": conditions,
  ])

  private static let resourceSelection = ManagementPolicySchema.group([
    "iam_role_arn": roleARN, "resource_types": .list(mayBeEmpty: false) { _ in true },
    "not_resource_types": .list(mayBeEmpty: false) { _ in true }, "conditions": conditions,
  ])

  private static let conditions = ManagementPolicySchema.named(
    { ["string_equals", "string_not_equals", "string_like", "string_not_like"].contains($0) },
    .named({ !$0.isEmpty }, .group(["condition_key": text, "condition_value": text])))

  /// `arn:aws:iam::$account:role/…`
  private static let roleARN = ManagementPolicySchema.value { text in
    let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
    return parts.count == 6 && parts[0] == "arn" && parts[2] == "iam" && parts[5].hasPrefix("role/")
  }

  private static let isBackupName: @Sendable (String) -> Bool = { name in
    (1...50).contains(name.utf8.count) && name.utf8.allSatisfy { isNameByte($0) || $0 == UInt8(ascii: ".") }
  }

  private static func isVaultName(_ name: Substring) -> Bool {
    (1...50).contains(name.utf8.count) && name.utf8.allSatisfy(isNameByte)
  }

  /// `arn:aws:backup:us-east-1:$account:backup-vault:name`
  private static func isVaultARN(_ text: String) -> Bool {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    return parts.count == 7 && parts[0] == "arn" && parts[2] == "backup" && parts[5] == "backup-vault"
      && isVaultName(parts[6])
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}
