import Cloud
import Wire

/// Timers and markers.
extension OpenExecution {
  /// The decision StartTimer. A timer of 0 seconds is a decider's way to be woken again.
  func startTimer(_ asked: StartTimerDecisionAttributes, _ completed: Int64) throws(AWSError) {
    typealias Cause = StartTimerFailedCause
    func refuse(_ cause: String) throws(AWSError) { try timerRefused(asked, cause, completed) }
    let key = Key(.integer(number), .string(asked.timerId))
    if state.counts.timers > 0, try transaction.contains(OpenTimerRecord.self, key, in: scope) {
      return try refuse(Cause.timerIdAlreadyInUse)
    }
    if AWSLimits.shared.hasQuotas, state.counts.timers >= Engine.openTimerLimit {
      return try refuse(Cause.openTimersLimitExceeded)
    }
    if let limited = AWSLimits.shared.failureCause(of: DecisionType.startTimer, in: scope, at: transaction.now) {
      return try refuse(limited)
    }
    let id = append(
      TimerStartedEventAttributes(
        timerId: asked.timerId, control: asked.control, startToFireTimeout: asked.startToFireTimeout,
        decisionTaskCompletedEventId: Int(completed)))
    let firesAt = now + (Durations.seconds(asked.startToFireTimeout) ?? 0) * 1000
    try transaction.insert(
      OpenTimerRecord(number: number, timerID: asked.timerId, startedEventID: id, firesAt: firesAt), in: scope)
    state.counts.timers += 1
    expect(at: firesAt)
  }

  /// A timer was not started.
  func timerRefused(
    _ asked: StartTimerDecisionAttributes, _ cause: String, _ completed: Int64
  ) throws(AWSError) {
    append(
      StartTimerFailedEventAttributes(
        timerId: asked.timerId, cause: cause, decisionTaskCompletedEventId: Int(completed)))
    try wakeDecider()
  }

  /// The decision CancelTimer.
  func cancelTimer(_ asked: CancelTimerDecisionAttributes, _ completed: Int64) throws(AWSError) {
    let key = Key(.integer(number), .string(asked.timerId))
    guard let timer = try transaction.get(OpenTimerRecord.self, key, in: scope) else {
      return try timerCancelRefused(asked, CancelTimerFailedCause.timerIdUnknown, completed)
    }
    try transaction.delete(timer, in: scope)
    state.counts.timers -= 1
    append(
      TimerCanceledEventAttributes(
        timerId: timer.timerID, startedEventId: Int(timer.startedEventID),
        decisionTaskCompletedEventId: Int(completed)))
  }

  /// A timer was not canceled.
  func timerCancelRefused(
    _ asked: CancelTimerDecisionAttributes, _ cause: String, _ completed: Int64
  ) throws(AWSError) {
    append(
      CancelTimerFailedEventAttributes(
        timerId: asked.timerId, cause: cause, decisionTaskCompletedEventId: Int(completed)))
    try wakeDecider()
  }

  func fire(_ timer: OpenTimerRecord) throws(AWSError) {
    try transaction.delete(timer, in: scope)
    state.counts.timers -= 1
    append(TimerFiredEventAttributes(timerId: timer.timerID, startedEventId: Int(timer.startedEventID)))
    try wakeDecider()
  }

  /// The decision RecordMarker.
  func recordMarker(_ asked: RecordMarkerDecisionAttributes, _ completed: Int64) {
    append(
      MarkerRecordedEventAttributes(
        markerName: asked.markerName, details: asked.details, decisionTaskCompletedEventId: Int(completed)))
  }
}
