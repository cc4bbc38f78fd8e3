import Cloud
import Foundation

/// A decision task that waits in its list.
struct QueuedDecisionRecord: Record {
  static let kind = "swf.decisionTask"
  static let holdsTime = true

  let place: TaskPlace
  /// The run's ``ExecutionRecord/number``.
  let number: Int64

  init(place: TaskPlace, number: Int64) {
    self.place = place
    self.number = number
  }

  var key: Key { place.key }

  func encoded() throws -> Data {
    var writer = RecordWriter(capacity: 96)
    place.encode(to: &writer)
    writer.integer(number)
    return writer.data
  }

  init(encoded: Data) throws {
    var reader = RecordReader(encoded)
    place = try TaskPlace(from: &reader)
    number = try reader.integer()
  }
}

/// An activity task that waits in its list, with what only its worker needs.
struct QueuedActivityRecord: Record {
  static let kind = "swf.activityTask"

  let place: TaskPlace
  /// The run's ``ExecutionRecord/number``.
  let number: Int64
  let scheduledEventID: Int64
  let input: String?

  init(place: TaskPlace, number: Int64, scheduledEventID: Int64, input: String?) {
    self.place = place
    self.number = number
    self.scheduledEventID = scheduledEventID
    self.input = input
  }

  var key: Key { place.key }

  func encoded() throws -> Data {
    var writer = RecordWriter(capacity: 112 + (input?.utf8.count ?? 0))
    place.encode(to: &writer)
    writer.integer(number)
    writer.integer(scheduledEventID)
    writer.optional(input)
    return writer.data
  }

  init(encoded: Data) throws {
    var reader = RecordReader(encoded)
    place = try TaskPlace(from: &reader)
    number = try reader.integer()
    scheduledEventID = try reader.integer()
    input = try reader.optional()
  }
}

/// A task's place: its list, then higher priorities first, then in the order of scheduling.
struct TaskPlace: Codable, Sendable, Equatable {
  var domain: String
  var taskList: String
  var priority: Int32
  /// From ``Transaction/nextOrder()``.
  var order: Int64

  var key: Key { Key(.string(domain), .string(taskList), .integer(-Int64(priority)), .integer(order)) }

  /// All tasks of a list.
  static func all(in taskList: String, of domain: String) -> KeyRange { .prefix(.string(domain), .string(taskList)) }

  /// All tasks of a list that have this priority.
  static func all(in taskList: String, of domain: String, priority: Int32) -> KeyRange {
    .prefix(.string(domain), .string(taskList), .integer(-Int64(priority)))
  }
}

extension TaskPlace {
  func encode(to writer: inout RecordWriter) {
    writer.byte(1)
    writer.string(domain)
    writer.string(taskList)
    writer.short(priority)
    writer.integer(order)
  }

  init(from reader: inout RecordReader) throws(RecordReader.Damaged) {
    guard try reader.byte() == 1 else { throw RecordReader.Damaged() }
    self.init(
      domain: try reader.string(), taskList: try reader.string(), priority: try reader.short(),
      order: try reader.integer())
  }
}

/// What those wait for who poll a task list.
enum TaskTopic {
  static func decisions(_ taskList: String, of domain: String, in scope: Scope) -> Topic {
    Topic("swf/decisions/\(domain)/\(taskList)", in: scope)
  }

  static func activities(_ taskList: String, of domain: String, in scope: Scope) -> Topic {
    Topic("swf/activities/\(domain)/\(taskList)", in: scope)
  }
}
