/// What surprises people about a decision, told in whole sentences.
struct ExplanationHints {
  let request: AuthorizationRequest
  let policies: PolicySet
  let decision: Decision

  func all(_ layers: [Explanation.Layer]) -> [String] {
    var hints: [String] = []
    func add(_ hint: String) { if !hints.contains(hint) { hints.append(hint) } }
    if decision.decider == .always {
      return ["sts:GetCallerIdentity needs no permission, and not even an explicit Deny takes it away."]
    }
    notPrincipal(add)
    checks(layers, add)
    variables(add)
    if decision.outcome == .implicitDeny { silent(layers, add) }
    if AuthorizationFacts.shared.action(request.action) == nil {
      add("There are no authorization facts for \(request.action); it was judged on the resource given.")
    }
    return hints
  }

  /// Deny with NotPrincipal hits almost everybody.
  private func notPrincipal(_ add: (String) -> Void) {
    guard case .layer(let layer) = decision.decider, decision.outcome == .explicitDeny, let source = decision.source,
      let index = decision.statement, case .notPrincipal = source.document.statements[index].principals
    else { return }
    if layer == .resource, !policies.boundaries.isEmpty {
      add("Deny with NotPrincipal always hits a principal that has a permissions boundary, even if it is listed.")
    } else {
      add(
        "Deny with NotPrincipal spares a caller only if it lists his account's root ARN and his own ARN, and for a role "
          + "session the role's ARN and the session's ARN as well.")
    }
  }

  private func checks(_ layers: [Explanation.Layer], _ add: (String) -> Void) {
    let telling = layers.flatMap { $0.met + ($0.nearMiss?.failed ?? []) }
    for check in telling {
      guard let key = check.key, let `operator` = check.operator else { continue }
      switch key.lowercased() {
      case "aws:securetransport":
        add(
          "aws:SecureTransport is \(check.had?.first ?? "absent"): locally, clients mostly speak plain HTTP. Serve TLS, or "
            + "use the setting that reports plain HTTP as secure.")
      case "aws:multifactorauthpresent" where check.had == nil:
        add("aws:MultiFactorAuthPresent is absent for long-term access keys; BoolIfExists covers that case.")
      case "aws:sourceip" where request.context["aws:SourceVpce"] != nil:
        add("aws:SourceIp is absent for requests through a VPC endpoint; aws:VpcSourceIp has the address.")
      default: break
      }
      if ConditionOperator(`operator`) == nil {
        add("\(`operator`) is no condition operator; a statement with it never matches.")
      } else if case .multiple = request.context[key], ConditionOperator(`operator`)?.quantifier == .scalar {
        add("\(key) is multi-valued and needs ForAnyValue: or ForAllValues: before \(`operator`).")
      } else if check.had == nil, check.element == .condition, !check.matches {
        add("The request has no \(key).")
      }
    }
    for layer in layers {
      guard let failed = layer.nearMiss?.failed, let resource = failed.first(where: { $0.element == .resource }) else {
        continue
      }
      resourceHint(resource.wanted, add)
    }
  }

  private func resourceHint(_ wanted: [String], _ add: (String) -> Void) {
    if request.resource == "*" {
      add("\(request.action) has no resource type: only \"Resource\": \"*\" matches it.")
    } else if request.service == "s3" {
      if wanted.contains(where: { request.resource.hasPrefix($0 + "/") }) {
        add(
          "A bucket's ARN doesn't cover its objects; they need \(wanted.first { request.resource.hasPrefix($0 + "/") } ?? "")/*."
        )
      } else if wanted.contains(request.resource + "/*") {
        add("\(request.action) acts on the bucket itself: its ARN is without /*.")
      }
    }
  }

  /// `${…}` means nothing in documents of the old version.
  private func variables(_ add: (String) -> Void) {
    for layer in PolicyLayer.allCases {
      for source in policies.levels(of: layer).joined()
      where source.document.version != "2012-10-17" && hasVariable(source.document) {
        add(
          "\(source.name) is of version \(source.document.version), where ${…} is plain text; variables need 2012-10-17."
        )
      }
    }
  }

  private func hasVariable(_ document: PolicyDocument) -> Bool {
    let bytes = Array(document.text.utf8)
    return bytes.indices.dropLast().contains { bytes[$0] == UInt8(ascii: "$") && bytes[$0 + 1] == UInt8(ascii: "{") }
  }

  private func silent(_ layers: [Explanation.Layer], _ add: (String) -> Void) {
    guard case .layer(let layer) = decision.decider else { return }
    let grant = decision.layers.resource.grant
    switch layer {
    case .resource where request.principal.isOutsideAccounts:
      add("Services and anonymous callers have no policies of their own: the resource policy must name them.")
    case .resource where !decision.isSameAccount:
      add("Across accounts both must allow: the resource's policy here, and the caller's own policies.")
    case .resource:
      add("A role's trust policy and a KMS key's policy must allow by themselves, if only by naming the account.")
    case .identity where !decision.isSameAccount:
      add("Across accounts the resource policy is not enough: the caller's own policies must allow as well.")
    case .identity where grant == .account:
      add("The resource policy names the account, not the caller: the caller's own policies must allow as well.")
    case .boundary: add("A permissions boundary grants nothing; it must allow what identity-based policies allow.")
    case .session: add("A session policy grants nothing; it must allow what the role's or user's policies allow.")
    case .serviceControl: add("SCPs grant nothing, but every level from the root to the account must allow.")
    default: break
    }
  }
}
