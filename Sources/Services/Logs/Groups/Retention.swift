import Cloud
import Wire

/// PutRetentionPolicy and DeleteRetentionPolicy, and the end of events whose time has come.
///
/// Readers leave out what has expired at once; a timer removes it when a whole chunk has.
enum Retention {
  /// AWS: PutRetentionPolicy, `retentionInDays`.
  static let days = [
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
  ]

  static func put(
    _ input: PutRetentionPolicyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    guard days.contains(input.retentionInDays) else {
      throw .invalidParameter("Invalid retention value. Valid values are: \(days)")
    }
    try set(input.retentionInDays, input.logGroupName, context, transaction)
    return NoMembers()
  }

  static func delete(
    _ input: DeleteRetentionPolicyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    try set(nil, input.logGroupName, context, transaction)
    return NoMembers()
  }

  private static func set(
    _ days: Int?, _ name: String, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) {
    let location = try GroupLocation(name: name, context)
    let old = try location.group(transaction)
    if old.logClass == .delivery {
      // unverified: words
      throw .invalidParameter("The retention of a log group of class DELIVERY cannot be changed.")
    }
    var new = old
    new.retentionDays = days
    try transaction.update(old, to: new, in: location.scope)
    if days != nil {
      var size = try GroupSizeRecord.find(new.id, location.scope, transaction)
      try expire(new, &size, due: transaction.now, location.scope, transaction)
      try transaction.put(size, in: location.scope)
    }
  }

  /// Sets the timer that removes what has expired.
  static func expire(
    _ group: LogGroupRecord, _ size: inout GroupSizeRecord, due: Timestamp, _ scope: Scope, _ transaction: Transaction
  ) throws(AWSError) {
    size.isExpiring = true
    try transaction.schedule(
      TimerRequest(
        service: LogsService.name, name: Key(.string("expire"), .string(group.name), .integer(group.id)), in: scope,
        due: due, isAwaited: false))
  }

  private static let batch = 200

  /// Removes a piece of what has expired, and comes again when the next chunk will have.
  static func run(
    _ name: String, _ id: Int64, _ request: TimerRequest, _ transaction: Transaction
  ) throws(AWSError) {
    let scope = request.scope
    guard let group = try transaction.get(LogGroupRecord.self, Key(name), in: scope), group.id == id else { return }
    var size = try GroupSizeRecord.find(id, scope, transaction)
    size.isExpiring = false
    if let cutoff = group.cutoff(at: transaction.now.milliseconds) {
      var next: Int64?
      for level in LogChunk.spans.indices {
        let chunks = try transaction.scan(
          LogChunk.self, in: scope, .prefix(.integer(id), .integer(Int64(level))), limit: batch)
        var isMore = chunks.count == batch
        for chunk in chunks {
          // In the order of their first events; within a level the last ones are at most its span behind.
          guard chunk.maxTime < cutoff else {
            let due = chunk.maxTime - cutoff + transaction.now.milliseconds + 1
            next = min(next ?? due, due)
            isMore = false
            break
          }
          try transaction.delete(chunk, in: scope)
          size.bytes -= chunk.bytes
        }
        if isMore { next = transaction.now.milliseconds }
      }
      if let next {
        // Not for every chunk: one round a minute removes all that a minute brings.
        let due = max(next, transaction.now.milliseconds + (next <= transaction.now.milliseconds ? 0 : 60_000))
        try expire(group, &size, due: Timestamp(milliseconds: due), scope, transaction)
      }
    }
    try transaction.put(size, in: scope)
  }
}
