import Cloud
import Wire

extension ReplicationRules {
  private static let schema =
    "for this version of Cross Region Replication configuration schema. Please refer to S3 Developer Guide for more "
    + "information."

  /// Reads a configuration.
  /// AWS: PutBucketReplication, and texts as quoted in the issues of tools.
  /// - Throws: MalformedXML, InvalidArgument, InvalidRequest; NotImplemented for what isn't built.
  init(_ wanted: ReplicationConfiguration, _ random: RandomSource) throws(AWSError) {
    guard (1...1000).contains(wanted.rules.count) else { throw .malformedXML() }
    role = wanted.role
    guard let arn = ARN(role), arn.service == "iam", arn.resource.hasPrefix("role/") else {
      throw .invalidArgument("Invalid Role specified in replication configuration", "Role", role)
    }
    rules = []
    for rule in wanted.rules { rules.append(try ReplicationRules.read(rule, random)) }
    var ids: Set<String> = []
    var priorities: Set<Int> = []
    for rule in rules {
      // unverified: the wordings.
      guard ids.insert(rule.id).inserted else { throw .invalidArgument("Rule Id must be unique", "ID", rule.id) }
      if let priority = rule.priority, !priorities.insert(priority).inserted {
        throw .invalidRequest("Found duplicate priority \(priority)")
      }
    }
    if Set(rules.map { $0.filter.form == .oldPrefix }).count > 1 {
      // unverified: the wording.
      throw .invalidRequest("Rules with and without a Filter can't be in one replication configuration")
    }
  }

  private static func read(_ wanted: ReplicationRule, _ random: RandomSource) throws(AWSError) -> Rule {
    guard wanted.status == "Enabled" || wanted.status == "Disabled", wanted.id?.utf8.count ?? 0 <= 255 else {
      throw .malformedXML()
    }
    try refuseUnbuilt(wanted)
    let filter = try filter(wanted)
    if filter.form != .oldPrefix {
      if wanted.priority == nil { throw .invalidRequest("Priority must be specified \(schema)") }
      guard let markers = wanted.deleteMarkerReplication?.status else {
        throw .invalidRequest("DeleteMarkerReplication must be specified \(schema)")
      }
      if markers == "Enabled", !filter.tags.isEmpty {
        throw .invalidRequest(
          "Delete marker replication is not supported if any Tag filter is specified. Please refer to S3 Developer Guide "
            + "for more information.")
      }
    }
    guard let target = ARN(wanted.destination.bucket), target.service == "s3", target.account.isEmpty,
      !target.resource.contains("/")
    else { throw .invalidArgument("Invalid bucket ARN", "Bucket", wanted.destination.bucket) }
    if let storageClass = wanted.destination.storageClass, !NewObject.storageClasses.contains(storageClass) {
      throw .malformedXML()
    }
    if let account = wanted.destination.account, AccountID(account) == nil {
      throw .invalidArgument("Invalid account ID", "Account", account)
    }
    return Rule(
      id: wanted.id.flatMap { $0.isEmpty ? nil : $0 } ?? random.text(48, .alphanumeric), priority: wanted.priority,
      isEnabled: wanted.status == "Enabled", filter: filter, target: target.resource,
      account: wanted.destination.account, storageClass: wanted.destination.storageClass,
      changesOwner: wanted.destination.accessControlTranslation != nil,
      copiesMarkers: wanted.deleteMarkerReplication?.status.map { $0 == "Enabled" },
      existing: wanted.existingObjectReplication.map { $0.status == "Enabled" })
  }

  private static func filter(_ wanted: ReplicationRule) throws(AWSError) -> LifecycleRules.Filter {
    guard let filter = wanted.filter else {
      guard let prefix = wanted.prefix else { throw .malformedXML() }
      return LifecycleRules.Filter(form: .oldPrefix, prefix: prefix)
    }
    if wanted.prefix != nil { throw .malformedXML() }
    if [filter.prefix != nil, filter.tag != nil, filter.and != nil].filter({ $0 }).count > 1 { throw .malformedXML() }
    if let prefix = filter.prefix { return LifecycleRules.Filter(form: .prefix, prefix: prefix) }
    if let tag = filter.tag {
      return LifecycleRules.Filter(form: .tag, tags: [TagPair(key: tag.key, value: tag.value)])
    }
    if let and = filter.and {
      let tags = (and.tags ?? []).map { TagPair(key: $0.key, value: $0.value) }
      if tags.count + (and.prefix == nil ? 0 : 1) < 2 { throw .malformedXML() }
      return LifecycleRules.Filter(form: .and, prefix: and.prefix ?? "", tags: tags)
    }
    return LifecycleRules.Filter(form: .empty)
  }

  private static func refuseUnbuilt(_ wanted: ReplicationRule) throws(AWSError) {
    var what: String?
    if wanted.existingObjectReplication?.status == "Enabled" { what = "replicating existing objects" }
    if wanted.sourceSelectionCriteria?.replicaModifications?.status == "Enabled" {
      what = "replicating changes of replicas"
    }
    if wanted.sourceSelectionCriteria?.sseKmsEncryptedObjects?.status == "Enabled" {
      what = "replicating objects encrypted with KMS keys"
    }
    if wanted.destination.encryptionConfiguration != nil { what = "encrypting replicas with a key of their own" }
    if wanted.destination.replicationTime?.status == "Enabled" { what = "replication time control" }
    if wanted.destination.metrics?.status == "Enabled" { what = "replication metrics" }
    guard let what else { return }
    throw AWSError(
      "NotImplemented", "The feature \(what) is not built in Hakoniwa; docs/s3.md lists what is.", status: 501,
      fault: .receiver)
  }

  /// The configuration as it is shown.
  var shown: ReplicationConfiguration { ReplicationConfiguration(role: role, rules: rules.map(\.shown)) }
}

extension ReplicationRules.Rule {
  fileprivate var shown: ReplicationRule {
    ReplicationRule(
      id: id, priority: priority, prefix: filter.form == .oldPrefix ? filter.prefix : nil, filter: shownFilter,
      status: isEnabled ? "Enabled" : "Disabled",
      existingObjectReplication: existing.map { ExistingObjectReplication(status: $0 ? "Enabled" : "Disabled") },
      destination: Destination(
        bucket: "arn:aws:s3:::\(target)", account: account, storageClass: storageClass,
        accessControlTranslation: changesOwner ? AccessControlTranslation(owner: "Destination") : nil),
      deleteMarkerReplication: copiesMarkers.map { DeleteMarkerReplication(status: $0 ? "Enabled" : "Disabled") })
  }

  private var shownFilter: ReplicationRuleFilter? {
    let tags = filter.tags.map { Tag(key: $0.key, value: $0.value) }
    switch filter.form {
    case .oldPrefix: return nil
    case .prefix: return ReplicationRuleFilter(prefix: filter.prefix)
    case .tag: return ReplicationRuleFilter(tag: tags.first)
    case .and:
      return ReplicationRuleFilter(
        and: ReplicationRuleAndOperator(prefix: filter.prefix.isEmpty ? nil : filter.prefix, tags: tags))
    default: return ReplicationRuleFilter()
    }
  }
}
