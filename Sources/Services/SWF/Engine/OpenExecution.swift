import Cloud
import Wire

/// An open run within one transaction: its state, and the events that it gets.
///
/// What can happen to it is in extensions, a file for each kind. Its open items are written at once, its state and events by
/// ``save()``.
final class OpenExecution {
  private(set) var record: ExecutionRecord
  var state: ExecutionState
  private(set) var isOpen = true
  unowned let engine: Engine
  /// The state as it was read; nothing for a run that has just started.
  private let loaded: ExecutionState?
  private var events: [[UInt8]] = []
  private var firstEventID: Int64
  /// The earliest deadline that was added.
  private var deadline: Int64 = .max

  /// So many events are one record at most, so that a page reads little more than it shows.
  private static let chunkSize = 250

  /// A run that is there.
  init(_ record: ExecutionRecord, _ state: ExecutionState, _ engine: Engine) {
    self.record = record
    self.state = state
    self.engine = engine
    loaded = state
    firstEventID = state.lastEventID + 1
  }

  /// A run that starts now.
  init(starting record: ExecutionRecord, _ engine: Engine) {
    self.record = record
    self.engine = engine
    loaded = nil
    firstEventID = 1
    state = ExecutionState(
      number: record.number, decisions: DecisionTaskState(),
      deadline: record.startedAt + Durations.executionLimit(record.configuration))
    deadline = state.deadline
  }

  var number: Int64 { record.number }
  var scope: Scope { engine.scope }
  var transaction: Transaction { engine.transaction }
  var now: Int64 { engine.now }

  /// Whether the next event is the last there can be.
  var isFull: Bool { state.lastEventID >= Engine.historyLimit - 1 }

  // MARK: Events

  /// Records an event.
  /// - Returns: its id.
  @discardableResult
  func append<Attributes: EventAttributes>(_ attributes: Attributes) -> Int64 {
    state.lastEventID += 1
    events.append(EventShapes.all.json(attributes, id: state.lastEventID, at: now))
    return state.lastEventID
  }

  /// Takes back the last event, if it is this one and was written alone: nobody has seen it but by chance.
  /// - Returns: whether it is gone.
  func retract(_ id: Int64) throws(AWSError) -> Bool {
    guard events.isEmpty, state.lastEventID == id else { return false }
    let key = Key(.integer(number), .integer(id))
    guard let chunk = try transaction.get(HistoryChunkRecord.self, key, in: scope), chunk.events.count == 1 else {
      return false
    }
    try transaction.delete(chunk, in: scope)
    state.lastEventID -= 1
    firstEventID -= 1
    return true
  }

  /// Notes that something will be due at `time`, milliseconds since 1970.
  func expect(at time: Int64) { deadline = min(deadline, time) }

  /// Changes the record itself.
  func update(_ change: (inout ExecutionRecord) -> Void) throws(AWSError) {
    let old = record
    change(&record)
    try transaction.update(old, to: record, in: scope)
  }

  // MARK: The end

  /// Ends the run with its last event, which the caller has appended: what is open vanishes without a word.
  /// - Returns: the numbers of the runs that were its open children.
  @discardableResult
  func close(_ status: String) throws(AWSError) -> [Int64] {
    isOpen = false
    let children = try dropOpenItems()
    if state.timerAt != .max {
      try transaction.cancelTimer(service: SWFService.name, name: RunTimer.name(number), in: scope)
    }
    if loaded != nil { try transaction.delete(ExecutionState.self, state.key, in: scope) }
    let closed = record.closed(
      status, at: now, lastEventID: state.lastEventID, latestActivityAt: state.latestActivityAt)
    try update { $0 = closed }
    try RetentionTimer.noteClosed(record, scope, transaction)
    return children
  }

  /// - Returns: the numbers of the open children's runs.
  private func dropOpenItems() throws(AWSError) -> [Int64] {
    let own = KeyRange.prefix(.integer(number))
    try withdrawDecision()
    if state.decisions.started != nil {
      try transaction.delete(StartedDecisionRecord.self, Key(.integer(number)), in: scope)
    }
    if state.counts.activities > 0 {
      for activity in try transaction.scan(OpenActivityRecord.self, in: scope, own) {
        if !activity.isStarted { try withdraw(activity) }
        try transaction.delete(activity, in: scope)
      }
    }
    if state.counts.timers > 0 {
      for timer in try transaction.scan(OpenTimerRecord.self, in: scope, own) {
        try transaction.delete(timer, in: scope)
      }
    }
    guard state.counts.children > 0 else { return [] }
    let children = try transaction.scan(OpenChildRecord.self, in: scope, own)
    for child in children { try transaction.delete(child, in: scope) }
    return children.map(\.childNumber)
  }

  // MARK: Writing

  /// Writes the events and the state. The durable timer is moved only when something is due earlier than it is set to.
  func save() throws(AWSError) {
    var rest = events[...]
    while !rest.isEmpty {
      let chunk = rest.prefix(OpenExecution.chunkSize)
      try transaction.insert(
        HistoryChunkRecord(number: number, firstEventID: firstEventID, events: Array(chunk)), in: scope)
      firstEventID += Int64(chunk.count)
      rest = rest.dropFirst(chunk.count)
    }
    events = []
    guard isOpen else { return }
    if deadline < state.timerAt {
      state.timerAt = deadline
      try transaction.schedule(
        TimerRequest(
          service: SWFService.name, name: RunTimer.name(number), in: scope,
          due: Timestamp(milliseconds: deadline)))
    }
    if state != loaded { try transaction.put(state, in: scope) }
  }
}
