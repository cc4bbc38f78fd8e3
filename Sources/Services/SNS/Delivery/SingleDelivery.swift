import Cloud
import Foundation
import Wire

/// A delivery to one subscription that takes time: to a web endpoint or a function, or one that is tried again.
struct SingleDelivery {
  /// The name of the work.
  static let work = "deliver"
  /// So many deliveries to one subscription are under way at once, so that an endpoint that hangs doesn't hold up others.
  private static let lanes: UInt64 = 4

  let identity: SigningIdentity
  let web: WebEndpoint
  let gate = RateGate()

  /// Requests a delivery.
  static func request(_ item: DeliveryItem, _ scope: Scope, _ transaction: Transaction) throws(AWSError) {
    try transaction.request(
      WorkRequest(
        service: SNSService.name, name: work, in: scope,
        lane: "\(item.subscriptionID)/\(transaction.random.next() % lanes)", content: item.content))
  }

  func run(_ work: Work, _ context: WorkContext) async throws(AWSError) -> WorkOutcome {
    guard let item = DeliveryItem(content: work.request.content) else {
      context.logger.error("a delivery is damaged and cannot be done")
      return .done
    }
    let scope = work.request.scope
    let found = try await context.store.transact { transaction throws(AWSError) -> ReadySubscription? in
      guard let topic = try transaction.get(TopicRecord.self, Key(item.message.topicName), in: scope),
        topic.id == item.message.topicID,
        let record = try transaction.get(
          SubscriptionRecord.self, SubscriptionRecord.key(topic.id, item.subscriptionID), in: scope)
      else { return nil }
      return ReadySubscription(record, .stored(topic.settings.deliveryPolicy))
    }
    // Whoever has unsubscribed meanwhile gets nothing more.
    guard let subscription = found else { return .done }
    if let rate = subscription.delivery.rate, subscription.record.kind.isWeb {
      let wait = gate.wait(for: subscription.record.id, rate: rate, now: context.clock.now.milliseconds)
      if wait > 0 { return .retry(afterMilliseconds: wait) }
    }
    let parcel = try Parcel(item.message, to: subscription, Notification(item.message, identity))
    let post = Post(calls: context.calls, scope: scope)
    if subscription.record.kind.isNear {
      return .doneWriting { transaction throws(AWSError) in
        try post.deliver(parcel, retry: item.retry, transaction)
      }
    }
    let attempt = await deliver(parcel, context)
    if case .delivered = attempt { return .done }
    return .doneWriting { transaction throws(AWSError) in
      try post.settle(attempt, of: parcel, retry: item.retry, transaction)
    }
  }

  private func deliver(_ parcel: Parcel, _ context: WorkContext) async -> Attempt {
    switch parcel.record.kind {
    case .lambda: return await FunctionEndpoint.deliver(parcel, context)
    default: return await web.deliver(parcel)
    }
  }
}

/// What a delivery to one subscription must know.
struct DeliveryItem: Sendable {
  var message: PublishedMessage
  var subscriptionID: String
  /// How often it was tried before.
  var retry: Int

  var content: Data {
    var writer = RecordWriter(capacity: 512 + message.text.utf8.count)
    writer.string(subscriptionID)
    writer.integer(Int64(retry))
    message.write(to: &writer)
    return writer.data
  }

  init(message: PublishedMessage, subscriptionID: String, retry: Int) {
    self.message = message
    self.subscriptionID = subscriptionID
    self.retry = retry
  }

  /// Reads the content of a work; nothing if it is damaged.
  init?(content: Data) {
    var reader = RecordReader(content)
    guard let id = try? reader.string(), let retry = try? reader.integer(),
      let message = try? PublishedMessage(from: &reader)
    else { return nil }
    self.init(message: message, subscriptionID: id, retry: Int(retry))
  }
}
