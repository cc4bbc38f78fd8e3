import Cloud
import Wire

extension OrganizationsService {
  /// Delegated administrators, trusted access, the delegation policy, tags.
  static let administrationOperations: [Operation] = serviceOperations + resourcePolicyOperations + tagOperations

  private static let serviceOperations: [Operation] = [
    operation(
      "EnableAWSServiceAccess", .management, keys: { serviceKeys($0.servicePrincipal) }, TrustedAccess.enable),
    operation(
      "DisableAWSServiceAccess", .management, keys: { serviceKeys($0.servicePrincipal) }, TrustedAccess.disable),
    operation("ListAWSServiceAccessForOrganization", .delegates, TrustedAccess.list),
    operation(
      "RegisterDelegatedAdministrator", .management, on: { [$0.accountId] },
      keys: { serviceKeys($0.servicePrincipal) }, DelegatedAdministrators.register),
    operation(
      "DeregisterDelegatedAdministrator", .management, on: { [$0.accountId] },
      keys: { serviceKeys($0.servicePrincipal) }, DelegatedAdministrators.deregister),
    operation(
      "ListDelegatedAdministrators", .delegates, keys: { serviceKeys($0.servicePrincipal) },
      DelegatedAdministrators.list),
    operation(
      "ListDelegatedServicesForAccount", .delegates, on: { [$0.accountId] }, DelegatedAdministrators.services),
  ]

  private static let resourcePolicyOperations: [Operation] = [
    Operation("PutResourcePolicy", access: DelegationPolicy.putAccess, DelegationPolicy.put),
    Operation(
      "DescribeResourcePolicy",
      access: { (_: NoMembers, context, transaction) throws(AWSError) in
        try OrganizationAccess.checks(
          "DescribeResourcePolicy", .delegates, on: DelegationPolicy.ids(context, transaction), context, transaction)
      }, DelegationPolicy.describe),
    Operation(
      "DeleteResourcePolicy",
      access: { (_: NoMembers, context, transaction) throws(AWSError) in
        try OrganizationAccess.checks(
          "DeleteResourcePolicy", .management, on: DelegationPolicy.ids(context, transaction), context, transaction)
      }, DelegationPolicy.delete),
  ]

  private static let tagOperations: [Operation] = [
    operation(
      "TagResource", .resourcePolicy, on: { [$0.resourceId] }, keys: { OrganizationAccess.tagKeys($0.tags) },
      Tagging.tag),
    operation(
      "UntagResource", .resourcePolicy, on: { [$0.resourceId] },
      keys: { [(name: "aws:TagKeys", value: .multiple($0.tagKeys))] }, Tagging.untag),
    operation("ListTagsForResource", .delegates, on: { [$0.resourceId] }, Tagging.list),
  ]

  private static func serviceKeys(_ service: String?) -> [(name: String, value: ConditionValue)] {
    service.map { [(name: "organizations:ServicePrincipal", value: .single($0))] } ?? []
  }
}
