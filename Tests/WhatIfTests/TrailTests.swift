import Foundation
import Policy
import Testing

@testable import WhatIf

@Suite("CloudTrail logs")
struct TrailTests {
  private func record(
    _ source: String, _ name: String, account: String = app, role: String = "deploy", region: String = "us-east-1",
    parameters: String = "null", more: String = ""
  ) -> String {
    let session = role.split(separator: "/").last.map(String.init) ?? role
    return #"""
      {"eventVersion":"1.11","userIdentity":{"type":"AssumedRole","principalId":"AROA1:s","arn":"arn:aws:sts::\#(account):assumed-role/\#(session)/s","accountId":"\#(account)","accessKeyId":"ASIA1","sessionContext":{"sessionIssuer":{"type":"Role","principalId":"AROA1","arn":"arn:aws:iam::\#(account):role/\#(role)","accountId":"\#(account)","userName":"\#(session)"},"webIdFederationData":{},"attributes":{"creationDate":"2026-11-01T00:00:00Z","mfaAuthenticated":"false"}}},"eventTime":"2026-11-01T00:00:05Z","eventSource":"\#(source).amazonaws.com","eventName":"\#(name)","awsRegion":"\#(region)","sourceIPAddress":"192.0.2.7","userAgent":"[aws-cli/2]","requestParameters":\#(parameters),"responseElements":{"a":[1,{"b":"}]\""}]},"requestID":"req-\#(name)","eventID":"e-\#(name)","readOnly":true,"eventType":"AwsApiCall","managementEvent":true,"recipientAccountId":"\#(account)"\#(more)}
      """#
  }

  private func replay(
    _ records: [String], _ changes: OrganizationChange..., to model: OrganizationModel = organization()
  )
    throws -> WhatIfReport
  {
    let change = try PolicyChange(before: model, after: try model.applying(changes))
    let replay = TrailReplay(change)
    var bytes = try LogBytes(Array(#"{"Records":[\#(records.joined(separator: ","))]}"#.utf8))
    try replay.read(&bytes)
    return WhatIfReport(
      grade: .threeValued, organization: "o-test", changes: [], tally: replay.tally, speed: replay.speed)
  }

  @Test("a Region restriction denies what was called elsewhere, by the names that Lambda gives its events")
  func regionRestriction() throws {
    let report = try replay(
      [
        record("lambda", "CreateFunction20150331", region: "eu-west-1", parameters: #"{"functionName":"f"}"#),
        record("lambda", "Invoke", region: "us-east-1", parameters: #"{"functionName":"f"}"#),
        record("iam", "CreateUser", region: "us-east-1", parameters: #"{"userName":"u"}"#),
        record("s3", "ListBuckets", account: management, region: "eu-west-1"),
        record("ec2", "RunInstances", role: "aws-service-role/x/AWSServiceRoleForX", region: "eu-west-1"),
        record(
          "ec2", "RunInstances", region: "eu-west-1",
          more: #","errorCode":"Client.UnauthorizedOperation","errorMessage":"You are not authorized"}"#.dropLast()
            .description),
      ], .attach(scp(regions), to: "root"))
    #expect(report.counts.newlyDenied == 1)
    #expect(report.counts.unknown == 0)
    #expect(report.counts.unchanged == 4)
    #expect(report.counts.skipped == ["calls that were denied by other policies": 1])
    let finding = try #require(report.findings.first)
    #expect(finding.action == "lambda:CreateFunction")
    #expect(finding.resource == "arn:aws:lambda:eu-west-1:\(app):function:f")
    #expect(finding.principal == "arn:aws:iam::\(app):role/deploy")
    #expect(finding.requestIDs == ["req-CreateFunction20150331"])
    #expect(finding.region == "eu-west-1")
  }

  @Test("a condition on a key that records don't have is unknown, and never shown as allowed")
  func unknownKeys() throws {
    let tagged = scp(
      policy(
        #"{"Sid":"Tag","Effect":"Deny","Action":"sqs:*","Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalTag/team":"a"}}}"#
      ))
    let queue = #"{"queueUrl":"https://sqs.us-east-1.amazonaws.com/\#(app)/q"}"#
    let report = try replay([record("sqs", "DeleteQueue", parameters: queue)], .attach(tagged, to: "root"))
    #expect(report.counts.unknown == 1)
    #expect(report.findings.first?.missing == ["aws:PrincipalTag/team"])
    #expect(report.findings.first?.resource == "arn:aws:sqs:us-east-1:\(app):q")
    #expect(report.findings.first?.statement == "Tag")
    // What went through although the statement was there is no news.
    let model = try organization().applying(.attach(tagged, to: "root"))
    let other = scp(policy(#"{"Effect":"Deny","Action":"sqs:Purge*","Resource":"*"}"#), "other")
    #expect(
      try replay([record("sqs", "DeleteQueue", parameters: queue)], .attach(other, to: "root"), to: model).counts
        .unchanged == 1)
    let wide = scp(policy(#"{"Effect":"Deny","Action":"sqs:DeleteQueue","Resource":"arn:aws:sqs:*:*:other"}"#), "wide")
    #expect(
      try replay([record("sqs", "DeleteQueue", parameters: queue)], .attach(wide, to: "root"), to: model).counts
        .unchanged == 1)
    let hit = scp(policy(#"{"Effect":"Deny","Action":"sqs:DeleteQueue","Resource":"arn:aws:sqs:*:*:q"}"#), "hit")
    #expect(
      try replay([record("sqs", "DeleteQueue", parameters: queue)], .attach(hit, to: "root"), to: model).counts
        .newlyDenied == 1)
  }

  @Test("keys that records do tell are known: caller, MFA, address, user agent, time")
  func knownKeys() throws {
    func deny(_ condition: String) throws -> WhatIfReport {
      let text = policy(#"{"Effect":"Deny","Action":"iam:*","Resource":"*","Condition":{\#(condition)}}"#)
      return try replay([record("iam", "GetRole", parameters: #"{"roleName":"r"}"#)], .attach(scp(text), to: "root"))
    }
    for condition in [
      #""ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/deploy"}"#,
      #""Bool":{"aws:MultiFactorAuthPresent":"false"}"#,
      #""IpAddress":{"aws:SourceIp":"192.0.2.0/24"}"#, #""StringEquals":{"aws:UserAgent":"aws-cli/2"}"#,
      #""DateLessThan":{"aws:CurrentTime":"2026-12-01T00:00:00Z"}"#, #""Null":{"aws:SourceVpce":"true"}"#,
      #""StringEquals":{"aws:PrincipalOrgID":"o-test"}"#, #""Null":{"aws:username":"true"}"#,
      #""Bool":{"aws:ViaAWSService":"false"}"#, #""StringEquals":{"aws:ResourceAccount":"\#(app)"}"#,
    ] {
      #expect(try deny(condition).counts.newlyDenied == 1, "\(condition)")
    }
    for condition in [
      #""Bool":{"aws:SecureTransport":"false"}"#, #""StringEquals":{"aws:ResourceTag/a":"b"}"#,
      #""StringEquals":{"aws:RequestTag/a":"b"}"#, #""StringLike":{"aws:Referer":"x"}"#,
    ] {
      #expect(try deny(condition).counts.unknown == 1, "\(condition)")
    }
  }

  @Test("a role whose path the record doesn't tell is unknown where the path matters")
  func rolePath() throws {
    func deny(_ resource: String) throws -> Tally.Counts {
      let text = policy(#"{"Effect":"Deny","Action":"iam:DeleteRole","Resource":"\#(resource)"}"#)
      return try replay(
        [record("iam", "DeleteRole", parameters: #"{"roleName":"audit"}"#)], .attach(scp(text), to: "root")
      ).counts
    }
    #expect(try deny("arn:aws:iam::*:role/*audit").newlyDenied == 1)
    #expect(try deny("arn:aws:iam::*:role/security/*").unknown == 1)
    #expect(try deny("arn:aws:iam::*:role/security/other").unchanged == 1)
  }

  @Test("objects and buckets are told apart, and the version of an object needs its own action")
  func objects() throws {
    let object =
      #","resources":[{"type":"AWS::S3::Object","ARN":"arn:aws:s3:::data/x"},{"accountId":"\#(lab)","type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::data"}]"#
    func deny(_ action: String, _ resource: String, _ parameters: String) throws -> Finding? {
      let text = policy(#"{"Effect":"Deny","Action":"\#(action)","Resource":"\#(resource)"}"#)
      return try replay(
        [record("s3", "GetObject", parameters: parameters, more: object)], .attach(scp(text), to: "root")
      ).findings.first
    }
    let plain = #"{"bucketName":"data","key":"x"}"#
    #expect(try deny("s3:GetObject", "arn:aws:s3:::data/*", plain)?.resource == "arn:aws:s3:::data/x")
    #expect(try deny("s3:GetObject", "arn:aws:s3:::data", plain) == nil)
    #expect(try deny("s3:GetObjectVersion", "*", plain) == nil)
    #expect(try deny("s3:GetObjectVersion", "*", #"{"bucketName":"data","key":"x","versionId":"1"}"#) != nil)
  }

  @Test("an operation that needs resources of several types is judged on each, known or not")
  func severalTypes() throws {
    func deny(_ resource: String) throws -> Tally.Counts {
      let text = policy(#"{"Effect":"Deny","Action":"ec2:RunInstances","Resource":"\#(resource)"}"#)
      return try replay([record("ec2", "RunInstances", parameters: "{}")], .attach(scp(text), to: "root")).counts
    }
    #expect(try deny("arn:aws:ec2:*:*:instance/*").newlyDenied == 1)
    #expect(try deny("arn:aws:ec2:*:*:subnet/subnet-1").unknown == 1)
    #expect(try deny("arn:aws:ec2:eu-west-1:*:instance/*").unchanged == 1)
  }

  @Test("what made no difference to one call is not taken for another that differs in what counts")
  func remembering() throws {
    let here = record("sqs", "ListQueues")
    let there = record("sqs", "ListQueues", region: "eu-west-1")
    #expect(try replay([here, here, there, here, there], .attach(scp(regions), to: "root")).counts.newlyDenied == 2)
    let other = record("sqs", "ListQueues", role: "other")
    let byRole = policy(
      #"{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/other"}}}"#
    )
    #expect(try replay([here, other, here, other], .attach(scp(byRole), to: "root")).counts.newlyDenied == 2)
    let strong = policy(
      #"{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"Bool":{"aws:MultiFactorAuthPresent":"false"}}}"#)
    let withMFA = here.replacing(#""mfaAuthenticated":"false""#, with: #""mfaAuthenticated":"true""#)
    #expect(try replay([withMFA, here, withMFA, here], .attach(scp(strong), to: "root")).counts.newlyDenied == 2)
    let session = policy(
      #"{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringLike":{"aws:userid":"*:t"}}}"#)
    let another = here.replacing("AROA1:s", with: "AROA1:t")
    #expect(try replay([here, another, here], .attach(scp(session), to: "root")).counts.newlyDenied == 1)
    let passing = policy(#"{"Effect":"Deny","Action":"iam:PassRole","Resource":"*"}"#)
    let plain = record("lambda", "UpdateFunctionConfiguration20150331v2", parameters: #"{"functionName":"f"}"#)
    let withRole = record(
      "lambda", "UpdateFunctionConfiguration20150331v2",
      parameters: #"{"functionName":"f","role":"arn:aws:iam::\#(app):role/worker"}"#)
    let report = try replay([plain, withRole, plain], .attach(scp(passing), to: "root"))
    #expect(report.counts.newlyDenied == 1)
    #expect(report.findings.first?.action == "iam:PassRole")
    let versions = policy(#"{"Effect":"Deny","Action":"s3:GetObjectVersion","Resource":"*"}"#)
    let object = #","resources":[{"type":"AWS::S3::Object","ARN":"arn:aws:s3:::data/x"}]"#
    let latest = record("s3", "GetObject", parameters: #"{"bucketName":"data","key":"x"}"#, more: object)
    let old = record("s3", "GetObject", parameters: #"{"bucketName":"data","key":"x","versionId":"1"}"#, more: object)
    #expect(try replay([latest, old, latest, old], .attach(scp(versions), to: "root")).counts.newlyDenied == 2)
    let named = policy(#"{"Effect":"Deny","Action":"s3:GetObject","Resource":"arn:aws:s3:::secret/*"}"#)
    let secret = record(
      "s3", "GetObject", parameters: #"{"bucketName":"secret","key":"x"}"#,
      more: #","resources":[{"type":"AWS::S3::Object","ARN":"arn:aws:s3:::secret/x"}]"#)
    #expect(try replay([latest, secret, latest], .attach(scp(named), to: "root")).counts.newlyDenied == 1)
  }

  @Test("what was settled by one call is told of every other with its own resource")
  func settling() throws {
    let teams = policy(
      #"{"Sid":"Teams","Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalTag/team":"a"}}}"#
    )
    let keys = ["x", "y", "x", "z"]
    let records = keys.map { record("s3", "GetObject", parameters: #"{"bucketName":"data","key":"\#($0)"}"#) }
    let report = try replay(records, .attach(scp(teams), to: "root"))
    #expect(report.counts.unknown == 4)
    #expect(
      Dictionary(report.findings.map { ($0.resource, $0.count) }, uniquingKeysWith: +)
        == ["arn:aws:s3:::data/x": 2, "arn:aws:s3:::data/y": 1, "arn:aws:s3:::data/z": 1])
    #expect(report.findings.allSatisfy { $0.missing == ["aws:PrincipalTag/team"] && $0.statement == "Teams" })
    let denied = try replay(
      records, .attach(scp(policy(#"{"Effect":"Deny","Action":"s3:Get*","Resource":"*"}"#)), to: "root"))
    #expect(denied.counts.newlyDenied == 4 && denied.findings.count == 3)
    #expect(denied.findings.allSatisfy { $0.action == "s3:GetObject" && $0.outcome == .newlyDenied })
  }

  @Test("an RCP is judged by the owner's record of a call between accounts, an SCP by the caller's")
  func sides() throws {
    let theirs = record(
      "sqs", "SendMessage", account: lab, parameters: #"{"queueUrl":"https://sqs.us-east-1.amazonaws.com/\#(app)/q"}"#,
      more:
        #","sharedEventID":"x","resources":[{"accountId":"\#(app)","type":"AWS::SQS::Queue","ARN":"arn:aws:sqs:us-east-1:\#(app):q"}]"#
    )
    let owners = theirs.replacing(#""recipientAccountId":"\#(lab)""#, with: #""recipientAccountId":"\#(app)""#)
    let rcp = scp(policy(#"{"Effect":"Deny","Principal":"*","Action":"sqs:*","Resource":"*"}"#))
    #expect(try replay([theirs, owners], .attach(rcp, to: "Prod")).counts.newlyDenied == 1)
    let limit = scp(policy(#"{"Effect":"Deny","Action":"sqs:*","Resource":"*"}"#))
    #expect(try replay([theirs, owners], .attach(limit, to: "Sandbox")).counts.newlyDenied == 1)
  }

  @Test("what an SCP denied may be allowed without it; what else denies, a record doesn't tell")
  func deniedBefore() throws {
    let model = try organization().applying(.attach(scp(regions), to: "root"))
    let denied = record(
      "ec2", "DescribeInstances", region: "eu-west-1",
      more:
        #","errorCode":"Client.UnauthorizedOperation","errorMessage":"… with an explicit deny in a service control policy"}"#
        .dropLast().description)
    let report = try replay([denied], .detach(policy: "guard", from: "root"), to: model)
    #expect(report.counts.unknown == 1)
    #expect(report.findings.first?.missing == ["other policies"])
  }

  @Test("logs may be packed, lines of records, or wrapped, and are read across the ends of buffers")
  func forms() throws {
    let one = record("sqs", "ListQueues")
    let many = Array(repeating: one, count: 3000)
    let model = organization()
    let change = try PolicyChange(before: model, after: try model.applying(.attach(scp(regions), to: "root")))
    for text in [
      #"{"Records":[\#(many.joined(separator: ", "))]}"#, many.joined(separator: "\n"),
      "[\(many.joined(separator: ","))]",
    ] {
      let replay = TrailReplay(change)
      var bytes = try LogBytes(Array(text.utf8))
      try replay.read(&bytes)
      #expect(replay.speed.records == 3000)
      #expect(replay.speed.bytes == text.utf8.count)
    }
    for text in [#"{"Records":[\#(one),{"eventSource":"#, "hello", #"{"Records":[\#(one)"# + "x"] {
      let replay = TrailReplay(change)
      var bytes = try LogBytes(Array(text.utf8))
      #expect(throws: TrailProblem.self) { try replay.read(&bytes) }
    }
    let replay = TrailReplay(change)
    var digest = try LogBytes(Array(#"{"awsAccountId":"1","logFiles":[]}"#.utf8))
    try replay.read(&digest)
    #expect(replay.tally.counts.skipped == ["objects that are no CloudTrail records": 1])
    // "[]" and a line end, packed by gzip.
    var packed = try LogBytes([
      0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 2, 3, 0x8B, 0x8E, 0xE5, 2, 0, 0x44, 0xD2, 0x68, 0x70, 3, 0, 0, 0,
    ])
    var out = [UInt8](repeating: 0, count: 8)
    let count = try out.withUnsafeMutableBytes { try packed.read(into: $0) }
    #expect(Array(out.prefix(count)) == Array("[]\n".utf8))
  }

  @Test("event names become operations")
  func operations() {
    #expect(TrailAction.operation(of: "UpdateFunctionCode20150331v2") == "UpdateFunctionCode")
    #expect(TrailAction.operation(of: "CreateDistribution2020_05_31") == "CreateDistribution")
    #expect(TrailAction.operation(of: "ListObjectsV2") == "ListObjectsV2")
    #expect(TrailAction.operation(of: "GetObject") == "GetObject")
    #expect(TrailAction(source: "s3.amazonaws.com", event: "HeadBucket").needs.first?.action == "s3:ListBucket")
    #expect(
      TrailAction(source: "monitoring.amazonaws.com", event: "PutMetricAlarm").needs.first?.action
        == "cloudwatch:PutMetricAlarm")
    #expect(TrailAction(source: "lambda.amazonaws.com", event: "Invoke").needs.first?.action == "lambda:InvokeFunction")
    #expect(TrailAction(source: "sts.amazonaws.com", event: "GetCallerIdentity").isFree)
  }
}
