import Cloud
import Wire

extension OrganizationsService {
  /// Policies: their types, documents, attachments, and what they come to.
  static let policyOperations: [Operation] =
    typeOperations + documentOperations + attachmentOperations + effectiveOperations

  private static let typeOperations: [Operation] = [
    Operation(
      "EnablePolicyType",
      access: { (input: EnablePolicyTypeRequest, context, transaction) throws(AWSError) in
        try OrganizationAccess.checks(
          "EnablePolicyType", .resourcePolicy, on: [input.rootId], keys: PolicyAccess.keys(input.policyType), context,
          transaction)
      }, PolicyTypes.enable),
    Operation(
      "DisablePolicyType",
      access: { (input: DisablePolicyTypeRequest, context, transaction) throws(AWSError) in
        try OrganizationAccess.checks(
          "DisablePolicyType", .resourcePolicy, on: [input.rootId], keys: PolicyAccess.keys(input.policyType), context,
          transaction)
      }, PolicyTypes.disable),
  ]

  private static let documentOperations: [Operation] = [
    Operation("CreatePolicy", access: PolicyAccess.create, Policies.create),
    Operation(
      "UpdatePolicy",
      access: { (input: UpdatePolicyRequest, context, transaction) throws(AWSError) in
        try PolicyAccess.check("UpdatePolicy", .resourcePolicy, policy: input.policyId, context, transaction)
      }, Policies.update),
    Operation(
      "DeletePolicy",
      access: { (input: DeletePolicyRequest, context, transaction) throws(AWSError) in
        try PolicyAccess.check("DeletePolicy", .resourcePolicy, policy: input.policyId, context, transaction)
      }, Policies.delete),
    Operation(
      "DescribePolicy",
      access: { (input: DescribePolicyRequest, context, transaction) throws(AWSError) in
        try PolicyAccess.check("DescribePolicy", .delegates, policy: input.policyId, context, transaction)
      }, Policies.describe),
    Operation(
      "ListPolicies",
      access: { (input: ListPoliciesRequest, context, transaction) throws(AWSError) in
        try OrganizationAccess.checks(
          "ListPolicies", .delegates, keys: PolicyAccess.keys(input.filter), context, transaction)
      }, Policies.list),
  ]

  private static let attachmentOperations: [Operation] = [
    Operation(
      "AttachPolicy",
      access: { (input: AttachPolicyRequest, context, transaction) throws(AWSError) in
        try PolicyAccess.check(
          "AttachPolicy", .resourcePolicy, policy: input.policyId, target: input.targetId, context, transaction)
      }, Attaching.attach),
    Operation(
      "DetachPolicy",
      access: { (input: DetachPolicyRequest, context, transaction) throws(AWSError) in
        try PolicyAccess.check(
          "DetachPolicy", .resourcePolicy, policy: input.policyId, target: input.targetId, context, transaction)
      }, Attaching.detach),
    Operation(
      "ListPoliciesForTarget",
      access: { (input: ListPoliciesForTargetRequest, context, transaction) throws(AWSError) in
        try OrganizationAccess.checks(
          "ListPoliciesForTarget", .delegates, on: [input.targetId], keys: PolicyAccess.keys(input.filter), context,
          transaction)
      }, Attaching.policies),
    Operation(
      "ListTargetsForPolicy",
      access: { (input: ListTargetsForPolicyRequest, context, transaction) throws(AWSError) in
        try PolicyAccess.check("ListTargetsForPolicy", .delegates, policy: input.policyId, context, transaction)
      }, Attaching.targets),
  ]

  private static let effectiveOperations: [Operation] = [
    Operation(
      "DescribeEffectivePolicy", access: DescribingEffectivePolicies.describeAccess,
      DescribingEffectivePolicies.describe),
    Operation(
      "ListAccountsWithInvalidEffectivePolicy",
      access: { (input: ListAccountsWithInvalidEffectivePolicyRequest, context, transaction) throws(AWSError) in
        try OrganizationAccess.checks(
          "ListAccountsWithInvalidEffectivePolicy", .delegates, keys: PolicyAccess.keys(input.policyType), context,
          transaction)
      }, DescribingEffectivePolicies.invalidAccounts),
    Operation(
      "ListEffectivePolicyValidationErrors",
      access: { (input: ListEffectivePolicyValidationErrorsRequest, context, transaction) throws(AWSError) in
        try OrganizationAccess.checks(
          "ListEffectivePolicyValidationErrors", .delegates, on: [input.accountId],
          keys: PolicyAccess.keys(input.policyType), context, transaction)
      }, DescribingEffectivePolicies.problems),
  ]
}
