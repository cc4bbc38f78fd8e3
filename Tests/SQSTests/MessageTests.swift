import Testing
import Wire

@testable import SQS

@Suite("Messages")
struct MessageTests {
  // Digests that AWS has answered (as its SDKs' tests and recorded calls have them).
  @Test(
    "the MD5 of message attributes is the one AWS computes",
    arguments: [
      ([MessageAttribute(name: "Hello", type: "String", value: .string("World"))], "7db7fb1ba7f41366a8ea5eb18220b26d"),
      ([MessageAttribute(name: "Foo", type: "String", value: .string("Bar"))], "ae7155c6026991b6d54b11589678bf9c"),
      (
        [
          MessageAttribute(name: "Help.Me", type: "String", value: .string("Me")),
          MessageAttribute(name: "Hello", type: "String", value: .string("There")),
          MessageAttribute(name: "General", type: "String", value: .string("Kenobi")),
        ], "4c360f3fdafd970e05fae2f149d997f5"
      ),
      (
        [
          MessageAttribute(
            name: "attr1", type: "Binary",
            value: .binary(Array("traceparent\u{1e}00-774062d6c37081a5a0b9b5b88e30627c-2d2482211f6489da-01".utf8)))
        ], "8cbe4db156db8a94db8b801b7addb984"
      ),
      (
        [MessageAttribute(name: "UserId", type: "Number.bigint", value: .string("1234567890123456789012"))],
        "797ab158d73dcb5242dedc4412c8e855"
      ),
    ])
  func digest(_ attributes: [MessageAttribute], _ expected: String) {
    #expect(MessageAttribute.digest(of: attributes) == expected)
  }

  @Test("attributes are chosen by name, by prefix, or all")
  func filter() {
    let attributes = ["Hello", "Help.Me", "General"].map {
      MessageAttribute(name: $0, type: "String", value: .string("x"))
    }
    func chosen(_ names: String...) -> [String] { MessageAttributeFilter(names).select(attributes).map(\.name) }
    #expect(chosen() == [])
    #expect(chosen("All").count == 3)
    #expect(chosen(".*").count == 3)
    #expect(chosen("*").count == 3)
    #expect(chosen("Hel.*") == ["Hello", "Help.Me"])
    #expect(chosen("Hello", "None") == ["Hello"])
    #expect(chosen("Help") == [])
  }

  @Test("bodies have only characters of XML 1.0")
  func characters() {
    for text in ["plain", "tab\tline\r\n", "箱庭", "\u{10FFFF}", "\u{FFFD}", "\u{E000}"] {
      #expect(MessageRules.isAllowed(text), "\(text.unicodeScalars.map(\.value))")
    }
    for text in ["\u{0}", "\u{1}a", "a\u{1F}", "\u{FFFE}", "x\u{FFFF}"] {
      #expect(!MessageRules.isAllowed(text), "\(text.unicodeScalars.map(\.value))")
    }
  }

  @Test("numbers have digits, a sign, a fraction and an exponent")
  func numbers() {
    for text in ["0", "-1", "+1.5", "1234567890123456789012", "1e10", "1.5E-3", ".5"] {
      #expect(MessageRules.isNumber(text))
    }
    for text in ["", "world", "1,5", "0x10", "1e", "--1", "."] { #expect(!MessageRules.isNumber(text)) }
  }

  @Test(
    "attribute names are refused as AWS refuses them",
    arguments: [
      ("AWS.Hello", "You can't use message attribute names"), ("amazon.x", "You can't use message attribute names"),
      (".x", "You can't use message attribute names"), ("x.", "You can't use message attribute names"),
      ("a b", "Message (user) attributes name can only contain"), ("", "The request must contain non-empty"),
      (String(repeating: "a", count: 257), "must be shorter than 256 Bytes"),
    ])
  func names(_ name: String, _ words: String) {
    #expect {
      try MessageRules.check([MessageAttribute(name: name, type: "String", value: .string("x"))])
    } throws: { error in (error as? AWSError)?.message.contains(words) ?? false }
  }

  @Test("the stored form of a message keeps all of it")
  func stored() throws {
    let content = MessageContent(
      messageID: "id", body: "body ✓", bodyMD5: "md5",
      attributes: [
        MessageAttribute(name: "a", type: "String", value: .string("x")),
        MessageAttribute(name: "b", type: "Binary", value: .binary([0, 255])),
      ], attributesMD5: "amd5", senderID: "AIDA", groupID: "g", deduplicationID: nil, traceHeader: "Root=1",
      deadLetterSource: nil)
    #expect(try MessageContent(encoded: content.encode()) == content)
    var record = MessageRecord(
      storage: 1, sentAt: 2, number: 3, group: "g", visibleAt: 4, content: content.encode())
    record.receiveCount = 5
    record.receipt = .max
    let read = try MessageRecord(encoded: record.encoded())
    #expect(read.key == record.key)
    #expect(read.group == "g" && read.visibleAt == 4 && read.receiveCount == 5 && read.receipt == .max)
    #expect(read.content == record.content)
    #expect(throws: (any Error).self) { try MessageRecord(encoded: record.encoded().dropLast(3)) }
  }

  @Test("a receipt handle survives its text, and a changed text is none")
  func handles() {
    let handle = ReceiptHandle(queue: 1, storage: 2, sentAt: 3, number: 4, receipt: 0xFFFF_0000_FFFF_0000)
    #expect(handle.text.hasPrefix("AQEB"))
    #expect(ReceiptHandle(handle.text) == handle)
    var changed = Array(handle.text)
    changed[20] = changed[20] == "A" ? "B" : "A"
    #expect(ReceiptHandle(String(changed)) == nil)
    #expect(ReceiptHandle("invalid-receipt-id") == nil)
    #expect(ReceiptHandle("") == nil)
  }

  @Test("sequence numbers have twenty digits and grow")
  func sequence() {
    let texts = [1, 2, 3, 1_000_000, 1 << 40].map { SequenceNumber.text($0) }
    #expect(texts.allSatisfy { $0.count == 20 })
    #expect(texts == texts.sorted())
  }
}

@Suite("A message group")
struct MessageGroupTests {
  let group = MessageGroup(head: .init(number: 1, sentAt: 1000))

  @Test("is ready when its oldest message was sent and the queue's delay is over")
  func ready() {
    #expect(group.readyAt(delay: 0) == 1000)
    #expect(group.readyAt(delay: 500) == 1500)
  }

  @Test("gives nothing while any of its messages is in flight")
  func blocked() {
    var group = group
    group.beginReceive()
    group.received(1, until: 5000)
    group.received(2, until: 8000)
    #expect(group.readyAt(delay: 0) == 8000)
    #expect(group.isBlocked(at: 7999) && !group.isBlocked(at: 8000))
    #expect(group.flightCount(at: 6000) == 1)
    group.change(2, until: 6000)
    #expect(group.readyAt(delay: 0) == 6000)
    group.removed(2)
    #expect(group.readyAt(delay: 0) == 5000)
    group.removed(1)
    #expect(group.readyAt(delay: 0) == 1000)
  }
}
