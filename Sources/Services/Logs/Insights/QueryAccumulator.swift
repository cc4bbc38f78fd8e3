/// One aggregate of one group of rows.
struct QueryAccumulator {
  private let aggregate: InsightsQuery.Aggregate
  private var count = 0
  private var sum = 0.0
  private var extreme: QueryValue = .missing
  private var distinct: Set<String> = []
  private var numbers: [Double] = []
  private var time: Double?

  init(_ aggregate: InsightsQuery.Aggregate) { self.aggregate = aggregate }

  mutating func take(_ row: QueryRow) {
    guard let argument = aggregate.argument else {
      count += 1
      return
    }
    let value = argument.value(row)
    if value.isMissing { return }
    switch aggregate.function {
    case .count: count += 1
    case .countDistinct: if let text = value.text { distinct.insert(text) }
    case .sum, .avg:
      guard let number = value.number else { return }
      count += 1
      sum += number
    case .min: if extreme.isMissing || QueryValue.precedes(value, extreme) { extreme = value }
    case .max: if extreme.isMissing || QueryValue.precedes(extreme, value) { extreme = value }
    case .sortsFirst: if extreme.isMissing || (value.text ?? "") < (extreme.text ?? "") { extreme = value }
    case .sortsLast: if extreme.isMissing || (value.text ?? "") > (extreme.text ?? "") { extreme = value }
    case .pct, .median, .stddev: if let number = value.number { numbers.append(number) }
    case .earliest, .latest:
      let now = row.value("@timestamp").number ?? 0
      let isFirst = aggregate.function == .earliest
      if time.map({ isFirst ? now < $0 : now >= $0 }) ?? true {
        time = now
        extreme = value
      }
    }
  }

  var value: QueryValue {
    switch aggregate.function {
    case .count: return .number(Double(count))
    case .countDistinct: return .number(Double(distinct.count))
    case .sum: return .number(sum)
    case .avg: return count == 0 ? .missing : .number(sum / Double(count))
    case .min, .max, .sortsFirst, .sortsLast, .earliest, .latest: return extreme
    case .pct: return QueryAccumulator.percentile(aggregate.percentile, of: numbers)
    case .median: return QueryAccumulator.percentile(50, of: numbers)
    case .stddev:
      guard !numbers.isEmpty else { return .missing }
      let mean = numbers.reduce(0, +) / Double(numbers.count)
      let squares = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return .number((squares / Double(numbers.count)).squareRoot())
    }
  }

  /// Between the two nearest ranks. // unverified: how AWS, which says "approximate", interpolates
  static func percentile(_ percent: Double, of numbers: [Double]) -> QueryValue {
    guard !numbers.isEmpty else { return .missing }
    let sorted = numbers.sorted()
    let rank = percent / 100 * Double(sorted.count - 1)
    let low = Int(rank.rounded(.down))
    let high = min(low + 1, sorted.count - 1)
    return .number(sorted[low] + (sorted[high] - sorted[low]) * (rank - Double(low)))
  }
}
