import Foundation
import WhatIf

/// Reads the roles of a running server's accounts for a seed: what their owners made, not what AWS makes by itself.
struct RoleReading {
  let pages: HelperClient

  func roles(of account: String) async throws -> [Seed.Role] {
    var details: [[String: Any]] = []
    var policies: [String: String] = [:]
    var input: [String: Any] = ["Filter": ["Role", "LocalManagedPolicy"]]
    while true {
      let page =
        try await pages.post(
          "look",
          ["account": account, "service": "iam", "operation": "GetAccountAuthorizationDetails", "input": input]
        ).object["output"] as? [String: Any]
      details += page?["RoleDetailList"] as? [[String: Any]] ?? []
      for policy in page?["Policies"] as? [[String: Any]] ?? [] {
        let versions = policy["PolicyVersionList"] as? [[String: Any]] ?? []
        let version = versions.first { $0["IsDefaultVersion"] as? Bool == true }
        if let arn = policy["Arn"] as? String, let text = Self.document(version?["Document"]) { policies[arn] = text }
      }
      guard page?["IsTruncated"] as? Bool == true, let marker = page?["Marker"] as? String else { break }
      input["Marker"] = marker
    }
    return details.compactMap { Self.role($0, policies) }.sorted { ($0.path, $0.name) < ($1.path, $1.name) }
  }

  /// A role, with the account's own managed policies as policies of the role: seeds have none of the former.
  private static func role(_ detail: [String: Any], _ policies: [String: String]) -> Seed.Role? {
    guard let name = detail["RoleName"] as? String, let path = detail["Path"] as? String,
      let trust = document(detail["AssumeRolePolicyDocument"]), !path.hasPrefix("/aws-service-role/"),
      name != RoleKeeper.accessRole
    else { return nil }
    var role = Seed.Role(name: name, path: path, trust: trust)
    for policy in detail["RolePolicyList"] as? [[String: Any]] ?? [] {
      guard let name = policy["PolicyName"] as? String, let text = document(policy["PolicyDocument"]) else { continue }
      role.inline.append(.init(name: name, content: text))
    }
    for policy in detail["AttachedManagedPolicies"] as? [[String: Any]] ?? [] {
      guard let arn = policy["PolicyArn"] as? String else { continue }
      if let text = policies[arn] {
        role.inline.append(.init(name: policy["PolicyName"] as? String ?? arn, content: text))
      } else {
        role.managed.append(arn)
      }
    }
    return role
  }

  /// IAM answers policies as they stand in URLs.
  private static func document(_ value: Any?) -> String? {
    (value as? String).flatMap { $0.removingPercentEncoding }
  }
}
