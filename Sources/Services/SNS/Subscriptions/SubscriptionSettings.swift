import Cloud
import Wire

/// A subscription's attributes that can be set.
struct SubscriptionSettings: Sendable, Codable, Hashable {
  var filterPolicy: String?
  var filterScope: FilterPolicy.Scope?
  var isRaw = false
  var redrivePolicy: String?
  var deliveryPolicy: String?
  var roleARN: String?

  static let names = [
    "DeliveryPolicy", "FilterPolicy", "FilterPolicyScope", "RawMessageDelivery", "RedrivePolicy", "SubscriptionRoleArn",
  ]

  /// The text of an attribute that was set.
  subscript(name: String) -> String? {
    switch name {
    case "DeliveryPolicy": deliveryPolicy
    case "FilterPolicy": filterPolicy
    case "FilterPolicyScope": filterPolicy == nil ? nil : (filterScope ?? .attributes).rawValue
    case "RawMessageDelivery": "\(isRaw)"
    case "RedrivePolicy": redrivePolicy
    case "SubscriptionRoleArn": roleARN
    default: nil
    }
  }

  /// Takes attributes, checked as AWS checks them.
  /// - Parameters:
  ///   - prefix: what stands before the words on a value: `Attributes Reason: ` in Subscribe.
  mutating func apply(
    _ attributes: [String: String], kind: DeliveryProtocol, topic: TopicRecord, endpoint: String, prefix: String = ""
  ) throws(AWSError) {
    for (name, text) in attributes.sorted(by: { $0.key < $1.key }) {
      try apply(name, text, kind, topic, endpoint, prefix)
    }
    // Whether a policy is right depends on what it looks at.
    guard attributes["FilterPolicy"] != nil || attributes["FilterPolicyScope"] != nil, let filterPolicy else { return }
    do throws(FilterPolicyError) { _ = try FilterPolicy(filterPolicy, filterScope ?? .attributes) } catch {
      throw .invalidParameter(prefix + error.message)
    }
  }

  private mutating func apply(
    _ name: String, _ text: String, _ kind: DeliveryProtocol, _ topic: TopicRecord, _ endpoint: String,
    _ prefix: String
  ) throws(AWSError) {
    switch name {
    case "FilterPolicy":
      // An empty policy takes every message, as none does.
      let isEmpty = text.isEmpty || JSONValue(parsing: text) == .object([])
      if text.utf8.count > 262_144 { throw .invalidParameter("\(prefix)FilterPolicy") }
      filterPolicy = isEmpty ? nil : text
    case "FilterPolicyScope":
      guard let scope = FilterPolicy.Scope(rawValue: text) else {
        throw .invalidParameter(
          "\(prefix)FilterPolicyScope: Invalid value [\(text)]. Please use either MessageBody or MessageAttributes")
      }
      filterScope = scope
    case "RawMessageDelivery":
      guard ["true", "false"].contains(text.lowercased()) else {
        throw .invalidParameter("\(prefix)RawMessageDelivery: Invalid value [\(text)]. Must be true or false.")
      }
      let isOn = text.lowercased() == "true"
      if isOn, ![.sqs, .http, .https, .firehose].contains(kind) {
        throw .invalidParameter(
          "\(prefix)Delivery protocol [\(kind.rawValue)] does not support raw message delivery.")
      }
      isRaw = isOn
    case "RedrivePolicy":
      if text.isEmpty {
        redrivePolicy = nil
        return
      }
      let target = try RedriveTarget(text, prefix)
      if topic.settings.isFIFO, endpoint.hasSuffix(".fifo"), !target.queue.isFIFO {
        throw .invalidParameter(
          "\(prefix)RedrivePolicy: must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic.")
      }
      redrivePolicy = text
    case "DeliveryPolicy":
      if text.isEmpty {
        deliveryPolicy = nil
        return
      }
      guard kind.isWeb else {
        // unverified: words
        throw .invalidParameter("\(prefix)DeliveryPolicy: is only for HTTP and HTTPS subscriptions")
      }
      do throws(DeliveryPolicyError) { _ = try DeliveryPolicy(text) } catch {
        throw .invalidParameter("\(prefix)DeliveryPolicy: \(error.message)")
      }
      deliveryPolicy = text
    case "SubscriptionRoleArn": roleARN = text.isEmpty ? nil : text
    case "ReplayPolicy": throw .notBuilt("sns ReplayPolicy")
    default: throw .invalidParameter("\(prefix)AttributeName")
    }
  }
}

/// Where messages go that could not be delivered.
struct RedriveTarget: Sendable, Hashable {
  var queue: QueueAddress

  /// The attribute's text.
  init(_ text: String, _ prefix: String = "") throws(AWSError) {
    guard let json = JSONValue(parsing: text), json.object != nil else {
      throw .invalidParameter("\(prefix)RedrivePolicy: failed to parse JSON.")
    }
    guard let queue = Endpoint.queue(json["deadLetterTargetArn"]?.string ?? "") else {
      throw .invalidParameter("\(prefix)RedrivePolicy: deadLetterTargetArn is an invalid arn")
    }
    self.queue = queue
  }
}
