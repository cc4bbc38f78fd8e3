import Policy
import Testing

@testable import WhatIf

@Suite("Decisions on incomplete knowledge")
struct PartialKnowledgeTests {
  /// Every statement of the corpora with the requests that they came with.
  private func samples() throws -> [(AuthorizationRequest, PartialStatement, Bool)] {
    var samples: [(AuthorizationRequest, PartialStatement, Bool)] = []
    for line in try corpus("own_cases.jsonl") + corpus("fuzz_cases.jsonl") {
      let one = try PolicyCases.read(line: line)
      let sources =
        one.policies.identity + one.policies.scpLevels.joined() + one.policies.rcpLevels.joined()
        + one.policies.boundaries
      for source in sources {
        let isResourcePolicy = source.kind == .resourceControl
        for statement in source.document.partialStatements()
        where statement.concerns(action: one.request.action.lowercased()) {
          samples.append((one.request, statement, isResourcePolicy))
        }
      }
    }
    return samples
  }

  private func partial(_ request: AuthorizationRequest, _ context: PartialContext) -> PartialRequest {
    PartialRequest(principal: request.principal, resource: PartialResource(request.resource), context: context)
  }

  @Test("what is certain on less knowledge stays so on more, and with everything known nothing is unknown")
  func growsOnly() throws {
    var random = SystemRandomNumberGenerator()
    let seed = UInt64.random(in: 0...UInt64.max, using: &random)
    var state = seed
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    var unknowns = 0
    for (request, statement, isResourcePolicy) in try samples() {
      let full = statement.matches(partial(request, PartialContext(request.context)), namesPrincipals: isResourcePolicy)
      #expect(full != .unknown)
      // Keys become known one after the other, in any order; what the request lacks becomes known to be absent.
      var names = Set(request.context.all.map { $0.key.lowercased() }).union(statement.keys).sorted()
      for index in names.indices.reversed() { names.swapAt(index, next(index + 1)) }
      var known = ConditionContext()
      var absent: [String] = []
      var settled: Truth?
      for step in 0...names.count {
        let context = PartialContext(known, remainder: .unknown(absent: .init(absent)))
        let truth = statement.matches(partial(request, context), namesPrincipals: isResourcePolicy)
        if let settled { #expect(truth == settled, "seed \(seed)") }
        if truth == .unknown {
          unknowns += 1
          #expect(!statement.missing(partial(request, context)).isEmpty)
        } else {
          settled = truth
          #expect(truth == full, "seed \(seed)")
        }
        guard step < names.count else {
          #expect(truth == full, "seed \(seed)")
          break
        }
        if let value = request.context[names[step]] { known[names[step]] = value } else { absent.append(names[step]) }
      }
    }
    #expect(unknowns > 100)
  }

  @Test("a resource that is known in part is certain only if whatever it stands for is")
  func likenesses() throws {
    func truth(_ element: String, _ patterns: [String], like likeness: String) throws -> Truth {
      let list = patterns.map { "\"\($0)\"" }.joined(separator: ",")
      let text = policy(#"{"Effect":"Deny","Action":"*","\#(element)":[\#(list)]}"#)
      let statement = try #require(try PolicyDocument(parsing: text).partialStatements().first)
      return statement.matches(
        PartialRequest(principal: role(app), resource: PartialResource(like: likeness), context: PartialContext([:])),
        namesPrincipals: false)
    }
    let roleLike = "arn:aws:iam::\(app):role/*security-audit"
    #expect(try truth("Resource", ["*"], like: roleLike) == .yes)
    #expect(try truth("Resource", ["arn:aws:iam::*:role/*security-audit"], like: roleLike) == .yes)
    #expect(try truth("Resource", ["arn:aws:iam::*:role/security-*"], like: roleLike) == .unknown)
    #expect(try truth("Resource", ["arn:aws:iam::*:role/deploy"], like: roleLike) == .no)
    #expect(try truth("Resource", ["arn:aws:iam::*:role/?*"], like: roleLike) == .unknown)
    #expect(try truth("NotResource", ["arn:aws:iam::*:role/*security-audit"], like: roleLike) == .no)
    #expect(try truth("NotResource", ["arn:aws:iam::*:role/deploy"], like: roleLike) == .yes)
    #expect(try truth("Resource", ["arn:aws:s3:::logs/*"], like: "*") == .unknown)
    #expect(try truth("Resource", ["arn:aws:sqs"], like: "arn:aws:sqs:us-east-1:\(app):*") == .yes)
    #expect(try truth("Resource", ["arn:aws:s3:::logs/*"], like: "arn:aws:s3:::*") == .unknown)
  }

  @Test("likenesses agree with what they stand for, tried out on short texts")
  func likenessesByTrial() throws {
    let alphabet: [Character] = ["a", "b", "*"]
    func words(_ length: Int) -> [String] {
      length == 0 ? [""] : words(length - 1).flatMap { word in alphabet.map { word + String($0) } }
    }
    let words = (0...3).flatMap(words)
    let fillings = ["", "a", "b", "ab", "ba", "aab"]
    for likeness in words {
      for pattern in words {
        let text = policy(#"{"Effect":"Deny","Action":"*","Resource":"arn:aws:x:::\#(pattern)"}"#)
        let statement = try #require(try PolicyDocument(parsing: text).partialStatements().first)
        func truth(_ resource: PartialResource) -> Truth {
          statement.matches(
            PartialRequest(principal: role(app), resource: resource, context: PartialContext([:])),
            namesPrincipals: false)
        }
        let answer = truth(PartialResource(like: "arn:aws:x:::" + likeness))
        guard answer != .unknown else { continue }
        for filling in fillings {
          let real = likeness.split(separator: "*", omittingEmptySubsequences: false).joined(separator: filling)
          #expect(truth(PartialResource("arn:aws:x:::" + real)) == answer, "\(likeness) as \(real) by \(pattern)")
        }
      }
    }
  }

  @Test("a caller from elsewhere is certainly not in the organization, whether the key is absent or another one")
  func exclusions() throws {
    func truth(_ condition: String) throws -> Truth {
      let text = policy(#"{"Effect":"Deny","Action":"*","Resource":"*","Condition":{\#(condition)}}"#)
      let statement = try #require(try PolicyDocument(parsing: text).partialStatements().first)
      var context = PartialContext([:], remainder: .unknown(absent: .init([])))
      context.exclude(["o-test"], from: "aws:PrincipalOrgID")
      return statement.matches(
        PartialRequest(principal: role("999999999999"), resource: PartialResource("*"), context: context),
        namesPrincipals: false)
    }
    #expect(try truth(#""StringNotEquals":{"aws:PrincipalOrgID":"o-test"}"#) == .yes)
    #expect(try truth(#""StringNotEqualsIfExists":{"aws:PrincipalOrgID":"o-test"}"#) == .yes)
    #expect(try truth(#""StringEquals":{"aws:principalorgid":"o-test"}"#) == .no)
    #expect(try truth(#""StringEqualsIfExists":{"aws:PrincipalOrgID":"o-test"}"#) == .unknown)
    #expect(try truth(#""StringNotEquals":{"aws:PrincipalOrgID":["o-test","o-partner"]}"#) == .unknown)
    #expect(try truth(#""Null":{"aws:PrincipalOrgID":"true"}"#) == .unknown)
  }

  @Test("no outweighs unknown in a conjunction, yes in a disjunction")
  func kleene() {
    #expect((Truth.no && .unknown) == .no)
    #expect((Truth.unknown && .no) == .no)
    #expect((Truth.unknown && .yes) == .unknown)
    #expect((Truth.unknown || .yes) == .yes)
    #expect((Truth.no || .unknown) == .unknown)
    #expect(!Truth.unknown == .unknown)
  }
}
