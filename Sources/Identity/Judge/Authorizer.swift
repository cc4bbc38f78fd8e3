import Cloud
import Policy
import Synchronization
import Wire

/// The judge: gathers the policies that apply to a call, lets Policy decide, and writes the verdict down.
public final class Authorizer: Authorizing {
  /// What counts for accounts without a setting of their own.
  public let defaultEnforcement: Enforcement
  private let ledger: DecisionLedger
  private let documents = PolicyTexts()

  public init(ledger: DecisionLedger, defaultEnforcement: Enforcement) {
    self.ledger = ledger
    self.defaultEnforcement = defaultEnforcement
  }

  public func judge(
    _ check: AccessCheck, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> Denial? {
    let owner = check.resourceAccount ?? context.caller.account
    let enforcement = try enforcement(of: owner, transaction)
    if enforcement == .off { return nil }
    let caller = context.caller
    let own = try PrincipalPolicies.load(for: caller, in: transaction)
    let request = AuthorizationRequest(
      principal: Authorizer.principal(of: caller), action: check.action, resource: check.resource,
      resourceAccount: owner?.rawValue, context: try conditions(check, context, transaction))
    let policies = PolicySet(
      identity: own.identity, boundaries: own.boundary.map { [$0] } ?? [], session: own.session,
      resource: try check.resourcePolicy.map { text throws(AWSError) in try documents.source(text, check) },
      resourceRule: check.mode == .resourcePolicyDecides ? .mustAllow : .mayAllow)
    let decision = PolicyEvaluator.decide(request, policies)
    let id = transaction.random.text(24, .alphanumeric)
    ledger.record(
      DecisionLedger.Entry(
        id: id, requestID: context.requestID, time: transaction.now, account: owner ?? caller.account, request: request,
        policies: policies, decision: decision, callerARN: caller.arn, isEnforced: enforcement == .enforce))
    if decision.isAllowed || enforcement == .audit { return nil }
    return Denial(
      callerARN: request.principal.arn, action: check.action, resource: check.resource,
      // AWS tells the reason only within an account (or organization).
      reason: decision.isSameAccount ? decision.reason(action: check.action) : nil, decisionID: id)
  }

  private func enforcement(of account: AccountID?, _ transaction: Transaction) throws(AWSError) -> Enforcement {
    guard let account else { return defaultEnforcement }
    return try EnforcementRecord.mode(of: account, in: transaction) ?? defaultEnforcement
  }

  /// The caller as policies see him.
  static func principal(of caller: Caller) -> Principal {
    switch caller.kind {
    case .anonymous: Principal(.anonymous)
    case .root: Principal(.root(account: caller.account?.rawValue ?? ""))
    case .user(_, let id): Principal(.user(arn: caller.arn, id: id))
    case .assumedRole(let roleARN, let roleID, let name):
      Principal(.roleSession(arn: caller.arn, roleARN: roleARN, roleID: roleID, name: name))
    case .federatedUser(_, let issuer):
      Principal(.federatedUser(arn: caller.arn, id: caller.userID, userARN: issuer))
    case .service(let name): Principal(.service(name))
    }
  }

  /// The global condition keys, and those of the check.
  /// AWS: IAM user guide, "AWS global condition context keys".
  private func conditions(
    _ check: AccessCheck, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ConditionContext {
    var keys = ConditionContext()
    keys.reserveCapacity(24 + check.keys.count)
    let caller = context.caller
    setPrincipal(caller, &keys)
    keys.set(
      tags: try PrincipalPolicies.tags(of: caller, in: transaction).map { ($0.key, $0.value) },
      under: "aws:PrincipalTag")
    if let owner = check.resourceAccount ?? caller.account { keys.set("aws:ResourceAccount", owner.rawValue) }
    keys.set(tags: check.resourceTags.map { ($0.key, $0.value) }, under: "aws:ResourceTag")
    keys.set("aws:RequestedRegion", context.region.rawValue)
    // Plain HTTP on this machine counts as secure, or policies that demand TLS could not be tried without certificates.
    keys.set("aws:SecureTransport", true)
    keys.set("aws:SourceIp", context.request.sourceIP)
    if let agent = context.request.header("user-agent") { keys.set("aws:UserAgent", agent) }
    if let referer = context.request.header("referer") { keys.set("aws:Referer", referer) }
    keys.set("aws:CurrentTime", transaction.now.iso8601)
    keys.set("aws:EpochTime", String(transaction.now.milliseconds / 1000))
    keys.set("aws:ViaAWSService", false)
    if case .service = caller.kind {} else { keys.set("aws:PrincipalIsAWSService", false) }
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
