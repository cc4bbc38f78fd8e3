import Cloud
import Testing
import Wire

@testable import EventBridge

/// AWS: EventBridge user guide, "Input transformation", with its event.
@Suite("What targets get")
struct InputTests {
  static let event: Event = {
    var event = Event(
      id: "7bf73129-1428-4cd3-a780-95db273d1602", detailType: "EC2 Instance State-change Notification",
      source: "aws.ec2",
      account: "123456789012", time: Timestamp(seconds: 1_447_277_394), region: "us-east-1",
      resources: ["arn:aws:ec2:us-east-1:123456789012:instance/i-abcd1111"],
      detail: .object([
        .init("instance-id", .string("i-0123456789")), .init("state", .string("RUNNING")),
        .init("quoted", .string("a\"b")),
        .init("sizes", .array([.integer(1), .integer(2)])),
        .init("disks", .array([.object([.init("id", .string("x"))]), .object([.init("id", .string("y"))])])),
      ]), ingested: Timestamp(seconds: 1_447_277_395))
    return event
  }()

  private static func filled(_ template: String) -> String {
    let paths = [
      "instance": "$.detail.instance-id", "state": "$.detail.state", "sizes": "$.detail.sizes",
      "quoted": "$.detail.quoted",
      "detail": "$.detail", "missing": "$.detail.nothing", "second": "$.detail.sizes[1]", "ids": "$.detail.disks[*].id",
    ]
    let facts = InputTemplate.Facts(event: event, ruleARN: "arn:rule", ruleName: "rule")
    return InputTemplate(template, paths: paths).filled(facts, event.json)
  }

  static let templates: [(template: String, result: String)] = [
    (#""instance <instance> is in <state>""#, #""instance i-0123456789 is in RUNNING""#),
    (#"{"instance": <instance>, "state": <state>}"#, #"{"instance": "i-0123456789", "state": "RUNNING"}"#),
    (#"{"instance":"<instance>"}"#, #"{"instance":"i-0123456789"}"#),
    (
      #"{"instance" : <instance>,"text": "instance \"<instance>\" is in <state>"}"#,
      #"{"instance" : "i-0123456789","text": "instance \"i-0123456789\" is in RUNNING"}"#
    ),
    (#"{"q": <quoted>, "r": "<quoted>"}"#, #"{"q": "a\"b", "r": "a\"b"}"#),
    (#"{"s": <sizes>, "t": <second>, "u": <ids>}"#, #"{"s": [1,2], "t": 2, "u": ["x","y"]}"#),
    (#"{"m": <missing>, "n": "-<missing>-"}"#, #"{"m": "", "n": "--"}"#),
    (#"{"arn": <aws.events.rule-arn>, "name": "<aws.events.rule-name>"}"#, #"{"arn": "arn:rule", "name": "rule"}"#),
    (#"{"at": <aws.events.event.ingestion-time>}"#, #"{"at": "2015-11-11T21:29:55.000Z"}"#),
    ("\"first <state>\"\n\"second\"", "\"first RUNNING\"\n\"second\""),
  ]

  @Test("templates", arguments: templates) func template(_ test: (template: String, result: String)) {
    #expect(InputTests.filled(test.template) == test.result)
  }

  @Test("the whole event, with and without its detail") func whole() throws {
    let event = InputTests.event
    let whole = try #require(JSONValue(json: Array(InputTests.filled(#"{"e": <aws.events.event.json>}"#).utf8)))
    #expect(whole["e"] == event.json)
    let bare = try #require(JSONValue(json: Array(InputTests.filled(#"{"e": <aws.events.event>}"#).utf8)))
    #expect(bare["e"]?["detail"] == nil)
    #expect(bare["e"]?["source"]?.string == "aws.ec2")
  }

  @Test("an event's envelope") func envelope() {
    #expect(
      InputTests.event.json.text.hasPrefix(
        #"{"version":"0","id":"7bf73129-1428-4cd3-a780-95db273d1602","detail-type":"EC2 Instance State-change Notification","#
          + #""source":"aws.ec2","account":"123456789012","time":"2015-11-11T21:29:54Z","region":"us-east-1","resources":["#
      ))
  }

  @Test("paths", arguments: ["detail", "$detail", "$.", "$.a[", "$.a[x]", ""]) func badPath(_ text: String) {
    #expect(JSONPath(text) == nil)
  }

  @Test("a batch is read as it was written") func batch() throws {
    let account = try #require(AccountID("123456789012"))
    var batch = DeliveryBatch(Bus("orders", account, .usEast1), revision: .max)
    batch.events = [InputTests.event]
    batch.events[0].isForwarded = true
    batch.events[0].traceHeader = "Root=1"
    batch.deliveries = [DeliveryBatch.Delivery(rule: "r", target: "t", events: [0])]
    let read = try DeliveryBatch(encoded: batch.encoded, scope: batch.bus.scope)
    #expect(read.encoded == batch.encoded)
    #expect(read.events[0].json == InputTests.event.json)
    #expect(read.events[0].isForwarded)
  }

  @Test("retries grow to eight minutes and never outlive the event") func retries() {
    let rules = RetryRules(RetryPolicy(maximumRetryAttempts: 3, maximumEventAgeInSeconds: 60))
    let start = Timestamp(seconds: 1000)
    #expect(rules.delay(retries: 0, ingested: start, now: start, jitter: 1) == 1000)
    #expect(rules.delay(retries: 4, ingested: start, now: start, jitter: 1) == 16_000)
    #expect(rules.delay(retries: 9, ingested: start, now: start.adding(seconds: 50), jitter: 1) == 10_000)
    #expect(RetryRules(nil).delay(retries: 12, ingested: start, now: start, jitter: 1) == 480_000)
    #expect(rules.exhaustion(retries: 2, ingested: start, now: start) == nil)
    #expect(rules.exhaustion(retries: 3, ingested: start, now: start) == .attempts)
    #expect(rules.exhaustion(retries: 0, ingested: start, now: start.adding(seconds: 60)) == .age)
  }
}
