/// Puts an explanation together.
struct Explainer {
  let request: AuthorizationRequest
  let policies: PolicySet
  let decision: Decision
  private let prepared: PreparedRequest

  init(request: AuthorizationRequest, policies: PolicySet, decision: Decision) {
    self.request = request
    self.policies = policies
    self.decision = decision
    prepared = PreparedRequest(request)
  }

  mutating func explain() -> Explanation {
    let layers = decision.decider == .always ? [] : PolicyLayer.allCases.flatMap(explain)
    return Explanation(
      outcome: decision.outcome, decidedBy: decision.decider.name, reason: decision.reason(action: request.action),
      principal: request.principal.arn, action: request.action, resource: request.resource,
      principalAccount: request.principal.account, resourceAccount: request.owner,
      isSameAccount: decision.isSameAccount,
      layers: layers, hints: ExplanationHints(request: request, policies: policies, decision: decision).all(layers),
      context: request.context.all.map { key, value in
        if case .multiple(let values) = value { return .init(key: key, values: values, isMultiValued: true) }
        return .init(key: key, values: value.all, isMultiValued: false)
      })
  }

  /// SCPs and RCPs are told level by level, other layers in one piece.
  private func explain(_ layer: PolicyLayer) -> [Explanation.Layer] {
    let result = decision.layers[layer]
    let levels = policies.levels(of: layer)
    guard result.verdict != .notApplicable, layer == .serviceControl || layer == .resourceControl else {
      return [one(layer, result, levels.first ?? [], entity: nil)]
    }
    return levels.enumerated().map { index, sources in
      var alone = policies
      if layer == .serviceControl { alone.scpLevels = [sources] } else { alone.rcpLevels = [sources] }
      let entity = sources.lazy.compactMap(\.entity).first ?? "level \(index)"
      return one(layer, PolicyEvaluator.judgeLayers(prepared, alone)[layer], sources, entity: entity)
    }
  }

  private func one(
    _ layer: PolicyLayer, _ result: LayerResult, _ sources: [PolicySource], entity: String?
  ) -> Explanation.Layer {
    var decidedBy: String?
    var arn: String?
    var met: [Explanation.Check] = []
    if let reference = result.statement, sources.indices.contains(reference.policy) {
      let source = sources[reference.policy]
      decidedBy = source.label(ofStatement: reference.statement)
      arn = source.arn
      if result.verdict == .explicitDeny {
        met = checks(source.document.statements[reference.statement], layer).filter { $0.element == .condition }
      }
    }
    return Explanation.Layer(
      layer: layer, entity: entity, verdict: result.verdict,
      grant: layer == .resource && result.verdict != .notApplicable ? result.grant.name : nil, decidedBy: decidedBy,
      policyARN: arn, met: met, nearMiss: result.verdict == .implicitDeny ? nearMiss(sources, layer) : nil,
      note: note(layer, result, sources))
  }

  // MARK: The nearest statement

  private func nearMiss(_ sources: [PolicySource], _ layer: PolicyLayer) -> Explanation.NearMiss? {
    var best: (score: Int, miss: Explanation.NearMiss)?
    for source in sources {
      for statement in source.document.statements where statement.effect == .allow && !statement.isMalformed {
        let checks = checks(statement, layer)
        let score = score(checks)
        guard score > 0, score > best?.score ?? 0 else { continue }
        best = (
          score,
          .init(
            policy: source.label(ofStatement: statement.index), policyARN: source.arn,
            failed: checks.filter { !$0.matches })
        )
      }
    }
    return best?.miss
  }

  /// How near a statement comes: the action counts most, then resource and principal, then conditions. A statement about
  /// another service counts nothing.
  private func score(_ checks: [Explanation.Check]) -> Int {
    var score = 0
    let conditions = checks.filter { $0.element == .condition }
    for check in checks {
      switch check.element {
      case .action where check.matches: score += 1000
      case .action:
        let service = request.service + ":"
        guard check.wanted.contains(where: { $0.lowercased().hasPrefix(service) }) else { return 0 }
      case .resource: score += check.matches ? 300 : 0
      case .principal: score += check.matches ? 300 : 0
      case .condition: break
      }
    }
    let failed = conditions.filter { !$0.matches }.count
    return score + max(1, 200 - 50 * failed)
  }

  /// Every part of a statement against the request.
  private func checks(_ statement: Statement, _ layer: PolicyLayer) -> [Explanation.Check] {
    var checks: [Explanation.Check] = []
    let element: (name: String, entries: PrincipalElement)? =
      switch statement.principals {
      case .absent: nil
      case .principal(let element): ("", element)
      case .notPrincipal(let element): ("not ", element)
      }
    if layer == .resource || layer == .vpcEndpoint || layer == .resourceControl {
      let grant = PolicyEvaluator.grant(
        of: statement, prepared, bounded: layer == .resource && !policies.boundaries.isEmpty,
        withoutPrincipal: layer == .vpcEndpoint ? .direct : .none)
      checks.append(
        check(
          .principal, grant != .none,
          element.map { pair in pair.entries.entries.map { "\(pair.name)\($0.type): \($0.value)" } } ?? [],
          [request.principal.arn]))
    }
    let actions: [String] =
      switch statement.actions {
      case .absent: []
      case .action(let patterns): patterns.map(\.text)
      case .notAction(let patterns): patterns.map { "not \($0.text)" }
      }
    checks.append(check(.action, statement.matchesAction(prepared), actions, [request.action]))
    let resources: [String] =
      switch statement.resources {
      case .absent: ["*"]
      case .resource(let patterns): patterns.map(\.text)
      case .notResource(let patterns): patterns.map { "not \($0.text)" }
      }
    checks.append(check(.resource, statement.matchesResource(prepared), resources, [request.resource]))
    for clause in statement.conditions {
      checks.append(
        Explanation.Check(
          element: .condition, matches: clause.holds(request.context), operator: clause.operatorText,
          key: clause.key.name, wanted: clause.values, had: request.context.lookup(clause.key)?.all))
    }
    return checks
  }

  private func check(
    _ element: Explanation.Element, _ matches: Bool, _ wanted: [String], _ had: [String]
  ) -> Explanation.Check {
    Explanation.Check(element: element, matches: matches, operator: nil, key: nil, wanted: wanted, had: had)
  }

  // MARK: Notes

  private func note(_ layer: PolicyLayer, _ result: LayerResult, _ sources: [PolicySource]) -> String? {
    let principal = request.principal
    switch (layer, result.verdict) {
    case (.serviceControl, .notApplicable):
      if policies.scpLevels.isEmpty { return nil }
      if principal.isServiceLinkedRole { return "service-linked roles are exempt" }
      if principal.isInManagementAccount { return "the management account is exempt" }
      return "services and anonymous callers belong to no account"
    case (.resourceControl, .notApplicable):
      if policies.rcpLevels.isEmpty { return nil }
      if principal.isServiceLinkedRole { return "service-linked roles are exempt" }
      return "resources of the management account are exempt"
    case (.identity, .allow) where principal.isRoot: return "the root user needs no identity-based policy"
    case (.identity, .implicitDeny) where sources.isEmpty && !principal.isOutsideAccounts:
      return "no identity-based policy is attached"
    case (.session, .implicitDeny) where sources.isEmpty:
      return "the session has no session policy and so no permissions"
    case (.resource, .implicitDeny): return "names neither the caller nor the account in a statement that matches"
    case (.resource, .allow) where result.grant == .account && decision.isSameAccount:
      return "names the account, which leaves the decision to its own policies"
    case (.resource, .allow) where result.grant == .role: return "names the role of the session"
    default: return nil
    }
  }
}
