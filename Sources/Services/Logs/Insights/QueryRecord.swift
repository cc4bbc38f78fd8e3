import Cloud
import Wire

/// A query that was started.
struct QueryRecord: Record {
  static let kind = "logs.query"

  /// AWS: GetQueryResults, `status`.
  enum Status: String, Codable, Sendable {
    case scheduled = "Scheduled"
    case running = "Running"
    case complete = "Complete"
    case failed = "Failed"
    case cancelled = "Cancelled"

    var isOver: Bool { self != .scheduled && self != .running }
  }

  struct Statistics: Codable, Sendable {
    var matched = 0
    var scanned = 0
    var bytes: Int64 = 0
  }

  /// Queries that are under way, for the quota.
  static let byWork = Index<QueryRecord>("work") { $0.status.isOver ? nil : Key(.string($0.id)) }
  /// From the newest on.
  static let byTime = Index<QueryRecord>("time") { Key(.integer($0.createdAt), .string($0.id)) }
  static let indexes = [byWork, byTime]

  /// AWS: CloudWatch Logs quotas: results are kept for seven days.
  static let lifetime: Int64 = 7 * 86_400

  var id: String
  var groups: [GroupName]
  var text: String
  var status: Status
  /// Milliseconds since 1970.
  var createdAt: Int64
  var endedAt: Int64?
  /// Milliseconds since 1970, both included.
  var start: Int64
  var end: Int64
  var limit: Int
  var caller: String
  var statistics = Statistics()
  var rows = 0

  var key: Key { Key(id) }

  /// A group by its name and the id it had when the query was started.
  struct GroupName: Codable, Sendable {
    var name: String
    var id: Int64
  }
}

/// A piece of a query's result: lines of field and value in turn.
struct QueryResultRecord: Record {
  static let kind = "logs.query.result"
  static let size = 500

  var query: String
  var part: Int64
  var lines: [[String]]

  var key: Key { Key(.string(query), .integer(part)) }
}

/// A query that was saved under a name.
struct QueryDefinitionRecord: Record {
  static let kind = "logs.query.definition"
  static let isCached = true

  var id: String
  var name: String
  var text: String
  var groups: [String]
  /// Milliseconds since 1970.
  var modifiedAt: Int64

  var key: Key { Key(id) }
}
