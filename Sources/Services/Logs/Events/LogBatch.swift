import Wire

/// The rules of one PutLogEvents call. AWS: PutLogEvents, "The batch of events must satisfy the following constraints".
struct LogBatch {
  /// Bytes that each event counts besides its message.
  static let overhead: Int64 = 26
  /// Bytes of a batch, overheads included.
  static let sizeLimit: Int64 = 1_048_576
  /// The longest time between the first and the last event, in milliseconds.
  static let spanLimit: Int64 = 86_400_000
  static let futureLimit: Int64 = 2 * 3_600_000
  static let pastLimit: Int64 = 14 * 86_400_000

  /// The events that are taken in, by their places in the batch.
  private(set) var accepted: Range<Int>
  /// Where the events begin that are too far in the future.
  private(set) var tooNewStart: Int?
  /// Where the events end that are too old, and those that have expired by the group's retention.
  private(set) var tooOldEnd: Int?
  private(set) var expiredEnd: Int?

  /// - Parameters:
  ///   - times: of the events, in milliseconds.
  ///   - size: the batch's bytes as AWS counts them.
  ///   - cutoff: events before it have expired.
  /// - Throws: InvalidParameterException for the whole batch.
  init(times: [Int64], size: Int64, now: Int64, cutoff: Int64?) throws(AWSError) {
    guard size <= LogBatch.sizeLimit else {
      throw .invalidParameter("Upload too large: \(size) bytes exceeds limit of \(LogBatch.sizeLimit)")
    }
    for (time, next) in zip(times, times.dropFirst()) where time > next {
      throw .invalidParameter("Log events in a single PutLogEvents request must be in chronological order.")
    }
    let old = LogBatch.count(times, before: now - LogBatch.pastLimit)
    let expired = cutoff.map { LogBatch.count(times, before: $0) } ?? 0
    let new = LogBatch.count(times, before: now + LogBatch.futureLimit + 1)
    if old > 0 { tooOldEnd = old }
    if expired > old { expiredEnd = expired }
    if new < times.count { tooNewStart = new }
    let start = max(old, expired)
    accepted = start..<max(start, new)
    if let first = accepted.first, let last = accepted.last, times[last] - times[first] > LogBatch.spanLimit {
      throw .invalidParameter(
        "The batch of log events in a single PutLogEvents request cannot span more than 24 hours.")
    }
  }

  /// What the answer says of the events that were left out; nothing if none were.
  var rejected: RejectedLogEventsInfo? {
    guard tooNewStart != nil || tooOldEnd != nil || expiredEnd != nil else { return nil }
    return RejectedLogEventsInfo(
      tooNewLogEventStartIndex: tooNewStart, tooOldLogEventEndIndex: tooOldEnd, expiredLogEventEndIndex: expiredEnd)
  }

  private static func count(_ times: [Int64], before limit: Int64) -> Int {
    var (low, high) = (0, times.count)
    while low < high {
      let middle = (low + high) / 2
      if times[middle] < limit { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
