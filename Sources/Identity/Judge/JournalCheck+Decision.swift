import Cloud
import Policy

extension JournalCheck {
  /// A decision as the journal keeps it.
  init(
    _ request: AuthorizationRequest, _ policies: PolicySet, _ decision: Decision, owner: AccountID?,
    areRCPsPossible: Bool, mode: Enforcement
  ) {
    let principal = request.principal
    var traits: Traits = []
    if mode == .enforce { traits.insert(.isEnforced) }
    if principal.isServiceLinkedRole || principal.isInManagementAccount || principal.account == nil {
      traits.insert(.isExemptFromSCPs)
    }
    if areRCPsPossible { traits.insert(.isSubjectToRCPs) }
    if policies.resourceIsInManagementAccount { traits.insert(.isResourceInManagementAccount) }
    if JournalCheck.namesOrganizations(policies) { traits.insert(.dependsOnOrganization) }
    self.init(
      action: request.action, resource: request.resource, resourceAccount: owner, context: request.context,
      outcome: decision.outcome, outcomeWithoutOrganization: decision.outcomeWithoutOrganization,
      decider: decision.decider.name, policy: decision.source.map { $0.arn ?? $0.name }, traits: traits)
  }

  /// Whether a policy other than the organization's asks for somebody's place in it.
  private static func namesOrganizations(_ policies: PolicySet) -> Bool {
    policies.resource?.document.namesOrganizations ?? false
      || policies.identity.contains { $0.document.namesOrganizations }
      || policies.boundaries.contains { $0.document.namesOrganizations }
      || policies.session?.contains { $0.document.namesOrganizations } ?? false
  }
}
