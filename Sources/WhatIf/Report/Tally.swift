/// Counts what changes do to calls, and groups it. A value: parts of a history can be tallied apart and put together.
public struct Tally: Sendable {
  /// How many calls there were, and what became of them.
  public struct Counts: Sendable, Codable, Equatable {
    /// Calls that were tried on the change.
    public var calls = 0
    /// Of these, those for which the change makes no difference.
    public var unchanged = 0
    public var newlyDenied = 0
    public var newlyAllowed = 0
    public var unknown = 0
    /// Records that were passed over, by reason.
    public var skipped: [String: Int] = [:]

    public init() {}
  }

  public private(set) var counts = Counts()
  private var findings: [FindingKey: Finding] = [:]
  /// How many resources are listed for each caller, action and so on.
  private var resources: [FindingKey: Int] = [:]
  /// Beyond this many resources of the same kind of call, the rest is counted together.
  public static let listedResources = 50

  public init() {}

  /// Counts a call for which the change makes no difference.
  public mutating func addUnchanged(_ count: Int = 1) {
    counts.calls += count
    counts.unchanged += count
  }

  /// Counts a record that says nothing about SCPs and RCPs.
  public mutating func skip(_ reason: String) { counts.skipped[reason, default: 0] += 1 }

  /// Counts a call and what the change does to it.
  public mutating func add(_ call: RecordedCall, _ change: CallChange?) {
    guard let change, call.checks.indices.contains(change.check) else { return addUnchanged() }
    counts.calls += 1
    switch change.outcome {
    case .newlyDenied: counts.newlyDenied += 1
    case .newlyAllowed: counts.newlyAllowed += 1
    case .unknown: counts.unknown += 1
    }
    let check = call.checks[change.check]
    var key = FindingKey(
      outcome: change.outcome, account: call.principal.account ?? "", principal: call.principalName,
      action: check.action, resource: check.resource.text, region: call.region, decider: change.decider,
      missing: change.missing)
    if findings[key] == nil { list(&key) }
    if findings[key] == nil {
      findings[key] = Finding(key, time: call.time, requestID: call.requestID)
    } else {
      findings[key]?.count(call.time, call.requestID)
    }
  }

  /// Takes a resource into the list, or makes it one of the rest.
  private mutating func list(_ key: inout FindingKey) {
    var kind = key
    kind.resource = Self.rest
    if resources[kind, default: 0] >= Self.listedResources {
      key = kind
    } else {
      resources[kind, default: 0] += 1
    }
  }

  private static let rest = "…"

  /// Puts another part of the history to this one.
  public mutating func merge(_ other: Tally) {
    counts.calls += other.counts.calls
    counts.unchanged += other.counts.unchanged
    counts.newlyDenied += other.counts.newlyDenied
    counts.newlyAllowed += other.counts.newlyAllowed
    counts.unknown += other.counts.unknown
    counts.skipped.merge(other.counts.skipped, uniquingKeysWith: +)
    for (key, finding) in other.findings {
      var key = key
      if findings[key] == nil, key.resource != Self.rest { list(&key) }
      if findings[key] == nil {
        var renamed = Finding(key, time: finding.first.milliseconds, requestID: "")
        renamed.count = 0
        renamed.requestIDs = []
        findings[key] = renamed
      }
      findings[key]?.merge(finding)
    }
  }

  /// What was found: denials first, then what is unknown, then allowances; each by account, and the most frequent
  /// first.
  public var sorted: [Finding] {
    func order(_ outcome: CallChange.Outcome) -> Int {
      switch outcome {
      case .newlyDenied: 0
      case .unknown: 1
      case .newlyAllowed: 2
      }
    }
    return findings.values.sorted { left, right in
      let outcomes = (order(left.outcome), order(right.outcome))
      if outcomes.0 != outcomes.1 { return outcomes.0 < outcomes.1 }
      if left.account != right.account { return left.account < right.account }
      if left.principal != right.principal { return left.principal < right.principal }
      if left.count != right.count { return left.count > right.count }
      return (left.action, left.resource, left.region, left.first) < (
        right.action, right.resource, right.region, right.first
      )
    }
  }
}

extension Finding {
  mutating func count(_ time: Int64, _ requestID: String) {
    count += 1
    first = min(first, Moment(milliseconds: time))
    last = max(last, Moment(milliseconds: time))
    if requestIDs.count < Self.listedRequests { requestIDs.append(requestID) }
  }

  mutating func merge(_ other: Finding) {
    count += other.count
    first = min(first, other.first)
    last = max(last, other.last)
    requestIDs += other.requestIDs.prefix(Self.listedRequests - requestIDs.count)
  }
}
