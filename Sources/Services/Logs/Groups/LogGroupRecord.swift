import Cloud
import Wire

/// A log group.
struct LogGroupRecord: Record {
  static let kind = "logs.group"
  static let isCached = true

  /// AWS: CreateLogGroup, `logGroupClass`.
  enum Class: String, Codable, Sendable {
    case standard = "STANDARD"
    case infrequentAccess = "INFREQUENT_ACCESS"
    case delivery = "DELIVERY"
  }

  var name: String
  /// Its own among all groups that ever had its name.
  var id: Int64
  /// Milliseconds since 1970.
  var createdAt: Int64
  var logClass: Class
  var retentionDays: Int?
  /// The ARN of the key that its events are encrypted with.
  var kmsKey: String?
  /// The data key, encrypted by ``kmsKey``: whoever reads or writes events has it decrypted first.
  var dataKey: String?
  var isProtected: Bool
  var tags: [String: String]

  var key: Key { Key(name) }

  /// Events before this moment have expired; nothing if none ever do.
  func cutoff(at now: Int64) -> Int64? { retentionDays.map { now - Int64($0) * 86_400_000 } }
}

/// How much a group holds: apart from the group, since every batch of events changes it.
struct GroupSizeRecord: Record {
  static let kind = "logs.size"
  static let isCached = true

  var group: Int64
  var bytes: Int64 = 0
  /// Whether a timer is set that removes what has expired.
  var isExpiring = false

  var key: Key { Key(.integer(group)) }

  static func find(_ group: Int64, _ scope: Scope, _ transaction: Transaction) throws(AWSError) -> GroupSizeRecord {
    try transaction.get(GroupSizeRecord.self, Key(.integer(group)), in: scope) ?? GroupSizeRecord(group: group)
  }
}
