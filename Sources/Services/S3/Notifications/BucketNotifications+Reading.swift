import Checksums
import Cloud
import Wire

extension BucketNotifications {
  /// Reads a configuration and checks all of it that can be checked without asking the destinations.
  /// - Throws: InvalidArgument; NotImplemented isn't needed, for functions can't be destinations before there are any.
  init(
    _ wanted: NotificationConfiguration, for bucket: BucketRecord, _ random: RandomSource
  ) throws(AWSError) {
    sendsToEventBus = wanted.eventBridgeConfiguration != nil
    for topic in wanted.topicConfigurations ?? [] {
      rules.append(try Self.rule(.topic, topic.id, topic.topicArn, topic.events, topic.filter, bucket, random))
    }
    for queue in wanted.queueConfigurations ?? [] {
      rules.append(try Self.rule(.queue, queue.id, queue.queueArn, queue.events, queue.filter, bucket, random))
    }
    var ids: Set<String> = []
    for rule in rules where !ids.insert(rule.id).inserted {
      // unverified: the wording.
      throw .invalidArgument("Same ID used for multiple configurations. IDs must be unique", "Id", rule.id)
    }
    for (index, rule) in rules.enumerated() {
      for other in rules[..<index] {
        let events = other.overlap(rule)
        if events.isEmpty { continue }
        throw .invalidArgument(
          rule.hasFilter || other.hasFilter
            ? "Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are "
              + "overlapping for the same event type."
            : "Configurations overlap. Configurations on the same bucket cannot share a common event type.",
          "Event", events.joined(separator: ", "))
      }
    }
  }

  private static func rule(
    _ kind: Kind, _ id: String?, _ arn: String, _ events: [String], _ filter: NotificationConfigurationFilter?,
    _ bucket: BucketRecord, _ random: RandomSource
  ) throws(AWSError) -> Rule {
    guard let destination = ARN(arn), destination.service == kind.service, let account = destination.accountID,
      account.rawValue == destination.account
    else { throw .invalidArgument("The ARN could not be parsed", kind.element, arn) }
    guard destination.region == bucket.region.rawValue else {
      // unverified: the wording.
      throw .invalidArgument(
        "The notification destination service region is not valid for the bucket location constraint", kind.element, arn
      )
    }
    if destination.resource.hasSuffix(".fifo") {
      // AWS: S3 user guide, "FIFO queues aren't supported as an Amazon S3 event notification destination".
      throw .cannotNotify([(arn, "FIFO \(kind == .queue ? "queues" : "topics") are not supported as destinations")])
    }
    if let id, id.utf8.count > 255 {
      throw .invalidArgument("The Id must not be longer than 255 characters", "Id", id)
    }
    if events.isEmpty { throw .malformedXML() }
    for event in events where !ObjectEvent.configurable.contains(event) {
      throw .invalidArgument("The event is not supported for notifications", "Event", event)
    }
    // AWS gives such ids to configurations that have none: a UUID in base64.
    var rule = Rule(
      id: id.flatMap { $0.isEmpty ? nil : $0 } ?? Base64.encode(Array(random.uuid().utf8)), kind: kind, arn: arn,
      events: events)
    try read(filter, into: &rule)
    return rule
  }

  private static func read(_ filter: NotificationConfigurationFilter?, into rule: inout Rule) throws(AWSError) {
    for part in filter?.key?.filterRules ?? [] {
      let value = part.value ?? ""
      guard value.utf8.count <= 1024 else {
        throw .invalidArgument(
          "Size of filter rule value cannot exceed 1024 bytes in UTF-8 representation", "FilterRule.Value", value)
      }
      switch part.name?.lowercased() {
      case "prefix":
        guard rule.prefix == nil else {
          throw .invalidArgument(
            "Cannot specify more than one prefix rule in a filter.", "FilterRule.Name", part.name ?? "")
        }
        rule.prefix = value
      case "suffix":
        guard rule.suffix == nil else {
          throw .invalidArgument(
            "Cannot specify more than one suffix rule in a filter.", "FilterRule.Name", part.name ?? "")
        }
        rule.suffix = value
      default:
        throw .invalidArgument(
          "filter rule name must be either prefix or suffix", "FilterRule.Name", part.name ?? "")
      }
    }
  }

  /// The configuration as it is shown.
  var shown: NotificationConfiguration {
    var topics: [TopicConfiguration] = []
    var queues: [QueueConfiguration] = []
    for rule in rules {
      var parts: [FilterRule] = []
      if let prefix = rule.prefix { parts.append(FilterRule(name: "Prefix", value: prefix)) }
      if let suffix = rule.suffix { parts.append(FilterRule(name: "Suffix", value: suffix)) }
      let filter = parts.isEmpty ? nil : NotificationConfigurationFilter(key: S3KeyFilter(filterRules: parts))
      switch rule.kind {
      case .topic:
        topics.append(TopicConfiguration(id: rule.id, topicArn: rule.arn, events: rule.events, filter: filter))
      case .queue:
        queues.append(QueueConfiguration(id: rule.id, queueArn: rule.arn, events: rule.events, filter: filter))
      }
    }
    return NotificationConfiguration(
      topicConfigurations: topics.isEmpty ? nil : topics, queueConfigurations: queues.isEmpty ? nil : queues,
      eventBridgeConfiguration: sendsToEventBus ? EventBridgeConfiguration() : nil)
  }
}

extension AWSError {
  /// Destinations that can't be told, with what is wrong with each.
  static func cannotNotify(_ problems: [(arn: String, reason: String)]) -> AWSError {
    var fields: [(String, Value)] = []
    for (index, problem) in problems.enumerated() {
      fields.append(("ArgumentName\(index + 1)", .string(problem.arn)))
      fields.append(("ArgumentValue\(index + 1)", .string(problem.reason)))
    }
    return AWSError(
      "InvalidArgument", "Unable to validate the following destination configurations", status: 400, fields: fields)
  }
}
