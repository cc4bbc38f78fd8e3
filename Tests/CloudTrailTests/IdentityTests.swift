import Testing
import Wire

@testable import Cloud
@testable import CloudTrail

/// Calls of each kind of caller, and the golden `userIdentity` of each.
///
/// AWS: CloudTrail user guide, "CloudTrail userIdentity element", whose examples these are, with the numbers changed.
@Suite struct IdentityTests {
  static let account = sample("123456789012")
  static let other = sample("111122223333")

  static func sample(_ text: String) -> AccountID { AccountID(text) ?? .first }

  static func entry(
    _ caller: JournalCaller, service: String = "s3", operation: String = "CreateBucket", recipients: [AccountID]? = nil
  ) -> JournalEntry {
    JournalEntry(
      requestID: "79104EXAMPLEB723", eventID: EventID(high: 0x1122_3344_5566_4788, low: 0x8899_aabb_ccdd_eeff),
      time: Timestamp(milliseconds: 1_689_801_177_123), service: service, operation: operation, region: "us-east-1",
      caller: caller, sourceIP: "192.0.2.0", userAgent: "aws-cli/2.13.5",
      recipients: recipients ?? [caller.account].compactMap { $0 })
  }

  static let issued = JournalCaller.Session(issued: Timestamp(seconds: 1_689_800_000), isMFAPresent: false)

  static let role = JournalCaller(
    kind: .assumedRole(
      roleARN: "arn:aws:iam::123456789012:role/path/RoleToBeAssumed", roleID: "AROAIDPPEZS35WEXAMPLE",
      sessionName: "session"), account: account,
    arn: "arn:aws:sts::123456789012:assumed-role/RoleToBeAssumed/session", userID: "AROAIDPPEZS35WEXAMPLE:session",
    accessKeyID: "ASIAIOSFODNN7EXAMPLE", session: issued)

  static let cases: [(String, JournalCaller, String)] = [
    (
      "root",
      JournalCaller(
        kind: .root, account: account, arn: "arn:aws:iam::123456789012:root", userID: "123456789012",
        accessKeyID: "AKIAIOSFODNN7EXAMPLE"),
      #"{"type":"Root","principalId":"123456789012","arn":"arn:aws:iam::123456789012:root","#
        + #""accountId":"123456789012","accessKeyId":"AKIAIOSFODNN7EXAMPLE"}"#
    ),
    (
      "IAM user",
      JournalCaller(
        kind: .user(name: "Alice", id: "AIDAJ45Q7YFFAREXAMPLE"), account: account,
        arn: "arn:aws:iam::123456789012:user/Alice", userID: "AIDAJ45Q7YFFAREXAMPLE", accessKeyID: "AKIA1"),
      #"{"type":"IAMUser","principalId":"AIDAJ45Q7YFFAREXAMPLE","arn":"arn:aws:iam::123456789012:user/Alice","#
        + #""accountId":"123456789012","accessKeyId":"AKIA1","userName":"Alice"}"#
    ),
    (
      "IAM user with a session token",
      JournalCaller(
        kind: .user(name: "Alice", id: "AIDA1"), account: account, arn: "arn:aws:iam::123456789012:user/Alice",
        userID: "AIDA1", accessKeyID: "ASIA1",
        session: JournalCaller.Session(issued: Timestamp(seconds: 1_689_800_000), isMFAPresent: true)),
      #"{"type":"IAMUser","principalId":"AIDA1","arn":"arn:aws:iam::123456789012:user/Alice","#
        + #""accountId":"123456789012","accessKeyId":"ASIA1","userName":"Alice","sessionContext":{"attributes":"#
        + #"{"creationDate":"2023-07-19T20:53:20Z","mfaAuthenticated":"true"}}}"#
    ),
    (
      "assumed role", role,
      #"{"type":"AssumedRole","principalId":"AROAIDPPEZS35WEXAMPLE:session","#
        + #""arn":"arn:aws:sts::123456789012:assumed-role/RoleToBeAssumed/session","accountId":"123456789012","#
        + #""accessKeyId":"ASIAIOSFODNN7EXAMPLE","sessionContext":{"sessionIssuer":{"type":"Role","#
        + #""principalId":"AROAIDPPEZS35WEXAMPLE","arn":"arn:aws:iam::123456789012:role/path/RoleToBeAssumed","#
        + #""accountId":"123456789012","userName":"RoleToBeAssumed"},"attributes":"#
        + #"{"creationDate":"2023-07-19T20:53:20Z","mfaAuthenticated":"false"}}}"#
    ),
    (
      "assumed role through web identity, with a source identity",
      {
        var caller = role
        caller.session?.federatedProvider = "arn:aws:iam::123456789012:oidc-provider/example.com"
        caller.session?.sourceIdentity = "ann"
        return caller
      }(),
      #"{"type":"AssumedRole","principalId":"AROAIDPPEZS35WEXAMPLE:session","#
        + #""arn":"arn:aws:sts::123456789012:assumed-role/RoleToBeAssumed/session","accountId":"123456789012","#
        + #""accessKeyId":"ASIAIOSFODNN7EXAMPLE","sessionContext":{"sessionIssuer":{"type":"Role","#
        + #""principalId":"AROAIDPPEZS35WEXAMPLE","arn":"arn:aws:iam::123456789012:role/path/RoleToBeAssumed","#
        + #""accountId":"123456789012","userName":"RoleToBeAssumed"},"webIdFederationData":"#
        + #"{"federatedProvider":"arn:aws:iam::123456789012:oidc-provider/example.com","attributes":{}},"attributes":"#
        + #"{"creationDate":"2023-07-19T20:53:20Z","mfaAuthenticated":"false"},"sourceIdentity":"ann"}}"#
    ),
    (
      "federated user",
      JournalCaller(
        kind: .federatedUser(name: "Bob", issuerARN: "arn:aws:iam::123456789012:user/Alice"), account: account,
        arn: "arn:aws:sts::123456789012:federated-user/Bob", userID: "123456789012:Bob", accessKeyID: "ASIA2",
        session: issued),
      #"{"type":"FederatedUser","principalId":"123456789012:Bob","#
        + #""arn":"arn:aws:sts::123456789012:federated-user/Bob","accountId":"123456789012","accessKeyId":"ASIA2","#
        + #""sessionContext":{"sessionIssuer":{"type":"IAMUser","arn":"arn:aws:iam::123456789012:user/Alice","#
        + #""accountId":"123456789012","userName":"Alice"},"attributes":"#
        + #"{"creationDate":"2023-07-19T20:53:20Z","mfaAuthenticated":"false"}}}"#
    ),
    (
      "service",
      JournalCaller(
        kind: .service("cloudtrail.amazonaws.com"), account: nil, arn: "cloudtrail.amazonaws.com",
        userID: "cloudtrail.amazonaws.com"),
      #"{"type":"AWSService","invokedBy":"cloudtrail.amazonaws.com"}"#
    ),
    (
      "service that acts for a user",
      JournalCaller(
        kind: .user(name: "Alice", id: "AIDA1"), account: account, arn: "arn:aws:iam::123456789012:user/Alice",
        userID: "AIDA1", accessKeyID: "AKIA1", invokedBy: "s3.amazonaws.com"),
      #"{"type":"IAMUser","principalId":"AIDA1","arn":"arn:aws:iam::123456789012:user/Alice","#
        + #""accountId":"123456789012","accessKeyId":"AKIA1","userName":"Alice","invokedBy":"s3.amazonaws.com"}"#
    ),
    (
      "nobody", JournalCaller(kind: .anonymous, account: nil, arn: "", userID: "anonymous"),
      #"{"type":"AWSAccount","principalId":"","accountId":"ANONYMOUS_PRINCIPAL"}"#
    ),
  ]

  @Test("each kind of caller has AWS's userIdentity", arguments: IdentityTests.cases.indices)
  func golden(_ index: Int) {
    let (name, caller, expected) = IdentityTests.cases[index]
    let json = UserIdentity.json(of: IdentityTests.entry(caller), for: IdentityTests.account)
    #expect(json.text == expected, "\(name)")
  }

  @Test("the owner of an assumed role sees the account that came, the caller's account the caller")
  func acrossAccounts() {
    let caller = JournalCaller(
      kind: .user(name: "Alice", id: "AIDA1"), account: IdentityTests.account,
      arn: "arn:aws:iam::123456789012:user/Alice", userID: "AIDA1", accessKeyID: "AKIA1")
    let entry = IdentityTests.entry(
      caller, service: "sts", operation: "AssumeRole", recipients: [IdentityTests.account, IdentityTests.other])
    let own = EventRecord(entry: entry, event: .management(readOnly: true), recipient: IdentityTests.account)
    let owners = EventRecord(entry: entry, event: .management(readOnly: true), recipient: IdentityTests.other)
    #expect(own.json["userIdentity"]?["userName"]?.string == "Alice")
    #expect(
      owners.json["userIdentity"]?.text
        == #"{"type":"AWSAccount","principalId":"AIDA1","accountId":"123456789012"}"#)
    #expect(own.json["sharedEventID"] == owners.json["sharedEventID"])
    #expect(own.json["sharedEventID"] != nil)
    #expect(own.json["eventID"] != owners.json["eventID"])
    #expect(own.json["recipientAccountId"]?.string == "123456789012")
    #expect(owners.json["recipientAccountId"]?.string == "111122223333")
  }

  @Test("a record has AWS's members in AWS's order")
  func record() {
    let record = EventRecord(
      entry: IdentityTests.entry(IdentityTests.role), event: .management(), recipient: IdentityTests.account)
    #expect(
      record.json.object?.map(\.name) == [
        "eventVersion", "userIdentity", "eventTime", "eventSource", "eventName", "awsRegion", "sourceIPAddress",
        "userAgent", "requestParameters", "responseElements", "requestID", "eventID", "readOnly", "eventType",
        "managementEvent", "recipientAccountId", "eventCategory",
      ])
    #expect(record.json["eventTime"]?.string == "2023-07-19T21:12:57Z")
    #expect(record.json["eventVersion"]?.string == "1.11")
    #expect(record.json["eventID"]?.string == "11223344-5566-4788-8899-aabbccddeeff")
    #expect(record.json["sharedEventID"] == nil)
  }
}
