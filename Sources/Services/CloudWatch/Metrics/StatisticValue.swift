import Cloud
import Foundation

/// The statistics of some values, and as long as they are known the values themselves. Pure.
struct StatisticValue: Sendable, Equatable, Codable {
  private(set) var count: Double
  private(set) var sum: Double
  private(set) var minimum: Double
  private(set) var maximum: Double
  /// How often each value came; nothing where only statistics are known.
  private(set) var counts: [Double: Double]?

  /// Beyond so many different values, near ones are taken together. AWS, too, approximates percentiles.
  private static let distinctLimit = 2000

  init(_ value: Double, count: Double = 1) {
    self.count = count
    sum = value * count
    minimum = value
    maximum = value
    counts = [value: count]
  }

  /// A statistic set. AWS: concepts, "Percentiles": of sets they are known only of one value, or if minimum and maximum are the
  /// same.
  init(count: Double, sum: Double, minimum: Double, maximum: Double) {
    self.count = count
    self.sum = sum
    self.minimum = minimum
    self.maximum = maximum
    counts = count == 1 || minimum == maximum ? [minimum: count] : nil
  }

  mutating func add(_ other: StatisticValue) {
    count += other.count
    sum += other.sum
    minimum = min(minimum, other.minimum)
    maximum = max(maximum, other.maximum)
    guard let more = other.counts, counts != nil else {
      counts = nil
      return
    }
    counts?.merge(more) { $0 + $1 }
    if let all = counts, all.count > StatisticValue.distinctLimit { counts = StatisticValue.condensed(all) }
  }

  /// Values within a percent of each other become one.
  private static func condensed(_ counts: [Double: Double]) -> [Double: Double] {
    var result: [Double: Double] = [:]
    for (value, count) in counts {
      guard value != 0, value.isFinite else {
        result[value, default: 0] += count
        continue
      }
      let step = (log(abs(value)) / log(1.01)).rounded()
      result[pow(1.01, step) * (value < 0 ? -1 : 1), default: 0] += count
    }
    return result
  }

  func percentile(_ percent: Double) -> Double? {
    guard let counts, count > 0 else { return nil }
    let wanted = percent / 100 * count
    var seen = 0.0
    for (value, count) in counts.sorted(by: { $0.key < $1.key }) {
      seen += count
      if seen >= wanted { return min(max(value, minimum), maximum) }
    }
    return maximum
  }

  // By hand: JSON has no numbers as keys of its objects.
  private enum CodingKeys: String, CodingKey { case count, sum, minimum, maximum, values, counts }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    count = try container.decode(Double.self, forKey: .count)
    sum = try container.decode(Double.self, forKey: .sum)
    minimum = try container.decode(Double.self, forKey: .minimum)
    maximum = try container.decode(Double.self, forKey: .maximum)
    if let values = try container.decodeIfPresent([Double].self, forKey: .values) {
      let amounts = try container.decode([Double].self, forKey: .counts)
      counts = Dictionary(zip(values, amounts), uniquingKeysWith: { $0 + $1 })
    } else {
      counts = nil
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(count, forKey: .count)
    try container.encode(sum, forKey: .sum)
    try container.encode(minimum, forKey: .minimum)
    try container.encode(maximum, forKey: .maximum)
    if let counts {
      let sorted = counts.sorted { $0.key < $1.key }
      try container.encode(sorted.map(\.key), forKey: .values)
      try container.encode(sorted.map(\.value), forKey: .counts)
    }
  }
}

/// A statistic by its name: `Average`, `p99.9`.
enum MetricStatistic: Sendable, Hashable {
  case sampleCount, average, sum, minimum, maximum
  case percentile(Double)

  init?(_ text: String) {
    switch text {
    case "SampleCount": self = .sampleCount
    case "Average": self = .average
    case "Sum": self = .sum
    case "Minimum": self = .minimum
    case "Maximum": self = .maximum
    default:
      guard text.first == "p", let percent = Double(text.dropFirst()), (0...100).contains(percent),
        text.dropFirst().allSatisfy({ $0.isNumber || $0 == "." })
      else { return nil }
      self = .percentile(percent)
    }
  }

  func value(of statistics: StatisticValue) -> Double? {
    switch self {
    case .sampleCount: statistics.count
    case .average: statistics.count == 0 ? nil : statistics.sum / statistics.count
    case .sum: statistics.sum
    case .minimum: statistics.minimum
    case .maximum: statistics.maximum
    case .percentile(let percent): statistics.percentile(percent)
    }
  }
}
