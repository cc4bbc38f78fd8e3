import Cloud
import Wire

/// FilterLogEvents: events of a group's streams in the order of their times, those that match a pattern.
enum Filtering {
  /// So many stored bytes are looked at in one call; then what was found is answered, with a token.
  ///
  /// AWS: FilterLogEvents: "This operation can return empty results while there are more log events available through the
  /// token." How much it searches at once is not said; here it is what the store's thread can spare.
  private static let searchLimit: Int64 = 8 << 20

  static func filter(
    _ input: FilterLogEventsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> FilterLogEventsResponse {
    let location = try GroupLocation(name: input.logGroupName, identifier: input.logGroupIdentifier, context)
    if input.logStreamNames != nil, input.logStreamNamePrefix != nil {
      // unverified: words
      throw .invalidParameter("logStreamNames and logStreamNamePrefix are mutually exclusive parameters.")
    }
    let group = try location.group(transaction)
    try Encryption.requireKey(of: group, at: location, context, transaction)
    let pattern = try Patterns.read(input.filterPattern ?? "")
    if pattern.regexCount > 2 { throw .invalidParameter(Patterns.tooManyRegexes) }
    let names = StreamNames(group: group, scope: location.scope, prefix: input.logStreamNamePrefix, transaction)
    var only: Set<Int64>?
    if let wanted = input.logStreamNames {
      var streams: Set<Int64> = []
      for name in wanted {
        let stream = try LogStreamRecord.find(name, in: group, location.scope, transaction)
        names.note(stream)
        streams.insert(stream.id)
      }
      only = streams
    }
    // Events at `endTime` still count; those of GetLogEvents don't.
    var bounds = EventScan.Bounds(
      start: Int64(input.startTime ?? 0), end: input.endTime.map { Int64($0) &+ 1 } ?? .max)
    if let cutoff = group.cutoff(at: transaction.now.milliseconds) { bounds.start = max(bounds.start, cutoff) }
    if let token = input.nextToken {
      guard let position = EventPosition(digits: token) else { throw .invalidToken() }
      bounds.from = position
    }
    var scan: EventScan
    if let only, only.count == 1, let stream = only.first {
      scan = EventScan(.stream(stream), bounds, in: location.scope, transaction)
    } else {
      scan = EventScan(.group(group.id), bounds, in: location.scope, transaction) { stream in
        only?.contains(stream) ?? true
      }
    }
    var events: [FilteredLogEvent] = []
    var size: Int64 = 0
    let limit = input.limit ?? Getting.countLimit
    while let event = try scan.next() {
      // The token is the first event that was not looked at.
      if events.count == limit || scan.bytesRead > searchLimit { return answer(events, event.position) }
      guard let name = try names.name(of: event.stream), pattern.matches(event.message) else { continue }
      size += event.size
      if size > Getting.sizeLimit, !events.isEmpty { return answer(events, event.position) }
      events.append(
        FilteredLogEvent(
          logStreamName: name, timestamp: Int(event.time), message: event.message,
          ingestionTime: Int(event.ingestedAt), eventId: event.position.digits))
    }
    return answer(events, nil)
  }

  private static func answer(_ events: [FilteredLogEvent], _ next: EventPosition?) -> FilterLogEventsResponse {
    // AWS: `searchedLogStreams`: "As of May 15, 2020, this parameter is no longer supported. […] returned as an empty list."
    FilterLogEventsResponse(events: events, searchedLogStreams: [], nextToken: next?.digits)
  }
}

/// The names of a group's streams by their ids, read as they are needed.
final class StreamNames {
  private let group: LogGroupRecord
  private let scope: Scope
  private let prefix: String?
  private let transaction: Transaction
  private var known: [Int64: String?] = [:]

  /// - Parameter prefix: streams whose names begin otherwise have none.
  init(group: LogGroupRecord, scope: Scope, prefix: String? = nil, _ transaction: Transaction) {
    self.group = group
    self.scope = scope
    self.prefix = prefix
    self.transaction = transaction
  }

  func note(_ stream: LogStreamRecord) { known[stream.id] = stream.name }

  /// The stream's name; nothing if it is gone or not wanted.
  func name(of id: Int64) throws(AWSError) -> String? {
    if let name = known[id] { return name }
    let stream = try transaction.scan(
      LogStreamRecord.self, by: LogStreamRecord.byID, in: scope, .prefix(.integer(id)), limit: 1
    ).first
    let name = stream.flatMap { $0.group == group.id && $0.name.hasPrefix(prefix ?? "") ? $0.name : nil }
    known[id] = .some(name)
    return name
  }
}
