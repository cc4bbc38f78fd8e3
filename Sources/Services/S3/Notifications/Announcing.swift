import Cloud
import Foundation
import Wire

extension Transaction {
  /// Tells of what happened to an object, to whom the bucket's configuration names. Free for buckets that tell nobody.
  /// - Parameters:
  ///   - reason: the operation behind it, as the event bus names it.
  ///   - more: fills in what only some events have.
  func announce(
    _ event: ObjectEvent, _ object: ObjectRecord, in bucket: BucketRecord, by actor: @autoclosure () -> EventActor,
    reason: String? = nil, _ more: (inout EventMessage) -> Void = { _ in }
  ) throws(AWSError) {
    guard let notifications = bucket.features?.notifications else { return }
    let rules = notifications.rules.filter { $0.matches(event, key: object.name) }
    if rules.isEmpty, !notifications.sendsToEventBus { return }
    var message = EventMessage(
      event, object, in: bucket, by: actor(), reason: reason, order: nextOrder(), at: now)
    more(&message)
    for rule in rules {
      let delivery = EventDelivery(
        bucket: bucket.name, owner: bucket.owner, region: bucket.region,
        destination: rule.kind == .queue ? .queue : .topic, arn: rule.arn,
        body: message.record(configurationID: rule.id).text)
      try request(delivery, about: object.name)
    }
    let bus = "arn:aws:events:\(bucket.region):\(bucket.owner):event-bus/default"
    if notifications.sendsToEventBus, let entry = message.entry(bus: bus) {
      let delivery = EventDelivery(
        bucket: bucket.name, owner: bucket.owner, region: bucket.region, destination: .bus, arn: bus, body: entry.text)
      try request(delivery, about: object.name)
    }
  }

  /// Events of a key reach a destination in their order; those of different keys don't wait for each other.
  private func request(_ delivery: EventDelivery, about key: String) throws(AWSError) {
    guard let content = try? RecordBytes.encode(delivery) else { throw .internalFailure() }
    try request(
      WorkRequest(
        service: "s3", name: EventDelivery.work, in: Scope(delivery.owner, delivery.region),
        lane: "\(delivery.arn) \(delivery.bucket)/\(key)", content: content))
  }
}

/// JSON for the contents of works.
enum RecordBytes {
  static func encode(_ value: some Encodable) throws -> Data { try JSONEncoder().encode(value) }
  static func decode<T: Decodable>(_ type: T.Type, _ data: Data) -> T? { try? JSONDecoder().decode(type, from: data) }
}
