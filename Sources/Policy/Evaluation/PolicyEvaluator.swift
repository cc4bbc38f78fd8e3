/// The judge: pure functions from a request and the policies that apply to it, to a decision.
///
/// AWS: IAM user guide, "Policy evaluation logic". Explicit denials win wherever they stand; SCPs must allow at every level;
/// a VPC endpoint policy must allow; within an account the resource policy *or* the identity policies allow, across
/// accounts both must; boundaries and session policies limit what identity policies allow.
public enum PolicyEvaluator {
  /// Decides a request. Costs a few microseconds.
  public static func decide(_ request: AuthorizationRequest, _ policies: PolicySet) -> Decision {
    let prepared = PreparedRequest(request)
    if prepared.action.elementsEqual("sts:getcalleridentity".utf8) {
      return Decision(
        outcome: .allowed, outcomeWithoutOrganization: .allowed, decider: .always, source: nil, statement: nil,
        layers: LayerResults(), isSameAccount: true, concernsTrust: false)
    }
    let layers = judgeLayers(prepared, policies)
    let owner = request.owner
    let same = request.principal.account != nil && request.principal.account == owner
    let (outcome, decider) = verdict(prepared, policies, layers, sameAccount: same)
    var without = outcome
    if case .layer(let layer) = decider, layer == .serviceControl || layer == .resourceControl {
      var others = layers
      others.serviceControl = LayerResult(.notApplicable)
      others.resourceControl = LayerResult(.notApplicable)
      without = verdict(prepared, policies, others, sameAccount: same).0
    }
    let trust = policies.resource.map { $0.kind == .trust } ?? prepared.action.starts(with: "sts:assumerole".utf8)
    var source: PolicySource?
    var statement: Int?
    if case .layer(let layer) = decider, let reference = layers[layer].statement {
      source = policies.source(reference, in: layer)
      statement = reference.statement
    }
    return Decision(
      outcome: outcome, outcomeWithoutOrganization: without, decider: decider, source: source, statement: statement,
      layers: layers, isSameAccount: same, concernsTrust: trust)
  }

  /// From what each layer says to the answer.
  private static func verdict(
    _ request: PreparedRequest, _ policies: PolicySet, _ layers: LayerResults, sameAccount: Bool
  ) -> (Decision.Outcome, Decision.Decider) {
    for layer in denialOrder where layers[layer].verdict == .explicitDeny { return (.explicitDeny, .layer(layer)) }
    for layer in [PolicyLayer.serviceControl, .resourceControl, .vpcEndpoint]
    where layers[layer].verdict == .implicitDeny {
      return (.implicitDeny, .layer(layer))
    }
    let grant = layers.resource.grant
    if request.principal.isOutsideAccounts {
      return (grant == .direct ? .allowed : .implicitDeny, .layer(.resource))
    }
    let limit: PolicyLayer? =
      layers.boundary.verdict == .implicitDeny
      ? .boundary : layers.session.verdict == .implicitDeny ? .session : nil
    if sameAccount {
      if grant == .direct { return (.allowed, .layer(.resource)) }
      if grant == .role { return limit.map { (.implicitDeny, .layer($0)) } ?? (.allowed, .layer(.resource)) }
      if grant == .none, resourcePolicyMustAllow(request, policies) { return (.implicitDeny, .layer(.resource)) }
    } else if grant == .none {
      return (.implicitDeny, .layer(.resource))
    }
    if layers.identity.verdict != .allow { return (.implicitDeny, .layer(.identity)) }
    if let limit { return (.implicitDeny, .layer(limit)) }
    return (.allowed, sameAccount ? .layer(.identity) : .bothAccounts)
  }

  /// Which explicit denial is told, if several layers deny.
  private static let denialOrder: [PolicyLayer] = [
    .serviceControl, .resourceControl, .vpcEndpoint, .resource, .identity, .boundary, .session,
  ]

  private static func resourcePolicyMustAllow(_ request: PreparedRequest, _ policies: PolicySet) -> Bool {
    switch policies.resourceRule {
    case .mustAllow: return true
    case .mayAllow: return false
    case .automatic:
      if request.action.starts(with: "sts:assumerole".utf8) { return true }
      guard request.action.starts(with: "kms:".utf8) else { return false }
      let key = Array(":key/".utf8)
      let resource = request.resource.bytes
      return resource.indices.contains { resource[$0...].starts(with: key) }
    }
  }

  // MARK: Layers

  static func judgeLayers(_ request: PreparedRequest, _ policies: PolicySet) -> LayerResults {
    let principal = request.principal
    var layers = LayerResults()
    if !policies.scpLevels.isEmpty, !principal.isOutsideAccounts, !principal.isServiceLinkedRole,
      !principal.isInManagementAccount
    {
      layers.serviceControl = serviceControl(policies.scpLevels, request)
    }
    if !policies.rcpLevels.isEmpty, !principal.isServiceLinkedRole, !policies.resourceIsInManagementAccount {
      layers.resourceControl = resourceControl(policies.rcpLevels, request)
    }
    if !policies.vpcEndpoint.isEmpty { layers.vpcEndpoint = vpcEndpoint(policies.vpcEndpoint, request) }
    layers.identity = principal.isRoot ? LayerResult(.allow) : permissions(policies.identity, request)
    if !policies.boundaries.isEmpty { layers.boundary = permissions(policies.boundaries, request) }
    if let session = policies.session { layers.session = permissions(session, request) }
    if let resource = policies.resource {
      let result = resourceGrant(resource, request, bounded: !policies.boundaries.isEmpty)
      if let deny = result.deny {
        layers.resource = LayerResult(
          .explicitDeny, StatementReference(level: 0, policy: 0, statement: deny), grant: result.grant)
      } else if let allow = result.allow {
        layers.resource = LayerResult(
          .allow, StatementReference(level: 0, policy: 0, statement: allow), grant: result.grant)
      } else {
        layers.resource = LayerResult(.implicitDeny)
      }
    }
    return layers
  }

  /// Policies without principals: the first denial, else the first allowance.
  private static func permissions(
    _ sources: [PolicySource], _ request: PreparedRequest, level: Int = 0
  ) -> LayerResult {
    var allow: StatementReference?
    for (policy, source) in sources.enumerated() {
      for statement in source.document.statements where statement.effect == .deny || allow == nil {
        guard statement.matches(request) else { continue }
        let reference = StatementReference(level: level, policy: policy, statement: statement.index)
        if statement.effect == .deny { return LayerResult(.explicitDeny, reference) }
        allow = reference
      }
    }
    return allow.map { LayerResult(.allow, $0) } ?? LayerResult(.implicitDeny, level: level)
  }

  private static func serviceControl(_ levels: [[PolicySource]], _ request: PreparedRequest) -> LayerResult {
    var worst = LayerResult(.allow)
    for (index, level) in levels.enumerated() {
      let result = permissions(level, request, level: index)
      switch result.verdict {
      case .explicitDeny: return result
      case .implicitDeny where worst.verdict == .allow: worst = result
      // The lowest level's allowance is the most telling.
      case .allow where worst.verdict == .allow: worst = result
      default: break
      }
    }
    return worst
  }

  /// RCPFullAWSAccess is always attached, so only denials matter.
  private static func resourceControl(_ levels: [[PolicySource]], _ request: PreparedRequest) -> LayerResult {
    for (index, level) in levels.enumerated() {
      for (policy, source) in level.enumerated() {
        if let deny = resourceGrant(source, request, bounded: false).deny {
          return LayerResult(.explicitDeny, StatementReference(level: index, policy: policy, statement: deny))
        }
      }
    }
    return LayerResult(.allow)
  }

  private static func vpcEndpoint(_ sources: [PolicySource], _ request: PreparedRequest) -> LayerResult {
    var allow: StatementReference?
    for (policy, source) in sources.enumerated() {
      let result = resourceGrant(source, request, bounded: false, withoutPrincipal: .direct)
      if let deny = result.deny {
        return LayerResult(.explicitDeny, StatementReference(level: 0, policy: policy, statement: deny))
      }
      if allow == nil { allow = result.allow.map { StatementReference(level: 0, policy: policy, statement: $0) } }
    }
    return allow.map { LayerResult(.allow, $0) } ?? LayerResult(.implicitDeny)
  }

  /// A policy with principals.
  ///
  /// - Parameters:
  ///   - bounded: the caller has a permissions boundary, so that `Deny` with `NotPrincipal` always hits him.
  ///   - withoutPrincipal: what a statement without principal means; `none` to pass over it.
  /// - Returns: the first denial; and the first of the firmest allowances.
  private static func resourceGrant(
    _ source: PolicySource, _ request: PreparedRequest, bounded: Bool, withoutPrincipal: Grant = .none
  ) -> (deny: Int?, grant: Grant, allow: Int?) {
    var deny: Int?
    var best = Grant.none
    var allow: Int?
    for statement in source.document.statements {
      if statement.effect == .allow ? best == .direct : deny != nil { continue }
      let grant = grant(of: statement, request, bounded: bounded, withoutPrincipal: withoutPrincipal)
      guard grant != .none, statement.matches(request) else { continue }
      if statement.effect == .deny {
        deny = statement.index
      } else if grant > best {
        best = grant
        allow = statement.index
      }
    }
    return (deny, best, allow)
  }

  /// How a statement's principals name the caller.
  static func grant(
    of statement: Statement, _ request: PreparedRequest, bounded: Bool, withoutPrincipal: Grant
  ) -> Grant {
    switch statement.principals {
    case .absent: return withoutPrincipal
    case .principal(let element): return element.grant(to: request.principal, request.context)
    case .notPrincipal(let element):
      if statement.effect == .deny { return bounded || !element.spares(request.principal) ? .direct : .none }
      // AWS refuses NotPrincipal with Allow today; stored ones are read as the plain complement.
      return element.grant(to: request.principal, request.context) == .none ? .direct : .none
    }
  }
}
