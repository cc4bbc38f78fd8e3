import Cloud
import Wire

/// TagResource, UntagResource and ListTagsForResource, for alarms.
enum Tags {
  static let limit = 50

  static func access(
    _ action: String, _ arn: String, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> [AccessCheck] {
    let tags = (try? find(arn, context, transaction))?.tags ?? [:]
    return [AccessCheck("cloudwatch:\(action)", on: arn, owner: ARN(arn)?.accountID, tags: tags)]
  }

  static func tag(
    _ input: TagResourceInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> TagResourceOutput {
    let old = try find(input.resourceARN, context, transaction)
    var new = old
    for tag in input.tags { new.tags[tag.key] = tag.value }
    if new.tags.count > limit { throw .invalidValue("A resource can have at most \(limit) tags.") }
    try transaction.update(old, to: new, in: Scope(try context.account, context.region))
    return TagResourceOutput()
  }

  static func untag(
    _ input: UntagResourceInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> UntagResourceOutput {
    let old = try find(input.resourceARN, context, transaction)
    var new = old
    for key in input.tagKeys { new.tags[key] = nil }
    try transaction.update(old, to: new, in: Scope(try context.account, context.region))
    return UntagResourceOutput()
  }

  static func list(
    _ input: ListTagsForResourceInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListTagsForResourceOutput {
    let tags = try find(input.resourceARN, context, transaction).tags
    return ListTagsForResourceOutput(tags: tags.sorted { $0.key < $1.key }.map { Tag(key: $0.key, value: $0.value) })
  }

  private static func find(
    _ arn: String, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> AlarmRecord {
    guard let parts = ARN(arn), parts.service == "cloudwatch" else { throw .invalidValue("Invalid ARN: \(arn)") }
    guard parts.resource.hasPrefix("alarm:") else {
      throw .notImplemented("Tags of \(parts.resource.prefix { $0 != "/" && $0 != ":" })", of: "cloudwatch")
    }
    let scope = Scope(try context.account, context.region)
    let name = String(parts.resource.dropFirst("alarm:".count))
    guard parts.accountID == scope.account, let record = try transaction.get(AlarmRecord.self, Key(name), in: scope)
    else {
      throw AWSError(
        "ResourceNotFoundException", "Unknown alarm: \(name)",
        fields: [("ResourceType", .string("alarm")), ("ResourceId", .string(name))])
    }
    return record
  }
}
