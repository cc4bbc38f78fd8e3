extension Seed {
  /// The seed as a file's content.
  public var value: SeedValue {
    var members: [SeedValue.Member] = []
    var management = attachmentMembers(managementAttachments)
    if let id = self.management { management.insert(.init("id", .string(id)), at: 0) }
    if !management.isEmpty { members.append(.init("management", .map(management))) }
    members.append(.init("enable", .list(enabledTypes.map { .string($0) })))
    members.append(
      .init(
        "policies",
        .list(
          policies.map { policy in
            var members = [SeedValue.Member("name", .string(policy.name)), .init("type", .string(policy.type))]
            if !policy.description.isEmpty { members.append(.init("description", .string(policy.description))) }
            members.append(.init("content", Self.document(policy.content)))
            return .map(members)
          })))
    members.append(.init("root", .map(unitMembers(root))))
    return .map(members)
  }

  /// A policy as an object where that loses nothing, else as text.
  private static func document(_ text: String) -> SeedValue {
    guard let value = try? SeedValue(reading: text), case .map = value else { return .string(text) }
    return value
  }

  private func attachmentMembers(_ attachments: Attachments) -> [SeedValue.Member] {
    var members: [SeedValue.Member] = []
    if !attachments.policies.isEmpty {
      members.append(.init("policies", .list(attachments.policies.map { .string($0) })))
    }
    if !attachments.hasFullAccess { members.append(.init("fullAccess", .bool(false))) }
    return members
  }

  private func unitMembers(_ unit: Unit) -> [SeedValue.Member] {
    var members: [SeedValue.Member] = unit.name.isEmpty ? [] : [.init("name", .string(unit.name))]
    members += attachmentMembers(unit.attachments)
    if !unit.accounts.isEmpty {
      members.append(.init("accounts", .list(unit.accounts.map { .map(accountMembers($0)) })))
    }
    if !unit.units.isEmpty { members.append(.init("units", .list(unit.units.map { .map(unitMembers($0)) }))) }
    return members
  }

  private func accountMembers(_ account: Account) -> [SeedValue.Member] {
    var members: [SeedValue.Member] = []
    if let id = account.id { members.append(.init("id", .string(id))) }
    members += [.init("name", .string(account.name)), .init("email", .string(account.email))]
    members += attachmentMembers(account.attachments)
    if !account.roles.isEmpty {
      members.append(
        .init(
          "roles",
          .list(
            account.roles.map { role in
              var members: [SeedValue.Member] = [.init("name", .string(role.name))]
              if role.path != "/" { members.append(.init("path", .string(role.path))) }
              if role.trust != Role.trustsManagement { members.append(.init("trust", Self.document(role.trust))) }
              if !role.managed.isEmpty { members.append(.init("managed", .list(role.managed.map { .string($0) }))) }
              if let inline = Self.inline(role) { members.append(.init("inline", inline)) }
              return .map(members)
            })))
    }
    return members
  }

  /// Whether two policies say the same, apart from white space.
  public static func saySame(_ text: String, _ other: String) -> Bool {
    if text == other { return true }
    guard let value = try? SeedValue(reading: text) else { return false }
    return value == (try? SeedValue(reading: other))
  }

  private static func inline(_ role: Role) -> SeedValue? {
    guard let first = role.inline.first else { return nil }
    if role.inline.count == 1, first.name == role.name { return document(first.content) }
    return .list(
      role.inline.map { policy in
        .map([.init("name", .string(policy.name)), .init("content", document(policy.content))])
      })
  }

  /// A seed that builds an organization like this one. Account ids are kept; for those that AWS draws anew, marks stand in
  /// policies.
  /// - Parameter roles: the roles of accounts, by account id.
  public init(_ model: OrganizationModel, roles: [String: [Role]] = [:]) {
    typealias Known = OrganizationModel.Policy
    let names = Dictionary(model.policies.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    func attachments(_ target: String) -> Attachments {
      let ids = model.attachments.filter { $0.target == target }.map(\.policy)
      return Attachments(
        policies: ids.compactMap { names[$0] }.filter { !$0.isManagedByAWS }.map(\.name).sorted(),
        // Without the policy type nothing is attached anywhere.
        hasFullAccess: !model.enabledTypes.contains(Known.serviceControlType) || ids.contains(Known.fullAccessID))
    }
    let trustsManagement = Role.trustsManagement.replacing(SeedMarks.management, with: model.managementAccount)
    func marked(_ role: Role) -> Role {
      var role = role
      role.trust =
        Self.saySame(role.trust, trustsManagement) ? Role.trustsManagement : SeedMarks.marking(role.trust, of: model)
      for index in role.inline.indices {
        role.inline[index].content = SeedMarks.marking(role.inline[index].content, of: model)
      }
      return role
    }
    func unit(_ id: String, _ name: String) -> Unit {
      Unit(
        name: name, attachments: attachments(id),
        accounts: model.accounts.filter { $0.parent == id && $0.id != model.managementAccount }.sorted {
          $0.name < $1.name
        }.map {
          Account(
            id: $0.id, name: $0.name, email: $0.email, attachments: attachments($0.id),
            roles: (roles[$0.id] ?? []).map { marked($0) })
        }, units: model.units.filter { $0.parent == id }.sorted { $0.name < $1.name }.map { unit($0.id, $0.name) })
    }
    self.init(
      management: model.managementAccount, managementAttachments: attachments(model.managementAccount),
      enabledTypes: model.enabledTypes.sorted(),
      policies: model.policies.filter { !$0.isManagedByAWS }.sorted { ($0.type, $0.name) < ($1.type, $1.name) }.map {
        Policy(
          name: $0.name, type: $0.type, description: $0.description,
          content: SeedMarks.marking($0.content, of: model))
      }, root: unit(model.root, ""))
  }
}
