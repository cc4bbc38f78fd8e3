import Cloud
import Foundation

/// An activity task that was scheduled and has not come to its end.
struct OpenActivityRecord: Record, Equatable {
  static let kind = "swf.activity"
  static let holdsTime = true

  /// By activity id, which is unique among a run's open activities.
  static let byName = Index<OpenActivityRecord>("name") { Key(.integer($0.number), .string($0.activityID)) }
  /// By the moment at which it times out next.
  static let byDeadline = Index<OpenActivityRecord>("deadline") { record in
    record.timeouts.next(record).map { Key(.integer(record.number), .integer($0.at)) }
  }
  static let indexes = [byName, byDeadline]

  /// The run's ``ExecutionRecord/number``.
  let number: Int64
  let scheduledEventID: Int64
  let activityID: String
  let type: TypeName
  let taskList: String
  let priority: Int32
  /// Its place in its list among those of the same priority.
  let order: Int64
  let timeouts: ActivityTimeouts
  /// Milliseconds since 1970.
  let scheduledAt: Int64
  /// 0 until a worker has it.
  var startedEventID: Int64 = 0
  var startedAt: Int64 = 0
  /// When it was started or last heard of.
  var heartbeatAt: Int64 = 0
  /// The details of the last heartbeat.
  var details: String?
  /// The latest ActivityTaskCancelRequested event; 0 for none.
  var cancelRequestedEventID: Int64 = 0

  init(
    number: Int64, scheduledEventID: Int64, activityID: String, type: TypeName, taskList: String, priority: Int32,
    order: Int64, timeouts: ActivityTimeouts, scheduledAt: Int64
  ) {
    self.number = number
    self.scheduledEventID = scheduledEventID
    self.activityID = activityID
    self.type = type
    self.taskList = taskList
    self.priority = priority
    self.order = order
    self.timeouts = timeouts
    self.scheduledAt = scheduledAt
  }

  var key: Key { OpenActivityRecord.key(number, scheduledEventID) }
  var isStarted: Bool { startedEventID != 0 }
  var isCancelRequested: Bool { cancelRequestedEventID != 0 }

  static func key(_ number: Int64, _ scheduledEventID: Int64) -> Key {
    Key(.integer(number), .integer(scheduledEventID))
  }

  func encoded() throws -> Data {
    var writer = RecordWriter(capacity: 192 + (details?.utf8.count ?? 0))
    writer.byte(1)
    writer.integer(number)
    writer.integer(scheduledEventID)
    writer.string(activityID)
    writer.string(type.name)
    writer.string(type.version)
    writer.string(taskList)
    writer.short(priority)
    writer.integer(order)
    writer.optional(timeouts.scheduleToStart)
    writer.optional(timeouts.scheduleToClose)
    writer.optional(timeouts.startToClose)
    writer.optional(timeouts.heartbeat)
    writer.integer(scheduledAt)
    writer.integer(startedEventID)
    writer.integer(startedAt)
    writer.integer(heartbeatAt)
    writer.optional(details)
    writer.integer(cancelRequestedEventID)
    return writer.data
  }

  init(encoded: Data) throws {
    var reader = RecordReader(encoded)
    guard try reader.byte() == 1 else { throw RecordReader.Damaged() }
    number = try reader.integer()
    scheduledEventID = try reader.integer()
    activityID = try reader.string()
    type = TypeName(name: try reader.string(), version: try reader.string())
    taskList = try reader.string()
    priority = try reader.short()
    order = try reader.integer()
    timeouts = ActivityTimeouts(
      scheduleToStart: try reader.optionalInteger(), scheduleToClose: try reader.optionalInteger(),
      startToClose: try reader.optionalInteger(), heartbeat: try reader.optionalInteger())
    scheduledAt = try reader.integer()
    startedEventID = try reader.integer()
    startedAt = try reader.integer()
    heartbeatAt = try reader.integer()
    details = try reader.optional()
    cancelRequestedEventID = try reader.integer()
  }
}

/// The four clocks of an activity task, in seconds; nothing for `NONE`.
struct ActivityTimeouts: Codable, Sendable, Equatable {
  var scheduleToStart: Int64?
  var scheduleToClose: Int64?
  var startToClose: Int64?
  var heartbeat: Int64?

  /// The clock that runs out first, and when, in milliseconds since 1970. Of clocks that end together the one that spans the
  /// least is named.
  func next(_ task: OpenActivityRecord) -> (at: Int64, type: String)? {
    var first: (at: Int64, type: String)?
    func consider(_ seconds: Int64?, since start: Int64, _ type: String) {
      guard let seconds else { return }
      let at = start + seconds * 1000
      if first.map({ at < $0.at }) ?? true { first = (at, type) }
    }
    if task.isStarted {
      consider(heartbeat, since: task.heartbeatAt, ActivityTaskTimeoutType.heartbeat)
      consider(startToClose, since: task.startedAt, ActivityTaskTimeoutType.startToClose)
    } else {
      consider(scheduleToStart, since: task.scheduledAt, ActivityTaskTimeoutType.scheduleToStart)
    }
    consider(scheduleToClose, since: task.scheduledAt, ActivityTaskTimeoutType.scheduleToClose)
    return first
  }
}

/// A timer that was started and has neither fired nor been canceled.
struct OpenTimerRecord: Record {
  static let kind = "swf.timer"

  /// By when it fires.
  static let byDue = Index<OpenTimerRecord>("due") { record in
    Key(.integer(record.number), .integer(record.firesAt), .integer(record.startedEventID))
  }
  static let indexes = [byDue]

  /// The run's ``ExecutionRecord/number``.
  let number: Int64
  let timerID: String
  let startedEventID: Int64
  /// Milliseconds since 1970.
  let firesAt: Int64

  init(number: Int64, timerID: String, startedEventID: Int64, firesAt: Int64) {
    self.number = number
    self.timerID = timerID
    self.startedEventID = startedEventID
    self.firesAt = firesAt
  }

  var key: Key { Key(.integer(number), .string(timerID)) }

  func encoded() throws -> Data {
    var writer = RecordWriter(capacity: 64)
    writer.byte(1)
    writer.integer(number)
    writer.string(timerID)
    writer.integer(startedEventID)
    writer.integer(firesAt)
    return writer.data
  }

  init(encoded: Data) throws {
    var reader = RecordReader(encoded)
    guard try reader.byte() == 1 else { throw RecordReader.Damaged() }
    number = try reader.integer()
    timerID = try reader.string()
    startedEventID = try reader.integer()
    firesAt = try reader.integer()
  }
}

/// A child workflow that was initiated and has not come to its end. When it continues as a new run, that run takes its place.
struct OpenChildRecord: Record {
  static let kind = "swf.child"

  /// The parent's ``ExecutionRecord/number``.
  var number: Int64
  var initiatedEventID: Int64
  /// The parent's ChildWorkflowExecutionStarted event.
  var startedEventID: Int64
  /// The ``ExecutionRecord/number`` of the child's present run.
  var childNumber: Int64

  var key: Key { Key(.integer(number), .integer(initiatedEventID)) }
}
