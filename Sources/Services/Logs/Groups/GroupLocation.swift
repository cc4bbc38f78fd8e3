import Cloud
import Wire

/// Where a log group is: the account and Region that own it, and its name.
struct GroupLocation: Sendable, Hashable {
  var account: AccountID
  var region: Region
  var name: String

  var scope: Scope { Scope(account, region) }

  /// Without anything behind the name.
  var arn: String { "arn:aws:logs:\(region):\(account):log-group:\(name)" }

  init(account: AccountID, region: Region, name: String) {
    self.account = account
    self.region = region
    self.name = name
  }

  /// The group of this name in the account that the call means.
  init(name: String, _ context: Context) throws(AWSError) {
    self.init(account: try Access.account(context), region: context.region, name: name)
  }

  /// The group that an identifier names: a name, or the ARN of a group (then perhaps another account's).
  init(identifier: String, _ context: Context) throws(AWSError) {
    guard identifier.hasPrefix("arn:") else {
      try self.init(name: identifier, context)
      return
    }
    guard let location = GroupLocation(arn: identifier), location.region == context.region else {
      // unverified: words
      throw .invalidParameter("The specified log group identifier '\(identifier)' is invalid.")
    }
    self = location
  }

  /// The group that an ARN names, with or without `:*`.
  init?(arn text: String) {
    guard let arn = ARN(text), arn.service == "logs", let account = arn.accountID, let region = Region(arn.region),
      arn.resource.hasPrefix("log-group:")
    else { return nil }
    var name = arn.resource.dropFirst("log-group:".count)
    if name.hasSuffix(":*") { name = name.dropLast(2) }
    guard !name.isEmpty, !name.contains(":") else { return nil }
    self.init(account: account, region: region, name: String(name))
  }

  /// The group that a call names in one of two ways.
  /// - Throws: InvalidParameterException for both or none.
  init(name: String?, identifier: String?, _ context: Context) throws(AWSError) {
    switch (name, identifier) {
    case (let name?, nil): try self.init(name: name, context)
    case (nil, let identifier?): try self.init(identifier: identifier, context)
    case (nil, nil):
      // unverified: words, as those below
      throw .invalidParameter("Must specify either logGroupName or logGroupIdentifier.")
    default:
      throw .invalidParameter("LogGroup name and LogGroup identifier are mutually exclusive parameters.")
    }
  }

  func find(_ transaction: Transaction) throws(AWSError) -> LogGroupRecord? {
    try transaction.get(LogGroupRecord.self, Key(name), in: scope)
  }

  /// - Throws: ResourceNotFoundException.
  func group(_ transaction: Transaction) throws(AWSError) -> LogGroupRecord {
    guard let group = try find(transaction) else { throw .logGroupNotFound() }
    return group
  }
}
