import Cloud
import FrontDoor
import Foundation
import Policy
import Wire

/// `GET /_hakoniwa/policy-from-use`: the smallest policy that allows what a principal did, with the proof that it does.
struct PolicyFromUsePage: Sendable {
  let journal: Journal
  let clock: CloudClock

  func answer(_ request: HTTPRequest) async throws -> HTTPResponse {
    var principal: String?
    var since: Timestamp?
    for pair in request.query.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1).map { String($0).removingPercentEncoding ?? String($0) }
      switch (parts.first, parts.last) {
      case ("principal", let value?): principal = value
      case ("since", let value?): since = try JournalPage.time(value, before: clock.now)
      default: throw StoreFailure("a policy is asked for by principal and since")
      }
    }
    guard let principal, let account = ARN(principal)?.accountID else {
      throw StoreFailure("principal is the ARN of a user, a role, a session or a root user")
    }
    let journal = journal
    // Reading a long journal must not keep other requests waiting.
    let report = try await Task.detached {
      try UseReport(of: principal, journal.reader(since: since, account: account))
    }.value
    return .json(200, report.page)
  }
}

/// What a principal did, the policies for it, and their proof.
private struct UseReport {
  private var uses: [PolicyFromUse.Use: Int] = [:]
  private var requests: [AuthorizationRequest] = []
  private var calls = 0
  private var denied = 0
  private let documents: [String]
  private var proof: LeastPrivilegeProof

  init(of principal: String, _ reader: JournalReader) throws {
    for entry in reader where UseReport.isBy(principal, entry.caller) {
      calls += 1
      let checks = entry.checks.filter { !$0.traits.contains(.isAdvisory) }
      let granted = checks.filter { !UseReport.isRefusal($0) }
      if granted.count < checks.count {
        denied += 1
        // What was refused was not done, though some of its permissions were there. Some calls go through in part (decisions of
        // SWF).
        if entry.error != nil { continue }
      }
      for check in granted {
        let use = PolicyFromUse.Use(action: check.action, resource: check.resource)
        uses[use, default: 0] += 1
        var request = entry.request(check)
        request.principal = UseReport.bound(request.principal)
        requests.append(request)
      }
    }
    let distinct = Set(uses.keys)
    documents = uses.isEmpty ? [] : PolicyFromUse(distinct).documents()
    proof = try LeastPrivilegeProof(documents)
    for request in requests { proof.replay(request) }
    if let request = requests.last { proof.tryNeighbours(of: distinct, as: request) }
  }

  /// A check without outcome was let through unjudged.
  private static func isRefusal(_ check: JournalCheck) -> Bool {
    check.outcome != .allowed && check.outcome != nil && check.traits.contains(.isEnforced)
  }

  /// Whether the caller is the principal, or a session of it.
  private static func isBy(_ principal: String, _ caller: JournalCaller) -> Bool {
    if caller.arn == principal { return true }
    if case .assumedRole(let role, _, _) = caller.kind { return role == principal }
    return false
  }

  /// Root users may do all whatever a policy says, so their calls are replayed as those of somebody who has only the policy.
  private static func bound(_ principal: Principal) -> Principal {
    guard case .root(let account) = principal.identity else { return principal }
    return Principal(.user(arn: "arn:aws:iam::\(account):user/from-use", id: "AIDAFROMUSE"))
  }

  var page: [String: Any] {
    let show = { (uses: [PolicyFromUse.Use]) in
      Set(uses).map { ["action": $0.action, "resource": $0.resource] }.sorted { "\($0)" < "\($1)" }
    }
    return [
      "calls": calls, "denied": denied, "policies": documents,
      "uses": uses.sorted { ($0.key.action, $0.key.resource) < ($1.key.action, $1.key.resource) }.map {
        ["action": $0.key.action, "resource": $0.key.resource, "count": $0.value]
      },
      "proof": [
        "holds": proof.holds, "replayed": proof.replayed, "neighbours": proof.neighbours,
        "refused": show(proof.refused), "excessive": show(proof.excessive),
      ],
    ]
  }
}
