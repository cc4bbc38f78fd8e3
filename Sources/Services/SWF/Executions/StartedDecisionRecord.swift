import Cloud
import Foundation

/// A decision task that a decider works on: who, and since when.
///
/// ``ExecutionState`` has what the engine needs; this is for those who ask who is at work, and it holds automatic time.
struct StartedDecisionRecord: Record {
  static let kind = "swf.startedDecision"
  static let holdsTime = true

  /// The run's ``ExecutionRecord/number``.
  let number: Int64
  let taskList: String
  let identity: String?
  /// Milliseconds since 1970.
  let startedAt: Int64

  init(number: Int64, taskList: String, identity: String?, startedAt: Int64) {
    self.number = number
    self.taskList = taskList
    self.identity = identity
    self.startedAt = startedAt
  }

  var key: Key { Key(.integer(number)) }

  func encoded() throws -> Data {
    var writer = RecordWriter(capacity: 64)
    writer.byte(1)
    writer.integer(number)
    writer.string(taskList)
    writer.optional(identity)
    writer.integer(startedAt)
    return writer.data
  }

  init(encoded: Data) throws {
    var reader = RecordReader(encoded)
    guard try reader.byte() == 1 else { throw RecordReader.Damaged() }
    number = try reader.integer()
    taskList = try reader.string()
    identity = try reader.optional()
    startedAt = try reader.integer()
  }
}
