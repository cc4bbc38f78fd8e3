import Cloud
import Wire

/// How often and how long a target is tried.
/// AWS: EventBridge user guide, "How EventBridge retries delivering events": "24 hours and up to 185 times with an exponential
/// back off and jitter".
struct RetryRules: Sendable {
  var attempts = 185
  var ageSeconds = 86_400

  init(_ policy: RetryPolicy?) {
    if let attempts = policy?.maximumRetryAttempts { self.attempts = attempts }
    if let age = policy?.maximumEventAgeInSeconds { ageSeconds = age }
  }

  /// What has ended the tries of an event, if anything has.
  /// - Parameter retries: how often it was tried again.
  func exhaustion(retries: Int, ingested: Timestamp, now: Timestamp) -> DeliveryFailure.Exhaustion? {
    if now >= ingested.adding(seconds: Int64(ageSeconds)) { return .age }
    return retries >= attempts ? .attempts : nil
  }

  /// Milliseconds until the next try: 1 s, 2 s, 4 s … up to 8 min, so that 185 tries take about a day. Never past the event's age.
  /// - Parameter jitter: 0 to 1.
  func delay(retries: Int, ingested: Timestamp, now: Timestamp, jitter: Double) -> Int64 {
    let full = Double(min(480, 1 << min(retries, 9))) * 1000
    let left = ingested.adding(seconds: Int64(ageSeconds)).milliseconds - now.milliseconds
    return max(0, min(Int64(full * (0.9 + 0.1 * jitter)), left))
  }
}
