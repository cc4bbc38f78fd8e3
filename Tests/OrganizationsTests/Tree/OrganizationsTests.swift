import Cloud
import Identity
import Testing
import Wire

@testable import Organizations

@Suite("Addresses of new accounts")
struct EmailAddressTests {
  @Test(
    "AWS takes ordinary addresses",
    arguments: ["a@b.io", "susan+prod@example.com", "first.last@sub.example.co.uk", "x_%{}~@d-d.example"])
  func valid(_ address: String) { #expect(EmailAddress.isValid(address)) }

  @Test(
    "AWS takes no address that breaks one of its rules",
    arguments: [
      "a@b.c", "no-at-sign.example.com", "two@at@example.com", "@example.com", "susan@", "dot.@example.com",
      ".dot@example.com", "two..dots@example.com", "two@dots..example.com", "susan@example", "susan@.example.com",
      "susan@example.com.", "susan@-example.com", "su san@example.com", "su(san@example.com", "süsan@example.com",
      "susan@exa_mple.com", String(repeating: "a", count: 60) + "@example.com",
    ])
  func invalid(_ address: String) { #expect(!EmailAddress.isValid(address)) }

  @Test("the simulator's addresses fail with the reason in their name")
  func simulator() {
    #expect(failure("invalid_address@simulator.hakoniwa") == .invalidAddress)
    #expect(failure("Internal_Failure+2@simulator.hakoniwa") == .internalFailure)
    #expect(
      failure("update_existing@simulator.hakoniwa")
        == .updateExistingResourcePolicyWithTagsNotSupported)
    #expect(failure("invalid@simulator.hakoniwa") == nil)
    #expect(failure("success@simulator.hakoniwa") == nil)
    #expect(failure("invalid_address@example.com") == nil)
  }

  private func failure(_ address: String) -> CreateAccountRecord.Failure? {
    SimulatorAddress.chosen(CreateAccountRecord.Failure.allCases, by: address)
  }

  @Test("every reason on demand can be asked for by a beginning of its own that an address has room for")
  func reasons() {
    for reason in SimulatedReason.allCases {
      let address = reason.rawValue.prefix(41).lowercased() + "+1@simulator.hakoniwa"
      #expect(address.count <= 64)
      #expect(SimulatorAddress.chosen(SimulatedReason.allCases, by: address) == reason)
    }
  }
}

@Suite("Limits of organizations")
struct OrganizationLimitsTests {
  @Test(
    "in thirty days one may close 250 accounts or a fifth, at most 1,000",
    arguments: [(1, 250), (1250, 250), (1300, 260), (5000, 1000), (40_000, 1000)])
  func closings(_ members: Int, _ allowed: Int) { #expect(OrganizationLimits.closings(of: members) == allowed) }

  @Test("invitations in a day are as many as accounts, and never fewer than twenty")
  func invitations() {
    #expect(OrganizationLimits.aws.invitations == 20)
    #expect(OrganizationLimits.local.invitations == 10_000)
  }
}

@Suite("Pages of lists")
struct PagingTests {
  private let letters = ["d", "b", "a", "c", "e"]

  private func page(_ all: [String], _ token: String?, _ size: Int?) throws -> Paging.Page<String> {
    try Paging.page(all, by: \.self, token: token, size: size, of: "letters")
  }

  @Test("the pages of a list are the list")
  func pages() throws {
    let first = try page(letters, nil, 2)
    #expect(first.items == ["a", "b"])
    let second = try page(letters, first.nextToken, 2)
    #expect(second.items == ["c", "d"])
    let third = try page(letters, second.nextToken, 2)
    #expect(third.items == ["e"])
    #expect(third.nextToken == nil)
  }

  @Test("a list whose last page is full ends with it")
  func fullPage() throws { #expect(try page(letters, nil, 5).nextToken == nil) }

  @Test("what is removed between two pages neither repeats nor hides its neighbours")
  func removal() throws {
    let first = try page(letters, nil, 2)
    #expect(try page(["c", "d", "e"], first.nextToken, 2).items == ["c", "d"])
  }

  @Test("a token of another list, or none at all, is refused", arguments: ["", "?", "eA==", "YmMKYQ=="])
  func wrongToken(_ token: String) {
    let error = #expect(throws: AWSError.self) { try page(letters, token, 2) }
    #expect(error?.code == "InvalidInputException")
    #expect(error?.fields.first?.value == .string("INVALID_NEXT_TOKEN"))
  }
}

@Suite("Ids of an organization's entities")
struct EntityIDTests {
  private let random = RandomSource(seed: 7)

  @Test("ids have the forms of the API's patterns")
  func forms() throws {
    let root = EntityID.root(random)
    #expect(root.wholeMatch(of: /r-[0-9a-z]{4,32}/) != nil)
    #expect(EntityID.organization(random).wholeMatch(of: /o-[a-z0-9]{10,32}/) != nil)
    #expect(EntityID.handshake(random).wholeMatch(of: /h-[0-9a-z]{8,32}/) != nil)
    #expect(EntityID.createAccountRequest(random).wholeMatch(of: /car-[a-z0-9]{8,32}/) != nil)
    #expect(EntityID.policy(random).wholeMatch(of: /p-[0-9a-zA-Z_]{8,128}/) != nil)
    let unit = EntityID.organizationalUnit(in: root, random)
    #expect(unit.hasPrefix("ou-\(root.dropFirst(2))-"))
    #expect(unit.wholeMatch(of: /ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}/) != nil)
  }

  @Test("an id says what it names")
  func kinds() {
    #expect(EntityID.kind(of: "111122223333") == .account)
    #expect(EntityID.kind(of: "ou-ab12-11112222") == .organizationalUnit)
    #expect(EntityID.kind(of: "r-ab12") == .root)
    #expect(EntityID.kind(of: "rp-12345678") == .resourcePolicy)
    #expect(EntityID.kind(of: "p-12345678") == .policy)
    #expect(EntityID.kind(of: "o-1234567890") == .organization)
    #expect(EntityID.kind(of: "11112222333") == nil)
  }

  @Test("ARNs hold the management account and the organization")
  func arns() throws {
    let management = try #require(AccountID("111122223333"))
    let organization = OrganizationRecord(
      id: "o-exampleorgid", managementAccount: management, managementEmail: "a@example.com", featureSet: .all,
      rootID: "r-ab12", created: Timestamp(seconds: 0))
    let start = "arn:aws:organizations::111122223333:"
    #expect(organization.arn(of: "o-exampleorgid") == start + "organization/o-exampleorgid")
    #expect(organization.arn(of: "r-ab12") == start + "root/o-exampleorgid/r-ab12")
    #expect(organization.arn(of: "ou-ab12-11112222") == start + "ou/o-exampleorgid/ou-ab12-11112222")
    #expect(organization.arn(of: "444455556666") == start + "account/o-exampleorgid/444455556666")
    let policy = organization.policyARN("SERVICE_CONTROL_POLICY", "p-12345678")
    #expect(policy == start + "policy/o-exampleorgid/service_control_policy/p-12345678")
  }
}

@Suite("Handshakes as the API describes them")
struct HandshakeAnswerTests {
  private func record(
    _ action: HandshakeRecord.Action, to recipient: HandshakeRecord.Recipient?, parent: String? = nil,
    notes: String? = nil
  ) throws -> HandshakeRecord {
    HandshakeRecord(
      id: "h-12345678", organization: "o-exampleorgid", sender: try #require(AccountID("111122223333")),
      action: action, recipient: recipient, parent: parent, senderEmail: "boss@example.com", senderName: "Boss",
      features: .all, notes: notes, tags: [], requested: Timestamp(seconds: 0), expires: Timestamp(seconds: 1),
      state: .requested)
  }

  @Test("an invitation tells of its sender, its recipient and the notes")
  func invitation() throws {
    let handshake = Handshake(try record(.invite, to: .email("a@example.com"), notes: "Hello"))
    #expect(handshake.arn == "arn:aws:organizations::111122223333:handshake/o-exampleorgid/invite/h-12345678")
    #expect(handshake.parties?.map(\.type) == ["ORGANIZATION", "EMAIL"])
    #expect(handshake.resources?.map(\.type) == ["ORGANIZATION", "EMAIL", "NOTES"])
    let sender = handshake.resources?.first?.resources
    #expect(sender?.map(\.type) == ["MASTER_EMAIL", "MASTER_NAME", "ORGANIZATION_FEATURE_SET"])
    #expect(sender?.map(\.value) == ["boss@example.com", "Boss", "ALL"])
  }

  @Test("an approval names the handshake that it is for; that one has the organization as its only party")
  func approval() throws {
    let account = try #require(AccountID("444455556666"))
    let approval = Handshake(try record(.approveAllFeatures, to: .account(account), parent: "h-87654321"))
    #expect(approval.resources?.last?.type == "PARENT_HANDSHAKE")
    #expect(approval.resources?.last?.value == "h-87654321")
    let own = Handshake(try record(.enableAllFeatures, to: nil))
    #expect(own.parties?.map(\.id) == ["exampleorgid"])
    #expect(own.arn?.contains("/enable_all_features/") == true)
  }
}

@Suite("States of accounts")
struct AccountStateTests {
  @Test(
    "every state has its older status",
    arguments: [
      (OrganizationAccountRecord.State.active, "ACTIVE"), (.pendingClosure, "PENDING_CLOSURE"), (.closed, "SUSPENDED"),
      (.suspended, "SUSPENDED"), (.pendingActivation, "SUSPENDED"),
    ])
  func status(_ state: OrganizationAccountRecord.State, _ status: String) { #expect(state.status == status) }
}
