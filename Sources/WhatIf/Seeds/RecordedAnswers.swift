import Foundation

/// What `aws organizations list-…` and `describe-…` answered, in files named after what was asked:
/// `organization.json`, `roots.json`, `units-<parent>.json`, `accounts-<parent>.json`, `policy-<id>.json`,
/// `targets-<policy>.json`.
public struct RecordedAnswers {
  private let files: [String: [String: Any]]

  /// - Parameter files: contents by name without `.json`.
  public init(_ files: [String: Data]) throws(SeedProblem) {
    var read: [String: [String: Any]] = [:]
    for (name, data) in files {
      // An answer without anything in it is an empty file.
      if data.isEmpty { continue }
      guard let object = try? JSONSerialization.jsonObject(with: data) as? [String: Any] else {
        throw SeedProblem("\(name).json is not what the AWS CLI writes with --output json")
      }
      read[name] = object
    }
    self.files = read
  }

  /// The organization that the answers tell of.
  public func organization() throws(SeedProblem) -> OrganizationModel {
    guard let organization = files["organization"]?["Organization"] as? [String: Any],
      let id = organization["Id"] as? String,
      let management = organization["MasterAccountId"] as? String ?? organization["ManagementAccountId"] as? String
    else {
      throw SeedProblem("organization.json is missing: aws organizations describe-organization > organization.json")
    }
    guard let root = list("roots", "Roots").first, let rootID = root["Id"] as? String else {
      throw SeedProblem("roots.json is missing: aws organizations list-roots > roots.json")
    }
    let types = (root["PolicyTypes"] as? [[String: Any]] ?? []).filter { $0["Status"] as? String != "PENDING_DISABLE" }
    var model = OrganizationModel(
      id: id, managementAccount: management, root: rootID,
      hasAllFeatures: organization["FeatureSet"] as? String == "ALL",
      enabledTypes: types.compactMap { $0["Type"] as? String })
    try walk(rootID, into: &model)
    try addPolicies(to: &model)
    return model
  }

  private func list(_ file: String, _ key: String) -> [[String: Any]] { files[file]?[key] as? [[String: Any]] ?? [] }

  private func walk(_ parent: String, into model: inout OrganizationModel, depth: Int = 0) throws(SeedProblem) {
    guard files["units-\(parent)"] != nil || files["accounts-\(parent)"] != nil else {
      throw SeedProblem(
        "units-\(parent).json and accounts-\(parent).json are missing: what is below \(parent) is unknown")
    }
    guard depth < 8 else { throw SeedProblem("\(parent) is deeper than organizations can be") }
    for account in list("accounts-\(parent)", "Accounts") {
      guard let id = account["Id"] as? String else { continue }
      // Closed accounts can't be used, so nothing depends on them.
      if let state = account["State"] as? String ?? account["Status"] as? String,
        state == "SUSPENDED" || state == "CLOSED"
      {
        continue
      }
      model.accounts.append(
        .init(
          id: id, name: account["Name"] as? String ?? id, email: account["Email"] as? String ?? "\(id)@example.com",
          parent: parent))
    }
    for unit in list("units-\(parent)", "OrganizationalUnits") {
      guard let id = unit["Id"] as? String, let name = unit["Name"] as? String else { continue }
      model.units.append(.init(id: id, name: name, parent: parent))
      try walk(id, into: &model, depth: depth + 1)
    }
  }

  private func addPolicies(to model: inout OrganizationModel) throws(SeedProblem) {
    for name in files.keys.sorted() where name.hasPrefix("policy-") {
      guard let policy = files[name]?["Policy"] as? [String: Any],
        let summary = policy["PolicySummary"] as? [String: Any],
        let id = summary["Id"] as? String, let type = summary["Type"] as? String,
        let content = policy["Content"] as? String
      else { throw SeedProblem("\(name).json is not the answer of aws organizations describe-policy") }
      model.policies.append(
        .init(
          id: id, name: summary["Name"] as? String ?? id, type: type,
          description: summary["Description"] as? String ?? "",
          content: content))
      guard files["targets-\(id)"] != nil else {
        throw SeedProblem("targets-\(id).json is missing: where \(id) is attached")
      }
      for target in list("targets-\(id)", "Targets") {
        if let targetID = target["TargetId"] as? String {
          model.attachments.append(.init(target: targetID, policy: id))
        }
      }
    }
  }
}
