import Foundation
import Wire

/// What a handler can wait for: a queue that gets a message, a task list that gets a task.
public struct Topic: Sendable, Hashable {
  let name: String
  let scope: Scope

  /// The topic `name` (begin it with the service: `sqs/orders`) in a scope.
  public init(_ name: String, in scope: Scope) {
    self.name = name
    self.scope = scope
  }
}

/// A handler's wish to be run again later, in a new transaction.
public struct Wait: Sendable {
  /// Signals that wake it.
  public var topics: [Topic]
  /// When the caller gives up: the handler runs a last time with ``Transaction/now`` at or behind this moment.
  public var deadline: Timestamp
  /// When the stored state itself will have changed (a delayed message becomes visible); nothing if it won't.
  /// In automatic time the clock may jump here, never to a mere ``deadline``.
  public var recheck: Timestamp?

  /// A wait for any of `topics`, until `deadline`.
  public init(for topics: [Topic], until deadline: Timestamp, recheck: Timestamp? = nil) {
    self.topics = topics
    self.deadline = deadline
    self.recheck = recheck
  }
}

/// What a handler came to: an answer, or a wait.
public enum Step<Answer> {
  case answer(Answer)
  case wait(Wait)
}

extension Step: Sendable where Answer: Sendable {}

/// A durable wish to do something at a moment: it survives a restart and follows the cloud's clock.
public struct TimerRequest: Sendable {
  /// The service whose handler runs it (`sqs`).
  public var service: String
  /// Its name; a timer with the same service, name and scope replaces the earlier one.
  public var name: Key
  public var scope: Scope
  public var due: Timestamp
  /// Whether somebody may wait for it, so that automatic time jumps to it. Not so for cleaning up, which happens when its time
  /// comes anyhow, and which nobody wants sooner.
  public var isAwaited: Bool

  public init(service: String, name: Key, in scope: Scope, due: Timestamp, isAwaited: Bool = true) {
    self.service = service
    self.name = name
    self.scope = scope
    self.due = due
    self.isAwaited = isAwaited
  }
}

/// Runs a timer that is due, in a transaction from which the timer is already gone.
/// A handler that throws is run again thirty seconds later.
public typealias TimerHandler = @Sendable (TimerRequest, Transaction) throws(AWSError) -> Void

/// A stored timer. All timers live in the global scope, ordered by when they are due.
struct TimerRecord: Record {
  static let kind = "cloud.timer"
  static let byDue = Index<TimerRecord>("due") { Key(.integer($0.due)) }
  static let indexes = [byDue]

  var service: String
  var name: [UInt8]
  var scope: String
  var due: Int64
  /// Nothing counts as true.
  var isAwaited: Bool?

  /// Written by hand since it is on the path of every workflow; earlier versions wrote JSON, which is still read.
  func encoded() throws -> Data {
    var writer = RecordWriter(capacity: 64 + name.count)
    writer.byte(1)
    writer.string(service)
    writer.raw(name)
    writer.string(scope)
    writer.integer(due)
    writer.bool(isAwaited ?? true)
    return writer.data
  }

  init(encoded: Data) throws {
    if encoded.first == UInt8(ascii: "{") {
      self = try RecordCoding.decoder.decode(TimerRecord.self, from: encoded)
      return
    }
    var reader = RecordReader(encoded)
    guard try reader.byte() == 1 else { throw RecordReader.Damaged() }
    service = try reader.string()
    name = try reader.raw()
    scope = try reader.string()
    due = try reader.integer()
    isAwaited = try reader.bool()
  }

  // The name's own encoding follows as it is: it stays unambiguous and ordered behind two whole parts.
  var key: Key { Key(bytes: Key(.string(service), .string(scope)).bytes + name) }

  init(_ request: TimerRequest) {
    service = request.service
    name = request.name.bytes
    scope = request.scope.description
    due = request.due.milliseconds
    isAwaited = request.isAwaited ? nil : false
  }

  var request: TimerRequest? {
    guard let scope = Scope(stored: scope) else { return nil }
    return TimerRequest(
      service: service, name: Key(bytes: name), in: scope, due: Timestamp(milliseconds: due),
      isAwaited: isAwaited ?? true)
  }
}

extension Transaction {
  /// Starts a timer, or moves it if it runs already.
  public func schedule(_ timer: TimerRequest) throws(AWSError) {
    try put(TimerRecord(timer), in: .global)
    let due = timer.due
    let schedule = engine.schedule
    afterCommit { schedule.note(due) }
  }

  /// Stops a timer; nothing happens if it doesn't run.
  public func cancelTimer(service: String, name: Key, in scope: Scope) throws(AWSError) {
    let record = TimerRecord(TimerRequest(service: service, name: name, in: scope, due: now))
    try delete(TimerRecord.self, record.key, in: .global)
  }
}
