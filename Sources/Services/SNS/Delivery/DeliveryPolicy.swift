import Wire

/// Why a delivery policy is refused, in AWS's words behind `DeliveryPolicy: `.
struct DeliveryPolicyError: Error, Equatable {
  var message: String

  init(_ message: String) { self.message = message }
}

/// How HTTP endpoints are delivered to: the policy of a subscription.
///
/// AWS: SNS developer guide, "Creating an HTTP/S delivery policy". The words of refusals are unverified.
struct DeliveryPolicy: Sendable, Equatable {
  var retry: RetryPolicy?
  /// Messages a second.
  var rate: Int?
  var contentType: String?

  static let standardContentType = "text/plain; charset=UTF-8"
  private static let contentTypes: Set<String> = [
    "application/json", "application/octet-stream", "application/soap+xml", "application/x-www-form-urlencoded",
    "application/xml", "text/css", "text/csv", "text/html", "text/plain", "text/xml",
  ]

  /// A subscription's attribute.
  init(_ text: String) throws(DeliveryPolicyError) {
    guard let json = JSONValue(parsing: text), json.object != nil else {
      throw DeliveryPolicyError("failed to parse JSON.")
    }
    try self.init(json, retry: "healthyRetryPolicy", rate: "throttlePolicy", request: "requestPolicy")
  }

  init() {}

  fileprivate init(
    _ json: JSONValue, retry: String, rate: String, request: String, others: Set<String> = []
  ) throws(DeliveryPolicyError) {
    for member in json.object ?? []
    where ![retry, rate, request, "sicklyRetryPolicy", "guaranteed"].contains(member.name) {
      guard others.contains(member.name) else {
        throw DeliveryPolicyError("Unexpected JSON member: \(member.name)")
      }
    }
    if let value = json[retry], value != .null { self.retry = try DeliveryPolicy.retryPolicy(value, retry) }
    if let value = json[rate], value != .null {
      guard let limit = value["maxReceivesPerSecond"]?.integer, limit >= 1 else {
        throw DeliveryPolicyError("\(rate).maxReceivesPerSecond must be greater than or equal to 1")
      }
      self.rate = limit
    }
    if let value = json[request], value != .null, let type = value["headerContentType"] {
      let bare = type.string?.split(separator: ";").first.map { $0.lowercased() }
      guard let text = type.string, let bare, DeliveryPolicy.contentTypes.contains(bare) else {
        throw DeliveryPolicyError("\(request).headerContentType is not supported")
      }
      contentType = text
    }
  }

  private static func retryPolicy(_ json: JSONValue, _ name: String) throws(DeliveryPolicyError) -> RetryPolicy {
    let known = [
      "minDelayTarget", "maxDelayTarget", "numRetries", "numMaxDelayRetries", "numNoDelayRetries", "numMinDelayRetries",
      "backoffFunction",
    ]
    for member in json.object ?? [] where !known.contains(member.name) {
      throw DeliveryPolicyError("Unexpected JSON member: \(name).\(member.name)")
    }
    func number(_ member: String, _ range: ClosedRange<Int>, _ standard: Int) throws(DeliveryPolicyError) -> Int {
      guard let value = json[member], value != .null else { return standard }
      guard let number = value.integer else { throw DeliveryPolicyError("\(name).\(member) must be an integer") }
      if number < range.lowerBound {
        throw DeliveryPolicyError("\(name).\(member) must be greater than or equal to \(range.lowerBound)")
      }
      if number > range.upperBound {
        throw DeliveryPolicyError("\(name).\(member) must be less than or equal to \(range.upperBound)")
      }
      return number
    }
    var policy = RetryPolicy.standard
    policy.minimum = try number("minDelayTarget", 1...3600, 20)
    policy.maximum = try number("maxDelayTarget", 1...3600, max(20, policy.minimum))
    policy.retries = try number("numRetries", 0...100, 3)
    policy.immediate = try number("numNoDelayRetries", 0...100, 0)
    policy.early = try number("numMinDelayRetries", 0...100, 0)
    policy.late = try number("numMaxDelayRetries", 0...100, 0)
    if policy.maximum < policy.minimum {
      throw DeliveryPolicyError("\(name).maxDelayTarget must be greater than or equal to minDelayTarget")
    }
    if policy.immediate + policy.early + policy.late > policy.retries {
      throw DeliveryPolicyError(
        "\(name).numRetries must be greater than or equal to total of numMinDelayRetries, numNoDelayRetries and "
          + "numMaxDelayRetries")
    }
    if let backoff = json["backoffFunction"], backoff != .null {
      guard let function = backoff.string.flatMap({ RetryPolicy.Backoff(rawValue: $0) }) else {
        throw DeliveryPolicyError("\(name).backoffFunction must be one of: arithmetic, exponential, geometric, linear")
      }
      policy.backoff = function
    }
    // AWS: "The total policy retry time for an HTTP/S endpoint cannot be greater than 3,600 seconds."
    if policy.total > 3_600_000 {
      throw DeliveryPolicyError("\(name): the total time of all retries must be less than or equal to 3600 seconds")
    }
    return policy
  }

  /// What holds for a subscription: its own policy, and for what it doesn't say the topic's.
  func over(_ topic: TopicDeliveryPolicy) -> DeliveryPolicy {
    if topic.disablesOverrides { return topic.http }
    var result = topic.http
    if let retry { result.retry = retry }
    if let rate { result.rate = rate }
    if let contentType { result.contentType = contentType }
    return result
  }

  /// As `EffectiveDeliveryPolicy` of a subscription.
  var effective: JSONValue {
    .object([
      .init("healthyRetryPolicy", DeliveryPolicy.json(retry ?? .standard)), .init("sicklyRetryPolicy", .null),
      .init("throttlePolicy", throttle ?? .null), .init("requestPolicy", request), .init("guaranteed", .bool(false)),
    ])
  }

  fileprivate var throttle: JSONValue? {
    rate.map { .object([.init("maxReceivesPerSecond", .integer(Int64($0)))]) }
  }

  fileprivate var request: JSONValue {
    .object([.init("headerContentType", .string(contentType ?? DeliveryPolicy.standardContentType))])
  }

  fileprivate static func json(_ policy: RetryPolicy) -> JSONValue {
    .object([
      .init("minDelayTarget", .integer(Int64(policy.minimum))),
      .init("maxDelayTarget", .integer(Int64(policy.maximum))),
      .init("numRetries", .integer(Int64(policy.retries))), .init("numMaxDelayRetries", .integer(Int64(policy.late))),
      .init("numNoDelayRetries", .integer(Int64(policy.immediate))),
      .init("numMinDelayRetries", .integer(Int64(policy.early))),
      .init("backoffFunction", .string(policy.backoff.rawValue)),
    ])
  }
}

/// The delivery policy of a topic: what holds for its HTTP subscriptions unless they say otherwise.
struct TopicDeliveryPolicy: Sendable, Equatable {
  var http = DeliveryPolicy()
  var disablesOverrides = false

  init() {}

  /// A topic's attribute.
  init(_ text: String) throws(DeliveryPolicyError) {
    guard let json = JSONValue(parsing: text), let members = json.object else {
      throw DeliveryPolicyError("failed to parse JSON.")
    }
    for member in members where member.name != "http" {
      throw DeliveryPolicyError("Unexpected JSON member: \(member.name)")
    }
    guard let http = json["http"] else { return }
    self.http = try DeliveryPolicy(
      http, retry: "defaultHealthyRetryPolicy", rate: "defaultThrottlePolicy", request: "defaultRequestPolicy",
      others: ["disableSubscriptionOverrides", "defaultSicklyRetryPolicy"])
    disablesOverrides = http["disableSubscriptionOverrides"]?.bool ?? false
  }

  /// The policy that a stored attribute stands for.
  static func stored(_ text: String?) -> TopicDeliveryPolicy {
    guard let text, let policy = try? TopicDeliveryPolicy(text) else { return TopicDeliveryPolicy() }
    return policy
  }

  /// As `EffectiveDeliveryPolicy` of a topic.
  static func effective(_ text: String?) -> JSONValue {
    let policy = stored(text)
    var members: [JSONValue.Member] = [
      .init("defaultHealthyRetryPolicy", DeliveryPolicy.json(policy.http.retry ?? .standard)),
      .init("disableSubscriptionOverrides", .bool(policy.disablesOverrides)),
    ]
    if let throttle = policy.http.throttle { members.append(.init("defaultThrottlePolicy", throttle)) }
    members.append(.init("defaultRequestPolicy", policy.http.request))
    return .object([.init("http", .object(members))])
  }
}
