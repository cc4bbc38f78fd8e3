import Policy
import Testing

@testable import WhatIf

@Suite("Recorded decisions about organizations")
struct CorpusTests {
  /// The case's levels as a tree: the caller's account below as many units, the resource's account beside it.
  private func organization(_ policies: PolicySet, caller: String, owner: String, enabled: Bool) -> OrganizationModel {
    typealias P = OrganizationModel.Policy
    var model = OrganizationModel(id: "o-case", managementAccount: "000000000000", root: "r-1")
    if enabled, !policies.scpLevels.isEmpty { model.enabledTypes.append(P.serviceControlType) }
    if enabled, !policies.rcpLevels.isEmpty { model.enabledTypes.append(P.resourceControlType) }
    func place(_ account: String, _ levels: [[PolicySource]], _ type: String, _ prefix: String) {
      // A level of its own for each, below a root without policies of the other type.
      var parent = "r-1"
      let units = max(levels.count - 1, 0)
      for index in 0..<units {
        model.units.append(.init(id: "\(prefix)\(index)", name: "\(prefix)\(index)", parent: parent))
        parent = "\(prefix)\(index)"
      }
      model.accounts.append(.init(id: account, name: account, email: "", parent: parent))
      for (index, level) in levels.enumerated() {
        let target = index < units ? "\(prefix)\(index)" : account
        for (number, source) in level.enumerated() {
          let id = "\(prefix)-\(index)-\(number)"
          model.policies.append(.init(id: id, name: source.name, type: type, content: source.document.text))
          model.attachments.append(.init(target: target, policy: id))
        }
      }
    }
    if !policies.scpLevels.isEmpty {
      place(caller, policies.scpLevels, P.serviceControlType, "s")
      // The root, which the case doesn't have, allows everything.
      model.policies.append(
        .init(id: P.fullAccessID, name: "FullAWSAccess", type: P.serviceControlType, content: fullAccess))
      model.attachments.append(.init(target: "r-1", policy: P.fullAccessID))
    }
    if !policies.rcpLevels.isEmpty, policies.scpLevels.isEmpty {
      place(owner, policies.rcpLevels, P.resourceControlType, "r")
    }
    return model
  }

  @Test("every case with SCPs or RCPs is decided through the tree as the evaluator decides it")
  func agrees() throws {
    var judged = 0
    var denied = 0
    for line in try corpus("own_cases.jsonl") + corpus("fuzz_cases.jsonl") {
      let one = try PolicyCases.read(line: line)
      if one.policies.scpLevels.isEmpty && one.policies.rcpLevels.isEmpty { continue }
      // Kept apart, so that a case with both is two.
      for isService in [true, false] {
        var policies = one.policies
        if isService { policies.rcpLevels = [] } else { policies.scpLevels = [] }
        if policies.scpLevels.isEmpty && policies.rcpLevels.isEmpty { continue }
        // Cases don't say whether RCPs support the service; the program asks that first.
        if !isService, !ResourceControlPolicies.apply(toAction: one.request.action, resource: one.request.resource) {
          continue
        }
        if one.request.principal.isInManagementAccount || policies.resourceIsInManagementAccount { continue }
        let caller = one.request.principal.account ?? "999999999999"
        let owner = one.request.resourceAccount ?? caller
        let off = organization(policies, caller: caller, owner: owner, enabled: false)
        let on = organization(policies, caller: caller, owner: owner, enabled: true)
        var context = one.request.context
        // The tree has its own idea of these.
        for key in ["aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:ResourceOrgID", "aws:ResourceOrgPaths"]
        where context[key] != nil {
          context[key] = nil
        }
        var request = one.request
        request.context = context
        guard !isReadingOrganization(policies) else { continue }
        let layers = PolicyEvaluator.decide(request, policies).layers
        let expected = [layers.serviceControl, layers.resourceControl].contains {
          $0.verdict == .explicitDeny || $0.verdict == .implicitDeny
        }
        if request.action.lowercased() == "sts:getcalleridentity" { continue }
        let recorded = RecordedCall(
          requestID: one.id, time: 0, region: "", principal: request.principal, principalName: "",
          checks: [
            RecordedCheck(
              action: request.action, resource: PartialResource(request.resource), resourceAccount: owner,
              context: PartialContext(context), othersAllow: true)
          ])
        let change = Replayer(try PolicyChange(before: off, after: on)).judge(recorded)
        #expect((change?.outcome == .newlyDenied) == expected, "\(one.id) \(isService ? "scp" : "rcp"): \(line)")
        // The other way round it is allowed again.
        let back = Replayer(try PolicyChange(before: on, after: off)).judge(recorded)
        #expect((back?.outcome == .newlyAllowed) == expected, "\(one.id)")
        judged += 1
        denied += expected ? 1 : 0
      }
    }
    print("\(judged) cases through trees, \(denied) of them denied")
    #expect(judged > 80)
    #expect(denied > 20)
  }

  private func isReadingOrganization(_ policies: PolicySet) -> Bool {
    (policies.scpLevels + policies.rcpLevels).joined().contains { source in
      source.document.contextKeys.contains { OrganizationKeys.all.contains($0.lowercased()) }
    }
  }
}
