import Wire

/// A rate as AWS limits it: a bucket of tokens that is filled again steadily.
///
/// AWS: SWF developer guide, "Amazon SWF throttling quotas": bucket size and refill rate per second.
struct TokenBucket: Sendable, Equatable {
  /// How large a bucket is and how fast it is filled.
  struct Rate: Sendable, Equatable {
    var size: Double
    var perSecond: Double

    init(_ size: Double, _ perSecond: Double) {
      self.size = size
      self.perSecond = perSecond
    }

    /// A rate that is so many times as large; at least one token fits, or nothing would ever pass.
    func scaled(by factor: Double) -> Rate { Rate(max(1, size * factor), perSecond * factor) }
  }

  let rate: Rate
  private(set) var tokens: Double
  /// When it was filled last, by the cloud's clock.
  private var filledAt: Timestamp

  /// A full bucket.
  init(_ rate: Rate, at now: Timestamp) {
    self.rate = rate
    tokens = rate.size
    filledAt = now
  }

  /// Whether nothing would be lost by forgetting it.
  func isFull(at now: Timestamp) -> Bool {
    tokens + Double(max(0, now.milliseconds - filledAt.milliseconds)) / 1000 * rate.perSecond >= rate.size
  }

  /// Takes a token, if there is one. A clock that was set back fills nothing.
  mutating func take(at now: Timestamp) -> Bool {
    let passed = Double(max(0, now.milliseconds - filledAt.milliseconds)) / 1000
    tokens = min(rate.size, tokens + passed * rate.perSecond)
    filledAt = now
    guard tokens >= 1 else { return false }
    tokens -= 1
    return true
  }
}
