import Wire

/// What a decider answers, held against what was recorded.
///
/// Types, names, ids, inputs and results have to be the same, in the same order. What an event shows of its type's
/// defaults counts only where the answer says something of it.
enum DecisionComparison {
  /// A decision of an answer.
  struct Answered: Sendable, Equatable {
    var type: String
    var attributes: JSONValue
  }

  /// One thing that differs.
  struct Difference: Sendable, Equatable {
    /// The task's DecisionTaskStarted and DecisionTaskCompleted events.
    var startedEventID: Int
    var completedEventID: Int
    /// The decision's place in the answer, counted from 1.
    var position: Int
    /// The event of the recorded decision; nothing if none was recorded at this place.
    var eventID: Int?
    /// In one sentence.
    var text: String
    var recorded: JSONValue
    var answered: JSONValue
  }

  /// Attributes that events show even if the decision left them to the type's defaults.
  private static let defaulted: Set<String> = [
    "taskList", "taskPriority", "scheduleToStartTimeout", "scheduleToCloseTimeout", "startToCloseTimeout",
    "heartbeatTimeout", "executionStartToCloseTimeout", "taskStartToCloseTimeout", "childPolicy", "lambdaRole",
    "workflowTypeVersion",
  ]

  /// The differences between a task's recorded decisions and those of an answer, in their order.
  static func differences(_ task: RecordedTask, _ answer: [Answered]) -> [Difference] {
    var result: [Difference] = []
    func note(_ index: Int, _ eventID: Int?, _ text: String, _ recorded: JSONValue, _ answered: JSONValue) {
      result.append(
        Difference(
          startedEventID: task.startedEventID, completedEventID: task.completedEventID, position: index + 1,
          eventID: eventID, text: text, recorded: recorded, answered: answered))
    }
    for index in 0..<max(task.decisions.count, answer.count) {
      let recorded = index < task.decisions.count ? task.decisions[index] : nil
      let answered = index < answer.count ? answer[index] : nil
      switch (recorded, answered) {
      case (let recorded?, nil):
        note(index, recorded.eventID, "\(recorded.type) was recorded, and nothing is decided", whole(recorded), .null)
      case (nil, let answered?):
        note(index, nil, "\(answered.type) is decided, and nothing was recorded", .null, whole(answered))
      case (let recorded?, let answered?):
        if recorded.type != answered.type {
          note(
            index, recorded.eventID, "\(recorded.type) was recorded, and \(answered.type) is decided", whole(recorded),
            whole(answered))
          continue
        }
        for name in names(recorded, answered) {
          let (old, new) = (recorded.attributes[name], answered.attributes[name])
          if isSame(old, new) { continue }
          note(index, recorded.eventID, "\(recorded.type) has another \(name)", old ?? .null, new ?? .null)
        }
      case (nil, nil): continue
      }
    }
    return result
  }

  /// The attributes that count.
  private static func names(_ recorded: RecordedDecision, _ answered: Answered) -> [String] {
    let old = recorded.attributes.object?.map(\.name) ?? []
    let new = answered.attributes.object?.map(\.name) ?? []
    if recorded.isPartial { return old.filter { !defaulted.contains($0) || new.contains($0) } }
    let all = old + new.filter { !old.contains($0) }
    return all.filter { !defaulted.contains($0) || (new.contains($0) && old.contains($0)) }
  }

  /// Equal values; absent, null and empty are the same, and so are texts that are the same JSON.
  static func isSame(_ left: JSONValue?, _ right: JSONValue?) -> Bool {
    let (left, right) = (left ?? .null, right ?? .null)
    if left == right || (isEmpty(left) && isEmpty(right)) { return true }
    guard let one = left.string, let other = right.string, let first = JSONValue(parsing: one),
      let second = JSONValue(parsing: other), first.object != nil || first.array != nil
    else { return false }
    return first == second
  }

  private static func isEmpty(_ value: JSONValue) -> Bool {
    switch value {
    case .null: true
    case .string(let text): text.isEmpty
    case .array(let elements): elements.isEmpty
    default: false
    }
  }

  private static func whole(_ decision: RecordedDecision) -> JSONValue {
    .object([.init("decisionType", .string(decision.type)), .init("attributes", decision.attributes)])
  }

  private static func whole(_ decision: Answered) -> JSONValue {
    .object([.init("decisionType", .string(decision.type)), .init("attributes", decision.attributes)])
  }
}

extension DecisionComparison.Answered {
  /// A decision as it came.
  init(_ decision: Decision) {
    let model = EventShapes.all.model
    type = decision.decisionType
    let shape = model.operations["RespondDecisionTaskCompleted"]?.input?.member("decisions")
      .flatMap { model.shapes[$0.shape].element }.map { model.shapes[$0.shape] }
    let document = shape.flatMap { JSONValue(json: model.json(decision.structureValue, as: $0)) }
    let name = type.prefix(1).lowercased() + type.dropFirst() + "DecisionAttributes"
    attributes = document?[name] ?? .object([])
  }
}
