import Cloud
import Wire

/// Sends an archive's events again, piece by piece, by a timer that comes back until all are sent.
struct Replaying: Sendable {
  let publisher: Publisher

  /// So many events are sent at once.
  private static let batch = 100
  /// And so many bytes of them.
  private static let bytes = 1 << 20
  /// AWS: replays are shown for 90 days.
  private static let memory: Int64 = 90 * 86_400

  static func next(_ name: String, at due: Timestamp, in scope: Scope, _ transaction: Transaction) throws(AWSError) {
    try transaction.schedule(
      TimerRequest(
        service: EventBridgeService.name, name: Key(.string("replay"), .string(name), .string("")), in: scope, due: due)
    )
  }

  func run(_ name: String, _ request: TimerRequest, _ transaction: Transaction) throws(AWSError) {
    let scope = request.scope
    guard var replay = try transaction.get(ReplayRecord.self, Key(name), in: scope) else { return }
    guard replay.state.isOpen else {
      try transaction.delete(replay, in: scope)
      return
    }
    if replay.state == .cancelling {
      return try end(&replay, .cancelled, "Replay cancelled by user.", scope, transaction)
    }
    guard let account = scope.account, let region = scope.region,
      let archive = try transaction.get(ArchiveRecord.self, Key(replay.archive), in: scope),
      archive.id == replay.archiveID
    else { return try end(&replay, .failed, "Archive \(replay.archive) does not exist.", scope, transaction) }
    let bus = Bus(replay.bus, account, region)
    guard try bus.find(transaction) != nil else {
      return try end(&replay, .failed, "Event bus \(bus.name) does not exist.", scope, transaction)
    }
    var range = KeyRange.prefix(.string(archive.id))
      .from(Key(.string(archive.id), .integer(replay.from.milliseconds)))
      .before(Key(.string(archive.id), .integer(replay.to.milliseconds)))
    if let cursor = replay.cursor {
      range = range.after(Key(.string(archive.id), .integer(cursor.time), .integer(cursor.order)))
    }
    var records = try transaction.scan(ArchivedEventRecord.self, in: scope, range, limit: Replaying.batch)
    var bytes = 0
    let fitting = records.prefix { record in
      bytes += record.json.utf8.count
      return bytes <= Replaying.bytes
    }.count
    let isLast = records.count < Replaying.batch && fitting == records.count
    if fitting < records.count { records.removeLast(records.count - max(1, fitting)) }
    let horizon = Archiving.horizon(archive, transaction.now)
    var events: [Event] = []
    for record in records where horizon.map({ record.ingested > $0 }) ?? true {
      guard let json = JSONValue(json: Array(record.json.utf8)),
        var event = Event(json: json, ingested: transaction.now)
      else { continue }
      event.replay = replay.name
      events.append(event)
    }
    let rules = replay.filters.isEmpty ? nil : Set(replay.filters.compactMap { RuleRecord.place(arn: $0)?.name })
    try publisher.publish(events, on: bus, onlyFor: rules, transaction)
    if let last = records.last {
      replay.cursor = ReplayRecord.Cursor(time: last.time, order: last.order)
      replay.lastReplayed = Timestamp(milliseconds: last.time)
    }
    if isLast { return try end(&replay, .completed, nil, scope, transaction) }
    replay.state = .running
    try transaction.put(replay, in: scope)
    try Replaying.next(name, at: transaction.now, in: scope, transaction)
  }

  private func end(
    _ replay: inout ReplayRecord, _ state: ReplayRecord.State, _ reason: String?, _ scope: Scope,
    _ transaction: Transaction
  ) throws(AWSError) {
    replay.state = state
    replay.reason = reason
    replay.endedAt = transaction.now
    try transaction.put(replay, in: scope)
    try transaction.schedule(
      TimerRequest(
        service: EventBridgeService.name, name: Key(.string("replay"), .string(replay.name), .string("")), in: scope,
        due: transaction.now.adding(seconds: Replaying.memory), isAwaited: false))
  }
}
