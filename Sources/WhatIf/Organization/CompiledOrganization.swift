import Policy

/// An organization made ready for judging: for each account, the policies of every level above it.
struct CompiledOrganization: Sendable {
  /// A policy with its statements compiled.
  final class CompiledPolicy: Sendable {
    let id: String
    let name: String
    let statements: [PartialStatement]

    init(_ policy: OrganizationModel.Policy) throws(ChangeProblem) {
      id = policy.id
      name = policy.name
      statements = try OrganizationModel.read(policy.content, policy.name).partialStatements()
    }
  }

  /// A root, unit or account with what is attached to it.
  struct Level: Sendable {
    let id: String
    let name: String
    var serviceControl: [CompiledPolicy] = []
    var resourceControl: [CompiledPolicy] = []
  }

  /// An account's place.
  struct Standing: Sendable {
    /// From the root down to the account.
    let levels: [Level]
    /// `o-…/r-…/ou-…/`, as `aws:PrincipalOrgPaths` has it.
    let path: String
    let isManagement: Bool
  }

  let id: String
  let hasServiceControl: Bool
  let hasResourceControl: Bool
  let standings: [String: Standing]

  /// - Parameter shelf: policies that were compiled before. A policy that two organizations share is compiled once, so
  ///   that
  ///   a change can be told by its statements being other ones.
  init(_ model: OrganizationModel, shelf: inout Shelf) throws(ChangeProblem) {
    id = model.id
    hasServiceControl = model.isEnabled(OrganizationModel.Policy.serviceControlType)
    hasResourceControl = model.isEnabled(OrganizationModel.Policy.resourceControlType)
    var policies: [String: (type: String, policy: CompiledPolicy)] = [:]
    for policy in model.policies
    where policy.type == OrganizationModel.Policy.serviceControlType
      || policy.type == OrganizationModel.Policy.resourceControlType
    {
      policies[policy.id] = (policy.type, try shelf.compiled(policy))
    }
    var levels: [String: Level] = [model.root: Level(id: model.root, name: "Root")]
    for unit in model.units { levels[unit.id] = Level(id: unit.id, name: model.name(ofTarget: unit.id)) }
    for account in model.accounts { levels[account.id] = Level(id: account.id, name: model.name(ofTarget: account.id)) }
    for attachment in model.attachments {
      guard let (type, policy) = policies[attachment.policy] else { continue }
      if type == OrganizationModel.Policy.serviceControlType {
        levels[attachment.target]?.serviceControl.append(policy)
      } else {
        levels[attachment.target]?.resourceControl.append(policy)
      }
    }
    let parents = Dictionary(model.units.map { ($0.id, $0.parent) }, uniquingKeysWith: { first, _ in first })
    var standings: [String: Standing] = [:]
    for account in model.accounts {
      var above: [String] = []
      var parent = account.parent
      while parent != model.root {
        guard above.count < 16, let next = parents[parent] else {
          throw ChangeProblem("Account \(account.id) is in \(account.parent), which does not lead to the root.")
        }
        above.insert(parent, at: 0)
        parent = next
      }
      let ids = [model.root] + above
      standings[account.id] = Standing(
        levels: (ids + [account.id]).compactMap { levels[$0] },
        path: ([model.id] + ids).joined(separator: "/") + "/", isManagement: account.id == model.managementAccount)
    }
    self.standings = standings
  }

  /// Compiled policies by id and text.
  struct Shelf {
    private var policies: [[String]: CompiledPolicy] = [:]

    mutating func compiled(_ policy: OrganizationModel.Policy) throws(ChangeProblem) -> CompiledPolicy {
      let key = [policy.id, policy.content]
      if let known = policies[key] { return known }
      let compiled = try CompiledPolicy(policy)
      policies[key] = compiled
      return compiled
    }
  }
}
