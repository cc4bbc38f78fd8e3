import Cloud
import Testing
import Wire

@testable import S3

@Suite("Notifications")
struct NotificationTests {
  private static func rule(
    _ events: [String], prefix: String? = nil, suffix: String? = nil
  ) -> BucketNotifications.Rule {
    BucketNotifications.Rule(
      id: "r", kind: .queue, arn: "arn:aws:sqs:us-east-1:000000000000:q", events: events, prefix: prefix,
      suffix: suffix)
  }

  @Test(
    "a rule matches by event, prefix and suffix",
    arguments: [
      (["s3:ObjectCreated:*"], nil, nil, ObjectEvent.createdCopy, "k", true),
      (["s3:ObjectCreated:Put"], nil, nil, .createdCopy, "k", false),
      (["s3:ObjectRemoved:*"], nil, nil, .createdPut, "k", false),
      (["s3:LifecycleTransition"], nil, nil, .transitioned, "k", true),
      (["s3:ObjectCreated:*"], "a/", ".jpg", .createdPut, "a/b.jpg", true),
      (["s3:ObjectCreated:*"], "a/", ".jpg", .createdPut, "b/b.jpg", false),
      (["s3:ObjectCreated:*"], "a/", ".jpg", .createdPut, "a/b.png", false),
    ] as [([String], String?, String?, ObjectEvent, String, Bool)])
  func matching(
    events: [String], prefix: String?, suffix: String?, event: ObjectEvent, key: String, isMatch: Bool
  ) {
    #expect(Self.rule(events, prefix: prefix, suffix: suffix).matches(event, key: key) == isMatch)
  }

  @Test(
    "rules overlap when an object's event could meet both",
    arguments: [
      (rule(["s3:ObjectCreated:*"]), rule(["s3:ObjectCreated:Put"]), true),
      (rule(["s3:ObjectCreated:Copy"]), rule(["s3:ObjectCreated:Put"]), false),
      (rule(["s3:ObjectCreated:*"], prefix: "a"), rule(["s3:ObjectCreated:*"], prefix: "ab"), true),
      (rule(["s3:ObjectCreated:*"], prefix: "a"), rule(["s3:ObjectCreated:*"], prefix: "b"), false),
      (rule(["s3:ObjectCreated:*"], suffix: "jpg"), rule(["s3:ObjectCreated:*"], suffix: ".jpg"), true),
      (
        rule(["s3:ObjectCreated:*"], prefix: "a", suffix: ".jpg"),
        rule(["s3:ObjectCreated:*"], prefix: "a", suffix: ".png"), false
      ),
    ] as [(BucketNotifications.Rule, BucketNotifications.Rule, Bool)])
  func overlapping(one: BucketNotifications.Rule, other: BucketNotifications.Rule, isOverlap: Bool) {
    #expect(one.overlap(other).isEmpty != isOverlap)
    #expect(other.overlap(one).isEmpty != isOverlap)
  }

  @Test("keys are encoded as forms are", arguments: [("a b", "a+b"), ("a+b@c/d*", "a%2Bb%40c/d*"), ("ü", "%C3%BC")])
  func keys(key: String, encoded: String) { #expect(EventMessage.encoded(key) == encoded) }

  @Test("sequencers sort as texts")
  func sequencers() {
    let texts = [1, 15, 16, 255, 1 << 40, Int64.max].map { EventMessage.sequencer($0) }
    #expect(texts == texts.sorted())
    #expect(Set(texts.map(\.count)) == [18])
  }
}

@Suite("Cross-origin rules")
struct CORSTests {
  private let rules = CORSRules(rules: [
    .init(
      origins: ["https://*.example"], methods: ["GET"], headers: ["X-One", "x-two-*"], exposed: ["ETag"], maxAge: 5),
    .init(origins: ["*"], methods: ["PUT"]),
  ])

  @Test(
    "the first rule that allows all of it answers",
    arguments: [
      ("https://a.example", "GET", ["x-one", "X-Two-Three"], "https://a.example"),
      ("https://a.example", "GET", ["x-three"], nil), ("https://b.org", "GET", [], nil),
      ("https://b.org", "PUT", [], "*"), ("https://a.example", "PUT", [], "*"),
      ("https://b.org", "PUT", ["x-one"], nil),
    ] as [(String, String, [String], String?)])
  func answers(origin: String, method: String, headers: [String], allowed: String?) {
    let question = CORSRules.Question(origin: origin, method: method, headers: headers)
    let answer = rules.answer(question, isPreflight: true)
    #expect(answer?.first { $0.name == "Access-Control-Allow-Origin" }?.value == allowed)
  }
}
