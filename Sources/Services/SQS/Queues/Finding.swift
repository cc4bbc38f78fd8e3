import Checksums
import Cloud
import Wire

/// GetQueueUrl, ListQueues and ListDeadLetterSourceQueues.
enum Finding {
  static func queueURL(
    _ input: GetQueueUrlRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetQueueUrlResult {
    var owner = try context.account
    if let given = input.queueOwnerAWSAccountId, !given.isEmpty {
      guard let account = AccountID(given) else {
        // unverified: words
        throw .invalid(given, "QueueOwnerAWSAccountId", "The account id must be a twelve-digit number.")
      }
      owner = account
    }
    let location = QueueLocation(account: owner, region: context.region, name: input.queueName)
    let check = try Access.check("GetQueueUrl", on: location, context, transaction)
    if owner == context.caller.account {
      try context.authorize(check, transaction)
    } else if try !context.isAuthorized(check, transaction) {
      throw .queueDoesNotExistOrIsHidden()
    }
    guard try location.find(transaction) != nil else { throw .queueDoesNotExist() }
    return GetQueueUrlResult(queueUrl: location.url(context))
  }

  static func list(
    _ input: ListQueuesRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListQueuesResult {
    let account = try context.account
    let scope = Scope(account, context.region)
    let prefix = input.queueNamePrefix ?? ""
    // The empty key stands before every name.
    var range = KeyRange.prefix(Finding.beginning, stringStartingWith: prefix)
    if let last = try Finding.last(input.nextToken) { range = range.after(Key(last)) }
    let limit = try Finding.limit(input.maxResults)
    let found = try transaction.scan(QueueRecord.self, in: scope, range, limit: limit + 1)
    let urls = found.prefix(limit).map { record in
      QueueLocation(account: account, region: context.region, name: record.name).url(context)
    }
    // AWS: ListQueues, a token comes only when MaxResults was given.
    let isMore = found.count > limit && input.maxResults != nil
    return ListQueuesResult(
      queueUrls: urls.isEmpty ? nil : urls, nextToken: isMore ? Finding.token(found[limit - 1].name) : nil)
  }

  static func deadLetterSources(
    _ input: ListDeadLetterSourceQueuesRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListDeadLetterSourceQueuesResult {
    let location = try QueueLocation(url: input.queueUrl, context)
    let record = try location.queue(transaction)
    let limit = try Finding.limit(input.maxResults)
    let last = try Finding.last(input.nextToken)
    // Within one dead-letter queue the index goes by name.
    let sources = try transaction.scan(
      QueueRecord.self, by: QueueRecord.byDeadLetterTarget, in: location.scope, .prefix(.string(record.arn)))
    let rest = sources.filter { source in last.map { $0.utf8.lexicographicallyPrecedes(source.name.utf8) } ?? true }
    let urls = rest.prefix(limit).map { source in
      QueueLocation(account: location.account, region: location.region, name: source.name).url(context)
    }
    let isMore = rest.count > limit && input.maxResults != nil
    return ListDeadLetterSourceQueuesResult(
      queueUrls: Array(urls), nextToken: isMore ? Finding.token(rest[limit - 1].name) : nil)
  }

  // MARK: Pages

  private static let beginning = Key()

  private static func limit(_ given: Int?) throws(AWSError) -> Int {
    guard let given else { return 1000 }
    guard (1...1000).contains(given) else {
      throw .invalid("\(given)", "MaxResults", "MaxResults must be an integer between 1 and 1000.")
    }
    return given
  }

  /// A token holds the last name of the page before.
  private static func token(_ name: String) -> String { Base64.encode(Array(name.utf8)) }

  private static func last(_ token: String?) throws(AWSError) -> String? {
    guard let token, !token.isEmpty else { return nil }
    guard let bytes = Base64.decode(token) else { throw .invalidParameterValue("Invalid or expired next token.") }
    return String(decoding: bytes, as: UTF8.self)
  }
}
