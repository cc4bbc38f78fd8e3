import Testing

@testable import Policy

@Suite("A policy from use")
struct PolicyFromUseTests {
  private typealias Use = PolicyFromUse.Use

  private static func uses(_ pairs: [(String, String)]) -> Set<PolicyFromUse.Use> {
    Set(pairs.map { Use(action: $0.0, resource: $0.1) })
  }

  private static func request(_ use: PolicyFromUse.Use) -> AuthorizationRequest {
    AuthorizationRequest(
      principal: Principal(.user(arn: "arn:aws:iam::111111111111:user/u", id: "AIDA")), action: use.action,
      resource: use.resource)
  }

  private static func proof(_ uses: Set<PolicyFromUse.Use>, limit: Int = PolicyLimits.managed) throws
    -> LeastPrivilegeProof
  {
    var proof = try LeastPrivilegeProof(PolicyFromUse(uses).documents(limit: limit))
    for use in uses { proof.replay(request(use)) }
    if let use = uses.first { proof.tryNeighbours(of: uses, as: request(use)) }
    return proof
  }

  private static let queues = ["a", "b", "c"].map { "arn:aws:sqs:us-east-1:111111111111:\($0)" }

  @Test("puts what was used alike into one statement")
  func grouping() throws {
    let uses = Self.uses(
      Self.queues.flatMap { [("sqs:SendMessage", $0), ("sqs:ReceiveMessage", $0)] } + [("sqs:ListQueues", "*")])
    let documents = PolicyFromUse(uses).documents()
    #expect(documents.count == 1)
    #expect(try PolicyDocument(parsing: documents[0]).statements.count == 2)
    #expect(try Self.proof(uses).holds)
  }

  @Test("allows no action on a resource that were not used together")
  func exactness() throws {
    let uses = Self.uses([
      ("sqs:SendMessage", Self.queues[0]), ("sqs:ReceiveMessage", Self.queues[1]),
      ("sqs:SendMessage", Self.queues[2]), ("sqs:ReceiveMessage", Self.queues[2]),
    ])
    let proof = try Self.proof(uses)
    #expect(proof.holds)
    #expect(proof.replayed == 4)
    #expect(proof.neighbours == 4)
  }

  @Test(
    "takes wildcards and variables in a resource's name for what they are",
    arguments: ["a*b", "a?b", "a${aws:username}b", "$", "\"quoted\"", "ends*"])
  func literals(name: String) throws {
    let exact = Use(action: "s3:GetObject", resource: "arn:aws:s3:::bucket/\(name)")
    let documents = PolicyFromUse([exact]).documents()
    var proof = try LeastPrivilegeProof(documents)
    proof.replay(Self.request(exact))
    #expect(proof.refused.isEmpty, "\(documents)")
    proof.replay(Self.request(Use(action: "s3:GetObject", resource: "arn:aws:s3:::bucket/aXXb")))
    proof.replay(Self.request(Use(action: "s3:GetObject", resource: "arn:aws:s3:::bucket/ends-more")))
    #expect(proof.refused.count == 2)
  }

  @Test("becomes several documents when one would be too long")
  func limit() throws {
    let uses = Self.uses((0..<400).map { ("s3:GetObject", "arn:aws:s3:::bucket/some/longer/key/\($0)") })
    let documents = PolicyFromUse(uses).documents()
    #expect(documents.count > 1)
    for document in documents { #expect(PolicyLimits.countedSize(document) <= PolicyLimits.managed) }
    #expect(try Self.proof(uses).holds)
  }

  @Test("fails its proof when it allows too much or too little")
  func failure() throws {
    let broad = #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sqs:*","Resource":"*"}]}"#
    let uses = Self.uses([("sqs:SendMessage", Self.queues[0]), ("sqs:DeleteMessage", Self.queues[1])])
    var proof = try LeastPrivilegeProof([broad])
    for use in uses { proof.replay(Self.request(use)) }
    proof.tryNeighbours(of: uses, as: Self.request(Use(action: "sqs:SendMessage", resource: Self.queues[0])))
    #expect(!proof.excessive.isEmpty)
    #expect(!proof.holds)
    proof.replay(Self.request(Use(action: "s3:GetObject", resource: "arn:aws:s3:::b/k")))
    #expect(proof.refused.map(\.action) == ["s3:GetObject"])
  }
}
