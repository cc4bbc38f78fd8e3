import Testing

@testable import Wire

@Suite struct ValidatorTests {
  private func error(_ form: String, _ model: ServiceModel) throws -> AWSError? {
    let request = WireRequest(method: "POST", path: "/", body: Array(form.utf8))
    let operation = try Router.operation(of: request, in: model, by: .query)
    let input = try Codec(.query).decodeInput(request, operation: operation, model: model)
    do throws(AWSError) {
      try Validator.validate(input, operation: operation, model: model)
      return nil
    } catch {
      return error
    }
  }

  @Test("a valid input passes")
  func passes() throws {
    #expect(
      try error("Action=CreateUser&UserName=anna&Path=/a/&Tags.member.1.Key=k&Tags.member.1.Value=v", ServiceModels.iam)
        == nil)
  }

  @Test("IAM words broken constraints in one sentence")
  func wordsConstraints() throws {
    let missing = try error("Action=CreateUser", ServiceModels.iam)
    #expect(missing?.code == "ValidationError")
    #expect(
      missing?.message
        == "1 validation error detected: Value null at 'userName' failed to satisfy constraint: Member must not be null"
    )
    let long = try error("Action=CreateUser&UserName=" + String(repeating: "a", count: 65), ServiceModels.iam)
    #expect(
      long?.message.hasSuffix(
        "' at 'userName' failed to satisfy constraint: Member must have length less than or equal to 64") == true)
    let name = String(repeating: "a", count: 65)
    let two = try error("Action=CreateUser&UserName=\(name)&Tags.member.1.Value=v", ServiceModels.iam)
    #expect(
      two?.message
        == "2 validation errors detected: Value '\(name)' at 'userName' failed to satisfy constraint: Member must have length "
        + "less than or equal to 64; Value null at 'tags.1.member.key' failed to satisfy constraint: Member must not be null"
    )
  }

  @Test("IAM has a sentence of its own for characters that names can't have, told when nothing else is wrong")
  func wordsNames() throws {
    #expect(
      try error("Action=CreateUser&UserName=a!b", ServiceModels.iam)?.message
        == "The specified value for userName is invalid. It must contain only alphanumeric characters and/or the following: "
        + "+=,.@_-")
    #expect(
      try error("Action=CreateUser&UserName=a!b&Tags.member.1.Value=v", ServiceModels.iam)?.message
        == "1 validation error detected: Value null at 'tags.1.member.key' failed to satisfy constraint: Member must not be null"
    )
  }

  @Test("an enum and a range are checked")
  func checksEnums() throws {
    let status = try error("Action=UpdateAccessKey&AccessKeyId=AKIAAAAAAAAAAAAAAAAA&Status=Sleepy", ServiceModels.iam)
    #expect(status?.message.contains("Member must satisfy enum value set: [Active, Inactive") == true)
    let duration = try error(
      "Action=AssumeRole&RoleArn=arn:aws:iam::000000000000:role/r&RoleSessionName=s&DurationSeconds=1",
      ServiceModels.sts)
    #expect(duration?.message.contains("Member must have value greater than or equal to 900") == true)
  }

  @Test("SQS names the parameter that is missing")
  func namesMissingParameters() throws {
    let missing = try error("Action=SendMessage&MessageBody=x", ServiceModels.sqs)
    #expect(missing?.code == "MissingParameter")
    #expect(missing?.message == "The request must contain the parameter QueueUrl.")
  }

  @Test(
    "patterns match whole strings",
    arguments: [
      ("[\\w+=,.@-]+", "a.b@c", true), ("[\\w+=,.@-]+", "a b", false), ("[a-z]{2,4}", "abcde", false),
      ("(a|b)*c", "ababc", true), ("(a|b)*c", "abab", false), ("a.c", "a\nc", false), ("\\d{12}", "123456789012", true),
      ("[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+", "é", true), ("[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+", "日", false),
      ("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*", "日本 1", true), ("^(?!aws:)[a-z:]+$", "aws:x", false),
      ("^(?!aws:)[a-z:]+$", "own:x", true),
      ("arn:aws(-[a-z]+)?:iam::\\d*:role/?[^/]+", "arn:aws-cn:iam::1:role/x", true),
      ("(a+)+b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", true),
    ])
  func matchesPatterns(_ pattern: String, _ text: String, _ isMatch: Bool) throws {
    // The last one shows that matching is bounded: it gives up and lets the value pass.
    #expect(try #require(Pattern(pattern)).matches(text) == isMatch)
  }
}
