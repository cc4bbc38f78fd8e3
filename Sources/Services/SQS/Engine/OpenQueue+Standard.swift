import Cloud
import Wire

/// Standard queues: messages in the order in which they are visible.
extension OpenQueue {
  /// AWS: ReceiveMessage and ChangeMessageVisibility, "a maximum of approximately 120,000 in flight messages".
  static let flightLimit: Int64 = 120_000
  /// A receive looks at this many messages at most, those it sends to the dead-letter queue among them.
  private static let searchLimit = 200

  private var visible: KeyRange {
    KeyRange.prefix(.integer(storage)).before(Key(.integer(storage), .integer(now + 1)))
  }

  private var hidden: KeyRange { KeyRange.prefix(.integer(storage)).from(Key(.integer(storage), .integer(now + 1))) }

  /// Receives up to `count` messages and hides them for `visibility` milliseconds.
  mutating func receiveStandard(_ count: Int, hiding visibility: Int64) throws(AWSError) -> [Received] {
    let target = try deadLetterTarget()
    var result: [Received] = []
    var seen = 0
    while result.count < count, seen < OpenQueue.searchLimit {
      // Those received with no visibility timeout are still in the range.
      let limit = count
      let found = try transaction.scan(
        MessageRecord.self, by: MessageRecord.byVisibility, in: scope, visible, limit: limit)
      var isProgress = false
      for message in found where result.count < count {
        seen += 1
        if isExpired(message) {
          try erase(message)
          isProgress = true
        } else if result.contains(where: { $0.message.number == message.number }) {
          continue
        } else if isDeadLetter(message, target) {
          try sendToDeadLetters(message)
          isProgress = true
        } else {
          let changed = received(message, hiding: visibility)
          try transaction.update(message, to: changed, in: scope)
          result.append(Received(message: changed, content: try content(of: message)))
          counters.flightBound += 1
        }
      }
      if !isProgress || found.count < limit { break }
    }
    if !result.isEmpty { announce(hiddenUntil: now + visibility) }
    return result
  }

  /// Whether so many messages are in flight that no more may be received.
  mutating func isAtFlightLimit() throws(AWSError) -> Bool {
    guard counters.flightBound >= OpenQueue.flightLimit else { return false }
    counters.flightBound = Int64(try inFlightCount(limit: Int(OpenQueue.flightLimit)))
    return counters.flightBound >= OpenQueue.flightLimit
  }

  /// When the next hidden message becomes visible.
  func nextStandard() throws(AWSError) -> Timestamp? {
    try transaction.scan(MessageRecord.self, by: MessageRecord.byVisibility, in: scope, hidden, limit: 1).first
      .map { Timestamp(milliseconds: $0.visibleAt) }
  }

  /// Deletes a message. As in AWS, an older handle than the latest does nothing.
  mutating func deleteStandard(_ handle: ReceiptHandle) throws(AWSError) {
    guard let message = try message(handle), message.receipt == handle.receipt else { return }
    try erase(message)
    if message.visibleAt > now { counters.flightBound = max(0, counters.flightBound - 1) }
  }

  /// Changes when a received message becomes visible.
  func changeStandard(_ message: MessageRecord, until time: Int64) throws(AWSError) {
    var changed = message
    changed.visibleAt = time
    try transaction.update(message, to: changed, in: scope)
    announce(hiddenUntil: time)
  }

  private func inFlightCount(limit: Int) throws(AWSError) -> Int {
    try transaction.count(MessageRecord.self, by: MessageRecord.byVisibility, in: scope, hidden, limit: limit)
      - transaction.count(MessageRecord.self, by: MessageRecord.byDelay, in: scope, hidden, limit: limit)
  }

  /// The three approximate numbers; they cost a walk over what is hidden, not over what is visible.
  func standardNumbers() throws(AWSError) -> QueueNumbers {
    let hiddenCount = try transaction.count(MessageRecord.self, by: MessageRecord.byVisibility, in: scope, hidden)
    let delayed = try transaction.count(MessageRecord.self, by: MessageRecord.byDelay, in: scope, hidden)
    return QueueNumbers(
      visible: max(0, Int(counters.total) - hiddenCount), inFlight: hiddenCount - delayed, delayed: delayed)
  }
}

/// The approximate numbers of a queue's messages.
struct QueueNumbers: Sendable, Equatable {
  var visible: Int
  var inFlight: Int
  var delayed: Int
}
