import Cloud
import Wire

/// Where a queue is: the account and Region that own it, and its name.
struct QueueLocation: Sendable, Hashable {
  var account: AccountID
  var region: Region
  var name: String

  var scope: Scope { Scope(account, region) }

  var arn: String { "arn:aws:sqs:\(region):\(account):\(name)" }

  init(account: AccountID, region: Region, name: String) {
    self.account = account
    self.region = region
    self.name = name
  }

  /// The queue that a `QueueUrl` parameter names.
  ///
  /// Only the last two parts of the path count, whatever the host: URLs of other endpoints of the same cloud name the same
  /// queue. A bare name is a queue of the caller.
  init(url: String, _ context: Context) throws(AWSError) {
    // In the query protocol a request may be sent to the queue's own address.
    let text = url.isEmpty ? context.request.path : url
    guard let (account, name) = QueueLocation.parts(of: text) else { throw .invalidAddress(text) }
    if let account {
      self.init(account: account, region: context.region, name: name)
    } else {
      self.init(account: try context.account, region: context.region, name: name)
    }
  }

  /// The queue that an ARN names; nothing if it isn't one of a queue.
  init?(arn text: String) {
    guard let arn = ARN(text), arn.service == "sqs", let account = arn.accountID, let region = Region(arn.region) else {
      return nil
    }
    self.init(account: account, region: region, name: arn.resource)
  }

  /// The owner and the name in a queue's URL; no owner in a bare name.
  static func parts(of url: String) -> (account: AccountID?, name: String)? {
    var bytes = Substring(url)
    while bytes.utf8.last == UInt8(ascii: "/") { bytes.removeLast() }
    guard let slash = bytes.utf8.lastIndex(of: UInt8(ascii: "/")) else {
      return bytes.isEmpty ? nil : (nil, String(bytes))
    }
    let name = String(bytes[bytes.utf8.index(after: slash)...])
    let front = bytes[..<slash]
    let start = front.utf8.lastIndex(of: UInt8(ascii: "/")).map { front.utf8.index(after: $0) } ?? front.startIndex
    guard let account = AccountID(String(front[start...])) else { return nil }
    return (account, name)
  }

  /// The URL by which the caller reaches it: at the address the caller used for this request.
  func url(_ context: Context) -> String {
    let host = context.request.host
    return "\(context.request.isSecure ? "https" : "http")://\(host.isEmpty ? "localhost" : host)/\(account)/\(name)"
  }

  /// The queue's record.
  /// - Throws: `NonExistentQueue`.
  func queue(_ transaction: Transaction) throws(AWSError) -> QueueRecord {
    guard let record = try transaction.get(QueueRecord.self, Key(name), in: scope) else { throw .queueDoesNotExist() }
    return record
  }

  /// The queue's record, if there is one.
  func find(_ transaction: Transaction) throws(AWSError) -> QueueRecord? {
    try transaction.get(QueueRecord.self, Key(name), in: scope)
  }
}
