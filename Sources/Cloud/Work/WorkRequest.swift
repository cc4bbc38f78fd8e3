import Foundation
import Logging
import Wire

/// A durable wish to do what takes time or other services: to deliver a message, to write a file to a bucket.
///
/// A handler requests it with its other writes. After the commit the service's ``WorkHandler`` does it, outside any transaction
/// and as often as it takes. It survives `kill -9`: then it may be done twice, but is never lost.
public struct WorkRequest: Sendable {
  /// The service whose handler does it (`sns`).
  public var service: String
  /// What is to be done, in the service's own words.
  public var name: String
  /// Whose work it is.
  public var scope: Scope
  /// Works of a service in the same lane are done one after another, in the order of their requests, a retried one before all
  /// behind it; nothing lets it be done beside any other.
  public var lane: String?
  /// What the handler must know, in a form of its own.
  public var content: Data

  public init(service: String, name: String, in scope: Scope, lane: String? = nil, content: Data = Data()) {
    self.service = service
    self.name = name
    self.scope = scope
    self.lane = lane
    self.content = content
  }
}

/// A requested work in its handler's hands.
public struct Work: Sendable {
  public var request: WorkRequest
  /// Its number: stays the same when it is tried again, also after a restart.
  public var id: Int64
  /// How often it was tried before.
  public var attempt: Int
  /// When it was requested.
  public var requested: Timestamp
}

/// What a handler of works may use.
public struct WorkContext: Sendable {
  public let calls: any OperationCalls
  public let store: Store
  public let clock: CloudClock
  public let random: RandomSource
  public let logger: Logger

  public init(
    calls: any OperationCalls, store: Store, clock: CloudClock, random: RandomSource, logger: Logger
  ) {
    self.calls = calls
    self.store = store
    self.clock = clock
    self.random = random
    self.logger = logger
  }
}

/// What became of a work.
public enum WorkOutcome: Sendable {
  /// Done, or given up for good.
  case done
  /// Done, and what the handler writes down of it happens together with its end: once.
  case doneWriting(@Sendable (Transaction) throws(AWSError) -> Void)
  /// To be tried again so many of the cloud's milliseconds later; `content` replaces what the handler must know.
  case retry(afterMilliseconds: Int64, content: Data? = nil)
}

/// Does a service's works. An error that it throws is logged, and the work tried again: after a second, then after twice as
/// long each time, up to a minute.
public typealias WorkHandler = @Sendable (Work, WorkContext) async throws(AWSError) -> WorkOutcome

extension Transaction {
  /// Requests a work, to be done after the commit.
  /// - Returns: its number.
  @discardableResult
  public func request(_ work: WorkRequest) throws(AWSError) -> Int64 {
    let record = WorkRecord(work, order: nextOrder(), requested: now)
    try insert(record, in: .global)
    let queue = engine.work
    afterCommit { queue.add(record) }
    return record.order
  }
}

/// A work that is to be done now. All live in the global scope, in the order of their requests.
struct WorkRecord: Record {
  static let kind = "cloud.work"
  static let holdsTime = true

  var order: Int64
  var service: String
  var name: String
  var scope: String
  var lane: String?
  var content: Data
  var requested: Int64
  var attempt: Int64

  var key: Key { Key(.integer(order)) }

  init(_ request: WorkRequest, order: Int64, requested: Timestamp) {
    self.order = order
    service = request.service
    name = request.name
    scope = request.scope.description
    lane = request.lane
    content = request.content
    self.requested = requested.milliseconds
    attempt = 0
  }

  // By hand, for it is on the path of every delivery.
  func encoded() throws -> Data {
    var writer = RecordWriter(capacity: 96 + content.count)
    writer.byte(1)
    writer.integer(order)
    writer.string(service)
    writer.string(name)
    writer.string(scope)
    writer.optional(lane)
    writer.raw([UInt8](content))
    writer.integer(requested)
    writer.integer(attempt)
    return writer.data
  }

  init(encoded: Data) throws {
    var reader = RecordReader(encoded)
    guard try reader.byte() == 1 else { throw RecordReader.Damaged() }
    order = try reader.integer()
    service = try reader.string()
    name = try reader.string()
    scope = try reader.string()
    lane = try reader.optional()
    content = Data(try reader.raw())
    requested = try reader.integer()
    attempt = try reader.integer()
  }

  var work: Work? {
    guard let scope = Scope(stored: scope) else { return nil }
    return Work(
      request: WorkRequest(service: service, name: name, in: scope, lane: lane, content: content), id: order,
      attempt: Int(attempt), requested: Timestamp(milliseconds: requested))
  }
}

/// A work that is to be tried again later; its timer makes it a ``WorkRecord`` again. A kind of its own, for it doesn't hold
/// automatic time.
struct PostponedWorkRecord: Record {
  static let kind = "cloud.work.postponed"

  var record: WorkRecord

  var key: Key { record.key }
}
