import Foundation

/// When a delivery that failed is tried again. Pure.
///
/// AWS: SNS developer guide, "Amazon SNS message delivery retries". AWS adds jitter; here the delays are exact, so that they can
/// be tested.
struct RetryPolicy: Sendable, Equatable {
  /// How delays grow from the least to the most in the backoff phase.
  enum Backoff: String, Sendable, CaseIterable {
    case arithmetic, exponential, geometric, linear
  }

  /// Seconds.
  var minimum: Int
  var maximum: Int
  /// How many retries there are in all phases, and in each but the backoff phase, which has the rest.
  var retries: Int
  var immediate: Int
  var early: Int
  var late: Int
  var backoff: Backoff

  /// AWS: "Delivery protocols and policies": HTTP endpoints without a policy of their own.
  static let standard = RetryPolicy(
    minimum: 20, maximum: 20, retries: 3, immediate: 0, early: 0, late: 0, backoff: .linear)
  /// SQS and Lambda.
  static let managed = RetryPolicy(
    minimum: 1, maximum: 20, retries: 100_015, immediate: 3, early: 2, late: 100_000, backoff: .exponential)

  /// The milliseconds before a retry.
  /// - Parameter retry: 0 for the first.
  /// - Returns: nothing when there are no more.
  func delay(before retry: Int) -> Int64? {
    guard retry < retries else { return nil }
    if retry < immediate { return 0 }
    if retry < immediate + early { return Int64(minimum) * 1000 }
    let steps = retries - immediate - early - late
    let step = retry - immediate - early
    guard step < steps else { return Int64(maximum) * 1000 }
    return Int64((Double(minimum) + Double(maximum - minimum) * share(step, of: steps)) * 1000)
  }

  /// How far a step of the backoff phase is on the way from the least to the most delay, 0 to 1.
  private func share(_ step: Int, of steps: Int) -> Double {
    guard steps > 1 else { return 0 }
    let part = Double(step) / Double(steps - 1)
    switch backoff {
    case .linear: return part
    // unverified: AWS shows these only as curves; arithmetic grows by ever larger steps, the others faster.
    case .arithmetic: return Double(step * (step + 1)) / Double((steps - 1) * steps)
    case .geometric: return (pow(4, part) - 1) / 3
    case .exponential: return (pow(16, part) - 1) / 15
    }
  }

  /// The delays of all retries together, in milliseconds.
  var total: Int64 {
    (0..<retries).reduce(0) { $0 + (delay(before: $1) ?? 0) }
  }
}
