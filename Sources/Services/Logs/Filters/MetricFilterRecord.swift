import Cloud
import Wire

/// A metric filter of a group.
struct MetricFilterRecord: Record {
  static let kind = "logs.metricFilter"
  static let isCached = true

  /// By the metric that they feed.
  static let byMetric = Index<MetricFilterRecord>("metric") { Key(.string($0.namespace), .string($0.metric)) }
  static let indexes = [byMetric]

  var group: Int64
  var groupName: String
  var name: String
  var pattern: String
  /// Milliseconds since 1970.
  var createdAt: Int64
  var namespace: String
  var metric: String
  /// A number, or the selector of a field.
  var value: String
  var defaultValue: Double?
  var dimensions: [String: String]
  var unit: String?

  var key: Key { Key(.integer(group), .string(name)) }

  static func count(
    of group: LogGroupRecord, _ scope: Scope, _ transaction: Transaction
  ) throws(AWSError) -> Int {
    try transaction.count(MetricFilterRecord.self, in: scope, .prefix(.integer(group.id)))
  }
}
