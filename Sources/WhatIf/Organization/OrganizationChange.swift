/// One change of an organization that is to be tried. Targets, policies and accounts are named by id or by name.
public enum OrganizationChange: Sendable, Codable, Equatable {
  /// A new policy, attached to a target.
  case attach(PolicyText, to: String)
  /// A policy that is there already, attached to one more target.
  case attachExisting(policy: String, to: String)
  case detach(policy: String, from: String)
  /// An account, into another unit or the root.
  case move(account: String, to: String)
  /// Another text for a policy, wherever it is attached.
  case update(policy: String, content: String)
  /// A policy type, by its name in the API or in short (`SCP`, `RCP`).
  case enable(type: String)
  case disable(type: String)

  /// The text of a policy that isn't in the organization yet.
  public struct PolicyText: Sendable, Codable, Equatable {
    public var name: String
    public var content: String
    /// Nothing to tell it from the text: an RCP names principals, an SCP does not.
    public var type: String?

    public init(name: String, content: String, type: String? = nil) {
      self.name = name
      self.content = content
      self.type = type
    }
  }
}

/// Why a change can't be tried, in words for the person who asked.
public struct ChangeProblem: Error, Sendable, Equatable, CustomStringConvertible {
  public let description: String

  init(_ description: String) { self.description = description }
}

extension OrganizationModel {
  /// The organization after a change.
  ///
  /// What AWS would refuse is refused here, too: a report about a change that can't be made says nothing.
  /// - Throws: ``ChangeProblem``.
  public func applying(_ change: OrganizationChange) throws(ChangeProblem) -> OrganizationModel {
    var after = self
    switch change {
    case .attach(let text, let target):
      let policy = try newPolicy(text)
      after.policies.append(policy)
      try after.attach(policy, to: after.target(target))
    case .attachExisting(let policy, let target):
      try after.attach(self.policy(policy), to: self.target(target))
    case .detach(let policy, let target):
      try after.detach(self.policy(policy), from: self.target(target))
    case .move(let account, let destination):
      let id = try self.account(account).id
      let parent = try container(destination)
      guard accounts.contains(where: { $0.id == id && $0.parent != parent }) else {
        throw ChangeProblem("\(name(ofTarget: id)) is in \(name(ofTarget: parent)) already.")
      }
      for index in after.accounts.indices where after.accounts[index].id == id {
        after.accounts[index].parent = parent
      }
    case .update(let name, let content):
      let policy = try self.policy(name)
      if policy.isManagedByAWS { throw ChangeProblem("\(policy.name) is AWS's own policy and can't be changed.") }
      try Self.check(content, policy.type, policy.name)
      for index in after.policies.indices where after.policies[index].id == policy.id {
        after.policies[index].content = content
      }
    case .enable(let type):
      try after.enable(Self.policyType(type))
    case .disable(let type):
      try after.disable(Self.policyType(type))
    }
    return after
  }

  /// The organization after several changes, one after the other.
  public func applying(_ changes: [OrganizationChange]) throws(ChangeProblem) -> OrganizationModel {
    var after = self
    for change in changes { after = try after.applying(change) }
    return after
  }

  // MARK: Finding

  /// The id of a root, unit or account, from its id or name. A unit may be named by its path: `Workloads/Prod`.
  public func target(_ name: String) throws(ChangeProblem) -> String {
    if name == root || name.lowercased() == "root" { return root }
    if let account = accounts.first(where: { $0.id == name }) { return account.id }
    var found = units.filter { $0.id == name || $0.name == name || path(ofUnit: $0) == name }.map(\.id)
    found += accounts.filter { $0.name == name }.map(\.id)
    return try one(found, name, "root, organizational unit or account")
  }

  /// A policy, from its id or name.
  public func policy(_ name: String) throws(ChangeProblem) -> Policy {
    if let policy = policies.first(where: { $0.id == name }) { return policy }
    let found = policies.filter { $0.name == name }
    let id = try one(found.map(\.id), name, "policy")
    guard let policy = found.first(where: { $0.id == id }) else { throw ChangeProblem("There is no policy \(name).") }
    return policy
  }

  /// An account, from its id or name.
  public func account(_ name: String) throws(ChangeProblem) -> Account {
    if let account = accounts.first(where: { $0.id == name }) { return account }
    let found = accounts.filter { $0.name == name }
    let id = try one(found.map(\.id), name, "account")
    guard let account = found.first(where: { $0.id == id }) else { throw ChangeProblem("There is no account \(name).") }
    return account
  }

  /// `Workloads/Prod`: the names from below the root.
  public func path(ofUnit unit: Unit) -> String {
    var names = [unit.name]
    var parent = unit.parent
    // Deeper than AWS allows: a circle, which only a broken file can have.
    while names.count < 16, let above = units.first(where: { $0.id == parent }) {
      names.insert(above.name, at: 0)
      parent = above.parent
    }
    return names.joined(separator: "/")
  }

  private func container(_ name: String) throws(ChangeProblem) -> String {
    let id = try target(name)
    guard id == root || units.contains(where: { $0.id == id }) else {
      throw ChangeProblem("\(name) is an account; accounts are moved to the root or to organizational units.")
    }
    return id
  }

  private func one(_ found: [String], _ name: String, _ kind: String) throws(ChangeProblem) -> String {
    guard let first = found.first else { throw ChangeProblem("There is no \(kind) named \(name) in \(id).") }
    guard found.count == 1 else {
      throw ChangeProblem("\(name) can be any of \(found.joined(separator: ", ")): say which by its id.")
    }
    return first
  }

  // MARK: Policies

  private func newPolicy(_ text: OrganizationChange.PolicyText) throws(ChangeProblem) -> Policy {
    let document = try Self.read(text.content, text.name)
    let type =
      try text.type.map(Self.policyType)
      ?? (document.namedPrincipals.isEmpty ? Policy.serviceControlType : Policy.resourceControlType)
    try Self.check(text.content, type, text.name)
    var id = "p-new"
    var number = 1
    while policies.contains(where: { $0.id == id }) {
      number += 1
      id = "p-new\(number)"
    }
    return Policy(id: id, name: text.name, type: type, content: text.content)
  }

  /// A policy type by its name in the API, or in short.
  public static func policyType(_ name: String) throws(ChangeProblem) -> String {
    switch name.uppercased() {
    case "SCP", Policy.serviceControlType: return Policy.serviceControlType
    case "RCP", Policy.resourceControlType: return Policy.resourceControlType
    default: throw ChangeProblem("\(name) is neither SCP nor RCP: only these decide who may do what.")
    }
  }
}
