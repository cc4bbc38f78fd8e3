import Cloud
import Wire

/// What makes a metric: namespace, name and dimensions.
struct MetricIdentity: Sendable, Hashable, Codable {
  var namespace: String
  var name: String
  /// In the order of their names.
  private(set) var dimensions: [Pair]

  struct Pair: Sendable, Hashable, Codable {
    var name: String
    var value: String
  }

  init(namespace: String, name: String, dimensions: [Dimension]?) {
    self.namespace = namespace
    self.name = name
    self.dimensions = (dimensions ?? []).map { Pair(name: $0.name, value: $0.value) }
      .sorted { ($0.name, $0.value) < ($1.name, $1.value) }
  }

  init(_ metric: Metric) {
    self.init(namespace: metric.namespace ?? "", name: metric.metricName ?? "", dimensions: metric.dimensions)
  }

  var key: Key {
    var key = Key(.string(namespace), .string(name))
    for pair in dimensions { key = key.appending(.string(pair.name), .string(pair.value)) }
    return key
  }

  var shownDimensions: [Dimension] { dimensions.map { Dimension(name: $0.name, value: $0.value) } }
}

/// A metric that has had data.
struct MetricRecord: Record {
  static let kind = "cloudwatch.metric"
  static let isCached = true

  var identity: MetricIdentity
  /// Under which its data are stored.
  var id: Int64
  /// When data last came, to the hour, in milliseconds since 1970.
  var lastData: Int64

  var key: Key { identity.key }
}

/// What came of a metric in one minute (or, in high resolution, one second) in one unit.
struct DatumRecord: Record {
  static let kind = "cloudwatch.datum"

  var metric: Int64
  /// The beginning of the minute or second, in milliseconds since 1970.
  var time: Int64
  var unit: String
  /// Whether it is one second's.
  var isFine: Bool
  var value: StatisticValue

  var key: Key { Key(.integer(metric), .integer(time), .string(unit), .integer(isFine ? 1 : 0)) }
}
