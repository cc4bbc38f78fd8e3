import Foundation
import Logging
import Testing
import Wire

@testable import Cloud
@testable import SWF

/// A domain with workflow type `w` and activity type `a` in a store of its own, on a clock that stands still until it is
/// moved. Calls go to the handlers as the pipeline would make them.
struct WorkflowBench {
  let clock = CloudClock()
  let store: Store
  let context: Context

  /// Lets everybody do everything, except the decisions that are named.
  private struct Judge: Authorizing {
    let denied: Set<String>

    func judge(_ check: AccessCheck, _ context: Context, _ transaction: Transaction) throws(AWSError) -> Denial? {
      guard denied.contains(check.action) else { return nil }
      return Denial(callerARN: "", action: check.action, resource: check.resource, reason: nil, decisionID: "")
    }
  }

  static let scope = Scope(.first, .usEast1)
  static let workflow = WorkflowType(name: "w", version: "1")
  static let activity = ActivityType(name: "a", version: "1")

  init(
    denying denied: Set<String> = [], folder: String? = nil, isNew: Bool = true, at time: Timestamp? = nil
  ) async throws {
    let random = RandomSource(seed: 1)
    let blobs = try Blobs(
      folder: (folder ?? NSTemporaryDirectory() + "/swf-\(UUID().uuidString)") + "/blobs", isForcedToDisk: false,
      random: random)
    var logger = Logger(label: "test")
    logger.logLevel = .critical
    clock.setScale(0)
    if let time { clock.set(to: time) }
    store = try Store(
      at: folder.map { .folder($0, .process) } ?? .memory, clock: clock, random: random, blobs: blobs, logger: logger)
    let service = SWFService.definition()
    context = Context(
      requestID: "r", caller: .root(of: .first), region: .usEast1,
      request: RequestFacts(method: "POST", path: "/", query: "", headers: [], sourceIP: "127.0.0.1", isSecure: false),
      service: service, authorizer: Judge(denied: denied))
    if let timers = service.timers { store.setTimerHandlers([SWFService.name: timers]) }
    guard isNew else { return }
    try await store.transact { transaction throws(AWSError) in
      let scope = WorkflowBench.scope
      try transaction.put(
        DomainRecord(name: "domain", retentionDays: 1, retention: "1", createdAt: 0), in: scope)
      try transaction.put(
        WorkflowTypeRecord(
          domain: "domain", name: "w", version: "1",
          defaults: WorkflowTypeRecord.Defaults(
            taskStartToCloseTimeout: "60", executionStartToCloseTimeout: "86400", taskList: "d",
            childPolicy: "TERMINATE"), createdAt: 0), in: scope)
      try transaction.put(
        ActivityTypeRecord(
          domain: "domain", name: "a", version: "1",
          defaults: ActivityTypeRecord.Defaults(
            taskStartToCloseTimeout: "NONE", taskHeartbeatTimeout: "NONE", taskList: "a",
            taskScheduleToStartTimeout: "NONE", taskScheduleToCloseTimeout: "NONE"), createdAt: 0), in: scope)
    }
  }

  func advance(_ seconds: Int64) { clock.advance(milliseconds: seconds * 1000) }

  /// Calls a handler.
  @discardableResult
  func call<Input: Sendable, Output: Sendable>(
    _ handler: @escaping @Sendable (Input, Context, Transaction) throws(AWSError) -> Output, _ input: Input
  ) async throws -> Output {
    let context = context
    return try await store.transact { transaction throws(AWSError) in try handler(input, context, transaction) }
  }

  // MARK: Calls

  @discardableResult
  func start(_ id: String = "w", lambdaRole: String? = nil, childPolicy: String? = nil) async throws -> String {
    try await call(
      Starting.start,
      StartWorkflowExecutionInput(
        domain: "domain", workflowId: id, workflowType: Self.workflow, childPolicy: childPolicy, lambdaRole: lambdaRole)
    ).runId ?? ""
  }

  func signal(_ id: String = "w") async throws {
    try await call(Steering.signal, SignalWorkflowExecutionInput(domain: "domain", workflowId: id, signalName: "s"))
  }

  /// A poll that takes a task, or finds that there is none.
  func poll(_ list: String = "d") async throws -> DecisionTask? {
    let context = context
    let answer = try await store.transact { transaction throws(AWSError) -> StructureValue? in
      let input = PollForDecisionTaskInput(domain: "domain", taskList: TaskList(name: list))
      guard case .answer(let answer) = try Polling.decision(input, context, transaction) else { return nil }
      return answer.structureValue
    }
    return answer.map { DecisionTask($0) }
  }

  func pollActivity(_ list: String = "a") async throws -> ActivityTask? {
    let context = context
    let answer = try await store.transact { transaction throws(AWSError) -> StructureValue? in
      let input = PollForActivityTaskInput(domain: "domain", taskList: TaskList(name: list))
      guard case .answer(let answer) = try Polling.activity(input, context, transaction) else { return nil }
      return answer.structureValue
    }
    return answer.map { ActivityTask($0) }
  }

  func respond(_ task: DecisionTask?, _ decisions: Decision..., taskList: String? = nil, timeout: String? = nil)
    async throws
  {
    let token = try #require(task).taskToken
    try await call(
      Deciding.respond,
      RespondDecisionTaskCompletedInput(
        taskToken: token, decisions: decisions, taskList: taskList.map { TaskList(name: $0) },
        taskListScheduleToStartTimeout: timeout))
  }

  /// Takes the next decision task and answers it.
  func decide(_ decisions: Decision..., list: String = "d") async throws {
    let task = try #require(try await poll(list))
    try await call(
      Deciding.respond, RespondDecisionTaskCompletedInput(taskToken: task.taskToken, decisions: decisions))
  }

  // MARK: What came of it

  func history(_ id: String = "w") async throws -> [HistoryEvent] {
    try await store.transact { transaction throws(AWSError) in
      let scope = WorkflowBench.scope
      let record = try transaction.scan(
        ExecutionRecord.self, by: ExecutionRecord.byWorkflow, in: scope, .prefix(.string("domain"), .string(id)),
        limit: 1, reversed: true
      ).first
      guard let record else { return [] }
      let last = try Executions.lastEventID(of: record, scope, transaction)
      return try HistoryEvents.read(of: record.number, from: 1, through: last, in: scope, transaction)
        .compactMap(\.event)
    }
  }

  func types(_ id: String = "w") async throws -> [String] { try await history(id).map(\.eventType) }

  /// How many records of a kind there are.
  func count<R: Record>(_ type: R.Type) async throws -> Int {
    try await store.transact { transaction throws(AWSError) in
      try transaction.count(type, in: WorkflowBench.scope)
    }
  }
}

/// The error that `body` throws, `code: message`; nothing if it throws none.
func refusal(_ body: () async throws -> Void) async -> String? {
  do { try await body() } catch let error as AWSError { return "\(error.code): \(error.message)" } catch {
    return "\(error)"
  }
  return nil
}

extension Decision {
  static func schedule(_ id: String = "1", startToClose: String? = nil, list: String? = nil) -> Decision {
    Decision(
      decisionType: "ScheduleActivityTask",
      scheduleActivityTaskDecisionAttributes: ScheduleActivityTaskDecisionAttributes(
        activityType: WorkflowBench.activity, activityId: id, taskList: list.map { TaskList(name: $0) },
        startToCloseTimeout: startToClose))
  }

  static func cancelActivity(_ id: String = "1") -> Decision {
    Decision(
      decisionType: "RequestCancelActivityTask",
      requestCancelActivityTaskDecisionAttributes: RequestCancelActivityTaskDecisionAttributes(activityId: id))
  }

  static func timer(_ id: String = "t", _ seconds: String = "10") -> Decision {
    Decision(
      decisionType: "StartTimer",
      startTimerDecisionAttributes: StartTimerDecisionAttributes(timerId: id, startToFireTimeout: seconds))
  }

  static func cancelTimer(_ id: String = "t") -> Decision {
    Decision(
      decisionType: "CancelTimer", cancelTimerDecisionAttributes: CancelTimerDecisionAttributes(timerId: id))
  }

  static let marker = Decision(
    decisionType: "RecordMarker", recordMarkerDecisionAttributes: RecordMarkerDecisionAttributes(markerName: "m"))
  static let complete = Decision(decisionType: "CompleteWorkflowExecution")
  static let fail = Decision(decisionType: "FailWorkflowExecution")
  static let cancel = Decision(decisionType: "CancelWorkflowExecution")
  static let continueAsNew = Decision(decisionType: "ContinueAsNewWorkflowExecution")

  static func child(_ id: String = "child") -> Decision {
    Decision(
      decisionType: "StartChildWorkflowExecution",
      startChildWorkflowExecutionDecisionAttributes: StartChildWorkflowExecutionDecisionAttributes(
        workflowType: WorkflowBench.workflow, workflowId: id, taskList: TaskList(name: "c")))
  }

  static func signalOther(_ id: String) -> Decision {
    Decision(
      decisionType: "SignalExternalWorkflowExecution",
      signalExternalWorkflowExecutionDecisionAttributes: SignalExternalWorkflowExecutionDecisionAttributes(
        workflowId: id, signalName: "s"))
  }

  static func cancelOther(_ id: String) -> Decision {
    Decision(
      decisionType: "RequestCancelExternalWorkflowExecution",
      requestCancelExternalWorkflowExecutionDecisionAttributes:
        RequestCancelExternalWorkflowExecutionDecisionAttributes(workflowId: id))
  }

  static let lambda = Decision(
    decisionType: "ScheduleLambdaFunction",
    scheduleLambdaFunctionDecisionAttributes: ScheduleLambdaFunctionDecisionAttributes(id: "l", name: "f"))
}
