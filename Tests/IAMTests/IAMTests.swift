import Cloud
import Identity
import Testing
import Wire

@testable import IAM

@Suite("Lists")
struct PageTests {
  @Test("what is deleted between two pages makes nothing be skipped")
  func deletion() throws {
    let first = try Page(["a", "b", "c", "d"], after: nil, limit: 2, by: { $0 })
    #expect(first.items == ["a", "b"])
    let second = try Page(["c", "d"], after: first.marker, limit: 2, by: { $0 })
    #expect(second.items == ["c", "d"])
    #expect(!second.isTruncated)
  }

  @Test("a marker that IAM has not given is refused")
  func marker() {
    #expect(throws: AWSError.self) { try Page(["a"], after: "%", limit: nil, by: { $0 }) }
  }
}

@Suite("Handlers")
struct HandlerTests {
  @Test("every operation of the table is one of the model, and none is there twice")
  func table() {
    let definition = IAMService.definition()
    for name in definition.operations.keys { #expect(definition.model.operations[name] != nil, "\(name)") }
    let missing = definition.model.operations.keys.filter { definition.operations[$0] == nil }
    #expect(missing == [])
  }

  @Test("a policy's text counts without its white space")
  func size() async throws {
    let lab = try Laboratory()
    _ = try await lab.call(Users.create, CreateUserRequest(userName: "u"))
    let text =
      #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sqs:*","Resource":"*"}}"#
      + String(repeating: "\n", count: 5000)
    _ = try await lab.call(
      InlinePolicies.putUser, PutUserPolicyRequest(userName: "u", policyName: "p", policyDocument: text))
  }

  @Test("permissions of a user are its own, its groups' and nothing of a namesake's")
  func permissions() async throws {
    let lab = try Laboratory()
    let text = #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sqs:*","Resource":"*"}}"#
    let user = try #require(try await lab.call(Users.create, CreateUserRequest(userName: "u")).user)
    _ = try await lab.call(Groups.create, CreateGroupRequest(groupName: "g"))
    _ = try await lab.call(Groups.add, AddUserToGroupRequest(groupName: "G", userName: "U"))
    _ = try await lab.call(
      InlinePolicies.putGroup, PutGroupPolicyRequest(groupName: "g", policyName: "of-group", policyDocument: text))
    _ = try await lab.call(
      Attachments.attachUser,
      AttachUserPolicyRequest(userName: "u", policyArn: "arn:aws:iam::aws:policy/AmazonSQSFullAccess"))
    func names(_ id: String) async throws -> [String] {
      try await lab.run { transaction throws(AWSError) in
        let caller = Caller(kind: .user(name: "u", id: id), account: .first, arn: user.arn, userID: id)
        return try PrincipalPolicies.load(for: caller, in: transaction).identity.map(\.name)
      }
    }
    #expect(try await names(user.userId) == ["AmazonSQSFullAccess", "of-group"])
    #expect(try await names("AIDAOTHER") == [])
  }

  @Test("the time of a key's last use is kept in memory for a minute")
  func lastUse() async throws {
    let lab = try Laboratory()
    let id = UniqueID.make(.accessKey, for: .first, RandomSource())
    let caller = Caller(
      kind: .user(name: "u", id: "AIDA"), account: .first, arn: "arn:aws:iam::000000000000:user/u", userID: "AIDA",
      accessKeyID: id)
    func use() async throws -> (known: Timestamp?, stored: Timestamp?) {
      try await lab.run { transaction throws(AWSError) in
        try LastUse.note(caller, service: "s3", region: .usEast1, in: transaction)
        return (
          try LastUse.of(id, in: .first, transaction)?.time,
          try transaction.get(LastUseRecord.self, Key(id), in: Scope(.first))?.time
        )
      }
    }
    let first = try await use()
    #expect(first.known == first.stored)
    lab.clock.advance(milliseconds: 30_000)
    let second = try await use()
    #expect(second.stored == first.stored)
    #expect(second.known == first.known?.adding(seconds: 30))
    lab.clock.advance(milliseconds: 31_000)
    let third = try await use()
    #expect(third.stored == third.known)
  }
}
