/// An organization to be built: what a seed file says.
public struct Seed: Sendable, Equatable {
  /// A policy, before it has an id.
  public struct Policy: Sendable, Equatable {
    public var name: String
    /// By its name in the API.
    public var type: String
    public var description: String
    /// As JSON.
    public var content: String

    public init(name: String, type: String, description: String = "", content: String) {
      self.name = name
      self.type = type
      self.description = description
      self.content = content
    }
  }

  /// What a root, unit and account have in common.
  public struct Attachments: Sendable, Equatable {
    /// The names of policies, AWS's own not among them.
    public var policies: [String] = []
    /// Whether FullAWSAccess is attached, as it is everywhere from the beginning.
    public var hasFullAccess = true

    public init(policies: [String] = [], hasFullAccess: Bool = true) {
      self.policies = policies
      self.hasFullAccess = hasFullAccess
    }
  }

  /// A policy that a role has for itself.
  public struct InlinePolicy: Sendable, Equatable {
    public var name: String
    /// As JSON.
    public var content: String

    public init(name: String, content: String) {
      self.name = name
      self.content = content
    }
  }

  public struct Role: Sendable, Equatable {
    public var name: String
    /// `/`, or a path that begins and ends with a slash.
    public var path: String
    /// Who may assume it: a trust policy as JSON.
    public var trust: String
    /// ARNs of managed policies.
    public var managed: [String]
    /// Policies of its own.
    public var inline: [InlinePolicy]

    public init(name: String, path: String = "/", trust: String, managed: [String] = [], inline: [InlinePolicy] = []) {
      self.name = name
      self.path = path
      self.trust = trust
      self.managed = managed
      self.inline = inline
    }
  }

  public struct Account: Sendable, Equatable {
    /// Twelve digits; nothing for an account that is made and gets what it gets.
    public var id: String?
    public var name: String
    public var email: String
    public var attachments: Attachments
    public var roles: [Role]

    public init(
      id: String? = nil, name: String, email: String, attachments: Attachments = Attachments(), roles: [Role] = []
    ) {
      self.id = id
      self.name = name
      self.email = email
      self.attachments = attachments
      self.roles = roles
    }
  }

  /// The root or a unit, with what is in it.
  public struct Unit: Sendable, Equatable {
    /// Nothing for the root.
    public var name: String
    public var attachments: Attachments
    public var accounts: [Account]
    public var units: [Unit]

    public init(name: String, attachments: Attachments = Attachments(), accounts: [Account] = [], units: [Unit] = []) {
      self.name = name
      self.attachments = attachments
      self.accounts = accounts
      self.units = units
    }

    /// All accounts in it and below.
    public var allAccounts: [Account] { accounts + units.flatMap(\.allAccounts) }
  }

  /// The management account's number; nothing for whoever runs the seed.
  public var management: String?
  /// What is attached to the management account.
  public var managementAttachments: Attachments
  /// Policy types, by their names in the API.
  public var enabledTypes: [String]
  public var policies: [Policy]
  public var root: Unit

  public init(
    management: String? = nil, managementAttachments: Attachments = Attachments(), enabledTypes: [String],
    policies: [Policy], root: Unit
  ) {
    self.management = management
    self.managementAttachments = managementAttachments
    self.enabledTypes = enabledTypes
    self.policies = policies
    self.root = root
  }
}
