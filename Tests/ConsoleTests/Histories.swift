import Wire

@testable import Console

/// Builds histories as GetWorkflowExecutionHistory answers them.
struct HistoryBuilder {
  private(set) var events: [JSONValue] = []
  /// Milliseconds since 1970.
  private(set) var now: Int64 = 1_800_000_000_000

  var time: Timestamp { Timestamp(milliseconds: now) }

  mutating func wait(_ milliseconds: Int64) { now += milliseconds }

  /// Adds an event; gives its id.
  @discardableResult
  mutating func add(_ type: String, _ attributes: (String, JSONValue)...) -> Int {
    let id = events.count + 1
    events.append(
      .object([
        .init("eventId", .integer(Int64(id))), .init("eventType", .string(type)),
        .init("eventTimestamp", .double(Double(now) / 1000)),
        .init(
          HistoryEvent.attributesName(of: type), .object(attributes.map { JSONValue.Member($0.0, $0.1) })),
      ]))
    return id
  }

  /// `WorkflowExecutionStarted`, with a limit of an hour.
  mutating func start(parent: String? = nil) {
    let parent: JSONValue = parent.map { Self.execution($0, "parent-run") } ?? .null
    add(
      "WorkflowExecutionStarted", ("workflowType", Self.named("order")), ("taskList", Self.named("orders")),
      ("executionStartToCloseTimeout", "3600"), ("parentWorkflowExecution", parent))
  }

  mutating func scheduleDecision() -> Int {
    add("DecisionTaskScheduled", ("taskList", Self.named("orders")), ("startToCloseTimeout", "60"))
  }

  mutating func startDecision(_ scheduled: Int) -> Int {
    add("DecisionTaskStarted", ("scheduledEventId", Self.id(scheduled)), ("identity", "decider-1"))
  }

  /// A whole decision task.
  mutating func decide() {
    let scheduled = scheduleDecision()
    let started = startDecision(scheduled)
    add("DecisionTaskCompleted", ("scheduledEventId", Self.id(scheduled)), ("startedEventId", Self.id(started)))
  }

  mutating func scheduleActivity(_ id: String, _ type: String = "charge", list: String = "humans") -> Int {
    add(
      "ActivityTaskScheduled", ("activityId", .string(id)), ("activityType", Self.named(type)),
      ("taskList", Self.named(list)), ("scheduleToStartTimeout", "600"), ("scheduleToCloseTimeout", "3000"),
      ("startToCloseTimeout", "NONE"))
  }

  mutating func startActivity(_ scheduled: Int) -> Int {
    add("ActivityTaskStarted", ("scheduledEventId", Self.id(scheduled)), ("identity", "anna"))
  }

  var timeline: Timeline {
    var timeline = Timeline()
    for event in events.compactMap(HistoryEvent.init) { timeline.append(event) }
    return timeline
  }

  func waiting(_ pollers: [TaskList: Console.Pollers] = [:]) -> Waiting {
    Waiting(timeline, pollers: pollers, domain: "shop", now: time)
  }

  static func id(_ id: Int) -> JSONValue { .integer(Int64(id)) }
  static func named(_ name: String) -> JSONValue {
    .object([.init("name", .string(name)), .init("version", "1")])
  }
  static func execution(_ workflow: String, _ run: String) -> JSONValue {
    .object([.init("workflowId", .string(workflow)), .init("runId", .string(run))])
  }
}

extension JSONValue: ExpressibleByUnicodeScalarLiteral {}
extension JSONValue: ExpressibleByExtendedGraphemeClusterLiteral {}
extension JSONValue: ExpressibleByStringLiteral {
  public init(stringLiteral value: String) { self = .string(value) }
}
