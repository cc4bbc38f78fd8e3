/// A decision told in full: every layer with its verdict and the statement behind it, and for a denial the statement that
/// came nearest and what it lacked.
public struct Explanation: Sendable, Codable {
  /// A part of a statement.
  public enum Element: String, Sendable, Codable, CaseIterable {
    case principal
    case action
    case resource
    case condition
  }

  /// One part of a statement against the request.
  public struct Check: Sendable, Codable {
    public let element: Element
    public let matches: Bool
    /// For conditions: the operator as written.
    public let `operator`: String?
    /// For conditions: the key as written.
    public let key: String?
    /// What the policy says.
    public let wanted: [String]
    /// What the request has; nothing if the condition key is absent.
    public let had: [String]?
  }

  /// The statement that came nearest to allowing the request.
  public struct NearMiss: Sendable, Codable {
    /// `policy#Sid`.
    public let policy: String
    public let policyARN: String?
    /// The parts that don't match: what would have to change.
    public let failed: [Check]
  }

  /// One layer, or one level of it.
  public struct Layer: Sendable, Codable {
    public let layer: PolicyLayer
    /// For SCPs and RCPs: the root, OU or account.
    public let entity: String?
    public let verdict: LayerVerdict
    /// For the resource policy: `none`, `account`, `role` or `direct`.
    public let grant: String?
    /// `policy#Sid` of the statement behind the verdict.
    public let decidedBy: String?
    public let policyARN: String?
    /// For an explicit denial: the conditions that the request met.
    public let met: [Check]
    public let nearMiss: NearMiss?
    /// Why the layer does not apply, and the like.
    public let note: String?
  }

  /// A condition key of the request.
  public struct ContextItem: Sendable, Codable {
    public let key: String
    public let values: [String]
    public let isMultiValued: Bool
  }

  public let outcome: Decision.Outcome
  /// The layer that settled it, `both` or `always`.
  public let decidedBy: String
  /// AWS's words for a denial; see ``Decision/reason(action:)``.
  public let reason: String?
  public let principal: String
  public let action: String
  public let resource: String
  public let principalAccount: String?
  public let resourceAccount: String?
  public let isSameAccount: Bool
  public let layers: [Layer]
  /// Things worth knowing, in whole sentences.
  public let hints: [String]
  public let context: [ContextItem]
}

extension PolicyEvaluator {
  /// Decides a request and tells why. Much slower than ``decide(_:_:)``: every statement is looked at.
  public static func explain(_ request: AuthorizationRequest, _ policies: PolicySet) -> Explanation {
    let decision = decide(request, policies)
    var explainer = Explainer(request: request, policies: policies, decision: decision)
    return explainer.explain()
  }
}
