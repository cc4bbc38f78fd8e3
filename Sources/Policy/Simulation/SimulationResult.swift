/// One `EvaluationResult`: an action on all the resources of the request.
public struct SimulationResult: Sendable {
  /// A statement that decided, `MatchedStatements`.
  public struct Match: Sendable, Hashable {
    public let sourceID: String
    /// `IAM Policy`, `Resource Policy` or `Permissions Boundary Policy` (AWS captures; the model says otherwise).
    public let sourceType: String
    public let start: TextPosition
    public let end: TextPosition
  }

  /// One of `ResourceSpecificResults`.
  public struct ForResource: Sendable {
    public let resource: String
    public let decision: Decision.Outcome
    public let matches: [Match]
    public let missingContextValues: [String]
    /// `EvalDecisionDetails`; empty but across accounts.
    public let details: [String: Decision.Outcome]
    public let allowedByBoundary: Bool?
    /// Whether the SCPs allow; nothing without SCPs.
    public let allowedByOrganizations: Bool?
  }

  public let action: String
  /// `*` without resources, the ARN of a single one, the ARN's template for several.
  public let resourceName: String
  public let decision: Decision.Outcome
  public let matches: [Match]
  public let missingContextValues: [String]
  public let allowedByBoundary: Bool?
  public let allowedByOrganizations: Bool?
  /// `EvalDecisionDetails`; nothing if the answer has none: without resources, or when an SCP denies.
  public let details: [String: Decision.Outcome]?
  /// Empty if the request named no resources.
  public let resources: [ForResource]
}
