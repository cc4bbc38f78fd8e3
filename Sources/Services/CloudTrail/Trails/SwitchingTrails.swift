import Cloud
import Wire

/// StartLogging, StopLogging, GetTrailStatus.
struct SwitchingTrails {
  let house: TrailHouse

  /// From here on the trail's calls are delivered.
  func start(
    _ input: StartLoggingRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> StartLoggingResponse {
    let trail = try TrailFinding.changeable(input.name, context, transaction)
    var state = try TrailStateRecord.of(trail, transaction)
    if state.isLogging { return StartLoggingResponse() }
    state.isLogging = true
    state.started = transaction.now
    if state.position == nil {
      state.position = house.journal?.end
      state.isReading = true
    } else {
      // What it has yet to deliver from before it was stopped comes first.
      state.switches.append(context.requestID)
    }
    try transaction.put(state, in: trail.scope)
    return StartLoggingResponse()
  }

  /// Until here they are.
  func stop(
    _ input: StopLoggingRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> StopLoggingResponse {
    let trail = try TrailFinding.changeable(input.name, context, transaction)
    var state = try TrailStateRecord.of(trail, transaction)
    if !state.isLogging { return StopLoggingResponse() }
    state.isLogging = false
    state.stopped = transaction.now
    // The last that a trail records is that it was stopped.
    state.switches.append(context.requestID)
    try transaction.put(state, in: trail.scope)
    return StopLoggingResponse()
  }

  func status(
    _ input: GetTrailStatusRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetTrailStatusResponse {
    let trail = try TrailFinding.seen(input.name, context, transaction)
    let state = try TrailStateRecord.of(trail, transaction)
    func text(_ time: Timestamp?) -> String { time?.wholeSeconds.iso8601 ?? "" }
    var response = GetTrailStatusResponse(isLogging: state.isLogging)
    response.latestDeliveryError = state.deliveries.error
    response.latestDeliveryTime = state.deliveries.succeeded
    response.latestDeliveryAttemptTime = text(state.deliveries.attempted)
    response.latestDeliveryAttemptSucceeded = state.deliveries.error == nil ? text(state.deliveries.succeeded) : ""
    response.latestNotificationError = state.notifications.error
    response.latestNotificationTime = state.notifications.succeeded
    response.latestNotificationAttemptTime = text(state.notifications.attempted)
    response.latestNotificationAttemptSucceeded =
      state.notifications.error == nil ? text(state.notifications.succeeded) : ""
    response.latestCloudWatchLogsDeliveryError = state.logs.error
    response.latestCloudWatchLogsDeliveryTime = state.logs.succeeded
    response.latestDigestDeliveryError = state.digests.error
    response.latestDigestDeliveryTime = state.digests.succeeded
    response.startLoggingTime = state.started
    response.stopLoggingTime = state.stopped
    response.timeLoggingStarted = text(state.started)
    response.timeLoggingStopped = text(state.stopped)
    return response
  }
}
