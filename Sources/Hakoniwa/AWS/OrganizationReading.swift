import WhatIf

extension AWSCaller {
  /// The organization of the caller's account, as the public API tells it.
  /// - Throws: ``Refusal``, for instance `AWSOrganizationsNotInUseException`.
  func organization() async throws -> OrganizationModel {
    let organization = try await organizations("DescribeOrganization")["Organization"] as? [String: Any] ?? [:]
    let root = try await organizations(all: "Roots", "ListRoots").first ?? [:]
    guard let id = organization["Id"] as? String, let management = organization["MasterAccountId"] as? String,
      let rootID = root["Id"] as? String
    else { throw Failure("The server's answer about the organization has no ids.") }
    let types = (root["PolicyTypes"] as? [[String: Any]] ?? []).compactMap { $0["Type"] as? String }
    var model = OrganizationModel(
      id: id, managementAccount: management, root: rootID,
      hasAllFeatures: organization["FeatureSet"] as? String == "ALL",
      enabledTypes: types)
    try await walk(rootID, into: &model)
    if model.hasAllFeatures {
      typealias Policy = OrganizationModel.Policy
      for type in Set(types + [Policy.serviceControlType, Policy.resourceControlType]).sorted() {
        try await addPolicies(type, to: &model)
      }
    }
    return model
  }

  private func walk(_ parent: String, into model: inout OrganizationModel) async throws {
    for account in try await organizations(all: "Accounts", "ListAccountsForParent", ["ParentId": parent]) {
      guard let id = account["Id"] as? String else { continue }
      let state = account["State"] as? String ?? account["Status"] as? String
      if state == "SUSPENDED" || state == "CLOSED" { continue }
      model.accounts.append(
        .init(
          id: id, name: account["Name"] as? String ?? id, email: account["Email"] as? String ?? "", parent: parent))
    }
    let units = try await organizations(
      all: "OrganizationalUnits", "ListOrganizationalUnitsForParent", ["ParentId": parent])
    for unit in units {
      guard let id = unit["Id"] as? String, let name = unit["Name"] as? String else { continue }
      model.units.append(.init(id: id, name: name, parent: parent))
      try await walk(id, into: &model)
    }
  }

  private func addPolicies(_ type: String, to model: inout OrganizationModel) async throws {
    for summary in try await organizations(all: "Policies", "ListPolicies", ["Filter": type]) {
      guard let id = summary["Id"] as? String else { continue }
      let answer = try await organizations("DescribePolicy", ["PolicyId": id])["Policy"] as? [String: Any]
      model.policies.append(
        .init(
          id: id, name: summary["Name"] as? String ?? id, type: type,
          description: summary["Description"] as? String ?? "", content: answer?["Content"] as? String ?? ""))
      for target in try await organizations(all: "Targets", "ListTargetsForPolicy", ["PolicyId": id]) {
        if let target = target["TargetId"] as? String { model.attachments.append(.init(target: target, policy: id)) }
      }
    }
  }
}
