/// The logic of SimulateCustomPolicy and SimulatePrincipalPolicy, as real answers show it.
///
/// It differs from live decisions: a resource policy of the same account that names the account allows; a resource of
/// another service than the action's is denied.
public enum PolicySimulator {
  /// Simulates every action on all resources.
  public static func run(_ input: SimulationInput) throws(SimulationProblem) -> [SimulationResult] {
    try check(input)
    return input.actions.map { Simulation(input: input, action: $0).result() }
  }

  private static func check(_ input: SimulationInput) throws(SimulationProblem) {
    for action in input.actions where !action.contains(":") {
      throw SimulationProblem("The action is invalid since it is missing names")
    }
    for resource in input.resources where resource != "*" {
      let parts = resource.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
      guard parts.count == 6, parts[0] == "arn" else {
        throw SimulationProblem("ResourceNames are not in a valid ARN format: \(resource).")
      }
    }
    for (index, level) in (input.organization ?? []).enumerated() where level.isEmpty {
      throw SimulationProblem(
        "Organization policy at index \(index + 1) must contain at least one service control policy")
    }
    guard input.resourcePolicy != nil else { return }
    // unverified: the words of these two.
    guard let caller = input.caller else { throw SimulationProblem("CallerArn is required with ResourcePolicy.") }
    if case .roleSession = caller.identity { throw SimulationProblem("CallerArn must not be an assumed role.") }
  }
}

/// One action of a simulation.
private struct Simulation {
  let input: SimulationInput
  let action: String
  private let policies: PolicySet
  private let caller: Principal
  private let context: ConditionContext

  init(input: SimulationInput, action: String) {
    self.input = input
    self.action = action
    // AWS's own word for a simulation without a caller, as recorded.
    let nobody = "STUB_PRINCIPAL_FOR_POLICY_SIMULATOR"
    // Without a caller, everything happens in one account.
    caller = input.caller ?? Principal(.user(arn: "arn:aws:iam::000000000000:user/\(nobody)", id: nobody))
    var context = input.context
    if context["aws:userid"] == nil { context.set("aws:userid", input.caller?.arn ?? nobody) }
    self.context = context
    policies = PolicySet(
      identity: input.policies.map { PolicySource(.managed, name: $0.id, $0.document) },
      boundaries: input.boundary.map { [PolicySource(.boundary, name: $0.id, $0.document)] } ?? [],
      scpLevels: (input.organization ?? []).enumerated().map { index, level in
        level.map { PolicySource(.serviceControl, name: "OrganizationPolicy.\(index + 1)", $0) }
      }, resource: input.resourcePolicy.map { PolicySource(.resource, name: $0.id, $0.document) },
      resourceRule: input.resourcePolicy == nil ? .mayAllow : .automatic)
  }

  func result() -> SimulationResult {
    let resources = input.resources.isEmpty ? ["*"] : input.resources
    let results = resources.map(judge)
    let decision: Decision.Outcome =
      results.contains { $0.decision == .explicitDeny }
      ? .explicitDeny : results.contains { $0.decision == .implicitDeny } ? .implicitDeny : .allowed
    let telling = decision == .explicitDeny ? results.filter { $0.decision == .explicitDeny } : results
    let isDeniedByOrganization = results.contains { $0.decision == .explicitDeny && $0.allowedByOrganizations == false }
    return SimulationResult(
      action: action, resourceName: name(), decision: decision, matches: unique(telling.flatMap(\.matches)),
      missingContextValues: unique(results.flatMap(\.missingContextValues)),
      allowedByBoundary: input.boundary == nil ? nil : results.allSatisfy { $0.allowedByBoundary == true },
      allowedByOrganizations: input.organization == nil
        ? nil : results.allSatisfy { $0.allowedByOrganizations == true },
      details: input.resources.isEmpty || isDeniedByOrganization
        ? nil : results.reduce(into: [:]) { $0.merge($1.details) { first, _ in first } },
      resources: input.resources.isEmpty ? [] : results)
  }

  /// What the whole result calls its resource.
  private func name() -> String {
    guard let first = input.resources.first else { return "*" }
    if input.resources.count == 1 { return first }
    let types = AuthorizationFacts.shared.resourceTypes(of: action)
    guard let type = types.first(where: { fits(first, $0) }) ?? types.first else { return "*" }
    let name = type.simulatedName
    // AWS calls an object's key KeyName here (AWS captures).
    return name == "arn:aws:s3:::${BucketName}/${ObjectName}" ? "arn:aws:s3:::${BucketName}/${KeyName}" : name
  }

  private func judge(_ resource: String) -> SimulationResult.ForResource {
    let owner = input.resourcePolicy == nil ? caller.account : input.resourceOwner ?? caller.account
    let request = AuthorizationRequest(
      principal: caller, action: action, resource: resource, resourceAccount: owner, context: context)
    let decision = PolicyEvaluator.decide(request, policies)
    let layers = decision.layers
    var outcome = decision.outcome
    if !fitsAction(resource) {
      outcome = .implicitDeny
    } else if outcome == .implicitDeny, decision.decider == .layer(.identity), layers.resource.grant == .account,
      decision.isSameAccount, layers.boundary.verdict != .implicitDeny
    {
      outcome = .allowed
    }
    return SimulationResult.ForResource(
      resource: resource, decision: outcome,
      matches: fitsAction(resource) ? matches(outcome, request) : [],
      missingContextValues: outcome == .implicitDeny && fitsAction(resource) ? missing() : [],
      details: details(decision, layers),
      allowedByBoundary: input.boundary == nil ? nil : layers.boundary.verdict == .allow,
      allowedByOrganizations: input.organization == nil
        ? nil : layers.serviceControl.verdict == .allow || layers.serviceControl.verdict == .notApplicable)
  }

  /// Across accounts, what each side says by itself.
  private func details(_ decision: Decision, _ layers: LayerResults) -> [String: Decision.Outcome] {
    guard input.resourcePolicy != nil, !decision.isSameAccount else { return [:] }
    func outcome(_ verdict: LayerVerdict) -> Decision.Outcome {
      switch verdict {
      case .allow: .allowed
      case .explicitDeny: .explicitDeny
      case .implicitDeny, .notApplicable: .implicitDeny
      }
    }
    return ["IAM Policy": outcome(layers.identity.verdict), "Resource Policy": outcome(layers.resource.verdict)]
  }

  // MARK: Resource types

  private func fitsAction(_ resource: String) -> Bool {
    let types = AuthorizationFacts.shared.resourceTypes(of: action)
    return resource == "*" || types.isEmpty || types.contains { fits(resource, $0) }
  }

  /// Whether an ARN could be of a type: the template's variable parts match anything.
  private func fits(_ resource: String, _ type: AuthorizationFacts.ResourceType) -> Bool {
    var pattern: [UInt8] = []
    var isVariable = false
    var isMark = false
    for byte in type.template.utf8 {
      if isMark {
        isMark = false
        pattern.append(Wildcard.run)
      } else if isVariable {
        if byte == UInt8(ascii: "}") { isVariable = false }
      } else if byte == UInt8(ascii: "{") {
        isVariable = true
        pattern.append(Wildcard.run)
      } else if byte == UInt8(ascii: "$") {
        isMark = true
      } else {
        pattern.append(byte)
      }
    }
    return withBytes(resource, Pattern(pattern).matches)
  }

  // MARK: Statements

  /// A denial lists the statements that deny, boundary first; SCPs are never listed, and neither is what a boundary or an SCP
  /// cuts off. Of several policies the later ones come first (AWS captures).
  private func matches(_ outcome: Decision.Outcome, _ request: AuthorizationRequest) -> [SimulationResult.Match] {
    guard outcome != .implicitDeny else { return [] }
    let effect: PolicyEffect = outcome == .explicitDeny ? .deny : .allow
    let prepared = PreparedRequest(request)
    var found: [SimulationResult.Match] = []
    func add(_ policy: SimulationInput.Policy, _ type: String, needsPrincipal: Bool = false) {
      for statement in policy.document.statements where statement.effect == effect && statement.matches(prepared) {
        if needsPrincipal {
          let grant = PolicyEvaluator.grant(
            of: statement, prepared, bounded: input.boundary != nil, withoutPrincipal: .none)
          guard grant != .none else { continue }
        }
        let position = policy.document.simulatedPosition(ofStatement: statement.index)
        found.append(.init(sourceID: policy.id, sourceType: type, start: position.start, end: position.end))
      }
    }
    if outcome == .explicitDeny, let boundary = input.boundary { add(boundary, "Permissions Boundary Policy") }
    for policy in input.policies.reversed() { add(policy, "IAM Policy") }
    if let policy = input.resourcePolicy { add(policy, "Resource Policy", needsPrincipal: true) }
    return found
  }

  /// Every key that the policies name and the context lacks, whether or not its statement is about the action; keys of SCPs
  /// are not told (AWS captures).
  private func missing() -> [String] {
    let documents =
      input.policies.map(\.document) + (input.boundary.map { [$0.document] } ?? [])
      + (input.resourcePolicy.map { [$0.document] } ?? [])
    return unique(documents.flatMap(\.contextKeys).filter { context[$0] == nil })
  }

  private func unique<Element: Hashable>(_ elements: [Element]) -> [Element] {
    var seen: Set<Element> = []
    return elements.filter { seen.insert($0).inserted }
  }
}
