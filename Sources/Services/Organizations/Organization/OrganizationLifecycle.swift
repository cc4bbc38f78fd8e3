import Cloud
import Identity
import Wire

/// CreateOrganization, DescribeOrganization, DeleteOrganization and ListRoots.
enum OrganizationLifecycle {
  static func create(
    _ input: CreateOrganizationRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> CreateOrganizationResponse {
    let account = try context.account
    guard case .outsider = try OrganizationAccess.standing(context, transaction) else {
      throw AWSError(
        "AlreadyInOrganizationException", "The AWS account is already a member of an organization.", status: 400)
    }
    let features = input.featureSet.flatMap { OrganizationRecord.FeatureSet(rawValue: $0) } ?? .all
    if features == .all { try OrganizationRoles.checkServiceLinkedRole(context, transaction) }
    var profile = try AccountProfileRecord.find(account, transaction)
    try SimulatorAddress.check(.createOrganization, for: profile.email)
    profile.noteChange(transaction.now)
    try transaction.put(profile, in: .global)
    // The root starts without enabled policy types, as roots of organizations made through the API do; Terraform relies on it.
    let organization = OrganizationRecord(
      id: EntityID.organization(transaction.random), managementAccount: account, managementEmail: profile.email,
      featureSet: features, rootID: EntityID.root(transaction.random), created: transaction.now)
    try transaction.save(organization)
    try Membership.join(profile, organization, method: "INVITED", transaction)
    return CreateOrganizationResponse(organization: Organization(organization))
  }

  static func describe(
    _ input: NoMembers, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> DescribeOrganizationResponse {
    DescribeOrganizationResponse(
      organization: Organization(try OrganizationAccess.organization(context, transaction)))
  }

  static func delete(_ input: NoMembers, _ context: Context, _ transaction: Transaction) throws(AWSError) -> NoMembers {
    let organization = try OrganizationAccess.organization(context, transaction)
    let accounts = try organization.accounts(transaction)
    guard accounts.count == 1 else {
      throw AWSError(
        "OrganizationNotEmptyException",
        "To delete an organization you must first remove all member accounts (except the master).", status: 400)
    }
    for account in accounts { try Membership.remove(.account(account), from: organization, transaction) }
    for unit in try organization.units(transaction) {
      try Membership.remove(.unit(unit), from: organization, transaction)
    }
    try Membership.remove(.root(organization), from: organization, transaction)
    let all = KeyRange.prefix(.string(organization.id))
    for policy in try transaction.scan(OrganizationPolicyRecord.self, in: .global, all) {
      try transaction.remove(policy)
    }
    for tags in try transaction.scan(ResourceTagsRecord.self, in: .global, all) {
      try transaction.delete(tags, in: .global)
    }
    for service in try transaction.scan(TrustedServiceRecord.self, in: .global, all) {
      try transaction.delete(service, in: .global)
    }
    try Handshakes.removeAll(of: organization, transaction)
    try AccountCreation.removeAll(of: organization, transaction)
    try transaction.remove(organization)
    return NoMembers()
  }

  static func roots(
    _ input: ListRootsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListRootsResponse {
    let organization = try OrganizationAccess.organization(context, transaction)
    let page = try Paging.page(
      [organization], by: \.rootID, token: input.nextToken, size: input.maxResults, of: "roots")
    return ListRootsResponse(roots: page.items.map { Root($0) }, nextToken: page.nextToken)
  }
}

extension Organization {
  /// An organization as the API describes it.
  init(_ record: OrganizationRecord) {
    // AWS: Organizations API, Organization, `AvailablePolicyTypes`: "Do not use. This field is deprecated and doesn't provide
    // complete information": it names SCPs only.
    let types = [PolicyTypeSummary(type: "SERVICE_CONTROL_POLICY", status: "ENABLED")]
    self.init(
      id: record.id, arn: record.arn, featureSet: record.featureSet.rawValue,
      masterAccountArn: record.arn(of: record.managementAccount.rawValue),
      masterAccountId: record.managementAccount.rawValue, masterAccountEmail: record.managementEmail,
      availablePolicyTypes: record.featureSet == .all ? types : [])
  }
}

extension Root {
  /// The root of an organization as the API describes it.
  init(_ record: OrganizationRecord) {
    self.init(
      id: record.rootID, arn: record.rootARN, name: "Root",
      policyTypes: record.enabledPolicyTypes.map { PolicyTypeSummary(type: $0, status: "ENABLED") })
  }
}
