import Cloud
import Testing
import Wire

@testable import S3

@Suite("Bucket policies")
struct BucketPolicyTests {
  private func bucket() throws -> BucketRecord {
    BucketRecord(
      name: "my-bucket", owner: try #require(AccountID("111122223333")), region: .usEast1,
      created: Timestamp(seconds: 0))
  }

  private func statement(
    effect: String = "\"Allow\"", principal: String = "\"*\"", action: String = "\"s3:GetObject\"",
    resource: String = "\"arn:aws:s3:::my-bucket/*\"", more: String = ""
  ) -> String {
    """
    {"Version":"2012-10-17","Statement":[{"Effect":\(effect),"Principal":\(principal),"Action":\(action),\
    "Resource":\(resource)\(more)}]}
    """
  }

  private func problem(_ text: String) throws -> String? {
    do {
      try BucketPolicy.check(text, for: try bucket())
      return nil
    } catch let error as AWSError {
      #expect(error.code == "MalformedPolicy")
      return error.message
    }
  }

  @Test("a sound policy is taken")
  func sound() throws {
    #expect(try problem(statement()) == nil)
    #expect(
      try problem(
        statement(
          action: "[\"s3:ListBucket\",\"s3:GetObject\"]",
          resource: "[\"arn:aws:s3:::my-bucket\",\"arn:aws:s3:::my-bucket/*\"]")) == nil)
    #expect(try problem(statement(resource: "\"arn:aws:s3:::my-*\"")) == nil)
    #expect(try problem(statement(principal: "{\"AWS\":[\"111122223333\",\"arn:aws:iam::444455556666:root\"]}")) == nil)
  }

  @Test("what S3 refuses is refused in its words")
  func refused() throws {
    #expect(try problem("nonsense") == "Policies must be valid JSON and the first byte must be '{'")
    #expect(try problem(statement(resource: "\"arn:aws:s3:::other/*\"")) == "Policy has invalid resource")
    #expect(try problem(statement(action: "\"sqs:SendMessage\"")) == "Policy has invalid action")
    #expect(
      try problem(statement(resource: "\"arn:aws:s3:::my-bucket\""))
        == "Action does not apply to any resource(s) in statement")
    #expect(
      try problem(statement(action: "\"s3:ListBucket\"")) == "Action does not apply to any resource(s) in statement")
    #expect(try problem(statement(effect: "\"Maybe\"")) != nil)
    #expect(try problem(statement(principal: "{\"AWS\":\"bob\"}")) == "Invalid principal in policy")
    #expect(
      try problem(#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}"#)
        == "Missing required field Principal")
    #expect(try problem(statement(more: ",\"Sid\":\"\(String(repeating: "x", count: 21_000))\"")) != nil)
  }

  @Test("public is what anybody may do, whatever else is asked of him")
  func isPublic() {
    #expect(BucketPolicy.isPublic(statement()))
    #expect(BucketPolicy.isPublic(statement(principal: "{\"AWS\":\"*\"}")))
    #expect(!BucketPolicy.isPublic(statement(effect: "\"Deny\"")))
    #expect(!BucketPolicy.isPublic(statement(principal: "{\"AWS\":\"111122223333\"}")))
    let network = { (range: String) in ",\"Condition\":{\"IpAddress\":{\"aws:SourceIp\":\"\(range)\"}}" }
    #expect(!BucketPolicy.isPublic(statement(more: network("10.0.0.0/8"))))
    #expect(BucketPolicy.isPublic(statement(more: network("0.0.0.0/0"))))
    #expect(BucketPolicy.isPublic(statement(more: ",\"Condition\":{\"Bool\":{\"aws:SecureTransport\":\"true\"}}")))
    #expect(
      !BucketPolicy.isPublic(statement(more: ",\"Condition\":{\"StringEquals\":{\"aws:PrincipalOrgID\":\"o-1\"}}")))
  }
}
