import Cloud
import Wire

/// SWF's own pages under `/_hakoniwa/swf/`: faults, histories, replays and resets.
///
/// They are for the person at the machine and ask for no permissions.
public struct SWFTools: Sendable {
  /// A page's answer.
  public struct Page: Sendable {
    public var status: Int
    /// JSON.
    public var text: String
  }

  private let store: Store
  private let random: RandomSource
  private let defaultRegion: Region

  /// - Parameter defaultRegion: the Region of requests that name none.
  public init(store: Store, random: RandomSource, defaultRegion: Region) {
    self.store = store
    self.random = random
    self.defaultRegion = defaultRegion
  }

  /// Answers a request.
  /// - Parameters:
  ///   - path: what follows `/_hakoniwa/swf/`, decoded.
  ///   - query: the query's parameters, decoded.
  /// - Returns: nothing if there is no such page.
  public func answer(
    _ method: String, _ path: [String], query: [String: String], body: [UInt8]
  ) async -> Page? {
    do throws(AWSError) {
      var given = SWFTools.members(of: query)
      if !body.isEmpty {
        guard let document = JSONValue(parsing: body), case .object(let members) = document else {
          throw .validation("the body is not a JSON object")
        }
        given += members
      }
      let request = JSONValue.object(given)
      switch (method, path.first ?? "", path.count) {
      case ("GET", "faults", 1): return SWFTools.page(FaultInjector.shared.plan.document)
      case ("POST", "faults", 1), ("PUT", "faults", 1): return try setFaults(request)
      case ("DELETE", "faults", 1):
        FaultInjector.shared.set(FaultPlan(seed: 1, rules: []))
        return SWFTools.page(FaultInjector.shared.plan.document)
      case ("GET", "history", 1): return try await history(request)
      case ("POST", "replays", 1): return try await beginReplay(request)
      case ("GET", "replays", 2): return try replay(path[1])
      case ("DELETE", "replays", 2), ("POST", "replays", 3):
        guard path.count == 2 || path[2] == "end", ReplaySessions.shared.end(path[1]) else { return nil }
        return SWFTools.page(.object([.init("ended", .string(path[1]))]))
      case ("POST", "resets", 1): return try await reset(request)
      default: return nil
      }
    } catch {
      return Page(
        status: error.status ?? 400, text: JSONValue.object([.init("message", .string(error.message))]).text + "\n")
    }
  }

  /// Ends all faults and replays, as when the cloud is emptied.
  public func endAll() {
    FaultInjector.shared.set(FaultPlan(seed: 1, rules: []))
    ReplaySessions.shared.endAll()
  }

  private static func page(_ document: JSONValue) -> Page { Page(status: 200, text: document.text + "\n") }

  private static func members(of query: [String: String]) -> [JSONValue.Member] {
    query.sorted { $0.key < $1.key }.map { .init($0.key, .string($0.value)) }
  }

  // MARK: Faults

  private func setFaults(_ request: JSONValue) throws(AWSError) -> Page {
    if let added = request["add"] {
      FaultInjector.shared.add(try rule(added))
    } else if let list = request["rules"]?.array {
      var rules: [FaultRule] = []
      for item in list { rules.append(try rule(item)) }
      let seed = request["seed"]?.integer.map { UInt64(bitPattern: Int64($0)) } ?? FaultInjector.shared.plan.seed
      FaultInjector.shared.set(FaultPlan(seed: seed, rules: rules))
    } else {
      throw .validation("say {\"seed\": 1, \"rules\": [{\"kind\": \"drop\", …}, …]} or {\"add\": {\"kind\": …}}")
    }
    return SWFTools.page(FaultInjector.shared.plan.document)
  }

  private func rule(_ document: JSONValue) throws(AWSError) -> FaultRule {
    let rule: FaultRule
    do { rule = try FaultRule(document) } catch { throw .validation(error.description) }
    if let mistake = rule.mistake { throw .validation(mistake) }
    return rule
  }

  // MARK: Histories

  private func history(_ request: JSONValue) async throws(AWSError) -> Page {
    let target = try target(of: request)
    let file = try await store.transact { transaction throws(AWSError) in
      let record = try target.find(transaction)
      let last = try Executions.lastEventID(of: record, target.scope, transaction)
      let events = try HistoryEvents.read(of: record.number, from: 1, through: last, in: target.scope, transaction)
      return HistoryFile(
        domain: record.domain, workflowID: record.workflowID, runID: record.runID,
        events: events.compactMap(\.document))
    }
    return SWFTools.page(file.document)
  }

  private func reset(_ request: JSONValue) async throws(AWSError) -> Page {
    let target = try target(of: request)
    guard let event = request["event"]?.integer else { throw .validation("say after which event: \"event\"") }
    let run = try await store.transact { transaction throws(AWSError) in
      try ExecutionReset.run(try target.find(transaction), after: Int64(event), target.scope, transaction)
    }
    return SWFTools.page(
      .object([.init("workflowId", .string(run.workflowId)), .init("runId", .string(run.runId))]))
  }

  // MARK: Replays

  private func beginReplay(_ request: JSONValue) async throws(AWSError) -> Page {
    guard let list = request["taskList"]?.string, !list.isEmpty, let history = request["history"] else {
      throw .validation("say {\"domain\": …, \"taskList\": …, \"history\": {\"events\": […]}}")
    }
    let scope = try scope(of: request)
    let session: ReplaySession
    do throws(HistoryFile.Unreadable) {
      let file = try HistoryFile(history)
      guard let domain = request["domain"]?.string ?? file.domain else {
        throw HistoryFile.Unreadable(description: "the file names no domain: say which one the decider polls")
      }
      let place = ReplaySession.Place(scope: scope, domain: domain, taskList: list)
      session = try ReplaySession(id: random.text(16, .lowerAlphanumeric), place: place, file: file)
    } catch {
      throw .validation(error.description)
    }
    try await store.transact { transaction throws(AWSError) in
      _ = try DomainRecord.find(session.place.domain, in: scope, transaction)
      // At once, for deciders that poll already are woken by the signal, and it must be there when this is answered.
      ReplaySessions.shared.begin(session)
      transaction.signal(ReplayCalls.topic(session.place))
    }
    return SWFTools.page(session.document)
  }

  private func replay(_ id: String) throws(AWSError) -> Page? {
    ReplaySessions.shared.session(id).map { SWFTools.page($0.document) }
  }

  // MARK: What is meant

  /// An execution by its ids.
  private struct Target: Sendable {
    var scope: Scope
    var domain: String
    var workflowID: String
    var runID: String?

    /// The named run, or else the open one, or else the latest.
    func find(_ transaction: Transaction) throws(AWSError) -> ExecutionRecord {
      _ = try DomainRecord.find(domain, in: scope, transaction)
      if let runID { return try Executions.find(workflowID, run: runID, in: domain, scope, transaction) }
      if let open = try Executions.open(workflowID, in: domain, scope, transaction) { return open }
      let latest = try transaction.scan(
        ExecutionRecord.self, by: ExecutionRecord.byWorkflow, in: scope,
        .prefix(.string(domain), .string(workflowID)), limit: 1, reversed: true
      ).first
      guard let latest else { throw .unknownExecution(workflowID: workflowID) }
      return latest
    }
  }

  private func target(of request: JSONValue) throws(AWSError) -> Target {
    guard let domain = request["domain"]?.string, let workflow = request["workflowId"]?.string else {
      throw .validation("say which execution: \"domain\", \"workflowId\" and, if you like, \"runId\"")
    }
    return Target(
      scope: try scope(of: request), domain: domain, workflowID: workflow, runID: request["runId"]?.string?.ifWritten)
  }

  private func scope(of request: JSONValue) throws(AWSError) -> Scope {
    let account = request["account"]?.string.map { AccountID($0) } ?? .first
    let region = request["region"]?.string.map { Region($0) } ?? defaultRegion
    guard let account, let region else { throw .validation("an account is twelve digits, a Region a name") }
    return Scope(account, region)
  }
}
