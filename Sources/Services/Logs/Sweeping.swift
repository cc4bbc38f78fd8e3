import Cloud
import Wire

/// Removes, in pieces, what deleted groups and streams have left behind.
enum Sweeping {
  /// So many chunks or streams are removed at once.
  private static let batch = 100

  static func sweep(_ source: EventScan.Source, _ scope: Scope, _ transaction: Transaction) throws(AWSError) {
    let name =
      switch source {
      case .group(let id): Key(.string("sweep"), .string("group"), .integer(id))
      case .stream(let id): Key(.string("sweep"), .string("stream"), .integer(id))
      }
    try transaction.schedule(
      TimerRequest(service: LogsService.name, name: name, in: scope, due: transaction.now, isAwaited: false))
  }

  static func run(
    _ source: EventScan.Source, _ request: TimerRequest, _ transaction: Transaction
  ) throws(AWSError) {
    let scope = request.scope
    var removed = 0
    switch source {
    case .group(let id):
      let mine = KeyRange.prefix(.integer(id))
      for chunk in try transaction.scan(LogChunk.self, in: scope, mine, limit: batch) {
        try transaction.delete(chunk, in: scope)
        removed += 1
      }
      for stream in try transaction.scan(LogStreamRecord.self, in: scope, mine, limit: batch) {
        try transaction.delete(stream, in: scope)
        removed += 1
      }
      for filter in try transaction.scan(MetricFilterRecord.self, in: scope, mine, limit: batch) {
        try transaction.delete(filter, in: scope)
      }
      for filter in try transaction.scan(SubscriptionFilterRecord.self, in: scope, mine, limit: batch) {
        try transaction.delete(filter, in: scope)
      }
      if removed == 0 { try transaction.delete(GroupSizeRecord.self, Key(.integer(id)), in: scope) }
    case .stream(let id):
      let chunks = try transaction.scan(
        LogChunk.self, by: LogChunk.byStream, in: scope, .prefix(.integer(id)), limit: batch)
      for chunk in chunks {
        try transaction.delete(chunk, in: scope)
        var size = try GroupSizeRecord.find(chunk.group, scope, transaction)
        size.bytes -= chunk.bytes
        try transaction.put(size, in: scope)
        removed += 1
      }
    }
    guard removed > 0 else { return }
    var again = request
    again.due = transaction.now
    try transaction.schedule(again)
  }
}
