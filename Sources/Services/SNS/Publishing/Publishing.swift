import Checksums
import Cloud
import Wire

/// Publish and PublishBatch to topics.
struct Publishing {
  let subscriptions: TopicSubscriptions
  let address: ServiceAddress

  /// A message as a publisher gives it, checked but for what depends on the topic.
  struct Draft {
    var text: String
    var subject: String?
    var structure: [String: String]
    var attributes: [MessageAttribute]
    var deduplicationID: String?
    var groupID: String?

    var size: Int { attributes.reduce(text.utf8.count) { $0 + $1.size } }
  }

  /// What a publisher is answered.
  struct Receipt {
    var messageID: String
    var sequenceNumber: String?
  }

  // MARK: One message

  func publish(
    _ input: PublishInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> PublishResponse {
    if let number = input.phoneNumber {
      return try ShortMessages.publish(input, to: number, context, transaction)
    }
    let location = try Publishing.target(input, context)
    let topic = try location.topic(transaction)
    let draft = try Publishing.draft(
      text: input.message, subject: input.subject, structure: input.messageStructure,
      attributes: MessageRules.attributes(input.messageAttributes), deduplicationID: input.messageDeduplicationId,
      groupID: input.messageGroupId)
    if draft.size > MessageRules.sizeLimit { throw .invalidParameter("Message too long") }
    try Publishing.check(draft, for: topic)
    try TopicEncryption.check(topic, location, context, transaction)
    let receipt = try take(draft, topic, location, context, transaction)
    return PublishResponse(messageId: receipt.messageID, sequenceNumber: receipt.sequenceNumber)
  }

  func access(
    _ input: PublishInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> [AccessCheck] {
    if let number = input.phoneNumber { return [AccessCheck("sns:Publish", on: number, owner: context.caller.account)] }
    let location = try Publishing.target(input, context)
    return [Access.check("Publish", on: location, context, try location.find(transaction))]
  }

  /// AWS takes a topic under either name.
  private static func target(_ input: PublishInput, _ context: Context) throws(AWSError) -> TopicLocation {
    guard let arn = input.topicArn ?? input.targetArn else {
      throw .invalidParameter("TopicArn or TargetArn", "no value for required parameter")
    }
    if input.topicArn == nil, arn.contains(":endpoint/") { throw .notBuilt("sns Publish to a mobile push endpoint") }
    return try TopicLocation(arn, context, parameter: input.topicArn == nil ? "TargetArn" : "TopicArn")
  }

  static func draft(
    text: String, subject: String?, structure: String?, attributes: [MessageAttribute],
    deduplicationID: String? = nil, groupID: String? = nil
  ) throws(AWSError) -> Draft {
    try MessageRules.check(subject: subject)
    if text.isEmpty { throw .invalidParameter("Empty message") }
    var texts: [String: String] = [:]
    if let structure {
      guard structure == "json" else { throw .invalidParameter("MessageStructure") }  // unverified: words
      texts = try MessageRules.structure(of: text)
    }
    try MessageRules.checkID(deduplicationID, "MessageDeduplicationId")
    try MessageRules.checkID(groupID, "MessageGroupId")
    return Draft(
      text: text, subject: subject, structure: texts, attributes: attributes, deduplicationID: deduplicationID,
      groupID: groupID)
  }

  private static func check(_ draft: Draft, for topic: TopicRecord) throws(AWSError) {
    guard topic.settings.isFIFO else {
      if draft.deduplicationID != nil {
        throw .invalidParameter(
          "MessageDeduplicationId",
          "The request includes MessageDeduplicationId parameter that is not valid for this topic type")
      }
      return
    }
    if draft.groupID == nil {
      throw .invalidParameter("The MessageGroupId parameter is required for FIFO topics")
    }
    if draft.deduplicationID == nil, !topic.settings.isContentDeduplicated {
      throw .invalidParameter(
        "The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly")
    }
  }

  /// Takes a message in: writes down that it is to be delivered, unless nobody wants it or it was published before.
  private func take(
    _ draft: Draft, _ topic: TopicRecord, _ location: TopicLocation, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> Receipt {
    var message = PublishedMessage(
      id: transaction.random.uuid(), topicARN: location.arn, topicName: topic.name, topicID: topic.id,
      subject: draft.subject, text: draft.text, publishedAt: transaction.now.milliseconds, base: address.base(context))
    message.structure = draft.structure
    message.attributes = draft.attributes
    message.groupID = draft.groupID
    message.signatureVersion = topic.settings.signatureVersion ?? "1"
    if topic.settings.isFIFO {
      let deduplicationID =
        draft.deduplicationID ?? Hex.encode(ChecksumAlgorithm.sha256.checksum(of: draft.text.utf8))
      message.deduplicationID = deduplicationID
      let memory = Deduplication(topic: topic, scope: location.scope, transaction: transaction)
      if let first = try memory.find(deduplicationID, group: draft.groupID) {
        return Receipt(messageID: first.messageID, sequenceNumber: first.sequenceNumber)
      }
      // Those of AWS have twenty digits and grow with each message of a topic.
      message.sequenceNumber = String(10_000_000_000_000_000_000 + UInt64(transaction.nextOrder()))
      try memory.remember(message)
    }
    if try subscriptions.of(topic, in: location.scope, transaction).contains(where: { !$0.record.isPending }) {
      try transaction.request(
        WorkRequest(
          service: SNSService.name, name: FanOut.work, in: location.scope,
          lane: topic.settings.isFIFO ? "\(topic.id)/\(message.groupID ?? "")" : nil, content: message.encoded))
    }
    return Receipt(messageID: message.id, sequenceNumber: message.sequenceNumber)
  }

  // MARK: Batches

  func publishBatch(
    _ input: PublishBatchInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> PublishBatchResponse {
    let location = try TopicLocation(input.topicArn, context)
    let topic = try location.topic(transaction)
    let entries = input.publishBatchRequestEntries
    try BatchRules.check(entries.map(\.id))
    // What AWS refuses a whole batch for.
    var attributes: [[MessageAttribute]] = []
    var size = 0
    for (index, entry) in entries.enumerated() {
      let own = try MessageRules.attributes(entry.messageAttributes, position: index + 1)
      attributes.append(own)
      size += own.reduce(entry.message.utf8.count) { $0 + $1.size }
    }
    if size > MessageRules.sizeLimit {
      throw AWSError(
        "BatchRequestTooLongException", "The length of all the messages put together is more than the limit.")
    }
    try TopicEncryption.check(topic, location, context, transaction)
    var successful: [PublishBatchResultEntry] = []
    var failed: [BatchResultErrorEntry] = []
    for (entry, attributes) in zip(entries, attributes) {
      do throws(AWSError) {
        let draft = try Publishing.draft(
          text: entry.message, subject: entry.subject, structure: entry.messageStructure, attributes: attributes,
          deduplicationID: entry.messageDeduplicationId, groupID: entry.messageGroupId)
        try Publishing.check(draft, for: topic)
        // Everything that can be wrong with an entry is found before anything is written.
        let receipt = try take(draft, topic, location, context, transaction)
        successful.append(
          PublishBatchResultEntry(
            id: entry.id, messageId: receipt.messageID, sequenceNumber: receipt.sequenceNumber))
      } catch { failed.append(try BatchRules.failure(entry.id, error)) }
    }
    return PublishBatchResponse(successful: successful, failed: failed)
  }

  func batchAccess(
    _ input: PublishBatchInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> [AccessCheck] {
    // AWS: PublishBatch needs sns:Publish.
    [try Access.check("Publish", input.topicArn, context, transaction)]
  }
}
