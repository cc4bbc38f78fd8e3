import Cloud
import Foundation
import Wire

/// What is delivered to one endpoint: ready to be sent.
struct Parcel: Sendable {
  var message: PublishedMessage
  var subscription: ReadySubscription
  /// The body: the message itself, or its notification.
  var body: String

  var record: SubscriptionRecord { subscription.record }

  var subscriptionARN: String { "\(message.topicARN):\(record.id)" }

  init(
    _ message: PublishedMessage, to subscription: ReadySubscription, _ notification: Notification
  ) throws(AWSError) {
    self.message = message
    self.subscription = subscription
    let kind = subscription.record.kind
    let isRaw = subscription.record.settings.isRaw || kind == .sms || kind == .email
    body =
      isRaw
      ? message.text(for: kind)
      : try notification.text(for: kind, subscriptionARN: "\(message.topicARN):\(subscription.record.id)")
  }

  /// The input of SendMessage for a queue: the endpoint itself or the dead-letter queue.
  func input(to queue: QueueAddress) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("QueueUrl", .string(queue.url)), .init("MessageBody", .string(body)),
    ]
    if record.settings.isRaw, !message.attributes.isEmpty {
      members.append(
        .init("MessageAttributes", .object(message.attributes.map { JSONValue.Member($0.name, $0.json) })))
    }
    if let group = message.groupID { members.append(.init("MessageGroupId", .string(group))) }
    if queue.isFIFO {
      if message.groupID == nil { members.append(.init("MessageGroupId", .string(message.topicName))) }
      members.append(.init("MessageDeduplicationId", .string(message.deduplicationID ?? message.id)))
    }
    return .object(members)
  }
}

extension MessageAttribute {
  /// As SQS takes it. String arrays are strings to SQS.
  fileprivate var json: JSONValue {
    var members: [JSONValue.Member] = [.init("DataType", .string(type))]
    switch value {
    case .string(let text): members.append(.init("StringValue", .string(text)))
    case .binary: members.append(.init("BinaryValue", .string(text)))
    }
    return .object(members)
  }
}

/// How an attempt to deliver ended.
enum Attempt: Sendable {
  case delivered
  /// It may work later.
  case failed(String)
  /// It will not work, however often it is tried. AWS: SNS developer guide, "Amazon SNS dead-letter queues": client-side errors.
  case refused(String)

  /// What an error of another service means.
  init(_ error: AWSError) {
    let passing: Set<String> = [
      "InternalFailure", "InternalError", "ServiceUnavailable", "ThrottlingException", "RequestThrottled",
      "RequestCancelled", "TooManyRequestsException", "ServiceException",
    ]
    self = passing.contains(error.code) ? .failed(error.description) : .refused(error.description)
  }
}
