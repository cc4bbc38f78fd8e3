/// An activity task's settings: the decision's, or else those of its type.
struct ActivitySettings {
  /// A setting that neither the decision nor the type has.
  struct Undefined: Error {
    /// One of ``ScheduleActivityTaskFailedCause``.
    let cause: String
  }

  let taskList: String
  let taskPriority: String?
  // As AWS shows them: seconds, or `NONE`.
  let scheduleToStart: String
  let scheduleToClose: String
  let startToClose: String
  let heartbeat: String

  init(
    _ asked: ScheduleActivityTaskDecisionAttributes, _ defaults: ActivityTypeRecord.Defaults
  ) throws(Undefined) {
    typealias Cause = ScheduleActivityTaskFailedCause
    func value(_ given: String?, _ fallback: String?, _ cause: String) throws(Undefined) -> String {
      guard let value = Durations.given(given) ?? Durations.given(fallback) else { throw Undefined(cause: cause) }
      return value
    }
    taskList = try value(asked.taskList?.name, defaults.taskList, Cause.defaultTaskListUndefined)
    scheduleToStart = try value(
      asked.scheduleToStartTimeout, defaults.taskScheduleToStartTimeout, Cause.defaultScheduleToStartTimeoutUndefined)
    scheduleToClose = try value(
      asked.scheduleToCloseTimeout, defaults.taskScheduleToCloseTimeout, Cause.defaultScheduleToCloseTimeoutUndefined)
    startToClose = try value(
      asked.startToCloseTimeout, defaults.taskStartToCloseTimeout, Cause.defaultStartToCloseTimeoutUndefined)
    heartbeat = try value(
      asked.heartbeatTimeout, defaults.taskHeartbeatTimeout, Cause.defaultHeartbeatTimeoutUndefined)
    taskPriority = Durations.given(asked.taskPriority) ?? defaults.taskPriority
  }

  var timeouts: ActivityTimeouts {
    ActivityTimeouts(
      scheduleToStart: Durations.seconds(scheduleToStart), scheduleToClose: Durations.seconds(scheduleToClose),
      startToClose: Durations.seconds(startToClose), heartbeat: Durations.seconds(heartbeat))
  }
}
