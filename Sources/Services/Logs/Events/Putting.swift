import Cloud
import Wire

/// PutLogEvents.
enum Putting {
  static func put(
    _ input: PutLogEventsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> PutLogEventsResponse {
    let location = try GroupLocation(name: input.logGroupName, context)
    let group = try location.group(transaction)
    let old = try LogStreamRecord.find(input.logStreamName, in: group, location.scope, transaction)
    let now = transaction.now.milliseconds
    var times: [Int64] = []
    times.reserveCapacity(input.logEvents.count)
    var size: Int64 = 0
    for event in input.logEvents {
      times.append(Int64(event.timestamp))
      size += Int64(event.message.utf8.count) + LogBatch.overhead
    }
    let batch = try LogBatch(times: times, size: size, now: now, cutoff: group.cutoff(at: now))
    try Encryption.requireKey(of: group, at: location, context, transaction)
    guard let first = batch.accepted.first, let last = batch.accepted.last else {
      return PutLogEventsResponse(nextSequenceToken: old.sequenceToken, rejectedLogEventsInfo: batch.rejected)
    }
    let events = input.logEvents[batch.accepted]
    var stream = old
    let added = try store(events, in: &stream, location.scope, now, transaction)
    stream.firstEvent = min(stream.firstEvent ?? times[first], times[first])
    stream.lastEvent = max(stream.lastEvent ?? times[last], times[last])
    stream.lastIngestion = now
    try transaction.update(old, to: stream, in: location.scope)
    try MetricDelivery.request(events, of: group, at: location, transaction)
    try SubscriptionDelivery.request(
      events, first: old.nextNumber, of: stream, in: group, at: location, transaction)

    var total = try GroupSizeRecord.find(group.id, location.scope, transaction)
    total.bytes += added
    if let days = group.retentionDays, !total.isExpiring {
      let due = transaction.now.adding(seconds: Int64(days) * 86_400)
      try Retention.expire(group, &total, due: due, location.scope, transaction)
    }
    try transaction.put(total, in: location.scope)
    return PutLogEventsResponse(nextSequenceToken: stream.sequenceToken, rejectedLogEventsInfo: batch.rejected)
  }

  /// Writes events as chunks, the first of them behind those of the stream's last chunk if that is small.
  /// - Returns: how many bytes came to the group, as AWS counts them.
  private static func store(
    _ events: ArraySlice<InputLogEvent>, in stream: inout LogStreamRecord, _ scope: Scope, _ now: Int64,
    _ transaction: Transaction
  ) throws(AWSError) -> Int64 {
    var added: Int64 = 0
    var replaced = try openTail(of: stream, for: events, scope, transaction)
    var chunk = replaced
    for event in events {
      let time = Int64(event.timestamp)
      if let full = chunk, !full.takes(time) {
        try write(full, over: &replaced, scope, transaction)
        chunk = nil
      }
      var open = chunk ?? LogChunk(group: stream.group, stream: stream.id, first: stream.nextNumber, time: time)
      // Nothing else holds the bytes now, so they are appended in place.
      chunk = nil
      open.append(event.message, time: time, ingestedAt: now)
      chunk = open
      stream.nextNumber += 1
      added += Int64(event.message.utf8.count) + LogBatch.overhead
    }
    if let chunk {
      try write(chunk, over: &replaced, scope, transaction)
      stream.tail = LogStreamRecord.Tail(
        level: chunk.level, minTime: chunk.minTime, maxTime: chunk.maxTime, first: chunk.first,
        size: Int64(chunk.body.count))
    }
    return added
  }

  /// The stream's last chunk, if it is so small that these events rather go there than into a row of their own.
  private static func openTail(
    of stream: LogStreamRecord, for events: ArraySlice<InputLogEvent>, _ scope: Scope, _ transaction: Transaction
  ) throws(AWSError) -> LogChunk? {
    guard let tail = stream.tail, let first = events.first, Int64(first.timestamp) >= tail.maxTime else { return nil }
    var size = Int(tail.size)
    for event in events {
      size += event.message.utf8.count
      if size > LogChunk.mergeLimit { return nil }
    }
    let key = Key(
      .integer(stream.group), .integer(tail.level), .integer(tail.minTime), .integer(stream.id),
      .integer(tail.first))
    return try transaction.get(LogChunk.self, key, in: scope)
  }

  private static func write(
    _ chunk: LogChunk, over replaced: inout LogChunk?, _ scope: Scope, _ transaction: Transaction
  ) throws(AWSError) {
    defer { replaced = nil }
    guard let old = replaced else { return try transaction.insert(chunk, in: scope) }
    if old.key == chunk.key {
      try transaction.update(old, to: chunk, in: scope)
    } else {
      // The span has grown into another level.
      try transaction.delete(old, in: scope)
      try transaction.insert(chunk, in: scope)
    }
  }
}
