import Cloud
import Wire

/// A managed policy: a customer's, or one of AWS's.
public struct ManagedPolicyRecord: Record {
  public static let kind = "iam.policy"
  public static let isCached = true

  /// One version of the document.
  public struct Version: Sendable, Codable {
    /// `v1`, `v2`, …; numbers are never used again.
    public var id: String
    public var policy: PolicyText
    public var created: Timestamp

    public init(id: String, text: String, created: Timestamp) {
      self.id = id
      policy = PolicyText(text)
      self.created = created
    }
  }

  /// Nothing for AWS's own.
  public let account: AccountID?
  public let name: String
  public let path: String
  public let id: String
  public let created: Timestamp
  public var updated: Timestamp
  public var description: String?
  public var tags: [IdentityTag] = []
  /// Oldest first, at most five.
  public var versions: [Version]
  public var defaultVersion: String
  public var nextVersion: Int

  public var key: Key { IAMName.key(name) }
  public var arn: String { "arn:aws:iam::\(account?.rawValue ?? AccountID.awsOwned):policy\(path)\(name)" }

  /// The document that counts.
  public var policy: PolicyText { versions.first { $0.id == defaultVersion }?.policy ?? .empty }

  public init(
    account: AccountID?, name: String, path: String, id: String, created: Timestamp, description: String?,
    versions: [Version]
  ) {
    self.account = account
    self.name = name
    self.path = path
    self.id = id
    self.created = created
    updated = versions.last?.created ?? created
    self.description = description
    self.versions = versions
    defaultVersion = versions.last?.id ?? "v1"
    nextVersion = (Int(defaultVersion.dropFirst()) ?? 1) + 1
  }

  /// The policy with this ARN: a customer's from the store, AWS's from the table.
  public static func find(arn text: String, _ transaction: Transaction) throws(AWSError) -> ManagedPolicyRecord? {
    if text.hasPrefix(AWSManagedPolicies.prefix) { return AWSManagedPolicies.find(arn: text) }
    // Account and name stand at known places; the comparison at the end makes sure of all the rest.
    guard text.hasPrefix("arn:aws:iam::"), let account = AccountID(String(text.dropFirst(13).prefix(12))),
      let slash = text.lastIndex(of: "/")
    else { return nil }
    let key = IAMName.key(String(text[text.index(after: slash)...]))
    guard let policy = try transaction.get(ManagedPolicyRecord.self, key, in: Scope(account)), policy.arn == text else {
      return nil
    }
    return policy
  }
}
