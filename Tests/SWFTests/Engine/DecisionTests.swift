import Testing
import Wire

@testable import Cloud
@testable import SWF

/// Decisions, their events and why they fail.
@Suite struct DecisionTests {
  /// The attributes of the first event of a type, as JSON text.
  private func attributes(_ type: String, _ bench: WorkflowBench, _ id: String = "w") async throws -> JSONValue? {
    let documents = try await bench.store.transact { transaction throws(AWSError) -> [JSONValue] in
      let scope = WorkflowBench.scope
      guard let record = try Executions.open(id, in: "domain", scope, transaction) else { return [] }
      let last = try Executions.lastEventID(of: record, scope, transaction)
      return try HistoryEvents.read(of: record.number, from: 1, through: last, in: scope, transaction)
        .compactMap(\.document)
    }
    let member = type.prefix(1).lowercased() + type.dropFirst() + "EventAttributes"
    return documents.first { $0["eventType"]?.string == type }?[member]
  }

  static let refusals: [(decisions: [Decision], event: String, cause: String)] = [
    ([.schedule(), .schedule()], "ScheduleActivityTaskFailed", "ACTIVITY_ID_ALREADY_IN_USE"),
    ([.cancelActivity("no")], "RequestCancelActivityTaskFailed", "ACTIVITY_ID_UNKNOWN"),
    ([.timer(), .timer()], "StartTimerFailed", "TIMER_ID_ALREADY_IN_USE"),
    ([.cancelTimer("no")], "CancelTimerFailed", "TIMER_ID_UNKNOWN"),
    ([.child("w")], "StartChildWorkflowExecutionFailed", "WORKFLOW_ALREADY_RUNNING"),
    ([.child("c"), .child("c")], "StartChildWorkflowExecutionFailed", "WORKFLOW_ALREADY_RUNNING"),
    ([.signalOther("no")], "SignalExternalWorkflowExecutionFailed", "UNKNOWN_EXTERNAL_WORKFLOW_EXECUTION"),
    ([.cancelOther("no")], "RequestCancelExternalWorkflowExecutionFailed", "UNKNOWN_EXTERNAL_WORKFLOW_EXECUTION"),
    ([.lambda], "StartLambdaFunctionFailed", "ASSUME_ROLE_FAILED"),
  ]

  @Test("a decision that cannot be done is recorded with its cause", arguments: refusals.indices)
  func refusal(index: Int) async throws {
    let (decisions, event, cause) = Self.refusals[index]
    let bench = try await WorkflowBench()
    try await bench.start()
    let task = try #require(try await bench.poll())
    try await bench.call(
      Deciding.respond, RespondDecisionTaskCompletedInput(taskToken: task.taskToken, decisions: decisions))
    #expect(try await attributes(event, bench)?["cause"]?.string == cause)
    #expect(try await bench.poll() != nil, "the decider is told")
  }

  static let denials: [(decision: Decision, event: String)] = [
    (.schedule(), "ScheduleActivityTaskFailed"), (.cancelActivity(), "RequestCancelActivityTaskFailed"),
    (.timer(), "StartTimerFailed"), (.cancelTimer(), "CancelTimerFailed"), (.marker, "RecordMarkerFailed"),
    (.complete, "CompleteWorkflowExecutionFailed"), (.fail, "FailWorkflowExecutionFailed"),
    (.cancel, "CancelWorkflowExecutionFailed"), (.continueAsNew, "ContinueAsNewWorkflowExecutionFailed"),
    (.child(), "StartChildWorkflowExecutionFailed"), (.signalOther("x"), "SignalExternalWorkflowExecutionFailed"),
    (.cancelOther("x"), "RequestCancelExternalWorkflowExecutionFailed"),
  ]

  @Test("a decision that its maker may not make fails alone", arguments: denials.indices)
  func denial(index: Int) async throws {
    let (decision, event) = Self.denials[index]
    let bench = try await WorkflowBench(denying: ["swf:\(decision.decisionType)"])
    try await bench.start()
    try await bench.decide(decision)
    #expect(try await attributes(event, bench)?["cause"]?.string == "OPERATION_NOT_PERMITTED")
    #expect(Array(try await bench.types().suffix(2)) == [event, "DecisionTaskScheduled"])
  }

  @Test("an unknown activity type is no reason to do nothing else")
  func unknownType() async throws {
    let bench = try await WorkflowBench()
    try await bench.start()
    var unknown = Decision.schedule()
    unknown.scheduleActivityTaskDecisionAttributes?.activityType.version = "2"
    try await bench.decide(unknown, .timer())
    #expect(
      Array(try await bench.types()[4...]) == [
        "ScheduleActivityTaskFailed", "DecisionTaskScheduled", "TimerStarted",
      ])
  }

  @Test("a list with a broken member is not applied at all")
  func brokenMember() async throws {
    let bench = try await WorkflowBench()
    try await bench.start()
    let task = try await bench.poll()
    for broken in [Decision(decisionType: "StartTimer"), .timer("t", "soon"), .schedule("a:b"), .timer("t", "NONE")] {
      await #expect(throws: AWSError.self) { try await bench.respond(task, .marker, broken) }
    }
    #expect(try await bench.types().last == "DecisionTaskStarted")
    try await bench.respond(task, .complete)
  }

  @Test("a workflow that signals itself is woken by its own signal")
  func selfSignal() async throws {
    let bench = try await WorkflowBench()
    try await bench.start()
    try await bench.decide(.signalOther("w"))
    #expect(
      Array(try await bench.types()[4...]) == [
        "SignalExternalWorkflowExecutionInitiated", "WorkflowExecutionSignaled", "DecisionTaskScheduled",
        "ExternalWorkflowExecutionSignaled",
      ])
  }

  @Test("a child's result comes to its parent with its links")
  func child() async throws {
    let bench = try await WorkflowBench()
    try await bench.start()
    try await bench.decide(.child())
    #expect(
      Array(try await bench.types()[4...]) == [
        "StartChildWorkflowExecutionInitiated", "ChildWorkflowExecutionStarted", "DecisionTaskScheduled",
      ])
    var complete = Decision.complete
    complete.completeWorkflowExecutionDecisionAttributes = CompleteWorkflowExecutionDecisionAttributes(result: "r")
    try await bench.decide(complete, list: "c")
    let end = try #require(try await bench.history().last?.childWorkflowExecutionCompletedEventAttributes)
    #expect((end.result, end.initiatedEventId, end.startedEventId) == ("r", 5, 6))
  }
}
