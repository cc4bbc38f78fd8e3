import Cloud
import Wire

/// Finding runs.
enum Executions {
  /// A run by its ids: the open one of the workflow id when no run is named, otherwise that run, open or closed.
  /// - Throws: UnknownResourceFault in AWS's words.
  static func find(
    _ workflowID: String, run runID: String? = nil, in domain: String, _ scope: Scope, _ transaction: Transaction
  ) throws(AWSError) -> ExecutionRecord {
    guard let runID, !runID.isEmpty else {
      guard let record = try open(workflowID, in: domain, scope, transaction) else {
        throw .unknownExecution(workflowID: workflowID)
      }
      return record
    }
    guard let record = try run(runID, of: workflowID, in: domain, scope, transaction) else {
      throw .unknownExecution(workflowID: workflowID, runID: runID)
    }
    return record
  }

  /// The run with this id of a workflow id, open or closed, if there is one.
  static func run(
    _ runID: String, of workflowID: String, in domain: String, _ scope: Scope, _ transaction: Transaction
  ) throws(AWSError) -> ExecutionRecord? {
    let record = try transaction.scan(
      ExecutionRecord.self, by: ExecutionRecord.byRun, in: scope, .prefix(.string(domain), .string(runID)), limit: 1
    ).first
    return record?.workflowID == workflowID ? record : nil
  }

  /// An open run by its ids.
  /// - Throws: UnknownResourceFault in AWS's words, also for a closed run.
  static func findOpen(
    _ workflowID: String, run runID: String? = nil, in domain: String, _ scope: Scope, _ transaction: Transaction
  ) throws(AWSError) -> ExecutionRecord {
    let record = try find(workflowID, run: runID, in: domain, scope, transaction)
    if !record.isOpen { throw .unknownExecution(workflowID: workflowID, runID: record.runID) }
    return record
  }

  /// The open run of a workflow id, if there is one.
  static func open(
    _ workflowID: String, in domain: String, _ scope: Scope, _ transaction: Transaction
  ) throws(AWSError) -> ExecutionRecord? {
    try transaction.scan(
      ExecutionRecord.self, by: ExecutionRecord.byOpenWorkflow, in: scope,
      .prefix(.string(domain), .string(workflowID)), limit: 1
    ).first
  }

  /// A run by its number.
  static func numbered(
    _ number: Int64, _ scope: Scope, _ transaction: Transaction
  ) throws(AWSError) -> ExecutionRecord? {
    try transaction.get(ExecutionRecord.self, Key(.integer(number)), in: scope)
  }

  /// What changes with the events of an open run; nothing once it is closed.
  static func state(
    of record: ExecutionRecord, _ scope: Scope, _ transaction: Transaction
  ) throws(AWSError) -> ExecutionState? {
    try transaction.get(ExecutionState.self, Key(.integer(record.number)), in: scope)
  }

  /// The id of a run's last event.
  static func lastEventID(
    of record: ExecutionRecord, _ scope: Scope, _ transaction: Transaction
  ) throws(AWSError) -> Int64 {
    try state(of: record, scope, transaction)?.lastEventID ?? record.lastEventID
  }

  /// The context that the decider gave last; nothing if it gave none.
  static func latestContext(
    of record: ExecutionRecord, _ scope: Scope, _ transaction: Transaction
  ) throws(AWSError) -> String? {
    try transaction.get(ExecutionContextRecord.self, Key(.integer(record.number)), in: scope)?.text
  }

  /// Removes a closed run with its history, as when its retention is over.
  static func erase(_ record: ExecutionRecord, _ scope: Scope, _ transaction: Transaction) throws(AWSError) {
    while true {
      let chunks = try transaction.scan(
        HistoryChunkRecord.self, in: scope, .prefix(.integer(record.number)), limit: 256)
      for chunk in chunks { try transaction.delete(chunk, in: scope) }
      if chunks.count < 256 { break }
    }
    for tag in Set(record.tags) {
      let entry = ExecutionTagRecord(
        domain: record.domain, tag: tag, startedAt: record.startedAt, number: record.number)
      try transaction.delete(ExecutionTagRecord.self, entry.key, in: scope)
    }
    try transaction.delete(ExecutionContextRecord.self, Key(.integer(record.number)), in: scope)
    try transaction.delete(record, in: scope)
  }
}
