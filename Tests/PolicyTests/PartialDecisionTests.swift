import Testing

@testable import Policy

@Suite("Decisions on requests that are known in part")
struct PartialDecisionTests {
  private static let cases: [PolicyCases.Case] =
    ((try? (corpus("own_cases.jsonl") + corpus("matrix.jsonl") + corpus("fuzz_cases.jsonl"))) ?? [])
    .compactMap { try? PolicyCases.read(line: $0) }

  @Test("are the ordinary decisions when everything is known")
  func whole() throws {
    #expect(Self.cases.count == 2730)
    for one in Self.cases {
      let exact = PolicyEvaluator.decide(one.request, one.policies)
      let partial = PolicyEvaluator.decide(one.request, knowing: PartialContext(one.request.context), one.policies)
      #expect(partial.outcome == (exact.isAllowed ? .allowed : .denied), "\(one.id)")
      #expect(partial.missing.isEmpty)
    }
  }

  @Test("are never turned by what becomes known")
  func knowledge() throws {
    var hanging = 0
    for one in Self.cases {
      let exact = PolicyEvaluator.decide(one.request, one.policies)
      // Every key is forgotten once, by itself, and all together.
      let keys = one.request.context.all.map(\.key)
      for forgotten in keys.map({ [$0] }) + [keys] {
        var known = one.request.context
        for key in forgotten { known[key] = nil }
        let absent = PartialContext.KeySet([])
        let partial = PolicyEvaluator.decide(
          one.request, knowing: PartialContext(known, remainder: .unknown(absent: absent)), one.policies)
        switch partial.outcome {
        case .allowed: #expect(exact.isAllowed, "\(one.id) without \(forgotten)")
        case .denied: #expect(!exact.isAllowed, "\(one.id) without \(forgotten)")
        case .depends:
          hanging += 1
          #expect(!partial.missing.isEmpty, "\(one.id) without \(forgotten)")
        }
      }
    }
    #expect(hanging > 100)
  }
}
