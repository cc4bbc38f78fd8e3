import Cloud
import Wire

/// A rule with its targets.
struct RuleRecord: Record {
  static let kind = "events.rule"
  static let isCached = true

  enum State: String, Codable, Sendable {
    case enabled = "ENABLED"
    case disabled = "DISABLED"
    case enabledWithAllManagementEvents = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"
  }

  var bus: String
  var name: String
  /// Its own among all rules that ever had its name.
  var id: String
  var pattern: String?
  var schedule: String?
  var state: State
  var description: String?
  var roleARN: String?
  /// The service principal that made it; nobody else may change it.
  var managedBy: String?
  /// The account that made it (`events:creatorAccount`), which needn't own the bus.
  var createdBy: String
  var tags: [String: String] = [:]
  var targets: [TargetRecord] = []
  /// From when its rate counts.
  var scheduledFrom: Timestamp?

  var key: Key { Key(.string(bus), .string(name)) }

  var isEnabled: Bool { state != .disabled }

  /// All rules of a bus, by name.
  static func all(on bus: Bus, _ transaction: Transaction) throws(AWSError) -> [RuleRecord] {
    try transaction.scan(RuleRecord.self, in: bus.scope, .prefix(.string(bus.name)))
  }

  static func get(_ name: String, on bus: Bus, _ transaction: Transaction) throws(AWSError) -> RuleRecord? {
    try transaction.get(RuleRecord.self, Key(.string(bus.name), .string(name)), in: bus.scope)
  }

  /// - Throws: ResourceNotFoundException for the bus or the rule.
  static func find(_ name: String, on bus: Bus, _ transaction: Transaction) throws(AWSError) -> RuleRecord {
    if let rule = try get(name, on: bus, transaction) { return rule }
    _ = try bus.record(transaction)
    throw .ruleNotFound(name, bus.name)
  }

  /// The bus and name that a rule's ARN says: `rule/name` or `rule/bus/name`.
  static func place(arn text: String) -> (bus: Bus, name: String)? {
    guard let arn = ARN(text), arn.service == "events", let account = arn.accountID, let region = Region(arn.region)
    else {
      return nil
    }
    let parts = arn.resource.split(separator: "/")
    guard parts.count >= 2, parts[0] == "rule", let name = parts.last else { return nil }
    let bus = parts.count == 2 ? BusRecord.defaultName : parts[1..<(parts.count - 1)].joined(separator: "/")
    return (Bus(bus, account, region), String(name))
  }
}

/// A target of a rule, kept as it was given.
struct TargetRecord: Codable, Sendable {
  var id: String
  var arn: String
  /// The whole `Target` as JSON.
  var json: String

  private static let shape: Shape? = {
    let model = ServiceModel.events
    guard let list = model.operations["PutTargets"]?.input?.member("Targets"),
      let element = model.shapes[list.shape].element
    else { return nil }
    return model.shapes[element.shape]
  }()

  init(_ target: Target) throws(AWSError) {
    guard let shape = TargetRecord.shape else { throw .internalFailure() }
    id = target.id
    arn = target.arn
    json = String(decoding: ServiceModel.events.json(target.structureValue, as: shape), as: UTF8.self)
  }

  var target: Target {
    guard let shape = TargetRecord.shape, let value = ServiceModel.events.structure(json: Array(json.utf8), as: shape)
    else { return Target(id: id, arn: arn) }
    return Target(value)
  }
}
