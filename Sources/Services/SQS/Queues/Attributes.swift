import Cloud
import Wire

/// GetQueueAttributes, SetQueueAttributes and PurgeQueue.
enum Attributes {
  static func get(
    _ input: GetQueueAttributesRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetQueueAttributesResult {
    let location = try QueueLocation(url: input.queueUrl, context)
    let record = try location.queue(transaction)
    let wanted = input.attributeNames ?? []
    for name in wanted
    where name != "All" && !QueueSettings.settable.contains(name) && !QueueSettings.computed.contains(name) {
      throw .unknownAttribute(name)
    }
    if wanted.isEmpty { return GetQueueAttributesResult(attributes: nil) }
    let isAll = wanted.contains("All")
    var texts = record.settings.texts
    texts["Policy"] = try record.settings.shownPolicy(transaction)
    texts["QueueArn"] = record.arn
    texts["CreatedTimestamp"] = "\(record.createdAt / 1000)"
    texts["LastModifiedTimestamp"] = "\(record.modifiedAt / 1000)"
    if isAll || wanted.contains(where: { $0.hasPrefix("ApproximateNumberOfMessages") }) {
      let numbers = try numbers(record, location.scope, transaction)
      texts["ApproximateNumberOfMessages"] = "\(numbers.visible)"
      texts["ApproximateNumberOfMessagesNotVisible"] = "\(numbers.inFlight)"
      texts["ApproximateNumberOfMessagesDelayed"] = "\(numbers.delayed)"
    }
    if !isAll { texts = texts.filter { wanted.contains($0.key) } }
    return GetQueueAttributesResult(attributes: texts.isEmpty ? nil : texts)
  }

  private static func numbers(
    _ record: QueueRecord, _ scope: Scope, _ transaction: Transaction
  ) throws(AWSError) -> QueueNumbers {
    var queue = try OpenQueue(record, in: scope, transaction)
    while queue.hasExpired { try queue.removeExpired() }
    let numbers = record.isFIFO ? try queue.fifoNumbers() : try queue.standardNumbers()
    try queue.save()
    return numbers
  }

  static func set(
    _ input: SetQueueAttributesRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let location = try QueueLocation(url: input.queueUrl, context)
    let old = try location.queue(transaction)
    var new = old
    try new.settings.apply(input.attributes)
    if input.attributes["Policy"] != nil { try new.settings.pinPrincipals(transaction) }
    if input.attributes["RedrivePolicy"] != nil, let redrive = new.settings.redrive {
      try redrive.check(for: location, isFIFO: old.isFIFO, transaction)
    }
    new.modifiedAt = transaction.now.milliseconds
    try transaction.update(old, to: new, in: location.scope)
    if old.isFIFO, old.settings.delaySeconds != new.settings.delaySeconds {
      try OpenQueue(new, in: location.scope, transaction).applyDelay()
    }
    return NoMembers()
  }

  static func purge(
    _ input: PurgeQueueRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let location = try QueueLocation(url: input.queueUrl, context)
    let old = try location.queue(transaction)
    let now = transaction.now.milliseconds
    if let purgedAt = old.purgedAt, now < purgedAt + 60_000 { throw .purgeInProgress(old.name) }
    // The messages stay behind in the old storage and are swept away in pieces.
    var new = old
    new.storage = Creating.newID(transaction)
    new.purgedAt = now
    try transaction.update(old, to: new, in: location.scope)
    let counters = try OpenQueue(old, in: location.scope, transaction).counters
    try transaction.insert(QueueCounters(storage: new.storage, nextNumber: counters.nextNumber), in: location.scope)
    try Sweeping.sweep(old.storage, isWhole: false, id: old.id, location.scope, transaction)
    return NoMembers()
  }
}
