import Cloud
import Wire

/// Tags of buses and rules: TagResource, UntagResource and ListTagsForResource.
enum Tagging {
  /// Tags of a request.
  /// - Throws: ValidationException, LimitExceededException.
  static func read(_ tags: [Tag]?) throws(AWSError) -> [String: String] {
    var result: [String: String] = [:]
    for tag in tags ?? [] {
      // unverified: words
      if tag.key.lowercased().hasPrefix("aws:") {
        throw .validation("Tag keys must not begin with aws:, which is reserved.")
      }
      if result.updateValue(tag.value, forKey: tag.key) != nil {
        throw .validation("Provided tag keys are not unique.")  // unverified: words
      }
    }
    if result.count > Quotas.tags { throw .limitExceeded() }
    return result
  }

  /// The condition keys of tags in a request.
  static func keys(_ tags: [Tag]?) -> [(name: String, value: ConditionValue)] {
    guard let tags, !tags.isEmpty else { return [] }
    return tags.map { (name: "aws:RequestTag/\($0.key)", value: .single($0.value)) }
      + [(name: "aws:TagKeys", value: .multiple(tags.map(\.key)))]
  }

  static func tag(
    _ input: TagResourceRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> TagResourceResponse {
    let new = try read(input.tags)
    try change(input.resourceARN, transaction) { tags in tags.merge(new) { _, new in new } }
    return TagResourceResponse()
  }

  static func untag(
    _ input: UntagResourceRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> UntagResourceResponse {
    try change(input.resourceARN, transaction) { tags in for key in input.tagKeys { tags[key] = nil } }
    return UntagResourceResponse()
  }

  static func list(
    _ input: ListTagsForResourceRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListTagsForResourceResponse {
    let tags =
      switch try resource(input.resourceARN, transaction) {
      case .bus(_, let record): record.tags
      case .rule(_, let record): record.tags
      }
    return ListTagsForResourceResponse(
      tags: tags.sorted { $0.key < $1.key }.map { Tag(key: $0.key, value: $0.value) })
  }

  /// The check of a tagging action.
  static func check(
    _ action: String, _ arn: String, _ keys: [(name: String, value: ConditionValue)], _ transaction: Transaction
  ) throws(AWSError) -> [AccessCheck] {
    switch try resource(arn, transaction) {
    case .bus(let bus, _): return [try bus.check(action, transaction, keys: keys)]
    case .rule(let bus, let record): return [try Rules.check(action, record.name, on: bus, transaction, keys: keys)]
    }
  }

  private enum Resource {
    case bus(Bus, BusRecord)
    case rule(Bus, RuleRecord)
  }

  private static func resource(_ text: String, _ transaction: Transaction) throws(AWSError) -> Resource {
    if let bus = Bus(arn: text) { return .bus(bus, try bus.record(transaction)) }
    guard let (bus, name) = RuleRecord.place(arn: text) else { throw .invalidParameter(text, TargetRules.badARN) }
    return .rule(bus, try RuleRecord.find(name, on: bus, transaction))
  }

  private static func change(
    _ arn: String, _ transaction: Transaction, _ body: (inout [String: String]) -> Void
  ) throws(AWSError) {
    switch try resource(arn, transaction) {
    case .bus(let bus, var record):
      body(&record.tags)
      if record.tags.count > Quotas.tags { throw .limitExceeded() }
      try transaction.put(record, in: bus.scope)
    case .rule(let bus, var record):
      if record.managedBy != nil { throw .managedRule(record) }
      body(&record.tags)
      if record.tags.count > Quotas.tags { throw .limitExceeded() }
      try transaction.put(record, in: bus.scope)
    }
  }
}
