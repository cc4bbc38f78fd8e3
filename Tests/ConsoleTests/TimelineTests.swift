import Testing
import Wire

@testable import Console

@Suite("A history told as bars")
struct TimelineTests {
  private func bar(_ kind: Bar.Kind, _ label: String, _ timeline: Timeline) throws -> Bar {
    try #require(timeline.bars.first { $0.kind == kind && $0.label == label })
  }

  @Test("a task's bar goes from its scheduling over its start to its end, by its events' links")
  func activity() throws {
    var history = HistoryBuilder()
    history.start()
    history.decide()
    let charge = history.scheduleActivity("7")
    let ship = history.scheduleActivity("8", "ship")
    history.wait(500)
    let started = history.startActivity(charge)
    history.wait(1500)
    let done = history.add("ActivityTaskCompleted", ("scheduledEventId", .integer(Int64(charge))))
    let bar = try bar(.activity, "7", history.timeline)
    #expect(bar.events == [charge, started, done])
    #expect(bar.outcome == .completed)
    #expect(bar.lane == "charge")
    #expect(bar.started.map { $0.time.milliseconds - bar.begun.time.milliseconds } == 500)
    #expect(bar.ended.map { $0.time.milliseconds - bar.begun.time.milliseconds } == 2000)
    #expect(bar.identity == "anna")
    #expect(history.timeline.openBars.map(\.begun.event) == [ship])
  }

  @Test(
    "each way in which a task ends is its bar's outcome",
    arguments: [
      ("ActivityTaskCompleted", Bar.Outcome.completed), ("ActivityTaskFailed", .failed),
      ("ActivityTaskTimedOut", .timedOut), ("ActivityTaskCanceled", .canceled),
    ])
  func endings(_ type: String, _ outcome: Bar.Outcome) throws {
    var history = HistoryBuilder()
    history.start()
    let scheduled = history.scheduleActivity("7")
    _ = history.startActivity(scheduled)
    history.add(type, ("scheduledEventId", .integer(Int64(scheduled))), ("reason", "why"), ("timeoutType", "HEARTBEAT"))
    let bar = try bar(.activity, "7", history.timeline)
    #expect(bar.outcome == outcome)
    #expect(bar.detail == (outcome == .failed ? "why" : outcome == .timedOut ? "HEARTBEAT" : nil))
  }

  @Test("timers, children, Lambda functions and requests to others are bars of their own links")
  func others() throws {
    var history = HistoryBuilder()
    history.start()
    let timer = history.add("TimerStarted", ("timerId", "t1"), ("startToFireTimeout", "30"))
    let child = history.add(
      "StartChildWorkflowExecutionInitiated", ("workflowId", "c1"), ("workflowType", HistoryBuilder.named("pack")),
      ("taskList", HistoryBuilder.named("packing")))
    let lambda = history.add("LambdaFunctionScheduled", ("id", "l1"), ("name", "price"))
    let signal = history.add(
      "SignalExternalWorkflowExecutionInitiated", ("workflowId", "other"), ("signalName", "hello"))
    history.add(
      "ChildWorkflowExecutionStarted", ("initiatedEventId", HistoryBuilder.id(child)),
      ("workflowExecution", HistoryBuilder.execution("c1", "run-1")))
    history.add("LambdaFunctionStarted", ("scheduledEventId", HistoryBuilder.id(lambda)))
    #expect(try bar(.timer, "t1", history.timeline).due == history.time.adding(seconds: 30))
    #expect(try bar(.child, "c1", history.timeline).runID == "run-1")
    #expect(history.timeline.openBars.map(\.outcome) == [.running, .running, .running, .running])

    history.add("TimerFired", ("startedEventId", HistoryBuilder.id(timer)))
    history.add("ChildWorkflowExecutionTerminated", ("initiatedEventId", HistoryBuilder.id(child)))
    history.add(
      "LambdaFunctionTimedOut", ("scheduledEventId", HistoryBuilder.id(lambda)), ("timeoutType", "START_TO_CLOSE"))
    history.add("ExternalWorkflowExecutionSignaled", ("initiatedEventId", HistoryBuilder.id(signal)))
    #expect(history.timeline.openBars.isEmpty)
    #expect(try bar(.timer, "t1", history.timeline).outcome == .fired)
    #expect(try bar(.child, "c1", history.timeline).outcome == .terminated)
    #expect(try bar(.lambda, "l1", history.timeline).outcome == .timedOut)
    #expect(try bar(.external, "hello → other", history.timeline).outcome == .signaled)
  }

  @Test("signals and markers are points, and a decision that wasn't carried out tells its cause")
  func points() throws {
    var history = HistoryBuilder()
    history.start()
    history.add("WorkflowExecutionSignaled", ("signalName", "paid"))
    history.add("MarkerRecorded", ("markerName", "step 2"))
    history.add("ScheduleActivityTaskFailed", ("activityId", "9"), ("cause", "ACTIVITY_TYPE_DOES_NOT_EXIST"))
    history.add(
      "StartChildWorkflowExecutionFailed", ("initiatedEventId", .integer(0)), ("cause", "WORKFLOW_ALREADY_RUNNING"))
    for (kind, label) in [(Bar.Kind.signal, "paid"), (.marker, "step 2")] {
      let bar = try bar(kind, label, history.timeline)
      #expect(bar.ended == bar.begun)
    }
    #expect(try bar(.refusal, "ScheduleActivityTask", history.timeline).detail == "ACTIVITY_TYPE_DOES_NOT_EXIST")
    #expect(try bar(.refusal, "StartChildWorkflowExecution", history.timeline).detail == "WORKFLOW_ALREADY_RUNNING")
  }

  @Test("what was open when the execution closed is abandoned, for SWF writes no event of it")
  func closing() throws {
    var history = HistoryBuilder()
    history.start()
    _ = history.scheduleActivity("7")
    history.wait(100)
    let closed = history.add("WorkflowExecutionTerminated", ("reason", "enough"))
    let timeline = history.timeline
    #expect(timeline.isClosed)
    #expect(timeline.openBars.isEmpty)
    let bar = try bar(.activity, "7", timeline)
    #expect(bar.outcome == .abandoned)
    #expect(bar.ended?.event == closed)
    #expect(timeline.execution?.outcome == .terminated)
    #expect(timeline.execution?.detail == "enough")
  }

  @Test("a request to cancel an activity belongs to the one that runs under this id")
  func cancelRequest() throws {
    var history = HistoryBuilder()
    history.start()
    let first = history.scheduleActivity("7")
    history.add("ActivityTaskCanceled", ("scheduledEventId", HistoryBuilder.id(first)))
    let second = history.scheduleActivity("7")
    let request = history.add("ActivityTaskCancelRequested", ("activityId", "7"))
    let bars = history.timeline.bars.filter { $0.kind == .activity }
    #expect(bars.map(\.isCancelRequested) == [false, true])
    #expect(bars.map(\.events) == [[first, first + 1], [second, request]])
  }

  @Test("bars that overlap stand in rows of their own, and those that don't share one")
  func lanes() {
    var history = HistoryBuilder()
    history.start()
    let first = history.scheduleActivity("1")
    let second = history.scheduleActivity("2")
    history.add("ActivityTaskCompleted", ("scheduledEventId", HistoryBuilder.id(second)))
    let third = history.scheduleActivity("3")
    _ = history.scheduleActivity("4", "ship")
    history.add("WorkflowExecutionSignaled", ("signalName", "a"))
    history.decide()
    let timeline = history.timeline
    let lanes = Lanes(timeline.bars)
    #expect(lanes.lanes.map(\.title) == ["Workflow", "Decisions", "charge", "ship", "Signals"])
    #expect(lanes.lanes.map(\.rows) == [1, 1, 2, 1, 1])
    let rows = Dictionary(
      zip(timeline.bars.map(\.begun.event), lanes.places.map(\.row)), uniquingKeysWith: { first, _ in first })
    #expect([first, second, third].map { rows[$0] } == [0, 1, 1])
  }

  @Test("a history that is read on in pieces gives the same bars as one read whole")
  func pieces() {
    var history = HistoryBuilder()
    history.start(parent: "above")
    for number in 1...20 {
      history.decide()
      let id = history.scheduleActivity("\(number)")
      if number % 3 != 0 { history.add("ActivityTaskFailed", ("scheduledEventId", HistoryBuilder.id(id))) }
    }
    var shelf = HistoryShelf.History()
    for start in stride(from: 0, to: history.events.count, by: 7) {
      // Pieces overlap when events came while they were asked for.
      shelf.append(Array(history.events[max(0, start - 2)..<min(start + 7, history.events.count)]))
    }
    #expect(shelf.events.count == history.events.count)
    #expect(JSONValue.object(shelf.timeline.picture) == JSONValue.object(history.timeline.picture))
    #expect(shelf.timeline.parent == Timeline.ExecutionID(workflowID: "above", runID: "parent-run"))
  }
}
