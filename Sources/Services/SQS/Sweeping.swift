import Cloud
import Wire

/// Removes, in pieces, what deleted and purged queues have left behind.
enum Sweeping {
  /// So many records are removed at once.
  private static let batch = 500

  /// Begins to sweep.
  /// - Parameter isWhole: whether the queue is gone, and with it what it remembers besides messages.
  static func sweep(
    _ storage: Int64, isWhole: Bool, id: Int64, _ scope: Scope, _ transaction: Transaction
  ) throws(AWSError) {
    try transaction.schedule(
      TimerRequest(
        service: SQSService.name, name: Key(.string("sweep"), .integer(storage), .integer(isWhole ? id : 0)), in: scope,
        due: transaction.now))
  }

  /// Removes a piece, and comes again if there is more.
  static func run(_ storage: Int64, id: Int64, _ request: TimerRequest, _ transaction: Transaction) throws(AWSError) {
    let scope = request.scope
    var removed = 0
    let range = KeyRange.prefix(.integer(storage))
    for message in try transaction.scan(MessageRecord.self, in: scope, range, limit: batch) {
      try transaction.delete(message, in: scope)
      if message.isContentApart { try transaction.delete(ContentRecord.self, message.key, in: scope) }
      removed += 1
    }
    for group in try transaction.scan(GroupRecord.self, in: scope, range, limit: batch) {
      try transaction.delete(group, in: scope)
      removed += 1
    }
    if id != 0 {
      let mine = KeyRange.prefix(.integer(id))
      for old in try transaction.scan(DeduplicationRecord.self, in: scope, mine, limit: batch) {
        try transaction.delete(old, in: scope)
        removed += 1
      }
      for old in try transaction.scan(AttemptRecord.self, in: scope, mine, limit: batch) {
        try transaction.delete(old, in: scope)
        removed += 1
      }
    }
    if removed > 0 {
      var again = request
      again.due = transaction.now
      try transaction.schedule(again)
    } else {
      try transaction.delete(QueueCounters.self, Key(.integer(storage)), in: scope)
    }
  }
}
