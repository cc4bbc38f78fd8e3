import Wire

/// What an execution is waiting for, in one sentence for the person who wonders why nothing happens.
///
/// Names stand in backquotes, for the page to set them apart. Pure: history, pollers and the time come in, words come out.
struct Waiting: Sendable, Equatable {
  /// How things stand.
  enum Mood: String, Sendable {
    /// The execution is closed.
    case closed
    /// Somebody works, or time passes as it was asked to.
    case well
    /// Nobody is there who could go on.
    case stuck
  }

  var sentence: String
  var mood: Mood
  /// Further things worth knowing, each a sentence.
  var notes: [String] = []
  /// The next moment at which something happens by itself.
  var deadline: Timestamp?

  /// AWS: SWF developer guide, "Amazon SWF quotas": events in a workflow's history.
  static let historyLimit = 25_000
  /// So many open things are named; the rest is counted.
  fileprivate static let named = 3

  /// - Parameters:
  ///   - pollers: who polls the task lists on which the timeline's tasks wait; a list that isn't there is not known.
  ///   - now: the cloud's time.
  init(_ timeline: Timeline, pollers: [TaskList: Console.Pollers], domain: String, now: Timestamp) {
    let teller = Teller(timeline: timeline, pollers: pollers, domain: domain, now: now)
    self = Waiting(sentence: "It has no history.", mood: .closed)
    guard let execution = timeline.execution else { return }
    if timeline.isClosed {
      sentence = teller.ending(of: execution)
      return
    }
    let open = timeline.openBars
    if let task = open.first(where: { $0.kind == .decision && $0.started != nil }) {
      (sentence, mood) = (teller.decider(at: task), .well)
    } else if let task = open.first(where: { $0.kind == .decision }) {
      (sentence, mood) = teller.noDecider(for: task)
    } else if open.isEmpty {
      let limit = execution.deadline
      let timeout = limit.map { " \(Phrase.until($0, now).replacing("until", with: "at"))" } ?? ""
      sentence = "Nothing is open: only a signal, a cancel request or the execution's timeout\(timeout) can wake it."
      mood = .stuck
    } else {
      (sentence, mood) = teller.open(open)
    }
    deadline = (open + [execution]).compactMap(\.deadline).filter { $0 > now }.min()
    if timeline.decisionTimeouts > 0 {
      let times = timeline.decisionTimeouts == 1 ? "has timed out" : "has timed out \(timeline.decisionTimeouts) times"
      notes.append("The decision task \(times)\(timeline.decisionTimeouts > 1 ? " in a row" : "").")
      mood = .stuck
    }
    if let request = timeline.cancelRequest {
      notes.append("Cancelling it was requested \(Phrase.ago(request.time, now)).")
    }
    if timeline.lastEvent > Waiting.historyLimit * 9 / 10 {
      notes.append(
        "Its history has \(timeline.lastEvent) of at most \(Waiting.historyLimit) events; then it is terminated.")
    }
  }

  private init(sentence: String, mood: Mood) {
    self.sentence = sentence
    self.mood = mood
  }

  /// The task lists whose pollers the sentence is about.
  static func lists(of timeline: Timeline, domain: String) -> [TaskList] {
    var lists: [TaskList] = []
    for bar in timeline.openBars where bar.started == nil {
      guard let list = taskList(of: bar, domain), !lists.contains(list) else { continue }
      lists.append(list)
    }
    return lists
  }

  fileprivate static func taskList(_ kind: TaskList.Kind, _ bar: Bar, _ domain: String) -> TaskList? {
    bar.list.map { TaskList(kind, domain: domain, name: $0) }
  }

  fileprivate static func taskList(of bar: Bar, _ domain: String) -> TaskList? {
    switch bar.kind {
    case .decision: taskList(.decision, bar, domain)
    case .activity: taskList(.activity, bar, domain)
    default: nil
    }
  }
}

/// Finds the words.
private struct Teller {
  let timeline: Timeline
  let pollers: [TaskList: Console.Pollers]
  let domain: String
  let now: Timestamp

  func ending(of execution: Bar) -> String {
    let time = execution.ended.map { " at \(Phrase.moment($0.time))" } ?? ""
    switch execution.outcome {
    case .completed: return "It completed\(time)."
    case .failed: return "It failed\(time)\(quoted(execution.detail))."
    case .canceled: return "It was canceled\(time)."
    case .terminated: return "It was terminated\(time)\(quoted(execution.detail))."
    case .timedOut: return "It timed out\(time)."
    case .continuedAsNew: return "It went on as a new run\(time)."
    default: return "It is closed."
    }
  }

  func decider(at task: Bar) -> String {
    let who = task.identity.map { $0.isEmpty ? "" : " `\($0)`" } ?? ""
    let since = task.started.map { Phrase.ago($0.time, now) } ?? ""
    let limit = task.deadline.map { ", and has \(Phrase.until($0, now).replacing("until", with: "time until"))" } ?? ""
    return "Waiting for the decider\(who): it took the decision task \(since)\(limit)."
  }

  func noDecider(for task: Bar) -> (String, Waiting.Mood) {
    let list = task.list ?? ""
    let sentence =
      "Waiting for a decider: decision task scheduled \(Phrase.ago(task.begun.time, now)) on list `\(list)`"
    guard let found = pollers[TaskList(.decision, domain: domain, name: list)] else { return (sentence + ".", .well) }
    return (sentence + ": \(words(found)).", isServed(found) ? .well : .stuck)
  }

  /// Activities, timers, children: those that nobody works on come first.
  func open(_ bars: [Bar]) -> (String, Waiting.Mood) {
    let told = bars.map { bar in (words: words(bar), isStuck: isStuck(bar), bar: bar) }
    let ordered = told.filter(\.isStuck) + told.filter { !$0.isStuck }
    var items = ordered.prefix(Waiting.named).map(\.words)
    if ordered.count > Waiting.named { items.append("\(ordered.count - Waiting.named) more") }
    // It is stuck only if nothing goes on at all.
    let mood: Waiting.Mood = told.allSatisfy(\.isStuck) ? .stuck : .well
    return ("Waiting for " + Phrase.list(items) + ".", mood)
  }

  private func isStuck(_ bar: Bar) -> Bool {
    guard bar.kind == .activity, bar.started == nil, let list = Waiting.taskList(of: bar, domain) else { return false }
    return pollers[list].map { !isServed($0) } ?? false
  }

  private func words(_ bar: Bar) -> String {
    switch bar.kind {
    case .activity: return activity(bar)
    case .timer:
      let limit = bar.due.map { " \(Phrase.until($0, now))" } ?? ""
      return "timer `\(bar.label)`\(limit)"
    case .child:
      return bar.started == nil
        ? "child `\(bar.label)` to start"
        : "child `\(bar.label)`, running for \(Phrase.duration(now.milliseconds - (bar.started?.time.milliseconds ?? 0)))"
    case .lambda: return "Lambda function `\(bar.lane)` (id \(bar.label))"
    case .external: return "another execution to take `\(bar.label)`"
    default: return "`\(bar.label)`"
    }
  }

  private func activity(_ bar: Bar) -> String {
    var text = "activity `\(bar.lane)` (id \(bar.label))"
    if let started = bar.started {
      let who = bar.identity.flatMap { $0.isEmpty ? nil : " by `\($0)`" } ?? ""
      text += ", worked on\(who) for \(Phrase.duration(now.milliseconds - started.time.milliseconds))"
      if bar.isCancelRequested { text += " (asked to cancel)" }
      return text
    }
    text += " on list `\(bar.list ?? "")`, scheduled \(Phrase.ago(bar.begun.time, now))"
    guard let list = Waiting.taskList(of: bar, domain), let found = pollers[list] else { return text }
    return text + ": " + words(found)
  }

  /// A poll that finds a task is over before it can be counted: a list that was polled just now is served too.
  private func isServed(_ found: Console.Pollers) -> Bool {
    found.waiting > 0 || (found.last.map { now.milliseconds - $0.milliseconds < 5000 } ?? false)
  }

  private func words(_ found: Console.Pollers) -> String {
    switch (found.waiting, found.last) {
    case (0, nil): return "nobody polls that list"
    case (0, .some(let last)):
      return isServed(found)
        ? "that list was polled just now"
        : "nobody has polled that list since \(Phrase.moment(last)) (\(Phrase.ago(last, now)))"
    case (1, _): return "one poller is waiting there"
    default: return "\(found.waiting) pollers are waiting there"
    }
  }

  private func quoted(_ text: String?) -> String { text.map { $0.isEmpty ? "" : ": \($0)" } ?? "" }
}
