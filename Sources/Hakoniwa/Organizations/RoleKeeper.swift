import Foundation
import WhatIf

/// Makes roles in member accounts the way an administrator does: a user of the management account assumes
/// OrganizationAccountAccessRole there, for root users can't assume roles, and SCPs often stop the members' own.
///
/// The user exists only while a seed is built.
struct RoleKeeper {
  private let aws: AWSCaller
  private let management: String
  private let keyID: String
  private let caller: AWSCaller
  private static let user = "hakoniwa-seed"
  private static let administrator = "arn:aws:iam::aws:policy/AdministratorAccess"
  static let accessRole = "OrganizationAccountAccessRole"

  /// Makes the user.
  init(_ aws: AWSCaller, _ management: String) async throws {
    self.aws = aws
    self.management = management
    do { try await aws.query("iam", "CreateUser", [("UserName", Self.user)]) } catch let refusal as AWSCaller.Refusal
      where refusal.code == "EntityAlreadyExists"
    {
      // A seed that was interrupted left it behind, perhaps with a key.
      try await Self.removeKeys(aws)
    }
    try await aws.query("iam", "AttachUserPolicy", [("UserName", Self.user), ("PolicyArn", Self.administrator)])
    let key = try await aws.query("iam", "CreateAccessKey", [("UserName", Self.user)])
    guard let id = AWSCaller.element("AccessKeyId", of: key), let secret = AWSCaller.element("SecretAccessKey", of: key)
    else { throw Failure("The server's answer to CreateAccessKey has no key.") }
    keyID = id
    caller = aws.as(.init(accessKeyID: id, secretAccessKey: secret))
  }

  /// Removes the user.
  func leave() async throws {
    try await Self.removeKeys(aws)
    try await aws.query("iam", "DetachUserPolicy", [("UserName", Self.user), ("PolicyArn", Self.administrator)])
    try await aws.query("iam", "DeleteUser", [("UserName", Self.user)])
  }

  private static func removeKeys(_ aws: AWSCaller) async throws {
    let list = try await aws.query("iam", "ListAccessKeys", [("UserName", user)])
    for key in AWSCaller.elements("AccessKeyId", of: list) {
      try await aws.query("iam", "DeleteAccessKey", [("UserName", user), ("AccessKeyId", key)])
    }
  }

  /// Somebody who may do everything in a member account.
  func administrator(of account: String) async throws -> AWSCaller {
    if let session = try await assume(account) { return session }
    // Accounts that were invited don't have the role; AWS's guide has one make it.
    let root = aws.as(.root(of: account))
    try await root.query(
      "iam", "CreateRole",
      [
        ("RoleName", Self.accessRole),
        (
          "AssumeRolePolicyDocument",
          #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::\#(management):root"},"Action":"sts:AssumeRole"}]}"#
        ),
      ])
    try await root.query(
      "iam", "AttachRolePolicy", [("RoleName", Self.accessRole), ("PolicyArn", Self.administrator)])
    guard let session = try await assume(account) else {
      throw Failure("\(Self.accessRole) of \(account) can't be assumed.")
    }
    return session
  }

  private func assume(_ account: String) async throws -> AWSCaller? {
    let answer: String
    do {
      answer = try await caller.query(
        "sts", "AssumeRole",
        [("RoleArn", "arn:aws:iam::\(account):role/\(Self.accessRole)"), ("RoleSessionName", "seed")])
    } catch let refusal as AWSCaller.Refusal where refusal.code == "AccessDenied" {
      return nil
    }
    guard let id = AWSCaller.element("AccessKeyId", of: answer),
      let secret = AWSCaller.element("SecretAccessKey", of: answer),
      let token = AWSCaller.element("SessionToken", of: answer)
    else { throw Failure("The server's answer to AssumeRole has no credentials.") }
    return aws.as(.init(accessKeyID: id, secretAccessKey: secret, sessionToken: token))
  }

  /// Makes a role, unless it is there.
  /// - Returns: whether it was made.
  static func make(_ role: Seed.Role, in iam: AWSCaller, _ filled: (String) throws -> String) async throws -> Bool {
    do {
      try await iam.query("iam", "GetRole", [("RoleName", role.name)])
      return false
    } catch let refusal as AWSCaller.Refusal where refusal.code == "NoSuchEntity" {}
    try await iam.query(
      "iam", "CreateRole",
      [("RoleName", role.name), ("Path", role.path), ("AssumeRolePolicyDocument", filled(role.trust))])
    for arn in role.managed {
      try await iam.query("iam", "AttachRolePolicy", [("RoleName", role.name), ("PolicyArn", arn)])
    }
    for policy in role.inline {
      try await iam.query(
        "iam", "PutRolePolicy",
        [("RoleName", role.name), ("PolicyName", policy.name), ("PolicyDocument", filled(policy.content))])
    }
    return true
  }
}
