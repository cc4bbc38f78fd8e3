import Wire

/// Something in a history that begins, goes on and ends: one bar of the picture, or a point when it all happens at once.
struct Bar: Sendable {
  /// What it is; in the order in which the picture's lanes stand.
  enum Kind: Int, Sendable, CaseIterable {
    case execution, decision, activity, lambda, child, timer, signal, external, marker, refusal

    var name: String { "\(self)" }
  }

  enum Outcome: String, Sendable {
    /// Not begun by anybody yet.
    case waiting
    case running
    case completed, failed, canceled, terminated
    case timedOut = "timed out"
    case continuedAsNew = "continued as new"
    case fired, signaled, recorded, refused
    case cancelRequested = "cancel requested"
    /// Open when its execution closed: SWF tells nobody.
    case abandoned

    var isOpen: Bool { self == .waiting || self == .running }
  }

  /// A place in the history: when, and by which event.
  struct Moment: Sendable, Equatable {
    var event: Int
    var time: Timestamp
  }

  let kind: Kind
  /// The lane it is drawn in: an activity type's name, a child's workflow type.
  let lane: String
  /// What tells it from the others of its lane: an activity id, a timer's id, a signal's name.
  let label: String
  let begun: Moment
  /// When a worker or decider took it, or a child began to run.
  var started: Moment?
  var ended: Moment?
  var outcome: Outcome
  /// A word more on how it ended or why it was refused: the kind of time-out, the cause, the reason.
  var detail: String?
  /// Every event that belongs to it, in order.
  var events: [Int]
  /// The task list it waits on.
  var list: String?
  /// Who took it.
  var identity: String?
  /// A child's or another execution's ids.
  var workflowID: String?
  var runID: String?
  /// When it ends by itself as far as is known at `begun`: a timer fires, a task waited too long.
  var due: Timestamp?
  /// Milliseconds for the work, counted from `started`.
  var workLimit: Int64?
  var isCancelRequested = false

  init(
    _ kind: Kind, lane: String, label: String, _ event: HistoryEvent, outcome: Outcome = .waiting
  ) {
    self.kind = kind
    self.lane = lane
    self.label = label
    begun = Moment(event: event.id, time: event.time)
    events = [event.id]
    self.outcome = outcome
    if !outcome.isOpen { ended = begun }
  }

  /// The time by which it ends by itself at the latest; nothing if it never does.
  var deadline: Timestamp? {
    let work = started.flatMap { started in workLimit.map { started.time.adding(milliseconds: $0) } }
    return [due, work].compactMap { $0 }.min()
  }

  mutating func start(_ event: HistoryEvent) {
    started = Moment(event: event.id, time: event.time)
    outcome = .running
    identity = event.text("identity") ?? identity
    events.append(event.id)
  }

  mutating func end(_ event: HistoryEvent, _ outcome: Outcome, _ detail: String? = nil) {
    ended = Moment(event: event.id, time: event.time)
    self.outcome = outcome
    self.detail = detail
    events.append(event.id)
  }
}
