/// Takes down what the judge is asked while one call runs.
///
/// Used by one transaction at a time, and between them by the task that answers the call.
public final class CallRecorder: @unchecked Sendable {  // never used by two at once, as said above
  /// What was asked so far, in order.
  public private(set) var checks: [JournalCheck] = []

  public init() {}

  /// Takes down a check.
  public func note(_ check: JournalCheck) { checks.append(check) }

  /// Says that the last answer only shaped the call's result.
  func markAdvisory() {
    guard !checks.isEmpty else { return }
    checks[checks.count - 1].traits.insert(.isAdvisory)
  }

  /// Forgets what was asked behind the first `count` checks: a handler that waits asks again when it runs again.
  public func keep(first count: Int) {
    if checks.count > count { checks.removeSubrange(count...) }
  }
}
