import Testing

@testable import Policy

@Suite("Recorded decisions")
struct CorpusTests {
  @Test(
    "every recorded case is decided as expected",
    arguments: [
      ("own_cases.jsonl", 154), ("matrix.jsonl", 576), ("fuzz_cases.jsonl", 2000),
    ])
  func decides(_ file: String, _ count: Int) throws {
    var agreed = 0
    var seen = 0
    for line in try corpus(file) {
      let one = try PolicyCases.read(line: line)
      let expected = try #require(one.expect, "\(one.id) tells no expectation")
      let outcome = PolicyCases.outcome(of: one)
      seen += 1
      if outcome == expected { agreed += 1 }
      #expect(outcome == expected, "\(one.id): \(line)")
    }
    print("\(file): \(agreed) of \(seen) cases agree")
    #expect(seen == count)
  }

  @Test("an explanation tells the same outcome as the decision, and why")
  func explains() throws {
    for line in try corpus("own_cases.jsonl") + corpus("matrix.jsonl") {
      let one = try PolicyCases.read(line: line)
      let decision = PolicyEvaluator.decide(one.request, one.policies)
      let explanation = PolicyEvaluator.explain(one.request, one.policies)
      #expect(explanation.outcome == decision.outcome)
      #expect((explanation.reason != nil) == !decision.isAllowed, "\(one.id)")
      if decision.outcome == .explicitDeny { #expect(explanation.layers.contains { $0.verdict == .explicitDeny }) }
    }
  }

  @Test("a line of the case runner names layers and statements")
  func line() throws {
    let out = try PolicyCases.run(
      line:
        #"{"id":"x","request":{"principal":"arn:aws:iam::111122223333:user/ann","action":"s3:GetObject","resource":"arn:aws:s3:::b/k"},"identityPolicies":[{"_name":"mine","Statement":{"Sid":"No","Effect":"Deny","Action":"s3:*","Resource":"*"}}]}"#
    )
    #expect(out.hasPrefix(#"{"id":"x","decision":"explicitDeny","layer":"identity","layers":["#))
    #expect(out.contains(#"{"layer":"identity","verdict":"explicitDeny","by":"mine#No"}"#))
    #expect(throws: PolicyCases.Failure.self) { try PolicyCases.run(line: "{") }
    #expect(throws: PolicyCases.Failure.self) { try PolicyCases.run(line: #"{"id":"x"}"#) }
  }
}
