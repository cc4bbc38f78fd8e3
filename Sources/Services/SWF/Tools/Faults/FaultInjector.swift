import Cloud
import Synchronization
import Wire

/// The faults that somebody has asked for, and which of them strike.
///
/// State: the plan in a `Mutex`, held for one look. It is in memory: a restart ends all faults.
final class FaultInjector: Sendable {
  /// The process has one, as it has one definition of the service.
  static let shared = FaultInjector()

  private struct State {
    var plan = FaultPlan(seed: 1, rules: [])
    /// Polls that were delayed, by their request ids: when their answers may go.
    var delayed: [String: Int64] = [:]
  }

  private let state = Mutex(State())
  /// Whether there are rules, so that a call without faults pays one load.
  private let hasRules = Atomic(false)

  /// So many delayed polls are remembered; a client that went away leaves its behind.
  private static let delayedLimit = 10_000

  /// The plan as it stands, with its counters.
  var plan: FaultPlan { state.withLock { $0.plan } }

  var isActive: Bool { hasRules.load(ordering: .acquiring) }

  /// Begins a plan anew.
  func set(_ plan: FaultPlan) {
    state.withLock { $0 = State(plan: plan) }
    follow(plan)
  }

  /// Adds a rule to the plan.
  func add(_ rule: FaultRule) {
    let plan = state.withLock { state in
      state.plan.add(rule)
      return state.plan
    }
    follow(plan)
  }

  private func follow(_ plan: FaultPlan) {
    hasRules.store(!plan.entries.isEmpty, ordering: .releasing)
    let rates = plan.entries.map(\.rule).filter(\.isRate)
    let operations = rates.compactMap(\.operation)
    AWSLimits.shared.throttle(
      factor: rates.isEmpty ? nil : rates.compactMap(\.factor).min() ?? 1,
      operations: operations.count == rates.count ? Set(operations) : nil)
  }

  /// The rules of these kinds that strike, counted.
  func strike(_ subject: FaultRule.Subject, kinds: Set<FaultRule.Kind>) -> [FaultRule] {
    state.withLock { $0.plan.strike(subject, kinds: kinds) }
  }

  /// Until when the answer of a poll is held back, in milliseconds since 1970; nothing if it never was.
  func release(of requestID: String) -> Int64? { state.withLock { $0.delayed[requestID] } }

  func delay(_ requestID: String, until time: Int64) {
    state.withLock { state in
      if state.delayed.count >= FaultInjector.delayedLimit { state.delayed.removeAll() }
      state.delayed[requestID] = time
    }
  }

  func forget(_ requestID: String) { state.withLock { _ = $0.delayed.removeValue(forKey: requestID) } }
}
