import Foundation
import WhatIf

/// Builds what a seed says, through the public APIs, and tells what it makes. What is there is left as it is.
///
/// Accounts come first and policies last: what a policy forbids would otherwise be in the way of what is still to be
/// made.
struct SeedBuilder {
  private let aws: AWSCaller
  private let pages: HelperClient
  private let seed: Seed
  private let management: String
  /// The organization as it is.
  private var model: OrganizationModel
  private var made = 0
  private var kept = 0
  /// Names of accounts made or found, to their ids.
  private var accounts: [String: String] = [:]

  /// Builds a seed and prints what it does.
  static func run(_ seed: Seed, _ given: String?, _ address: ServerAddress) async throws {
    if let given, let wanted = seed.management, given != wanted {
      throw Failure("The seed is about the management account \(wanted), and --account says \(given).")
    }
    let management = given ?? seed.management ?? "000000000000"
    let aws = try AWSCaller(address, as: .root(of: management))
    var builder = SeedBuilder(aws, try HelperClient(address), seed, management, try await organization(aws))
    do { try await builder.build() } catch let refusal as AWSCaller.Refusal {
      throw Failure("AWS refused: \(refusal)")
    }
  }

  private init(
    _ aws: AWSCaller, _ pages: HelperClient, _ seed: Seed, _ management: String,
    _ model: (OrganizationModel, isNew: Bool)
  ) {
    self.aws = aws
    self.pages = pages
    self.seed = seed
    self.management = management
    self.model = model.0
    if model.isNew { made = 1 } else { kept = 1 }
    print("\(model.isNew ? "made " : "there") organization \(model.0.id) of account \(management)")
  }

  private static func organization(_ aws: AWSCaller) async throws -> (OrganizationModel, isNew: Bool) {
    do { return (try await aws.organization(), false) } catch let refusal as AWSCaller.Refusal
      where refusal.code == "AWSOrganizationsNotInUseException"
    {
      try await aws.organizations("CreateOrganization", ["FeatureSet": "ALL"])
      return (try await aws.organization(), true)
    }
  }

  private mutating func build() async throws {
    guard model.managementAccount == management else {
      throw Failure(
        "Account \(management) is a member of \(model.id); its management account is \(model.managementAccount).")
    }
    for type in seed.enabledTypes where !model.enabledTypes.contains(type) {
      try await aws.organizations("EnablePolicyType", ["RootId": model.root, "PolicyType": type])
      note(true, "policy type \(type)")
    }
    try await buildUnits(of: seed.root, in: model.root)
    try await buildRoles()
    let policies = try await buildPolicies()
    try await attachAll(policies)
    print(
      "\(made) things made, \(kept) were there. "
        + "The management account is \(management): its root user's key is \(management)."
    )
  }

  private mutating func note(_ isMade: Bool, _ text: String) {
    if isMade { made += 1 } else { kept += 1 }
    if isMade { print("made  \(text)") }
  }

  // MARK: Units and accounts

  private mutating func buildUnits(of unit: Seed.Unit, in parent: String) async throws {
    try await buildAccounts(unit.accounts, in: parent)
    for inner in unit.units {
      var id = model.units.first { $0.parent == parent && $0.name == inner.name }?.id
      let isNew = id == nil
      if id == nil {
        let answer = try await aws.organizations("CreateOrganizationalUnit", ["ParentId": parent, "Name": inner.name])
        id = (answer["OrganizationalUnit"] as? [String: Any])?["Id"] as? String
        if let id { model.units.append(.init(id: id, name: inner.name, parent: parent)) }
      }
      guard let id else { throw Failure("The server's answer to CreateOrganizationalUnit has no id.") }
      note(isNew, "OU \(inner.name)  \(id)")
      try await buildUnits(of: inner, in: id)
    }
  }

  private mutating func buildAccounts(_ wanted: [Seed.Account], in parent: String) async throws {
    var creations: [(account: Seed.Account, request: String)] = []
    for account in wanted {
      if let known = model.accounts.first(where: {
        $0.id == account.id || account.id == nil && $0.email == account.email
      }) {
        accounts[account.name] = known.id
        note(false, account.name)
      } else if let id = account.id {
        try await invite(id, account)
      } else {
        let answer = try await aws.organizations(
          "CreateAccount", ["AccountName": account.name, "Email": account.email])
        guard let id = (answer["CreateAccountStatus"] as? [String: Any])?["Id"] as? String else {
          throw Failure("The server's answer to CreateAccount has no id.")
        }
        creations.append((account, id))
        // AWS makes five at a time.
        if creations.count == 5 { try await finish(&creations) }
      }
    }
    try await finish(&creations)
    for account in wanted {
      guard let id = accounts[account.name], let place = model.accounts.first(where: { $0.id == id })?.parent,
        place != parent
      else { continue }
      try await aws.organizations(
        "MoveAccount", ["AccountId": id, "SourceParentId": place, "DestinationParentId": parent])
      for index in model.accounts.indices where model.accounts[index].id == id { model.accounts[index].parent = parent }
    }
  }

  private mutating func finish(_ creations: inout [(account: Seed.Account, request: String)]) async throws {
    for (account, request) in creations {
      let deadline = Date().addingTimeInterval(60)
      while true {
        let answer = try await aws.organizations("DescribeCreateAccountStatus", ["CreateAccountRequestId": request])
        let status = answer["CreateAccountStatus"] as? [String: Any] ?? [:]
        if let id = status["AccountId"] as? String, status["State"] as? String == "SUCCEEDED" {
          join(account, id, "made")
          break
        }
        if let reason = status["FailureReason"] as? String {
          throw Failure("Account \(account.name) could not be made: \(reason)")
        }
        guard Date() < deadline else {
          throw Failure(
            "Account \(account.name) is not ready after a minute. Does the clock stand still? hakoniwa clock")
        }
        try await Task.sleep(for: .milliseconds(40))
      }
    }
    creations.removeAll()
  }

  private mutating func join(_ account: Seed.Account, _ id: String, _ how: String) {
    accounts[account.name] = id
    model.accounts.append(.init(id: id, name: account.name, email: account.email, parent: model.root))
    note(true, "account \(id)  \(account.name)")
  }

  /// An account that has its number already is invited, and accepts.
  private mutating func invite(_ id: String, _ account: Seed.Account) async throws {
    // In AWS its owner has named it.
    _ = try await pages.post("accounts", ["account": id, "name": account.name, "email": account.email])
    let answer = try await aws.organizations(
      "InviteAccountToOrganization", ["Target": ["Id": id, "Type": "ACCOUNT"], "Notes": account.name])
    guard let handshake = (answer["Handshake"] as? [String: Any])?["Id"] as? String else {
      throw Failure("The server's answer to InviteAccountToOrganization has no id.")
    }
    try await aws.as(.root(of: id)).organizations("AcceptHandshake", ["HandshakeId": handshake])
    join(account, id, "invited")
  }

  // MARK: Roles

  private mutating func buildRoles() async throws {
    let wanted = seed.root.allAccounts.filter { !$0.roles.isEmpty }
    guard !wanted.isEmpty else { return }
    let keeper = try await RoleKeeper(aws, management)
    do { try await buildRoles(of: wanted, keeper) } catch {
      try? await keeper.leave()
      throw error
    }
    try await keeper.leave()
  }

  private mutating func buildRoles(of wanted: [Seed.Account], _ keeper: RoleKeeper) async throws {
    var iam: [String: AWSCaller] = [:]
    for account in wanted {
      if let id = accounts[account.name] { iam[account.name] = try await keeper.administrator(of: id) }
    }
    var waiting = wanted.flatMap { account in account.roles.map { (account: account.name, role: $0) } }
    while !waiting.isEmpty {
      var later: [(account: String, role: Seed.Role)] = []
      var problem: AWSCaller.Refusal?
      for (account, role) in waiting {
        guard let iam = iam[account] else { continue }
        do {
          note(try await RoleKeeper.make(role, in: iam, filled), "role \(role.path)\(role.name) in \(account)")
        } catch let refusal as AWSCaller.Refusal where refusal.message.hasPrefix("Invalid principal in policy") {
          // It trusts a role that comes later.
          later.append((account, role))
          problem = refusal
        }
      }
      if later.count == waiting.count, let problem { throw problem }
      waiting = later
    }
  }

  /// A policy's text with the organization's own ids.
  private func filled(_ text: String) throws -> String {
    do { return try SeedMarks.filling(text, from: model) } catch { throw Failure(error.description) }
  }

  // MARK: Policies

  private mutating func buildPolicies() async throws -> [String: String] {
    var ids: [String: String] = [:]
    for policy in seed.policies {
      let content = try filled(policy.content)
      if let known = model.policies.first(where: { $0.name == policy.name && $0.type == policy.type }) {
        ids[policy.name] = known.id
        if !Seed.saySame(known.content, content) {
          print("there \(policy.name)  \(known.id), with another text, which stays")
        }
        note(false, policy.name)
        continue
      }
      let answer = try await aws.organizations(
        "CreatePolicy",
        ["Name": policy.name, "Type": policy.type, "Description": policy.description, "Content": content])
      let summary = (answer["Policy"] as? [String: Any])?["PolicySummary"] as? [String: Any]
      guard let id = summary?["Id"] as? String else { throw Failure("The server's answer to CreatePolicy has no id.") }
      ids[policy.name] = id
      note(true, "policy \(policy.name)  \(id)")
    }
    return ids
  }

  private mutating func attachAll(_ ids: [String: String]) async throws {
    try await attach(seed.managementAttachments, to: management, ids)
    try await attachAll(seed.root, model.root, ids)
  }

  private mutating func attachAll(_ unit: Seed.Unit, _ id: String, _ ids: [String: String]) async throws {
    // From below: what is attached above would otherwise stand alone for a moment.
    for account in unit.accounts {
      if let account = (accounts[account.name]).map({ ($0, account.attachments) }) {
        try await attach(account.1, to: account.0, ids)
      }
    }
    for inner in unit.units {
      guard let inside = model.units.first(where: { $0.parent == id && $0.name == inner.name })?.id else { continue }
      try await attachAll(inner, inside, ids)
    }
    try await attach(unit.attachments, to: id, ids)
  }

  private mutating func attach(_ attachments: Seed.Attachments, to target: String, _ ids: [String: String]) async throws
  {
    let name = model.name(ofTarget: target)
    for policy in attachments.policies {
      guard let id = ids[policy] else { continue }
      let isThere = model.attachments.contains(.init(target: target, policy: id))
      if !isThere { try await aws.organizations("AttachPolicy", ["PolicyId": id, "TargetId": target]) }
      note(!isThere, "\(policy) on \(name)")
    }
    guard !attachments.hasFullAccess else { return }
    let full = OrganizationModel.Policy.fullAccessID
    do {
      try await aws.organizations("DetachPolicy", ["PolicyId": full, "TargetId": target])
      note(true, "no FullAWSAccess on \(name)")
    } catch let refusal as AWSCaller.Refusal where refusal.code == "PolicyNotAttachedException" {
      note(false, name)
    }
  }
}
