import Cloud
import Identity
import Wire

/// DescribeAccount and the lists of accounts; MoveAccount.
enum Accounts {
  static func describe(
    _ input: DescribeAccountRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> DescribeAccountResponse {
    let organization = try OrganizationAccess.organization(context, transaction)
    let account = try organization.account(input.accountId, transaction)
    return DescribeAccountResponse(account: try Account(account, in: organization, transaction))
  }

  static func list(
    _ input: ListAccountsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListAccountsResponse {
    let organization = try OrganizationAccess.organization(context, transaction)
    let page = try Paging.page(
      try organization.accounts(transaction), by: \.account.rawValue, token: input.nextToken, size: input.maxResults,
      of: "accounts")
    return ListAccountsResponse(
      accounts: try answers(page.items, organization, transaction), nextToken: page.nextToken)
  }

  static func listForParent(
    _ input: ListAccountsForParentRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListAccountsForParentResponse {
    let organization = try OrganizationAccess.organization(context, transaction)
    let parent = try organization.parent(input.parentId, transaction)
    let page = try Paging.page(
      try organization.accounts(in: parent.id, transaction), by: \.account.rawValue, token: input.nextToken,
      size: input.maxResults, of: "accounts \(parent.id)")
    return ListAccountsForParentResponse(
      accounts: try answers(page.items, organization, transaction), nextToken: page.nextToken)
  }

  private static func answers(
    _ records: [OrganizationAccountRecord], _ organization: OrganizationRecord, _ transaction: Transaction
  ) throws(AWSError) -> [Account] {
    var accounts: [Account] = []
    for record in records { accounts.append(try Account(record, in: organization, transaction)) }
    return accounts
  }

  /// What limits the account changes with its next call: nothing of the policies is kept with it.
  static func move(
    _ input: MoveAccountRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let organization = try OrganizationAccess.organization(context, transaction)
    var account = try organization.account(input.accountId, transaction)
    let source = try organization.parent(input.sourceParentId, transaction, missing: .sourceParent)
    let destination = try organization.parent(input.destinationParentId, transaction, missing: .destinationParent)
    // AWS says so of an account that is elsewhere in the organization, too.
    guard account.parent == source.id else { throw .notFound(.account) }
    guard account.parent != destination.id else {
      throw AWSError(
        "DuplicateAccountException", "That account is already present in the specified destination.", status: 400)
    }
    account.parent = destination.id
    try transaction.save(account)
    try Membership.renewEffectivePolicies(of: account, organization, transaction)
    return NoMembers()
  }
}
