import Cloud
import Wire

/// A subscription. It lives where its topic does, whoever owns it.
struct SubscriptionRecord: Record {
  static let kind = "sns.subscription"

  /// The subscriptions of a topic by endpoint: an endpoint is subscribed once.
  static let byEndpoint = Index<SubscriptionRecord>("endpoint") {
    Key(.integer($0.topicID), .string($0.kind.rawValue), .string($0.endpoint))
  }
  static let indexes = [byEndpoint]

  var topicID: Int64
  var topicName: String
  var id: String
  var kind: DeliveryProtocol
  var endpoint: String
  var owner: AccountID
  /// Who subscribed.
  var principal: String
  var isPending: Bool
  var settings = SubscriptionSettings()
  /// The token that was sent last, while it waits for confirmation.
  var token: String?
  var confirmationWasAuthenticated = false
  /// Whether an unsigned Unsubscribe is refused.
  var requiresSignature = false

  var key: Key { SubscriptionRecord.key(topicID, id) }

  static func key(_ topicID: Int64, _ id: String) -> Key { Key(.integer(topicID), .string(id)) }
}

/// Whose subscription it is: for ListSubscriptions, in the scope of its owner.
struct SubscriberRecord: Record {
  static let kind = "sns.subscriber"

  var topicAccount: AccountID
  var topicName: String
  var topicID: Int64
  var id: String

  var key: Key { Key(.string(topicAccount.rawValue), .string(topicName), .string(id)) }
}

/// What confirms a subscription.
struct TokenRecord: Record {
  static let kind = "sns.token"

  /// AWS: Subscribe, "Confirmation tokens are valid for two days."
  static let lifetime: Int64 = 2 * 86_400_000

  var token: String
  var topicID: Int64
  var subscriptionID: String
  var topicName: String
  var expiresAt: Int64
  /// A subscription that was removed: the token brings it back.
  var restores: SubscriptionRecord?

  var key: Key { Key(token) }
}

/// Where a subscription is.
struct SubscriptionLocation: Sendable {
  var topic: TopicLocation
  var id: String

  var arn: String { "\(topic.arn):\(id)" }

  init(topic: TopicLocation, id: String) {
    self.topic = topic
    self.id = id
  }

  /// The subscription that a request names.
  init(_ text: String, _ context: Context) throws(AWSError) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count >= 6 else {
      throw .invalidParameter("SubscriptionArn", "An ARN must have at least 6 elements, not \(parts.count)")
    }
    guard parts.count == 7, let topic = TopicLocation(parts[..<6].joined(separator: ":")) else {
      throw .invalidParameter("SubscriptionId")
    }
    // Links in messages are not signed and name no Region but the ARN's.
    if case .anonymous = context.caller.kind {
    } else if topic.region != context.region {
      throw .invalidParameter("SubscriptionArn")
    }
    self.topic = topic
    id = String(parts[6])
  }

  /// The subscription with its topic, if there is one.
  func find(
    _ transaction: Transaction
  ) throws(AWSError) -> (topic: TopicRecord, record: SubscriptionRecord)? {
    guard let found = try topic.find(transaction),
      let record = try transaction.get(
        SubscriptionRecord.self, SubscriptionRecord.key(found.id, id), in: topic.scope)
    else { return nil }
    return (found, record)
  }
}
