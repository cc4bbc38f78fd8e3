import Testing
import Wire

@testable import SWF

/// A small history: an order that pays, waits a while and completes.
enum OrderHistory {
  static let text = #"""
    {"events": [
      {"eventId": 1, "eventTimestamp": 1.5, "eventType": "WorkflowExecutionStarted", "workflowExecutionStartedEventAttributes":
        {"childPolicy": "ABANDON", "taskList": {"name": "l"}, "workflowType": {"name": "Order", "version": "1"}}},
      {"eventId": 2, "eventTimestamp": 1.5, "eventType": "DecisionTaskScheduled", "decisionTaskScheduledEventAttributes":
        {"taskList": {"name": "l"}}},
      {"eventId": 3, "eventTimestamp": "1970-01-01T00:00:02Z", "eventType": "DecisionTaskStarted",
        "decisionTaskStartedEventAttributes": {"scheduledEventId": 2}},
      {"eventId": 4, "eventTimestamp": 3, "eventType": "DecisionTaskCompleted", "decisionTaskCompletedEventAttributes":
        {"scheduledEventId": 2, "startedEventId": 3, "executionContext": "paying"}},
      {"eventId": 5, "eventTimestamp": 3, "eventType": "ActivityTaskScheduled", "activityTaskScheduledEventAttributes":
        {"activityType": {"name": "Pay", "version": "1"}, "activityId": "pay", "input": "{\"sum\": 5, \"to\": \"me\"}",
         "taskList": {"name": "work"}, "decisionTaskCompletedEventId": 4, "startToCloseTimeout": "60",
         "heartbeatTimeout": "NONE"}},
      {"eventId": 6, "eventTimestamp": 3, "eventType": "TimerStarted", "timerStartedEventAttributes":
        {"timerId": "late", "startToFireTimeout": "3600", "decisionTaskCompletedEventId": 4}},
      {"eventId": 7, "eventTimestamp": 4, "eventType": "ActivityTaskStarted", "activityTaskStartedEventAttributes":
        {"scheduledEventId": 5}},
      {"eventId": 8, "eventTimestamp": 5, "eventType": "ActivityTaskCompleted", "activityTaskCompletedEventAttributes":
        {"scheduledEventId": 5, "startedEventId": 7, "result": "paid"}},
      {"eventId": 9, "eventTimestamp": 5, "eventType": "DecisionTaskScheduled", "decisionTaskScheduledEventAttributes":
        {"taskList": {"name": "l"}}},
      {"eventId": 10, "eventTimestamp": 6, "eventType": "DecisionTaskStarted", "decisionTaskStartedEventAttributes":
        {"scheduledEventId": 9}},
      {"eventId": 11, "eventTimestamp": 6, "eventType": "DecisionTaskCompleted", "decisionTaskCompletedEventAttributes":
        {"scheduledEventId": 9, "startedEventId": 10}},
      {"eventId": 12, "eventTimestamp": 6, "eventType": "TimerCanceled", "timerCanceledEventAttributes":
        {"timerId": "late", "startedEventId": 6, "decisionTaskCompletedEventId": 11}},
      {"eventId": 13, "eventTimestamp": 6, "eventType": "WorkflowExecutionCompleted",
        "workflowExecutionCompletedEventAttributes": {"result": "done", "decisionTaskCompletedEventId": 11}}
    ]}
    """#

  static func file() throws -> HistoryFile { try HistoryFile(#require(JSONValue(parsing: text))) }

  static func events() throws -> [HistoryEvent] {
    try file().events.map { event in
      let shapes = EventShapes.all
      return HistoryEvent(try #require(shapes.model.structure(json: Array(event.text.utf8), as: shapes.historyEvent)))
    }
  }
}

@Suite struct RecordedTaskTests {
  @Test("a history's answered decision tasks are found with their decisions, in their order")
  func tasks() throws {
    let tasks = RecordedTask.all(in: try OrderHistory.file().events)
    #expect(tasks.map(\.startedEventID) == [3, 10])
    #expect(tasks.map(\.previousStartedEventID) == [0, 3])
    #expect(tasks[0].decisions.map(\.type) == ["ScheduleActivityTask", "StartTimer"])
    #expect(tasks[1].decisions.map(\.type) == ["CancelTimer", "CompleteWorkflowExecution"])
    #expect(tasks[1].decisions[1].attributes == .object([.init("result", .string("done"))]))
  }

  @Test("times written as texts become seconds")
  func times() throws {
    #expect(try OrderHistory.file().events[2]["eventTimestamp"]?.double == 2)
  }

  @Test(
    "what isn't a whole history is refused",
    arguments: [
      "{}", #"{"events": []}"#, #"{"events": [{"eventId": 2, "eventType": "WorkflowExecutionStarted"}]}"#,
      #"{"events": [{"eventId": 1, "eventType": "TimerFired"}]}"#, #"{"format": "other", "events": [{"eventId": 1}]}"#,
    ])
  func refused(text: String) throws {
    let document = try #require(JSONValue(parsing: text))
    #expect(throws: HistoryFile.Unreadable.self) { try HistoryFile(document) }
  }

  @Test("what failed long after it was initiated was not decided again")
  func lateFailures() {
    let late = JSONValue.object([
      .init("initiatedEventId", .integer(7)), .init("decisionTaskCompletedEventId", .integer(4)),
    ])
    let atOnce = JSONValue.object([.init("initiatedEventId", .integer(0)), .init("workflowId", .string("w"))])
    #expect(RecordedDecision("StartChildWorkflowExecutionFailed", 9, late) == nil)
    #expect(RecordedDecision("StartChildWorkflowExecutionFailed", 9, atOnce)?.isPartial == true)
    #expect(RecordedDecision("ActivityTaskStarted", 9, late) == nil)
  }
}

@Suite struct DecisionComparisonTests {
  private typealias Answered = DecisionComparison.Answered

  private func json(_ text: String) throws -> JSONValue { try #require(JSONValue(parsing: text)) }

  private func first() throws -> RecordedTask { RecordedTask.all(in: try OrderHistory.file().events)[0] }

  private func answer(activity: String, timer: String) throws -> [Answered] {
    [
      Answered(type: "ScheduleActivityTask", attributes: try json(activity)),
      Answered(type: "StartTimer", attributes: try json(timer)),
    ]
  }

  private let pay =
    #"{"activityType":{"name":"Pay","version":"1"},"activityId":"pay","input":"{\"to\":\"me\",\"sum\":5}"}"#
  private let late = #"{"timerId":"late","startToFireTimeout":"3600"}"#

  @Test(
    "the same decisions are the same: defaults of the type are not said, and JSON in texts may be ordered otherwise")
  func same() throws {
    #expect(DecisionComparison.differences(try first(), try answer(activity: pay, timer: late)).isEmpty)
  }

  @Test("another input, id, type of activity or timeout that is said differs, and only that")
  func attributes() throws {
    for (activity, timer, name) in [
      (pay.replacing("5}", with: "6}"), late, "input"),
      (pay.replacing(#""pay""#, with: #""pay2""#), late, "activityId"),
      (pay.replacing(#""1""#, with: #""2""#), late, "activityType"),
      (pay, late.replacing("3600", with: "60"), "startToFireTimeout"),
      (pay.dropLast() + #","startToCloseTimeout":"61"}"#, late, "startToCloseTimeout"),
      (pay.dropLast() + #","control":"x"}"#, late, "control"),
    ] {
      let found = DecisionComparison.differences(try first(), try answer(activity: String(activity), timer: timer))
      #expect(found.count == 1)
      #expect(found.first?.text.hasSuffix("has another \(name)") == true)
    }
  }

  @Test("decisions in another order, missing ones and more of them differ")
  func order() throws {
    let whole = try answer(activity: pay, timer: late)
    let task = try first()
    #expect(DecisionComparison.differences(task, whole.reversed()).map(\.position) == [1, 2])
    let missing = DecisionComparison.differences(task, [whole[0]])
    #expect(missing.map(\.text) == ["StartTimer was recorded, and nothing is decided"])
    #expect(missing[0].eventID == 6)
    let more = DecisionComparison.differences(task, whole + [Answered(type: "RecordMarker", attributes: .object([]))])
    #expect(more.map(\.text) == ["RecordMarker is decided, and nothing was recorded"])
  }

  @Test("a decision that comes from a decider is read by its own attributes")
  func decision() {
    let decision = Decision(
      decisionType: "StartTimer",
      startTimerDecisionAttributes: StartTimerDecisionAttributes(timerId: "t", startToFireTimeout: "0"))
    #expect(
      Answered(decision)
        == Answered(
          type: "StartTimer",
          attributes: .object([.init("timerId", .string("t")), .init("startToFireTimeout", .string("0"))])))
  }
}

@Suite struct ResetPlanTests {
  @Test("a history can be cut behind whole answers that don't end it")
  func boundaries() throws {
    let events = try OrderHistory.events()
    #expect(ResetPlan.boundaries(of: events) == [6])
    for last in [4, 5, 11, 12, 13, 0, 14] {
      #expect(throws: ResetPlan.Refused.self) { try ResetPlan(events, keeping: Int64(last)) }
    }
    for last in [1, 2, 3, 6, 7, 8, 9, 10] {
      #expect(throws: Never.self) { try ResetPlan(events, keeping: Int64(last)) }
    }
  }

  @Test("what is open at the cut is open in the new run")
  func open() throws {
    let plan = try ResetPlan(OrderHistory.events(), keeping: 6)
    #expect(plan.activities.keys.sorted() == [5])
    #expect(plan.timers.keys.sorted() == ["late"])
    #expect(plan.queued == nil && plan.started == nil)
    #expect(plan.previousStartedEventID == 3)
    #expect(plan.context == "paying")
    let later = try ResetPlan(OrderHistory.events(), keeping: 9)
    #expect(later.activities.isEmpty)
    #expect(later.queued?.eventID == 9)
    let woken = try ResetPlan(OrderHistory.events(), keeping: 8)
    #expect(woken.last == 9 && woken.queued?.eventID == 9)
    let running = try ResetPlan(OrderHistory.events(), keeping: 10)
    #expect(running.started?.startedEventID == 10 && running.queued == nil)
  }
}
