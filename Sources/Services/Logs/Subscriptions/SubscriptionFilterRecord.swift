import Cloud
import Wire

/// A subscription filter of a group.
struct SubscriptionFilterRecord: Record {
  static let kind = "logs.subscription"
  static let isCached = true

  var group: Int64
  var groupName: String
  var name: String
  var pattern: String
  var destination: String
  var role: String?
  /// `ByLogStream` or `Random`: for streams of Kinesis; a function gets what a stream's batch brings either way.
  var distribution: String
  /// Milliseconds since 1970.
  var createdAt: Int64

  var key: Key { Key(.integer(group), .string(name)) }

  static func filters(
    of group: LogGroupRecord, _ scope: Scope, _ transaction: Transaction
  ) throws(AWSError) -> [SubscriptionFilterRecord] {
    try transaction.scan(SubscriptionFilterRecord.self, in: scope, .prefix(.integer(group.id)))
  }
}
