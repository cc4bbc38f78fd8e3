import Testing
import Wire

@testable import Console

@Suite("What an execution waits for, in a sentence")
struct WaitingTests {
  private static let decisions = TaskList(.decision, domain: "shop", name: "orders")
  private static let humans = TaskList(.activity, domain: "shop", name: "humans")

  private func started() -> HistoryBuilder {
    var history = HistoryBuilder()
    history.start()
    return history
  }

  @Test("a decision task that nobody takes: since when, on which list, and that nobody polls it")
  func noDecider() {
    var history = started()
    let polled = history.time
    history.wait(60_000)
    _ = history.scheduleDecision()
    history.wait(180_000)
    let waiting = history.waiting([Self.decisions: Console.Pollers(waiting: 0, last: polled)])
    #expect(
      waiting.sentence
        == "Waiting for a decider: decision task scheduled 3 min ago on list `orders`: nobody has polled that list since "
        + "2027-01-15 08:00:00 UTC (4 min ago).")
    #expect(waiting.mood == .stuck)
    #expect(
      history.waiting([Self.decisions: Console.Pollers(waiting: 0, last: nil)]).sentence
        .hasSuffix("nobody polls that list."))
  }

  @Test("a list that is polled, or was just now, is no reason to worry")
  func servedList() {
    var history = started()
    _ = history.scheduleDecision()
    let parked = history.waiting([Self.decisions: Console.Pollers(waiting: 2, last: nil)])
    #expect(parked.sentence.hasSuffix("scheduled just now on list `orders`: 2 pollers are waiting there."))
    #expect(parked.mood == .well)
    let busy = history.waiting([Self.decisions: Console.Pollers(waiting: 0, last: history.time)])
    #expect(busy.sentence.hasSuffix("that list was polled just now."))
    #expect(busy.mood == .well)
  }

  @Test("a decider that took the task has a name and a limit")
  func decider() {
    var history = started()
    _ = history.startDecision(history.scheduleDecision())
    history.wait(12_000)
    #expect(
      history.waiting().sentence
        == "Waiting for the decider `decider-1`: it took the decision task 12 s ago, and has time until "
        + "2027-01-15 08:01:00 UTC (in 48 s).")
  }

  @Test("decision tasks that timed out are counted until one is answered")
  func timeouts() {
    var history = started()
    for _ in 1...3 {
      let scheduled = history.scheduleDecision()
      _ = history.startDecision(scheduled)
      history.add("DecisionTaskTimedOut", ("scheduledEventId", HistoryBuilder.id(scheduled)))
    }
    _ = history.scheduleDecision()
    #expect(history.waiting().notes == ["The decision task has timed out 3 times in a row."])
    #expect(history.waiting().mood == .stuck)
    var answered = started()
    answered.decide()
    #expect(answered.waiting().notes.isEmpty)
  }

  @Test("an activity without a worker comes before what goes on by itself")
  func activities() {
    var history = started()
    history.decide()
    history.add("TimerStarted", ("timerId", "t1"), ("startToFireTimeout", "300"))
    _ = history.scheduleActivity("7")
    history.wait(2000)
    let waiting = history.waiting([Self.humans: Console.Pollers(waiting: 0, last: nil)])
    #expect(
      waiting.sentence
        == "Waiting for activity `charge` (id 7) on list `humans`, scheduled 2 s ago: nobody polls that list, and timer "
        + "`t1` until 2027-01-15 08:05:00 UTC (in 4 min 58 s).")
    #expect(waiting.mood == .well)
    #expect(waiting.deadline == Timestamp(milliseconds: history.now).adding(seconds: 298))
  }

  @Test("with nothing but activities that nobody takes it is stuck")
  func stuckActivity() {
    var history = started()
    history.decide()
    _ = history.scheduleActivity("7")
    #expect(history.waiting([Self.humans: Console.Pollers(waiting: 0, last: nil)]).mood == .stuck)
    #expect(history.waiting([Self.humans: Console.Pollers(waiting: 1, last: nil)]).mood == .well)
  }

  @Test("an activity at work tells who does it, and that it was asked to cancel")
  func atWork() {
    var history = started()
    history.decide()
    _ = history.startActivity(history.scheduleActivity("7"))
    history.add("ActivityTaskCancelRequested", ("activityId", "7"))
    history.wait(61_000)
    #expect(
      history.waiting().sentence
        == "Waiting for activity `charge` (id 7), worked on by `anna` for 1 min 1 s (asked to cancel).")
    // Only the limit of the whole still runs: the one of waiting is over.
    #expect(history.waiting().deadline == history.time.adding(seconds: 3000 - 61))
  }

  @Test("of many open things three are named")
  func many() {
    var history = started()
    history.decide()
    for number in 1...5 {
      history.add("StartChildWorkflowExecutionInitiated", ("workflowId", .string("c\(number)")))
    }
    #expect(
      history.waiting().sentence
        == "Waiting for child `c1` to start; child `c2` to start; child `c3` to start; and 2 more.")
  }

  @Test("with nothing open only a signal or the timeout can wake it")
  func nothingOpen() {
    var history = started()
    history.decide()
    let waiting = history.waiting()
    #expect(
      waiting.sentence
        == "Nothing is open: only a signal, a cancel request or the execution's timeout at "
        + "2027-01-15 09:00:00 UTC (in 1 h) can wake it.")
    #expect(waiting.mood == .stuck)
  }

  @Test("a closed execution tells how it ended, and a request to cancel is told while it is open")
  func closed() {
    var history = started()
    history.add("WorkflowExecutionCancelRequested")
    history.wait(5000)
    #expect(history.waiting().notes == ["Cancelling it was requested 5 s ago."])
    history.add("WorkflowExecutionFailed", ("reason", "no stock"))
    #expect(history.waiting().sentence == "It failed at 2027-01-15 08:00:05 UTC: no stock.")
    #expect(history.waiting().mood == .closed)
    #expect(history.waiting().deadline == nil)
  }

  @Test(
    "durations are said as people say them",
    arguments: [
      (0, "under a second"), (12_000, "12 s"), (180_000, "3 min"), (185_000, "3 min 5 s"), (2_400_000, "40 min"),
      (7_500_000, "2 h 5 min"), (86_400_000, "1 day"), (90_000_000, "1 day 1 h"), (31_536_000_000, "365 days"),
    ] as [(Int64, String)])
  func durations(_ milliseconds: Int64, _ text: String) {
    #expect(Phrase.duration(milliseconds) == text)
  }
}
