import Cloud
import Wire

/// What an account has set for itself as a whole.
public struct AccountSettingsRecord: Record {
  public static let kind = "iam.account"
  public static let isCached = true

  /// Rules for passwords of IAM users.
  public struct PasswordPolicy: Sendable, Codable {
    public var minimumLength: Int
    public var requiresSymbols: Bool
    public var requiresNumbers: Bool
    public var requiresUppercase: Bool
    public var requiresLowercase: Bool
    public var canUsersChange: Bool
    /// In days.
    public var maximumAge: Int?
    public var reusePrevention: Int?
    public var isHardExpiry: Bool?

    public init(
      minimumLength: Int, requiresSymbols: Bool, requiresNumbers: Bool, requiresUppercase: Bool,
      requiresLowercase: Bool,
      canUsersChange: Bool, maximumAge: Int?, reusePrevention: Int?, isHardExpiry: Bool?
    ) {
      self.minimumLength = minimumLength
      self.requiresSymbols = requiresSymbols
      self.requiresNumbers = requiresNumbers
      self.requiresUppercase = requiresUppercase
      self.requiresLowercase = requiresLowercase
      self.canUsersChange = canUsersChange
      self.maximumAge = maximumAge
      self.reusePrevention = reusePrevention
      self.isHardExpiry = isHardExpiry
    }
  }

  public var alias: String?
  public var passwordPolicy: PasswordPolicy?
  /// When a credential report was last asked for, and its text.
  public var reportTime: Timestamp?
  public var report: String?
  /// `1` or `2`: which session tokens the global STS endpoint gives.
  public var globalTokenVersion: Int?

  public var key: Key { "account" }

  public init() {}

  /// The settings of an account; accounts need not be created.
  public static func find(in account: AccountID, _ transaction: Transaction) throws(AWSError) -> AccountSettingsRecord {
    try transaction.get(AccountSettingsRecord.self, "account", in: Scope(account)) ?? AccountSettingsRecord()
  }
}

/// Who has an account alias; aliases are one space for the whole cloud.
public struct AccountAliasRecord: Record {
  public static let kind = "iam.account-alias"
  public let alias: String
  public let account: AccountID

  public var key: Key { Key(alias) }

  public init(alias: String, account: AccountID) {
    self.alias = alias
    self.account = account
  }
}

/// A provider of OpenID Connect identities.
public struct OpenIDProviderRecord: Record {
  public static let kind = "iam.oidc-provider"
  public static let isCached = true
  public let account: AccountID
  /// Without `https://`.
  public let url: String
  public let created: Timestamp
  public var clientIDs: [String]
  public var thumbprints: [String]
  public var tags: [IdentityTag] = []
  /// The provider's public keys (a JSON Web Key Set), as registered here: there is no network to fetch them from.
  public var keySet: String?

  public var key: Key { Key(url) }
  public var arn: String { "arn:aws:iam::\(account):oidc-provider/\(url)" }

  public init(account: AccountID, url: String, created: Timestamp, clientIDs: [String], thumbprints: [String]) {
    self.account = account
    self.url = url
    self.created = created
    self.clientIDs = clientIDs
    self.thumbprints = thumbprints
  }

  /// The provider with this ARN.
  public static func find(arn text: String, _ transaction: Transaction) throws(AWSError) -> OpenIDProviderRecord? {
    guard let arn = ARN(text), arn.service == "iam", let account = arn.accountID,
      arn.resource.hasPrefix("oidc-provider/")
    else { return nil }
    let url = String(arn.resource.dropFirst("oidc-provider/".count))
    return try transaction.get(OpenIDProviderRecord.self, Key(url), in: Scope(account))
  }
}

/// A provider of SAML 2.0 identities.
public struct SAMLProviderRecord: Record {
  public static let kind = "iam.saml-provider"
  public static let isCached = true
  public let account: AccountID
  public let name: String
  public let id: String
  public let created: Timestamp
  public var metadata: String
  public var validUntil: Timestamp
  public var tags: [IdentityTag] = []

  public var key: Key { Key(name) }
  public var arn: String { "arn:aws:iam::\(account):saml-provider/\(name)" }

  public init(account: AccountID, name: String, id: String, created: Timestamp, metadata: String, validUntil: Timestamp)
  {
    self.account = account
    self.name = name
    self.id = id
    self.created = created
    self.metadata = metadata
    self.validUntil = validUntil
  }

  /// The provider with this ARN.
  public static func find(arn text: String, _ transaction: Transaction) throws(AWSError) -> SAMLProviderRecord? {
    guard let arn = ARN(text), arn.service == "iam", let account = arn.accountID,
      arn.resource.hasPrefix("saml-provider/")
    else { return nil }
    let name = String(arn.resource.dropFirst("saml-provider/".count))
    return try transaction.get(SAMLProviderRecord.self, Key(name), in: Scope(account))
  }
}
