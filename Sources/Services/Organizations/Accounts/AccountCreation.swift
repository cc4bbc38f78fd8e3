import Cloud
import Identity
import Wire

/// CreateAccount and its siblings: accounts are made in the background, by a timer.
struct AccountCreation: Sendable {
  let limits: OrganizationLimits

  /// AWS: Organizations API, `CreateAccountRequest.RoleName`.
  private static let defaultRole = "OrganizationAccountAccessRole"

  @Sendable func create(
    _ input: CreateAccountRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> CreateAccountResponse {
    let organization = try OrganizationAccess.organization(context, transaction)
    try ResourceTags.check(input.tags)
    let role = input.roleName ?? AccountCreation.defaultRole
    guard !role.hasPrefix("AWSServiceRoleFor") else {
      throw .invalidInput(
        "INVALID_ROLE_NAME",
        "You provided a role name that isn't valid. A role name can't begin with the reserved prefix AWSServiceRoleFor."
      )
    }
    try SimulatorAddress.check(.createAccount, for: organization.managementEmail)
    guard try organization.seats(transaction) < limits.accounts else {
      throw .constraint("ACCOUNT_NUMBER_LIMIT_EXCEEDED", "You have exceeded the allowed number of AWS accounts.")
    }
    let running = try transaction.scan(
      CreateAccountRecord.self, by: CreateAccountRecord.byEmail, in: .global, .prefix(.string(organization.id)))
    guard running.count < OrganizationLimits.creationsAtOnce else {
      // unverified: reason and words
      throw .constraint(
        "ACCOUNT_CREATION_RATE_LIMIT_EXCEEDED",
        "You have exceeded the number of accounts that you can create at one time. Try again later.")
    }
    guard !running.contains(where: { $0.email.lowercased() == input.email.lowercased() }) else {
      throw AWSError(
        "ConcurrentModificationException",
        "AWS Organizations can't complete your request because it conflicts with another attempt to modify the same "
          + "entity. Try again later.", status: 400)
    }
    let request = CreateAccountRecord(
      organization: organization.id, id: EntityID.createAccountRequest(transaction.random), name: input.accountName,
      email: input.email, roleName: role,
      tags: (input.tags ?? []).map { IdentityTag(key: $0.key, value: $0.value) }, requested: transaction.now)
    try transaction.insert(request, in: .global)
    try transaction.schedule(
      OrganizationTimer.finishCreation.request(
        organization.id, request.id, at: transaction.now.adding(milliseconds: limits.creationTime)))
    return CreateAccountResponse(createAccountStatus: CreateAccountStatus(request))
  }

  /// There is no partition for governments here, so no management account has its counterpart in it.
  @Sendable func createGovCloud(
    _ input: CreateGovCloudAccountRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> CreateGovCloudAccountResponse {
    throw .constraint(
      "MASTER_ACCOUNT_NOT_GOVCLOUD_ENABLED",
      "To complete this operation, the management account must have an associated account in the AWS GovCloud (US-West) "
        + "Region.")
  }

  /// Makes the account, or says why not.
  func finish(_ organizationID: String, _ id: String, _ transaction: Transaction) throws(AWSError) {
    let key = Key(.string(organizationID), .string(id))
    guard let organization = try transaction.get(OrganizationRecord.self, Key(organizationID), in: .global),
      let old = try transaction.get(CreateAccountRecord.self, key, in: .global), old.state == .inProgress
    else { return }
    var request = old
    request.completed = transaction.now
    if let failure = try failure(of: request, organization, transaction) {
      request.state = .failed
      request.failure = failure
    } else {
      let account = try AccountCreation.newAccount(transaction)
      var profile = AccountProfileRecord(
        account: account, name: request.name, email: request.email, created: transaction.now)
      profile.noteChange(transaction.now)
      try transaction.put(profile, in: .global)
      try Membership.join(profile, organization, method: "CREATED", transaction)
      try ResourceTags.add(
        request.tags.map { Tag(key: $0.key, value: $0.value) }, to: account.rawValue, in: organization.id, transaction)
      try OrganizationRoles.makeAccessRole(
        request.roleName, in: account, for: organization.managementAccount, transaction)
      request.state = .succeeded
      request.account = account
    }
    try transaction.update(old, to: request, in: .global)
    try transaction.schedule(
      OrganizationTimer.forgetCreation.request(
        organizationID, id,
        at: transaction.now.adding(seconds: OrganizationLimits.creationRecordDays * OrganizationLimits.day)))
  }

  private func failure(
    of request: CreateAccountRecord, _ organization: OrganizationRecord, _ transaction: Transaction
  ) throws(AWSError) -> CreateAccountRecord.Failure? {
    if let wanted = SimulatorAddress.chosen(CreateAccountRecord.Failure.allCases, by: request.email) { return wanted }
    if !EmailAddress.isValid(request.email) { return .invalidEmail }
    if try AccountProfileRecord.find(email: request.email, transaction) != nil { return .emailAlreadyExists }
    if try organization.seats(transaction) >= limits.accounts { return .accountLimitExceeded }
    return nil
  }

  /// A number that no account of an organization has.
  private static func newAccount(_ transaction: Transaction) throws(AWSError) -> AccountID {
    while true {
      // No leading zero: careless programs read account numbers as numbers.
      let digits = String(1 + transaction.random.next() % 9) + transaction.random.text(11, .digits)
      guard let account = AccountID(digits) else { continue }
      if try !transaction.contains(AccountProfileRecord.self, Key(digits), in: .global) { return account }
    }
  }

  @Sendable func describe(
    _ input: DescribeCreateAccountStatusRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> DescribeCreateAccountStatusResponse {
    let organization = try OrganizationAccess.organization(context, transaction)
    let key = Key(.string(organization.id), .string(input.createAccountRequestId))
    guard let request = try transaction.get(CreateAccountRecord.self, key, in: .global) else {
      throw .notFound(.createAccountStatus)
    }
    return DescribeCreateAccountStatusResponse(createAccountStatus: CreateAccountStatus(request))
  }

  @Sendable func list(
    _ input: ListCreateAccountStatusRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListCreateAccountStatusResponse {
    let organization = try OrganizationAccess.organization(context, transaction)
    let states = Set(input.states ?? [])
    let all = try AccountCreation.all(of: organization, transaction)
      .filter { states.isEmpty || states.contains($0.state.rawValue) }
    let page = try Paging.page(
      all, by: \.id, token: input.nextToken, size: input.maxResults,
      of: "creations \(states.sorted().joined(separator: ","))")
    return ListCreateAccountStatusResponse(
      createAccountStatuses: page.items.map { CreateAccountStatus($0) }, nextToken: page.nextToken)
  }

  private static func all(
    of organization: OrganizationRecord, _ transaction: Transaction
  ) throws(AWSError) -> [CreateAccountRecord] {
    try transaction.scan(CreateAccountRecord.self, in: .global, .prefix(.string(organization.id)))
  }

  /// Forgets a request that was answered long ago.
  static func forget(_ organization: String, _ id: String, _ transaction: Transaction) throws(AWSError) {
    try transaction.delete(CreateAccountRecord.self, Key(.string(organization), .string(id)), in: .global)
  }

  /// Forgets the requests of an organization that is deleted; what runs comes to nothing.
  static func removeAll(of organization: OrganizationRecord, _ transaction: Transaction) throws(AWSError) {
    for request in try all(of: organization, transaction) { try transaction.delete(request, in: .global) }
  }
}

extension OrganizationRecord {
  /// How many accounts count against the limit: members, closed ones included, and open invitations.
  func seats(_ transaction: Transaction) throws(AWSError) -> Int {
    let members = try transaction.count(
      OrganizationAccountRecord.self, by: OrganizationAccountRecord.byParent, in: .global, .prefix(.string(id)))
    return members + (try Handshakes.openInvitations(of: self, transaction))
  }
}
