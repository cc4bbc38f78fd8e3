import Cloud
import Wire

/// A state of an alarm.
enum AlarmState: String, Codable, Sendable {
  case ok = "OK"
  case alarm = "ALARM"
  case insufficientData = "INSUFFICIENT_DATA"
}

/// An alarm on a metric, on metric math, or on other alarms.
struct AlarmRecord: Record {
  static let kind = "cloudwatch.alarm"
  static let isCached = true

  /// What a metric alarm looks at, and when it minds.
  struct Watch: Codable, Sendable {
    /// One metric; nothing for metric math.
    var metric: MetricIdentity?
    var statistic: String?
    var extendedStatistic: String?
    var unit: String?
    /// The queries of metric math.
    var queries: [Query]?
    /// In seconds.
    var period: Int
    var evaluationPeriods: Int
    var datapointsToAlarm: Int?
    var threshold: Double
    var comparison: String
    var missingData: String?
    var lowSamples: String?
  }

  /// A query of metric math as it is stored.
  struct Query: Codable, Sendable {
    var id: String
    var metric: MetricIdentity?
    var period: Int?
    var stat: String?
    var unit: String?
    var expression: String?
    var label: String?
    var isReturned: Bool?

    var shape: MetricDataQuery {
      MetricDataQuery(
        id: id,
        metricStat: metric.map {
          MetricStat(
            metric: Metric(namespace: $0.namespace, metricName: $0.name, dimensions: $0.shownDimensions),
            period: period ?? 60, stat: stat ?? "", unit: unit)
        }, expression: expression, label: label, returnData: isReturned, period: metric == nil ? period : nil)
    }

    init(_ shape: MetricDataQuery) {
      id = shape.id
      metric = shape.metricStat.map { MetricIdentity($0.metric) }
      period = shape.metricStat?.period ?? shape.period
      stat = shape.metricStat?.stat
      unit = shape.metricStat?.unit
      expression = shape.expression
      label = shape.label
      isReturned = shape.returnData
    }
  }

  var name: String
  var arn: String
  var summary: String?
  var hasActions: Bool
  var okActions: [String]
  var alarmActions: [String]
  var insufficientDataActions: [String]
  /// Nothing for a composite alarm.
  var watch: Watch?
  /// The rule of a composite alarm.
  var rule: String?
  var tags: [String: String]
  var state: AlarmState
  var reason: String
  var reasonData: String?
  /// Milliseconds since 1970.
  var stateUpdatedAt: Int64
  var stateChangedAt: Int64
  var configuredAt: Int64

  var key: Key { Key(name) }

  var type: String { watch == nil ? "CompositeAlarm" : "MetricAlarm" }

  /// What happens when it comes into a state.
  func actions(in state: AlarmState) -> [String] {
    switch state {
    case .ok: okActions
    case .alarm: alarmActions
    case .insufficientData: insufficientDataActions
    }
  }
}

/// Something that happened to an alarm.
struct AlarmHistoryRecord: Record {
  static let kind = "cloudwatch.alarm.history"

  /// Those of one alarm.
  static let byAlarm = Index<AlarmHistoryRecord>("alarm") {
    Key(.string($0.alarm), .integer($0.time), .integer($0.order))
  }
  static let indexes = [byAlarm]

  /// AWS: DescribeAlarmHistory: kept for 30 days.
  static let lifetime: Int64 = 30 * 86_400_000

  var alarm: String
  var type: String
  /// Milliseconds since 1970.
  var time: Int64
  var order: Int64
  var item: String
  var summary: String
  var data: String

  var key: Key { Key(.integer(time), .integer(order)) }
}
