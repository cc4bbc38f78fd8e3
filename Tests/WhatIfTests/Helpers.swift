import Foundation
import Policy
import Testing

@testable import WhatIf

/// Reads a file of `Tests/Corpora/iam`, line by line.
func corpus(_ name: String) throws -> [String] {
  let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  let text = try String(contentsOf: folder.appending(path: "Corpora/iam/\(name)"), encoding: .utf8)
  return text.split(separator: "\n").map(String.init)
}

func policy(_ statements: String...) -> String {
  #"{"Version":"2012-10-17","Statement":[\#(statements.joined(separator: ","))]}"#
}

let allowAll = #"{"Effect":"Allow","Action":"*","Resource":"*"}"#
let fullAccess = policy(allowAll)
let regions = policy(
  #"{"Sid":"Regions","Effect":"Deny","NotAction":["iam:*","sts:*"],"Resource":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":["us-east-1"]}}}"#
)

/// Root, OUs Workloads and Sandbox, Prod below Workloads; management 1…, app 2… in Prod, lab 3… in Sandbox.
func organization() -> OrganizationModel {
  typealias P = OrganizationModel.Policy
  let targets = ["r-1", "ou-w", "ou-p", "ou-s", management, app, lab]
  return OrganizationModel(
    id: "o-test", managementAccount: management, root: "r-1",
    enabledTypes: [P.serviceControlType, P.resourceControlType],
    units: [
      .init(id: "ou-w", name: "Workloads", parent: "r-1"), .init(id: "ou-p", name: "Prod", parent: "ou-w"),
      .init(id: "ou-s", name: "Sandbox", parent: "r-1"),
    ],
    accounts: [
      .init(id: management, name: "management", email: "m@example.com", parent: "r-1"),
      .init(id: app, name: "app", email: "a@example.com", parent: "ou-p"),
      .init(id: lab, name: "lab", email: "l@example.com", parent: "ou-s"),
    ],
    policies: [.init(id: P.fullAccessID, name: "FullAWSAccess", type: P.serviceControlType, content: fullAccess)],
    attachments: targets.map { .init(target: $0, policy: P.fullAccessID) })
}

let management = "111111111111"
let app = "222222222222"
let lab = "333333333333"

func role(_ account: String, _ path: String = "deploy") -> Principal {
  let name = path.split(separator: "/").last.map(String.init) ?? path
  return Principal(
    .roleSession(
      arn: "arn:aws:sts::\(account):assumed-role/\(name)/s", roleARN: "arn:aws:iam::\(account):role/\(path)",
      roleID: "AROA", name: "s"))
}

/// A call that everything but the organization allowed.
func call(
  _ action: String, on resource: String = "*", by principal: Principal, owner: String? = nil,
  region: String = "us-east-1",
  _ context: ConditionContext = [:], othersAllow: Bool = true, dependsOnPaths: Bool = false
) -> RecordedCall {
  var context = context
  context.set("aws:RequestedRegion", region)
  context.set("aws:PrincipalArn", principal.arn)
  return RecordedCall(
    requestID: "r", time: 0, region: region, principal: principal, principalName: principal.arn,
    checks: [
      RecordedCheck(
        action: action, resource: PartialResource(resource), resourceAccount: owner ?? principal.account,
        context: PartialContext(context), othersAllow: othersAllow, othersDependOnOrganization: dependsOnPaths)
    ])
}

/// What changes do to a call.
func outcome(_ call: RecordedCall, _ changes: OrganizationChange..., to model: OrganizationModel = organization())
  throws
  -> CallChange?
{
  Replayer(try PolicyChange(before: model, after: try model.applying(changes))).judge(call)
}

func scp(_ content: String, _ name: String = "guard") -> OrganizationChange.PolicyText {
  .init(name: name, content: content)
}
