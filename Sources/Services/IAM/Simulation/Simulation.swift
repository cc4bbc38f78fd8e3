import Cloud
import Identity
import Policy
import Wire

/// What policies would allow, without doing it.
enum Simulation {
  /// - Throws: InvalidInput with the simulator's words.
  private static func refusing<T>(_ body: () throws(SimulationProblem) -> T) throws(AWSError) -> T {
    do throws(SimulationProblem) { return try body() } catch { throw .invalidInput(error.message) }
  }

  static func custom(
    _ input: SimulateCustomPolicyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> SimulatePolicyResponse {
    let documents = try refusing { () throws(SimulationProblem) in
      try SimulationInput.documents(input.policyInputList)
    }
    var question = SimulationInput(policies: named(documents), actions: input.actionNames)
    question.resources = input.resourceArns ?? []
    question.boundary = try boundary(input.permissionsBoundaryPolicyInputList)
    question.resourcePolicy = try resource(input.resourcePolicy)
    question.resourceOwner = try owner(input.resourceOwner)
    question.context = try self.context(input.contextEntries)
    if let arn = input.callerArn { question.caller = try caller(arn, transaction) }
    return try answer(question, input.marker, input.maxItems)
  }

  static func principal(
    _ input: SimulatePrincipalPolicyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> SimulatePolicyResponse {
    let own = try policies(of: input.policySourceArn, context, transaction)
    let documents = try refusing { () throws(SimulationProblem) in
      try SimulationInput.documents(input.policyInputList ?? [])
    }
    var question = SimulationInput(policies: own.policies + named(documents), actions: input.actionNames)
    question.resources = input.resourceArns ?? []
    question.boundary = try boundary(input.permissionsBoundaryPolicyInputList) ?? own.boundary
    question.resourcePolicy = try resource(input.resourcePolicy)
    question.resourceOwner = try owner(input.resourceOwner)
    question.context = try self.context(input.contextEntries)
    question.organization = try organization(of: try context.account, transaction)
    // A group cannot call; without CallerArn the source itself is the caller.
    let source = input.callerArn ?? (input.policySourceArn.contains(":group/") ? nil : input.policySourceArn)
    if let source {
      question.caller = try caller(source, transaction)
      addPrincipalKeys(own.tags, source, &question.context)
    }
    return try answer(question, input.marker, input.maxItems)
  }

  // MARK: Policies

  /// The SCPs that limit an account, level by level; nothing if none do.
  /// AWS: IAM user guide, "IAM policy testing": for a member of an organization the simulation includes them.
  private static func organization(
    of account: AccountID, _ transaction: Transaction
  ) throws(AWSError) -> [[PolicyDocument]]? {
    guard let standing = try OrganizationStanding.load(account, in: transaction), !standing.isManagementAccount,
      !standing.serviceControl.isEmpty
    else { return nil }
    return standing.serviceControl.map { $0.map(\.document) }
  }

  private static func named(_ documents: [PolicyDocument]) -> [SimulationInput.Policy] {
    documents.enumerated().map { SimulationInput.Policy(id: "PolicyInputList.\($0 + 1)", document: $1) }
  }

  private static func boundary(_ texts: [String]?) throws(AWSError) -> SimulationInput.Policy? {
    guard let texts, !texts.isEmpty else { return nil }
    let documents = try refusing { () throws(SimulationProblem) in
      try SimulationInput.documents(texts, list: "Permissions boundary policy input list")
    }
    return documents.first.map { SimulationInput.Policy(id: "PermissionsBoundaryPolicyInputList.1", document: $0) }
  }

  private static func resource(_ text: String?) throws(AWSError) -> SimulationInput.Policy? {
    guard let text else { return nil }
    let documents = try refusing { () throws(SimulationProblem) in
      try SimulationInput.documents([text], list: "Resource policy")
    }
    return documents.first.map { SimulationInput.Policy(id: "ResourcePolicy", document: $0) }
  }

  private static func owner(_ text: String?) throws(AWSError) -> String? {
    guard let text else { return nil }
    guard let arn = ARN(text), arn.service == "iam", let account = arn.accountID else {
      throw .invalidInput("ResourceOwner must be an IAM ARN: \(text)")
    }
    return account.rawValue
  }

  private static func context(_ entries: [ContextEntry]?) throws(AWSError) -> ConditionContext {
    try refusing { () throws(SimulationProblem) in
      try SimulationInput.context(
        of: (entries ?? []).map {
          .init(key: $0.contextKeyName ?? "", type: $0.contextKeyType ?? "string", values: $0.contextKeyValues ?? [])
        })
    }
  }

  /// The policies of a user (with the user's groups), group or role, as results name them.
  private static func policies(
    of arn: String, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> (policies: [SimulationInput.Policy], boundary: SimulationInput.Policy?, tags: [IdentityTag]) {
    let account = try context.account
    guard let parsed = ARN(arn), parsed.service == "iam", parsed.accountID == account,
      let name = parsed.resource.split(separator: "/").last.map(String.init)
    else { throw .invalidInput("Invalid Entity Arn: \(arn) does not clearly define entity type and name.") }
    var result: [SimulationInput.Policy] = []
    var bound: String?
    var tags: [IdentityTag] = []
    func add(_ holder: some PolicyHolder, _ kind: String) throws(AWSError) {
      for policy in holder.inlinePolicies {
        guard let document = policy.policy.document else { continue }
        result.append(.init(id: "\(kind)_\(holder.name)_\(policy.name)", document: document))
      }
      for arn in holder.attachedPolicies {
        guard let policy = try ManagedPolicyRecord.find(arn: arn, transaction), let document = policy.policy.document
        else {
          continue
        }
        result.append(.init(id: policy.name, document: document))
      }
    }
    if parsed.resource.hasPrefix("user/") {
      let user = try Users.find(name, context, transaction)
      try add(user, "user")
      for group in user.groups { try add(try Groups.find(group, context, transaction), "group") }
      bound = user.boundary
      tags = user.tags
    } else if parsed.resource.hasPrefix("group/") {
      try add(try Groups.find(name, context, transaction), "group")
    } else if parsed.resource.hasPrefix("role/") {
      let role = try Roles.find(name, context, transaction)
      try add(role, "role")
      bound = role.boundary
      tags = role.tags
    } else {
      throw .invalidInput("Invalid Entity Arn: \(arn) does not clearly define entity type and name.")
    }
    var boundary: SimulationInput.Policy?
    if let bound, let policy = try ManagedPolicyRecord.find(arn: bound, transaction) {
      boundary = policy.policy.document.map { SimulationInput.Policy(id: policy.name, document: $0) }
    }
    return (result, boundary, tags)
  }

  // MARK: Callers

  private static func caller(_ arn: String, _ transaction: Transaction) throws(AWSError) -> Principal {
    guard ARN(arn) != nil else { throw .invalidInput("Invalid Entity Arn: \(arn)") }
    return Principal(named: arn)
  }

  /// Keys that the caller's own state gives, unless the request brought them.
  private static func addPrincipalKeys(_ tags: [IdentityTag], _ arn: String, _ context: inout ConditionContext) {
    if context["aws:PrincipalArn"] == nil { context.set("aws:PrincipalArn", arn) }
    if arn.contains(":user/"), context["aws:username"] == nil {
      context.set("aws:username", arn.split(separator: "/").last.map(String.init))
    }
    for tag in tags where context["aws:PrincipalTag/\(tag.key)"] == nil {
      context.set("aws:PrincipalTag/\(tag.key)", tag.value)
    }
  }

  // MARK: Answers

  private static func answer(
    _ question: SimulationInput, _ marker: String?, _ limit: Int?
  ) throws(AWSError) -> SimulatePolicyResponse {
    let results = try refusing { () throws(SimulationProblem) in try PolicySimulator.run(question) }
    let digits = String(results.count).count
    let numbered = results.enumerated().map { index, result in
      (name: String(repeating: "0", count: digits - String(index).count) + String(index), result: result)
    }
    let page = try Page(numbered, after: marker, limit: limit, by: \.name)
    return SimulatePolicyResponse(
      evaluationResults: page.items.map { shape($0.result) }, isTruncated: page.isTruncated, marker: page.marker)
  }

  private static func word(_ outcome: Decision.Outcome) -> String {
    switch outcome {
    case .allowed: "allowed"
    case .explicitDeny: "explicitDeny"
    case .implicitDeny: "implicitDeny"
    }
  }

  private static func shape(_ result: SimulationResult) -> EvaluationResult {
    EvaluationResult(
      evalActionName: result.action, evalResourceName: result.resourceName, evalDecision: word(result.decision),
      matchedStatements: result.matches.map(shape), missingContextValues: result.missingContextValues,
      organizationsDecisionDetail: result.allowedByOrganizations.map {
        OrganizationsDecisionDetail(allowedByOrganizations: $0)
      },
      permissionsBoundaryDecisionDetail: result.allowedByBoundary.map {
        PermissionsBoundaryDecisionDetail(allowedByPermissionsBoundary: $0)
      }, evalDecisionDetails: result.details.flatMap { $0.isEmpty ? nil : $0.mapValues(word) },
      resourceSpecificResults: result.resources.isEmpty ? nil : result.resources.map(shape))
  }

  private static func shape(_ result: SimulationResult.ForResource) -> ResourceSpecificResult {
    ResourceSpecificResult(
      evalResourceName: result.resource, evalResourceDecision: word(result.decision),
      matchedStatements: result.matches.map(shape), missingContextValues: result.missingContextValues,
      evalDecisionDetails: result.details.isEmpty ? nil : result.details.mapValues(word),
      permissionsBoundaryDecisionDetail: result.allowedByBoundary.map {
        PermissionsBoundaryDecisionDetail(allowedByPermissionsBoundary: $0)
      })
  }

  private static func shape(_ match: SimulationResult.Match) -> Statement {
    Statement(
      sourcePolicyId: match.sourceID, sourcePolicyType: match.sourceType,
      startPosition: Position(line: match.start.line, column: match.start.column),
      endPosition: Position(line: match.end.line, column: match.end.column))
  }

  // MARK: Context keys

  static func customKeys(
    _ input: GetContextKeysForCustomPolicyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetContextKeysForPolicyResponse {
    let documents = try refusing { () throws(SimulationProblem) in
      try SimulationInput.documents(input.policyInputList)
    }
    return GetContextKeysForPolicyResponse(contextKeyNames: keys(of: documents))
  }

  static func principalKeys(
    _ input: GetContextKeysForPrincipalPolicyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetContextKeysForPolicyResponse {
    let own = try policies(of: input.policySourceArn, context, transaction)
    let documents = try refusing { () throws(SimulationProblem) in
      try SimulationInput.documents(input.policyInputList ?? [])
    }
    return GetContextKeysForPolicyResponse(contextKeyNames: keys(of: own.policies.map(\.document) + documents))
  }

  private static func keys(of documents: [PolicyDocument]) -> [String] {
    var seen: Set<String> = []
    return documents.flatMap(\.contextKeys).filter { seen.insert($0.lowercased()).inserted }
  }
}
