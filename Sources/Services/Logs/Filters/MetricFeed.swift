import Cloud
import Wire

/// What a group's metric filters make of a batch: data for CloudWatch, sent after the commit. Pure.
///
/// AWS: user guide, "Filter pattern syntax", "Setting how the metric value changes when matches are found": each match adds the
/// metric's value; in a minute in which events come and none matches, the default value is reported, if there is one.
struct MetricFeed {
  /// A metric filter's value: a number, or a field of the event.
  enum Value: Sendable, Equatable {
    case number(Double)
    /// `$.latency`, `$bytes`.
    case field(String)

    init?(_ text: String) {
      if let number = PatternComparison.number(text) {
        self = .number(number)
      } else if text.hasPrefix("$"), text.utf8.count > 1 {
        self = .field(text)
      } else {
        return nil
      }
    }
  }

  /// One metric in one minute.
  private struct Series: Hashable {
    var minute: Int64
    var dimensions: [String: String]
  }

  private let filter: MetricFilterRecord
  private let pattern: FilterPattern
  private let value: Value
  /// How often each value occurred; in a minute without a match nothing but the default.
  private var counts: [Series: [Double: Int]] = [:]
  private var minutes: Set<Int64> = []

  /// Nothing for a filter that can't be read any more.
  init?(_ filter: MetricFilterRecord) {
    guard let pattern = try? FilterPattern(filter.pattern), let value = Value(filter.value) else { return nil }
    self.filter = filter
    self.pattern = pattern
    self.value = value
  }

  mutating func take(_ message: String, time: Int64) {
    let minute = time / 60_000 * 60_000
    minutes.insert(minute)
    if case .number(let number) = value, filter.dimensions.isEmpty {
      if pattern.matches(message) {
        counts[Series(minute: minute, dimensions: [:]), default: [:]][number, default: 0] += 1
      }
      return
    }
    guard let fields = pattern.extract(message) else { return }
    let root = JSONPattern.parse(message)
    func text(_ field: String) -> String? {
      fields[field]
        ?? root.flatMap { root in
          JSONSelector(field)?.select(in: root).lazy.compactMap({ $0.patternText }).first
        }
    }
    let number: Double? =
      switch value {
      case .number(let number): number
      case .field(let name): text(name).flatMap { PatternComparison.number($0) }
      }
    guard let number else { return }
    var dimensions: [String: String] = [:]
    for (name, field) in filter.dimensions {
      // AWS: a metric without one of its dimensions' values is not published.
      guard let value = field.hasPrefix("$") ? text(field) : field, !value.isEmpty else { return }
      dimensions[name] = value
    }
    counts[Series(minute: minute, dimensions: dimensions), default: [:]][number, default: 0] += 1
  }

  /// The data as members of PutMetricData.
  var data: [JSONValue] {
    var all = counts
    if let value = filter.defaultValue {
      for minute in minutes where all[Series(minute: minute, dimensions: [:])] == nil {
        all[Series(minute: minute, dimensions: [:])] = [value: 1]
      }
    }
    return all.sorted { $0.key.minute < $1.key.minute }.flatMap { series, counts in
      // AWS: MetricDatum, `Values`: at most 150 different ones.
      let values = counts.sorted { $0.key < $1.key }
      return stride(from: 0, to: values.count, by: 150).map { start in
        datum(series, values[start..<min(start + 150, values.count)])
      }
    }
  }

  var namespace: String { filter.namespace }

  private func datum(_ series: Series, _ values: ArraySlice<(key: Double, value: Int)>) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("MetricName", .string(filter.metric)), .init("Timestamp", .integer(series.minute / 1000)),
      .init("Values", .array(values.map { .double($0.key) })),
      .init("Counts", .array(values.map { .double(Double($0.value)) })),
      .init("Unit", .string(filter.unit ?? "None")),
    ]
    if !series.dimensions.isEmpty {
      let dimensions = series.dimensions.sorted { $0.key < $1.key }.map {
        JSONValue.object([.init("Name", .string($0.key)), .init("Value", .string($0.value))])
      }
      members.append(.init("Dimensions", .array(dimensions)))
    }
    return .object(members)
  }
}
