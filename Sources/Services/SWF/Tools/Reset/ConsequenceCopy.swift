import Wire

/// A consequence that the old run was told, to be told to the new one.
struct ConsequenceCopy {
  private let event: HistoryEvent
  private let started: [Int64: Int64]

  /// - Parameter started: the new run's ChildWorkflowExecutionStarted events by the initiated ones.
  init(_ event: HistoryEvent, started: [Int64: Int64]) {
    self.event = event
    self.started = started
  }

  /// Appends the event under a new id, with its links as they are in the new run.
  /// - Returns: the new event's id, and the event of which it is the consequence; nothing for other events.
  func append(to run: OpenExecution) -> (eventID: Int64, cause: Int64)? {
    func told<Attributes: EventAttributes>(_ attributes: Attributes, _ cause: Int?) -> (eventID: Int64, cause: Int64) {
      (run.append(attributes), Int64(cause ?? 0))
    }
    func start(_ initiated: Int) -> Int { Int(started[Int64(initiated)] ?? 0) }
    if let copy = event.childWorkflowExecutionStartedEventAttributes { return told(copy, copy.initiatedEventId) }
    if var copy = event.childWorkflowExecutionCompletedEventAttributes {
      copy.startedEventId = start(copy.initiatedEventId)
      return told(copy, copy.initiatedEventId)
    }
    if var copy = event.childWorkflowExecutionFailedEventAttributes {
      copy.startedEventId = start(copy.initiatedEventId)
      return told(copy, copy.initiatedEventId)
    }
    if var copy = event.childWorkflowExecutionTimedOutEventAttributes {
      copy.startedEventId = start(copy.initiatedEventId)
      return told(copy, copy.initiatedEventId)
    }
    if var copy = event.childWorkflowExecutionCanceledEventAttributes {
      copy.startedEventId = start(copy.initiatedEventId)
      return told(copy, copy.initiatedEventId)
    }
    if var copy = event.childWorkflowExecutionTerminatedEventAttributes {
      copy.startedEventId = start(copy.initiatedEventId)
      return told(copy, copy.initiatedEventId)
    }
    if let copy = event.startChildWorkflowExecutionFailedEventAttributes { return told(copy, copy.initiatedEventId) }
    return toldOfOthers(run)
  }

  private func toldOfOthers(_ run: OpenExecution) -> (eventID: Int64, cause: Int64)? {
    func told<Attributes: EventAttributes>(_ attributes: Attributes, _ cause: Int?) -> (eventID: Int64, cause: Int64) {
      (run.append(attributes), Int64(cause ?? 0))
    }
    if let copy = event.externalWorkflowExecutionSignaledEventAttributes { return told(copy, copy.initiatedEventId) }
    if let copy = event.signalExternalWorkflowExecutionFailedEventAttributes {
      return told(copy, copy.initiatedEventId)
    }
    if let copy = event.externalWorkflowExecutionCancelRequestedEventAttributes {
      return told(copy, copy.initiatedEventId)
    }
    if let copy = event.requestCancelExternalWorkflowExecutionFailedEventAttributes {
      return told(copy, copy.initiatedEventId)
    }
    // Functions are not run here, so this is all that becomes of one.
    if let copy = event.startLambdaFunctionFailedEventAttributes { return told(copy, copy.scheduledEventId) }
    return nil
  }
}
