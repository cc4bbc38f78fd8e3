import Cloud
import Identity
import Wire

/// RegisterDelegatedAdministrator, DeregisterDelegatedAdministrator, ListDelegatedAdministrators and
/// ListDelegatedServicesForAccount.
enum DelegatedAdministrators {
  static func register(
    _ input: RegisterDelegatedAdministratorRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let organization = try OrganizationAccess.organization(context, transaction)
    guard organization.featureSet == .all else { throw .needsAllFeatures() }
    try checkNotManagement(input.accountId, organization)
    let account = try organization.account(input.accountId, transaction)
    let service = input.servicePrincipal
    try ServicePrincipals.check(service)
    guard account.state == .active else {
      // AWS: Organizations API, ConstraintViolationException.
      throw .constraint(
        "CANNOT_REGISTER_SUSPENDED_ACCOUNT_AS_DELEGATED_ADMINISTRATOR",
        "You cannot register a suspended account as a delegated administrator.")
    }
    guard try TrustedServiceRecord.find(service, organization, transaction) != nil else {
      throw .constraint(
        "SERVICE_ACCESS_NOT_ENABLED",
        "You must enable service access before you delegate an administrator for this service. Call the AWS API "
          + "EnableAWSServiceAccess first.")
    }
    let others = try all(of: organization, transaction).filter { $0.service == service }
    guard !others.contains(where: { $0.account == account.account }) else {
      throw AWSError(
        "AccountAlreadyRegisteredException",
        "The provided account is already a delegated administrator for your organization.", status: 400)
    }
    if let most = ServicePrincipals.mostDelegates(service), others.count >= most {
      // AWS: Organizations API, ConstraintViolationException.
      throw .constraint(
        "MAX_DELEGATED_ADMINISTRATORS_FOR_SERVICE_LIMIT_EXCEEDED",
        "You attempted to register more delegated administrators than allowed for the service principal.")
    }
    try transaction.put(
      DelegatedAdministratorRecord(
        organization: organization.id, account: account.account, service: service, enabled: transaction.now),
      in: .global)
    return NoMembers()
  }

  static func deregister(
    _ input: DeregisterDelegatedAdministratorRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let organization = try OrganizationAccess.organization(context, transaction)
    try checkNotManagement(input.accountId, organization)
    let account = try organization.account(input.accountId, transaction)
    try ServicePrincipals.check(input.servicePrincipal)
    let records = try DelegatedAdministratorRecord.all(of: account.account, in: organization, transaction)
    guard let record = records.first(where: { $0.service == input.servicePrincipal }) else { throw notRegistered() }
    try transaction.delete(record, in: .global)
    return NoMembers()
  }

  static func list(
    _ input: ListDelegatedAdministratorsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListDelegatedAdministratorsResponse {
    let organization = try OrganizationAccess.organization(context, transaction)
    if let service = input.servicePrincipal { try ServicePrincipals.check(service) }
    // An account is listed once, with the date of its first office.
    var first: [AccountID: Timestamp] = [:]
    for record in try all(of: organization, transaction)
    where input.servicePrincipal == nil || record.service == input.servicePrincipal {
      first[record.account] = min(first[record.account] ?? record.enabled, record.enabled)
    }
    let page = try Paging.page(
      Array(first), by: { $0.key.rawValue }, token: input.nextToken, size: input.maxResults,
      of: "delegates \(input.servicePrincipal ?? "")")
    var administrators: [DelegatedAdministrator] = []
    for (id, date) in page.items {
      let account = try Account(
        organization.account(id.rawValue, transaction), in: organization, transaction)
      administrators.append(
        DelegatedAdministrator(
          id: account.id, arn: account.arn, email: account.email, name: account.name, status: account.status,
          state: account.state, joinedMethod: account.joinedMethod, joinedTimestamp: account.joinedTimestamp,
          delegationEnabledDate: date))
    }
    return ListDelegatedAdministratorsResponse(delegatedAdministrators: administrators, nextToken: page.nextToken)
  }

  static func services(
    _ input: ListDelegatedServicesForAccountRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListDelegatedServicesForAccountResponse {
    let organization = try OrganizationAccess.organization(context, transaction)
    let account = try organization.account(input.accountId, transaction)
    let records = try DelegatedAdministratorRecord.all(of: account.account, in: organization, transaction)
    guard !records.isEmpty else { throw notRegistered() }
    let page = try Paging.page(
      records, by: \.service, token: input.nextToken, size: input.maxResults, of: "offices \(input.accountId)")
    return ListDelegatedServicesForAccountResponse(
      delegatedServices: page.items.map {
        DelegatedService(servicePrincipal: $0.service, delegationEnabledDate: $0.enabled)
      }, nextToken: page.nextToken)
  }

  /// All offices of an organization's accounts.
  static func all(
    of organization: OrganizationRecord, _ transaction: Transaction
  ) throws(AWSError) -> [DelegatedAdministratorRecord] {
    try transaction.scan(DelegatedAdministratorRecord.self, in: .global, .prefix(.string(organization.id)))
  }

  private static func checkNotManagement(_ account: String, _ organization: OrganizationRecord) throws(AWSError) {
    guard account != organization.managementAccount.rawValue else {
      throw .constraint(
        "CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR",
        "You cannot register master account/yourself as delegated administrator for your organization.")
    }
  }

  private static func notRegistered() -> AWSError {
    AWSError(
      "AccountNotRegisteredException",
      "The provided account is not a registered delegated administrator for your organization.", status: 400)
  }
}
