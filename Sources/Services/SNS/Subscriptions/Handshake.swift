import Cloud
import Foundation
import Wire

/// What is said to an endpoint about its subscription itself: that it must be confirmed, or that it was ended.
struct Handshake: Sendable, Codable {
  enum Occasion: String, Sendable, Codable {
    case subscribing = "SubscriptionConfirmation"
    case unsubscribing = "UnsubscribeConfirmation"
  }

  /// The name of the work that delivers it.
  static let work = "confirm"

  var occasion: Occasion
  var messageID: String
  var topicARN: String
  var subscriptionARN: String
  var kind: DeliveryProtocol
  var endpoint: String
  var token: String
  /// Milliseconds since 1970.
  var time: Int64
  /// The address of this service in the links.
  var base: String
  var signatureVersion: String
  /// How often it was tried.
  var attempt = 0

  var message: String {
    switch occasion {
    case .subscribing:
      "You have chosen to subscribe to the topic \(topicARN).\n"
        + "To confirm the subscription, visit the SubscribeURL included in this message."
    case .unsubscribing:
      "You have chosen to deactivate subscription \(subscriptionARN).\n"
        + "To cancel this operation and restore the subscription, visit the SubscribeURL included in this message."
    }
  }

  /// The link that confirms the subscription, or brings it back.
  var url: String { "\(base)/?Action=ConfirmSubscription&TopicArn=\(topicARN)&Token=\(token)" }

  /// Makes a token for a subscription that must be confirmed, and sends it.
  static func begin(
    _ record: inout SubscriptionRecord, _ topic: TopicRecord, _ location: TopicLocation, _ base: String,
    _ transaction: Transaction
  ) throws(AWSError) {
    let token = try makeToken(for: record, restoring: false, location, transaction)
    record.token = token
    try send(.subscribing, token, record, topic, location, base, transaction)
  }

  /// Tells an endpoint that it was unsubscribed by somebody else than its owner.
  static func end(
    _ record: SubscriptionRecord, _ topic: TopicRecord, _ location: TopicLocation, _ base: String,
    _ transaction: Transaction
  ) throws(AWSError) {
    let token = try makeToken(for: record, restoring: true, location, transaction)
    try send(.unsubscribing, token, record, topic, location, base, transaction)
  }

  private static func makeToken(
    for record: SubscriptionRecord, restoring: Bool, _ location: TopicLocation, _ transaction: Transaction
  ) throws(AWSError) -> String {
    // Those of AWS are 288 hexadecimal digits.
    let token = transaction.random.text(288, .hexadecimal)
    let expires = transaction.now.adding(milliseconds: TokenRecord.lifetime)
    try transaction.insert(
      TokenRecord(
        token: token, topicID: record.topicID, subscriptionID: record.id, topicName: record.topicName,
        expiresAt: expires.milliseconds, restores: restoring ? record : nil), in: location.scope)
    try transaction.schedule(
      TimerRequest(
        service: SNSService.name, name: Key(.string("token"), .string(token)), in: location.scope, due: expires,
        isAwaited: false))
    return token
  }

  private static func send(
    _ occasion: Occasion, _ token: String, _ record: SubscriptionRecord, _ topic: TopicRecord,
    _ location: TopicLocation, _ base: String, _ transaction: Transaction
  ) throws(AWSError) {
    let handshake = Handshake(
      occasion: occasion, messageID: transaction.random.uuid(), topicARN: location.arn,
      subscriptionARN: SubscriptionLocation(topic: location, id: record.id).arn, kind: record.kind,
      endpoint: record.endpoint, token: token, time: transaction.now.milliseconds, base: base,
      signatureVersion: topic.settings.signatureVersion ?? "1")
    try transaction.request(
      WorkRequest(service: SNSService.name, name: work, in: location.scope, content: try handshake.encoded()))
  }

  func encoded() throws(AWSError) -> Data {
    do { return try JSONEncoder().encode(self) } catch { throw .internalFailure() }
  }

  init(encoded: Data) throws(AWSError) {
    do { self = try JSONDecoder().decode(Handshake.self, from: encoded) } catch { throw .internalFailure() }
  }

  private init(
    occasion: Occasion, messageID: String, topicARN: String, subscriptionARN: String, kind: DeliveryProtocol,
    endpoint: String, token: String, time: Int64, base: String, signatureVersion: String
  ) {
    self.occasion = occasion
    self.messageID = messageID
    self.topicARN = topicARN
    self.subscriptionARN = subscriptionARN
    self.kind = kind
    self.endpoint = endpoint
    self.token = token
    self.time = time
    self.base = base
    self.signatureVersion = signatureVersion
  }

  /// Forgets a token that nobody used in time, and the subscription that waited for it.
  static func expire(_ token: String, _ request: TimerRequest, _ transaction: Transaction) throws(AWSError) {
    guard let record = try transaction.get(TokenRecord.self, Key(token), in: request.scope) else { return }
    try transaction.delete(record, in: request.scope)
    guard let topic = try transaction.get(TopicRecord.self, Key(record.topicName), in: request.scope),
      topic.id == record.topicID,
      let subscription = try transaction.get(
        SubscriptionRecord.self, SubscriptionRecord.key(topic.id, record.subscriptionID), in: request.scope),
      subscription.isPending, subscription.token == token
    else { return }
    // AWS: Subscribe: a subscription that isn't confirmed in time is gone.
    try Unsubscribing.remove(subscription, of: topic, in: request.scope, transaction)
  }
}
