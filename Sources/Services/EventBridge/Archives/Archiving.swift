import Cloud
import Wire

/// Puts events into archives, and takes them out when their time is over.
enum Archiving {
  private static let day: Int64 = 86_400_000
  /// So many events are removed at once.
  private static let batch = 500

  static func keep(
    _ event: Event, _ envelope: JSONValue, in name: String, _ scope: Scope, _ transaction: Transaction
  ) throws(AWSError) {
    guard let archive = try transaction.get(ArchiveRecord.self, Key(name), in: scope) else { return }
    let text = envelope.text
    try transaction.insert(
      ArchivedEventRecord(
        archive: archive.id, time: event.time.milliseconds, order: transaction.nextOrder(),
        ingested: event.ingested.milliseconds, json: text), in: scope)
    var count = try counted(archive, scope, transaction)
    if count.events == 0, archive.retentionDays > 0 {
      try expire(
        archive, at: event.ingested.adding(milliseconds: Int64(archive.retentionDays) * day), scope, transaction)
    }
    count.events += 1
    count.bytes += Int64(text.utf8.count)
    try transaction.put(count, in: scope)
  }

  static func counted(
    _ archive: ArchiveRecord, _ scope: Scope, _ transaction: Transaction
  ) throws(AWSError) -> ArchiveCountRecord {
    try transaction.get(ArchiveCountRecord.self, Key(archive.id), in: scope) ?? ArchiveCountRecord(archive: archive.id)
  }

  /// From when on events are still kept; nothing if they always are.
  static func horizon(_ archive: ArchiveRecord, _ now: Timestamp) -> Int64? {
    archive.retentionDays == 0 ? nil : now.milliseconds - Int64(archive.retentionDays) * day
  }

  static func expire(
    _ archive: ArchiveRecord, at due: Timestamp, _ scope: Scope, _ transaction: Transaction
  ) throws(AWSError) {
    try transaction.schedule(
      TimerRequest(
        service: EventBridgeService.name, name: Key(.string("expire"), .string(archive.name), .string(archive.id)),
        in: scope, due: due, isAwaited: false))
  }

  /// Removes a piece of what is over, or of an archive that is gone, and comes again.
  static func runExpiry(
    _ name: String, _ id: String, _ request: TimerRequest, _ transaction: Transaction
  ) throws(AWSError) {
    let scope = request.scope
    var archive = try transaction.get(ArchiveRecord.self, Key(name), in: scope)
    if archive?.id != id { archive = nil }
    var again = request
    again.due = transaction.now
    guard let archive else {
      let gone = try transaction.scan(ArchivedEventRecord.self, in: scope, .prefix(.string(id)), limit: batch)
      for event in gone { try transaction.delete(event, in: scope) }
      if gone.count == batch { return try transaction.schedule(again) }
      try transaction.delete(ArchiveCountRecord.self, Key(id), in: scope)
      return
    }
    guard let horizon = horizon(archive, transaction.now) else { return }
    var count = try counted(archive, scope, transaction)
    let oldest = try transaction.scan(
      ArchivedEventRecord.self, by: ArchivedEventRecord.byIngestion, in: scope, .prefix(.string(id)), limit: batch)
    for event in oldest {
      guard event.ingested <= horizon else {
        again.due = Timestamp(milliseconds: event.ingested + Int64(archive.retentionDays) * day)
        break
      }
      try transaction.delete(event, in: scope)
      count.events -= 1
      count.bytes -= Int64(event.json.utf8.count)
    }
    try transaction.put(count, in: scope)
    if count.events > 0 { try transaction.schedule(again) }
  }
}
