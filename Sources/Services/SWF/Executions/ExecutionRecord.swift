import Cloud
import Foundation
import Wire

/// One run of a workflow: who it is and how it is configured. What changes with every event is in ``ExecutionState``.
///
/// Written when the run starts, when its cancellation is requested and when it closes; its indexes serve visibility.
/// The stored form is written by hand: every poll reads it.
struct ExecutionRecord: Record, Equatable {
  static let kind = "swf.execution"
  static let isCached = true

  /// Runs by their run id, which alone is unique in a domain.
  static let byRun = Index<ExecutionRecord>("run") { Key(.string($0.domain), .string($0.runID)) }
  /// The open run of each workflow id.
  static let byOpenWorkflow = Index<ExecutionRecord>("open") { record in
    record.isOpen ? Key(.string(record.domain), .string(record.workflowID)) : nil
  }
  /// Open (0) or closed (1) runs by the time they started.
  static let byStart = Index<ExecutionRecord>("start") { record in
    Key(
      .string(record.domain), .integer(record.isOpen ? 0 : 1), .integer(record.startedAt), .integer(record.number))
  }
  /// Closed runs by the time they closed.
  static let byClose = Index<ExecutionRecord>("close") { record in
    record.closedAt.map { Key(.string(record.domain), .integer($0), .integer(record.number)) }
  }
  /// All runs of a workflow id by the time they started.
  static let byWorkflow = Index<ExecutionRecord>("workflow") { record in
    Key(.string(record.domain), .string(record.workflowID), .integer(record.startedAt), .integer(record.number))
  }
  /// Open (0) or closed (1) runs of a workflow type's name by the time they started.
  static let byType = Index<ExecutionRecord>("type") { record in
    Key(
      .string(record.domain), .string(record.type.name), .integer(record.isOpen ? 0 : 1), .integer(record.startedAt),
      .integer(record.number))
  }
  static let indexes = [byRun, byOpenWorkflow, byStart, byClose, byWorkflow, byType]

  /// The parent of a child workflow.
  struct Parent: Codable, Sendable, Equatable {
    /// The parent's ``ExecutionRecord/number``.
    var number: Int64
    var workflowID: String
    var runID: String
    /// The parent's StartChildWorkflowExecutionInitiated event.
    var initiatedEventID: Int64
  }

  /// How the run was configured when it started. Texts are as AWS shows them: seconds, or `NONE`.
  struct Configuration: Codable, Sendable, Equatable {
    var executionStartToCloseTimeout: String
    var taskStartToCloseTimeout: String
    var taskList: String
    var taskPriority: String?
    var childPolicy: String
    var lambdaRole: String?
  }

  /// The run's own number: unique in the store, increasing with time, and the first part of the keys of all it owns.
  let number: Int64
  let domain: String
  let workflowID: String
  let runID: String
  /// The workflow type's name and version.
  let type: TypeName
  /// Milliseconds since 1970.
  let startedAt: Int64
  let configuration: Configuration
  let tags: [String]
  /// Another run takes the parent's place when the parent is reset.
  var parent: Parent?
  /// The run that continued as this one.
  let continuedRunID: String?

  /// Milliseconds since 1970; nothing while it is open.
  private(set) var closedAt: Int64?
  /// One of ``CloseStatus``; nothing while it is open.
  private(set) var closeStatus: String?
  var isCancelRequested = false
  /// The last event's id, once it is closed; while it is open the state knows.
  private(set) var lastEventID: Int64 = 0
  /// When the latest activity task was scheduled, started or closed, once the run is closed; 0 for never.
  private(set) var latestActivityAt: Int64 = 0

  init(
    number: Int64, domain: String, workflowID: String, runID: String, type: TypeName, startedAt: Int64,
    configuration: Configuration, tags: [String], parent: Parent? = nil, continuedRunID: String? = nil
  ) {
    self.number = number
    self.domain = domain
    self.workflowID = workflowID
    self.runID = runID
    self.type = type
    self.startedAt = startedAt
    self.configuration = configuration
    self.tags = tags
    self.parent = parent
    self.continuedRunID = continuedRunID
  }

  var key: Key { Key(.integer(number)) }
  var isOpen: Bool { closedAt == nil }
  var execution: WorkflowExecution { WorkflowExecution(workflowId: workflowID, runId: runID) }

  /// The record as it is once the run has closed.
  func closed(_ status: String, at time: Int64, lastEventID: Int64, latestActivityAt: Int64) -> ExecutionRecord {
    var record = self
    record.closedAt = time
    record.closeStatus = status
    record.lastEventID = lastEventID
    record.latestActivityAt = latestActivityAt
    return record
  }

  func encoded() throws -> Data {
    var writer = RecordWriter(capacity: 384)
    writer.byte(1)
    writer.integer(number)
    writer.string(domain)
    writer.string(workflowID)
    writer.string(runID)
    writer.string(type.name)
    writer.string(type.version)
    writer.integer(startedAt)
    writer.string(configuration.executionStartToCloseTimeout)
    writer.string(configuration.taskStartToCloseTimeout)
    writer.string(configuration.taskList)
    writer.optional(configuration.taskPriority)
    writer.string(configuration.childPolicy)
    writer.optional(configuration.lambdaRole)
    writer.short(Int32(tags.count))
    for tag in tags { writer.string(tag) }
    writer.bool(parent != nil)
    if let parent {
      writer.integer(parent.number)
      writer.string(parent.workflowID)
      writer.string(parent.runID)
      writer.integer(parent.initiatedEventID)
    }
    writer.optional(continuedRunID)
    writer.optional(closedAt)
    writer.optional(closeStatus)
    writer.bool(isCancelRequested)
    writer.integer(lastEventID)
    writer.integer(latestActivityAt)
    return writer.data
  }

  init(encoded: Data) throws {
    var reader = RecordReader(encoded)
    // The first byte is the version of the form.
    guard try reader.byte() == 1 else { throw RecordReader.Damaged() }
    number = try reader.integer()
    domain = try reader.string()
    workflowID = try reader.string()
    runID = try reader.string()
    type = TypeName(name: try reader.string(), version: try reader.string())
    startedAt = try reader.integer()
    configuration = Configuration(
      executionStartToCloseTimeout: try reader.string(), taskStartToCloseTimeout: try reader.string(),
      taskList: try reader.string(), taskPriority: try reader.optional(), childPolicy: try reader.string(),
      lambdaRole: try reader.optional())
    var tags: [String] = []
    for _ in 0..<(try reader.short()) { tags.append(try reader.string()) }
    self.tags = tags
    parent =
      try reader.bool()
      ? Parent(
        number: try reader.integer(), workflowID: try reader.string(), runID: try reader.string(),
        initiatedEventID: try reader.integer()) : nil
    continuedRunID = try reader.optional()
    closedAt = try reader.optionalInteger()
    closeStatus = try reader.optional()
    isCancelRequested = try reader.bool()
    lastEventID = try reader.integer()
    latestActivityAt = try reader.integer()
  }
}

/// The name and version of a workflow or activity type, as records keep it.
struct TypeName: Codable, Sendable, Equatable, Hashable {
  var name: String
  var version: String

  var workflow: WorkflowType { WorkflowType(name: name, version: version) }
  var activity: ActivityType { ActivityType(name: name, version: version) }
}

extension TypeName {
  init(_ type: WorkflowType) { self.init(name: type.name, version: type.version) }
  init(_ type: ActivityType) { self.init(name: type.name, version: type.version) }
}

/// One tag of one run, so that runs can be found by their tags.
struct ExecutionTagRecord: Record {
  static let kind = "swf.executionTag"

  var domain: String
  var tag: String
  /// Milliseconds since 1970.
  var startedAt: Int64
  /// The run's ``ExecutionRecord/number``.
  var number: Int64

  var key: Key { Key(.string(domain), .string(tag), .integer(startedAt), .integer(number)) }
}

/// What the decider said last with RespondDecisionTaskCompleted's `executionContext`.
struct ExecutionContextRecord: Record {
  static let kind = "swf.context"

  /// The run's ``ExecutionRecord/number``.
  var number: Int64
  var text: String

  var key: Key { Key(.integer(number)) }
}
