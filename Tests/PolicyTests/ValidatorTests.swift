import Testing

@testable import Policy

/// A document that may not be stored, and what AWS says.
struct Refusal: Sendable, CustomTestStringConvertible {
  let use: PolicyValidator.Use
  let text: String
  let message: String

  init(_ text: String, _ message: String, _ use: PolicyValidator.Use = .managed) {
    self.use = use
    self.text = text
    self.message = message
  }

  /// A statement's members in a document of the new version.
  static func statement(_ members: String, _ message: String, _ use: PolicyValidator.Use = .managed) -> Refusal {
    Refusal("{\"Version\":\"2012-10-17\",\"Statement\":[{\(members)}]}", message, use)
  }

  var testDescription: String { text }
}

private let syntax = "Syntax errors in policy."
private let legacy = "The policy failed legacy parsing"
private let organizations =
  "The provided policy document does not meet the requirements of the specified policy type."

@Suite("Policies on their way into storage")
struct ValidatorTests {
  static let refusals: [Refusal] = [
    .init("no json", syntax), .init("[]", syntax), .init(#"{"Version":"2012-10-17"}"#, syntax),
    .init(#"{"Version":"2012-10-17","Statement":[]}"#, syntax),
    .init(#"{"Version":"2012-10-17","Statement":["x"]}"#, syntax),
    .init(#"{"Version":"2011-10-17","Statement":[]}"#, syntax),
    .init(#"{"Version":"2012-10-17","Id":{},"Statement":{"Effect":"Allow","Action":"a:b","Resource":"*"}}"#, syntax),
    .init(#"{"Version":"2012-10-17","More":1,"Statement":{"Effect":"Allow","Action":"a:b","Resource":"*"}}"#, syntax),
    .statement(#""Effect":"Allow","Effect":"Allow","Action":"a:b","Resource":"*""#, syntax),
    .statement(#""effect":"Allow","Action":"a:b","Resource":"*""#, syntax),
    .statement(#""Effect":"Maybe","Action":"a:b","Resource":"*""#, syntax),
    .statement(#""Effect":"Allow","Action":"a:b","NotAction":"c:d","Resource":"*""#, syntax),
    .statement(#""Effect":"Allow","Action":"a:b","Resource":"*","NotResource":"*""#, syntax),
    .statement(#""Effect":"Allow","Action":{},"Resource":"*""#, syntax),
    .statement(#""Effect":"Allow","Action":"a:b","Resource":["x",{}]"#, syntax),
    .statement(#""Effect":"Allow","Action":"a:b","Resource":"*","Condition":[]"#, syntax),
    .statement(#""Effect":"Allow","Action":"a:b","Resource":"*","Condition":{"StringIs":{"a:b":"c"}}"#, syntax),
    .statement(#""Effect":"Allow","Action":"a:b","Resource":"*","Condition":{"stringequals":{"a:b":"c"}}"#, syntax),
    .statement(#""Effect":"Allow","Action":"a:b","Resource":"*","Sid":3"#, syntax),
    .init(
      #"{"Statement":{"Effect":"Allow","Action":"a:b","Resource":"*"}}"#,
      "Policy document must be version 2012-10-17 or greater."),
    .init(
      #"{"Version":"2008-10-17","Statement":{"Effect":"allow","Action":"a:b","Resource":"*"}}"#,
      "Policy document must be version 2012-10-17 or greater."),
    .statement(#""Effect":"aLLow","Action":"a:b","Resource":"x""#, legacy),
    .statement(#""Effect":"Allow","Action":"a:b","Resource":"arn:aws:s3::bucket""#, legacy),
    .statement(#""Effect":"Allow","Action":"a:b","Resource":"arn:aws::::bucket""#, legacy),
    .statement(
      #""Effect":"Allow","Action":"a:b","Resource":"x","Condition":{"DateLessThan":{"a:b":"soon"}}"#, legacy),
    .statement(
      #""Effect":"Allow","Action":"a:b","Resource":"*","Condition":{"DateLessThan":{"a:b":"2020-13"}}"#, legacy),
    .statement(
      #""Effect":"Allow","Action":"a:b","Resource":"*","Condition":{"DateLessThan":{"a:b":"9223372036854775808"}}"#,
      legacy),
    .statement(#""Effect":"Allow","Resource":"*""#, "Policy statement must contain actions."),
    .statement(#""Effect":"Allow","Action":[],"Resource":"*""#, "Policy statement must contain actions."),
    .statement(#""Effect":"Allow","Action":"a:b""#, "Policy statement must contain resources."),
    .statement(#""Effect":"Allow","Action":"a:b","Resource":[]"#, "Policy statement must contain resources."),
    .statement(
      #""Effect":"Allow","Action":"GetObject","Resource":"*""#,
      "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."),
    .statement(#""Effect":"Allow","Action":"s3:a:b","Resource":"*""#, "Actions/Condition can contain only one colon."),
    .statement(#""Effect":"Allow","Action":"s 3:Get","Resource":"*""#, "Vendor s 3 is not valid"),
    .statement(
      #""Effect":"Allow","Action":"a:b","Resource":"bucket""#, "Resource bucket must be in ARN format or \"*\"."),
    .statement(
      #""Effect":"Allow","Action":"a:b","Resource":"arn:nowhere:s3:::b""#,
      "Partition \"nowhere\" is not valid for resource \"arn:nowhere:s3:::b\"."),
    .statement(
      #""Effect":"Allow","Action":"a:b","Resource":"a:b""#,
      "Partition \"b\" is not valid for resource \"arn:b:*:*:*:*\"."),
    .statement(
      #""Effect":"Allow","Action":"a:b","Resource":"arn:aws""#,
      "Resource vendor must be fully qualified and cannot contain regexes."),
    .statement(
      #""Effect":"Allow","Action":"a:b","Resource":"arn:aws:s3:us-east-1::b""#,
      "Resource arn:aws:s3:us-east-1::b can not contain region information."),
    .statement(
      #""Effect":"Allow","Action":"a:b","Resource":"arn:aws:iam:us-east-1::user/x""#,
      "IAM resource arn:aws:iam:us-east-1::user/x cannot contain region information."),
    .statement(
      #""Effect":"Allow","Action":"a:b","Resource":"arn:aws:iam:::x""#,
      "IAM resource path must either be \"*\" or start with user/, federated-user/, role/, group/, instance-profile/, mfa/, "
        + "server-certificate/, policy/, sms-mfa/, saml-provider/, oidc-provider/, report/, access-report/."),
    .init(
      #"{"Version":"2012-10-17","Statement":[{"Sid":"a","Effect":"Allow","Action":"a:b","Resource":"*"},{"Sid":"a","Effect":"Allow"}]}"#,
      "Statement IDs (SID) in a single policy must be unique."),
    .statement(
      #""Effect":"Allow","Principal":"*","Action":"a:b","Resource":"*""#,
      "Policy document should not specify a principal."),
    // Trust policies.
    .statement(
      #""Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"sts:AssumeRole","Resource":"*""#,
      "Has prohibited field Resource", .trust),
    .statement(#""Effect":"Allow","Action":"sts:AssumeRole""#, "Missing required field Principal", .trust),
    .statement(
      #""Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"s3:GetObject""#,
      "AssumeRole policy may only specify STS AssumeRole actions.", .trust),
    .statement(
      #""Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:group/g"},"Action":"sts:AssumeRole""#,
      "Invalid principal in policy: \"AWS\":\"arn:aws:iam::111122223333:group/g\"", .trust),
    .statement(
      #""Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:user/*"},"Action":"sts:AssumeRole""#,
      "Invalid principal in policy: \"AWS\":\"arn:aws:iam::111122223333:user/*\"", .trust),
    // Bucket policies.
    .init("x", "Policies must be valid JSON and the first byte must be '{'", .bucket),
    .statement(
      #""Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*""#, "Missing required field Principal",
      .bucket),
    .statement(
      #""Effect":"Allow","Principal":"*","Action":"s3:Nothing","Resource":"arn:aws:s3:::b/*""#,
      "Policy has invalid action", .bucket),
    .statement(
      #""Effect":"Allow","Principal":"*","Action":"sqs:SendMessage","Resource":"arn:aws:s3:::b/*""#,
      "Policy has invalid action", .bucket),
    .statement(
      #""Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"b/*""#, "Policy has invalid resource",
      .bucket),
    .statement(
      #""Effect":"Allow","Principal":{"AWS":"ann"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*""#,
      "Invalid principal in policy", .bucket),
    // SCPs and RCPs.
    .statement(#""Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*""#, organizations, .serviceControl),
    .statement(#""Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*""#, organizations, .resourceControl),
    .statement(#""Effect":"Deny","Principal":"*","Action":"*","Resource":"*""#, organizations, .resourceControl),
    .statement(#""Effect":"Deny","Principal":"*","Action":"sns:*","Resource":"*""#, organizations, .resourceControl),
    .statement(
      #""Effect":"Deny","Principal":{"AWS":"111122223333"},"Action":"s3:*","Resource":"*""#, organizations,
      .resourceControl),
    .statement(#""Effect":"Deny","Principal":"*","NotAction":"s3:*","Resource":"*""#, organizations, .resourceControl),
    .statement(#""Effect":"Deny","NotPrincipal":"*","Action":"s3:*","Resource":"*""#, organizations, .resourceControl),
  ]

  @Test("what AWS refuses is refused in AWS's words", arguments: refusals)
  func refuses(_ refusal: Refusal) {
    let problem = #expect(throws: PolicyProblem.self) { try PolicyValidator.check(refusal.text, as: refusal.use) }
    #expect(problem?.message == refusal.message)
    #expect(problem?.kind == .malformed)
  }

  @Test(
    "what AWS accepts is accepted",
    arguments: [
      (#""Effect":"Allow","Action":"*","Resource":"*""#, PolicyValidator.Use.managed),
      (#""Effect":"Allow","Action":"iam: odd but fine ","Resource":"arn:aws:fdsasf""#, .managed),
      (#""Effect":"Allow","NotAction":"s3.x:*","NotResource":"arn:aws:s3:us-west-2:1:accesspoint/x""#, .inline),
      (
        #""Sid":"","Effect":"Deny","Action":"a:b","Resource":["arn:aws:iam::1:user/${aws:username}","arn:aws:iam::*:*"]"#,
        .managed
      ),
      (
        #""Effect":"Allow","Action":"a:b","Resource":"*","Condition":{"Nonsense":{},"Bool":{"a:b":true},"NumericEquals":{"a:b":1}}"#,
        .managed
      ),
      (
        #""Effect":"Allow","Action":"a:b","Resource":"*","Condition":{"DateLessThan":{"a:b":["01T","-292275054","2016-12-13t2:00:00.593194+23"]}}"#,
        .session
      ),
      (
        #""Effect":"Allow","Principal":{"AWS":["111122223333","arn:aws:iam::1:root"],"Service":"ec2.amazonaws.com"},"Action":["sts:AssumeRole","sts:TagSession"]"#
          .replacing("::1:", with: "::111122223333:"), .trust
      ),
      (#""Effect":"Allow","Principal":"*","Action":["s3:GetObject","s3:Get*"],"Resource":"arn:aws:s3:::b/*""#, .bucket),
      (#""Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"SQS:SendMessage","Resource":"*""#, .resource),
      (
        #""Effect":"Deny","NotAction":"iam:*","Resource":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":"us-east-1"}}"#,
        .serviceControl
      ),
      (#""Effect":"Deny","Principal":{"AWS":"*"},"Action":"S3:*","NotResource":"arn:aws:s3:::b""#, .resourceControl),
    ])
  func accepts(_ statement: String, _ use: PolicyValidator.Use) throws {
    try PolicyValidator.check("{\"Version\":\"2012-10-17\",\"Statement\":[{\(statement)}]}", as: use)
  }

  @Test("white space between elements does not count")
  func size() throws {
    #expect(PolicyLimits.countedSize("{ \"a b\" :\n\t\"c\\\" d\" }") == 15)
    let padded = "{\"Version\":\"2012-10-17\",\"Statement\":[" + String(repeating: " ", count: 10_000) + allowAll + "]}"
    try PolicyValidator.check(padded, as: .managed)
    let long =
      #"{"Version":"2012-10-17","Statement":[{"Sid":"\#(String(repeating: "a", count: 6_100))","Effect":"Allow","Action":"*","Resource":"*"}]}"#
    let problem = #expect(throws: PolicyProblem.self) { try PolicyValidator.check(long, as: .managed) }
    #expect(problem?.message == "Cannot exceed quota for PolicySize: 6144")
    #expect(problem?.kind == .tooLarge)
  }
}
