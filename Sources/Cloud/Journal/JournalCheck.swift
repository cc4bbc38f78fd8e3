import Policy

/// A question to the judge with his answer, and all that is needed to ask it again under other policies.
public struct JournalCheck: Sendable {
  public var action: String
  public var resource: String
  /// The account that owns the resource; nothing if it could not be told.
  public var resourceAccount: AccountID?
  /// The whole context of conditions, as it was evaluated.
  public var context: ConditionContext
  /// Nothing if the account's permissions are not enforced at all (`off`), so that nothing was decided.
  public var outcome: Decision.Outcome?
  /// What everything but the organization's policies (SCPs and RCPs) says.
  public var outcomeWithoutOrganization: Decision.Outcome?
  /// What settled it: a layer (`scp`, `rcp`, `identity`, …), `both`, or `always`.
  public var decider: String
  /// The policy that settled it, by ARN or else by name; nothing if no single one did.
  public var policy: String?
  public var traits: Traits

  /// What else is to be known when a check is evaluated anew.
  public struct Traits: OptionSet, Sendable, Hashable {
    public let rawValue: UInt16
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// The outcome was carried out; without it the account was in audit mode and the call went through.
    public static let isEnforced = Traits(rawValue: 1)
    /// The answer only shaped the call's result (what a listing shows); a denial did not end the call.
    public static let isAdvisory = Traits(rawValue: 2)
    /// SCPs don't limit the caller: a service-linked role, a service, nobody, or a principal of a management account.
    public static let isExemptFromSCPs = Traits(rawValue: 4)
    /// RCPs can limit it: the action's service supports them and the caller is no service-linked role.
    public static let isSubjectToRCPs = Traits(rawValue: 8)
    /// A policy other than SCPs and RCPs names `aws:PrincipalOrgPaths` or its like, so that a move of an account could
    /// change what it says.
    public static let dependsOnOrganization = Traits(rawValue: 16)
    /// The resource was in its organization's management account, which RCPs don't limit.
    public static let isResourceInManagementAccount = Traits(rawValue: 32)
  }

  public init(
    action: String, resource: String, resourceAccount: AccountID?, context: ConditionContext,
    outcome: Decision.Outcome?, outcomeWithoutOrganization: Decision.Outcome?, decider: String = "",
    policy: String? = nil, traits: Traits = []
  ) {
    self.action = action
    self.resource = resource
    self.resourceAccount = resourceAccount
    self.context = context
    self.outcome = outcome
    self.outcomeWithoutOrganization = outcomeWithoutOrganization
    self.decider = decider
    self.policy = policy
    self.traits = traits
  }
}
