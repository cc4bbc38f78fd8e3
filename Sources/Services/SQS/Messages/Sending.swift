import Checksums
import Cloud
import Wire

/// SendMessage and SendMessageBatch.
enum Sending {
  /// A message as a producer gives it.
  struct Draft {
    var body: String
    var attributes: [MessageAttribute]
    var traceHeader: String?
    var systemMD5: String?
    var delaySeconds: Int?
    var groupID: String?
    var deduplicationID: String?
  }

  /// What a producer is answered.
  struct Receipt {
    var messageID: String
    var bodyMD5: String
    var attributesMD5: String?
    var systemMD5: String?
    var sequenceNumber: String?
  }

  static func send(
    _ input: SendMessageRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> SendMessageResult {
    let location = try QueueLocation(url: input.queueUrl, context)
    let record = try location.queue(transaction)
    let draft = Draft(
      body: input.messageBody, attributes: try attributes(input.messageAttributes ?? [:]),
      traceHeader: try traceHeader(input.messageSystemAttributes, context),
      systemMD5: systemDigest(input.messageSystemAttributes), delaySeconds: input.delaySeconds,
      groupID: input.messageGroupId,
      deduplicationID: input.messageDeduplicationId)
    var queue = try OpenQueue(record, in: location.scope, transaction)
    let receipt = try put(draft, into: &queue, context)
    try queue.save()
    return SendMessageResult(
      md5OfMessageBody: receipt.bodyMD5, md5OfMessageAttributes: receipt.attributesMD5,
      md5OfMessageSystemAttributes: receipt.systemMD5, messageId: receipt.messageID,
      sequenceNumber: receipt.sequenceNumber)
  }

  static func sendBatch(
    _ input: SendMessageBatchRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> SendMessageBatchResult {
    let location = try QueueLocation(url: input.queueUrl, context)
    let record = try location.queue(transaction)
    try MessageRules.checkBatch(input.entries.map(\.id), "SendMessageBatchRequestEntry")
    try checkBatchOfFIFO(input.entries, record)
    try checkBatchSize(input.entries)
    var queue = try OpenQueue(record, in: location.scope, transaction)
    var successful: [SendMessageBatchResultEntry] = []
    var failed: [BatchResultErrorEntry] = []
    for entry in input.entries {
      do throws(AWSError) {
        let draft = Draft(
          body: entry.messageBody, attributes: try attributes(entry.messageAttributes ?? [:]),
          traceHeader: try traceHeader(entry.messageSystemAttributes, context),
          systemMD5: systemDigest(entry.messageSystemAttributes), delaySeconds: entry.delaySeconds,
          groupID: entry.messageGroupId, deduplicationID: entry.messageDeduplicationId)
        // Everything that can be wrong with an entry is found before anything is written.
        let receipt = try put(draft, into: &queue, context)
        successful.append(
          SendMessageBatchResultEntry(
            id: entry.id, messageId: receipt.messageID, md5OfMessageBody: receipt.bodyMD5,
            md5OfMessageAttributes: receipt.attributesMD5, md5OfMessageSystemAttributes: receipt.systemMD5,
            sequenceNumber: receipt.sequenceNumber))
      } catch { failed.append(try Batches.failure(entry.id, error)) }
    }
    try queue.save()
    return SendMessageBatchResult(successful: successful, failed: failed)
  }

  /// In FIFO queues, AWS refuses the whole batch for what it would refuse a single message for.
  private static func checkBatchOfFIFO(
    _ entries: [SendMessageBatchRequestEntry], _ record: QueueRecord
  ) throws(AWSError) {
    guard record.isFIFO else { return }
    for entry in entries {
      if entry.messageGroupId?.isEmpty ?? true {
        throw .invalidParameterValue("The request must contain the parameter MessageGroupId.")
      }
      if entry.messageDeduplicationId == nil, !record.settings.isContentDeduplicated { throw missingDeduplicationID }
    }
  }

  private static func checkBatchSize(_ entries: [SendMessageBatchRequestEntry]) throws(AWSError) {
    var size = 0
    for entry in entries {
      size += entry.messageBody.utf8.count
      for (name, value) in entry.messageAttributes ?? [:] {
        size +=
          name.utf8.count + value.dataType.utf8.count + (value.stringValue?.utf8.count ?? value.binaryValue?.count ?? 0)
      }
    }
    if size > QueueSettings.sizeLimit { throw .batchTooLong(size) }
  }

  private static let missingDeduplicationID = AWSError.invalidParameterValue(
    "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly")

  // MARK: One message

  /// Checks a draft, and puts it into the queue unless it is a duplicate.
  private static func put(_ draft: Draft, into queue: inout OpenQueue, _ context: Context) throws(AWSError) -> Receipt {
    let settings = queue.record.settings
    try MessageRules.check(body: draft.body, draft.attributes, limit: settings.maximumMessageSize)
    try MessageRules.check(draft.attributes)
    try MessageRules.checkID(draft.deduplicationID, "MessageDeduplicationId")
    try MessageRules.checkID(draft.groupID, "MessageGroupId")
    let delay = try delay(of: draft, queue.record)
    var content = MessageContent(
      messageID: queue.transaction.random.uuid(), body: draft.body, bodyMD5: md5(draft.body),
      attributes: draft.attributes,
      attributesMD5: draft.attributes.isEmpty ? nil : MessageAttribute.digest(of: draft.attributes),
      senderID: context.caller.userID, groupID: draft.groupID, deduplicationID: draft.deduplicationID,
      traceHeader: draft.traceHeader)
    var receipt = Receipt(
      messageID: content.messageID, bodyMD5: content.bodyMD5, attributesMD5: content.attributesMD5,
      systemMD5: draft.systemMD5)
    if settings.isFIFO {
      if content.deduplicationID == nil {
        content.deduplicationID = Hex.encode(ChecksumAlgorithm.sha256.checksum(of: draft.body.utf8))
      }
      if let first = try queue.duplicate(of: content) {
        receipt.messageID = first.messageID
        receipt.sequenceNumber = SequenceNumber.text(first.number)
        return receipt
      }
      let number = try queue.enqueue(content, sentAt: queue.now)
      try queue.remember(content, number: number)
      receipt.sequenceNumber = SequenceNumber.text(number)
    } else {
      try queue.enqueue(content, sentAt: queue.now, delay: delay)
    }
    return receipt
  }

  /// The delay of a message in milliseconds; checks what only one kind of queue accepts.
  private static func delay(of draft: Draft, _ record: QueueRecord) throws(AWSError) -> Int64 {
    if record.isFIFO {
      if let seconds = draft.delaySeconds, seconds != 0 {
        throw .invalid(
          "\(seconds)", "DelaySeconds", "The request include parameter that is not valid for this queue type.")
      }
      if draft.groupID == nil { throw .missingParameter("MessageGroupId") }
      if draft.deduplicationID == nil, !record.settings.isContentDeduplicated { throw missingDeduplicationID }
      return 0
    }
    if let id = draft.deduplicationID {
      throw .invalid(
        id, "MessageDeduplicationId", "The request includes a parameter that is not valid for this queue type.")
    }
    let seconds = draft.delaySeconds ?? record.settings.delaySeconds
    guard (0...900).contains(seconds) else {
      throw .invalid("\(seconds)", "DelaySeconds", "DelaySeconds must be >= 0 and <= 900.")
    }
    return Int64(seconds) * 1000
  }

  private static func md5(_ text: String) -> String { Hex.encode(ChecksumAlgorithm.md5.checksum(of: text.utf8)) }

  // MARK: Attributes

  /// The attributes of a request, sorted by name.
  private static func attributes(_ given: [String: MessageAttributeValue]) throws(AWSError) -> [MessageAttribute] {
    if given.isEmpty { return [] }
    var result: [MessageAttribute] = []
    for (name, value) in given.sorted(by: { $0.key < $1.key }) {
      if !(value.stringListValues ?? []).isEmpty || !(value.binaryListValues ?? []).isEmpty {
        throw .invalidParameterValue("Message attribute list values in SendMessage operation are not supported.")
      }
      if let bytes = value.binaryValue {
        result.append(MessageAttribute(name: name, type: value.dataType, value: .binary(bytes)))
      } else {
        result.append(MessageAttribute(name: name, type: value.dataType, value: .string(value.stringValue ?? "")))
      }
    }
    return result
  }

  /// The X-Ray trace header: given as a system attribute, or as the request's own header.
  private static func traceHeader(
    _ given: [String: MessageSystemAttributeValue]?, _ context: Context
  ) throws(AWSError) -> String? {
    for (name, value) in given ?? [:] {
      guard name == "AWSTraceHeader" else {
        throw .invalidParameterValue("Message system attribute name '\(name)' is invalid.")
      }
      guard value.dataType == "String", let text = value.stringValue, !text.isEmpty else {
        throw .invalidParameterValue(
          "Message (system) attribute 'AWSTraceHeader' must contain a non-empty value of type 'String'.")
      }
      return text
    }
    return context.request.header("X-Amzn-Trace-Id")
  }

  private static func systemDigest(_ given: [String: MessageSystemAttributeValue]?) -> String? {
    guard let given, !given.isEmpty else { return nil }
    return MessageAttribute.digest(
      of: given.map { name, value in
        MessageAttribute(name: name, type: value.dataType, value: .string(value.stringValue ?? ""))
      })
  }
}

/// The sequence number of a message in a FIFO queue: twenty digits that grow.
enum SequenceNumber {
  static func text(_ number: Int64) -> String {
    // Those of AWS begin with 188 and differ by multiples of 256.
    let digits = String(number << 8)
    return "188" + String(repeating: "0", count: max(0, 17 - digits.utf8.count)) + digits
  }
}
