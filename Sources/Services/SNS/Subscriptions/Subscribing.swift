import Cloud
import Wire

/// Subscribe.
struct Subscribing {
  let subscriptions: TopicSubscriptions
  let address: ServiceAddress

  /// AWS: SNS developer guide, "Filter policy constraints": 200 a topic.
  private static let filterLimit = 200

  func subscribe(
    _ input: SubscribeInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> SubscribeResponse {
    let location = try TopicLocation(input.topicArn, context)
    let topic = try location.topic(transaction)
    guard let kind = DeliveryProtocol(rawValue: input.protocol) else {
      throw .invalidParameter("Amazon SNS does not support this protocol string: \(input.protocol)")
    }
    guard let endpoint = input.endpoint, !endpoint.isEmpty else {
      throw .invalidParameter("Endpoint", "no value for required parameter")  // unverified: words
    }
    try Endpoint.check(endpoint, for: kind)
    try Subscribing.checkIsBuilt(kind, context)
    try Subscribing.check(endpoint, kind, for: topic)
    var settings = SubscriptionSettings()
    let attributes = input.attributes ?? [:]
    try settings.apply(
      attributes, kind: kind, topic: topic, endpoint: endpoint, prefix: "Attributes Reason: ")
    if kind == .firehose, settings.roleARN == nil {
      // unverified: words
      throw .invalidParameter("Attributes", "SubscriptionRoleArn is required for Firehose endpoints")
    }
    if let existing = try existing(kind, endpoint, topic, location, transaction) {
      return try repeated(existing, attributes, settings, input, topic, location, context, transaction)
    }
    if settings.filterPolicy != nil {
      let count = try subscriptions.of(topic, in: location.scope, transaction).count { $0.filter != nil }
      if count >= Subscribing.filterLimit { throw Subscribing.tooManyFilters }
    }
    let owner = context.caller.account ?? location.account
    let target = Endpoint.account(of: endpoint, kind)
    var record = SubscriptionRecord(
      topicID: topic.id, topicName: topic.name, id: transaction.random.uuid(), kind: kind, endpoint: endpoint,
      owner: owner, principal: context.caller.arn,
      // AWS: SNS developer guide, "Sending Amazon SNS messages to an Amazon SQS queue in a different account": what the
      // endpoint's own account subscribes needs no confirmation.
      isPending: kind.needsConfirmation || (target != nil && target != context.caller.account), settings: settings)
    record.confirmationWasAuthenticated = !record.isPending
    if record.isPending {
      try Handshake.begin(&record, topic, location, address.base(context), transaction)
    }
    try transaction.insert(record, in: location.scope)
    try transaction.put(
      SubscriberRecord(
        topicAccount: location.account, topicName: topic.name, topicID: topic.id, id: record.id),
      in: Scope(owner, location.region))
    try transaction.update(topic, to: topic.changed(transaction), in: location.scope)
    return Subscribing.answer(record, location, input)
  }

  static let tooManyFilters = AWSError(
    "FilterPolicyLimitExceededException", "Filter policy limit exceeded for this topic")  // unverified: words

  func access(
    _ input: SubscribeInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> [AccessCheck] {
    var check = try Access.check("Subscribe", input.topicArn, context, transaction)
    check.keys.append(("sns:Protocol", .single(input.protocol)))
    if let endpoint = input.endpoint { check.keys.append(("sns:Endpoint", .single(endpoint))) }
    return [check]
  }

  private static func answer(
    _ record: SubscriptionRecord, _ location: TopicLocation, _ input: SubscribeInput
  ) -> SubscribeResponse {
    let isShown = !record.isPending || input.returnSubscriptionArn == true
    return SubscribeResponse(
      subscriptionArn: isShown ? SubscriptionLocation(topic: location, id: record.id).arn : "pending confirmation")
  }

  // MARK: An endpoint that is subscribed already

  private func existing(
    _ kind: DeliveryProtocol, _ endpoint: String, _ topic: TopicRecord, _ location: TopicLocation,
    _ transaction: Transaction
  ) throws(AWSError) -> SubscriptionRecord? {
    try transaction.scan(
      SubscriptionRecord.self, by: SubscriptionRecord.byEndpoint, in: location.scope,
      .prefix(.integer(topic.id), .string(kind.rawValue), .string(endpoint)), limit: 1
    ).first
  }

  private func repeated(
    _ existing: SubscriptionRecord, _ attributes: [String: String], _ settings: SubscriptionSettings,
    _ input: SubscribeInput, _ topic: TopicRecord, _ location: TopicLocation, _ context: Context,
    _ transaction: Transaction
  ) throws(AWSError) -> SubscribeResponse {
    for name in attributes.keys where settings[name] != existing.settings[name] {
      throw .invalidParameter("Attributes", "Subscription already exists with different attributes")
    }
    if existing.isPending {
      var again = existing
      try Handshake.begin(&again, topic, location, address.base(context), transaction)
      try transaction.update(existing, to: again, in: location.scope)
    }
    return Subscribing.answer(existing, location, input)
  }

  // MARK: What a topic takes

  private static func check(
    _ endpoint: String, _ kind: DeliveryProtocol, for topic: TopicRecord
  ) throws(AWSError) {
    if topic.settings.isFIFO {
      // AWS: SNS developer guide, "Message delivery for FIFO topics": only queues, FIFO or standard.
      if kind != .sqs {
        throw .invalidParameter(
          "Invalid protocol type: \(kind.rawValue). FIFO topics can only be subscribed to by Amazon SQS queues")
      }
    } else if kind == .sqs, endpoint.hasSuffix(".fifo") {
      throw .invalidParameter(
        "Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics")
    }
  }

  private static func checkIsBuilt(_ kind: DeliveryProtocol, _ context: Context) throws(AWSError) {
    switch kind {
    case .application: throw .notBuilt("sns Subscribe with the protocol application")
    case .lambda:
      guard context.isBuilt("Invoke", of: "lambda") else {
        throw .notBuilt("Lambda, and with it sns Subscribe with the protocol lambda,")
      }
    case .firehose:
      // Records are put with the subscription's role, which needs more than this service's own principal.
      throw .notBuilt("sns Subscribe with the protocol firehose")
    case .http, .https, .email, .emailJSON, .sms, .sqs: return
    }
  }
}
