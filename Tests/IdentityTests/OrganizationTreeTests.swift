import Cloud
import Foundation
import Logging
import Policy
import Testing
import Wire

@testable import Identity

/// A store in memory with a judge, and an organization: Root – OU Workloads – OU Prod – member, with a management account.
final class Court: Sendable {
  static let organization = "o-abcdefghij"
  static let service = ServiceDefinition(
    model: model, actionPrefix: "sqs", operations: [], deny: { AWSError("AccessDenied", $0.message(), status: 403) })
  private static let model: ServiceModel = {
    do { return try ServiceModel(parsing: "service id=sqs signing=sqs version=2012-11-05 protocols=json10") } catch {
      preconditionFailure("\(error)")
    }
  }()
  let clock = CloudClock()
  let store: Store
  let authorizer = Authorizer(ledger: DecisionLedger(), defaultEnforcement: .enforce)
  let management: AccountID
  let member: AccountID
  let stranger: AccountID

  init() async throws {
    let folder = NSTemporaryDirectory() + "identity-tests-" + UUID().uuidString
    let random = RandomSource()
    let blobs = try Blobs(folder: folder, isForcedToDisk: false, random: random)
    store = try Store(at: .memory, clock: clock, random: random, blobs: blobs, logger: Logger(label: "test"))
    management = try #require(AccountID("111111111111"))
    member = try #require(AccountID("222222222222"))
    stranger = try #require(AccountID("333333333333"))
    try await run { [management, member] transaction throws(AWSError) in
      var organization = OrganizationRecord(
        id: Court.organization, managementAccount: management, managementEmail: "m@example.com", featureSet: .all,
        rootID: "r-abcd", created: transaction.now)
      organization.enabledPolicyTypes = ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"]
      try transaction.save(organization)
      for (id, parent, name) in [("ou-abcd-1", "r-abcd", "Workloads"), ("ou-abcd-2", "ou-abcd-1", "Prod")] {
        try transaction.save(
          OrganizationalUnitRecord(id: id, organization: Court.organization, parent: parent, name: name))
      }
      for (account, parent) in [(management, "r-abcd"), (member, "ou-abcd-2")] {
        try transaction.save(
          OrganizationAccountRecord(
            account: account, organization: Court.organization, parent: parent, name: "a", email: "\(account)@x.org",
            joinedMethod: "CREATED", joined: transaction.now))
      }
      for target in ["r-abcd", "ou-abcd-1", "ou-abcd-2", management.rawValue, member.rawValue] {
        try Court.attach("p-FullAWSAccess", "SERVICE_CONTROL_POLICY", to: target, transaction)
        try Court.attach("p-RCPFullAWSAccess", "RESOURCE_CONTROL_POLICY", to: target, transaction)
      }
    }
  }

  deinit { store.close() }

  func run<Answer: Sendable>(
    _ body: @escaping @Sendable (Transaction) throws(AWSError) -> Answer
  ) async throws -> Answer { try await store.transact(body) }

  static func attach(
    _ policy: String, _ type: String, to target: String, _ transaction: Transaction
  ) throws(AWSError) {
    try transaction.save(
      PolicyAttachmentRecord(organization: organization, target: target, type: type, policy: policy))
  }

  /// Makes a policy and attaches it.
  func attach(_ id: String, _ statement: String, to target: String, type: String = "SERVICE_CONTROL_POLICY")
    async throws
  {
    try await run { transaction throws(AWSError) in
      try transaction.save(
        OrganizationPolicyRecord(
          id: id, organization: Court.organization, type: type, name: "policy \(id)", description: "",
          content: #"{"Version":"2012-10-17","Statement":["# + statement + "]}"))
      try Court.attach(id, type, to: target, transaction)
    }
  }

  func standing(of account: AccountID) async throws -> OrganizationStanding? {
    try await run { [authorizer] transaction throws(AWSError) in
      try authorizer.organizations.standing(of: account, in: transaction)
    }
  }

  /// What the judge says, and what he takes down.
  func judge(
    _ action: String, on resource: String = "*", by caller: Caller, owner: AccountID? = nil, policy: String? = nil,
    source: AccountID? = nil
  ) async throws -> (denial: Denial?, check: JournalCheck?) {
    try await run { [authorizer] transaction throws(AWSError) in
      let recorder = CallRecorder()
      var facts = RequestFacts(
        method: "POST", path: "/", query: "", headers: [], sourceIP: "192.0.2.1", isSecure: false)
      facts.sourceAccount = source
      let context = Context(
        requestID: "r", caller: caller, region: .usEast1, request: facts, service: Court.service,
        authorizer: authorizer, recorder: recorder)
      let check = AccessCheck(action, on: resource, owner: owner, policy: policy)
      return (try authorizer.judge(check, context, transaction), recorder.checks.first)
    }
  }
}

private let deny = #"{"Sid":"No","Effect":"Deny","Action":"sqs:*","Resource":"*"}"#

@Suite struct OrganizationTreeTests {
  @Test("an account stands on a path, with a level for root, units and itself")
  func levels() async throws {
    let court = try await Court()
    let standing = try #require(try await court.standing(of: court.member))
    #expect(standing.path == "o-abcdefghij/r-abcd/ou-abcd-1/ou-abcd-2/")
    #expect(standing.levelNames == ["Root", "OU Workloads", "OU Prod", "account 222222222222"])
    #expect(standing.serviceControl.map { $0.map(\.name) } == Array(repeating: ["FullAWSAccess"], count: 4))
    #expect(standing.resourceControl.count == 4)
    #expect(!standing.isManagementAccount)
    #expect(try await court.standing(of: court.management)?.isManagementAccount == true)
    #expect(try await court.standing(of: court.management)?.path == "o-abcdefghij/r-abcd/")
    #expect(try await court.standing(of: court.stranger) == nil)
  }

  @Test("a change of the tree counts with the next look, a move included")
  func changes() async throws {
    let court = try await Court()
    #expect(try await court.standing(of: court.member)?.serviceControl[1].count == 1)
    try await court.attach("p-12345678", deny, to: "ou-abcd-1")
    let sources = try await court.standing(of: court.member)?.serviceControl[1]
    let source = try #require(sources?.first { $0.name == "policy p-12345678" })
    #expect(
      source.arn == "arn:aws:organizations::111111111111:policy/o-abcdefghij/service_control_policy/p-12345678")
    #expect(source.entity == "OU Workloads")
    try await court.run { [member = court.member] transaction throws(AWSError) in
      guard var account = try transaction.get(OrganizationAccountRecord.self, Key(member.rawValue), in: .global) else {
        return
      }
      account.parent = "r-abcd"
      try transaction.save(account)
    }
    #expect(try await court.standing(of: court.member)?.path == "o-abcdefghij/r-abcd/")
  }

  @Test("without the policy type, or all features, there are no levels, but still an organization")
  func disabled() async throws {
    let court = try await Court()
    try await court.attach("p-12345678", deny, to: "r-abcd")
    for change in [0, 1] {
      try await court.run { transaction throws(AWSError) in
        guard
          var organization = try transaction.get(
            OrganizationRecord.self, Key(Court.organization), in: .global)
        else { return }
        organization.featureSet = change == 0 ? .all : .consolidatedBilling
        organization.enabledPolicyTypes = change == 0 ? ["RESOURCE_CONTROL_POLICY"] : ["SERVICE_CONTROL_POLICY"]
        try transaction.save(organization)
      }
      let standing = try #require(try await court.standing(of: court.member))
      #expect(standing.serviceControl.isEmpty)
      #expect(standing.resourceControl.isEmpty == (change == 1))
      #expect(try await court.judge("sqs:ListQueues", by: .root(of: court.member)).denial == nil)
    }
  }

  @Test("a change that is taken back leaves no trace in what is remembered")
  func takenBack() async throws {
    let court = try await Court()
    _ = try await court.standing(of: court.member)
    await #expect(throws: AWSError.self) {
      try await court.run { [authorizer = court.authorizer, member = court.member] transaction throws(AWSError) in
        try transaction.delete(OrganizationAccountRecord.self, Key(member.rawValue), in: .global)
        try transaction.save(
          OrganizationalUnitRecord(id: "ou-abcd-3", organization: Court.organization, parent: "r-abcd", name: "x"))
        // The judge looks while the change is not yet taken back.
        #expect(try authorizer.organizations.standing(of: member, in: transaction) == nil)
        throw AWSError("No", "no", status: 400)
      }
    }
    #expect(try await court.standing(of: court.member) != nil)
  }
}

@Suite struct OrganizationJudgementTests {
  @Test("SCPs limit a member's root user, and name policy and layer; the management account is exempt")
  func rootUser() async throws {
    let court = try await Court()
    try await court.attach("p-12345678", deny, to: "r-abcd")
    let (denial, check) = try await court.judge("sqs:ListQueues", by: .root(of: court.member))
    #expect(
      denial?.message()
        == "User: arn:aws:iam::222222222222:root is not authorized to perform: sqs:ListQueues on resource: * with an "
        + "explicit deny in a service control policy: "
        + "arn:aws:organizations::111111111111:policy/o-abcdefghij/service_control_policy/p-12345678")
    #expect(check?.outcome == .explicitDeny)
    #expect(check?.outcomeWithoutOrganization == .allowed)
    #expect(check?.decider == "scp")
    #expect(check?.traits == .isEnforced)
    #expect(try await court.judge("sqs:ListQueues", by: .root(of: court.management)).denial == nil)
    #expect(try await court.judge("sqs:ListQueues", by: .root(of: court.stranger)).denial == nil)
  }

  @Test("callers, resources and what services act for have their organizations' ids and paths as condition keys")
  func keys() async throws {
    let court = try await Court()
    let own = try await court.judge("sqs:ListQueues", by: .root(of: court.member)).check?.context
    #expect(own?["aws:PrincipalOrgID"] == "o-abcdefghij")
    #expect(own?["aws:PrincipalOrgPaths"] == ["o-abcdefghij/r-abcd/ou-abcd-1/ou-abcd-2/"])
    #expect(own?["aws:ResourceOrgID"] == "o-abcdefghij")
    #expect(own?["aws:ResourceOrgPaths"] == ["o-abcdefghij/r-abcd/ou-abcd-1/ou-abcd-2/"])
    #expect(own?["aws:SourceOrgID"] == nil)
    let other = try await court.judge(
      "sqs:SendMessage", on: "arn:aws:sqs:us-east-1:222222222222:q", by: .root(of: court.stranger), owner: court.member
    ).check?.context
    #expect(other?["aws:PrincipalOrgID"] == nil)
    #expect(other?["aws:ResourceOrgID"] == "o-abcdefghij")
    let service = try await court.judge(
      "sqs:SendMessage", on: "arn:aws:sqs:us-east-1:333333333333:q", by: .service("sns.amazonaws.com"),
      owner: court.stranger, source: court.member
    ).check?.context
    #expect(service?["aws:SourceOrgID"] == "o-abcdefghij")
    #expect(service?["aws:SourceOrgPaths"] == ["o-abcdefghij/r-abcd/ou-abcd-1/ou-abcd-2/"])
    #expect(service?["aws:PrincipalOrgID"] == nil)
  }

  @Test("RCPs limit a service principal and a caller of another account, but no service-linked role")
  func resourceControl() async throws {
    let court = try await Court()
    try await court.attach(
      "p-87654321", #"{"Effect":"Deny","Principal":"*","Action":"sqs:*","Resource":"*"}"#, to: "ou-abcd-2",
      type: "RESOURCE_CONTROL_POLICY")
    let queue = "arn:aws:sqs:us-east-1:222222222222:q"
    let open = #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}}"#
    func outcome(_ caller: Caller) async throws -> JournalCheck? {
      try await court.judge("sqs:SendMessage", on: queue, by: caller, owner: court.member, policy: open).check
    }
    for caller in [Caller.service("sns.amazonaws.com"), .root(of: court.management), .root(of: court.stranger)] {
      let check = try #require(try await outcome(caller))
      #expect(check.outcome == .explicitDeny && check.decider == "rcp" && check.outcomeWithoutOrganization == .allowed)
      #expect(check.traits.contains(.isSubjectToRCPs))
    }
    let linked = Caller(
      kind: .assumedRole(
        roleARN: "arn:aws:iam::222222222222:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX", roleID: "AROA1",
        sessionName: "s"), account: court.member,
      arn: "arn:aws:sts::222222222222:assumed-role/AWSServiceRoleForX/s", userID: "AROA1:s")
    let check = try #require(try await outcome(linked))
    #expect(check.outcome == .allowed)
    #expect(check.traits.isSuperset(of: .isExemptFromSCPs) && !check.traits.contains(.isSubjectToRCPs))
  }

  @Test("reasons are told within an organization, and not to strangers")
  func reasons() async throws {
    let court = try await Court()
    let queue = "arn:aws:sqs:us-east-1:222222222222:q"
    func reason(_ caller: Caller) async throws -> String? {
      try await court.judge("sqs:SendMessage", on: queue, by: caller, owner: court.member).denial?.reason
    }
    #expect(
      try await reason(.root(of: court.management))
        == "because no resource-based policy allows the sqs:SendMessage action")
    #expect(try await reason(.root(of: court.stranger)) == nil)
  }

  @Test("a resource policy that asks for paths is told apart from one that doesn't")
  func dependence() async throws {
    let court = try await Court()
    func depends(_ condition: String) async throws -> Bool? {
      try await court.judge(
        "sqs:SendMessage", on: "arn:aws:sqs:us-east-1:222222222222:q", by: .root(of: court.management),
        owner: court.member,
        policy: #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*","#
          + #""Condition":{"# + condition + "}}}"
      ).check?.traits.contains(.dependsOnOrganization)
    }
    #expect(try await depends(#""StringEquals":{"AWS:PrincipalOrgId":"o-abcdefghij"}"#) == true)
    #expect(try await depends(#""StringEquals":{"aws:userid":"${aws:ResourceOrgPaths, 'x'}"}"#) == true)
    #expect(try await depends(#""StringEquals":{"aws:PrincipalAccount":"111111111111"}"#) == false)
  }

  @Test("the resources of a closed account can't be reached from outside, nor its credentials be used")
  func closed() async throws {
    let court = try await Court()
    let open = #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}}"#
    func isDenied() async throws -> Bool {
      try await court.judge(
        "sqs:SendMessage", on: "arn:aws:sqs:us-east-1:222222222222:q", by: .root(of: court.management),
        owner: court.member, policy: open
      ).denial != nil
    }
    func isOpen() async throws -> Bool {
      try await court.run { [court] transaction throws(AWSError) in
        try court.authorizer.organizations.isOpen(court.member, in: transaction)
      }
    }
    #expect(try await !isDenied())
    #expect(try await isOpen())
    try await court.run { [member = court.member] transaction throws(AWSError) in
      guard var account = try transaction.get(OrganizationAccountRecord.self, Key(member.rawValue), in: .global) else {
        return
      }
      account.state = .closed
      try transaction.save(account)
    }
    #expect(try await isDenied())
    #expect(try await !isOpen())
    // For good, when the organization has forgotten it.
    try await court.run { [member = court.member] transaction throws(AWSError) in
      try transaction.put(ClosedAccountRecord(account: member), in: .global)
      if let account = try transaction.get(OrganizationAccountRecord.self, Key(member.rawValue), in: .global) {
        try transaction.remove(account)
      }
    }
    #expect(try await isDenied())
    #expect(try await !isOpen())
  }
}
