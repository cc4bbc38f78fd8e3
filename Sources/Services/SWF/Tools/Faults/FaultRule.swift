/// A fault that is to happen: what goes wrong, to which calls, and when.
struct FaultRule: Codable, Sendable, Equatable {
  enum CodingKeys: String, CodingKey {
    case kind, operation, account, region, domain, taskList, type, id, nth, every, probability, limit, seconds, loss
    case factor, most, cause
  }

  enum Kind: String, Codable, Sendable {
    /// A poll's task is given out, and its answer is lost on the way.
    case drop
    /// A poll's answer comes late; the task stays in its list meanwhile.
    case delay
    /// A task times out as soon as it is given out.
    case timeout
    /// A call is refused with ThrottlingException: by AWS's rates, or, with a `when`, as it says.
    case throttle
    /// A count is cut off and says so by `truncated`, as AWS does when it has read 1 MB.
    case truncate
    /// A decision fails, and the event of its failure names a cause of AWS's.
    case fail
  }

  /// What a client sees of a dropped answer.
  enum Loss: String, Codable, Sendable {
    /// An answer with status 500, as when a connection breaks on the way.
    case error
    /// The answer of a poll without a task.
    case empty
  }

  var kind: Kind
  /// Calls of this operation, or decisions of this type, only; without one, both polls, or all operations when throttling.
  var operation: String?
  var account: String?
  var region: String?
  var domain: String?
  var taskList: String?
  /// The name of the activity type, workflow type or function.
  var type: String?
  /// The activity's id, or the workflow's for decision tasks; for decisions, the id or name of what is decided.
  var id: String?

  /// Only the nth match, counted from 1.
  var nth: Int?
  /// Every so many matches.
  var every: Int?
  /// With this probability, drawn from the plan's seed.
  var probability: Double?
  /// At most so often.
  var limit: Int?

  /// For how long an answer is delayed, in seconds of the cloud's clock.
  var seconds: Double?
  /// How a dropped answer looks; `error` without one.
  var loss: Loss?
  /// Rates so many times AWS's.
  var factor: Double?
  /// What a truncated count comes to at most; 0 without one.
  var most: Int?
  /// Why a decision fails.
  var cause: String?

  /// Whether AWS's rates are meant, rather than single calls.
  var isRate: Bool { kind == .throttle && nth == nil && every == nil && probability == nil }
}

extension FaultRule {
  /// A task or call to which rules are held.
  struct Subject: Sendable, Equatable {
    var operation: String
    var account: String
    var region: String
    var domain: String?
    var taskList: String?
    var type: String?
    var id: String?
  }

  /// Whether a rule is about this at all.
  func isAbout(_ subject: Subject) -> Bool {
    func agrees(_ wanted: String?, _ given: String?) -> Bool { wanted.map { $0 == given } ?? true }
    return agrees(operation, subject.operation) && agrees(account, subject.account) && agrees(region, subject.region)
      && agrees(domain, subject.domain) && agrees(taskList, subject.taskList) && agrees(type, subject.type)
      && agrees(id, subject.id)
  }

  /// What is wrong with a rule, in words for who wrote it; nothing if it can be used.
  var mistake: String? {
    if kind == .delay, !((seconds ?? 0) > 0) { return "delay needs seconds" }
    if let seconds, seconds < 0 || seconds > 1e9 { return "seconds is a number from 0 to a billion" }
    if let nth, nth < 1 { return "nth counts from 1" }
    if let every, every < 1 { return "every is at least 1" }
    if let most, most < 0 { return "most is at least 0" }
    if let limit, limit < 0 { return "limit is at least 0" }
    if let probability, !(0...1).contains(probability) { return "probability is a number from 0 to 1" }
    if let factor, !(factor > 0) { return "factor is a number above 0" }
    if kind == .fail { return mistakeOfFailure }
    if let operation, Rates.operations[operation] == nil, Rates.decisions[operation] == nil {
      return "\(operation) is no operation of SWF"
    }
    return nil
  }

  private var mistakeOfFailure: String? {
    guard let operation else { return "fail needs an operation, the decision's type" }
    let causes = DecisionFaults.causes(of: operation)
    if causes.isEmpty { return "\(operation) is no decision of SWF" }
    guard let cause, causes.contains(cause) else {
      return "\(operation) can fail of these causes: \(causes.joined(separator: ", "))"
    }
    return nil
  }
}
