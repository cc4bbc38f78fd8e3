import Foundation
import Testing
import Wire

@testable import Cloud
@testable import SWF

/// Timeouts and timers, on a clock that is moved.
@Suite struct TimeTests {
  @Test("of an activity's clocks the first to run out wins")
  func clocks() {
    func next(_ timeouts: ActivityTimeouts, isStarted: Bool) -> String {
      var task = OpenActivityRecord(
        number: 1, scheduledEventID: 5, activityID: "1", type: TypeName(name: "a", version: "1"), taskList: "a",
        priority: 0, order: 1, timeouts: timeouts, scheduledAt: 0)
      if isStarted {
        task.startedEventID = 6
        task.startedAt = 5000
        task.heartbeatAt = 7000
      }
      return timeouts.next(task).map { "\($0.type) \($0.at)" } ?? "never"
    }
    #expect(next(ActivityTimeouts(), isStarted: true) == "never")
    #expect(next(ActivityTimeouts(scheduleToStart: 10), isStarted: false) == "SCHEDULE_TO_START 10000")
    #expect(next(ActivityTimeouts(scheduleToStart: 10), isStarted: true) == "never")
    #expect(next(ActivityTimeouts(startToClose: 10), isStarted: false) == "never")
    #expect(next(ActivityTimeouts(startToClose: 10), isStarted: true) == "START_TO_CLOSE 15000")
    #expect(next(ActivityTimeouts(scheduleToClose: 12, startToClose: 10), isStarted: true) == "SCHEDULE_TO_CLOSE 12000")
    #expect(next(ActivityTimeouts(scheduleToClose: 12, heartbeat: 3), isStarted: true) == "HEARTBEAT 10000")
    #expect(
      next(ActivityTimeouts(scheduleToStart: 12, scheduleToClose: 12), isStarted: false) == "SCHEDULE_TO_START 12000")
  }

  @Test("timers fire in the order of their times, and a canceled one never")
  func timers() async throws {
    let bench = try await WorkflowBench()
    try await bench.start()
    try await bench.decide(
      .timer("c", "30"), .timer("a", "10"), .timer("x", "15"), .timer("b", "20"), .cancelTimer("x"))
    bench.advance(100)
    let fired = try await bench.history().compactMap { $0.timerFiredEventAttributes?.timerId }
    #expect(fired == ["a", "b", "c"])
    #expect(try await bench.count(OpenTimerRecord.self) == 0)
  }

  @Test("a timer fires at its time and not before")
  func timer() async throws {
    let bench = try await WorkflowBench()
    try await bench.start()
    try await bench.decide(.timer("t", "10"))
    bench.advance(9)
    #expect(try await bench.types().last == "TimerStarted")
    bench.advance(1)
    #expect(try await bench.types().suffix(2) == ["TimerFired", "DecisionTaskScheduled"])
  }

  @Test("a worker that answers too late is told so")
  func lateWorker() async throws {
    let bench = try await WorkflowBench()
    try await bench.start()
    try await bench.decide(.schedule(startToClose: "10"))
    let task = try #require(try await bench.pollActivity())
    bench.advance(10)
    let refused = await refusal {
      try await bench.call(Working.complete, RespondActivityTaskCompletedInput(taskToken: task.taskToken))
    }
    #expect(refused == "UnknownResourceFault: Unknown activity, scheduledEventId = 5")
    #expect(try await bench.types().contains("ActivityTaskTimedOut"))
  }

  @Test("an execution times out after all that was due before")
  func execution() async throws {
    let bench = try await WorkflowBench()
    try await bench.start()
    try await bench.decide(.timer("t", "10"), .timer("late", "90000"))
    bench.advance(86_400)
    let types = try await bench.types()
    #expect(types.suffix(3) == ["TimerFired", "DecisionTaskScheduled", "WorkflowExecutionTimedOut"])
    await #expect(throws: AWSError.self) { try await bench.signal() }
  }

  @Test("tokens and timers go on over a restart")
  func restart() async throws {
    let folder = try Bench.temporaryFolder()
    let first = try await WorkflowBench(folder: folder)
    let run = try await first.start()
    try await first.decide(.schedule(), .timer("t", "10"))
    let activity = try #require(try await first.pollActivity())
    try await first.signal()
    let task = try #require(try await first.poll())
    let before = try await first.types()
    first.store.close()

    let second = try await WorkflowBench(folder: folder, isNew: false, at: first.clock.now)
    #expect(try await second.types() == before)
    try await second.call(Working.complete, RespondActivityTaskCompletedInput(taskToken: activity.taskToken))
    try await second.respond(task)
    second.advance(60)
    #expect(try await second.types().contains("TimerFired"))
    try await second.decide(.complete)
    let events = try await second.history()
    #expect(events.map(\.eventId) == Array(1...events.count))
    let refused = await refusal { try await second.respond(task) }
    #expect(
      refused == "UnknownResourceFault: Unknown execution: WorkflowExecution=[workflowId=w, runId=\(run)]")
    second.store.close()
  }
}

private enum Bench {
  static func temporaryFolder() throws -> String {
    let path = NSTemporaryDirectory() + "/swf-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return path
  }
}
