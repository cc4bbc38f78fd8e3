import Testing
import Wire

@testable import Cloud
@testable import SWF

/// The ends of runs.
@Suite struct ClosingTests {
  static let closers: [(decision: Decision, name: String, event: String)] = [
    (.complete, "CompleteWorkflowExecution", "WorkflowExecutionCompleted"),
    (.fail, "FailWorkflowExecution", "WorkflowExecutionFailed"),
    (.cancel, "CancelWorkflowExecution", "WorkflowExecutionCanceled"),
    (.continueAsNew, "ContinueAsNewWorkflowExecution", "WorkflowExecutionContinuedAsNew"),
  ]

  @Test("a closing decision closes whatever is open, and nothing of it is left", arguments: closers.indices)
  func openWork(index: Int) async throws {
    let (decision, _, event) = Self.closers[index]
    let bench = try await WorkflowBench()
    try await bench.start()
    try await bench.decide(.schedule("1"), .schedule("2"), .timer(), .child())
    _ = try await bench.pollActivity()
    try await bench.decide(decision)
    let first = try await bench.store.transact { transaction throws(AWSError) in
      try transaction.scan(ExecutionRecord.self, in: WorkflowBench.scope, limit: 1)
    }
    let last = try #require(first.first)
    #expect(last.closeStatus != nil)
    let closing = try await bench.store.transact { transaction throws(AWSError) in
      try HistoryEvents.read(
        of: last.number, from: last.lastEventID, through: last.lastEventID, in: WorkflowBench.scope, transaction)
    }
    #expect(closing.first?.event?.eventType == event)
    #expect(try await bench.count(OpenActivityRecord.self) == 0)
    #expect(try await bench.count(QueuedActivityRecord.self) == 0)
    #expect(try await bench.count(OpenTimerRecord.self) == 0)
    #expect(try await bench.count(OpenChildRecord.self) == 0)
    #expect(try await bench.types("child").last == "DecisionTaskScheduled", "a child goes on")
  }

  @Test("it fails when something new has come, and what stands before it is applied", arguments: closers.indices)
  func unhandled(index: Int) async throws {
    let (decision, name, _) = Self.closers[index]
    let bench = try await WorkflowBench()
    try await bench.start()
    let task = try await bench.poll()
    try await bench.signal()
    try await bench.respond(task, .marker, decision)
    #expect(
      Array(try await bench.types().suffix(3)) == ["DecisionTaskCompleted", "MarkerRecorded", "\(name)Failed"])
    #expect(try await bench.poll() != nil)
  }

  @Test("what its own list has caused does not keep it from closing")
  func ownConsequences() async throws {
    let bench = try await WorkflowBench()
    try await bench.start()
    try await bench.decide(.schedule(), .cancelActivity(), .cancel)
    #expect(try await bench.types().last == "WorkflowExecutionCanceled")
    #expect(try await bench.count(QueuedDecisionRecord.self) == 0)
  }

  @Test("it must be the last of its list, or nothing is applied and the token stays good", arguments: closers.indices)
  func notLast(index: Int) async throws {
    let bench = try await WorkflowBench()
    try await bench.start()
    let task = try await bench.poll()
    let refused = await refusal { try await bench.respond(task, .marker, Self.closers[index].decision, .marker) }
    #expect(refused == "ValidationException: Close must be last decision in list")
    #expect(try await bench.types().last == "DecisionTaskStarted")
    try await bench.respond(task, Self.closers[index].decision)
  }

  @Test("a new run continues an old one's place, also as a child, and its parent hears only of the end")
  func continuedChild() async throws {
    let bench = try await WorkflowBench()
    try await bench.start()
    try await bench.decide(.child())
    try await bench.decide()
    try await bench.decide(.continueAsNew, list: "c")
    #expect(try await bench.types().last == "DecisionTaskCompleted")
    let started = try await bench.history("child")[0].workflowExecutionStartedEventAttributes
    #expect(started?.parentWorkflowExecution?.workflowId == "w")
    #expect(started?.continuedExecutionRunId != nil)
    // The new run has its list from its type.
    try await bench.decide(.complete)
    #expect(Array(try await bench.types().suffix(2)) == ["ChildWorkflowExecutionCompleted", "DecisionTaskScheduled"])
  }

  @Test(
    "child policies are applied when a parent is terminated or times out",
    arguments: ["TERMINATE", "REQUEST_CANCEL", "ABANDON"], [true, false])
  func childPolicy(policy: String, isTerminated: Bool) async throws {
    let bench = try await WorkflowBench()
    try await bench.start(childPolicy: policy)
    try await bench.decide(.child())
    if isTerminated {
      try await bench.call(Steering.terminate, TerminateWorkflowExecutionInput(domain: "domain", workflowId: "w"))
    } else {
      bench.advance(86_400)
    }
    let child = try await bench.history("child")
    switch policy {
    case "TERMINATE":
      #expect(child.last?.eventType == "WorkflowExecutionTerminated")
      #expect(child.last?.workflowExecutionTerminatedEventAttributes?.cause == "CHILD_POLICY_APPLIED")
    case "REQUEST_CANCEL" where isTerminated:
      #expect(child.last?.eventType == "WorkflowExecutionCancelRequested")
      #expect(child.last?.workflowExecutionCancelRequestedEventAttributes?.cause == "CHILD_POLICY_APPLIED")
    default:
      #expect(!child.contains { $0.eventType == "WorkflowExecutionTerminated" })
    }
  }

  @Test("the history's 25,000th event is the last")
  func eventLimit() async throws {
    let bench = try await WorkflowBench()
    try await bench.start()
    let markers = [Decision](repeating: .marker, count: 5000)
    while try await bench.types().last != "WorkflowExecutionTerminated" {
      guard let task = try await bench.poll() else {
        try await bench.signal()
        continue
      }
      try await bench.call(
        Deciding.respond, RespondDecisionTaskCompletedInput(taskToken: task.taskToken, decisions: markers))
    }
    let events = try await bench.history()
    #expect(events.count == 25_000)
    #expect(events.last?.workflowExecutionTerminatedEventAttributes?.cause == "EVENT_LIMIT_EXCEEDED")
  }
}
