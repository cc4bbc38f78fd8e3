import Cloud
import Wire

/// Removes closed runs when their domain's retention is over.
///
/// Each domain has one timer, set to the earliest end of a retention; it runs only while there are closed runs.
/// Automatic time does not jump to it: nobody waits for a history to vanish.
enum RetentionTimer {
  /// The first part of the timers' names.
  static let name = "retention"
  /// So many runs are removed at once: each may have a long history.
  private static let batch = 20

  /// That a domain's timer runs.
  struct Mark: Record {
    static let kind = "swf.retention"
    static let isCached = true

    var domain: String
    /// When the timer is due, in milliseconds since 1970.
    var due: Int64

    var key: Key { Key(domain) }
  }

  /// Notes that a run has closed: from now on its retention counts.
  ///
  /// AWS: RegisterDomain, "If you pass the value NONE or 0 (zero), then the workflow execution history isn't retained.
  /// As soon as the workflow execution completes, the execution record and its history are deleted."
  static func noteClosed(_ record: ExecutionRecord, _ scope: Scope, _ transaction: Transaction) throws(AWSError) {
    guard let domain = try transaction.get(DomainRecord.self, Key(record.domain), in: scope) else { return }
    let closed = record.closedAt ?? transaction.now.milliseconds
    try set(record.domain, due: closed + domain.retentionMilliseconds, scope, transaction)
  }

  private static func set(
    _ domain: String, due: Int64, _ scope: Scope, _ transaction: Transaction
  ) throws(AWSError) {
    if let mark = try transaction.get(Mark.self, Key(domain), in: scope), mark.due <= due { return }
    try transaction.put(Mark(domain: domain, due: due), in: scope)
    try transaction.schedule(
      TimerRequest(
        service: SWFService.name, name: Key(.string(name), .string(domain)), in: scope,
        due: Timestamp(milliseconds: due), isAwaited: false))
  }

  /// Runs a domain's timer: removes what is over and comes again for what is left.
  static func run(_ domain: String, _ request: TimerRequest, _ transaction: Transaction) throws(AWSError) {
    let scope = request.scope
    try transaction.delete(Mark.self, Key(domain), in: scope)
    guard let record = try transaction.get(DomainRecord.self, Key(domain), in: scope) else { return }
    let retention = record.retentionMilliseconds
    let range = KeyRange.prefix(.string(domain))
    let runs = try transaction.scan(
      ExecutionRecord.self, by: ExecutionRecord.byClose, in: scope, range, limit: batch + 1)
    for (index, run) in runs.enumerated() {
      guard let closed = run.closedAt else { continue }
      if index == batch || closed + retention > transaction.now.milliseconds {
        try set(domain, due: max(closed + retention, transaction.now.milliseconds), scope, transaction)
        return
      }
      try Executions.erase(run, scope, transaction)
    }
  }
}
