import Testing

@testable import Policy

/// Expectations follow recorded answers of the real APIs.
@Suite("Policy simulation")
struct SimulatorTests {
  private static let get =
    #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}"#

  private func policies(_ texts: String...) throws -> [SimulationInput.Policy] {
    try SimulationInput.documents(texts).enumerated().map { .init(id: "PolicyInputList.\($0 + 1)", document: $1) }
  }

  private func simulate(
    _ texts: [String], _ actions: [String] = ["s3:GetObject"], resources: [String] = [], boundary: String? = nil,
    organization: [[String]]? = nil, context: ConditionContext = [:]
  ) throws -> [SimulationResult] {
    let documents = try SimulationInput.documents(texts)
    return try PolicySimulator.run(
      SimulationInput(
        policies: documents.enumerated().map { .init(id: "PolicyInputList.\($0 + 1)", document: $1) },
        boundary: try boundary.map { .init(id: "PermissionsBoundaryPolicyInputList.1", document: try document($0)) },
        organization: try organization?.map { try $0.map(document) }, actions: actions, resources: resources,
        context: context))
  }

  @Test("positions begin behind the token before the statement and end behind its brace")
  func positions() throws {
    let compact = try #require(try simulate([Self.get]).first?.matches.first)
    #expect(compact.start == TextPosition(line: 1, column: 38))
    #expect(compact.end == TextPosition(line: 1, column: 95))
    #expect(compact.sourceID == "PolicyInputList.1")
    #expect(compact.sourceType == "IAM Policy")
    let pretty = try document(
      "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    {\n      \"Effect\": \"Allow\"\n    },\n    {\n      \"Effect\": \"Deny\"\n    }\n  ]\n}"
    )
    #expect(pretty.simulatedPosition(ofStatement: 0).start == TextPosition(line: 3, column: 17))
    #expect(pretty.simulatedPosition(ofStatement: 0).end == TextPosition(line: 6, column: 6))
    #expect(pretty.simulatedPosition(ofStatement: 1).start == TextPosition(line: 6, column: 6))
    let single = try document(#"{"Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}"#)
    #expect(single.simulatedPosition(ofStatement: 0).start == TextPosition(line: 1, column: 16))
    #expect(single.simulatedPosition(ofStatement: 0).end == TextPosition(line: 1, column: 77))
  }

  @Test("the resource is a star, an ARN, or a template, and the worst decision counts")
  func resources() throws {
    let a = "arn:aws:s3:::stack/a"
    let b = "arn:aws:s3:::stack/b"
    #expect(try simulate([Self.get]).first?.resourceName == "*")
    #expect(try simulate([Self.get]).first?.details == nil)
    #expect(try simulate([Self.get], resources: [a]).first?.resourceName == a)
    let only = #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"\#(a)"}]}"#
    let mixed = try #require(try simulate([only], resources: [a, b]).first)
    #expect(mixed.resourceName == "arn:aws:s3:::${BucketName}/${KeyName}")
    #expect(mixed.decision == .implicitDeny)
    #expect(mixed.matches.count == 1)
    #expect(mixed.details == [:])
    #expect(mixed.resources.map(\.decision) == [.allowed, .implicitDeny])
    #expect(mixed.resources.map(\.matches.count) == [1, 0])
  }

  @Test("a resource of another type than the action's is denied")
  func wrongType() throws {
    let result = try simulate([Self.get], resources: ["arn:aws:iam::123456789012:user/x"]).first
    #expect(result?.decision == .implicitDeny)
  }

  @Test("later policies come first, and a denial lists only itself")
  func order() throws {
    #expect(
      try simulate([Self.get, Self.get]).first?.matches.map(\.sourceID) == ["PolicyInputList.2", "PolicyInputList.1"])
    let deny = Self.get.replacing("Allow", with: "Deny")
    let denied = try #require(try simulate([Self.get, deny], boundary: deny).first)
    #expect(denied.decision == .explicitDeny)
    #expect(denied.matches.map(\.sourceID) == ["PermissionsBoundaryPolicyInputList.1", "PolicyInputList.2"])
    #expect(denied.matches.first?.sourceType == "Permissions Boundary Policy")
    #expect(denied.allowedByBoundary == false)
  }

  @Test("SCPs and boundaries that cut off leave no matched statement")
  func cutOff() throws {
    let put = Self.get.replacing("GetObject", with: "PutObject")
    let bounded = try #require(try simulate([Self.get], boundary: put).first)
    #expect(bounded.decision == .implicitDeny)
    #expect(bounded.matches.isEmpty)
    #expect(bounded.allowedByBoundary == false)
    let full = Self.get.replacing("s3:GetObject", with: "*")
    #expect(try simulate([Self.get], organization: [[full], [full]]).first?.allowedByOrganizations == true)
    let level = try #require(try simulate([Self.get], organization: [[full], [put]]).first)
    #expect(level.decision == .implicitDeny)
    #expect(level.allowedByOrganizations == false)
    let deny = Self.get.replacing("Allow", with: "Deny")
    let denied = try #require(
      try simulate([Self.get], resources: ["arn:aws:s3:::b/k"], organization: [[deny, full]]).first)
    #expect(denied.decision == .explicitDeny)
    #expect(denied.matches.isEmpty)
    #expect(denied.details == nil)
  }

  @Test("missing keys are told when nothing allows, even of statements about other actions")
  func missing() throws {
    let condition =
      #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:PutObject","Resource":"arn:aws:s3:::b/${aws:username}","Condition":{"StringEquals":{"stack:missing":"yes"}}}]}"#
    #expect(try simulate([condition]).first?.missingContextValues == ["aws:username", "stack:missing"])
    #expect(try simulate([condition], context: ["Stack:Missing": "no"]).first?.missingContextValues == ["aws:username"])
    #expect(try simulate([Self.get, condition]).first?.missingContextValues == [])
  }

  @Test("a resource policy counts by account: within one it grants alone, even to the account; across, both must")
  func resourcePolicies() throws {
    let bucket = try document(
      #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}]}"#
    )
    func decide(_ policies: [SimulationInput.Policy], owner: String?) throws -> SimulationResult? {
      try PolicySimulator.run(
        SimulationInput(
          policies: policies, resourcePolicy: .init(id: "ResourcePolicy", document: bucket), resourceOwner: owner,
          caller: ann,
          actions: ["s3:GetObject"], resources: ["arn:aws:s3:::b/k"])
      ).first
    }
    #expect(try decide([], owner: "111122223333")?.decision == .allowed)
    #expect(try decide([], owner: "444455556666")?.decision == .implicitDeny)
    #expect(
      try decide([], owner: "444455556666")?.details == ["IAM Policy": .implicitDeny, "Resource Policy": .allowed])
    let both = try #require(try decide(try policies(Self.get), owner: "444455556666"))
    #expect(both.decision == .allowed)
    #expect(both.matches.map(\.sourceType) == ["IAM Policy", "Resource Policy"])
  }

  @Test("what is wrong with the request is told as AWS does")
  func problems() throws {
    func message(_ body: () throws -> Void) -> String? {
      do {
        try body()
        return nil
      } catch { return (error as? SimulationProblem)?.message }
    }
    #expect(message { _ = try simulate(["{"]) } == "Policy input list item 1 has invalid content")
    #expect(
      message { _ = try simulate([Self.get], ["GetObject"]) } == "The action is invalid since it is missing names")
    #expect(
      message { _ = try simulate([Self.get], resources: ["not-an-arn"]) }
        == "ResourceNames are not in a valid ARN format: not-an-arn.")
    #expect(
      message { _ = try simulate([Self.get], organization: [[]]) }
        == "Organization policy at index 1 must contain at least one service control policy")
    func context(_ entries: SimulationInput.ContextEntry...) -> String? {
      message { _ = try SimulationInput.context(of: entries) }
    }
    #expect(
      context(.init(key: "a:b", type: "string", values: ["a", "b"]))
        == "Context key string expected a single value, but received 2.")
    #expect(
      context(.init(key: "a:b", type: "numeric", values: ["NaN"]))
        == "Invalid context value for key a:b: expected numeric format.")
    #expect(
      context(.init(key: "a:b", type: "binary", values: ["!base64"]))
        == "Invalid context value for key a:b: expected base-64 encoded binary format.")
    #expect(
      context(.init(key: "a:b", type: "string", values: ["x"]), .init(key: "A:B", type: "string", values: ["x"]))
        == "Duplicate context key: A:B.")
    #expect(context(.init(key: "a:b", type: "booleanList", values: ["yes", "no"])) == nil)
  }
}
