/// A document with its name: where it is attached, and what explanations and error messages call it.
public struct PolicySource: Sendable {
  /// What kind of policy a document is where it applies.
  public enum Kind: String, Sendable, Codable, Hashable {
    /// Written into a user.
    case userInline
    /// Written into a group that the user is in.
    case groupInline
    /// Written into a role.
    case roleInline
    /// A managed policy attached to a user, group or role.
    case managed
    /// A permissions boundary.
    case boundary
    /// A session policy given inline to AssumeRole or GetFederationToken.
    case sessionInline
    /// A managed policy given as session policy.
    case sessionManaged
    case serviceControl
    case resourceControl
    /// The policy of a bucket, queue, topic, key, …
    case resource
    /// A role's trust policy.
    case trust
    case vpcEndpoint
  }

  public let kind: Kind
  /// Its name, for people: `inline:read-only`, `AdministratorAccess`, `bucket policy of photos`.
  public let name: String
  /// Its ARN, if it is a thing of its own: managed policies, SCPs, RCPs.
  public let arn: String?
  /// For SCPs and RCPs: the root, OU or account that it is attached to.
  public let entity: String?
  public let document: PolicyDocument

  public init(_ kind: Kind, name: String, arn: String? = nil, entity: String? = nil, _ document: PolicyDocument) {
    self.kind = kind
    self.name = name
    self.arn = arn
    self.entity = entity
    self.document = document
  }

  /// `name#Sid`, or `name#index` for a statement without Sid.
  public func label(ofStatement index: Int) -> String { "\(name)#\(document.statements[index].label)" }
}
