import Cloud
import Foundation
import Wire

/// What changes with the events of an open run. It is deleted when the run closes.
///
/// Small and without indexes, for nearly every operation reads and writes it.
struct ExecutionState: Record, Equatable {
  static let kind = "swf.state"

  /// How many of each kind are open.
  struct Counts: Codable, Sendable, Equatable {
    var activities: Int32 = 0
    var timers: Int32 = 0
    var children: Int32 = 0
    var lambdas: Int32 = 0
  }

  /// The run's ``ExecutionRecord/number``.
  let number: Int64
  var lastEventID: Int64 = 0
  var decisions: DecisionTaskState
  var counts = Counts()
  /// When the latest activity task was scheduled, started or closed, in milliseconds since 1970; 0 for never.
  var latestActivityAt: Int64 = 0
  /// When the run times out, in milliseconds since 1970.
  var deadline: Int64
  /// When the run's durable timer is set to, in milliseconds since 1970; `Int64.max` when there is none. It may be earlier
  /// than what is due next, never later.
  var timerAt: Int64 = .max

  init(number: Int64, decisions: DecisionTaskState, deadline: Int64) {
    self.number = number
    self.decisions = decisions
    self.deadline = deadline
  }

  var key: Key { Key(.integer(number)) }

  func encoded() throws -> Data {
    var writer = RecordWriter(capacity: 192)
    writer.byte(1)
    writer.integer(number)
    writer.integer(lastEventID)
    decisions.encode(to: &writer)
    writer.short(counts.activities)
    writer.short(counts.timers)
    writer.short(counts.children)
    writer.short(counts.lambdas)
    writer.integer(latestActivityAt)
    writer.integer(deadline)
    writer.integer(timerAt)
    return writer.data
  }

  init(encoded: Data) throws {
    var reader = RecordReader(encoded)
    guard try reader.byte() == 1 else { throw RecordReader.Damaged() }
    number = try reader.integer()
    lastEventID = try reader.integer()
    decisions = try DecisionTaskState(from: &reader)
    counts = Counts(
      activities: try reader.short(), timers: try reader.short(), children: try reader.short(),
      lambdas: try reader.short())
    latestActivityAt = try reader.integer()
    deadline = try reader.integer()
    timerAt = try reader.integer()
  }
}

/// The decision tasks of a run: at most one is queued and at most one is started.
///
/// AWS: a change is recorded at once, also while a decision task is started, and queues one more task unless one is queued;
/// that one is given out only when the started one has come to its end (read from histories recorded from AWS).
struct DecisionTaskState: Codable, Sendable, Equatable {
  /// A task that waits for a decider.
  struct Queued: Codable, Sendable, Equatable {
    var scheduledEventID: Int64
    var taskList: String
    var priority: Int32
    /// Its place in its list among those of the same priority.
    var order: Int64
    /// For how many seconds it may wait in a list that a decider chose, before the run's own list has it; nothing for ever.
    var patience: Int64?
    /// When that time is over, in milliseconds since 1970; nothing for never, or while it isn't in the list.
    var deadline: Int64?
    /// Whether it is in the list: not while another task is started.
    var isOffered = false
    /// Whether the list is one that a decider chose.
    var isOverridden: Bool
  }

  /// A task that a decider works on.
  struct Started: Codable, Sendable, Equatable {
    var scheduledEventID: Int64
    var startedEventID: Int64
    /// When it times out; nothing for never.
    var deadline: Int64?
    /// Whether it came through a list that a decider had chosen.
    var isOverridden: Bool
  }

  /// A list that a decider chose for the tasks to come.
  struct Override: Codable, Sendable, Equatable {
    var taskList: String
    /// In seconds, as given; nothing for no limit.
    var scheduleToStartTimeout: String?
  }

  var queued: Queued?
  var started: Started?
  var override: Override?
  /// The DecisionTaskStarted event of the latest task that was completed; 0 for none.
  var previousStartedEventID: Int64 = 0

  init() {}

  func encode(to writer: inout RecordWriter) {
    writer.bool(queued != nil)
    if let queued {
      writer.integer(queued.scheduledEventID)
      writer.string(queued.taskList)
      writer.short(queued.priority)
      writer.integer(queued.order)
      writer.optional(queued.patience)
      writer.optional(queued.deadline)
      writer.bool(queued.isOffered)
      writer.bool(queued.isOverridden)
    }
    writer.bool(started != nil)
    if let started {
      writer.integer(started.scheduledEventID)
      writer.integer(started.startedEventID)
      writer.optional(started.deadline)
      writer.bool(started.isOverridden)
    }
    writer.bool(override != nil)
    if let override {
      writer.string(override.taskList)
      writer.optional(override.scheduleToStartTimeout)
    }
    writer.integer(previousStartedEventID)
  }

  init(from reader: inout RecordReader) throws(RecordReader.Damaged) {
    if try reader.bool() {
      queued = Queued(
        scheduledEventID: try reader.integer(), taskList: try reader.string(), priority: try reader.short(),
        order: try reader.integer(), patience: try reader.optionalInteger(), deadline: try reader.optionalInteger(),
        isOffered: try reader.bool(), isOverridden: try reader.bool())
    }
    if try reader.bool() {
      started = Started(
        scheduledEventID: try reader.integer(), startedEventID: try reader.integer(),
        deadline: try reader.optionalInteger(), isOverridden: try reader.bool())
    }
    if try reader.bool() {
      override = Override(taskList: try reader.string(), scheduleToStartTimeout: try reader.optional())
    }
    previousStartedEventID = try reader.integer()
  }
}
