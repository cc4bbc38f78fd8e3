import Cloud
import Wire

/// ReceiveMessage.
enum Receiving {
  static func receive(
    _ input: ReceiveMessageRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> Step<ReceiveMessageResult> {
    let location = try QueueLocation(url: input.queueUrl, context)
    let record = try location.queue(transaction)
    let count = input.maxNumberOfMessages ?? 1
    guard (1...10).contains(count) else {
      throw .invalid("\(count)", "MaxNumberOfMessages", "Must be between 1 and 10, if provided.")
    }
    let visibility = input.visibilityTimeout ?? record.settings.visibilityTimeout
    guard (0...43_200).contains(visibility) else {
      throw .invalid("\(visibility)", "VisibilityTimeout", "Must be >= 0 and <= 43200, if provided.")
    }
    let patience = input.waitTimeSeconds ?? record.settings.waitSeconds
    guard (0...20).contains(patience) else {
      throw .invalid("\(patience)", "WaitTimeSeconds", "Must be >= 0 and <= 20, if provided.")
    }
    let names = try SystemAttributes((input.attributeNames ?? []) + (input.messageSystemAttributeNames ?? []))
    try checkAttempt(input.receiveRequestAttemptId, record)

    var queue = try OpenQueue(record, in: location.scope, transaction)
    let deadline = transaction.began.adding(seconds: Int64(patience))
    let mayWait = transaction.now < deadline
    let received = try take(count, hiding: Int64(visibility) * 1000, input.receiveRequestAttemptId, &queue, mayWait)
    // What a handler that waits has written is taken back, so one that has moved dead letters, or has not come to an end
    // with expired messages, answers instead.
    if received.isEmpty, mayWait, !queue.hasDeadLetters, !queue.hasExpired {
      let next = record.isFIFO ? try queue.nextFIFO() : try queue.nextStandard()
      return .wait(Wait(for: [queue.topic], until: deadline, recheck: next))
    }
    try queue.save()
    let filter = MessageAttributeFilter(input.messageAttributeNames ?? [])
    let messages = received.map { answer($0, queue.handle(of: $0.message).text, names, filter) }
    return .answer(ReceiveMessageResult(messages: messages.isEmpty ? nil : messages))
  }

  private static func checkAttempt(_ attempt: String?, _ record: QueueRecord) throws(AWSError) {
    guard let attempt else { return }
    try MessageRules.checkID(attempt, "ReceiveRequestAttemptId")
    if !record.isFIFO {
      throw .invalid(
        attempt, "ReceiveRequestAttemptId", "The request includes a parameter that is not valid for this queue type.")
    }
  }

  /// Receives what there is.
  private static func take(
    _ count: Int, hiding visibility: Int64, _ attempt: String?, _ queue: inout OpenQueue, _ mayWait: Bool
  ) throws(AWSError) -> [OpenQueue.Received] {
    for _ in 0..<8 where queue.hasExpired { try queue.removeExpired() }
    if queue.record.isFIFO {
      if let attempt, let repeated = try queue.repeated(attempt, hiding: visibility) { return repeated }
      // AWS: ReceiveMessage, a FIFO queue at its limit "returns no error messages".
      if try queue.isAtFlightLimitFIFO() { return [] }
      let received = try queue.receiveFIFO(count, hiding: visibility)
      if let attempt, !received.isEmpty { try queue.remember(attempt, received, hiding: visibility) }
      return received
    }
    if try queue.isAtFlightLimit() {
      // AWS: only short polls are told; long polls come back empty.
      if mayWait { return [] }
      throw .overLimit("Too many messages are in flight in this queue. The maximum is \(OpenQueue.flightLimit).")
    }
    return try queue.receiveStandard(count, hiding: visibility)
  }

  /// A message as its consumer sees it.
  private static func answer(
    _ received: OpenQueue.Received, _ handle: String, _ names: SystemAttributes, _ filter: MessageAttributeFilter
  ) -> Message {
    let content = received.content
    var message = Message(
      messageId: content.messageID, receiptHandle: handle, md5OfBody: content.bodyMD5, body: content.body)
    if !names.isEmpty { message.attributes = names.texts(of: received) }
    if !content.attributes.isEmpty {
      let chosen = filter.select(content.attributes)
      if !chosen.isEmpty {
        message.md5OfMessageAttributes =
          chosen.count == content.attributes.count ? content.attributesMD5 : MessageAttribute.digest(of: chosen)
        message.messageAttributes = Dictionary(
          chosen.map { ($0.name, Receiving.value(of: $0)) }, uniquingKeysWith: { first, _ in first })
      }
    }
    return message
  }

  private static func value(of attribute: MessageAttribute) -> MessageAttributeValue {
    switch attribute.value {
    case .string(let text): MessageAttributeValue(stringValue: text, dataType: attribute.type)
    case .binary(let bytes): MessageAttributeValue(binaryValue: bytes, dataType: attribute.type)
    }
  }
}

/// Which system attributes a ReceiveMessage call wants.
struct SystemAttributes {
  private static let known: Set<String> = [
    "SenderId", "SentTimestamp", "ApproximateReceiveCount", "ApproximateFirstReceiveTimestamp", "SequenceNumber",
    "MessageDeduplicationId", "MessageGroupId", "AWSTraceHeader", "DeadLetterQueueSourceArn",
  ]

  private let names: Set<String>

  init(_ wanted: [String]) throws(AWSError) {
    if wanted.isEmpty {
      names = []
      return
    }
    for name in wanted where name != "All" && !SystemAttributes.known.contains(name) {
      // Attributes of queues are accepted in `AttributeNames`, and mean nothing.
      guard QueueSettings.settable.contains(name) || QueueSettings.computed.contains(name) else {
        throw .unknownAttribute(name)
      }
    }
    names = wanted.contains("All") ? SystemAttributes.known : SystemAttributes.known.intersection(wanted)
  }

  var isEmpty: Bool { names.isEmpty }

  /// Their values; absent ones are left out.
  func texts(of received: OpenQueue.Received) -> [String: String] {
    let (message, content) = (received.message, received.content)
    var result: [String: String] = [:]
    func set(_ name: String, _ value: @autoclosure () -> String?) {
      if names.contains(name), let value = value() { result[name] = value }
    }
    set("SenderId", content.senderID)
    set("SentTimestamp", "\(message.sentAt)")
    set("ApproximateReceiveCount", "\(message.receiveCount + message.earlierReceiveCount)")
    set("ApproximateFirstReceiveTimestamp", "\(message.firstReceivedAt)")
    set("SequenceNumber", message.group == nil ? nil : SequenceNumber.text(message.number))
    set("MessageDeduplicationId", message.group == nil ? nil : content.deduplicationID)
    set("MessageGroupId", content.groupID)
    set("AWSTraceHeader", content.traceHeader)
    set("DeadLetterQueueSourceArn", content.deadLetterSource)
    return result
  }
}
