import Testing

@testable import Policy

/// What holds for every request, tried on all recorded and random cases.
@Suite("Properties of evaluation")
struct PropertyTests {
  static func cases() throws -> [PolicyCases.Case] {
    try (corpus("own_cases.jsonl") + corpus("matrix.jsonl") + corpus("fuzz_cases.jsonl")).map {
      try PolicyCases.read(line: $0)
    }
  }

  private func outcome(_ one: PolicyCases.Case, _ policies: PolicySet) -> Decision.Outcome {
    PolicyEvaluator.decide(one.request, policies).outcome
  }

  /// The sources with another statement behind each document's own, and those before it in another order.
  private func rewritten(_ source: PolicySource, _ change: ([JSONNode]) -> [JSONNode]) throws -> PolicySource {
    let root = try JSONReader.read(Array(source.document.text.utf8))
    let members = (root.members ?? []).map { member in
      guard member.key == "Statement" else { return member }
      let node = JSONNode(value: .array(change(member.node.asList)), start: 0, end: 0)
      return JSONNode.Member(key: member.key, node: node)
    }
    var text = JSONText()
    text.node(JSONNode(value: .object(members), start: 0, end: 0))
    return PolicySource(source.kind, name: source.name, try PolicyDocument(parsing: text.text))
  }

  @Test("another identity policy that allows never takes a permission away, and one that denies never gives one")
  func monotone() throws {
    let allow = try one(allowAll)
    let deny = try one(#"{"Effect":"Deny","Action":"s3:*","Resource":"*"}"#)
    var changed = 0
    for one in try Self.cases() {
      let before = outcome(one, one.policies)
      var more = one.policies
      more.identity.append(allow)
      let after = outcome(one, more)
      if before == .allowed { #expect(after == .allowed, "\(one.id)") }
      changed += before == after ? 0 : 1
      var less = one.policies
      less.identity.append(deny)
      if before != .allowed { #expect(outcome(one, less) != .allowed, "\(one.id)") }
    }
    #expect(changed > 100)
  }

  @Test("order and repetition of statements and policies don't matter")
  func order() throws {
    for one in try Self.cases() {
      let before = outcome(one, one.policies)
      func mirrored(_ sources: [PolicySource]) throws -> [PolicySource] {
        try sources.reversed().map { try rewritten($0) { $0.reversed() + $0 } }
      }
      var other = one.policies
      other.identity = try mirrored(other.identity)
      other.boundaries = try mirrored(other.boundaries)
      other.session = try other.session.map(mirrored)
      other.scpLevels = try other.scpLevels.map(mirrored).reversed()
      other.rcpLevels = try other.rcpLevels.map(mirrored).reversed()
      other.resource = try other.resource.map { try mirrored([$0])[0] }
      #expect(outcome(one, other) == before, "\(one.id)")
    }
  }

  @Test("SCPs that allow everything at every level are as no SCPs")
  func fullAccess() throws {
    let full = try one(allowAll)
    for one in try Self.cases() where one.policies.scpLevels.isEmpty {
      var guarded = one.policies
      guarded.scpLevels = [[full], [full], [full]]
      #expect(outcome(one, guarded) == outcome(one, one.policies), "\(one.id)")
    }
  }

  @Test("an explicit denial by an SCP always wins over members' permissions")
  func guardrail() throws {
    let deny = try one(#"{"Effect":"Deny","Action":"*","Resource":"*"}"#)
    for one in try Self.cases() where one.request.action.lowercased() != "sts:getcalleridentity" {
      var guarded = one.policies
      guarded.scpLevels = [[deny]]
      let principal = one.request.principal
      let isExempt = principal.isOutsideAccounts || principal.isServiceLinkedRole || principal.isInManagementAccount
      #expect((outcome(one, guarded) == .explicitDeny) || isExempt, "\(one.id)")
    }
  }

  @Test("documents of the old version take ${ for plain text")
  func oldVersion() throws {
    let text = #"{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::bkt/${aws:username}"}]}"#
    let old = PolicySet(identity: [try source(text)])
    #expect(!PolicyEvaluator.decide(read(resource: "arn:aws:s3:::bkt/ann", ["aws:username": "ann"]), old).isAllowed)
    let literal = read(resource: "arn:aws:s3:::bkt/${aws:username}", ["aws:username": "ann"])
    #expect(PolicyEvaluator.decide(literal, old).isAllowed)
  }
}
