import Cloud
import Synchronization
import Wire

/// A subscription that is ready to be delivered to: with its policies compiled.
struct ReadySubscription: Sendable {
  let record: SubscriptionRecord
  let filter: FilterPolicy?
  let queue: QueueAddress?
  let deadLetters: RedriveTarget?
  let delivery: DeliveryPolicy

  init(_ record: SubscriptionRecord, _ topic: TopicDeliveryPolicy) {
    self.record = record
    let settings = record.settings
    filter = settings.filterPolicy.flatMap { try? FilterPolicy($0, settings.filterScope ?? .attributes) }
    queue = record.kind == .sqs ? Endpoint.queue(record.endpoint) : nil
    deadLetters = settings.redrivePolicy.flatMap { try? RedriveTarget($0) }
    delivery = (settings.deliveryPolicy.flatMap { try? DeliveryPolicy($0) } ?? DeliveryPolicy()).over(topic)
  }
}

/// The subscriptions of topics, compiled and kept until the topic's revision is another one.
///
/// State: them by the topics' ids in a `Mutex` with small critical sections.
final class TopicSubscriptions: Sendable {
  private struct Entry {
    var revision: Int64
    var deliveryPolicy: String?
    var subscriptions: [ReadySubscription]
  }

  private let entries = Mutex<[Int64: Entry]>([:])
  /// So many topics are kept; then all are forgotten and made again.
  private static let capacity = 4096

  /// All subscriptions of a topic, in the order of their ids; those that wait for confirmation too.
  func of(
    _ topic: TopicRecord, in scope: Scope, _ transaction: Transaction
  ) throws(AWSError) -> [ReadySubscription] {
    let known = entries.withLock { $0[topic.id] }
    if let known, known.revision == topic.revision, known.deliveryPolicy == topic.settings.deliveryPolicy {
      return known.subscriptions
    }
    let policy = TopicDeliveryPolicy.stored(topic.settings.deliveryPolicy)
    let records = try transaction.scan(SubscriptionRecord.self, in: scope, .prefix(.integer(topic.id)))
    let entry = Entry(
      revision: topic.revision, deliveryPolicy: topic.settings.deliveryPolicy,
      subscriptions: records.map { ReadySubscription($0, policy) })
    entries.withLock { entries in
      if entries.count >= TopicSubscriptions.capacity { entries.removeAll() }
      entries[topic.id] = entry
    }
    return entry.subscriptions
  }
}
