import Cloud
import Identity
import Wire

/// AttachPolicy, DetachPolicy, ListPoliciesForTarget and ListTargetsForPolicy.
enum Attaching {
  static func attach(
    _ input: AttachPolicyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let organization = try OrganizationAccess.organization(context, transaction)
    let kind = try kind(of: input.policyId, organization, transaction)
    let target = try organization.target(input.targetId, transaction)
    guard organization.hasEnabled(kind) else { throw .policyTypeNotEnabled() }
    let present = try PolicyAttachments.list(on: target.id, ofType: kind, of: organization, transaction)
    guard !present.contains(where: { $0.policy == input.policyId }) else { throw .duplicateAttachment() }
    guard present.count < kind.mostAttached else { throw .tooManyAttached() }
    let last = present.map(\.order).max() ?? 0
    try transaction.save(
      PolicyAttachmentRecord(
        organization: organization.id, target: target.id, type: kind.rawValue, policy: input.policyId, order: last + 1))
    try EffectivePolicyStates.refresh(kind, below: [target.id], organization, transaction)
    return NoMembers()
  }

  /// AWS: every root, unit and account keeps at least one SCP, and `RCPFullAWSAccess` for ever.
  static func detach(
    _ input: DetachPolicyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let organization = try OrganizationAccess.organization(context, transaction)
    let kind = try kind(of: input.policyId, organization, transaction)
    let target = try organization.target(input.targetId, transaction)
    let present = try PolicyAttachments.list(on: target.id, ofType: kind, of: organization, transaction)
    guard let attachment = present.first(where: { $0.policy == input.policyId }) else { throw .policyNotAttached() }
    if input.policyId == AWSManagedOrganizationPolicy.resourceFullAccess.id { throw .nonDetachablePolicy() }
    if kind == .serviceControl, present.count == 1 { throw .lastPolicy() }
    try transaction.remove(attachment)
    try EffectivePolicyStates.refresh(kind, below: [target.id], organization, transaction)
    return NoMembers()
  }

  static func policies(
    _ input: ListPoliciesForTargetRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListPoliciesForTargetResponse {
    let organization = try OrganizationAccess.organization(context, transaction)
    let kind = try PolicyTypes.kind(input.filter)
    let target = try organization.target(input.targetId, transaction)
    var summaries: [PolicySummary] = []
    for attachment in try PolicyAttachments.list(on: target.id, ofType: kind, of: organization, transaction) {
      if let summary = try Policy(attachment.policy, in: organization, transaction).policySummary {
        summaries.append(summary)
      }
    }
    let page = try Paging.page(
      summaries, by: { $0.id ?? "" }, token: input.nextToken, size: input.maxResults,
      of: "policies \(kind.rawValue) \(target.id)")
    return ListPoliciesForTargetResponse(policies: page.items, nextToken: page.nextToken)
  }

  static func targets(
    _ input: ListTargetsForPolicyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListTargetsForPolicyResponse {
    let organization = try OrganizationAccess.organization(context, transaction)
    _ = try kind(of: input.policyId, organization, transaction)
    var summaries: [PolicyTargetSummary] = []
    for attachment in try PolicyAttachments.list(of: input.policyId, in: organization, transaction) {
      let target = try organization.target(attachment.target, transaction)
      summaries.append(
        PolicyTargetSummary(
          targetId: target.id, arn: organization.arn(of: target.id), name: target.name, type: target.type))
    }
    let page = try Paging.page(
      summaries, by: { $0.targetId ?? "" }, token: input.nextToken, size: input.maxResults,
      of: "targets \(input.policyId)")
    return ListTargetsForPolicyResponse(targets: page.items, nextToken: page.nextToken)
  }

  /// The kind of a policy, one of AWS's own included.
  /// - Throws: PolicyNotFoundException.
  static func kind(
    of policy: String, _ organization: OrganizationRecord, _ transaction: Transaction
  ) throws(AWSError) -> PolicyKind {
    if let managed = AWSManagedOrganizationPolicy.find(policy) { return try PolicyTypes.kind(managed.type) }
    return try PolicyTypes.kind(organization.policy(policy, transaction).type)
  }
}
