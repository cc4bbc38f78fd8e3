import Cloud
import Wire

/// Activity tasks, from their scheduling to their end.
extension OpenExecution {
  private typealias Cause = ScheduleActivityTaskFailedCause

  /// The decision ScheduleActivityTask.
  func scheduleActivity(
    _ asked: ScheduleActivityTaskDecisionAttributes, _ completed: Int64
  ) throws(AWSError) {
    func refuse(_ cause: String) throws(AWSError) { try activityRefused(asked, cause, completed) }
    guard let type = try ActivityTypeRecord.find(ifAny: asked.activityType, in: record.domain, scope, transaction)
    else { return try refuse(Cause.activityTypeDoesNotExist) }
    if type.isDeprecated { return try refuse(Cause.activityTypeDeprecated) }
    if try openActivity(named: asked.activityId) != nil { return try refuse(Cause.activityIdAlreadyInUse) }
    let settings: ActivitySettings
    do throws(ActivitySettings.Undefined) {
      settings = try ActivitySettings(asked, type.defaults)
    } catch { return try refuse(error.cause) }
    if AWSLimits.shared.hasQuotas, state.counts.activities >= Engine.openActivityLimit {
      return try refuse(Cause.openActivitiesLimitExceeded)
    }
    let limited = AWSLimits.shared.failureCause(
      of: DecisionType.scheduleActivityTask, taskList: "\(record.domain)/\(settings.taskList)", in: scope,
      at: transaction.now)
    if let limited { return try refuse(limited) }
    let id = append(
      ActivityTaskScheduledEventAttributes(
        activityType: asked.activityType, activityId: asked.activityId, input: asked.input, control: asked.control,
        scheduleToStartTimeout: settings.scheduleToStart, scheduleToCloseTimeout: settings.scheduleToClose,
        startToCloseTimeout: settings.startToClose, taskList: TaskList(name: settings.taskList),
        taskPriority: settings.taskPriority, decisionTaskCompletedEventId: Int(completed),
        heartbeatTimeout: settings.heartbeat))
    let activity = OpenActivityRecord(
      number: number, scheduledEventID: id, activityID: asked.activityId, type: TypeName(asked.activityType),
      taskList: settings.taskList, priority: Int32(settings.taskPriority ?? "") ?? 0, order: transaction.nextOrder(),
      timeouts: settings.timeouts, scheduledAt: now)
    try transaction.insert(activity, in: scope)
    try queue(activity, input: asked.input)
    state.counts.activities += 1
  }

  /// Puts a task into its list.
  func queue(_ activity: OpenActivityRecord, input: String?) throws(AWSError) {
    try transaction.insert(
      QueuedActivityRecord(
        place: place(of: activity), number: number, scheduledEventID: activity.scheduledEventID, input: input),
      in: scope)
    transaction.signal(TaskTopic.activities(activity.taskList, of: record.domain, in: scope), waking: 1)
    note(activity)
  }

  /// An activity was not scheduled.
  func activityRefused(
    _ asked: ScheduleActivityTaskDecisionAttributes, _ cause: String, _ completed: Int64
  ) throws(AWSError) {
    append(
      ScheduleActivityTaskFailedEventAttributes(
        activityType: asked.activityType, activityId: asked.activityId, cause: cause,
        decisionTaskCompletedEventId: Int(completed)))
    try wakeDecider()
  }

  /// The decision RequestCancelActivityTask. A task that nobody has started is canceled at once.
  func requestCancelActivity(
    _ asked: RequestCancelActivityTaskDecisionAttributes, _ completed: Int64
  ) throws(AWSError) {
    guard var activity = try openActivity(named: asked.activityId) else {
      return try activityCancelRefused(asked, RequestCancelActivityTaskFailedCause.activityIdUnknown, completed)
    }
    let old = activity
    activity.cancelRequestedEventID = append(
      ActivityTaskCancelRequestedEventAttributes(
        decisionTaskCompletedEventId: Int(completed), activityId: asked.activityId))
    if activity.isStarted { return try transaction.update(old, to: activity, in: scope) }
    append(canceled(activity, details: nil))
    try end(activity)
  }

  /// An activity was not asked to cancel.
  func activityCancelRefused(
    _ asked: RequestCancelActivityTaskDecisionAttributes, _ cause: String, _ completed: Int64
  ) throws(AWSError) {
    append(
      RequestCancelActivityTaskFailedEventAttributes(
        activityId: asked.activityId, cause: cause, decisionTaskCompletedEventId: Int(completed)))
    try wakeDecider()
  }

  // MARK: Workers

  /// Gives a task to a worker; the caller has taken it out of its list.
  func start(_ activity: OpenActivityRecord, identity: String?) throws(AWSError) -> OpenActivityRecord {
    var started = activity
    started.startedEventID = append(
      ActivityTaskStartedEventAttributes(
        identity: Durations.given(identity), scheduledEventId: Int(activity.scheduledEventID)))
    started.startedAt = now
    started.heartbeatAt = now
    try transaction.update(activity, to: started, in: scope)
    note(started)
    return started
  }

  /// The started task that a token names.
  /// - Throws: `Unknown activity` if it has come to its end.
  func activity(_ token: TaskToken) throws(AWSError) -> OpenActivityRecord {
    let key = OpenActivityRecord.key(number, token.scheduledEventID)
    let activity = try transaction.get(OpenActivityRecord.self, key, in: scope)
    guard let activity, activity.startedEventID == token.startedEventID else {
      throw .unknownActivityTask(scheduledEventID: Int(token.scheduledEventID))
    }
    return activity
  }

  /// A worker is still at it: its time begins anew.
  func heartbeat(_ activity: OpenActivityRecord, details: String?) throws(AWSError) {
    var beaten = activity
    beaten.heartbeatAt = now
    beaten.details = details ?? activity.details
    try transaction.update(activity, to: beaten, in: scope)
    note(beaten)
  }

  func complete(_ activity: OpenActivityRecord, result: String?) throws(AWSError) {
    append(
      ActivityTaskCompletedEventAttributes(
        result: result, scheduledEventId: Int(activity.scheduledEventID),
        startedEventId: Int(activity.startedEventID)))
    try end(activity)
  }

  func fail(_ activity: OpenActivityRecord, reason: String?, details: String?) throws(AWSError) {
    append(
      ActivityTaskFailedEventAttributes(
        reason: reason, details: details, scheduledEventId: Int(activity.scheduledEventID),
        startedEventId: Int(activity.startedEventID)))
    try end(activity)
  }

  func cancel(_ activity: OpenActivityRecord, details: String?) throws(AWSError) {
    append(canceled(activity, details: details))
    try end(activity)
  }

  /// One of its clocks has run out.
  /// - Parameter type: one of ``ActivityTaskTimeoutType``.
  func timeOut(_ activity: OpenActivityRecord, _ type: String) throws(AWSError) {
    append(
      ActivityTaskTimedOutEventAttributes(
        timeoutType: type, scheduledEventId: Int(activity.scheduledEventID),
        startedEventId: Int(activity.startedEventID), details: activity.details))
    try end(activity)
  }

  /// Takes a task that nobody has started out of its list.
  func withdraw(_ activity: OpenActivityRecord) throws(AWSError) {
    try transaction.delete(QueuedActivityRecord.self, place(of: activity).key, in: scope)
  }

  // MARK: Parts

  private func openActivity(named id: String) throws(AWSError) -> OpenActivityRecord? {
    guard state.counts.activities > 0 else { return nil }
    return try transaction.scan(
      OpenActivityRecord.self, by: OpenActivityRecord.byName, in: scope, .prefix(.integer(number), .string(id)),
      limit: 1
    ).first
  }

  private func canceled(_ activity: OpenActivityRecord, details: String?) -> ActivityTaskCanceledEventAttributes {
    ActivityTaskCanceledEventAttributes(
      details: details, scheduledEventId: Int(activity.scheduledEventID),
      startedEventId: Int(activity.startedEventID),
      latestCancelRequestedEventId: activity.isCancelRequested ? Int(activity.cancelRequestedEventID) : nil)
  }

  /// Closes a task whose last event was appended.
  private func end(_ activity: OpenActivityRecord) throws(AWSError) {
    if !activity.isStarted { try withdraw(activity) }
    try transaction.delete(activity, in: scope)
    state.counts.activities -= 1
    state.latestActivityAt = now
    try wakeDecider()
  }

  /// AWS: `latestActivityTaskTimestamp` follows every event of an activity (recorded), not only its scheduling as documented.
  private func note(_ activity: OpenActivityRecord) {
    state.latestActivityAt = now
    if let next = activity.timeouts.next(activity) { expect(at: next.at) }
  }

  private func place(of activity: OpenActivityRecord) -> TaskPlace {
    TaskPlace(
      domain: record.domain, taskList: activity.taskList, priority: activity.priority, order: activity.order)
  }
}
