import Cloud
import Testing
import Wire

@testable import SWF

@Suite struct TokenBucketTests {
  private let start = Timestamp(milliseconds: 1_000_000)

  @Test("a bucket gives its size at once and then as much as is filled in")
  func fills() {
    var bucket = TokenBucket(TokenBucket.Rate(3, 2), at: start)
    let taken = [0, 0, 0, 0, 499, 500, 500].map { bucket.take(at: start.adding(milliseconds: $0)) }
    #expect(taken == [true, true, true, false, false, true, false])
  }

  @Test("a bucket never holds more than its size, and a clock set back fills nothing")
  func bounds() {
    var bucket = TokenBucket(TokenBucket.Rate(2, 100), at: start)
    let later = start.adding(seconds: 3600)
    let taken = [later, later, later, start].map { bucket.take(at: $0) }
    #expect(taken == [true, true, false, false])
  }

  @Test("a scaled rate lets at least one call through")
  func scaled() {
    #expect(TokenBucket.Rate(2000, 200).scaled(by: 0.01) == TokenBucket.Rate(20, 2))
    #expect(TokenBucket.Rate(50, 30).scaled(by: 0.001) == TokenBucket.Rate(1, 0.03))
  }

  @Test("every operation of SWF has a rate")
  func complete() {
    #expect(Set(Rates.operations.keys) == Set(ServiceModel.swf.operations.keys))
  }

  @Test("limits hold for each account and Region apart, and for each workflow")
  func apart() throws {
    let limits = AWSLimits()
    let region = try #require(Region("eu-west-1"))
    let (one, other) = (Scope(.first, .usEast1), Scope(.first, region))
    try limits.admit("TagResource", workflow: nil, in: one, at: start)
    limits.throttle(factor: 0.001)
    try limits.admit("TagResource", workflow: nil, in: one, at: start)
    let refused = #expect(throws: AWSError.self) {
      try limits.admit("TagResource", workflow: nil, in: one, at: start)
    }
    #expect(refused?.code == "ThrottlingException")
    try limits.admit("TagResource", workflow: nil, in: other, at: start)
    #expect(limits.failureCause(of: "StartTimer", in: one, at: start) == nil)
    #expect(limits.failureCause(of: "StartTimer", in: other, at: start) == nil)
    limits.throttle(factor: 0.0001)
    #expect(limits.failureCause(of: "StartTimer", in: one, at: start) == nil)
    #expect(limits.failureCause(of: "StartTimer", in: one, at: start) == "TIMER_CREATION_RATE_EXCEEDED")
    #expect(limits.failureCause(of: "RecordMarker", in: one, at: start) == nil)
    limits.throttle(factor: nil)
    try limits.admit("TagResource", workflow: nil, in: one, at: start)
    #expect(!limits.hasQuotas)
    limits.configure(isOn: true)
    #expect(limits.hasQuotas)
  }
}

@Suite struct OpenExecutionTests {
  @Test("executions start while there is room, are refused when there is none, and start again when some have ended")
  func room() async throws {
    let bench = try await WorkflowBench()
    let limits = AWSLimits()
    func hasRoom() async throws -> Bool {
      try await bench.store.transact { transaction throws(AWSError) in
        try limits.hasRoomForExecution(in: "domain", WorkflowBench.scope, transaction, limit: 3)
      }
    }
    for number in 0..<5 {
      #expect(try await hasRoom(), "without the limits there is no end")
      try await bench.start("before \(number)")
    }
    limits.configure(isOn: true)
    #expect(try await !hasRoom())
    for _ in 0..<4 { try await bench.decide(.complete) }
    // One is open: two more may start, counted once.
    for number in 0..<2 {
      #expect(try await hasRoom())
      try await bench.start("after \(number)")
    }
    #expect(try await !hasRoom())
    try await bench.decide(.complete)
    #expect(try await hasRoom())
  }
}

@Suite struct FaultPlanTests {
  private func subject(_ type: String = "Pay", operation: String = "PollForActivityTask") -> FaultRule.Subject {
    FaultRule.Subject(
      operation: operation, account: "000000000000", region: "us-east-1", domain: "d", taskList: "l", type: type,
      id: "1")
  }

  private func hits(_ rule: FaultRule, seed: UInt64 = 1, of count: Int = 10) -> [Int] {
    var plan = FaultPlan(seed: seed, rules: [rule])
    return (1...count).filter { _ in !plan.strike(subject(), kinds: [rule.kind]).isEmpty }
  }

  @Test("the nth match alone, every so many matches, and at most so often")
  func counting() {
    #expect(hits(FaultRule(kind: .drop, nth: 3)) == [3])
    #expect(hits(FaultRule(kind: .drop, every: 4)) == [4, 8])
    #expect(hits(FaultRule(kind: .drop, limit: 2)) == [1, 2])
    #expect(hits(FaultRule(kind: .drop, every: 2, limit: 2)) == [2, 4])
  }

  @Test("only what a rule is about counts as a match")
  func about() {
    var plan = FaultPlan(seed: 1, rules: [FaultRule(kind: .timeout, type: "Pay", nth: 2)])
    let calls: [(String, FaultRule.Kind)] = [("Pay", .timeout), ("Ship", .timeout), ("Pay", .drop), ("Pay", .timeout)]
    let struck = calls.map { plan.strike(subject($0.0), kinds: [$0.1]).count }
    #expect(struck == [0, 0, 0, 1])
    #expect(plan.entries[0].matches == 2)
    #expect(plan.entries[0].hits == 1)
  }

  @Test("a seed gives the same faults each time, another seed others, and another rule changes nothing")
  func seeded() {
    let rule = FaultRule(kind: .drop, probability: 0.5)
    let first = hits(rule, seed: 7, of: 200)
    #expect(first == hits(rule, seed: 7, of: 200))
    #expect(first != hits(rule, seed: 8, of: 200))
    #expect((60...140).contains(first.count))
    var plan = FaultPlan(seed: 7, rules: [rule, FaultRule(kind: .delay, probability: 0.3, seconds: 1)])
    let again = (1...200).filter { _ in plan.strike(subject(), kinds: [.drop, .delay]).contains { $0.kind == .drop } }
    #expect(again == first)
  }

  @Test("throttling without a when means AWS's rates, and strikes no single call")
  func rates() {
    #expect(FaultRule(kind: .throttle).isRate)
    #expect(!FaultRule(kind: .throttle, nth: 1).isRate)
    #expect(hits(FaultRule(kind: .throttle)).isEmpty)
    #expect(hits(FaultRule(kind: .throttle, nth: 1)) == [1])
  }

  @Test(
    "mistakes in rules are told",
    arguments: [
      #"{"kind":"delay"}"#, #"{"kind":"drop","nth":0}"#, #"{"kind":"drop","probability":2}"#,
      #"{"kind":"drop","what":1}"#,
      #"{"kind":"explode"}"#, #"{"nth":1}"#, #"{"kind":"drop","operation":"SendMessage"}"#, #"[]"#,
      #"{"kind":"drop","nth":"2"}"#,
    ])
  func mistakes(text: String) throws {
    let document = try #require(JSONValue(parsing: text))
    let rule = try? FaultRule(document)
    #expect(rule == nil || rule?.mistake != nil)
  }

  @Test("a rule is read as it is written")
  func roundTrip() throws {
    let rule = FaultRule(kind: .delay, operation: "PollForDecisionTask", type: "Order", every: 3, seconds: 2.5)
    #expect(try FaultRule(rule.document) == rule)
  }
}
