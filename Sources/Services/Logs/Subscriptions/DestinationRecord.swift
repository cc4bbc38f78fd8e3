import Cloud
import Wire

/// Where other accounts' log events can be sent to.
struct DestinationRecord: Record {
  static let kind = "logs.destination"
  static let isCached = true

  var name: String
  var target: String
  var role: String
  var policy: String?
  /// Milliseconds since 1970.
  var createdAt: Int64
  var tags: [String: String]

  var key: Key { Key(name) }
}

/// Where a destination is.
struct DestinationLocation: Sendable, Hashable {
  var account: AccountID
  var region: Region
  var name: String

  var scope: Scope { Scope(account, region) }

  var arn: String { "arn:aws:logs:\(region):\(account):destination:\(name)" }

  init(name: String, _ context: Context) throws(AWSError) {
    account = try context.account
    region = context.region
    self.name = name
  }

  init?(arn text: String) {
    guard let arn = ARN(text), arn.service == "logs", let account = arn.accountID, let region = Region(arn.region),
      arn.resource.hasPrefix("destination:")
    else { return nil }
    self.account = account
    self.region = region
    name = String(arn.resource.dropFirst("destination:".count))
  }

  func find(_ transaction: Transaction) throws(AWSError) -> DestinationRecord? {
    try transaction.get(DestinationRecord.self, Key(name), in: scope)
  }

  /// - Throws: ResourceNotFoundException.
  func destination(_ transaction: Transaction) throws(AWSError) -> DestinationRecord {
    guard let record = try find(transaction) else {
      throw .resourceNotFound("The specified destination does not exist.")
    }
    return record
  }

  /// The check for an action on the destination, which need not exist.
  func check(_ action: String, _ keys: Access.Keys = [], _ transaction: Transaction) throws(AWSError) -> AccessCheck {
    let record = try find(transaction)
    return AccessCheck("logs:\(action)", on: arn, owner: account, keys: keys, tags: record?.tags ?? [:])
  }
}
