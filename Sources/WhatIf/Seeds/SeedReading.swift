extension Seed {
  /// Reads a seed from a file's text, YAML or JSON.
  ///
  /// - Throws: ``SeedProblem`` that says where: a line that can't be read, a key that seeds don't have, a policy that
  ///   is
  ///   attached and not there.
  public init(reading text: String) throws(SeedProblem) { try self.init(SeedValue(reading: text)) }

  /// Reads a seed from a file's content.
  public init(_ value: SeedValue) throws(SeedProblem) {
    let file = try Fields(value, "the file", ["management", "enable", "policies", "root"])
    let enabled = try file.texts("enable").map { (name) throws(SeedProblem) in Self.policyType(name) }
    let management = try file.map("management", ["id", "policies", "fullAccess"])
    var policies: [Policy] = []
    for (index, element) in try file.list("policies").enumerated() {
      let policy = try Policy(element, "policies[\(index)]")
      guard !policies.contains(where: { $0.name == policy.name && $0.type == policy.type }) else {
        throw SeedProblem("There are two policies named \(policy.name).")
      }
      policies.append(policy)
    }
    guard let root = file.value("root") else { throw SeedProblem("the file needs root: with units and accounts") }
    self.init(
      management: try management?.text("id"),
      managementAttachments: try management.map { (fields) throws(SeedProblem) in try Attachments(fields) }
        ?? Attachments(),
      enabledTypes: enabled, policies: policies, root: try Unit(root, "root", isRoot: true))
    try check()
  }

  /// `SCP`, `RCP`, or a name in the API.
  static func policyType(_ name: String) -> String {
    switch name.uppercased() {
    case "SCP": OrganizationModel.Policy.serviceControlType
    case "RCP": OrganizationModel.Policy.resourceControlType
    default: name
    }
  }

  private func check() throws(SeedProblem) {
    let names = Set(policies.map(\.name))
    func check(_ attachments: Attachments, _ place: String) throws(SeedProblem) {
      for name in attachments.policies where !names.contains(name) {
        throw SeedProblem("\(place): there is no policy \(name) in the file")
      }
    }
    var emails: Set<String> = []
    func check(_ unit: Unit, _ place: String) throws(SeedProblem) {
      try check(unit.attachments, place)
      for account in unit.accounts {
        try check(account.attachments, account.name)
        guard emails.insert(account.email).inserted else {
          throw SeedProblem("\(account.name): the address \(account.email) is taken; each account has its own")
        }
      }
      for inner in unit.units { try check(inner, inner.name) }
    }
    try check(managementAttachments, "management")
    try check(root, "root")
  }
}

/// The members of a map, with its place for messages.
private struct Fields {
  let place: String
  private let members: [SeedValue.Member]

  /// - Throws: if it is no map, or has a key that isn't known.
  init(_ value: SeedValue, _ place: String, _ known: [String]) throws(SeedProblem) {
    guard case .map(let members) = value else {
      throw SeedProblem("\(place) should have keys: \(known.joined(separator: ", "))")
    }
    for member in members where !known.contains(member.key) {
      throw SeedProblem("\(place) has no key \(member.key); it can have \(known.joined(separator: ", "))")
    }
    self.place = place
    self.members = members
  }

  func value(_ key: String) -> SeedValue? {
    let value = members.first { $0.key == key }?.value
    return value == .null ? nil : value
  }

  func text(_ key: String) throws(SeedProblem) -> String? {
    guard let value = value(key) else { return nil }
    guard let text = value.text else { throw SeedProblem("\(place).\(key) should be text") }
    return text
  }

  func needed(_ key: String) throws(SeedProblem) -> String {
    guard let text = try text(key), !text.isEmpty else { throw SeedProblem("\(place) needs \(key):") }
    return text
  }

  func bool(_ key: String) throws(SeedProblem) -> Bool? {
    guard let value = value(key) else { return nil }
    guard case .bool(let truth) = value else { throw SeedProblem("\(place).\(key) should be true or false") }
    return truth
  }

  func list(_ key: String) throws(SeedProblem) -> [SeedValue] {
    guard let value = value(key) else { return [] }
    guard let elements = value.elements else { throw SeedProblem("\(place).\(key) should be a list") }
    return elements
  }

  func texts(_ key: String) throws(SeedProblem) -> [String] {
    var texts: [String] = []
    for element in try list(key) {
      guard let text = element.text else { throw SeedProblem("\(place).\(key) should be a list of texts") }
      texts.append(text)
    }
    return texts
  }

  func map(_ key: String, _ known: [String]) throws(SeedProblem) -> Fields? {
    guard let value = value(key) else { return nil }
    return try Fields(value, "\(place).\(key)", known)
  }

  /// A policy: an object, or JSON text.
  func document(_ key: String) throws(SeedProblem) -> String? {
    switch value(key) {
    case nil: return nil
    case .string(let text):
      let value: SeedValue
      do { value = try SeedValue(reading: text) } catch { throw SeedProblem("\(place).\(key): \(error)") }
      guard case .map = value else { throw SeedProblem("\(place).\(key) is no JSON object") }
      return text
    case .map(let members): return SeedValue.map(members).json
    default: throw SeedProblem("\(place).\(key) should be a policy: an object, or JSON text")
    }
  }
}

extension Seed.Attachments {
  fileprivate init(_ fields: Fields) throws(SeedProblem) {
    self.init(policies: try fields.texts("policies"), hasFullAccess: try fields.bool("fullAccess") ?? true)
  }
}

extension Seed.Policy {
  fileprivate init(_ value: SeedValue, _ place: String) throws(SeedProblem) {
    let fields = try Fields(value, place, ["name", "type", "description", "content"])
    guard let content = try fields.document("content") else { throw SeedProblem("\(place) needs content:") }
    self.init(
      name: try fields.needed("name"), type: Seed.policyType(try fields.needed("type")),
      description: try fields.text("description") ?? "", content: content)
  }
}

extension Seed.Unit {
  fileprivate init(_ value: SeedValue, _ place: String, isRoot: Bool = false) throws(SeedProblem) {
    let fields = try Fields(
      value, place, (isRoot ? [] : ["name"]) + ["policies", "fullAccess", "accounts", "units"])
    let name = isRoot ? "" : try fields.needed("name")
    var accounts: [Seed.Account] = []
    for (index, element) in try fields.list("accounts").enumerated() {
      accounts.append(try Seed.Account(element, "\(place).accounts[\(index)]"))
    }
    var units: [Seed.Unit] = []
    for (index, element) in try fields.list("units").enumerated() {
      units.append(try Seed.Unit(element, "\(place).units[\(index)]"))
    }
    self.init(name: name, attachments: try Seed.Attachments(fields), accounts: accounts, units: units)
  }
}

extension Seed.Account {
  fileprivate init(_ value: SeedValue, _ place: String) throws(SeedProblem) {
    let fields = try Fields(value, place, ["id", "name", "email", "policies", "fullAccess", "roles"])
    let id = try fields.text("id")
    if let id, id.count != 12 || !id.allSatisfy({ $0.isASCII && $0.isNumber }) {
      throw SeedProblem("\(place).id should be twelve digits, not \(id)")
    }
    var roles: [Seed.Role] = []
    for (index, element) in try fields.list("roles").enumerated() {
      roles.append(try Seed.Role(element, "\(place).roles[\(index)]"))
    }
    self.init(
      id: id, name: try fields.needed("name"), email: try fields.needed("email"),
      attachments: try Seed.Attachments(fields), roles: roles)
  }
}

extension Seed.Role {
  fileprivate init(_ value: SeedValue, _ place: String) throws(SeedProblem) {
    let fields = try Fields(value, place, ["name", "path", "trust", "managed", "inline"])
    // A role that names nobody trusts the management account, as OrganizationAccountAccessRole does.
    let trust = try fields.document("trust") ?? Seed.Role.trustsManagement
    self.init(
      name: try fields.needed("name"), path: try fields.text("path") ?? "/", trust: trust,
      managed: try fields.texts("managed"), inline: try Self.inline(fields))
  }

  /// One policy, named like the role; or a list of policies with names.
  private static func inline(_ fields: Fields) throws(SeedProblem) -> [Seed.InlinePolicy] {
    guard case .list(let elements) = fields.value("inline") else {
      let name = try fields.needed("name")
      return try fields.document("inline").map { [.init(name: name, content: $0)] } ?? []
    }
    var policies: [Seed.InlinePolicy] = []
    for (index, element) in elements.enumerated() {
      let policy = try Fields(element, "\(fields.place).inline[\(index)]", ["name", "content"])
      guard let content = try policy.document("content") else { throw SeedProblem("\(policy.place) needs content:") }
      policies.append(.init(name: try policy.needed("name"), content: content))
    }
    return policies
  }
}

extension Seed.Role {
  static let trustsManagement =
    #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::<management>:root"},"Action":"sts:AssumeRole"}]}"#
}
