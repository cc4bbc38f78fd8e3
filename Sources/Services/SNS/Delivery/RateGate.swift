import Synchronization

/// Keeps deliveries to a subscription below the rate of its delivery policy.
///
/// State: when each subscription may be delivered to next, in a `Mutex`.
final class RateGate: Sendable {
  private let next = Mutex<[String: Int64]>([:])
  private static let capacity = 4096

  /// How long a delivery must wait; if not at all, it counts.
  /// - Parameters:
  ///   - rate: deliveries a second.
  ///   - now: milliseconds since 1970.
  func wait(for subscription: String, rate: Int, now: Int64) -> Int64 {
    next.withLock { next in
      let due = next[subscription] ?? 0
      // A clock that was set back must not hold a subscription up for ever.
      if due > now, due - now <= 1000 { return due - now }
      if next.count >= RateGate.capacity { next.removeAll() }
      next[subscription] = now + Int64(1000 / max(1, rate))
      return 0
    }
  }
}
