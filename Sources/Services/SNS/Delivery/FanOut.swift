import Cloud
import Foundation
import Wire

/// Brings a published message to its subscriptions: one work for each message.
///
/// Queues and the outbox are within the cloud: many of them are served in one transaction, the last together with the end of the
/// work, so that each gets the message once even if the program is killed. Web endpoints and functions may be slow, so each
/// gets a work of its own.
struct FanOut {
  /// The name of the work.
  static let work = "fan-out"
  /// So many endpoints are served in one transaction: enough to make its commit cheap, few enough not to hold up others.
  private static let batch = 200

  let subscriptions: TopicSubscriptions
  let identity: SigningIdentity

  func run(_ work: Work, _ context: WorkContext) async throws(AWSError) -> WorkOutcome {
    var reader = RecordReader(work.request.content)
    guard let message = try? PublishedMessage(from: &reader) else {
      context.logger.error("a published message is damaged and cannot be delivered")
      return .done
    }
    let scope = work.request.scope
    let all = try await context.store.transact { [subscriptions] transaction throws(AWSError) -> [ReadySubscription] in
      guard let topic = try transaction.get(TopicRecord.self, Key(message.topicName), in: scope),
        topic.id == message.topicID
      else { return [] }
      return try subscriptions.of(topic, in: scope, transaction)
    }
    let wanted = FanOut.wanted(message, all)
    if wanted.isEmpty { return .done }
    let notification = Notification(message, identity)
    var near: [Parcel] = []
    var far: [SubscriptionRecord] = []
    for subscription in wanted {
      if subscription.record.kind.isNear {
        near.append(try Parcel(message, to: subscription, notification))
      } else {
        far.append(subscription.record)
      }
    }
    let post = Post(calls: context.calls, scope: scope)
    var rest = near[...]
    while rest.count > FanOut.batch {
      let chunk = rest.prefix(FanOut.batch)
      rest = rest.dropFirst(FanOut.batch)
      try await context.store.transact { transaction throws(AWSError) in
        for parcel in chunk { try post.deliver(parcel, retry: 0, transaction) }
      }
    }
    let (last, apart) = (rest, far)
    return .doneWriting { transaction throws(AWSError) in
      for parcel in last { try post.deliver(parcel, retry: 0, transaction) }
      for record in apart {
        try SingleDelivery.request(
          DeliveryItem(message: message, subscriptionID: record.id, retry: 0), scope, transaction)
      }
    }
  }

  /// The subscriptions that want a message.
  static func wanted(_ message: PublishedMessage, _ all: [ReadySubscription]) -> [ReadySubscription] {
    // Bodies are read once, and only if somebody looks at them.
    var bodies: [String: JSONValue?] = [:]
    return all.filter { subscription in
      if subscription.record.isPending { return false }
      guard let filter = subscription.filter else { return true }
      if filter.scope == .attributes { return filter.accepts(message.attributes) }
      let text = message.text(for: subscription.record.kind)
      if let body = bodies[text] { return filter.accepts(body) }
      let body = JSONValue(parsing: text)
      bodies[text] = .some(body)
      return filter.accepts(body)
    }
  }
}

extension DeliveryProtocol {
  /// Whether its endpoints are served within a transaction.
  var isNear: Bool {
    switch self {
    case .sqs, .email, .emailJSON, .sms: true
    case .http, .https, .lambda, .firehose, .application: false
    }
  }
}
