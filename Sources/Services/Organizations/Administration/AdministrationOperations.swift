import Cloud
import Wire

extension OrganizationsService {
  /// Delegated administrators, trusted access, the delegation policy, tags.
  static let administrationOperations: [Operation] = serviceOperations + resourcePolicyOperations + tagOperations

  private static let serviceOperations: [Operation] = [
    Operation(
      "EnableAWSServiceAccess",
      access: { (input: EnableAWSServiceAccessRequest, context, transaction) throws(AWSError) in
        try OrganizationAccess.checks(
          "EnableAWSServiceAccess", .management, keys: serviceKeys(input.servicePrincipal), context, transaction)
      }, TrustedAccess.enable),
    Operation(
      "DisableAWSServiceAccess",
      access: { (input: DisableAWSServiceAccessRequest, context, transaction) throws(AWSError) in
        try OrganizationAccess.checks(
          "DisableAWSServiceAccess", .management, keys: serviceKeys(input.servicePrincipal), context, transaction)
      }, TrustedAccess.disable),
    Operation(
      "ListAWSServiceAccessForOrganization",
      access: { (_: ListAWSServiceAccessForOrganizationRequest, context, transaction) throws(AWSError) in
        try OrganizationAccess.checks("ListAWSServiceAccessForOrganization", .delegates, context, transaction)
      }, TrustedAccess.list),
    Operation(
      "RegisterDelegatedAdministrator",
      access: { (input: RegisterDelegatedAdministratorRequest, context, transaction) throws(AWSError) in
        try OrganizationAccess.checks(
          "RegisterDelegatedAdministrator", .management, on: [input.accountId],
          keys: serviceKeys(input.servicePrincipal), context, transaction)
      }, DelegatedAdministrators.register),
    Operation(
      "DeregisterDelegatedAdministrator",
      access: { (input: DeregisterDelegatedAdministratorRequest, context, transaction) throws(AWSError) in
        try OrganizationAccess.checks(
          "DeregisterDelegatedAdministrator", .management, on: [input.accountId],
          keys: serviceKeys(input.servicePrincipal), context, transaction)
      }, DelegatedAdministrators.deregister),
    Operation(
      "ListDelegatedAdministrators",
      access: { (input: ListDelegatedAdministratorsRequest, context, transaction) throws(AWSError) in
        try OrganizationAccess.checks(
          "ListDelegatedAdministrators", .delegates, keys: serviceKeys(input.servicePrincipal), context, transaction)
      }, DelegatedAdministrators.list),
    Operation(
      "ListDelegatedServicesForAccount",
      access: { (input: ListDelegatedServicesForAccountRequest, context, transaction) throws(AWSError) in
        try OrganizationAccess.checks(
          "ListDelegatedServicesForAccount", .delegates, on: [input.accountId], context, transaction)
      }, DelegatedAdministrators.services),
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
    Operation(
      "TagResource",
      access: { (input: TagResourceRequest, context, transaction) throws(AWSError) in
        try OrganizationAccess.checks(
          "TagResource", .resourcePolicy, on: [input.resourceId], keys: OrganizationAccess.tagKeys(input.tags), context,
          transaction)
      }, Tagging.tag),
    Operation(
      "UntagResource",
      access: { (input: UntagResourceRequest, context, transaction) throws(AWSError) in
        try OrganizationAccess.checks(
          "UntagResource", .resourcePolicy, on: [input.resourceId],
          keys: [(name: "aws:TagKeys", value: .multiple(input.tagKeys))], context, transaction)
      }, Tagging.untag),
    Operation(
      "ListTagsForResource",
      access: { (input: ListTagsForResourceRequest, context, transaction) throws(AWSError) in
        try OrganizationAccess.checks("ListTagsForResource", .delegates, on: [input.resourceId], context, transaction)
      }, Tagging.list),
  ]

  private static func serviceKeys(_ service: String?) -> [(name: String, value: ConditionValue)] {
    service.map { [(name: "organizations:ServicePrincipal", value: .single($0))] } ?? []
  }
}
