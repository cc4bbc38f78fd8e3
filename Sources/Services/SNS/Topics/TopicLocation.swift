import Cloud
import Wire

/// Where a topic is: the account and Region that own it, and its name.
struct TopicLocation: Sendable, Hashable {
  var account: AccountID
  var region: Region
  var name: String

  var scope: Scope { Scope(account, region) }

  var arn: String { "arn:aws:sns:\(region):\(account):\(name)" }

  init(account: AccountID, region: Region, name: String) {
    self.account = account
    self.region = region
    self.name = name
  }

  /// The topic with an ARN; nothing if it isn't one of a topic.
  init?(_ text: String) {
    guard let arn = ARN(text), arn.service == "sns", let account = arn.accountID, let region = Region(arn.region),
      !arn.resource.contains(":")
    else { return nil }
    self.init(account: account, region: region, name: arn.resource)
  }

  /// The topic that a request names: it must be in the Region that is asked.
  init(_ text: String, _ context: Context, parameter: String = "TopicArn") throws(AWSError) {
    let count = text.split(separator: ":", omittingEmptySubsequences: false).count
    guard count >= 6 else {
      throw .invalidParameter(parameter, "An ARN must have at least 6 elements, not \(count)")
    }
    guard let location = TopicLocation(text), location.region == context.region else {
      throw .invalidParameter(parameter)
    }
    self = location
  }

  /// The topic's record, if there is one.
  func find(_ transaction: Transaction) throws(AWSError) -> TopicRecord? {
    try transaction.get(TopicRecord.self, Key(name), in: scope)
  }

  /// The topic's record.
  /// - Throws: `NotFound`.
  func topic(_ transaction: Transaction) throws(AWSError) -> TopicRecord {
    guard let record = try find(transaction) else { throw .topicNotFound() }
    return record
  }
}
