import Testing

@testable import Policy

@Suite("Decisions")
struct EvaluatorTests {
  @Test("a saved principal's unique id names the user or role, and nobody made later")
  func pinnedIDs() throws {
    let policy = try one(#"{"Effect":"Allow","Principal":{"AWS":"AIDAANN"},"Action":"s3:*","Resource":"*"}"#, .resource)
    #expect(PolicyEvaluator.decide(read(), PolicySet(resource: policy)).isAllowed)
    let namesake = Principal(.user(arn: ann.arn, id: "AIDANEW"))
    #expect(!PolicyEvaluator.decide(read(namesake), PolicySet(resource: policy)).isAllowed)
    let role = try one(#"{"Effect":"Allow","Principal":{"AWS":"AROAAPP"},"Action":"s3:*","Resource":"*"}"#, .resource)
    #expect(PolicyEvaluator.decide(read(session), PolicySet(resource: role)).isAllowed)
  }

  @Test("a role ARN names its sessions only with the role's path")
  func paths() throws {
    func decision(_ arn: String) throws -> Decision {
      let policy = try one(
        #"{"Effect":"Allow","Principal":{"AWS":"\#(arn)"},"Action":"s3:*","Resource":"*"}"#, .resource)
      return PolicyEvaluator.decide(read(session), PolicySet(resource: policy))
    }
    #expect(try decision("arn:aws:iam::111122223333:role/team/app").isAllowed)
    #expect(try !decision("arn:aws:iam::111122223333:role/app").isAllowed)
  }

  @Test("a federated user without session policy has no permissions of his own")
  func federated() throws {
    let bob = Principal(
      .federatedUser(arn: "arn:aws:sts::111122223333:federated-user/bob", id: "111122223333:bob", userARN: ann.arn))
    let all = try one(allowAll)
    #expect(!PolicyEvaluator.decide(read(bob), PolicySet(identity: [all], session: [])).isAllowed)
    #expect(PolicyEvaluator.decide(read(bob), PolicySet(identity: [all], session: [all])).isAllowed)
    let named = try one(
      #"{"Effect":"Allow","Principal":{"AWS":"\#(ann.arn)"},"Action":"s3:*","Resource":"*"}"#, .resource)
    let limited = PolicyEvaluator.decide(read(bob), PolicySet(identity: [], session: [], resource: named))
    #expect(limited.decider == .layer(.session))
    let direct = try one(
      #"{"Effect":"Allow","Principal":{"AWS":"\#(bob.arn)"},"Action":"s3:*","Resource":"*"}"#, .resource)
    #expect(PolicyEvaluator.decide(read(bob), PolicySet(identity: [], session: [], resource: direct)).isAllowed)
  }

  @Test("several session policies allow together")
  func sessions() throws {
    let reading = try one(#"{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}"#, .sessionInline)
    let writing = try one(#"{"Effect":"Allow","Action":"s3:Put*","Resource":"*"}"#, .sessionManaged)
    let all = try one(allowAll)
    #expect(PolicyEvaluator.decide(read(session), PolicySet(identity: [all], session: [writing, reading])).isAllowed)
    #expect(!PolicyEvaluator.decide(read(session), PolicySet(identity: [all], session: [writing])).isAllowed)
  }

  @Test("a resource policy that must allow by itself makes identity policies insufficient")
  func mustAllow() throws {
    let all = try one(allowAll)
    #expect(PolicyEvaluator.decide(read(), PolicySet(identity: [all])).isAllowed)
    let strict = PolicyEvaluator.decide(read(), PolicySet(identity: [all], resourceRule: .mustAllow))
    #expect(strict.outcome == .implicitDeny)
    #expect(strict.decider == .layer(.resource))
  }

  @Test("NotPrincipal in a Deny hits everyone with a permissions boundary")
  func notPrincipal() throws {
    let policy = try one(
      #"{"Effect":"Deny","NotPrincipal":{"AWS":["111122223333","\#(ann.arn)"]},"Action":"s3:*","Resource":"*"}"#,
      .resource)
    let all = try one(allowAll)
    #expect(PolicyEvaluator.decide(read(), PolicySet(identity: [all], resource: policy)).isAllowed)
    let bounded = PolicyEvaluator.decide(read(), PolicySet(identity: [all], boundaries: [all], resource: policy))
    #expect(bounded.outcome == .explicitDeny)
  }

  @Test(
    "what can't be judged never matches",
    arguments: [
      #"{"Effect":"allow","Action":"*","Resource":"*"}"#, #"{"Action":"*","Resource":"*"}"#,
      #"{"Effect":"Allow","Action":"*","Resource":"*","Condition":"x"}"#,
      #"{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":"x"}}"#, #""x""#,
      #"{"Effect":"Allow","Resource":"*"}"#, #"{"Effect":"Allow","Action":[],"Resource":"*"}"#,
      #"{"Effect":"Allow","Action":"*","Resource":[]}"#, #"{"effect":"Allow","Action":"*","Resource":"*"}"#,
    ])
  func malformed(_ statement: String) throws {
    #expect(PolicyEvaluator.decide(read(), PolicySet(identity: [try one(statement)])).outcome == .implicitDeny)
  }

  @Test("rules of the services stand beside the policies")
  func serviceRules() {
    let rule = ServiceRule.refusing(action: "iam:DeletePolicy", resource: "arn:aws:iam::aws:policy/ReadOnlyAccess")
    #expect(rule == .awsManagedPolicy)
    #expect(ServiceRule.refusing(action: "iam:GetPolicy", resource: "arn:aws:iam::aws:policy/ReadOnlyAccess") == nil)
    #expect(
      ServiceRule.refusing(action: "iam:DeletePolicy", resource: "arn:aws:iam::111122223333:policy/aws:policy/x") == nil
    )
    #expect(
      ServiceRule.refusing(action: "kms:DeleteAlias", resource: "arn:aws:kms:us-east-1:1:alias/aws/s3")
        == .awsManagedAlias)
  }

  @Test("RCPs apply to services that support them and actions that have a resource")
  func resourceControl() {
    #expect(ResourceControlPolicies.apply(toAction: "s3:GetObject", resource: "arn:aws:s3:::b/k"))
    #expect(!ResourceControlPolicies.apply(toAction: "s3:ListAllMyBuckets", resource: "*"))
    #expect(!ResourceControlPolicies.apply(toAction: "sns:Publish", resource: "arn:aws:sns:us-east-1:1:t"))
    #expect(!ResourceControlPolicies.apply(toAction: "kms:RetireGrant", resource: "arn:aws:kms:us-east-1:1:key/k"))
  }
}

@Suite("Messages of denials")
struct ReasonTests {
  @Test("an implicit denial names the layer that doesn't allow")
  func implicit() throws {
    let all = try one(allowAll)
    let put = try one(#"{"Effect":"Allow","Action":"s3:Put*","Resource":"*"}"#)
    func reason(_ policies: PolicySet, owner: String = "111122223333") -> String? {
      PolicyEvaluator.decide(read(owner: owner), policies).reason(action: "s3:GetObject")
    }
    #expect(reason(PolicySet()) == "because no identity-based policy allows the s3:GetObject action")
    #expect(
      reason(PolicySet(identity: [all], boundaries: [put]))
        == "because no permissions boundary allows the s3:GetObject action")
    #expect(
      reason(PolicySet(identity: [all], session: [put])) == "because no session policy allows the s3:GetObject action")
    #expect(
      reason(PolicySet(identity: [all], scpLevels: [[put]]))
        == "because no service control policy allows the s3:GetObject action")
    #expect(
      reason(PolicySet(identity: [all]), owner: "444455556666")
        == "because no resource-based policy allows the s3:GetObject action")
    #expect(
      reason(PolicySet(identity: [all], vpcEndpoint: [put]))
        == "because no VPC endpoint policy allows the s3:GetObject action")
    #expect(reason(PolicySet(identity: [all])) == nil)
  }

  @Test("an explicit denial names the policy if it has an ARN of its own")
  func explicit() throws {
    let deny = #"{"Effect":"Deny","Action":"*","Resource":"*"}"#
    func reason(_ policies: PolicySet) -> String? {
      PolicyEvaluator.decide(read(), policies).reason(action: "s3:GetObject")
    }
    let scp = "arn:aws:organizations::1:policy/o-a/service_control_policy/p-a"
    #expect(
      reason(PolicySet(scpLevels: [[try one(deny, .serviceControl, arn: scp)]]))
        == "with an explicit deny in a service control policy: \(scp)")
    #expect(
      reason(PolicySet(identity: [try one(deny, .userInline)])) == "with an explicit deny in an identity-based policy")
    #expect(
      reason(PolicySet(identity: [try one(deny, .managed, arn: "arn:aws:iam::1:policy/p")]))
        == "with an explicit deny in an identity-based policy: arn:aws:iam::1:policy/p")
    let everyone = #"{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}"#
    #expect(
      reason(PolicySet(resource: try one(everyone, .resource))) == "with an explicit deny in a resource-based policy")
    #expect(
      reason(PolicySet(rcpLevels: [[try one(everyone, .resourceControl, arn: "arn:x")]]))
        == "with an explicit deny in a resource control policy: arn:x")
  }

  @Test("trust policies are called so, and the whole message names the caller's session")
  func trust() throws {
    let trust = try one(
      #"{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}"#, .trust)
    let request = AuthorizationRequest(
      principal: session, action: "sts:AssumeRole", resource: "arn:aws:iam::111122223333:role/x",
      resourceAccount: "111122223333")
    let decision = PolicyEvaluator.decide(request, PolicySet(identity: [try one(allowAll)], resource: trust))
    #expect(
      decision.reason(action: "sts:AssumeRole") == "because no role trust policy allows the sts:AssumeRole action")
    #expect(
      decision.message(principal: session, action: "sts:AssumeRole", resource: request.resource, tellsReason: false)
        == "User: arn:aws:sts::111122223333:assumed-role/app/s1 is not authorized to perform: sts:AssumeRole on resource: "
        + "arn:aws:iam::111122223333:role/x")
  }
}
