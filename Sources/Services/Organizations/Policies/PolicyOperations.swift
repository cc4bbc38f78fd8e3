import Cloud
import Wire

extension OrganizationsService {
  /// Policies: their types, documents, attachments, and what they come to.
  static let policyOperations: [Operation] =
    typeOperations + documentOperations + attachmentOperations + effectiveOperations

  private static let typeOperations: [Operation] = [
    operation(
      "EnablePolicyType", .resourcePolicy, on: { [$0.rootId] }, keys: { PolicyAccess.keys($0.policyType) },
      PolicyTypes.enable),
    operation(
      "DisablePolicyType", .resourcePolicy, on: { [$0.rootId] }, keys: { PolicyAccess.keys($0.policyType) },
      PolicyTypes.disable),
  ]

  private static let documentOperations: [Operation] = [
    Operation("CreatePolicy", access: PolicyAccess.create, Policies.create),
    policyOperation("UpdatePolicy", .resourcePolicy, { $0.policyId }, Policies.update),
    policyOperation("DeletePolicy", .resourcePolicy, { $0.policyId }, Policies.delete),
    policyOperation("DescribePolicy", .delegates, { $0.policyId }, Policies.describe),
    operation("ListPolicies", .delegates, keys: { PolicyAccess.keys($0.filter) }, Policies.list),
  ]

  private static let attachmentOperations: [Operation] = [
    policyOperation(
      "AttachPolicy", .resourcePolicy, { $0.policyId }, target: { $0.targetId }, Attaching.attach),
    policyOperation(
      "DetachPolicy", .resourcePolicy, { $0.policyId }, target: { $0.targetId }, Attaching.detach),
    operation(
      "ListPoliciesForTarget", .delegates, on: { [$0.targetId] }, keys: { PolicyAccess.keys($0.filter) },
      Attaching.policies),
    policyOperation("ListTargetsForPolicy", .delegates, { $0.policyId }, Attaching.targets),
  ]

  private static let effectiveOperations: [Operation] = [
    Operation(
      "DescribeEffectivePolicy", access: DescribingEffectivePolicies.describeAccess,
      DescribingEffectivePolicies.describe),
    operation(
      "ListAccountsWithInvalidEffectivePolicy", .delegates, keys: { PolicyAccess.keys($0.policyType) },
      DescribingEffectivePolicies.invalidAccounts),
    operation(
      "ListEffectivePolicyValidationErrors", .delegates, on: { [$0.accountId] },
      keys: { PolicyAccess.keys($0.policyType) }, DescribingEffectivePolicies.problems),
  ]

  /// An operation on a policy that exists, and perhaps on what it is attached to.
  private static func policyOperation<Input: Structure, Output: Structure>(
    _ name: String, _ reach: OrganizationAccess.Reach, _ policy: @escaping @Sendable (Input) -> String,
    target: @escaping @Sendable (Input) -> String? = { _ in nil },
    _ handler: @escaping @Sendable (Input, Context, Transaction) throws(AWSError) -> Output
  ) -> Operation {
    Operation(
      name,
      access: { (input: Input, context, transaction) throws(AWSError) in
        try PolicyAccess.check(name, reach, policy: policy(input), target: target(input), context, transaction)
      }, handler)
  }
}
