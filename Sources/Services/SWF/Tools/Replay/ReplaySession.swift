import Cloud
import Wire

/// A history that is being fed to a running decider, task by task.
struct ReplaySession: Sendable {
  /// Where the tasks are offered.
  struct Place: Sendable, Hashable {
    var scope: Scope
    var domain: String
    var taskList: String
  }

  /// A task that no answer came to is offered again after so many milliseconds: its decider may have died.
  static let patience: Int64 = 60_000

  let id: String
  let place: Place
  let execution: WorkflowExecution
  let type: WorkflowType
  let tasks: [RecordedTask]
  let events: [HistoryEvent]
  /// How many tasks have been answered.
  private(set) var answered = 0
  private(set) var differences: [DecisionComparison.Difference] = []
  /// When the present task was given to a decider, in milliseconds since 1970; nothing while it waits for one.
  private(set) var givenAt: Int64?

  /// - Throws: ``HistoryFile/Unreadable`` if an event is none of AWS's.
  init(id: String, place: Place, file: HistoryFile) throws(HistoryFile.Unreadable) {
    self.id = id
    self.place = place
    execution = WorkflowExecution(workflowId: file.workflowID ?? "replay", runId: file.runID ?? id)
    type = file.workflowType
    tasks = RecordedTask.all(in: file.events)
    var events: [HistoryEvent] = []
    events.reserveCapacity(file.events.count)
    for event in file.events {
      let bytes = Array(event.text.utf8)
      let shapes = EventShapes.all
      guard let value = shapes.model.structure(json: bytes, as: shapes.historyEvent) else {
        throw HistoryFile.Unreadable(description: "event \(events.count + 1) is none of SWF's")
      }
      events.append(HistoryEvent(value))
    }
    self.events = events
    for task in tasks where !(1...events.count).contains(task.startedEventID) {
      throw HistoryFile.Unreadable(description: "event \(task.completedEventID) names a start that is not there")
    }
    if tasks.isEmpty { throw HistoryFile.Unreadable(description: "no decision task of the history was answered") }
  }

  var isFinished: Bool { answered == tasks.count }

  /// Gives the present task to a decider, unless another works on it.
  mutating func give(at now: Timestamp) -> (number: Int, task: RecordedTask)? {
    guard !isFinished else { return nil }
    if let givenAt, now.milliseconds - givenAt < ReplaySession.patience { return nil }
    givenAt = now.milliseconds
    return (answered, tasks[answered])
  }

  /// Takes an answer.
  /// - Returns: whether it was awaited; the first answer to a task counts.
  mutating func take(_ decisions: [Decision], for number: Int) -> Bool {
    guard number == answered, givenAt != nil, !isFinished else { return false }
    differences += DecisionComparison.differences(tasks[number], decisions.map { .init($0) })
    answered += 1
    givenAt = nil
    return true
  }

  /// A page of the events that the decider of a task may see.
  /// - Returns: the events, and where the next page begins, if there is one.
  func page(
    of number: Int, from offset: Int, size: Int, isReversed: Bool, sinceLastStart: Bool
  ) -> (events: [HistoryEvent], next: Int?) {
    let task = tasks[number]
    let first = sinceLastStart ? max(task.previousStartedEventID, 1) : 1
    let seen = events[(first - 1)..<task.startedEventID]
    let all = isReversed ? Array(seen.reversed()) : Array(seen)
    guard offset < all.count else { return ([], nil) }
    let end = min(all.count, offset + size)
    return (Array(all[offset..<end]), end < all.count ? end : nil)
  }
}
