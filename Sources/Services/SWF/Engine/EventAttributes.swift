import Wire

/// The attributes of one of the 54 types of events.
protocol EventAttributes: Structure {
  /// The event's type, one of ``EventType``.
  static var eventType: String { get }
}

extension WorkflowExecutionStartedEventAttributes: EventAttributes {
  static let eventType = EventType.workflowExecutionStarted
}
extension WorkflowExecutionCompletedEventAttributes: EventAttributes {
  static let eventType = EventType.workflowExecutionCompleted
}
extension CompleteWorkflowExecutionFailedEventAttributes: EventAttributes {
  static let eventType = EventType.completeWorkflowExecutionFailed
}
extension WorkflowExecutionFailedEventAttributes: EventAttributes {
  static let eventType = EventType.workflowExecutionFailed
}
extension FailWorkflowExecutionFailedEventAttributes: EventAttributes {
  static let eventType = EventType.failWorkflowExecutionFailed
}
extension WorkflowExecutionTimedOutEventAttributes: EventAttributes {
  static let eventType = EventType.workflowExecutionTimedOut
}
extension WorkflowExecutionCanceledEventAttributes: EventAttributes {
  static let eventType = EventType.workflowExecutionCanceled
}
extension CancelWorkflowExecutionFailedEventAttributes: EventAttributes {
  static let eventType = EventType.cancelWorkflowExecutionFailed
}
extension WorkflowExecutionContinuedAsNewEventAttributes: EventAttributes {
  static let eventType = EventType.workflowExecutionContinuedAsNew
}
extension ContinueAsNewWorkflowExecutionFailedEventAttributes: EventAttributes {
  static let eventType = EventType.continueAsNewWorkflowExecutionFailed
}
extension WorkflowExecutionTerminatedEventAttributes: EventAttributes {
  static let eventType = EventType.workflowExecutionTerminated
}
extension WorkflowExecutionCancelRequestedEventAttributes: EventAttributes {
  static let eventType = EventType.workflowExecutionCancelRequested
}
extension DecisionTaskScheduledEventAttributes: EventAttributes {
  static let eventType = EventType.decisionTaskScheduled
}
extension DecisionTaskStartedEventAttributes: EventAttributes {
  static let eventType = EventType.decisionTaskStarted
}
extension DecisionTaskCompletedEventAttributes: EventAttributes {
  static let eventType = EventType.decisionTaskCompleted
}
extension DecisionTaskTimedOutEventAttributes: EventAttributes {
  static let eventType = EventType.decisionTaskTimedOut
}
extension ActivityTaskScheduledEventAttributes: EventAttributes {
  static let eventType = EventType.activityTaskScheduled
}
extension ActivityTaskStartedEventAttributes: EventAttributes {
  static let eventType = EventType.activityTaskStarted
}
extension ActivityTaskCompletedEventAttributes: EventAttributes {
  static let eventType = EventType.activityTaskCompleted
}
extension ActivityTaskFailedEventAttributes: EventAttributes {
  static let eventType = EventType.activityTaskFailed
}
extension ActivityTaskTimedOutEventAttributes: EventAttributes {
  static let eventType = EventType.activityTaskTimedOut
}
extension ActivityTaskCanceledEventAttributes: EventAttributes {
  static let eventType = EventType.activityTaskCanceled
}
extension ActivityTaskCancelRequestedEventAttributes: EventAttributes {
  static let eventType = EventType.activityTaskCancelRequested
}
extension WorkflowExecutionSignaledEventAttributes: EventAttributes {
  static let eventType = EventType.workflowExecutionSignaled
}
extension MarkerRecordedEventAttributes: EventAttributes {
  static let eventType = EventType.markerRecorded
}
extension RecordMarkerFailedEventAttributes: EventAttributes {
  static let eventType = EventType.recordMarkerFailed
}
extension TimerStartedEventAttributes: EventAttributes {
  static let eventType = EventType.timerStarted
}
extension TimerFiredEventAttributes: EventAttributes {
  static let eventType = EventType.timerFired
}
extension TimerCanceledEventAttributes: EventAttributes {
  static let eventType = EventType.timerCanceled
}
extension StartChildWorkflowExecutionInitiatedEventAttributes: EventAttributes {
  static let eventType = EventType.startChildWorkflowExecutionInitiated
}
extension ChildWorkflowExecutionStartedEventAttributes: EventAttributes {
  static let eventType = EventType.childWorkflowExecutionStarted
}
extension ChildWorkflowExecutionCompletedEventAttributes: EventAttributes {
  static let eventType = EventType.childWorkflowExecutionCompleted
}
extension ChildWorkflowExecutionFailedEventAttributes: EventAttributes {
  static let eventType = EventType.childWorkflowExecutionFailed
}
extension ChildWorkflowExecutionTimedOutEventAttributes: EventAttributes {
  static let eventType = EventType.childWorkflowExecutionTimedOut
}
extension ChildWorkflowExecutionCanceledEventAttributes: EventAttributes {
  static let eventType = EventType.childWorkflowExecutionCanceled
}
extension ChildWorkflowExecutionTerminatedEventAttributes: EventAttributes {
  static let eventType = EventType.childWorkflowExecutionTerminated
}
extension SignalExternalWorkflowExecutionInitiatedEventAttributes: EventAttributes {
  static let eventType = EventType.signalExternalWorkflowExecutionInitiated
}
extension ExternalWorkflowExecutionSignaledEventAttributes: EventAttributes {
  static let eventType = EventType.externalWorkflowExecutionSignaled
}
extension SignalExternalWorkflowExecutionFailedEventAttributes: EventAttributes {
  static let eventType = EventType.signalExternalWorkflowExecutionFailed
}
extension ExternalWorkflowExecutionCancelRequestedEventAttributes: EventAttributes {
  static let eventType = EventType.externalWorkflowExecutionCancelRequested
}
extension RequestCancelExternalWorkflowExecutionInitiatedEventAttributes: EventAttributes {
  static let eventType = EventType.requestCancelExternalWorkflowExecutionInitiated
}
extension RequestCancelExternalWorkflowExecutionFailedEventAttributes: EventAttributes {
  static let eventType = EventType.requestCancelExternalWorkflowExecutionFailed
}
extension ScheduleActivityTaskFailedEventAttributes: EventAttributes {
  static let eventType = EventType.scheduleActivityTaskFailed
}
extension RequestCancelActivityTaskFailedEventAttributes: EventAttributes {
  static let eventType = EventType.requestCancelActivityTaskFailed
}
extension StartTimerFailedEventAttributes: EventAttributes {
  static let eventType = EventType.startTimerFailed
}
extension CancelTimerFailedEventAttributes: EventAttributes {
  static let eventType = EventType.cancelTimerFailed
}
extension StartChildWorkflowExecutionFailedEventAttributes: EventAttributes {
  static let eventType = EventType.startChildWorkflowExecutionFailed
}
extension LambdaFunctionScheduledEventAttributes: EventAttributes {
  static let eventType = EventType.lambdaFunctionScheduled
}
extension LambdaFunctionStartedEventAttributes: EventAttributes {
  static let eventType = EventType.lambdaFunctionStarted
}
extension LambdaFunctionCompletedEventAttributes: EventAttributes {
  static let eventType = EventType.lambdaFunctionCompleted
}
extension LambdaFunctionFailedEventAttributes: EventAttributes {
  static let eventType = EventType.lambdaFunctionFailed
}
extension LambdaFunctionTimedOutEventAttributes: EventAttributes {
  static let eventType = EventType.lambdaFunctionTimedOut
}
extension ScheduleLambdaFunctionFailedEventAttributes: EventAttributes {
  static let eventType = EventType.scheduleLambdaFunctionFailed
}
extension StartLambdaFunctionFailedEventAttributes: EventAttributes {
  static let eventType = EventType.startLambdaFunctionFailed
}
