import Cloud
import Foundation

/// A queue.
struct QueueRecord: Record {
  static let kind = "sqs.queue"
  static let isCached = true

  /// Queues by the dead-letter queue they name.
  static let byDeadLetterTarget = Index<QueueRecord>("deadLetter") { record in
    record.settings.redrive.map { Key(.string($0.target.description)) }
  }
  static let indexes = [byDeadLetterTarget]

  var name: String
  /// Its own among all queues that ever had its name.
  var id: Int64
  /// Where its messages are: replaced by a purge.
  var storage: Int64
  var arn: String
  var settings: QueueSettings
  var tags: [String: String] = [:]
  /// Milliseconds since 1970.
  var createdAt: Int64
  var modifiedAt: Int64
  var purgedAt: Int64?

  var key: Key { Key(name) }

  var isFIFO: Bool { settings.isFIFO }

  /// What its long polls wait for.
  func topic(in scope: Scope) -> Topic { Topic("sqs/\(name)", in: scope) }
}

/// A queue that was deleted less than a minute ago: its name is not free yet.
struct DeletedQueueRecord: Record {
  static let kind = "sqs.deleted"

  /// AWS: CreateQueue, "you must wait at least 60 seconds before creating a queue with the same name".
  static let interval: Int64 = 60_000

  var name: String
  /// Milliseconds since 1970.
  var deletedAt: Int64

  var key: Key { Key(name) }
}
