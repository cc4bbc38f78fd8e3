/// The layers of policies, in the order in which explanations show them.
public enum PolicyLayer: String, Sendable, Codable, CaseIterable, Hashable {
  case resourceControl = "rcp"
  case serviceControl = "scp"
  case vpcEndpoint = "vpce"
  case resource
  case identity
  case boundary
  case session
}

/// What one layer says.
public enum LayerVerdict: String, Sendable, Codable, Hashable {
  /// There are no such policies, or they don't limit this caller or resource.
  case notApplicable = "n/a"
  case allow
  case implicitDeny
  case explicitDeny
}

/// A statement among the policies of a layer.
public struct StatementReference: Sendable, Hashable {
  /// Which level, for SCPs and RCPs; else 0.
  public let level: Int
  /// Which document of the level.
  public let policy: Int
  /// Which statement of the document.
  public let statement: Int
}

/// What one layer says, and why.
public struct LayerResult: Sendable {
  public let verdict: LayerVerdict
  /// The first statement that denies, else the first that allows; nothing for root users and implicit denials.
  public let statement: StatementReference?
  /// For the resource layer: how its policy names the caller.
  public let grant: Grant
  /// For SCPs that deny implicitly: the level that allows nothing.
  public let level: Int?

  init(_ verdict: LayerVerdict, _ statement: StatementReference? = nil, grant: Grant = .none, level: Int? = nil) {
    self.verdict = verdict
    self.statement = statement
    self.grant = grant
    self.level = level
  }
}

/// The results of all layers.
public struct LayerResults: Sendable {
  public internal(set) var resourceControl = LayerResult(.notApplicable)
  public internal(set) var serviceControl = LayerResult(.notApplicable)
  public internal(set) var vpcEndpoint = LayerResult(.notApplicable)
  public internal(set) var resource = LayerResult(.notApplicable)
  public internal(set) var identity = LayerResult(.notApplicable)
  public internal(set) var boundary = LayerResult(.notApplicable)
  public internal(set) var session = LayerResult(.notApplicable)

  public subscript(layer: PolicyLayer) -> LayerResult {
    switch layer {
    case .resourceControl: resourceControl
    case .serviceControl: serviceControl
    case .vpcEndpoint: vpcEndpoint
    case .resource: resource
    case .identity: identity
    case .boundary: boundary
    case .session: session
    }
  }
}

/// The answer to a request.
public struct Decision: Sendable {
  public enum Outcome: String, Sendable, Codable, Hashable {
    case allowed
    case explicitDeny
    case implicitDeny
  }

  /// What settled it.
  public enum Decider: Sendable, Hashable {
    case layer(PolicyLayer)
    /// Across accounts, the resource policy and the caller's own policies together.
    case bothAccounts
    /// `sts:GetCallerIdentity` needs no permission and can't be denied.
    case always

    /// As case files name it: a layer, `both`, or `always`.
    public var name: String {
      switch self {
      case .layer(let layer): layer.rawValue
      case .bothAccounts: "both"
      case .always: "always"
      }
    }
  }

  public let outcome: Outcome
  /// What everything but SCPs and RCPs says: with other ones, this is what they would leave or take away.
  public let outcomeWithoutOrganization: Outcome
  public let decider: Decider
  /// The policy that settled it, if one statement did.
  public let source: PolicySource?
  /// The statement of that policy.
  public let statement: Int?
  public let layers: LayerResults
  /// Whether caller and resource belong to one account. AWS tells the reason of a denial only then, or within an
  /// organization.
  public let isSameAccount: Bool
  /// Whether the resource layer is a role's trust policy, which messages name so.
  let concernsTrust: Bool

  /// Whether the request is allowed.
  public var isAllowed: Bool { outcome == .allowed }
}
