/// What there may be of things in an account and Region.
/// AWS: EventBridge user guide, "EventBridge quotas".
enum Quotas {
  /// Buses, the default bus and those of partners not counted.
  static let buses = 100
  static let rulesOnBus = 300
  static let targetsOfRule = 5
  static let archives = 100
  /// Replays that run at the same time.
  static let replays = 10
  static let tags = 50
  /// Bytes of a bus's policy.
  static let policy = 10_240
  /// Bytes of the entries of one PutEvents.
  static let entries = 262_144
}
