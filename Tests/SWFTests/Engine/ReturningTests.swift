import Testing
import Wire

@testable import Cloud
@testable import SWF

/// Tasks whose poll's client had gone when the answer came.
@Suite struct ReturningTests {
  /// As the pipeline does when an answer could not be sent.
  private func takeBack(
    _ undelivered: @escaping Operation.Undelivered, _ input: StructureValue, _ answer: StructureValue,
    _ bench: WorkflowBench
  ) async throws {
    let context = bench.context
    try await bench.store.transact { transaction throws(AWSError) in
      try undelivered(input, Operation.Answer(output: answer), context, transaction)
    }
  }

  private func takeBack(
    _ task: DecisionTask?, _ bench: WorkflowBench, nextPageToken: String? = nil
  ) async throws {
    let input = PollForDecisionTaskInput(
      domain: "domain", taskList: TaskList(name: "d"), nextPageToken: nextPageToken)
    try await takeBack(
      Returning.decision, input.structureValue, try #require(task).structureValue, bench)
  }

  private func takeBack(_ task: ActivityTask?, _ bench: WorkflowBench) async throws {
    let input = PollForActivityTaskInput(domain: "domain", taskList: TaskList(name: "a"))
    try await takeBack(Returning.activity, input.structureValue, try #require(task).structureValue, bench)
  }

  @Test("a decision task goes back before all others, and nothing tells of it")
  func decision() async throws {
    let bench = try await WorkflowBench()
    for id in ["first", "second", "third"] { try await bench.start(id) }
    let lost = try await bench.poll()
    let other = try await bench.poll()
    try await takeBack(lost, bench)
    #expect(try await bench.types("first") == ["WorkflowExecutionStarted", "DecisionTaskScheduled"])
    let again = try await bench.poll()
    #expect(again?.workflowExecution.workflowId == "first")
    #expect(again?.startedEventId == 3 && again?.previousStartedEventId == 0)
    try await bench.respond(again, .marker)
    try await bench.respond(other, .complete)
    #expect(try await bench.poll()?.workflowExecution.workflowId == "third")
    #expect(
      try await bench.types("first").suffix(3) == ["DecisionTaskStarted", "DecisionTaskCompleted", "MarkerRecorded"])
  }

  @Test("a decision task during which something happened times out, and the next is offered")
  func outdated() async throws {
    let bench = try await WorkflowBench()
    try await bench.start()
    let lost = try await bench.poll()
    try await bench.signal()
    try await takeBack(lost, bench)
    #expect(
      try await bench.types().suffix(3) == [
        "WorkflowExecutionSignaled", "DecisionTaskScheduled", "DecisionTaskTimedOut",
      ])
    let next = try await bench.poll()
    try await bench.respond(next, .complete)
    #expect(try await bench.types().last == "WorkflowExecutionCompleted")
  }

  @Test("an activity task goes back with its input and its place")
  func activity() async throws {
    let bench = try await WorkflowBench()
    try await bench.start()
    var first = Decision.schedule("1")
    first.scheduleActivityTaskDecisionAttributes?.input = "what to do"
    try await bench.decide(first, .schedule("2"))
    let lost = try await bench.pollActivity()
    try await takeBack(lost, bench)
    #expect(try await bench.types().last == "ActivityTaskScheduled")
    #expect(try await bench.count(QueuedActivityRecord.self) == 2)
    let again = try await bench.pollActivity()
    #expect(again?.activityId == "1" && again?.input == "what to do")
    try await bench.call(
      Working.complete, RespondActivityTaskCompletedInput(taskToken: try #require(again).taskToken))
    #expect(try await bench.types().filter { $0 == "ActivityTaskStarted" }.count == 1)
  }

  @Test("an activity task beside which something happened goes back all the same")
  func busyActivity() async throws {
    let bench = try await WorkflowBench()
    try await bench.start()
    try await bench.decide(.schedule("1"))
    let lost = try await bench.pollActivity()
    try await bench.signal()
    try await takeBack(lost, bench)
    let again = try await bench.pollActivity()
    try await bench.call(
      Working.complete, RespondActivityTaskCompletedInput(taskToken: try #require(again).taskToken))
    #expect(
      try await bench.history().last?.activityTaskCompletedEventAttributes?.startedEventId == again?.startedEventId)
    // Whoever has the lost task's token after all is too late.
    let refused = await refusal {
      try await bench.call(
        Working.complete, RespondActivityTaskCompletedInput(taskToken: try #require(lost).taskToken))
    }
    #expect(refused?.hasPrefix("UnknownResourceFault") ?? false)
  }

  @Test("further pages, answers without a task and tasks that have ended give nothing back")
  func nothing() async throws {
    let bench = try await WorkflowBench()
    try await bench.start()
    let task = try await bench.poll()
    try await takeBack(task, bench, nextPageToken: "more")
    try await takeBack(DecisionTask(EmptyPolls.decision), bench)
    #expect(try await bench.types().last == "DecisionTaskStarted")
    try await bench.respond(task, .marker)
    try await takeBack(task, bench)
    #expect(try await bench.types().last == "MarkerRecorded")
    try await takeBack(ActivityTask(EmptyPolls.activity), bench)
  }
}
