import Cloud
import Wire

/// FIFO queues: messages in the order of their groups.
extension OpenQueue {
  // MARK: Groups

  private func group(_ name: String) throws(AWSError) -> GroupRecord? {
    try transaction.get(GroupRecord.self, Key(.integer(storage), .string(name)), in: scope)
  }

  private func messages(of group: String, limit: Int) throws(AWSError) -> [MessageRecord] {
    try transaction.scan(
      MessageRecord.self, by: MessageRecord.byGroup, in: scope, .prefix(.integer(storage), .string(group)), limit: limit
    )
  }

  /// A message came: begins its group, if the group has no other.
  func addToGroup(_ message: MessageRecord) throws(AWSError) {
    let name = message.group ?? ""
    if let group = try group(name) {
      if !group.state.isBlocked(at: now) { transaction.signal(topic, waking: 1) }
      return
    }
    let head = MessageGroup.Head(number: message.number, sentAt: message.sentAt)
    try transaction.insert(
      GroupRecord(storage: storage, name: name, state: MessageGroup(head: head), delay: delay), in: scope)
    if delay == 0 { transaction.signal(topic, waking: 1) } else { announce(hiddenUntil: message.sentAt + delay) }
  }

  /// A group's oldest message comes back to its place.
  func returnToGroup(_ message: MessageRecord) throws(AWSError) {
    let name = message.group ?? ""
    let head = MessageGroup.Head(number: message.number, sentAt: message.sentAt)
    try transaction.put(
      GroupRecord(storage: storage, name: name, state: MessageGroup(head: head), delay: delay), in: scope)
  }

  /// Removes a message of a group, and the group with its last.
  mutating func removeFromGroup(_ message: MessageRecord) throws(AWSError) {
    try erase(message)
    guard let name = message.group, let old = try group(name) else { return }
    var new = old
    new.state.removed(message.number)
    try settle(old, new, isHeadGone: old.state.head.number == message.number)
  }

  /// Stores a group's new state; finds its new head, if the old is gone.
  private func settle(_ old: GroupRecord, _ changed: GroupRecord, isHeadGone: Bool) throws(AWSError) {
    var new = changed
    new.delay = delay
    if isHeadGone {
      guard let head = try messages(of: old.name, limit: 1).first else { return try transaction.delete(old, in: scope) }
      new.state.head = MessageGroup.Head(number: head.number, sentAt: head.sentAt)
    }
    try transaction.update(old, to: new, in: scope)
    if new.readyAt <= now { transaction.signal(topic, waking: 1) } else { announce(hiddenUntil: new.readyAt) }
  }

  // MARK: Receiving

  /// Receives up to `count` messages: as many as possible of one group before the next, each group in its order.
  mutating func receiveFIFO(_ count: Int, hiding visibility: Int64) throws(AWSError) -> [Received] {
    let target = try deadLetterTarget()
    let ready = KeyRange.prefix(.integer(storage)).before(Key(.integer(storage), .integer(now + 1)))
    var result: [Received] = []
    for old in try transaction.scan(GroupRecord.self, by: GroupRecord.byReadiness, in: scope, ready, limit: count) {
      if result.count >= count { break }
      var new = old
      new.state.beginReceive()
      let isHeadGone = try receive(from: &new, count, visibility, target, &result)
      // Readiness is not announced to others here: what was received is hidden, what wasn't is blocked by it.
      try settle(old, new, isHeadGone: isHeadGone)
    }
    return result
  }

  /// Takes messages of one group; says whether its head left the queue.
  private mutating func receive(
    from group: inout GroupRecord, _ count: Int, _ visibility: Int64, _ target: QueueRecord?, _ result: inout [Received]
  ) throws(AWSError) -> Bool {
    var isHeadGone = false
    var last: Int64 = -1
    while result.count < count {
      let all = KeyRange.prefix(.integer(storage), .string(group.name))
      let range = last < 0 ? all : all.after(Key(.integer(storage), .string(group.name), .integer(last)))
      let limit = count - result.count
      let found = try transaction.scan(
        MessageRecord.self, by: MessageRecord.byGroup, in: scope, range, limit: limit)
      for message in found {
        last = message.number
        if isExpired(message) || isDeadLetter(message, target) {
          if isExpired(message) { try erase(message) } else { try sendToDeadLetters(message) }
          isHeadGone = isHeadGone || message.number == group.state.head.number
          continue
        }
        if message.sentAt + delay > now { return isHeadGone }
        let changed = received(message, hiding: visibility)
        try transaction.update(message, to: changed, in: scope)
        result.append(Received(message: changed, content: try content(of: message)))
        group.state.received(message.number, until: changed.visibleAt)
        counters.flightBound += 1
      }
      if found.count < limit { break }
    }
    return isHeadGone
  }

  /// Whether so many messages are in flight that no more may be received.
  mutating func isAtFlightLimitFIFO() throws(AWSError) -> Bool {
    guard counters.flightBound >= OpenQueue.flightLimit else { return false }
    counters.flightBound = Int64(try inFlightFIFO())
    return counters.flightBound >= OpenQueue.flightLimit
  }

  /// When the next group can be received from.
  func nextFIFO() throws(AWSError) -> Timestamp? {
    try transaction.scan(GroupRecord.self, by: GroupRecord.byReadiness, in: scope, blocked, limit: 1).first
      .map { Timestamp(milliseconds: $0.readyAt) }
  }

  private var blocked: KeyRange { KeyRange.prefix(.integer(storage)).from(Key(.integer(storage), .integer(now + 1))) }

  // MARK: Deleting and changing

  /// Deletes a message that is in flight.
  /// - Throws: InvalidParameterValue for a handle that has expired.
  mutating func deleteFIFO(_ handle: ReceiptHandle) throws(AWSError) {
    guard let message = try message(handle) else { return }
    guard message.receipt == handle.receipt, let group = try group(message.group ?? ""),
      group.state.isInFlight(message.number, at: now)
    else {
      throw .invalidParameterValue(
        "Value \(handle.text) for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.")
    }
    try removeFromGroup(message)
    counters.flightBound = max(0, counters.flightBound - 1)
  }

  /// Changes when a message in flight becomes visible; says whether it was in flight.
  func changeFIFO(_ message: MessageRecord, until time: Int64) throws(AWSError) -> Bool {
    guard let old = try group(message.group ?? ""), old.state.isInFlight(message.number, at: now) else { return false }
    var new = old
    new.state.change(message.number, until: time)
    try settle(old, new, isHeadGone: false)
    return true
  }

  /// The queue's delay was changed: in FIFO queues it holds for messages already sent too.
  func applyDelay() throws(AWSError) {
    for old in try transaction.scan(GroupRecord.self, in: scope, .prefix(.integer(storage))) where old.delay != delay {
      var new = old
      new.delay = delay
      try transaction.update(old, to: new, in: scope)
    }
    transaction.signal(topic)
  }

  // MARK: Repeating a receive

  /// What the receive with this attempt id was answered, hidden anew, if nothing of it was changed since.
  func repeated(_ attempt: String, hiding visibility: Int64) throws(AWSError) -> [Received]? {
    guard let old = try transaction.get(AttemptRecord.self, AttemptRecord.key(record.id, attempt), in: scope),
      old.expiresAt > now, old.storage == storage
    else { return nil }
    var result: [Received] = []
    var groups: [String: (old: GroupRecord, new: GroupRecord)] = [:]
    for entry in old.entries {
      let key = Key(.integer(storage), .integer(entry.sentAt), .integer(entry.number))
      guard let message = try transaction.get(MessageRecord.self, key, in: scope), message.receipt == entry.receipt,
        let name = message.group
      else { return nil }
      if groups[name] == nil {
        guard let group = try group(name) else { return nil }
        groups[name] = (group, group)
      }
      guard let flight = groups[name]?.old.state.flights.first(where: { $0.number == entry.number }),
        flight.visibleAt == entry.visibleAt, flight.visibleAt > now
      else { return nil }
      groups[name]?.new.state.change(entry.number, until: now + visibility)
      result.append(Received(message: message, content: try content(of: message)))
    }
    for group in groups.values { try transaction.update(group.old, to: group.new, in: scope) }
    try remember(attempt, result, hiding: visibility, expiresAt: old.expiresAt)
    announce(hiddenUntil: now + visibility)
    return result
  }

  /// Keeps what a receive was answered, for five minutes.
  func remember(
    _ attempt: String, _ received: [Received], hiding visibility: Int64, expiresAt: Int64? = nil
  ) throws(AWSError) {
    let entries = received.map {
      AttemptRecord.Entry(
        sentAt: $0.message.sentAt, number: $0.message.number, receipt: $0.message.receipt, visibleAt: now + visibility)
    }
    let expired = KeyRange.prefix(.integer(record.id)).before(Key(.integer(record.id), .integer(now)))
    for old in try transaction.scan(AttemptRecord.self, by: AttemptRecord.byExpiry, in: scope, expired, limit: 16) {
      try transaction.delete(old, in: scope)
    }
    try transaction.put(
      AttemptRecord(
        queue: record.id, storage: storage, id: attempt, expiresAt: expiresAt ?? now + DeduplicationRecord.interval,
        entries: entries), in: scope)
  }

  // MARK: Deduplication

  /// What the first message with the same deduplication id was answered, within five minutes.
  mutating func duplicate(of content: MessageContent) throws(AWSError) -> DeduplicationRecord? {
    guard let id = content.deduplicationID else { return nil }
    try cleanDeduplication()
    let key = DeduplicationRecord.key(record.id, deduplicationScope(content), id)
    guard let found = try transaction.get(DeduplicationRecord.self, key, in: scope), found.expiresAt > now else {
      return nil
    }
    return found
  }

  /// Remembers that a message was taken.
  func remember(_ content: MessageContent, number: Int64) throws(AWSError) {
    guard let id = content.deduplicationID else { return }
    try transaction.put(
      DeduplicationRecord(
        queue: record.id, scope: deduplicationScope(content), id: id, expiresAt: now + DeduplicationRecord.interval,
        messageID: content.messageID, number: number), in: scope)
  }

  private func deduplicationScope(_ content: MessageContent) -> String {
    record.settings.deduplicationScope == "messageGroup" ? content.groupID ?? "" : ""
  }

  /// Removes expired deduplication ids, now and then.
  private mutating func cleanDeduplication() throws(AWSError) {
    guard counters.cleaning <= now else { return }
    let expired = KeyRange.prefix(.integer(record.id)).before(Key(.integer(record.id), .integer(now)))
    let found = try transaction.scan(
      DeduplicationRecord.self, by: DeduplicationRecord.byExpiry, in: scope, expired, limit: 500)
    for old in found { try transaction.delete(old, in: scope) }
    counters.cleaning = found.count < 500 ? now + 10_000 : now
  }

  // MARK: Numbers

  private func inFlightFIFO() throws(AWSError) -> Int {
    try transaction.scan(GroupRecord.self, by: GroupRecord.byReadiness, in: scope, blocked)
      .reduce(0) { $0 + $1.state.flightCount(at: now) }
  }

  /// The three approximate numbers; they cost a walk over the groups that are blocked and the messages that are delayed.
  func fifoNumbers() throws(AWSError) -> QueueNumbers {
    let inFlight = try inFlightFIFO()
    var delayed = 0
    if delay > 0 {
      let range = KeyRange.prefix(.integer(storage)).from(Key(.integer(storage), .integer(now - delay + 1)))
      delayed = try transaction.count(MessageRecord.self, in: scope, range)
    }
    return QueueNumbers(
      visible: max(0, Int(counters.total) - inFlight - delayed), inFlight: inFlight, delayed: delayed)
  }
}
