import Cloud
import Wire

/// A queue within one transaction: its record, its counters, and what can be done with its messages.
///
/// Standard queues are in `OpenQueue+Standard.swift`, FIFO queues in `OpenQueue+FIFO.swift`. The counters are written back
/// by ``save()``, once. No step depends on how many messages the queue holds.
struct OpenQueue {
  let record: QueueRecord
  let scope: Scope
  let transaction: Transaction
  var counters: QueueCounters
  private let loaded: QueueCounters?
  /// The dead-letter queue, once messages were moved to it.
  private var deadLetters: [DeadLetter] = []

  /// A message that leaves for the dead-letter queue.
  struct DeadLetter {
    var message: MessageRecord
    var content: MessageContent
  }

  /// A message that was received.
  struct Received {
    var message: MessageRecord
    var content: MessageContent
  }

  /// In milliseconds: no long poll lasts longer, so only what happens sooner matters to those that wait.
  static let longestPoll: Int64 = 20_000
  /// So many expired messages are removed by one operation at most.
  static let expiryBatch = 256

  /// Opens a queue.
  init(_ record: QueueRecord, in scope: Scope, _ transaction: Transaction) throws(AWSError) {
    self.record = record
    self.scope = scope
    self.transaction = transaction
    loaded = try transaction.get(QueueCounters.self, Key(.integer(record.storage)), in: scope)
    counters = loaded ?? QueueCounters(storage: record.storage)
  }

  var now: Int64 { transaction.now.milliseconds }
  var storage: Int64 { record.storage }
  var topic: Topic { record.topic(in: scope) }
  var delay: Int64 { Int64(record.settings.delaySeconds) * 1000 }
  var retention: Int64 { Int64(record.settings.retentionSeconds) * 1000 }

  /// Whether messages are about to leave for the dead-letter queue.
  var hasDeadLetters: Bool { !deadLetters.isEmpty }

  /// Writes the counters back, and moves what became a dead letter.
  mutating func save() throws(AWSError) {
    if counters != loaded { try transaction.put(counters, in: scope) }
    try deliverDeadLetters()
  }

  // MARK: Messages in general

  /// Puts a message into the queue.
  /// - Parameters:
  ///   - sentAt: when it was sent, in milliseconds since 1970.
  ///   - delay: for how long it is hidden, in milliseconds; FIFO queues have their own.
  ///   - earlierReceiveCount: how often it was received from other queues before.
  /// - Returns: its number.
  @discardableResult
  mutating func enqueue(
    _ content: MessageContent, sentAt: Int64, delay: Int64 = 0, earlierReceiveCount: Int32 = 0
  ) throws(AWSError) -> Int64 {
    try removeExpired()
    let number = counters.nextNumber
    counters.nextNumber += 1
    counters.total += 1
    counters.oldest = min(counters.oldest, sentAt)
    let bytes = content.encode()
    let isApart = bytes.count > MessageRecord.inlineLimit
    var message = MessageRecord(
      storage: storage, sentAt: sentAt, number: number, group: record.isFIFO ? content.groupID ?? "" : nil,
      visibleAt: now + delay, content: isApart ? [] : bytes)
    message.isDelayed = !record.isFIFO && delay > 0
    message.earlierReceiveCount = earlierReceiveCount
    try transaction.insert(message, in: scope)
    if isApart { try transaction.insert(ContentRecord(of: message, bytes), in: scope) }
    if record.isFIFO {
      try addToGroup(message)
    } else if delay == 0 {
      transaction.signal(topic, waking: 1)
    } else {
      announce(hiddenUntil: now + delay)
    }
    return number
  }

  /// The content of a message.
  func content(of message: MessageRecord) throws(AWSError) -> MessageContent {
    do {
      guard message.isContentApart else { return try MessageContent(encoded: message.content) }
    } catch { throw .internalFailure() }
    guard let apart = try transaction.get(ContentRecord.self, message.key, in: scope) else { throw .internalFailure() }
    do { return try MessageContent(encoded: apart.content) } catch { throw .internalFailure() }
  }

  /// Removes a message's records; its group is the caller's business.
  mutating func erase(_ message: MessageRecord) throws(AWSError) {
    try transaction.delete(message, in: scope)
    if message.isContentApart { try transaction.delete(ContentRecord.self, message.key, in: scope) }
    counters.total -= 1
  }

  /// Whether messages that have outlived the retention period are still there.
  var hasExpired: Bool { counters.total > 0 && counters.oldest <= now - retention }

  /// Removes messages that have outlived the retention period, a bounded number of them.
  mutating func removeExpired() throws(AWSError) {
    guard hasExpired else { return }
    let all = KeyRange.prefix(.integer(storage))
    let expired = try transaction.scan(
      MessageRecord.self, in: scope, all.before(Key(.integer(storage), .integer(now - retention + 1))),
      limit: OpenQueue.expiryBatch)
    for message in expired {
      if message.group == nil { try erase(message) } else { try removeFromGroup(message) }
    }
    let oldest = try transaction.scan(MessageRecord.self, in: scope, all, limit: 1).first
    counters.oldest = oldest?.sentAt ?? .max
  }

  func isExpired(_ message: MessageRecord) -> Bool { message.sentAt <= now - retention }

  /// Tells those who wait that something will become visible while they may still be waiting, so that they wake then.
  func announce(hiddenUntil time: Int64) {
    if time < now + OpenQueue.longestPoll { transaction.signal(topic) }
  }

  /// The message that a handle names, if it is still there.
  func message(_ handle: ReceiptHandle) throws(AWSError) -> MessageRecord? {
    // Messages that a purge has left behind are gone, even before they are swept away.
    guard handle.storage == storage else { return nil }
    let key = Key(.integer(handle.storage), .integer(handle.sentAt), .integer(handle.number))
    guard let message = try transaction.get(MessageRecord.self, key, in: scope), !isExpired(message) else { return nil }
    return message
  }

  /// The message as it is after a receive: counted, hidden, with a new receipt.
  func received(_ message: MessageRecord, hiding visibility: Int64) -> MessageRecord {
    var changed = message
    changed.visibleAt = now + visibility
    changed.isDelayed = false
    changed.receiveCount += 1
    if changed.firstReceivedAt == 0 { changed.firstReceivedAt = now }
    changed.lastReceivedAt = now
    changed.receipt = transaction.random.next()
    return changed
  }

  func handle(of message: MessageRecord) -> ReceiptHandle {
    ReceiptHandle(
      queue: record.id, storage: message.storage, sentAt: message.sentAt, number: message.number,
      receipt: message.receipt)
  }

  // MARK: Dead letters

  /// Whether a message was received so often that the next receive sends it to the dead-letter queue.
  func isDeadLetter(_ message: MessageRecord, _ target: QueueRecord?) -> Bool {
    guard target != nil, let redrive = record.settings.redrive else { return false }
    return Int(message.receiveCount) >= redrive.maxReceiveCount
  }

  /// The dead-letter queue, if there is one that takes this queue's messages.
  func deadLetterTarget() throws(AWSError) -> QueueRecord? {
    guard let redrive = record.settings.redrive, let location = QueueLocation(arn: redrive.target.description),
      location.scope == scope, location.name != record.name, let target = try location.find(transaction),
      target.isFIFO == record.isFIFO, target.settings.redriveAllow?.allows(record.arn) ?? true
    else { return nil }
    return target
  }

  /// Takes a message out for the dead-letter queue.
  mutating func sendToDeadLetters(_ message: MessageRecord) throws(AWSError) {
    var content = try content(of: message)
    content.deadLetterSource = record.arn
    deadLetters.append(DeadLetter(message: message, content: content))
    try erase(message)
  }

  private mutating func deliverDeadLetters() throws(AWSError) {
    guard !deadLetters.isEmpty, let target = try deadLetterTarget() else { return }
    var queue = try OpenQueue(target, in: scope, transaction)
    for letter in deadLetters {
      // AWS: SQS developer guide, "Using dead-letter queues": standard queues keep the time a message was first sent, FIFO
      // queues begin anew.
      try queue.enqueue(
        letter.content, sentAt: record.isFIFO ? now : letter.message.sentAt,
        earlierReceiveCount: letter.message.earlierReceiveCount + letter.message.receiveCount)
    }
    deadLetters = []
    try queue.save()
  }
}
