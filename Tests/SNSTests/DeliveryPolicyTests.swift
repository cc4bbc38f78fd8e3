import Testing
import Wire

@testable import SNS

@Suite("Delivery policies")
struct DeliveryPolicyTests {
  private func delays(_ policy: RetryPolicy) -> [Int64] { (0..<policy.retries).compactMap { policy.delay(before: $0) } }

  @Test("by default there are three retries, twenty seconds apart")
  func standard() {
    #expect(delays(.standard) == [20_000, 20_000, 20_000])
    #expect(RetryPolicy.standard.delay(before: 3) == nil)
  }

  @Test("the phases follow each other: at once, early, growing, late")
  func phases() {
    let policy = RetryPolicy(
      minimum: 2, maximum: 10, retries: 9, immediate: 1, early: 2, late: 1, backoff: .linear)
    #expect(delays(policy) == [0, 2000, 2000, 2000, 4000, 6000, 8000, 10_000, 10_000])
  }

  @Test("every backoff grows from the least to the most", arguments: RetryPolicy.Backoff.allCases)
  func growth(_ backoff: RetryPolicy.Backoff) {
    let policy = RetryPolicy(
      minimum: 1, maximum: 60, retries: 10, immediate: 0, early: 0, late: 0, backoff: backoff)
    let all = delays(policy)
    #expect(all.first == 1000 && all.last == 60_000)
    #expect(zip(all, all.dropFirst()).allSatisfy { $0 < $1 })
    if backoff != .linear { #expect(all[5] < 33_777) }
  }

  @Test("queues and functions are tried 100,015 times, over 23 days")
  func managed() {
    #expect(RetryPolicy.managed.total / 86_400_000 == 23)
    #expect(delays(RetryPolicy.managed).prefix(6) == [0, 0, 0, 1000, 1000, 1000])
  }

  static let refused: [(text: String, message: String)] = [
    ("x", "failed to parse JSON."), (#"{"foo":1}"#, "Unexpected JSON member: foo"),
    (#"{"healthyRetryPolicy":{"foo":1}}"#, "Unexpected JSON member: healthyRetryPolicy.foo"),
    (
      #"{"healthyRetryPolicy":{"numRetries":101}}"#,
      "healthyRetryPolicy.numRetries must be less than or equal to 100"
    ),
    (
      #"{"healthyRetryPolicy":{"minDelayTarget":30,"maxDelayTarget":20}}"#,
      "healthyRetryPolicy.maxDelayTarget must be greater than or equal to minDelayTarget"
    ),
    (
      #"{"healthyRetryPolicy":{"minDelayTarget":60,"maxDelayTarget":60,"numRetries":61}}"#,
      "healthyRetryPolicy: the total time of all retries must be less than or equal to 3600 seconds"
    ),
    (
      #"{"throttlePolicy":{"maxReceivesPerSecond":0}}"#,
      "throttlePolicy.maxReceivesPerSecond must be greater than or equal to 1"
    ),
    (#"{"requestPolicy":{"headerContentType":"image/png"}}"#, "requestPolicy.headerContentType is not supported"),
  ]

  @Test("are refused for what is wrong in them", arguments: refused)
  func refusal(_ given: (text: String, message: String)) {
    #expect(throws: DeliveryPolicyError(given.message)) { try DeliveryPolicy(given.text) }
  }

  @Test("a subscription's policy stands over the topic's, unless the topic forbids it")
  func overrides() throws {
    let own = try DeliveryPolicy(#"{"healthyRetryPolicy":{"numRetries":5}}"#)
    let text = #"{"http":{"defaultThrottlePolicy":{"maxReceivesPerSecond":3},"disableSubscriptionOverrides":false}}"#
    let both = own.over(try TopicDeliveryPolicy(text))
    #expect(both.retry?.retries == 5 && both.rate == 3)
    let strict = try TopicDeliveryPolicy(text.replacing("false", with: "true"))
    #expect(own.over(strict).retry == nil)
  }
}
