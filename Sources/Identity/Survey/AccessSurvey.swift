import Cloud
import Policy
import Wire

/// Says who may do something to a resource, and why, without anybody doing it.
///
/// Every user and role of every account is asked for, the root users, and whoever the resource's policy names. What a call
/// would bring along, its address for instance, isn't known beforehand: an answer that hangs on it says on what.
public struct AccessSurvey: Sendable {
  private let authorizer: Authorizer
  private let services: [String: ServiceDefinition]

  public init(_ authorizer: Authorizer, services: [ServiceDefinition]) {
    self.authorizer = authorizer
    self.services = Dictionary(services.map { ($0.actionPrefix, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// One principal's access.
  public struct Access: Sendable {
    /// The ARN of a user, role, root user or session; a service's principal; `*` for anybody without credentials.
    public let principal: String
    public let account: AccountID?
    public let decision: PartialDecision
    /// The request that was decided, and what decided it, for an explanation.
    public let request: AuthorizationRequest
    public let policies: PolicySet
    /// Why the service itself refuses, whatever policies say.
    public var refusal: String?

    /// Allowed, denied, or hanging on what isn't known.
    public var outcome: PartialDecision.Outcome { refusal == nil ? decision.outcome : .denied }
  }

  /// Everybody who may do `action` to `resource`, or may if the conditions hold that the call must bring; sorted by ARN.
  /// - Throws: ValidationError if they are no action of a service that is built, or no ARN.
  public func whoCan(
    _ action: String, _ resource: String, in region: Region, _ transaction: Transaction
  ) throws(AWSError) -> [Access] {
    let service = try service(of: action)
    var result: [Access] = []
    for caller in try candidates(action, resource, service, region, transaction) {
      guard let access = try access(of: caller, action, resource, service, region, transaction) else { continue }
      if access.outcome != .denied { result.append(access) }
    }
    return result.sorted { $0.principal < $1.principal }
  }

  /// One principal's access.
  /// - Parameter principal: an ARN of a user, role, session or root user, a service principal, or `*`.
  /// - Throws: ValidationError if there is no such principal.
  public func can(
    _ principal: String, _ action: String, _ resource: String, in region: Region, _ transaction: Transaction
  ) throws(AWSError) -> Access {
    let service = try service(of: action)
    guard let caller = try AccessSurvey.caller(principal, transaction) else {
      throw AWSError("ValidationError", "There is no principal \(principal).")
    }
    guard let access = try access(of: caller, action, resource, service, region, transaction) else {
      throw AWSError("ValidationError", "There is no resource \(resource).")
    }
    return access
  }

  private func service(of action: String) throws(AWSError) -> ServiceDefinition {
    let parts = action.split(separator: ":")
    guard parts.count == 2, let service = services[parts[0].lowercased()] else {
      throw AWSError(
        "ValidationError", "\(action) is no action of a service that is built here, such as sqs:SendMessage.")
    }
    // Policies that allow everything allow what does not exist, too: that would look like an answer.
    guard AuthorizationFacts.shared.action(action) != nil || service.operations[String(parts[1])] != nil else {
      throw AWSError("ValidationError", "\(parts[0]) has no action \(parts[1]).")
    }
    return service
  }

  // MARK: One principal

  private func access(
    of caller: Caller, _ action: String, _ resource: String, _ service: ServiceDefinition, _ region: Region,
    _ transaction: Transaction
  ) throws(AWSError) -> Access? {
    let place = ARN(resource).flatMap { Region($0.region) } ?? region
    let context = Context(
      requestID: "survey", caller: caller, region: service.isGlobal ? .usEast1 : place,
      request: RequestFacts(method: "POST", path: "/", query: "", headers: [], sourceIP: "", isSecure: true),
      service: service, authorizer: authorizer)
    let check: AccessCheck
    if let question = service.question, resource != "*" {
      guard let known = try question(action, resource, context, transaction) else { return nil }
      check = known
    } else {
      check = AccessCheck(action, on: resource, owner: ARN(resource)?.accountID)
    }
    let (request, policies) = try authorizer.question(check, context, transaction)
    let knowledge = SurveyKnowledge.context(request.context, of: caller)
    let decision = PolicyEvaluator.decide(request, knowing: knowledge, policies)
    var shown = request
    shown.context = knowledge.known
    return Access(
      principal: AccessSurvey.name(of: caller), account: caller.account, decision: decision, request: shown,
      policies: policies, refusal: AccessSurvey.refusal(of: caller, action))
  }

  /// AWS: STS API, AssumeRole: "You cannot use AWS account root user credentials to call AssumeRole."
  private static func refusal(of caller: Caller, _ action: String) -> String? {
    guard case .root = caller.kind, action.lowercased() == "sts:assumerole" else { return nil }
    return "Roles may not be assumed by root accounts."
  }

  /// How a principal is listed: roles by themselves, not by a session.
  private static func name(of caller: Caller) -> String {
    switch caller.kind {
    case .anonymous: "*"
    case .assumedRole(let role, _, SurveyKnowledge.anySession): role
    case .service(let name): name
    default: caller.arn
    }
  }

  // MARK: Everybody

  private func candidates(
    _ action: String, _ resource: String, _ service: ServiceDefinition, _ region: Region, _ transaction: Transaction
  ) throws(AWSError) -> [Caller] {
    var callers: [String: Caller] = [:]
    var accounts: Set<AccountID> = []
    for scope in try transaction.scopes(of: UserRecord.self) {
      guard let account = scope.account else { continue }
      accounts.insert(account)
      for user in try transaction.scan(UserRecord.self, in: scope) { callers[user.arn] = AccessSurvey.caller(user) }
    }
    for scope in try transaction.scopes(of: RoleRecord.self) {
      guard let account = scope.account else { continue }
      accounts.insert(account)
      for role in try transaction.scan(RoleRecord.self, in: scope) {
        callers[role.arn] = AccessSurvey.caller(role, session: SurveyKnowledge.anySession)
      }
    }
    for member in try transaction.scan(OrganizationAccountRecord.self, in: .global) { accounts.insert(member.account) }
    if let owner = ARN(resource)?.accountID { accounts.insert(owner) }
    for (type, value) in try named(action, resource, service, region, transaction) {
      switch type {
      case "Service": callers[value] = .service(value)
      case "AWS" where value == "*": callers["*"] = .anonymous
      case "AWS":
        if let account = ARN(value)?.accountID ?? AccountID(value) { accounts.insert(account) }
        if let caller = try AccessSurvey.caller(value, transaction) { callers[value] = caller }
      default: break
      }
    }
    for account in accounts { callers["arn:aws:iam::\(account):root"] = .root(of: account) }
    return callers.keys.sorted().compactMap { callers[$0] }
  }

  /// The principals that the resource's policy names, and its owner.
  private func named(
    _ action: String, _ resource: String, _ service: ServiceDefinition, _ region: Region, _ transaction: Transaction
  ) throws(AWSError) -> [(type: String, value: String)] {
    guard let question = service.question, resource != "*" else { return [] }
    let place = ARN(resource).flatMap { Region($0.region) } ?? region
    let context = Context(
      requestID: "survey", caller: .root(of: ARN(resource)?.accountID ?? .first), region: place,
      request: RequestFacts(method: "POST", path: "/", query: "", headers: [], sourceIP: "", isSecure: true),
      service: service, authorizer: authorizer)
    guard let check = try question(action, resource, context, transaction) else {
      throw AWSError("ValidationError", "There is no resource \(resource).")
    }
    var result = check.resourceAccount.map { [(type: "AWS", value: $0.rawValue)] } ?? []
    if let text = check.resourcePolicy, let document = PolicyCache.document(text) {
      result += document.namedPrincipals
    }
    return result
  }

  private static func caller(_ user: UserRecord) -> Caller {
    Caller(kind: .user(name: user.name, id: user.id), account: user.account, arn: user.arn, userID: user.id)
  }

  private static func caller(_ role: RoleRecord, session: String) -> Caller {
    Caller(
      kind: .assumedRole(roleARN: role.arn, roleID: role.id, sessionName: session), account: role.account,
      arn: "arn:aws:sts::\(role.account):assumed-role/\(role.name)/\(session)", userID: "\(role.id):\(session)")
  }

  /// The caller with an ARN or a service's name; nothing if there is none.
  private static func caller(_ text: String, _ transaction: Transaction) throws(AWSError) -> Caller? {
    if text == "*" { return .anonymous }
    if text.hasSuffix(".amazonaws.com") { return .service(text) }
    let text = try UniqueID.read(text) == nil ? text : Principals.arn(ofID: text, transaction) ?? text
    guard let arn = ARN(text), let account = arn.accountID else { return nil }
    let parts = arn.resource.split(separator: "/").map(String.init)
    switch (arn.service, parts.first) {
    case ("iam", "root"): return .root(of: account)
    case ("iam", "user"):
      guard let user = try UserRecord.find(parts.last ?? "", in: account, transaction), user.arn == text else {
        return nil
      }
      return caller(user)
    case ("iam", "role"):
      guard let role = try RoleRecord.find(arn: text, transaction) else { return nil }
      return caller(role, session: SurveyKnowledge.anySession)
    case ("sts", "assumed-role"):
      guard parts.count == 3, let role = try RoleRecord.find(parts[1], in: account, transaction) else { return nil }
      return caller(role, session: parts[2])
    default: return nil
    }
  }
}
