/// An organization in AWS Organizations, as far as its policies depend on it: plain data that can be written to a file.
public struct OrganizationModel: Sendable, Codable, Equatable {
  /// An organizational unit.
  public struct Unit: Sendable, Codable, Equatable {
    public var id: String
    public var name: String
    /// The root's or another unit's id.
    public var parent: String

    public init(id: String, name: String, parent: String) {
      self.id = id
      self.name = name
      self.parent = parent
    }
  }

  /// An account, the management account included.
  public struct Account: Sendable, Codable, Equatable {
    /// Twelve digits.
    public var id: String
    public var name: String
    public var email: String
    /// The root's or a unit's id.
    public var parent: String

    public init(id: String, name: String, email: String, parent: String) {
      self.id = id
      self.name = name
      self.email = email
      self.parent = parent
    }
  }

  /// A policy of any type. Those of AWS (`p-FullAWSAccess`) are among them if they are attached anywhere.
  public struct Policy: Sendable, Codable, Equatable {
    public var id: String
    public var name: String
    /// By its name in the API: `SERVICE_CONTROL_POLICY`.
    public var type: String
    public var description: String
    public var content: String

    public init(id: String, name: String, type: String, description: String = "", content: String) {
      self.id = id
      self.name = name
      self.type = type
      self.description = description
      self.content = content
    }

    /// Whether AWS keeps it, so that nobody can change it.
    public var isManagedByAWS: Bool { id == Self.fullAccessID || id == Self.resourceFullAccessID }

    /// AWS: Organizations user guide, "Attaching and detaching policies": what every root, unit and account begins
    /// with.
    public static let fullAccessID = "p-FullAWSAccess"
    /// The same for resource control policies; it can't be detached.
    public static let resourceFullAccessID = "p-RCPFullAWSAccess"
    public static let serviceControlType = "SERVICE_CONTROL_POLICY"
    public static let resourceControlType = "RESOURCE_CONTROL_POLICY"

    /// What people call a policy type: `SCP`, `RCP`, or its name in the API.
    static func short(_ type: String) -> String {
      switch type {
      case serviceControlType: "SCP"
      case resourceControlType: "RCP"
      default: type
      }
    }
  }

  /// One policy on one root, unit or account.
  public struct Attachment: Sendable, Codable, Equatable, Hashable {
    public var target: String
    public var policy: String

    public init(target: String, policy: String) {
      self.target = target
      self.policy = policy
    }
  }

  /// `o-…`
  public var id: String
  public var managementAccount: String
  /// `r-…`
  public var root: String
  /// Whether all features are on; without them no policies count.
  public var hasAllFeatures: Bool
  /// By their names in the API.
  public var enabledTypes: [String]
  public var units: [Unit]
  public var accounts: [Account]
  public var policies: [Policy]
  public var attachments: [Attachment]

  public init(
    id: String, managementAccount: String, root: String, hasAllFeatures: Bool = true, enabledTypes: [String] = [],
    units: [Unit] = [], accounts: [Account] = [], policies: [Policy] = [], attachments: [Attachment] = []
  ) {
    self.id = id
    self.managementAccount = managementAccount
    self.root = root
    self.hasAllFeatures = hasAllFeatures
    self.enabledTypes = enabledTypes
    self.units = units
    self.accounts = accounts
    self.policies = policies
    self.attachments = attachments
  }

  /// Whether policies of a type count.
  public func isEnabled(_ type: String) -> Bool { hasAllFeatures && enabledTypes.contains(type) }

  /// What a target is called: `Root`, `OU Workloads`, `account 111122223333 (app)`.
  public func name(ofTarget id: String) -> String {
    if id == root { return "Root" }
    if let unit = units.first(where: { $0.id == id }) { return "OU \(unit.name)" }
    if let account = accounts.first(where: { $0.id == id }) {
      return account.name.isEmpty ? "account \(id)" : "account \(id) (\(account.name))"
    }
    return id
  }
}
