/// Calls of one kind that a change would deny, allow, or that can't be told: the same caller, action, resource and
/// Region, settled by the same statement.
public struct Finding: Sendable, Codable, Equatable {
  public let outcome: CallChange.Outcome
  /// The caller's account; empty for callers without one.
  public let account: String
  /// The caller: a role rather than each of its sessions.
  public let principal: String
  public let action: String
  /// The resource's ARN; `*` in it stands for what a log does not tell. `…` for all further resources of the same
  /// callers and actions, once there are too many to list.
  public let resource: String
  public let region: String
  /// `scp` or `rcp`; nothing if no policy is to blame for what is unknown.
  public let layer: Decider.Layer?
  /// The root, unit or account whose policies decide.
  public let level: String?
  public let levelName: String?
  /// The policy that decides; nothing if the level has nothing that allows.
  public let policy: String?
  public let policyName: String?
  /// `Sid`, or the statement's place in the policy.
  public let statement: String?
  /// Condition keys that are not in the record, and other things that are not known. Empty unless the outcome is
  /// unknown.
  public let missing: [String]
  public internal(set) var count: Int
  public internal(set) var first: Moment
  public internal(set) var last: Moment
  /// The first few.
  public internal(set) var requestIDs: [String]

  init(_ key: FindingKey, time: Int64, requestID: String) {
    outcome = key.outcome
    account = key.account
    principal = key.principal
    action = key.action
    resource = key.resource
    region = key.region
    layer = key.decider?.layer
    level = key.decider?.level
    levelName = key.decider?.levelName
    policy = key.decider?.policy?.id
    policyName = key.decider?.policy?.name
    statement = key.decider?.policy?.statement
    missing = key.missing
    count = 1
    first = Moment(milliseconds: time)
    last = first
    requestIDs = [requestID]
  }

  static let listedRequests = 5

  /// What decides, in a line: `SCP no-leaving#Deny at OU Workloads`, `no SCP at OU Workloads allows it`.
  public var reason: String {
    guard let layer, let levelName else { return "" }
    let type = layer.rawValue.uppercased()
    guard let policyName, let statement else { return "no \(type) at \(levelName) allows it" }
    return "\(type) \(policyName)#\(statement) at \(levelName)"
  }
}

/// What makes two calls the same kind.
struct FindingKey: Hashable {
  var outcome: CallChange.Outcome
  var account: String
  var principal: String
  var action: String
  var resource: String
  var region: String
  var decider: Decider?
  var missing: [String]
}
