import Testing

@testable import Policy

@Suite("Documents")
struct DocumentTests {
  @Test(
    "what is no policy's JSON is refused with its place",
    arguments: [
      ("", 1, 1), ("{", 1, 2), ("[]", 1, 1), (#"{"a":1,"a":2}"#, 1, 8), ("{\"Statement\":\n  3}", 2, 3),
      (#"{"a":01}"#, 1, 7),
      (#"{"a":"b}"#, 1, 6), ("{\"a\":\"\u{1}\"}", 1, 7), (#"{"a":1,}"#, 1, 8), (#"{} x"#, 1, 4), (#"{"a":tru}"#, 1, 6),
      (#"{"a":"\x"}"#, 1, 7), (#"{"é":nope}"#, 1, 6),
    ])
  func syntax(_ text: String, _ line: Int, _ column: Int) {
    let error = #expect(throws: PolicySyntaxError.self) { try PolicyDocument(parsing: text) }
    #expect(error?.position == TextPosition(line: line, column: column))
  }

  @Test("nesting has an end")
  func depth() {
    let deep = String(repeating: "[", count: 10_000)
    #expect(throws: PolicySyntaxError.self) { try PolicyDocument(parsing: "{\"Statement\":" + deep) }
  }

  @Test("escapes are read, surrogates joined")
  func escapes() throws {
    let document = try document(#"{"Statement":{"Sid":"\u0041\ud83d\ude42\n","Effect":"Deny"}}"#)
    #expect(document.sid(ofStatement: 0) == "A🙂\n")
    #expect(document.effect(ofStatement: 0) == .deny)
    #expect(document.version == "2008-10-17")
    #expect(document.text(ofStatement: 0).hasPrefix(#"{"Sid""#))
  }

  @Test("keys are found whatever their case, and set again instead of twice")
  func context() {
    var context: ConditionContext = ["aws:PrincipalTag/Team": "a"]
    context.set("AWS:principaltag/team", "b")
    #expect(context.count == 1)
    #expect(context["aws:principalTAG/TEAM"] == .single("b"))
    context["aws:PrincipalTag/team"] = nil
    #expect(context.isEmpty)
    context.set(tags: [(key: "k", value: "v")], under: "aws:ResourceTag")
    #expect(context.merging(["aws:ResourceTag/k": "w"])["aws:resourcetag/K"] == .single("w"))
  }

  @Test("GetContextKeys names condition keys and variables once")
  func contextKeys() throws {
    let document = try document(
      #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":["arn:aws:s3:::b/${aws:username}","arn:aws:s3:::b/${aws:userid,'x'}"],"Condition":{"StringEquals":{"aws:UserName":"a","s3:prefix":"${aws:PrincipalTag/team}"}}}]}"#
    )
    #expect(document.contextKeys == ["aws:username", "s3:prefix", "aws:PrincipalTag/team"])
  }

  @Test("principals are read from ARNs")
  func principals() {
    #expect(Principal(named: nil).identity == .anonymous)
    #expect(Principal(named: "*").arn == "anonymous")
    #expect(Principal(named: "sns.amazonaws.com").account == nil)
    #expect(Principal(named: "arn:aws-cn:iam::111122223333:root").accountARN == "arn:aws-cn:iam::111122223333:root")
    #expect(Principal(named: "arn:aws:sts::111122223333:assumed-role/app/s1").account == "111122223333")
    let linked = Principal(
      .roleSession(
        arn: "arn:aws:sts::1:assumed-role/X/s", roleARN: "arn:aws:iam::1:role/aws-service-role/x.amazonaws.com/X",
        roleID: "AROAX", name: "s"))
    #expect(linked.isServiceLinkedRole)
    #expect(!session.isServiceLinkedRole)
  }
}

@Suite("Service authorization facts")
struct FactsTests {
  @Test("actions have levels, resource types and keys")
  func actions() throws {
    let facts = AuthorizationFacts.shared
    #expect(facts.services.count == 39)
    let get = try #require(facts.action("S3:getobject"))
    #expect(get.name == "s3:GetObject")
    #expect(get.accessLevels == [.read])
    #expect(
      facts.resourceTypes(of: "s3:GetObject").contains {
        $0.simulatedName == "arn:aws:s3:::${BucketName}/${ObjectName}"
      })
    #expect(facts.action("s3:ListAllMyBuckets")?.resourceTypes.isEmpty == true)
    #expect(facts.action("sqs:CreateQueue")?.resourceTypes.map(\.isRequired) == [true])
    #expect(facts.action("s3:MadeUp") == nil)
  }

  @Test("keys know their cardinality")
  func keys() {
    let facts = AuthorizationFacts.shared
    #expect(facts.isMultiValued("aws:TagKeys"))
    #expect(facts.isMultiValued("AWS:PrincipalOrgPaths"))
    #expect(!facts.isMultiValued("aws:RequestTag/team"))
    #expect(!facts.isMultiValued("s3:prefix"))
    #expect(facts.keyType(of: "aws:SecureTransport")?.element == "Bool")
    #expect(facts.keyType(of: "nobody:knows") == nil)
  }

  @Test("operations name their actions")
  func operations() {
    func actions(_ operation: String, _ service: String) -> [String] {
      AuthorizationFacts.permissions(forOperation: operation, of: service).map { "\($0.need.rawValue) \($0.action)" }
    }
    #expect(actions("SendMessage", "sqs") == ["always sqs:SendMessage"])
    #expect(actions("SendMessageBatch", "sqs") == ["always sqs:SendMessage"])
    #expect(actions("GetObject", "s3") == ["always s3:GetObject", "alternative s3:GetObjectVersion"])
    #expect(actions("DescribeStateMachine", "stepfunctions") == ["always states:DescribeStateMachine"])
    #expect(actions("PutBucketReplication", "s3") == ["always s3:PutReplicationConfiguration", "always iam:PassRole"])
    let copy = AuthorizationFacts.permissions(forOperation: "CopyObject", of: "s3")
    #expect(copy.filter { $0.side == "src" && $0.need == .always }.map(\.action) == ["s3:GetObject"])
    #expect(
      copy.filter { $0.side == "dst" && $0.need == .whenUsed }.map(\.action) == [
        "s3:PutObjectTagging", "s3:PutObjectAcl",
      ])
    #expect(AuthorizationFacts.rolePassers["lambda:CreateFunction"] == "lambda.amazonaws.com")
  }
}
