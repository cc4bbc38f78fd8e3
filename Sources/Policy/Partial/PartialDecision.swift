/// A decision on a request of which not every condition key is known.
public struct PartialDecision: Sendable {
  public enum Outcome: Sendable {
    case allowed
    case denied
    /// It hangs on what isn't known.
    case depends
  }

  /// What allows it: a statement of a layer.
  public struct Grant: Sendable, Hashable {
    public let layer: PolicyLayer
    public let policy: PolicySource
    /// The `Sid`, or the place in the document.
    public let statement: String

    public static func == (left: Grant, right: Grant) -> Bool {
      left.layer == right.layer && left.policy.name == right.policy.name && left.policy.arn == right.policy.arn
        && left.statement == right.statement
    }

    public func hash(into hasher: inout Hasher) {
      hasher.combine(layer)
      hasher.combine(policy.name)
      hasher.combine(statement)
    }
  }

  public let outcome: Outcome
  /// The condition keys that it hangs on; empty unless it does.
  public let missing: [String]
  /// The decision if everything unknown is for the caller; for what is denied, that is the denial.
  public let decision: Decision
  /// What allows it, if everything unknown is for the caller; empty for what is denied, and for root users who need nothing.
  public let grants: [Grant]
}

extension PolicyEvaluator {
  /// Decides a request whose context is known in part.
  ///
  /// Every statement's match is settled first: yes, no, or unknown. Then the request is decided twice, with everything
  /// unknown for the caller and with everything unknown against him; where both agree, nothing unknown matters.
  /// - Parameter context: takes the place of the request's own.
  public static func decide(
    _ request: AuthorizationRequest, knowing context: PartialContext, _ policies: PolicySet
  ) -> PartialDecision {
    var known = request
    known.context = context.known
    let settling = Settling(
      action: request.action.lowercased(),
      request: PartialRequest(
        principal: request.principal, resource: PartialResource(request.resource), context: context))
    let generous = settling.settle(policies, isGenerous: true)
    let strict = settling.settle(policies, isGenerous: false)
    let best = decide(known, generous)
    if !best.isAllowed { return PartialDecision(outcome: .denied, missing: [], decision: best, grants: []) }
    let worst = decide(known, strict)
    var grants: [PartialDecision.Grant] = []
    for layer in [PolicyLayer.resource, .identity] where best.layers[layer].verdict == .allow {
      guard let reference = best.layers[layer].statement, let source = generous.source(reference, in: layer) else {
        continue
      }
      let label = source.document.statements[reference.statement].label
      grants.append(.init(layer: layer, policy: source, statement: label))
    }
    if worst.isAllowed { return PartialDecision(outcome: .allowed, missing: [], decision: best, grants: grants) }
    // Only keys of layers that say something else when they are known otherwise.
    var missing: [String] = []
    for layer in PolicyLayer.allCases where best.layers[layer].verdict != worst.layers[layer].verdict {
      for key in settling.missing(policies.levels(of: layer).joined()) where !missing.contains(key) {
        missing.append(key)
      }
    }
    return PartialDecision(outcome: .depends, missing: missing, decision: best, grants: grants)
  }
}

/// Settles statements for one request.
private struct Settling {
  /// In lower case.
  let action: String
  let request: PartialRequest

  func settle(_ policies: PolicySet, isGenerous: Bool) -> PolicySet {
    let one = { (source: PolicySource) in settle(source, isGenerous: isGenerous) }
    var result = policies
    result.identity = policies.identity.map(one)
    result.boundaries = policies.boundaries.map(one)
    result.session = policies.session?.map(one)
    result.scpLevels = policies.scpLevels.map { $0.map(one) }
    result.rcpLevels = policies.rcpLevels.map { $0.map(one) }
    result.resource = policies.resource.map(one)
    result.vpcEndpoint = policies.vpcEndpoint.map(one)
    return result
  }

  private func settle(_ source: PolicySource, isGenerous: Bool) -> PolicySource {
    let statements = zip(source.document.statements, source.document.partialStatements()).map { statement, partial in
      guard partial.concerns(action: action) else { return Statement(settling: statement, isMatch: false) }
      switch partial.matches(request, namesPrincipals: false) {
      case .yes: return Statement(settling: statement, isMatch: true)
      case .no: return Statement(settling: statement, isMatch: false)
      case .unknown: return Statement(settling: statement, isMatch: (partial.effect == .allow) == isGenerous)
      }
    }
    return PolicySource(
      source.kind, name: source.name, arn: source.arn, entity: source.entity,
      PolicyDocument(source.document, settled: statements))
  }

  func missing(_ sources: some Sequence<PolicySource>) -> [String] {
    sources.flatMap { source in
      source.document.partialStatements()
        .filter { $0.concerns(action: action) && $0.matches(request, namesPrincipals: false) == .unknown }
        .flatMap { $0.missing(request) }
    }
  }
}
