import Cloud
import Foundation
import Wire

/// Runs queries beside everything else: events are read piece by piece on the store's thread and looked at outside it.
enum QueryWork {
  /// The name of the work.
  static let name = "query"

  /// So many stored bytes and events are read at once.
  private static let pieceBytes: Int64 = 2 << 20
  private static let pieceEvents = 10_000

  /// Where reading goes on.
  private struct Place: Sendable {
    var group = 0
    var from: EventPosition?
    var isNewGroup = true
  }

  private struct Piece: Sendable {
    var events: [QueryEvent]
    var bytes: Int64
    /// Nothing at the end.
    var next: Place?
  }

  static func run(_ work: Work, _ context: WorkContext) async throws(AWSError) -> WorkOutcome {
    let scope = work.request.scope
    let id = String(decoding: work.request.content, as: UTF8.self)
    let begun = try await context.store.transact { transaction throws(AWSError) -> QueryRecord? in
      guard let old = try transaction.get(QueryRecord.self, Key(id), in: scope), !old.status.isOver else { return nil }
      var new = old
      new.status = .running
      try transaction.update(old, to: new, in: scope)
      return new
    }
    guard let record = begun, let query = try? InsightsQuery(record.text) else { return .done }
    var run = QueryRun(query, limit: record.limit)
    var statistics = QueryRecord.Statistics()
    var place: Place? = Place()
    let isReversed = run.isNewestFirst
    while let here = place {
      if here.isNewGroup { run.beginGroup() }
      let (seen, done) = (statistics, here)
      let piece = try await context.store.transact { transaction throws(AWSError) in
        try read(record, done, isReversed, seen, scope, transaction)
      }
      // Stopped meanwhile, or forgotten.
      guard let piece else { return .done }
      for event in piece.events {
        run.take(event)
        statistics.scanned += 1
        if run.isSatisfied { break }
      }
      statistics.matched = run.matched
      statistics.bytes += piece.bytes
      place = piece.next
      if run.isSatisfied {
        place = here.group + 1 < record.groups.count ? Place(group: here.group + 1) : nil
      }
    }
    let lines = run.finish().map { line in line.flatMap { [$0.field, $0.value] } }
    let final = statistics
    return .doneWriting { transaction throws(AWSError) in
      guard let old = try transaction.get(QueryRecord.self, Key(id), in: scope), !old.status.isOver else { return }
      for (part, start) in stride(from: 0, to: lines.count, by: QueryResultRecord.size).enumerated() {
        let piece = Array(lines[start..<min(start + QueryResultRecord.size, lines.count)])
        try transaction.put(QueryResultRecord(query: id, part: Int64(part), lines: piece), in: scope)
      }
      var new = old
      new.status = .complete
      new.endedAt = transaction.now.milliseconds
      new.statistics = final
      new.rows = lines.count
      try transaction.update(old, to: new, in: scope)
    }
  }

  /// Reads a piece of a group's events, and notes how far the query has come; nothing if it was stopped.
  private static func read(
    _ query: QueryRecord, _ place: Place, _ isReversed: Bool, _ statistics: QueryRecord.Statistics, _ scope: Scope,
    _ transaction: Transaction
  ) throws(AWSError) -> Piece? {
    guard let old = try transaction.get(QueryRecord.self, Key(query.id), in: scope), !old.status.isOver else {
      return nil
    }
    if statistics.scanned > 0 {
      var new = old
      new.statistics = statistics
      try transaction.update(old, to: new, in: scope)
    }
    guard place.group < query.groups.count else { return Piece(events: [], bytes: 0, next: nil) }
    let nextGroup = place.group + 1 < query.groups.count ? Place(group: place.group + 1) : nil
    let named = query.groups[place.group]
    // A group that was deleted meanwhile has no events any more.
    guard let group = try transaction.get(LogGroupRecord.self, Key(named.name), in: scope), group.id == named.id else {
      return Piece(events: [], bytes: 0, next: nextGroup)
    }
    var bounds = EventScan.Bounds(start: query.start, end: query.end &+ 1, from: place.from)
    if let cutoff = group.cutoff(at: transaction.now.milliseconds) { bounds.start = max(bounds.start, cutoff) }
    var scan = EventScan(.group(group.id), bounds, reversed: isReversed, in: scope, transaction)
    let names = StreamNames(group: group, scope: scope, transaction)
    let log = "\(scope.account?.rawValue ?? ""):\(group.name)"
    var events: [QueryEvent] = []
    var bytes: Int64 = 0
    var last: EventPosition?
    while let event = try scan.next() {
      // Going forward the first unread event comes next, going backward those before the last that was read.
      if bytes > pieceBytes || events.count >= pieceEvents {
        let next = Place(group: place.group, from: isReversed ? last : event.position, isNewGroup: false)
        return Piece(events: events, bytes: bytes, next: next)
      }
      last = event.position
      bytes += event.size
      guard let stream = try names.name(of: event.stream) else { continue }
      events.append(
        QueryEvent(
          time: event.time, ingestedAt: event.ingestedAt, stream: stream, log: log,
          pointer: EventPointer(group: group.name, position: event.position).text, message: event.message))
    }
    return Piece(events: events, bytes: bytes, next: nextGroup)
  }
}
