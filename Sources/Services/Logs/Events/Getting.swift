import Cloud
import Wire

/// GetLogEvents: a stream's events page by page, both ways.
enum Getting {
  /// AWS: GetLogEvents: "up to 10,000 log events", as many "as can fit in a response size of 1MB".
  static let countLimit = 10_000
  static let sizeLimit: Int64 = 1_048_576

  static func get(
    _ input: GetLogEventsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetLogEventsResponse {
    let location = try GroupLocation(name: input.logGroupName, identifier: input.logGroupIdentifier, context)
    let group = try location.group(transaction)
    let stream = try LogStreamRecord.find(input.logStreamName, in: group, location.scope, transaction)
    try Encryption.requireKey(of: group, at: location, context, transaction)
    var token: StreamToken?
    if let text = input.nextToken {
      guard let read = StreamToken(text) else { throw .invalidToken() }
      token = read
    }
    let isReversed = token.map { $0.direction == .backward } ?? !(input.startFromHead ?? false)
    var bounds = EventScan.Bounds(
      start: Int64(input.startTime ?? 0), end: input.endTime.map { Int64($0) } ?? .max)
    if let cutoff = group.cutoff(at: transaction.now.milliseconds) { bounds.start = max(bounds.start, cutoff) }
    bounds.from = token?.position
    bounds.from?.stream = stream.id
    var scan = EventScan(.stream(stream.id), bounds, reversed: isReversed, in: location.scope, transaction)
    var events: [LogEvent] = []
    var size: Int64 = 0
    let limit = input.limit ?? countLimit
    while events.count < limit, let event = try scan.next() {
      size += event.size
      if size > sizeLimit, !events.isEmpty { break }
      events.append(event)
    }
    // Always shown in the order of time.
    if isReversed { events.reverse() }
    let (backward, forward) = tokens(events, token, stream, bounds)
    return GetLogEventsResponse(
      events: events.map {
        OutputLogEvent(timestamp: Int($0.time), message: $0.message, ingestionTime: Int($0.ingestedAt))
      },
      nextForwardToken: StreamToken(.forward, forward).text, nextBackwardToken: StreamToken(.backward, backward).text)
  }

  /// The gaps in front of and behind what is shown: where nothing is, both are the one that was asked from.
  private static func tokens(
    _ events: [LogEvent], _ token: StreamToken?, _ stream: LogStreamRecord, _ bounds: EventScan.Bounds
  ) -> (backward: EventPosition, forward: EventPosition) {
    if let first = events.first, let last = events.last {
      var behind = last.position
      behind.number += 1
      return (first.position, behind)
    }
    let gap = token?.position ?? EventPosition(time: max(bounds.start, 0), stream: stream.id, number: 0)
    return (gap, gap)
  }
}
