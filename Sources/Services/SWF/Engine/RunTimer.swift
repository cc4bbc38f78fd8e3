import Cloud
import Wire

/// The durable timer of a run: one for all its deadlines, set to the earliest or before it.
enum RunTimer {
  /// The first part of the timers' names.
  static let kind = "run"

  static func name(_ number: Int64) -> Key { Key(.string(kind), .integer(number)) }

  /// Runs the timer of the run with this number.
  static func run(_ number: Int64, _ request: TimerRequest, _ transaction: Transaction) throws(AWSError) {
    let engine = Engine(in: request.scope, transaction)
    guard let run = try engine.run(numbered: number) else { return }
    try run.expire()
    try engine.finish()
  }
}

/// What is due.
extension OpenExecution {
  /// Something that has a time.
  private enum Due {
    case execution
    case startedDecision
    case queuedDecision
    case activity(OpenActivityRecord, String)
    case timer(OpenTimerRecord)
  }

  /// Does all that is due, in the order of its time, and expects the rest.
  func expire() throws(AWSError) {
    state.timerAt = .max
    while isOpen, let next = try nextDue() {
      guard next.at <= now else { return expect(at: next.at) }
      switch next.what {
      case .execution: try timeOut()
      case .startedDecision: try timeOutStartedDecision()
      case .queuedDecision: try timeOutQueuedDecision()
      case .activity(let activity, let type): try timeOut(activity, type)
      case .timer(let timer): try fire(timer)
      }
      if isFull { return expect(at: now) }
    }
  }

  private func nextDue() throws(AWSError) -> (at: Int64, what: Due)? {
    var first: (at: Int64, what: Due) = (state.deadline, .execution)
    func consider(_ at: Int64?, _ what: Due) { if let at, at < first.at { first = (at, what) } }
    consider(state.decisions.started?.deadline, .startedDecision)
    consider(state.decisions.queued?.deadline, .queuedDecision)
    let own = KeyRange.prefix(.integer(number))
    if state.counts.activities > 0,
      let activity = try transaction.scan(
        OpenActivityRecord.self, by: OpenActivityRecord.byDeadline, in: scope, own, limit: 1
      ).first, let next = activity.timeouts.next(activity)
    {
      consider(next.at, .activity(activity, next.type))
    }
    if state.counts.timers > 0,
      let timer = try transaction.scan(
        OpenTimerRecord.self, by: OpenTimerRecord.byDue, in: scope, own, limit: 1
      ).first
    {
      consider(timer.firesAt, .timer(timer))
    }
    return first
  }
}
