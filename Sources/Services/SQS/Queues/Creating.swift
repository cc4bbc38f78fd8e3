import Cloud
import Wire

/// CreateQueue and DeleteQueue.
enum Creating {
  static func create(
    _ input: CreateQueueRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> CreateQueueResult {
    let attributes = input.attributes ?? [:]
    let isFIFO = attributes["FifoQueue"]?.lowercased() == "true"
    try checkName(input.queueName, isFIFO: isFIFO)
    let location = QueueLocation(account: try context.account, region: context.region, name: input.queueName)
    if let existing = try location.find(transaction) {
      var settings = existing.settings
      settings.policy = try settings.shownPolicy(transaction)
      try compare(attributes, with: settings)
      return CreateQueueResult(queueUrl: location.url(context))
    }
    let now = transaction.now.milliseconds
    if let deleted = try transaction.get(DeletedQueueRecord.self, Key(location.name), in: location.scope) {
      if now < deleted.deletedAt + DeletedQueueRecord.interval { throw .queueDeletedRecently() }
      try transaction.delete(deleted, in: location.scope)
    }
    var settings = QueueSettings()
    settings.isFIFO = isFIFO
    try settings.apply(attributes)
    try settings.pinPrincipals(transaction)
    if let redrive = settings.redrive { try redrive.check(for: location, isFIFO: isFIFO, transaction) }
    let tags = input.tags ?? [:]
    try Tagging.check(tags, of: location.name)
    let id = newID(transaction)
    try transaction.insert(
      QueueRecord(
        name: location.name, id: id, storage: id, arn: location.arn, settings: settings, tags: tags, createdAt: now,
        modifiedAt: now), in: location.scope)
    return CreateQueueResult(queueUrl: location.url(context))
  }

  static func createAccess(
    _ input: CreateQueueRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> [AccessCheck] {
    let location = QueueLocation(account: try context.account, region: context.region, name: input.queueName)
    var check = AccessCheck("sqs:CreateQueue", on: location.arn, owner: location.account)
    guard let tags = input.tags, !tags.isEmpty else { return [check] }
    check.keys = Access.tagKeys(tags)
    // AWS: CreateQueue, "To be able to tag a queue on creation, you must have the sqs:CreateQueue and sqs:TagQueue permissions."
    var tagging = check
    tagging.action = "sqs:TagQueue"
    return [check, tagging]
  }

  /// A positive random number.
  static func newID(_ transaction: Transaction) -> Int64 { Int64(transaction.random.next() >> 1) }

  private static func checkName(_ name: String, isFIFO: Bool) throws(AWSError) {
    if name.isEmpty { throw .invalidParameterValue("Queue name cannot be empty") }
    if isFIFO, !name.hasSuffix(".fifo") {
      throw .invalidParameterValue(
        "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo "
          + "suffix and be 1 to 80 in length")
    }
    let base = isFIFO ? Substring(name).dropLast(5) : Substring(name)
    let isWritten = base.utf8.allSatisfy { byte in
      (97...122).contains(byte) || (65...90).contains(byte) || (48...57).contains(byte) || byte == 45 || byte == 95
    }
    guard isWritten, !base.isEmpty, name.utf8.count <= 80 else {
      throw .invalidParameterValue(
        "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length")
    }
  }

  /// A queue that exists is created again without effect, if what is given is what it has.
  private static func compare(_ attributes: [String: String], with settings: QueueSettings) throws(AWSError) {
    if attributes.isEmpty { return }
    var changed = settings
    try changed.apply(attributes)
    let (old, new) = (settings.texts, changed.texts)
    for name in attributes.keys.sorted() where old[name] != new[name] { throw .queueNameExists(name) }
  }

  static func delete(
    _ input: DeleteQueueRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let location = try QueueLocation(url: input.queueUrl, context)
    let record = try location.queue(transaction)
    try transaction.delete(record, in: location.scope)
    try transaction.put(
      DeletedQueueRecord(name: record.name, deletedAt: transaction.now.milliseconds), in: location.scope)
    try MoveTasks.forget(record.name, location.scope, transaction)
    try Sweeping.sweep(record.storage, isWhole: true, id: record.id, location.scope, transaction)
    // Those who wait for messages learn that there is no queue.
    transaction.signal(record.topic(in: location.scope))
    return NoMembers()
  }
}
