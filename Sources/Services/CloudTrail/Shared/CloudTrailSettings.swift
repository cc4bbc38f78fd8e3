/// How CloudTrail runs here.
public struct CloudTrailSettings: Sendable {
  /// Seconds of the machine's time between two deliveries. In AWS it is about five minutes.
  public var deliverySeconds: Double
  /// Whether LookupEvents is limited to two calls a second, as in AWS.
  public var hasAWSLimits: Bool

  public init(deliverySeconds: Double = 5, hasAWSLimits: Bool = false) {
    self.deliverySeconds = deliverySeconds
    self.hasAWSLimits = hasAWSLimits
  }
}
