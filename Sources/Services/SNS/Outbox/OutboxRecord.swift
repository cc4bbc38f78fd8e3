import Cloud
import Wire

/// A letter or text message that would have left the cloud.
struct OutboxRecord: Record {
  static let kind = "sns.outbox"

  /// How it would have left.
  enum Kind: String, Sendable, Codable {
    case email, sms
    case emailJSON = "email-json"
  }

  /// Its place among all.
  var order: Int64 = 0
  /// Milliseconds since 1970.
  var time: Int64 = 0
  var kind: Kind
  var to: String
  var from: String?
  var subject: String?
  var body: String
  var messageID: String
  var topicARN: String?
  var subscriptionARN: String?
  /// What confirms the subscription, in letters that ask for it.
  var link: String?
  /// Whether it was withheld, for its receiver wants none.
  var isWithheld = false

  var key: Key { Key(.integer(order)) }

  init(
    kind: Kind, to: String, from: String?, subject: String?, body: String, messageID: String, topicARN: String?,
    subscriptionARN: String?, link: String?
  ) {
    self.kind = kind
    self.to = to
    self.from = from
    self.subject = subject
    self.body = body
    self.messageID = messageID
    self.topicARN = topicARN
    self.subscriptionARN = subscriptionARN
    self.link = link
  }

  /// As JSON, for the file and the page.
  var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("time", .string(Timestamp(milliseconds: time).iso8601WithMilliseconds)),
      .init("protocol", .string(kind.rawValue)), .init("to", .string(to)),
    ]
    for (name, text) in [
      ("from", from), ("subject", subject), ("body", body), ("messageId", messageID), ("topicArn", topicARN),
      ("subscriptionArn", subscriptionARN), ("confirm", link),
    ] {
      if let text { members.append(.init(name, .string(text))) }
    }
    if isWithheld { members.append(.init("withheld", .string("the number is opted out"))) }
    return .object(members)
  }
}
