import Wire

/// Who asks: the answer of Identity, given to every handler.
public struct Caller: Sendable {
  /// The kinds of callers that AWS tells apart.
  public enum Kind: Sendable, Hashable {
    /// Nobody has signed.
    case anonymous
    /// An account's root user.
    case root
    /// An IAM user; `id` is the unique id (`AIDA…`).
    case user(name: String, id: String)
    /// A session of a role; `roleARN` with the role's path, `roleID` the unique id (`AROA…`).
    case assumedRole(roleARN: String, roleID: String, sessionName: String)
    /// A session of GetFederationToken; `issuerARN` is the user (or root user) who asked for it.
    case federatedUser(name: String, issuerARN: String)
    /// An AWS service that acts by itself, by its service principal (`sns.amazonaws.com`).
    case service(String)
  }

  public var kind: Kind
  /// The account the caller belongs to; nothing for anonymous callers and services.
  public var account: AccountID?
  /// The ARN that AWS prints in messages: the user's, the session's, `arn:aws:iam::…:root`; empty if anonymous.
  public var arn: String
  /// `aws:userid`.
  public var userID: String
  /// The access key that signed.
  public var accessKeyID: String?
  /// What only temporary credentials carry.
  public var session: Session?

  /// The facts of temporary credentials.
  public struct Session: Sendable {
    /// When the credentials were issued (`aws:TokenIssueTime`).
    public var issued: Timestamp
    public var expires: Timestamp
    /// Policies given with the session, inline first (texts), each limiting it.
    public var inlinePolicy: String?
    public var managedPolicyARNs: [String]
    /// Session tags; those marked transitive are inherited by chained sessions.
    public var tags: [String: String]
    public var transitiveTagKeys: [String]
    public var sourceIdentity: String?
    /// The provider of a web identity or SAML session (`aws:FederatedProvider`).
    public var federatedProvider: String?
    /// Whether MFA was used; nothing when the key does not apply.
    public var isMFAPresent: Bool?

    public init(
      issued: Timestamp, expires: Timestamp, inlinePolicy: String? = nil, managedPolicyARNs: [String] = [],
      tags: [String: String] = [:], transitiveTagKeys: [String] = [], sourceIdentity: String? = nil,
      federatedProvider: String? = nil, isMFAPresent: Bool? = nil
    ) {
      self.issued = issued
      self.expires = expires
      self.inlinePolicy = inlinePolicy
      self.managedPolicyARNs = managedPolicyARNs
      self.tags = tags
      self.transitiveTagKeys = transitiveTagKeys
      self.sourceIdentity = sourceIdentity
      self.federatedProvider = federatedProvider
      self.isMFAPresent = isMFAPresent
    }
  }

  public init(
    kind: Kind, account: AccountID?, arn: String, userID: String, accessKeyID: String? = nil, session: Session? = nil
  ) {
    self.kind = kind
    self.account = account
    self.arn = arn
    self.userID = userID
    self.accessKeyID = accessKeyID
    self.session = session
  }

  /// Nobody.
  public static let anonymous = Caller(kind: .anonymous, account: nil, arn: "", userID: "anonymous")

  /// The root user of an account.
  public static func root(of account: AccountID, accessKeyID: String? = nil) -> Caller {
    Caller(
      kind: .root, account: account, arn: "arn:aws:iam::\(account):root", userID: account.rawValue,
      accessKeyID: accessKeyID)
  }

  /// An AWS service by its service principal.
  public static func service(_ principal: String) -> Caller {
    Caller(kind: .service(principal), account: nil, arn: principal, userID: principal)
  }
}
