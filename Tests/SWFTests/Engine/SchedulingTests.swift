import Testing
import Wire

@testable import Cloud
@testable import SWF

/// When decision tasks are scheduled: the rules that histories recorded from AWS show.
@Suite struct SchedulingTests {
  private func scheduled(_ types: [String]) -> Int { types.filter { $0 == "DecisionTaskScheduled" }.count }

  @Test("a start records its event and one decision task at once")
  func start() async throws {
    let bench = try await WorkflowBench()
    try await bench.start()
    let events = try await bench.history()
    #expect(events.map(\.eventType) == ["WorkflowExecutionStarted", "DecisionTaskScheduled"])
    #expect(events[0].eventTimestamp == events[1].eventTimestamp)
    #expect(events[0].workflowExecutionStartedEventAttributes?.parentInitiatedEventId == 0)
    #expect(events[1].decisionTaskScheduledEventAttributes?.scheduleToStartTimeout == "NONE")
  }

  @Test("signals queue one decision task, however many come", arguments: [1, 3])
  func signalsWhileIdle(count: Int) async throws {
    let bench = try await WorkflowBench()
    try await bench.start()
    try await bench.decide()
    for _ in 0..<count { try await bench.signal() }
    let types = try await bench.types()
    #expect(scheduled(types) == 2)
    #expect(Array(types[4...5]) == ["WorkflowExecutionSignaled", "DecisionTaskScheduled"])
  }

  @Test("signals while a decision task is queued queue no other", arguments: [1, 3])
  func signalsWhileQueued(count: Int) async throws {
    let bench = try await WorkflowBench()
    try await bench.start()
    for _ in 0..<count { try await bench.signal() }
    #expect(scheduled(try await bench.types()) == 1)
  }

  @Test("a signal while a decision task is started is recorded at once, and its task waits for the started one")
  func signalWhileStarted() async throws {
    let bench = try await WorkflowBench()
    try await bench.start()
    let task = try await bench.poll()
    for _ in 0..<3 { try await bench.signal() }
    #expect(scheduled(try await bench.types()) == 2)
    #expect(try await bench.poll() == nil, "given out while another is started")
    #expect(try await bench.count(QueuedDecisionRecord.self) == 0)
    try await bench.respond(task)
    let types = try await bench.types()
    #expect(
      Array(types[2...]) == [
        "DecisionTaskStarted", "WorkflowExecutionSignaled", "DecisionTaskScheduled", "WorkflowExecutionSignaled",
        "WorkflowExecutionSignaled", "DecisionTaskCompleted",
      ])
    let next = try #require(try await bench.poll())
    #expect(next.previousStartedEventId == 3)
    let started = try await bench.history()[8].decisionTaskStartedEventAttributes
    #expect(started?.scheduledEventId == 5)
  }

  @Test("an answer without news leaves the execution sitting")
  func quietAnswer() async throws {
    let bench = try await WorkflowBench()
    try await bench.start()
    try await bench.decide(.schedule(), .timer(), .marker)
    #expect(scheduled(try await bench.types()) == 1)
    _ = try await bench.pollActivity()
    #expect(scheduled(try await bench.types()) == 1, "a started activity is no news")
  }

  @Test("all events of one answer carry its time, and each has a place of its own")
  func oneAnswer() async throws {
    let bench = try await WorkflowBench()
    try await bench.start()
    let task = try await bench.poll()
    bench.advance(5)
    try await bench.respond(task, .schedule("1"), .schedule("2"), .timer(), .marker)
    let events = try await bench.history()
    #expect(events.map(\.eventId) == Array(1...8))
    #expect(Set(events[3...].map(\.eventTimestamp)).count == 1)
    #expect(events[2].eventTimestamp < events[3].eventTimestamp)
  }

  @Test("a failed decision wakes the decider once, and the others of its list are applied")
  func failedDecisions() async throws {
    let bench = try await WorkflowBench()
    try await bench.start()
    try await bench.decide(.cancelTimer("no"), .cancelActivity("no"), .marker)
    #expect(
      Array(try await bench.types()[4...]) == [
        "CancelTimerFailed", "DecisionTaskScheduled", "RequestCancelActivityTaskFailed", "MarkerRecorded",
      ])
  }

  @Test("an activity that nobody has started is canceled with the request")
  func cancelUnstarted() async throws {
    let bench = try await WorkflowBench()
    try await bench.start()
    try await bench.decide(.schedule(), .cancelActivity())
    let events = try await bench.history()
    #expect(
      Array(events.map(\.eventType)[5...]) == [
        "ActivityTaskCancelRequested", "ActivityTaskCanceled", "DecisionTaskScheduled",
      ])
    #expect(events[6].activityTaskCanceledEventAttributes?.startedEventId == 0)
    #expect(events[6].activityTaskCanceledEventAttributes?.latestCancelRequestedEventId == 6)
    #expect(try await bench.pollActivity() == nil)
  }

  @Test("a decision task that times out gives way to the queued one, or to a new one", arguments: [false, true])
  func decisionTimeout(isQueued: Bool) async throws {
    let bench = try await WorkflowBench()
    try await bench.start()
    let task = try await bench.poll()
    if isQueued { try await bench.signal() }
    bench.advance(60)
    let types = try await bench.types()
    #expect(types.contains("DecisionTaskTimedOut"))
    #expect(scheduled(types) == 2)
    await #expect(throws: AWSError.self) { try await bench.respond(task) }
    #expect(try await bench.poll() != nil)
  }

  @Test("a chosen list that nobody polls is given up for the execution's own")
  func overrideTimeout() async throws {
    let bench = try await WorkflowBench()
    try await bench.start()
    try await bench.respond(try await bench.poll(), taskList: "mine", timeout: "10")
    try await bench.signal()
    #expect(try await bench.poll() == nil)
    bench.advance(10)
    let events = try await bench.history()
    #expect(events.suffix(2).map(\.eventType) == ["DecisionTaskTimedOut", "DecisionTaskScheduled"])
    #expect(events[6].decisionTaskTimedOutEventAttributes?.timeoutType == "SCHEDULE_TO_START")
    #expect(events[7].decisionTaskScheduledEventAttributes?.taskList.name == "d")
    #expect(try await bench.poll("mine") == nil)
    #expect(try await bench.poll() != nil)
  }

  @Test("higher priorities come first, equal ones in the order of scheduling")
  func order() async throws {
    let bench = try await WorkflowBench()
    for (id, priority) in [("a", nil), ("b", "5"), ("c", "-1"), ("d", "5"), ("e", nil)] as [(String, String?)] {
      try await bench.call(
        Starting.start,
        StartWorkflowExecutionInput(
          domain: "domain", workflowId: id, workflowType: WorkflowBench.workflow, taskPriority: priority))
    }
    var found: [String] = []
    while let task = try await bench.poll() { found.append(task.workflowExecution.workflowId) }
    #expect(found == ["b", "d", "a", "e", "c"])
  }
}
