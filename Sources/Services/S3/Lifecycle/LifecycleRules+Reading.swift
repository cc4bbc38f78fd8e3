import Cloud
import Wire

extension LifecycleRules {
  private static let largest = 1000
  private static let targets: Set<String> = [
    "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER", "GLACIER_IR", "DEEP_ARCHIVE",
  ]

  /// Reads a configuration.
  /// AWS: PutBucketLifecycleConfiguration, and texts as quoted in the issues of SDKs and tools.
  /// - Throws: MalformedXML, InvalidArgument, InvalidRequest.
  init(_ wanted: BucketLifecycleConfiguration, smallObjects: String?, _ random: RandomSource) throws(AWSError) {
    guard (1...LifecycleRules.largest).contains(wanted.rules.count) else { throw .malformedXML() }
    rules = []
    for rule in wanted.rules { rules.append(try LifecycleRules.read(rule, random)) }
    var ids: Set<String> = []
    for rule in rules where !ids.insert(rule.id).inserted {
      throw .invalidArgument("Rule ID must be unique. Found same ID for more than one rule", "ID", rule.id)
    }
    if let smallObjects {
      guard let known = SmallObjects(rawValue: smallObjects) else {
        // unverified: the wording.
        throw .invalidRequest("Invalid TransitionDefaultMinimumObjectSize found: \(smallObjects)")
      }
      self.smallObjects = known
    }
  }

  private static func read(_ wanted: LifecycleRule, _ random: RandomSource) throws(AWSError) -> Rule {
    if let id = wanted.id, id.utf8.count > 255 {
      throw .invalidArgument("ID length should not exceed allowed limit of 255", "ID", id)
    }
    guard wanted.status == "Enabled" || wanted.status == "Disabled" else { throw .malformedXML() }
    var rule = Rule(
      id: wanted.id.flatMap { $0.isEmpty ? nil : $0 } ?? random.text(48, .alphanumeric),
      isEnabled: wanted.status == "Enabled", filter: try filter(wanted))
    let shown = "'(prefix=\(rule.filter.prefix))'"
    rule.expiration = try expiration(wanted.expiration)
    for transition in wanted.transitions ?? [] { rule.transitions.append(try read(transition)) }
    for action in wanted.noncurrentVersionTransitions ?? [] {
      guard let storageClass = action.storageClass, targets.contains(storageClass), let days = action.noncurrentDays
      else { throw .malformedXML() }
      try check(days >= 0, "'NoncurrentDays' in NoncurrentVersionTransition action must be nonnegative", days)
      try checkKept(action.newerNoncurrentVersions, "NoncurrentVersionTransition")
      try checkWarm(days, storageClass, "'NoncurrentDays' in NoncurrentVersionTransition action")
      rule.noncurrentTransitions.append(
        Noncurrent(days: days, kept: action.newerNoncurrentVersions, storageClass: storageClass))
    }
    if let action = wanted.noncurrentVersionExpiration {
      guard let days = action.noncurrentDays else { throw .malformedXML() }
      try check(
        days > 0, "'NoncurrentDays' for NoncurrentVersionExpiration action must be a positive integer", days)
      try checkKept(action.newerNoncurrentVersions, "NoncurrentVersionExpiration")
      rule.noncurrentExpiration = Noncurrent(days: days, kept: action.newerNoncurrentVersions)
    }
    if let action = wanted.abortIncompleteMultipartUpload {
      guard let days = action.daysAfterInitiation else { throw .malformedXML() }
      try check(
        days > 0, "'DaysAfterInitiation' for AbortIncompleteMultipartUpload action must be a positive integer", days)
      rule.abortDays = days
    }
    try checkTogether(rule, shown)
    return rule
  }

  // MARK: Parts

  private static func filter(_ wanted: LifecycleRule) throws(AWSError) -> Filter {
    guard let filter = wanted.filter else {
      guard let prefix = wanted.prefix else { throw .malformedXML() }
      return Filter(form: .oldPrefix, prefix: prefix)
    }
    if wanted.prefix != nil { throw .malformedXML() }
    let parts: [Bool] = [
      filter.prefix != nil, filter.tag != nil, filter.objectSizeGreaterThan != nil, filter.objectSizeLessThan != nil,
      filter.and != nil,
    ]
    if parts.filter({ $0 }).count > 1 { throw .malformedXML() }
    var result = Filter(form: .empty)
    if let prefix = filter.prefix {
      result = Filter(form: .prefix, prefix: prefix)
    } else if let tag = filter.tag {
      result = Filter(form: .tag, tags: [TagPair(key: tag.key, value: tag.value)])
    } else if let size = filter.objectSizeGreaterThan {
      result = Filter(form: .greater, greater: Int64(size))
    } else if let size = filter.objectSizeLessThan {
      result = Filter(form: .less, less: Int64(size))
    } else if let and = filter.and {
      result = Filter(
        form: .and, prefix: and.prefix ?? "", tags: (and.tags ?? []).map { TagPair(key: $0.key, value: $0.value) },
        greater: and.objectSizeGreaterThan.map { Int64($0) }, less: and.objectSizeLessThan.map { Int64($0) })
      let predicates =
        (and.prefix == nil ? 0 : 1) + result.tags.count + (result.greater == nil ? 0 : 1) + (result.less == nil ? 0 : 1)
      if predicates < 2 { throw .malformedXML() }
    }
    try TagRules.check(result.tags, limit: TagRules.objectLimit)
    if let greater = result.greater, let less = result.less, less <= greater {
      throw .invalidRequest("'ObjectSizeLessThan' has to be a value greater than 'ObjectSizeGreaterThan'.")
    }
    return result
  }

  private static func expiration(_ wanted: LifecycleExpiration?) throws(AWSError) -> Expiration? {
    guard let wanted else { return nil }
    let count = [wanted.days != nil, wanted.date != nil, wanted.expiredObjectDeleteMarker != nil].filter { $0 }.count
    guard count == 1 else { throw .malformedXML() }
    if let days = wanted.days {
      try check(days > 0, "'Days' for Expiration action must be a positive integer", days)
      return Expiration(when: .days(days))
    }
    if let date = wanted.date { return Expiration(when: .date(try midnight(date))) }
    return Expiration(removesMarkers: wanted.expiredObjectDeleteMarker)
  }

  private static func read(_ wanted: S3.Transition) throws(AWSError) -> Transition {
    guard let storageClass = wanted.storageClass, targets.contains(storageClass),
      (wanted.days == nil) != (wanted.date == nil)
    else { throw .malformedXML() }
    if let date = wanted.date { return Transition(when: .date(try midnight(date)), storageClass: storageClass) }
    let days = wanted.days ?? 0
    try check(days >= 0, "'Days' in Transition action must be nonnegative", days)
    try checkWarm(days, storageClass, "'Days' in Transition action")
    return Transition(when: .days(days), storageClass: storageClass)
  }

  // MARK: Checks

  private static func check(_ holds: Bool, _ message: String, _ value: Int) throws(AWSError) {
    if !holds { throw .invalidArgument(message, "Days", "\(value)") }
  }

  private static func checkWarm(_ days: Int, _ storageClass: String, _ what: String) throws(AWSError) {
    guard storageClass == "STANDARD_IA" || storageClass == "ONEZONE_IA" else { return }
    try check(
      days >= 30, "\(what) must be greater than or equal to 30 for storageClass '\(storageClass)'", days)
  }

  private static func checkKept(_ count: Int?, _ action: String) throws(AWSError) {
    guard let count else { return }
    // unverified: the wording. AWS: up to 100.
    try check((1...100).contains(count), "'NewerNoncurrentVersions' for \(action) must be between 1 and 100", count)
  }

  private static func midnight(_ date: Timestamp) throws(AWSError) -> Timestamp {
    guard date.nextMidnight == date else {
      throw .invalidArgument("'Date' must be at midnight GMT", "Date", date.iso8601)
    }
    return date
  }

  private static func checkTogether(_ rule: Rule, _ shown: String) throws(AWSError) {
    if rule.expiration == nil, rule.transitions.isEmpty, rule.noncurrentTransitions.isEmpty,
      rule.noncurrentExpiration == nil, rule.abortDays == nil
    {
      throw .invalidRequest("At least one action needs to be specified in a rule")
    }
    if !rule.filter.tags.isEmpty || rule.filter.hasSize {
      let what = rule.filter.tags.isEmpty ? "Object Size" : "Tags"
      if rule.abortDays != nil {
        throw .invalidRequest("AbortIncompleteMultipartUpload cannot be specified with \(what).")
      }
      if rule.expiration?.removesMarkers != nil {
        throw .invalidRequest("ExpiredObjectDeleteMarker cannot be specified with \(what).")
      }
    }
    var lastDays: Int?
    var lastDate: Timestamp?
    var classes: Set<String> = []
    for transition in rule.transitions {
      guard classes.insert(transition.storageClass).inserted else {
        // unverified: the wording.
        throw .invalidRequest("'StorageClass' must be different for 'Transition' actions in same 'Rule' with \(shown)")
      }
      switch transition.when {
      case .days(let days): lastDays = max(lastDays ?? 0, days)
      case .date(let date): lastDate = max(lastDate ?? date, date)
      }
    }
    let when = rule.expiration?.when
    var isMixed = lastDays != nil && lastDate != nil
    if case .days? = when, lastDate != nil { isMixed = true }
    if case .date? = when, lastDays != nil { isMixed = true }
    if isMixed {
      throw .invalidRequest(
        "Found mixed 'Date' and 'Days' based Expiration and Transition actions in lifecycle rule for filter \(shown)")
    }
    if case .days(let days)? = when, let lastDays, days <= lastDays {
      throw .invalidArgument(
        "'Days' in the Expiration action for filter \(shown) must be greater than 'Days' in the Transition action",
        "Days", "\(days)")
    }
    if case .date(let date)? = when, let lastDate, date <= lastDate {
      throw .invalidArgument(
        "'Date' in the Expiration action for filter \(shown) must be later than 'Date' in the Transition action",
        "Date",
        date.iso8601)
    }
  }
}
