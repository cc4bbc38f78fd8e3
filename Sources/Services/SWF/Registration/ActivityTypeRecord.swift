import Cloud
import Wire

/// A registered version of an activity.
struct ActivityTypeRecord: Record {
  static let kind = "swf.activityType"
  static let isCached = true

  /// Types of a domain by status, in the order of their names.
  static let byStatus = Index<ActivityTypeRecord>("status") { record in
    Key(.string(record.domain), .string(record.status.rawValue), .string(record.name), .string(record.version))
  }
  static let indexes = [byStatus]

  /// What a task gets that gives no values of its own; each as it was registered.
  struct Defaults: Codable, Sendable, Equatable {
    var taskStartToCloseTimeout: String?
    var taskHeartbeatTimeout: String?
    var taskList: String?
    var taskPriority: String?
    var taskScheduleToStartTimeout: String?
    var taskScheduleToCloseTimeout: String?
  }

  var domain: String
  var name: String
  var version: String
  var status: RegistrationState = .registered
  var description: String?
  var defaults: Defaults
  /// Milliseconds since 1970.
  var createdAt: Int64
  var deprecatedAt: Int64?

  var key: Key { ActivityTypeRecord.key(type, in: domain) }
  var type: ActivityType { ActivityType(name: name, version: version) }
  var isDeprecated: Bool { status == .deprecated }

  static func key(_ type: ActivityType, in domain: String) -> Key {
    Key(.string(domain), .string(type.name), .string(type.version))
  }

  /// A type of a domain, deprecated or not; nothing if there is none.
  static func find(
    ifAny type: ActivityType, in domain: String, _ scope: Scope, _ transaction: Transaction
  ) throws(AWSError) -> ActivityTypeRecord? {
    try transaction.get(ActivityTypeRecord.self, key(type, in: domain), in: scope)
  }

  /// A type of a domain, deprecated or not.
  /// - Throws: `Unknown type: ActivityType=[name=N, version=V]`
  static func find(
    _ type: ActivityType, in domain: String, _ scope: Scope, _ transaction: Transaction
  ) throws(AWSError) -> ActivityTypeRecord {
    guard let record = try find(ifAny: type, in: domain, scope, transaction) else { throw .unknownType(type) }
    return record
  }
}
