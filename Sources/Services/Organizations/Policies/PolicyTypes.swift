import Cloud
import Identity
import Wire

/// EnablePolicyType and DisablePolicyType.
enum PolicyTypes {
  static func enable(
    _ input: EnablePolicyTypeRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> EnablePolicyTypeResponse {
    var organization = try OrganizationAccess.organization(context, transaction)
    let kind = try kind(input.policyType)
    try organization.checkRoot(input.rootId)
    guard organization.featureSet == .all else { throw .policyTypeNotAvailable() }
    guard !organization.hasEnabled(kind) else { throw .policyTypeAlreadyEnabled() }
    if let service = kind.neededService, try TrustedServiceRecord.find(service, organization, transaction) == nil {
      // unverified: words
      throw .constraint(
        "SERVICE_ACCESS_NOT_ENABLED",
        "You must enable service access before you enable this policy type. Call the AWS API EnableAWSServiceAccess "
          + "first.")
    }
    organization.enabledPolicyTypes = (organization.enabledPolicyTypes + [kind.rawValue]).sorted()
    try transaction.save(organization)
    for target in try PolicyAttachments.targets(of: organization, transaction) {
      try PolicyAttachments.attachDefault(of: kind, to: target, of: organization, transaction)
    }
    try EffectivePolicyStates.refresh(kind, organization, transaction)
    return EnablePolicyTypeResponse(root: root(organization))
  }

  /// Everything of the type is detached, for good: AWS doesn't attach it again when the type is enabled again, but for its own
  /// policy.
  static func disable(
    _ input: DisablePolicyTypeRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> DisablePolicyTypeResponse {
    var organization = try OrganizationAccess.organization(context, transaction)
    let kind = try kind(input.policyType)
    try organization.checkRoot(input.rootId)
    guard organization.hasEnabled(kind) else { throw .policyTypeNotEnabled() }
    organization.enabledPolicyTypes.removeAll { $0 == kind.rawValue }
    try transaction.save(organization)
    try PolicyAttachments.removeAll(ofType: kind, of: organization, transaction)
    try EffectivePolicyStates.removeAll(kind, organization, transaction)
    return DisablePolicyTypeResponse(root: root(organization))
  }

  /// The kind by its name in the API.
  static func kind(_ name: String) throws(AWSError) -> PolicyKind {
    guard let kind = PolicyKind(rawValue: name) else { throw .invalidPolicyType() }
    return kind
  }

  private static func root(_ organization: OrganizationRecord) -> Root {
    Root(
      id: organization.rootID, arn: organization.rootARN, name: "Root",
      policyTypes: organization.enabledPolicyTypes.map {
        PolicyTypeSummary(type: $0, status: PolicyTypeStatus.enabled)
      })
  }
}

extension OrganizationRecord {
  func hasEnabled(_ kind: PolicyKind) -> Bool { enabledPolicyTypes.contains(kind.rawValue) }
}
