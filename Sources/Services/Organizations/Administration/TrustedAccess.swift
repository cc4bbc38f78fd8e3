import Cloud
import Identity
import Wire

/// That a service may look into an organization and make its roles in the accounts (EnableAWSServiceAccess).
struct TrustedServiceRecord: Record {
  static let kind = "organizations.trustedService"

  let organization: String
  /// `cloudtrail.amazonaws.com`.
  let service: String
  let enabled: Timestamp

  var key: Key { Key(.string(organization), .string(service)) }

  /// The access of a service, if it has any.
  static func find(
    _ service: String, _ organization: OrganizationRecord, _ transaction: Transaction
  ) throws(AWSError) -> TrustedServiceRecord? {
    try transaction.get(TrustedServiceRecord.self, Key(.string(organization.id), .string(service)), in: .global)
  }
}

/// EnableAWSServiceAccess, DisableAWSServiceAccess and ListAWSServiceAccessForOrganization.
enum TrustedAccess {
  static func enable(
    _ input: EnableAWSServiceAccessRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let organization = try OrganizationAccess.organization(context, transaction)
    guard organization.featureSet == .all else { throw .needsAllFeatures() }
    try ServicePrincipals.check(input.servicePrincipal)
    if try TrustedServiceRecord.find(input.servicePrincipal, organization, transaction) == nil {
      try transaction.put(
        TrustedServiceRecord(
          organization: organization.id, service: input.servicePrincipal, enabled: transaction.now), in: .global)
    }
    return NoMembers()
  }

  /// A service without access has none afterwards either: AWS answers no error.
  static func disable(
    _ input: DisableAWSServiceAccessRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let organization = try OrganizationAccess.organization(context, transaction)
    guard organization.featureSet == .all else { throw .needsAllFeatures() }
    let service = input.servicePrincipal
    try ServicePrincipals.check(service)
    let delegates = try DelegatedAdministrators.all(of: organization, transaction)
    guard !delegates.contains(where: { $0.service == service }) else {
      throw .constraint(
        "DELEGATED_ADMINISTRATOR_EXISTS_FOR_THIS_SERVICE",
        "You have delegated administrator/s for this service. De-register them in order to disable service access.")
    }
    guard !PolicyKind.allCases.contains(where: { $0.neededService == service && organization.hasEnabled($0) }) else {
      // AWS: Organizations API, ConstraintViolationException.
      throw .constraint(
        "POLICY_TYPE_ENABLED_FOR_THIS_SERVICE",
        "You attempted to disable service access before you disabled the policy type. To complete this operation, you "
          + "must first disable the policy type.")
    }
    try transaction.delete(
      TrustedServiceRecord.self, Key(.string(organization.id), .string(service)), in: .global)
    return NoMembers()
  }

  static func list(
    _ input: ListAWSServiceAccessForOrganizationRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListAWSServiceAccessForOrganizationResponse {
    let organization = try OrganizationAccess.organization(context, transaction)
    let records = try transaction.scan(TrustedServiceRecord.self, in: .global, .prefix(.string(organization.id)))
    let page = try Paging.page(
      records, by: \.service, token: input.nextToken, size: input.maxResults, of: "services")
    return ListAWSServiceAccessForOrganizationResponse(
      enabledServicePrincipals: page.items.map {
        EnabledServicePrincipal(servicePrincipal: $0.service, dateEnabled: $0.enabled)
      }, nextToken: page.nextToken)
  }
}
