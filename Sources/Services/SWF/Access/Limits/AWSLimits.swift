import Cloud
import Synchronization
import Wire

/// The limits by which AWS protects itself: rates, and quotas that a laptop need not fear.
///
/// Off unless the server runs with `--aws-limits`; rates can also be switched on as a fault. The length of a history
/// always has its limit, which is the engine's. State: the buckets in a `Mutex`, held for one look; they are in memory,
/// full at the start, and filled by the cloud's clock.
final class AWSLimits: Sendable {
  /// The process has one, as it has one definition of the service.
  static let shared = AWSLimits()

  /// AWS: quotas, "Request size: 1 MB".
  static let requestSize = 1 << 20
  static let domains = 100
  static let typesPerDomain = 10_000
  static let openExecutionsPerDomain = 100_000

  fileprivate struct State {
    /// What the server was started with.
    var isConfigured = false
    var hasQuotas = false
    var hasRates = false
    /// Rates are so many times AWS's.
    var factor = 1.0
    /// Which operations' rates hold; nothing for all.
    var operations: Set<String>?
    var buckets: [String: TokenBucket] = [:]
    /// How many executions may still start in a domain before its open ones have to be counted again.
    var room: [String: Int] = [:]
  }

  private let state = Mutex(State())
  /// Whether there is anything to look at, so that a call without limits pays one load.
  private let isActive = Atomic(false)

  /// How many buckets are kept; beyond that full ones are forgotten, for they say nothing.
  fileprivate static let bucketLimit = 20_000

  /// Says whether the server was started with AWS's limits.
  func configure(isOn: Bool) {
    state.withLock { $0 = State(isConfigured: isOn, hasQuotas: isOn, hasRates: isOn) }
    isActive.store(isOn, ordering: .releasing)
  }

  /// Lets rates hold as a fault, with full buckets; nothing puts back what the server was started with.
  /// - Parameters:
  ///   - factor: how many times AWS's rates, 1 for as they are.
  ///   - operations: the operations and decisions whose rates hold; nothing for all.
  func throttle(factor: Double?, operations: Set<String>? = nil) {
    let isOn = state.withLock { state in
      let isConfigured = state.isConfigured
      state = State(
        isConfigured: isConfigured, hasQuotas: isConfigured, hasRates: isConfigured || factor != nil,
        factor: factor ?? 1, operations: factor == nil ? nil : operations)
      return state.hasRates
    }
    isActive.store(isOn, ordering: .releasing)
  }

  /// Whether anything is counted.
  var isLooking: Bool { isActive.load(ordering: .acquiring) }

  /// Whether quotas hold that only slow a laptop down.
  var hasQuotas: Bool { isActive.load(ordering: .acquiring) && state.withLock { $0.hasQuotas } }

  // MARK: Rates

  /// Takes the tokens of a call.
  /// - Parameter workflow: the execution it is about, for operations with a rate of that kind.
  /// - Throws: ThrottlingException
  func admit(_ operation: String, workflow: String?, in scope: Scope, at now: Timestamp) throws(AWSError) {
    guard isActive.load(ordering: .acquiring) else { return }
    let isAdmitted = state.withLock { state in
      guard state.limits(operation) else { return true }
      if let rate = Rates.operations[operation], !state.take("\(scope) \(operation)", rate, now) { return false }
      if let workflow, let rate = Rates.workflows[operation] {
        return state.take("\(scope) \(operation) \(workflow)", rate, now)
      }
      return true
    }
    if !isAdmitted { throw .throttled() }
  }

  /// Takes the tokens of a decision.
  /// - Parameter taskList: the list of the task that it schedules, domain and name.
  /// - Returns: the cause of its failure when there are too many.
  func failureCause(of decision: String, taskList: String? = nil, in scope: Scope, at now: Timestamp) -> String? {
    guard isActive.load(ordering: .acquiring), let limit = Rates.decisions[decision] else { return nil }
    return state.withLock { state in
      guard state.limits(decision) else { return nil }
      if !state.take("\(scope) \(decision)", limit.rate, now) { return limit.cause }
      if let taskList, !state.take("\(scope) list \(taskList)", Rates.taskList, now) { return limit.cause }
      return nil
    }
  }

  // MARK: Quotas

  /// Whether one more execution may be open in a domain; the caller starts it.
  ///
  /// Open executions are counted only when as many have started as there was room for at the last count: until then there
  /// cannot be too many, for ends only make room. Complexity: O(1) over all starts in a domain that is not nearly full.
  func hasRoomForExecution(
    in domain: String, _ scope: Scope, _ transaction: Transaction, limit: Int = AWSLimits.openExecutionsPerDomain
  ) throws(AWSError) -> Bool {
    guard hasQuotas else { return true }
    let name = "\(scope) \(domain)"
    let isKnown = state.withLock { state in
      guard let room = state.room[name], room > 0 else { return false }
      state.room[name] = room - 1
      return true
    }
    if isKnown { return true }
    let open = KeyRange.prefix(.string(domain), .integer(0))
    let count = try transaction.count(
      ExecutionRecord.self, by: ExecutionRecord.byStart, in: scope, open, limit: limit)
    if count >= limit { return false }
    state.withLock { $0.room[name] = limit - count - 1 }
    return true
  }

  /// Whether one more type may be registered in a domain; deprecated ones count too.
  func checkRoomForType<R: TypeRecord>(
    _ type: R.Type, in domain: String, _ scope: Scope, _ transaction: Transaction
  ) throws(AWSError) {
    guard hasQuotas else { return }
    let limit = AWSLimits.typesPerDomain
    if try transaction.count(R.self, in: scope, .prefix(.string(domain)), limit: limit) >= limit {
      // unverified: words
      throw .limitExceeded("A domain can have at most \(limit) types of a kind.")
    }
  }

  /// Whether one more domain may be registered; deprecated ones count too.
  func checkRoomForDomain(_ scope: Scope, _ transaction: Transaction) throws(AWSError) {
    guard hasQuotas else { return }
    if try transaction.count(DomainRecord.self, in: scope, limit: AWSLimits.domains) >= AWSLimits.domains {
      // unverified: words
      throw .limitExceeded("An account can have at most \(AWSLimits.domains) domains.")
    }
  }
}

extension AWSLimits.State {
  fileprivate func limits(_ name: String) -> Bool { hasRates && (operations.map { $0.contains(name) } ?? true) }

  fileprivate mutating func take(_ name: String, _ rate: TokenBucket.Rate, _ now: Timestamp) -> Bool {
    if buckets.count > AWSLimits.bucketLimit {
      buckets = buckets.filter { !$0.value.isFull(at: now) }
      if buckets.count > AWSLimits.bucketLimit { buckets.removeAll() }
    }
    var bucket = buckets.removeValue(forKey: name) ?? TokenBucket(rate.scaled(by: factor), at: now)
    let isTaken = bucket.take(at: now)
    buckets[name] = bucket
    return isTaken
  }
}
