import Cloud
import Foundation
import Testing
import Wire

@testable import SNS

@Suite("Messages")
struct MessageTests {
  @Test("a message is read as it was written")
  func coding() throws {
    var message = PublishedMessage(
      id: "id", topicARN: "arn:aws:sns:us-east-1:000000000000:t.fifo", topicName: "t.fifo", topicID: 7, subject: "s",
      text: "text", publishedAt: 1_700_000_000_000, base: "http://localhost:4566")
    message.structure = ["default": "d", "sqs": "q"]
    message.attributes = [
      MessageAttribute(name: "a", type: "String", value: .string("x")),
      MessageAttribute(name: "b", type: "Binary", value: .binary([0, 255])),
    ]
    message.groupID = "g"
    message.sequenceNumber = "10000000000000000001"
    let item = DeliveryItem(message: message, subscriptionID: "sub", retry: 3)
    let read = try #require(DeliveryItem(content: item.content))
    #expect(read.message == message && read.subscriptionID == "sub" && read.retry == 3)
    #expect(DeliveryItem(content: item.content.dropLast(3)) == nil)
  }

  @Test(
    "subjects have no line breaks and at most 100 characters",
    arguments: [
      ("ok", true), (String(repeating: "x", count: 100), true), (String(repeating: "x", count: 101), false),
      ("", false),
      ("a\nb", false), ("a\u{7F}", false), ("ünï", true),
    ])
  func subject(_ subject: String, _ isTaken: Bool) {
    #expect(((try? MessageRules.check(subject: subject)) != nil) == isTaken)
  }

  static let names: [(name: String, message: String)] = [
    (".a", "Invalid message attribute name starting with character '.' was found."),
    ("a.", "Invalid message attribute name ending with character '.' was found."),
    ("a..b", "Message attribute name can not have successive '.' character."),
    (
      "a b",
      "Invalid non-alphanumeric character '#x20' was found in the message attribute name. Can only include alphanumeric "
        + "characters, hyphens, underscores, or dots."
    ),
  ]

  @Test("attribute names are refused in AWS's words", arguments: names)
  func name(_ given: (name: String, message: String)) {
    #expect {
      try MessageRules.attributes([given.name: MessageAttributeValue(dataType: "String", stringValue: "x")])
    } throws: { error in
      (error as? AWSError)?.message == given.message
    }
  }

  static let values: [(value: MessageAttributeValue, message: String)] = [
    (
      MessageAttributeValue(dataType: "Text", stringValue: "x"),
      "The message attribute 'a' has an invalid message attribute type, the set of supported type prefixes is Binary, "
        + "Number, and String."
    ),
    (
      MessageAttributeValue(dataType: "Binary", stringValue: "x"),
      "The message attribute 'a' with type 'Binary' must use field 'Binary'."
    ),
    (
      MessageAttributeValue(dataType: "String", stringValue: ""),
      "The message attribute 'a' must contain non-empty message attribute value for message attribute type 'String'."
    ),
    (
      MessageAttributeValue(dataType: "Number", stringValue: "x"),
      "Could not cast message attribute 'a' value to number."
    ),
  ]

  @Test("attribute values are refused in AWS's words", arguments: values)
  func value(_ given: (value: MessageAttributeValue, message: String)) {
    #expect {
      try MessageRules.attributes(["a": given.value])
    } throws: { error in
      (error as? AWSError)?.message == given.message
    }
  }

  @Test(
    "phone numbers have a plus and up to fifteen digits",
    arguments: [
      ("+15551234567", true), ("15551234567", false), ("+0555", false), ("+1", false), ("+1555123456789012", false),
    ])
  func phone(_ text: String, _ isOne: Bool) { #expect((PhoneNumber(text) != nil) == isOne) }

  @Test(
    "of HTTP's answers 5xx and 429 are tried again, 4xx are not",
    arguments: [(200, "delivered"), (302, "delivered"), (404, "refused"), (429, "failed"), (503, "failed")])
  func status(_ status: UInt, _ outcome: String) {
    #expect("\(WebEndpoint.attempt(status: status))".hasPrefix(outcome))
  }

  @Test("user and password of an endpoint go into a header")
  func credentials() throws {
    let parts = try #require(WebEndpoint.parts(of: "http://me:secret@example.com:8080/x?y=1"))
    #expect(parts.url == "http://example.com:8080/x?y=1" && parts.credentials == "bWU6c2VjcmV0")
  }

  @Test("a rate lets so many through in a second")
  func rate() {
    let gate = RateGate()
    #expect(gate.wait(for: "s", rate: 2, now: 1000) == 0)
    #expect(gate.wait(for: "s", rate: 2, now: 1100) == 400)
    #expect(gate.wait(for: "other", rate: 2, now: 1100) == 0)
    #expect(gate.wait(for: "s", rate: 2, now: 1500) == 0)
    // A clock that was set back holds nothing up.
    #expect(gate.wait(for: "s", rate: 2, now: 5) == 0)
  }

  @Test("the certificate follows from the key, and has a path of its own")
  func certificate() throws {
    let folder = NSTemporaryDirectory() + "sns-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let first = SigningIdentity(path: folder + "/key.pem")
    let signed = try first.sign("text", version: "2")
    let again = SigningIdentity(path: folder + "/key.pem")
    #expect(try again.sign("text", version: "2").text == signed.text)
    let pem = try #require(try again.certificate(at: signed.certificatePath))
    #expect(pem.hasPrefix("-----BEGIN CERTIFICATE-----\n"))
    #expect(try again.certificate(at: "/SimpleNotificationService-0.pem") == nil)
  }

  @Test("a notification has AWS's layout")
  func layout() throws {
    var message = PublishedMessage(
      id: "i", topicARN: "arn:aws:sns:us-east-1:000000000000:t.fifo", topicName: "t.fifo", topicID: 1, subject: nil,
      text: "say \"hi\"", publishedAt: 0, base: "http://h")
    message.sequenceNumber = "1"
    message.attributes = [MessageAttribute(name: "a", type: "Number", value: .string("5"))]
    let text = try Notification(message, SigningIdentity(path: "/nowhere/key.pem")).text(
      for: .sqs, subscriptionARN: "s")
    #expect(
      text == """
        {
          "Type" : "Notification",
          "MessageId" : "i",
          "SequenceNumber" : "1",
          "TopicArn" : "arn:aws:sns:us-east-1:000000000000:t.fifo",
          "Message" : "say \\"hi\\"",
          "Timestamp" : "1970-01-01T00:00:00.000Z",
          "UnsubscribeURL" : "http://h/?Action=Unsubscribe&SubscriptionArn=s",
          "MessageAttributes" : {
            "a" : {"Type":"Number","Value":"5"}
          }
        }
        """)
  }
}
