import Cloud
import Wire

/// Removes, in pieces, what deleted topics have left behind.
enum Sweeping {
  /// So many records of a kind are removed at once.
  private static let batch = 500

  /// Begins to sweep.
  static func sweep(
    _ topic: TopicRecord, of location: TopicLocation, _ transaction: Transaction
  ) throws(AWSError) {
    try transaction.schedule(
      TimerRequest(
        service: SNSService.name, name: Key(.string("sweep"), .integer(topic.id)), in: location.scope,
        due: transaction.now))
  }

  /// Removes a piece, and comes again if there is more.
  static func run(_ topicID: Int64, _ request: TimerRequest, _ transaction: Transaction) throws(AWSError) {
    let mine = KeyRange.prefix(.integer(topicID))
    let subscriptions = try transaction.scan(SubscriptionRecord.self, in: request.scope, mine, limit: batch)
    for record in subscriptions {
      try transaction.delete(record, in: request.scope)
      try Unsubscribing.removeSubscriber(record, in: request.scope, transaction)
    }
    let duplicates = try transaction.scan(DeduplicationRecord.self, in: request.scope, mine, limit: batch)
    for record in duplicates { try transaction.delete(record, in: request.scope) }
    guard subscriptions.count == batch || duplicates.count == batch else { return }
    var again = request
    again.due = transaction.now
    try transaction.schedule(again)
  }
}
