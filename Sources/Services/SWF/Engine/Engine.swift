import Cloud
import Wire

/// The workflow engine within one transaction: the runs that it touches, and what follows from one for another.
///
/// Each run is read once and is the same object for all that happens to it. ``finish()`` carries out what follows (a child
/// starts, a parent learns of its child's end, a signal is delivered) and writes everything. To AWS's clients such
/// consequences come a moment after the decision; here they come in the same commit, behind all events of the decision.
final class Engine {
  let scope: Scope
  let transaction: Transaction
  private var runs: [Int64: OpenExecution] = [:]
  private var consequences: [Consequence] = []

  /// AWS: quotas, "Maximum workflow execution history size: 25,000 events".
  static let historyLimit: Int64 = 25_000
  /// AWS: quotas; each for one execution.
  static let openActivityLimit = 1000
  static let openTimerLimit = 1000
  static let openChildLimit = 1000
  // unverified: AWS has a cause for it and names no number; that of activities.
  static let openLambdaLimit = 1000

  init(in scope: Scope, _ transaction: Transaction) {
    self.scope = scope
    self.transaction = transaction
  }

  /// Milliseconds since 1970.
  var now: Int64 { transaction.now.milliseconds }

  // MARK: Runs

  /// An open run; nothing if it is closed or was never there.
  func run(_ record: ExecutionRecord) throws(AWSError) -> OpenExecution? {
    if let run = runs[record.number] { return run.isOpen ? run : nil }
    guard record.isOpen, let state = try Executions.state(of: record, scope, transaction) else { return nil }
    let run = OpenExecution(record, state, self)
    runs[record.number] = run
    return run
  }

  /// An open run by its number.
  func run(numbered number: Int64) throws(AWSError) -> OpenExecution? {
    if let run = runs[number] { return run.isOpen ? run : nil }
    guard let record = try Executions.numbered(number, scope, transaction) else { return nil }
    return try run(record)
  }

  /// Starts a run: writes its record, its first event and its first decision task.
  /// - Returns: its record.
  @discardableResult
  func start(_ new: NewExecution) throws(AWSError) -> ExecutionRecord {
    let record = ExecutionRecord(
      number: transaction.nextOrder(), domain: new.domain, workflowID: new.workflowID,
      runID: new.runID ?? Engine.newRunID(transaction), type: new.type, startedAt: now,
      configuration: new.configuration, tags: new.tags, parent: new.parent, continuedRunID: new.continuedRunID)
    try transaction.insert(record, in: scope)
    for tag in Set(record.tags) {
      try transaction.insert(
        ExecutionTagRecord(domain: record.domain, tag: tag, startedAt: record.startedAt, number: record.number),
        in: scope)
    }
    let run = OpenExecution(starting: record, self)
    runs[record.number] = run
    run.append(
      WorkflowExecutionStartedEventAttributes(
        input: new.input, executionStartToCloseTimeout: new.configuration.executionStartToCloseTimeout,
        taskStartToCloseTimeout: new.configuration.taskStartToCloseTimeout,
        childPolicy: new.configuration.childPolicy, taskList: TaskList(name: new.configuration.taskList),
        taskPriority: new.configuration.taskPriority, workflowType: new.type.workflow,
        tagList: new.tags.isEmpty ? nil : new.tags, continuedExecutionRunId: new.continuedRunID,
        parentWorkflowExecution: new.parent.map { WorkflowExecution(workflowId: $0.workflowID, runId: $0.runID) },
        parentInitiatedEventId: Int(new.parent?.initiatedEventID ?? 0), lambdaRole: new.configuration.lambdaRole))
    try run.wakeDecider()
    return record
  }

  /// A run id as AWS makes them: `22` and 32 random bytes in base64.
  static func newRunID(_ transaction: Transaction) -> String {
    "22" + transaction.random.text(43, .base64) + "="
  }

  // MARK: What follows

  /// Notes what is to happen behind the events of this operation.
  func follow(_ consequence: Consequence) { consequences.append(consequence) }

  /// Carries out what follows from what was done, and writes all runs.
  func finish() throws(AWSError) {
    repeat {
      while !consequences.isEmpty {
        let batch = consequences
        consequences = []
        for consequence in batch { try consequence.happen(in: self) }
      }
      // A history that is full ends its run, which may have consequences in turn.
      for run in runs.values where run.isOpen && run.isFull {
        try run.terminate(cause: WorkflowExecutionTerminatedCause.eventLimitExceeded)
      }
    } while !consequences.isEmpty
    for run in runs.values { try run.save() }
  }
}

/// A run that is to be started.
struct NewExecution {
  var domain: String
  var workflowID: String
  /// Its run id, when that is known already.
  var runID: String?
  var type: TypeName
  var configuration: ExecutionRecord.Configuration
  var input: String?
  var tags: [String]
  var parent: ExecutionRecord.Parent?
  var continuedRunID: String?
}
