import Cloud
import Wire

/// A replay of an archive's events.
struct ReplayRecord: Record {
  static let kind = "events.replay"

  enum State: String, Codable, Sendable {
    case starting = "STARTING"
    case running = "RUNNING"
    case cancelling = "CANCELLING"
    case completed = "COMPLETED"
    case cancelled = "CANCELLED"
    case failed = "FAILED"

    var isOpen: Bool { self == .starting || self == .running || self == .cancelling }
  }

  /// How far it has come: the event behind which it goes on.
  struct Cursor: Codable, Sendable {
    var time: Int64
    var order: Int64
  }

  var name: String
  var description: String?
  var archive: String
  var archiveID: String
  var bus: String
  /// ARNs of the rules that get the events; empty for all.
  var filters: [String]
  var from: Timestamp
  var to: Timestamp
  var state: State
  var reason: String?
  var startedAt: Timestamp
  var endedAt: Timestamp?
  var lastReplayed: Timestamp?
  var cursor: Cursor?

  var key: Key { Key(name) }

  static func arn(_ name: String, _ scope: Scope) -> String {
    ARN("events", region: scope.region, account: scope.account, "replay/\(name)").description
  }

  static func find(_ name: String, in scope: Scope, _ transaction: Transaction) throws(AWSError) -> ReplayRecord {
    guard let replay = try transaction.get(ReplayRecord.self, Key(name), in: scope) else {
      throw .notFound("Replay \(name) does not exist.")
    }
    return replay
  }
}
