import Cloud
import Wire

/// PutBucketWebsite, GetBucketWebsite, DeleteBucketWebsite.
enum WebsiteOperations {
  static func put(
    _ input: PutBucketWebsiteRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var bucket = try transaction.bucket(input.bucket)
    let rules = try WebsiteRules(input.websiteConfiguration)
    bucket.change { $0.website = rules }
    try transaction.put(bucket)
    return NoMembers()
  }

  static func get(
    _ input: GetBucketWebsiteRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetBucketWebsiteOutput {
    let bucket = try transaction.bucket(input.bucket)
    guard let rules = bucket.features?.website else { throw .noSuchWebsite(bucket.name) }
    return rules.shown
  }

  static func delete(
    _ input: DeleteBucketWebsiteRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var bucket = try transaction.bucket(input.bucket)
    bucket.change { $0.website = nil }
    try transaction.put(bucket)
    return NoMembers()
  }
}

extension AWSError {
  static func noSuchWebsite(_ bucket: String) -> AWSError {
    AWSError(
      "NoSuchWebsiteConfiguration", "The specified bucket does not have a website configuration", status: 404,
      fields: [("BucketName", .string(bucket))])
  }
}

extension WebsiteRules {
  private static let largest = 50

  /// Reads a configuration.
  /// AWS: PutBucketWebsite; the texts as recorded from AWS where known.
  init(_ wanted: WebsiteConfiguration) throws(AWSError) {
    if let all = wanted.redirectAllRequestsTo {
      guard wanted.indexDocument == nil, wanted.errorDocument == nil, (wanted.routingRules ?? []).isEmpty else {
        throw .invalidArgument(
          "RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.", "RedirectAllRequestsTo",
          "not null")
      }
      guard !all.hostName.isEmpty else { throw .malformedXML() }
      everything = Redirect(host: all.hostName, scheme: try WebsiteRules.scheme(all.protocol))
      return
    }
    guard let index = wanted.indexDocument else {
      throw .invalidArgument(
        "A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty",
        "IndexDocument", "null")
    }
    guard !index.suffix.isEmpty, !index.suffix.contains("/") else {
      throw .invalidArgument("The IndexDocument Suffix is not well formed", "IndexDocument", index.suffix)
    }
    self.index = index.suffix
    if let error = wanted.errorDocument {
      guard !error.key.isEmpty else {
        throw .invalidArgument("The ErrorDocument Key is not well formed", "ErrorDocument", error.key)
      }
      self.error = error.key
    }
    let rules = wanted.routingRules ?? []
    guard rules.count <= WebsiteRules.largest else {
      throw .invalidRequest(
        "\(rules.count) routing rules provided, the number of routing rules in a website "
          + "configuration is limited to \(WebsiteRules.largest).")
    }
    for rule in rules { self.rules.append(try WebsiteRules.read(rule)) }
  }

  private static func read(_ wanted: RoutingRule) throws(AWSError) -> Rule {
    let target = wanted.redirect
    if target.replaceKeyWith != nil, target.replaceKeyPrefixWith != nil {
      throw .invalidRequest("You can only define ReplaceKeyPrefix or ReplaceKey but not both.")
    }
    guard
      target.hostName != nil || target.httpRedirectCode != nil || target.protocol != nil
        || target.replaceKeyWith != nil || target.replaceKeyPrefixWith != nil
    else { throw .malformedXML() }
    var redirect = Redirect(
      host: target.hostName, scheme: try scheme(target.protocol), keyPrefix: target.replaceKeyPrefixWith,
      key: target.replaceKeyWith)
    if let code = target.httpRedirectCode {
      guard let number = Int(code), (301...399).contains(number) else {
        throw .invalidRequest("The provided HTTP redirect code (\(code)) is not valid. Valid codes are 3XX except 300.")
      }
      redirect.status = number
    }
    var rule = Rule(redirect: redirect)
    if let condition = wanted.condition {
      guard condition.keyPrefixEquals != nil || condition.httpErrorCodeReturnedEquals != nil else {
        throw .invalidRequest(
          "Condition cannot be empty. To redirect all requests without a condition, the condition element shouldn't be "
            + "present.")
      }
      rule.prefix = condition.keyPrefixEquals
      if let code = condition.httpErrorCodeReturnedEquals {
        guard let number = Int(code), (400...599).contains(number) else {
          throw .invalidRequest(
            "The provided HTTP error code (\(code)) is not valid. Valid codes are 4XX or 5XX.")
        }
        rule.status = number
      }
    }
    return rule
  }

  private static func scheme(_ text: String?) throws(AWSError) -> String? {
    guard let text else { return nil }
    guard text == "http" || text == "https" else {
      throw .invalidRequest(
        "Invalid protocol, protocol can be http or https. If not defined the protocol will be selected automatically.")
    }
    return text
  }

  /// The configuration as it is shown.
  var shown: GetBucketWebsiteOutput {
    GetBucketWebsiteOutput(
      redirectAllRequestsTo: everything.map { RedirectAllRequestsTo(hostName: $0.host ?? "", protocol: $0.scheme) },
      indexDocument: index.map { IndexDocument(suffix: $0) }, errorDocument: error.map { ErrorDocument(key: $0) },
      routingRules: rules.isEmpty ? nil : rules.map(WebsiteRules.shown))
  }

  private static func shown(_ rule: Rule) -> RoutingRule {
    let hasCondition = rule.prefix != nil || rule.status != nil
    return RoutingRule(
      condition: hasCondition
        ? Condition(httpErrorCodeReturnedEquals: rule.status.map { "\($0)" }, keyPrefixEquals: rule.prefix) : nil,
      redirect: S3.Redirect(
        hostName: rule.redirect.host, httpRedirectCode: rule.redirect.status.map { "\($0)" },
        protocol: rule.redirect.scheme, replaceKeyPrefixWith: rule.redirect.keyPrefix,
        replaceKeyWith: rule.redirect.key))
  }
}
