import Policy

/// Two states of an organization, ready for calls to be tried on: ``Replayer`` does that.
public struct PolicyChange: Sendable {
  let before: CompiledOrganization
  let after: CompiledOrganization
  /// Whether any account has another path.
  let hasMoves: Bool

  /// - Throws: ``ChangeProblem`` if a policy can't be read or an account stands nowhere.
  public init(before: OrganizationModel, after: OrganizationModel) throws(ChangeProblem) {
    var shelf = CompiledOrganization.Shelf()
    self.before = try CompiledOrganization(before, shelf: &shelf)
    self.after = try CompiledOrganization(after, shelf: &shelf)
    let paths = self.before.standings.mapValues(\.path)
    hasMoves = self.after.standings.contains { paths[$0.key] != $0.value.path }
  }
}

/// Tries calls on both sides of a change. Keeps what it learns of accounts and actions, so it is a class, and no two
/// threads share one.
public final class Replayer {
  public let change: PolicyChange
  /// By account and action; nothing for what isn't limited at all.
  private var serviceControlPlans: [String: [String: ActionPlan?]] = [:]
  private var resourceControlPlans: [String: [String: ActionPlan?]] = [:]
  /// Of plans, which stay as long as this does.
  private var alike: [Pair: Bool] = [:]

  private struct Pair: Hashable {
    let first: ObjectIdentifier
    let second: ObjectIdentifier
  }

  public init(_ change: PolicyChange) { self.change = change }

  /// Whether the change can make a difference to an action at all: a quick look before more is found out about a call.
  public func concerns(principalAccount: String?, resourceAccount: String?, action: String) -> Bool {
    if let principalAccount, let plan = serviceControlPlan(principalAccount, action), !plan.isUnchanged { return true }
    if let resourceAccount, let plan = resourceControlPlan(resourceAccount, action), !plan.isUnchanged { return true }
    return false
  }

  /// Whether the change's effect on an action hangs on caller and Region alone.
  func hangsOnCallerOnly(principalAccount: String?, resourceAccount: String?, action: String) -> Bool {
    if let resourceAccount, let plan = resourceControlPlan(resourceAccount, action), !plan.isUnchanged { return false }
    guard let principalAccount, let plan = serviceControlPlan(principalAccount, action) else { return true }
    return plan.isUnchanged || plan.hangsOnCallerOnly
  }

  /// Whether the same statements are about two actions of an account.
  func judgesAlike(_ action: String, _ other: String, principalAccount: String?) -> Bool {
    guard let principalAccount, let plan = serviceControlPlan(principalAccount, action),
      let second = serviceControlPlan(principalAccount, other)
    else { return true }
    let pair = Pair(first: ObjectIdentifier(plan), second: ObjectIdentifier(second))
    if let known = alike[pair] { return known }
    let isAlike = plan.before.decidesLike(second.before) && plan.after.decidesLike(second.after)
    alike[pair] = isAlike
    return isAlike
  }

  /// What the change does to a call; nothing if it makes no difference. O(statements about the action).
  public func judge(_ call: RecordedCall) -> CallChange? {
    let plans = call.checks.map { check in
      Plans(serviceControl: serviceControlPlan(check, call), resourceControl: resourceControlPlan(check, call))
    }
    guard zip(call.checks, plans).contains(where: { mayDiffer($0, $1) }) else { return nil }
    var before = Truth.yes
    var after = Truth.yes
    var deniedBefore: (check: Int, answer: Answer)?
    var notAllowedAfter: (check: Int, answer: Answer)?
    for (index, check) in call.checks.enumerated() {
      let (old, new) = answers(check, call, plans[index])
      if old.truth < before {
        before = old.truth
        deniedBefore = (index, old)
      }
      if new.truth < after {
        after = new.truth
        notAllowedAfter = (index, new)
      }
    }
    switch (before, after) {
    case (.yes, .no):
      guard let (check, answer) = notAllowedAfter else { return nil }
      return CallChange(outcome: .newlyDenied, check: check, decider: answer.decider, missing: [])
    case (.no, .yes):
      guard let (check, answer) = deniedBefore else { return nil }
      return CallChange(outcome: .newlyAllowed, check: check, decider: answer.decider, missing: [])
    case (_, .unknown), (.unknown, _):
      guard let (check, answer) = notAllowedAfter ?? deniedBefore else { return nil }
      return CallChange(outcome: .unknown, check: check, decider: answer.decider, missing: answer.missing)
    case (.yes, .yes), (.no, .no): return nil
    }
  }

  // MARK: One check

  /// What all policies say, with what denies or what isn't known.
  private struct Answer {
    var truth: Truth
    var decider: Decider?
    var missing: [String] = []

    static let allowed = Answer(truth: .yes)
  }

  /// What limits a check; nothing where nothing does.
  private struct Plans {
    let serviceControl: ActionPlan?
    let resourceControl: ActionPlan?
  }

  private func mayDiffer(_ check: RecordedCheck, _ plans: Plans) -> Bool {
    if check.othersDependOnOrganization, change.hasMoves { return true }
    return plans.serviceControl?.isUnchanged == false || plans.resourceControl?.isUnchanged == false
  }

  /// Before and after, by all policies.
  private func answers(_ check: RecordedCheck, _ call: RecordedCall, _ plans: Plans) -> (Answer, Answer) {
    let isKnownAuthorized = call.ending == .authorized
    let old = organization(check, call, plans, isAfter: false, succeeded: false)
    let new = organization(check, call, plans, isAfter: true, succeeded: isKnownAuthorized)
    switch call.ending {
    case .authorized:
      // It was allowed, so whatever isn't known did not deny it; but the present policies may.
      return (old.truth == .no ? old : .allowed, new)
    case .deniedByOrganization:
      // If the present policies do not certainly deny it, they have changed since, and nothing can be said.
      guard old.truth == .no else { return (.allowed, .allowed) }
      guard new.truth != .no else { return (old, new) }
      return (old, Answer(truth: .unknown, missing: new.missing + ["other policies"]))
    case .judged:
      guard let others = check.othersAllow else {
        return (Self.both(old, Self.otherPolicies), Self.both(new, Self.otherPolicies))
      }
      let denied = Answer(truth: .no)
      let before = others ? old : denied
      if check.othersDependOnOrganization, change.hasMoves {
        return (
          before,
          Self.both(new, Answer(truth: .unknown, missing: ["other policies that read the organization's paths"]))
        )
      }
      return (before, others ? new : denied)
    }
  }

  private static let otherPolicies = Answer(truth: .unknown, missing: ["other policies"])

  private static func both(_ left: Answer, _ right: Answer) -> Answer {
    if left.truth != right.truth { return left.truth < right.truth ? left : right }
    var both = left
    both.missing += right.missing.filter { !left.missing.contains($0) }
    return both
  }

  /// What SCPs and RCPs say.
  private func organization(
    _ check: RecordedCheck, _ call: RecordedCall, _ plans: Plans, isAfter: Bool, succeeded: Bool
  ) -> Answer {
    var request = PartialRequest(principal: call.principal, resource: check.resource, context: check.context)
    if plans.serviceControl?.readsOrganization == true || plans.resourceControl?.readsOrganization == true {
      setOrganization(&request.context, check, call, isAfter ? change.after : change.before)
    }
    var answer = Answer.allowed
    if let plan = plans.serviceControl {
      answer = evaluate(plan, .serviceControl, request, isAfter: isAfter, succeeded: succeeded)
      // Explicit denials are told first, whatever the layer.
      if answer.truth == .no, answer.decider?.policy != nil { return answer }
    }
    if let plan = plans.resourceControl {
      let other = evaluate(plan, .resourceControl, request, isAfter: isAfter, succeeded: succeeded)
      if other.truth == .no { return other }
      answer = Self.both(answer, other)
    }
    return answer
  }

  private func evaluate(
    _ plan: ActionPlan, _ layer: Decider.Layer, _ request: PartialRequest, isAfter: Bool, succeeded: Bool
  ) -> Answer {
    let side = isAfter ? plan.after : plan.before
    let namesPrincipals = layer == .resourceControl
    var answer = Answer.allowed
    for candidate in side.denials {
      switch candidate.statement.matches(request, namesPrincipals: namesPrincipals) {
      case .no: break
      case .yes: return Answer(truth: .no, decider: decider(candidate, layer, side))
      case .unknown:
        // The call went through although this statement stood there: whatever isn't known did not make it match.
        if succeeded, plan.denialsBefore.contains(candidate.identity), !(change.hasMoves && candidate.readsPaths) {
          break
        }
        if answer.truth == .yes { answer = Answer(truth: .unknown, decider: decider(candidate, layer, side)) }
        answer.missing += candidate.statement.missing(request).filter { !answer.missing.contains($0) }
      }
    }
    for (index, level) in side.allowances.enumerated() {
      var truth = Truth.no
      var missing: [String] = []
      for candidate in level {
        let match = candidate.statement.matches(request, namesPrincipals: false)
        if match == .unknown { missing += candidate.statement.missing(request).filter { !missing.contains($0) } }
        truth = truth || match
        if truth == .yes { break }
      }
      if truth == .unknown, succeeded, wasAllowed(by: level, plan) { truth = .yes }
      if truth == .yes { continue }
      let silent = Decider(layer: layer, level: side.levels[index].id, levelName: side.levels[index].name, policy: nil)
      if truth == .no { return Answer(truth: .no, decider: silent) }
      if answer.truth == .yes { answer = Answer(truth: .unknown, decider: silent) }
      answer.missing += missing.filter { !answer.missing.contains($0) }
    }
    return answer
  }

  /// Whether a level has every statement that a level of the present tree has: that level allowed the call.
  private func wasAllowed(by level: [ActionPlan.Candidate], _ plan: ActionPlan) -> Bool {
    if change.hasMoves, level.contains(where: \.readsPaths) { return false }
    let here = Set(level.map(\.identity))
    return plan.before.allowances.contains { !$0.isEmpty && here.isSuperset(of: $0.map(\.identity)) }
  }

  private func decider(_ candidate: ActionPlan.Candidate, _ layer: Decider.Layer, _ side: ActionPlan.Side) -> Decider {
    let level = side.levels[candidate.level]
    return Decider(
      layer: layer, level: level.id, levelName: level.name,
      policy: .init(id: candidate.policy.id, name: candidate.policy.name, statement: candidate.statement.label))
  }

  // MARK: Who is limited by what

  private func serviceControlPlan(_ check: RecordedCheck, _ call: RecordedCall) -> ActionPlan? {
    guard check.countsServiceControl, !call.principal.isServiceLinkedRole, let account = call.principal.account else {
      return nil
    }
    return serviceControlPlan(account, check.action)
  }

  private func resourceControlPlan(_ check: RecordedCheck, _ call: RecordedCall) -> ActionPlan? {
    guard check.countsResourceControl, !call.principal.isServiceLinkedRole, let account = check.resourceAccount,
      check.resource.text != "*" || !check.resource.isExact
    else { return nil }
    return resourceControlPlan(account, check.action)
  }

  /// Nothing for accounts that SCPs don't limit.
  private func serviceControlPlan(_ account: String, _ action: String) -> ActionPlan? {
    if let known = serviceControlPlans[account]?[action] { return known }
    let plan = makePlan(account, action, isResource: false)
    serviceControlPlans[account, default: [:]][action] = .some(plan)
    return plan
  }

  /// Nothing for accounts that RCPs don't limit, and for actions that they don't concern.
  private func resourceControlPlan(_ account: String, _ action: String) -> ActionPlan? {
    if let known = resourceControlPlans[account]?[action] { return known }
    let plan = makePlan(account, action, isResource: true)
    resourceControlPlans[account, default: [:]][action] = .some(plan)
    return plan
  }

  private func makePlan(_ account: String, _ action: String, isResource: Bool) -> ActionPlan? {
    // An account that stands on one side only is new there or gone: both are changes of who is limited.
    let old = change.before.standings[account]
    let new = change.after.standings[account]
    if old == nil && new == nil || old?.isManagement == true || new?.isManagement == true { return nil }
    let name = action.lowercased()
    // AWS: it needs no permission, and can't be denied.
    if name == "sts:getcalleridentity" { return nil }
    if isResource, !ResourceControlPolicies.apply(toAction: action, resource: "arn") { return nil }
    func side(_ standing: CompiledOrganization.Standing?, _ tree: CompiledOrganization) -> ActionPlan.Side {
      guard let standing else { return ActionPlan.Side() }
      if isResource {
        return tree.hasResourceControl ? ActionPlan.Side(resourceControl: standing, action: name) : ActionPlan.Side()
      }
      return tree.hasServiceControl ? ActionPlan.Side(serviceControl: standing, action: name) : ActionPlan.Side()
    }
    return ActionPlan(
      before: side(old, change.before), after: side(new, change.after), hasMoves: change.hasMoves)
  }

  // MARK: Keys that depend on the tree

  /// Sets `aws:PrincipalOrgID` and its like as they would be in one state of the organization.
  private func setOrganization(
    _ context: inout PartialContext, _ check: RecordedCheck, _ call: RecordedCall, _ tree: CompiledOrganization
  ) {
    set("aws:Principal", call.principal.account, &context, tree)
    set("aws:Resource", check.resourceAccount, &context, tree)
    if case .single(let account) = context.known["aws:SourceAccount"] { set("aws:Source", account, &context, tree) }
    if case .single(let account) = context.known["aws:VpceAccount"] { set("aws:Vpce", account, &context, tree) }
  }

  private func set(_ side: String, _ account: String?, _ context: inout PartialContext, _ tree: CompiledOrganization) {
    guard let account else { return }
    if let standing = tree.standings[account] {
      context.known.set(side + "OrgID", tree.id)
      context.known.set(side + "OrgPaths", all: [standing.path])
    } else if case .unknown = context.remainder {
      // Of an account that isn't in the organization it is known that it isn't.
      context.exclude([tree.id], from: side + "OrgID")
    }
  }
}
