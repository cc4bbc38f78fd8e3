/// All policies that apply to a request, by layer.
public struct PolicySet: Sendable {
  /// Whether a resource policy must allow by itself where the caller's own account would otherwise suffice.
  public enum ResourceRule: Sendable {
    /// Derived: `sts:AssumeRole*` (trust policies) and KMS keys must, everything else need not.
    case automatic
    /// As for trust and key policies: silence means no, whatever the identity policies say.
    case mustAllow
    /// In its own account the identity policies suffice.
    case mayAllow
  }

  /// The policies of the user and his groups, or of the role.
  public var identity: [PolicySource]
  /// The permissions boundary; empty if there is none.
  public var boundaries: [PolicySource]
  /// Session policies; together they are one layer. Nothing if the session has none; an empty list permits nothing, as for a
  /// federated user's session without policy.
  public var session: [PolicySource]?
  /// Service control policies of the *caller's* account: root, OUs, account. Each level must allow. Empty outside of an
  /// organization, or with the policy type disabled.
  public var scpLevels: [[PolicySource]]
  /// Resource control policies of the *resource's* account. See ``ResourceControlPolicies`` for when they apply.
  public var rcpLevels: [[PolicySource]]
  /// The resource's policy, or the role's trust policy.
  public var resource: PolicySource?
  /// The policy of the VPC endpoint that the request came through.
  public var vpcEndpoint: [PolicySource]
  /// Whether the resource's account is its organization's management account, which RCPs don't limit.
  public var resourceIsInManagementAccount: Bool
  public var resourceRule: ResourceRule

  public init(
    identity: [PolicySource] = [], boundaries: [PolicySource] = [], session: [PolicySource]? = nil,
    scpLevels: [[PolicySource]] = [], rcpLevels: [[PolicySource]] = [], resource: PolicySource? = nil,
    vpcEndpoint: [PolicySource] = [], resourceIsInManagementAccount: Bool = false,
    resourceRule: ResourceRule = .automatic
  ) {
    self.identity = identity
    self.boundaries = boundaries
    self.session = session
    self.scpLevels = scpLevels
    self.rcpLevels = rcpLevels
    self.resource = resource
    self.vpcEndpoint = vpcEndpoint
    self.resourceIsInManagementAccount = resourceIsInManagementAccount
    self.resourceRule = resourceRule
  }

  /// The levels of a layer; layers without levels have one.
  func levels(of layer: PolicyLayer) -> [[PolicySource]] {
    switch layer {
    case .resourceControl: rcpLevels
    case .serviceControl: scpLevels
    case .vpcEndpoint: [vpcEndpoint]
    case .resource: [resource.map { [$0] } ?? []]
    case .identity: [identity]
    case .boundary: [boundaries]
    case .session: [session ?? []]
    }
  }

  func source(_ reference: StatementReference, in layer: PolicyLayer) -> PolicySource? {
    let levels = levels(of: layer)
    guard levels.indices.contains(reference.level), levels[reference.level].indices.contains(reference.policy) else {
      return nil
    }
    return levels[reference.level][reference.policy]
  }
}
