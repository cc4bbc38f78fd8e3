import Cloud
import Policy
import Synchronization
import Wire

/// The judge: gathers the policies that apply to a call, lets Policy decide, and writes the verdict down.
public final class Authorizer: Authorizing {
  /// What counts for accounts without a setting of their own.
  public let defaultEnforcement: Enforcement
  /// Where accounts stand in their organizations.
  public let organizations = OrganizationTrees()
  private let ledger: DecisionLedger
  private let documents = PolicyTexts()

  public init(ledger: DecisionLedger, defaultEnforcement: Enforcement) {
    self.ledger = ledger
    self.defaultEnforcement = defaultEnforcement
  }

  public func judge(
    _ check: AccessCheck, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> Denial? {
    let caller = context.caller
    let owner = check.resourceAccount ?? caller.account
    let enforcement = try enforcement(of: owner, transaction)
    if enforcement == .off {
      context.recorder?.note(
        JournalCheck(
          action: check.action, resource: check.resource, resourceAccount: owner, context: ConditionContext(),
          outcome: nil, outcomeWithoutOrganization: nil))
      return nil
    }
    let (place, request, policies, areRCPsPossible) = try question(check, owner: owner, context, transaction)
    let decision = PolicyEvaluator.decide(request, policies)
    if let recorder = context.recorder {
      recorder.note(
        JournalCheck(request, policies, decision, owner: owner, areRCPsPossible: areRCPsPossible, mode: enforcement))
    }
    let id = transaction.random.text(24, .alphanumeric)
    ledger.record(
      DecisionLedger.Entry(
        id: id, requestID: context.requestID, time: transaction.now, account: owner ?? caller.account, request: request,
        policies: policies, decision: decision, callerARN: caller.arn, isEnforced: enforcement == .enforce))
    // Nothing of a closed account can be reached from outside. unverified: how AWS words it.
    var isShut = false
    if let owner, owner != caller.account { isShut = try !organizations.isOpen(owner, in: transaction) }
    if !isShut, decision.isAllowed || enforcement == .audit {
      // Tag policies bind whoever may tag; that isn't a denial, and each service has its own error for it.
      if enforcement == .enforce, let error = try TagPolicies.violation(of: check, owner: owner, transaction) {
        throw error
      }
      return nil
    }
    // AWS tells the reason only within an account or organization.
    let tellsReason = decision.isSameAccount || place.isOneOrganization
    return Denial(
      callerARN: request.principal.arn, action: check.action, resource: check.resource,
      reason: tellsReason ? decision.reason(action: check.action) : nil, decisionID: id)
  }

  /// What there is to decide: the request as policies see it, and the policies that apply to it.
  private func question(
    _ check: AccessCheck, owner: AccountID?, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> (Place, AuthorizationRequest, PolicySet, areRCPsPossible: Bool) {
    let caller = context.caller
    let place = try Place(caller: caller, owner: owner, organizations, transaction)
    let own = try PrincipalPolicies.load(for: caller, in: transaction)
    let request = AuthorizationRequest(
      principal: caller.principal(isInManagementAccount: place.caller?.isManagementAccount ?? false),
      action: check.action, resource: check.resource, resourceAccount: owner?.rawValue,
      context: try conditions(check, place, context, transaction))
    let areRCPsPossible =
      !request.principal.isServiceLinkedRole
      && ResourceControlPolicies.apply(
        toAction: check.action, resource: check.resource, keyIsManagedByAWS: check.isManagedByAWS)
    let policies = PolicySet(
      identity: own.identity, boundaries: own.boundary.map { [$0] } ?? [], session: own.session,
      scpLevels: place.caller?.serviceControl ?? [],
      rcpLevels: areRCPsPossible ? place.owner?.resourceControl ?? [] : [],
      resource: try check.resourcePolicy.map { text throws(AWSError) in try documents.source(text, check) },
      resourceIsInManagementAccount: place.owner?.isManagementAccount ?? false,
      resourceRule: check.mode == .resourcePolicyDecides ? .mustAllow : .mayAllow)
    return (place, request, policies, areRCPsPossible)
  }

  /// A check as it would be decided, with the policies that would decide it; nothing is written down.
  func question(
    _ check: AccessCheck, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> (request: AuthorizationRequest, policies: PolicySet) {
    let owner = check.resourceAccount ?? context.caller.account
    let (_, request, policies, _) = try question(check, owner: owner, context, transaction)
    return (request, policies)
  }

  /// Where the two accounts of a call stand in their organizations.
  private struct Place {
    var caller: OrganizationStanding?
    var owner: OrganizationStanding?

    init(
      caller: Caller, owner: AccountID?, _ organizations: OrganizationTrees, _ transaction: Transaction
    ) throws(AWSError) {
      if let account = caller.account { self.caller = try organizations.standing(of: account, in: transaction) }
      if owner == caller.account {
        self.owner = self.caller
      } else if let owner {
        self.owner = try organizations.standing(of: owner, in: transaction)
      }
    }

    var isOneOrganization: Bool { caller != nil && caller?.organization == owner?.organization }
  }

  private func enforcement(of account: AccountID?, _ transaction: Transaction) throws(AWSError) -> Enforcement {
    guard let account else { return defaultEnforcement }
    return try EnforcementRecord.mode(of: account, in: transaction) ?? defaultEnforcement
  }

  /// The global condition keys, and those of the check.
  /// AWS: IAM user guide, "AWS global condition context keys".
  private func conditions(
    _ check: AccessCheck, _ place: Place, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ConditionContext {
    var keys = ConditionContext()
    keys.reserveCapacity(28 + check.keys.count)
    let caller = context.caller
    setPrincipal(caller, &keys)
    place.caller?.set("aws:Principal", &keys)
    keys.set(
      tags: try PrincipalPolicies.tags(of: caller, in: transaction).map { ($0.key, $0.value) },
      under: "aws:PrincipalTag")
    if let owner = check.resourceAccount ?? caller.account { keys.set("aws:ResourceAccount", owner.rawValue) }
    place.owner?.set("aws:Resource", &keys)
    keys.set(tags: check.resourceTags.map { ($0.key, $0.value) }, under: "aws:ResourceTag")
    keys.set("aws:RequestedRegion", context.region.rawValue)
    if check.seesConnection {
      // Plain HTTP on this machine counts as secure, or policies that demand TLS could not be tried without certificates.
      keys.set("aws:SecureTransport", true)
      keys.set("aws:SourceIp", context.request.sourceIP)
      if let agent = context.request.header("user-agent") { keys.set("aws:UserAgent", agent) }
    }
    if let referer = context.request.header("referer") { keys.set("aws:Referer", referer) }
    keys.set("aws:CurrentTime", transaction.now.iso8601)
    keys.set("aws:EpochTime", String(transaction.now.milliseconds / 1000))
    // AWS: IAM user guide, "Forward access sessions".
    keys.set("aws:ViaAWSService", !context.request.calledVia.isEmpty)
    if let first = context.request.calledVia.first, let last = context.request.calledVia.last {
      keys.set("aws:CalledVia", all: context.request.calledVia)
      keys.set("aws:CalledViaFirst", first)
      keys.set("aws:CalledViaLast", last)
    }
    if case .service = caller.kind {} else { keys.set("aws:PrincipalIsAWSService", false) }
    // What a service acts for; its organization follows from the account.
    if case .service = caller.kind {
      keys.set("aws:SourceArn", context.request.sourceARN)
      if let source = context.request.sourceAccount {
        keys.set("aws:SourceAccount", source.rawValue)
        try organizations.standing(of: source, in: transaction)?.set("aws:Source", &keys)
      }
    }
    for (name, value) in check.keys {
      switch value {
      case .single(let text): keys.set(name, text)
      case .multiple(let texts): keys.set(name, all: texts)
      }
    }
    return keys
  }

  private func setPrincipal(_ caller: Caller, _ keys: inout ConditionContext) {
    if let account = caller.account { keys.set("aws:PrincipalAccount", account.rawValue) }
    keys.set("aws:userid", caller.userID)
    switch caller.kind {
    case .anonymous:
      keys.set("aws:PrincipalType", "Anonymous")
    case .root:
      keys.set("aws:PrincipalType", "Account")
      keys.set("aws:PrincipalArn", caller.arn)
    case .user(let name, _):
      keys.set("aws:PrincipalType", "User")
      keys.set("aws:PrincipalArn", caller.arn)
      keys.set("aws:username", name)
    case .assumedRole(let roleARN, _, _):
      keys.set("aws:PrincipalType", "AssumedRole")
      keys.set("aws:PrincipalArn", roleARN)
    case .federatedUser:
      keys.set("aws:PrincipalType", "FederatedUser")
      keys.set("aws:PrincipalArn", caller.arn)
    case .service(let name):
      keys.set("aws:PrincipalIsAWSService", true)
      keys.set("aws:PrincipalServiceName", name)
      keys.set("aws:PrincipalServiceNamesList", all: [name])
    }
    guard let session = caller.session else { return }
    keys.set("aws:TokenIssueTime", session.issued.iso8601)
    if let isPresent = session.isMFAPresent { keys.set("aws:MultiFactorAuthPresent", isPresent) }
    if let identity = session.sourceIdentity { keys.set("aws:SourceIdentity", identity) }
    if let provider = session.federatedProvider { keys.set("aws:FederatedProvider", provider) }
  }
}

extension OrganizationStanding {
  /// Sets `aws:PrincipalOrgID` and `aws:PrincipalOrgPaths`, or those of the resource or source.
  fileprivate func set(_ whose: String, _ keys: inout ConditionContext) {
    keys.set(whose + "OrgID", organization)
    keys.set(whose + "OrgPaths", all: [path])
  }
}

/// Parsed resource policies by their text: a request should not parse what an earlier one has parsed.
/// State: a dictionary in a `Mutex`, emptied when it has grown large.
private final class PolicyTexts: Sendable {
  private let parsed = Mutex<[String: PolicyDocument]>([:])

  /// - Throws: `InternalFailure` if the text is no policy: it was checked when it was written, and what it denied must not
  ///   be lost.
  func source(_ text: String, _ check: AccessCheck) throws(AWSError) -> PolicySource {
    var document = parsed.withLock { $0[text] }
    if document == nil {
      let fresh: PolicyDocument
      do { fresh = try PolicyDocument(parsing: text) } catch {
        throw .internalFailure("The policy of \(check.resource) cannot be read: \(error)")
      }
      document = fresh
      parsed.withLock { parsed in
        if parsed.count >= 4096 { parsed.removeAll() }
        parsed[text] = fresh
      }
    }
    guard let document else { throw .internalFailure() }
    let isTrust = check.mode == .resourcePolicyDecides && check.action.hasPrefix("sts:")
    return PolicySource(
      isTrust ? .trust : .resource, name: (isTrust ? "trust policy of " : "policy of ") + check.resource, document)
  }
}
