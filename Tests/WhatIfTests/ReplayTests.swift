import Policy
import Testing

@testable import WhatIf

@Suite("Calls on a changed organization")
struct ReplayTests {
  @Test("an SCP that is attached denies what it names, and is named with level and statement")
  func attach() throws {
    let change = try #require(
      try outcome(call("ec2:RunInstances", by: role(app), region: "eu-west-1"), .attach(scp(regions), to: "Workloads")))
    #expect(change.outcome == .newlyDenied)
    #expect(change.decider?.layer == .serviceControl)
    #expect(change.decider?.levelName == "OU Workloads")
    #expect(change.decider?.policy == .init(id: "p-new", name: "guard", statement: "Regions"))
    #expect(try outcome(call("ec2:RunInstances", by: role(app)), .attach(scp(regions), to: "Workloads")) == nil)
    #expect(
      try outcome(call("iam:GetUser", by: role(app), region: "eu-west-1"), .attach(scp(regions), to: "ou-w")) == nil)
    #expect(
      try outcome(call("ec2:RunInstances", by: role(lab), region: "eu-west-1"), .attach(scp(regions), to: "ou-w"))
        == nil)
  }

  @Test("the management account, service-linked roles and services are exempt; instance roles and root users are not")
  func exemptions() throws {
    func denied(_ principal: Principal) throws -> Bool {
      try outcome(
        call("ec2:RunInstances", by: principal, owner: app, region: "eu-west-1"), .attach(scp(regions), to: "root"))
        != nil
    }
    #expect(try !denied(role(management)))
    #expect(try !denied(Principal(.root(account: management))))
    #expect(try !denied(role(app, "aws-service-role/ec2.amazonaws.com/AWSServiceRoleForEC2")))
    #expect(try !denied(Principal(.service("ec2.amazonaws.com"))))
    #expect(try denied(role(app, "instance-role")))
    #expect(try denied(Principal(.root(account: app))))
  }

  @Test("without FullAWSAccess a level denies everything that nothing else there allows")
  func detach() throws {
    let detach = OrganizationChange.detach(policy: "FullAWSAccess", from: "Prod")
    let other = OrganizationChange.attach(scp(regions), to: "Prod")
    let change = try #require(try outcome(call("s3:ListAllMyBuckets", by: role(app)), other, detach))
    #expect(change.outcome == .newlyDenied)
    #expect(change.decider?.policy == nil)
    #expect(change.decider?.levelName == "OU Prod")
    let list = scp(policy(#"{"Effect":"Allow","Action":"s3:*","Resource":"*"}"#))
    #expect(try outcome(call("s3:ListAllMyBuckets", by: role(app)), .attach(list, to: "Prod"), detach) == nil)
    #expect(
      try outcome(call("sqs:ListQueues", by: role(app)), .attach(list, to: "Prod"), detach)?.outcome == .newlyDenied)
  }

  @Test("what others denied stays denied, and what only an SCP denied becomes allowed")
  func allowing() throws {
    let model = try organization().applying(.attach(scp(regions), to: "Workloads"))
    let detach = OrganizationChange.detach(policy: "guard", from: "Workloads")
    let refused = call("ec2:RunInstances", by: role(app), region: "eu-west-1")
    let change = try #require(try outcome(refused, detach, to: model))
    #expect(change.outcome == .newlyAllowed)
    #expect(change.decider?.policy?.name == "guard")
    #expect(
      try outcome(call("ec2:RunInstances", by: role(app), region: "eu-west-1", othersAllow: false), detach, to: model)
        == nil)
    #expect(try outcome(refused, .disable(type: "SCP"), to: model)?.outcome == .newlyAllowed)
    #expect(try outcome(refused, .move(account: "app", to: "Sandbox"), to: model)?.outcome == .newlyAllowed)
    #expect(try outcome(refused, .update(policy: "guard", content: fullAccess), to: model)?.outcome == .newlyAllowed)
  }

  @Test("a move changes aws:PrincipalOrgPaths, and leaves unknown what other policies made of it")
  func paths() throws {
    let onlyProd = policy(
      #"{"Sid":"Paths","Effect":"Deny","Action":"sqs:*","Resource":"*","Condition":{"ForAllValues:StringNotLike":{"aws:PrincipalOrgPaths":"o-test/r-1/ou-w/*"}}}"#
    )
    let model = try organization().applying(.attach(scp(onlyProd), to: "root"))
    let move = OrganizationChange.move(account: "app", to: "Sandbox")
    // Recorded with the path of then; it is computed anew.
    let sending = call(
      "sqs:SendMessage", on: "arn:aws:sqs:us-east-1:\(app):q", by: role(app), ["aws:PrincipalOrgPaths": ["o-test/r-1/"]]
    )
    #expect(try outcome(sending, move, to: model)?.outcome == .newlyDenied)
    #expect(try outcome(call("sqs:SendMessage", by: role(lab)), move, to: model) == nil)
    let reading = call("s3:GetObject", on: "arn:aws:s3:::b/k", by: role(app), dependsOnPaths: true)
    #expect(try outcome(reading, move, to: model)?.outcome == .unknown)
    #expect(try outcome(reading, .attach(scp(regions), to: "root"), to: model) == nil)
  }

  @Test("an RCP limits callers from anywhere on the resources of its accounts, and only in services that it supports")
  func resourceControl() throws {
    let perimeter = scp(
      policy(
        #"{"Sid":"Ours","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalOrgID":"o-test"}}}"#
      ))
    let attach = OrganizationChange.attach(perimeter, to: "Prod")
    let stranger = role("999999999999")
    let change = try #require(
      try outcome(call("s3:GetObject", on: "arn:aws:s3:::b/k", by: stranger, owner: app), attach))
    #expect(change.outcome == .newlyDenied)
    #expect(change.decider?.layer == .resourceControl)
    #expect(try outcome(call("s3:GetObject", on: "arn:aws:s3:::b/k", by: role(lab), owner: app), attach) == nil)
    #expect(try outcome(call("s3:GetObject", on: "arn:aws:s3:::b/k", by: stranger, owner: lab), attach) == nil)
    #expect(try outcome(call("ec2:CopySnapshot", on: "arn:aws:ec2:::s", by: stranger, owner: app), attach) == nil)
    #expect(try outcome(call("s3:ListAllMyBuckets", by: stranger, owner: app), attach) == nil)
  }

  @Test("a call that was denied anyway is not newly denied by another of its checks")
  func severalChecks() throws {
    var both = call("s3:PutObject", on: "arn:aws:s3:::b/k", by: role(app), region: "eu-west-1")
    both.checks += call("kms:GenerateDataKey", on: "*", by: role(app), othersAllow: false).checks
    #expect(try outcome(both, .attach(scp(regions), to: "root")) == nil)
    both.checks[1].othersAllow = true
    #expect(try outcome(both, .attach(scp(regions), to: "root"))?.check == 0)
  }

  @Test("changes name things by id, name or path, and say what is wrong")
  func naming() throws {
    let model = organization()
    #expect(try model.target("Workloads/Prod") == "ou-p")
    #expect(try model.target("lab") == lab)
    #expect(try model.target("Root") == "r-1")
    #expect(throws: ChangeProblem.self) { try model.target("nowhere") }
    #expect(throws: ChangeProblem("FullAWSAccess is attached to OU Prod already.")) {
      try model.applying(.attachExisting(policy: "FullAWSAccess", to: "Prod"))
    }
    #expect(throws: ChangeProblem.self) { try model.applying(.detach(policy: "guard", from: "Prod")) }
    #expect(throws: ChangeProblem.self) { try model.applying(.move(account: "app", to: "lab")) }
    #expect(throws: ChangeProblem.self) { try model.applying(.update(policy: "FullAWSAccess", content: fullAccess)) }
    #expect(throws: ChangeProblem.self) { try model.applying(.attach(scp("{"), to: "root")) }
    #expect(throws: ChangeProblem.self) { try model.applying(.enable(type: "TAG_POLICY")) }
    var twins = model
    twins.units.append(.init(id: "ou-x", name: "Prod", parent: "ou-s"))
    #expect(throws: ChangeProblem("Prod can be any of ou-p, ou-x: say which by its id.")) { try twins.target("Prod") }
  }

  @Test(
    "what AWS refuses is refused, for a report about it would say nothing",
    arguments: [
      ([OrganizationChange.detach(policy: "FullAWSAccess", from: "Prod")], "is the last SCP on OU Prod"),
      ([.detach(policy: "RCPFullAWSAccess", from: "Prod")], "can't be detached from anything"),
      ([.enable(type: "SCP")], "SCPs are enabled in o-test already"),
      ([.disable(type: "RCP"), .disable(type: "RCP")], "RCPs are not enabled"),
      (
        [.disable(type: "SCP"), .attach(scp(regions), to: "Prod")], "SCPs are not enabled in o-test, so guard can't be"
      ),
      ([.move(account: "app", to: "Prod")], "account 222222222222 (app) is in OU Prod already"),
      (
        [.attach(scp(policy(#"{"Effect":"Deny","Principal":"*","Action":"sns:*","Resource":"*"}"#)), to: "Prod")],
        "does not take guard as RCP: sns:* is of no service that supports RCPs"
      ),
      ([.attach(scp(policy(#"{"Effect":"Deny","Action":"s3:*"}"#)), to: "Prod")], "does not take guard as SCP"),
      (
        [
          .attach(
            scp(
              policy(
                #"{"Effect":"Deny","Action":"s3:*","Resource":"*","Sid":"\#(String(repeating: "x", count: 10_240))"}"#)),
            to: "Prod")
        ],
        "does not take guard as SCP"
      ),
      ((1...10).map { .attach(scp(regions, "guard-\($0)"), to: "Prod") }, "OU Prod has 10 SCPs"),
    ])
  func refused(_ changes: [OrganizationChange], _ words: String) throws {
    var model = organization()
    model.policies.append(
      .init(
        id: OrganizationModel.Policy.resourceFullAccessID, name: "RCPFullAWSAccess",
        type: OrganizationModel.Policy.resourceControlType, content: fullAccess))
    model.attachments.append(.init(target: "ou-p", policy: OrganizationModel.Policy.resourceFullAccessID))
    do {
      _ = try model.applying(changes)
      Issue.record("nothing was wrong")
    } catch {
      #expect(error.description.contains(words), "\(error)")
    }
  }

  @Test(
    "a type that is enabled comes with AWS's own policy everywhere, and one that was disabled comes back without its policies"
  )
  func enabling() throws {
    let model = try organization().applying(.attach(scp(regions), to: "Workloads"))
    let refused = call("ec2:RunInstances", by: role(app), region: "eu-west-1")
    #expect(try outcome(refused, .disable(type: "SCP"), .enable(type: "SCP"), to: model)?.outcome == .newlyAllowed)
    var plain = organization()
    plain.enabledTypes = []
    plain.attachments = []
    plain.policies = []
    #expect(try outcome(refused, .enable(type: "SCP"), to: plain) == nil)
    #expect(
      try outcome(refused, .enable(type: "SCP"), .attach(scp(regions), to: "Prod"), to: plain)?.outcome == .newlyDenied)
    plain.hasAllFeatures = false
    #expect(throws: ChangeProblem.self) { try plain.applying(.enable(type: "SCP")) }
  }

  @Test("a tally groups calls of a kind, keeps few ids, and lists no more resources than it should")
  func tally() throws {
    let model = organization()
    let replayer = Replayer(
      try PolicyChange(before: model, after: try model.applying(.attach(scp(regions), to: "root"))))
    var whole = Tally()
    var parts = [Tally(), Tally()]
    for index in 0..<300 {
      var one = call("s3:GetObject", on: "arn:aws:s3:::b/\(index % 100)", by: role(app), region: "eu-west-1")
      one.time = Int64(index)
      one.requestID = "\(index)"
      let change = replayer.judge(one)
      whole.add(one, change)
      parts[index % 2].add(one, change)
    }
    #expect(whole.counts.newlyDenied == 300)
    #expect(whole.sorted.count == Tally.listedResources + 1)
    #expect(whole.sorted.first { $0.resource == "…" }?.count == 150)
    #expect(whole.sorted.first { $0.resource.hasSuffix("/7") }?.requestIDs == ["7", "107", "207"])
    #expect(whole.sorted.first { $0.resource.hasSuffix("/7") }?.last.milliseconds == 207)
    var merged = parts[0]
    merged.merge(parts[1])
    #expect(merged.counts == whole.counts)
    #expect(merged.sorted.reduce(0) { $0 + $1.count } == 300)
    #expect(merged.sorted.count == Tally.listedResources + 1)
    let report = WhatIfReport(grade: .exact, organization: "o-test", changes: ["x"], tally: whole, speed: .init())
    #expect(report.hasBreaks)
    #expect(report.table().contains("SCP guard#Regions at Root"))
    #expect(Moment.text(1_764_043_445_000) == "2025-11-25T04:04:05Z")
  }
}
