import Foundation
import Testing

@testable import Policy

@Suite("Explanations")
struct ExplanationTests {
  @Test("the nearest statement and what it lacks are told")
  func nearMiss() throws {
    let policy = try source(
      #"""
      {"Version":"2012-10-17","Statement":[
        {"Sid":"Queues","Effect":"Allow","Action":"sqs:*","Resource":"*"},
        {"Sid":"Write","Effect":"Allow","Action":"s3:PutObject","Resource":"*"},
        {"Sid":"Home","Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::bkt/*",
         "Condition":{"StringEquals":{"aws:PrincipalTag/team":"red"}}}]}
      """#, name: "mine")
    let explanation = PolicyEvaluator.explain(
      read(ann, ["aws:PrincipalTag/Team": "blue"]), PolicySet(identity: [policy]))
    let identity = try #require(explanation.layers.first { $0.layer == .identity })
    let miss = try #require(identity.nearMiss)
    #expect(miss.policy == "mine#Home")
    #expect(miss.failed.map(\.element) == [.condition])
    #expect(miss.failed.first?.operator == "StringEquals")
    #expect(miss.failed.first?.wanted == ["red"])
    #expect(miss.failed.first?.had == ["blue"])
    let text = explanation.text
    #expect(text.hasPrefix("DENIED, for nothing allows it: s3:GetObject on arn:aws:s3:::bkt/k"))
    #expect(text.contains("condition: StringEquals aws:PrincipalTag/team wants red, request has blue"))
    #expect(text.contains("because no identity-based policy allows the s3:GetObject action"))
  }

  @Test("every SCP level is told with its entity, and the level that stays silent")
  func levels() throws {
    let full = PolicySource(
      .serviceControl, name: "FullAWSAccess", entity: "r-root", try document("{\"Statement\":\(allowAll)}"))
    let narrow = PolicySource(
      .serviceControl, name: "OnlyQueues", entity: "ou-1",
      try document(#"{"Statement":{"Effect":"Allow","Action":"sqs:*","Resource":"*"}}"#))
    let explanation = PolicyEvaluator.explain(
      read(), PolicySet(identity: [try one(allowAll)], scpLevels: [[full], [narrow]]))
    let levels = explanation.layers.filter { $0.layer == .serviceControl }
    #expect(levels.map(\.entity) == ["r-root", "ou-1"])
    #expect(levels.map(\.verdict) == [.allow, .implicitDeny])
    #expect(explanation.decidedBy == "scp")
  }

  @Test("an explicit denial tells the conditions that it found met, and a plain-HTTP hint")
  func met() throws {
    let policy = try one(
      #"{"Sid":"TLS","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}"#,
      .resource, name: "bucket policy")
    let explanation = PolicyEvaluator.explain(
      read(ann, ["aws:SecureTransport": "false"]), PolicySet(identity: [try one(allowAll)], resource: policy))
    let layer = try #require(explanation.layers.first { $0.layer == .resource })
    #expect(layer.decidedBy == "bucket policy#TLS")
    #expect(layer.met.map(\.key) == ["aws:SecureTransport"])
    #expect(explanation.hints.contains { $0.contains("plain HTTP") })
  }

  @Test("hints tell what surprises people")
  func hints() throws {
    func hints(_ request: AuthorizationRequest, _ policies: PolicySet) -> [String] {
      PolicyEvaluator.explain(request, policies).hints
    }
    let bucketOnly = try one(#"{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::bkt"}"#)
    #expect(hints(read(), PolicySet(identity: [bucketOnly])).contains { $0.contains("doesn't cover its objects") })
    let scalar = try one(
      #"{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"StringEquals":{"aws:TagKeys":"a"}}}"#)
    #expect(
      hints(read(ann, ["aws:TagKeys": ["a"]]), PolicySet(identity: [scalar])).contains { $0.contains("ForAnyValue") })
    let account = try one(
      #"{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"s3:*","Resource":"*"}"#, .resource)
    #expect(hints(read(), PolicySet(resource: account)).contains { $0.contains("names the account, not the caller") })
    #expect(
      hints(read(owner: "444455556666"), PolicySet(identity: [bucketOnly])).contains { $0.contains("both must allow") })
    let spare = try one(
      #"{"Effect":"Deny","NotPrincipal":{"AWS":"arn:aws:iam::111122223333:user/ann"},"Action":"s3:*","Resource":"*"}"#,
      .resource)
    #expect(hints(read(), PolicySet(resource: spare)).contains { $0.contains("Deny with NotPrincipal spares") })
  }

  @Test("an explanation survives JSON")
  func coding() throws {
    let explanation = PolicyEvaluator.explain(
      read(ann, ["a": ["b"], "c": "d"]), PolicySet(identity: [try one(allowAll)]))
    let data = try JSONEncoder().encode(explanation)
    let back = try JSONDecoder().decode(Explanation.self, from: data)
    #expect(back.text == explanation.text)
    #expect(back.context.map(\.isMultiValued) == [true, false])
  }
}
