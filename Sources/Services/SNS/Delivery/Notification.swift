import Checksums
import Cloud
import Synchronization
import Wire

/// Writes what endpoints get that don't want the message raw: JSON with a signature, in AWS's own layout.
///
/// What is signed is the same for all subscriptions that get the same text, so it is signed once for each text.
/// State: the signed parts by text in a `Mutex`.
final class Notification: Sendable {
  private let message: PublishedMessage
  private let identity: SigningIdentity
  private let parts = Mutex<[String: String]>([:])

  init(_ message: PublishedMessage, _ identity: SigningIdentity) {
    self.message = message
    self.identity = identity
  }

  /// The notification for one subscription.
  func text(for kind: DeliveryProtocol, subscriptionARN: String) throws(AWSError) -> String {
    let head = try head(message.text(for: kind))
    var writer = NotificationWriter(head)
    writer.member("UnsubscribeURL", "\(message.base)/?Action=Unsubscribe&SubscriptionArn=\(subscriptionARN)")
    if !message.attributes.isEmpty { writer.attributes(message.attributes) }
    return writer.finished
  }

  /// All up to the link that is each subscription's own.
  private func head(_ text: String) throws(AWSError) -> String {
    if let known = parts.withLock({ $0[text] }) { return known }
    var writer = NotificationWriter()
    writer.member("Type", "Notification")
    writer.member("MessageId", message.id)
    if let number = message.sequenceNumber { writer.member("SequenceNumber", number) }
    writer.member("TopicArn", message.topicARN)
    if let subject = message.subject { writer.member("Subject", subject) }
    writer.member("Message", text)
    let time = Timestamp(milliseconds: message.publishedAt).iso8601WithMilliseconds
    writer.member("Timestamp", time)
    // AWS: SNS developer guide: messages of FIFO topics are not signed.
    if message.sequenceNumber == nil {
      let signed = try identity.sign(
        Notification.canonical([
          ("Message", text), ("MessageId", message.id), ("Subject", message.subject), ("Timestamp", time),
          ("TopicArn", message.topicARN), ("Type", "Notification"),
        ]), version: message.signatureVersion)
      writer.signature(signed, message.signatureVersion, message.base)
    }
    let head = writer.text
    parts.withLock { $0[text] = head }
    return head
  }

  /// A handshake as JSON.
  static func text(_ handshake: Handshake, _ identity: SigningIdentity) throws(AWSError) -> String {
    let time = Timestamp(milliseconds: handshake.time).iso8601WithMilliseconds
    var writer = NotificationWriter()
    let members: [(String, String?)] = [
      ("Type", handshake.occasion.rawValue), ("MessageId", handshake.messageID), ("Token", handshake.token),
      ("TopicArn", handshake.topicARN), ("Message", handshake.message), ("SubscribeURL", handshake.url),
      ("Timestamp", time),
    ]
    for (name, text) in members { if let text { writer.member(name, text) } }
    let signed = try identity.sign(
      canonical([
        ("Message", handshake.message), ("MessageId", handshake.messageID), ("SubscribeURL", handshake.url),
        ("Timestamp", time), ("Token", handshake.token), ("TopicArn", handshake.topicARN),
        ("Type", handshake.occasion.rawValue),
      ]), version: handshake.signatureVersion)
    writer.signature(signed, handshake.signatureVersion, handshake.base)
    return writer.finished
  }

  /// AWS: SNS developer guide, "Verifying the signatures of Amazon SNS messages": names and values, each with a line feed, in
  /// the order of the names.
  private static func canonical(_ members: [(String, String?)]) -> String {
    members.reduce(into: "") { text, member in if let value = member.1 { text += "\(member.0)\n\(value)\n" } }
  }
}

/// Writes JSON as SNS lays it out: two spaces, and one on either side of the colon.
struct NotificationWriter {
  private(set) var text: String
  private var isFirst: Bool

  init() {
    text = "{\n"
    isFirst = true
  }

  /// Goes on with what was written before.
  init(_ head: String) {
    text = head
    isFirst = false
  }

  mutating func member(_ name: String, _ value: String) {
    if !isFirst { text += ",\n" }
    isFirst = false
    text += "  \"\(name)\" : \(JSONValue.string(value).text)"
  }

  mutating func signature(_ signed: SigningIdentity.Signature, _ version: String, _ base: String) {
    member("SignatureVersion", version)
    member("Signature", signed.text)
    member("SigningCertURL", base + signed.certificatePath)
  }

  mutating func attributes(_ attributes: [MessageAttribute]) {
    text += ",\n  \"MessageAttributes\" : {\n"
    text += attributes.map { attribute in
      "    \(JSONValue.string(attribute.name).text) : {\"Type\":\(JSONValue.string(attribute.type).text),"
        + "\"Value\":\(JSONValue.string(attribute.text).text)}"
    }.joined(separator: ",\n")
    text += "\n  }"
  }

  var finished: String { text + "\n}" }
}
