import Cloud
import Identity
import Wire

/// A bus by name or ARN, in an account and Region: found, or said to be missing.
struct Bus: Sendable {
  let name: String
  let account: AccountID
  let region: Region

  var scope: Scope { Scope(account, region) }
  var arn: String { ARN("events", region: region, account: account, "event-bus/\(name)").description }

  init(_ name: String, _ account: AccountID, _ region: Region) {
    self.name = name
    self.account = account
    self.region = region
  }

  /// A bus by its ARN; nothing for another ARN.
  init?(arn text: String) {
    guard let arn = ARN(text), arn.service == "events", arn.resource.hasPrefix("event-bus/"),
      let account = arn.accountID,
      let region = Region(arn.region)
    else { return nil }
    self.init(String(arn.resource.dropFirst("event-bus/".count)), account, region)
  }

  /// The bus that a request names: the default one when it names none.
  init(_ nameOrARN: String?, _ context: Context) throws(AWSError) {
    guard let nameOrARN, nameOrARN.hasPrefix("arn:") else {
      self.init(nameOrARN ?? BusRecord.defaultName, try context.acting, context.region)
      return
    }
    guard let bus = Bus(arn: nameOrARN) else { throw .invalidParameter("EventBusName") }
    self = bus
  }

  /// What is stored of it; for a default bus that was never touched, what it is from the beginning.
  func find(_ transaction: Transaction) throws(AWSError) -> BusRecord? {
    if let record = try transaction.get(BusRecord.self, Key(name), in: scope) { return record }
    return name == BusRecord.defaultName ? BusRecord(name: name) : nil
  }

  /// - Throws: ResourceNotFoundException.
  func record(_ transaction: Transaction) throws(AWSError) -> BusRecord {
    guard let record = try find(transaction) else { throw .busNotFound(name) }
    return record
  }

  func ruleARN(_ rule: String) -> String {
    let path = name == BusRecord.defaultName ? rule : "\(name)/\(rule)"
    return ARN("events", region: region, account: account, "rule/\(path)").description
  }

  /// Says that the bus's rules have changed.
  func renewRules(_ transaction: Transaction) throws(AWSError) {
    try transaction.put(RulesRevisionRecord(bus: name, revision: transaction.random.next()), in: scope)
  }

  /// The check of an action on the bus itself.
  func check(
    _ action: String, _ transaction: Transaction, keys: [(name: String, value: ConditionValue)] = []
  ) throws(AWSError) -> AccessCheck {
    let record = try find(transaction)
    return AccessCheck(
      "events:\(action)", on: arn, owner: account, policy: record?.policy, keys: keys, tags: record?.tags ?? [:])
  }
}
