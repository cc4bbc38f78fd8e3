import Cloud
import Identity
import Wire

/// DescribeEffectivePolicy, ListAccountsWithInvalidEffectivePolicy and ListEffectivePolicyValidationErrors.
enum DescribingEffectivePolicies {
  /// Any account may see its own; that of others is for the management account and delegates.
  static func describeAccess(
    _ input: DescribeEffectivePolicyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> [AccessCheck] {
    let own = try context.account.rawValue
    let target = input.targetId ?? own
    return try OrganizationAccess.checks(
      "DescribeEffectivePolicy", target == own ? .members : .delegates, on: [target],
      keys: PolicyAccess.keys(input.policyType), context, transaction)
  }

  static func describe(
    _ input: DescribeEffectivePolicyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> DescribeEffectivePolicyResponse {
    let organization = try OrganizationAccess.organization(context, transaction)
    let kind = try managementKind(input.policyType)
    let own = try context.account.rawValue
    let id = input.targetId ?? own
    guard EntityID.kind(of: id) == .account else { throw .targetNotSupported() }
    let account = try organization.account(id, transaction, missing: .target)
    guard organization.hasEnabled(kind) else { throw .effectivePolicyNotFound() }
    let record = try EffectivePolicyStates.current(kind, of: account, organization, transaction)
    return DescribeEffectivePolicyResponse(
      effectivePolicy: EffectivePolicy(
        policyContent: record.content, lastUpdatedTimestamp: record.updated, targetId: id, policyType: kind.rawValue))
  }

  static func invalidAccounts(
    _ input: ListAccountsWithInvalidEffectivePolicyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListAccountsWithInvalidEffectivePolicyResponse {
    let organization = try OrganizationAccess.organization(context, transaction)
    let kind = try managementKind(input.policyType)
    guard organization.hasEnabled(kind) else { throw .effectivePolicyNotFound() }
    var policies = EffectivePolicies(kind.rawValue, in: organization)
    var accounts: [Account] = []
    for account in try organization.accounts(transaction) {
      let record = try EffectivePolicyStates.current(kind, of: account, organization, &policies, transaction)
      if !record.problems.isEmpty { accounts.append(try Account(account, in: organization, transaction)) }
    }
    let page = try Paging.page(
      accounts, by: { $0.id ?? "" }, token: input.nextToken, size: input.maxResults, of: "invalid \(kind.rawValue)")
    return ListAccountsWithInvalidEffectivePolicyResponse(
      accounts: page.items, policyType: kind.rawValue, nextToken: page.nextToken)
  }

  static func problems(
    _ input: ListEffectivePolicyValidationErrorsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListEffectivePolicyValidationErrorsResponse {
    let organization = try OrganizationAccess.organization(context, transaction)
    let kind = try managementKind(input.policyType)
    let account = try organization.account(input.accountId, transaction)
    guard organization.hasEnabled(kind) else { throw .effectivePolicyNotFound() }
    let record = try EffectivePolicyStates.current(kind, of: account, organization, transaction)
    // Two problems can have one path and code, so the place in the list tells them apart.
    let numbered = record.problems.enumerated().map { (id: String(10_000 + $0.offset), problem: $0.element) }
    let page = try Paging.page(
      numbered, by: { $0.id }, token: input.nextToken, size: input.maxResults,
      of: "problems \(kind.rawValue) \(input.accountId)")
    var answer = ListEffectivePolicyValidationErrorsResponse(
      accountId: input.accountId, policyType: kind.rawValue, nextToken: page.nextToken,
      effectivePolicyValidationErrors: page.items.map { item in
        EffectivePolicyValidationError(
          errorCode: item.problem.code, errorMessage: item.problem.message, pathToError: item.problem.path,
          contributingPolicies: item.problem.policies)
      })
    // Recorded from AWS: an account without errors has neither.
    if !record.problems.isEmpty {
      answer.path = try organization.path(of: .account(account), transaction)
      answer.evaluationTimestamp = record.evaluated
    }
    return answer
  }

  private static func managementKind(_ name: String) throws(AWSError) -> PolicyKind {
    let kind = try PolicyTypes.kind(name)
    guard !kind.isAuthorization else { throw .invalidPolicyType() }
    return kind
  }
}
