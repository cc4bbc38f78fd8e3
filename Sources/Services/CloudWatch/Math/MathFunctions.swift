import Foundation

/// The functions of metric math. AWS: user guide, "Supported functions".
enum MathFunctions {
  static let known: Set<String> = [
    "ABS", "AVG", "CEIL", "DATAPOINT_COUNT", "DIFF", "FILL", "FIRST", "FLOOR", "IF", "LAST", "LOG", "LOG10", "MAX",
    "METRICS", "MIN", "PERIOD", "RATE", "RUNNING_SUM", "STDDEV", "SUM", "TIME_SERIES",
  ]
  static let unbuilt: Set<String> = [
    "SEARCH", "ANOMALY_DETECTION_BAND", "INSIGHT_RULE_METRIC", "SLICE", "SORT", "REMOVE_EMPTY", "METRIC_COUNT",
    "SERVICE_QUOTA", "DB_PERF_INSIGHTS", "LAMBDA", "DAY", "DATE", "HOUR", "MINUTE", "MONTH", "YEAR", "EPOCH",
    "DIFF_TIME",
  ]

  static func aggregate(_ name: String, _ values: [Double]) -> Double {
    switch name {
    case "SUM": return values.reduce(0, +)
    case "AVG": return values.reduce(0, +) / Double(values.count)
    case "MIN": return values.min() ?? .nan
    case "MAX": return values.max() ?? .nan
    default:
      let mean = values.reduce(0, +) / Double(values.count)
      return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)).squareRoot()
    }
  }
}

extension MathExpression {
  func value(_ surroundings: MathSurroundings) throws(MathProblem) -> MathValue {
    switch self {
    case .number(let number): return .scalar(number)
    case .text(let text): return .text(text)
    case .name(let name):
      if name == "REPEAT" || name == "LINEAR" { return .text(name) }
      guard let series = surroundings.series[name] else { throw MathProblem("The id \(name) is not known.") }
      return .series(series)
    case .negative(let inner): return try inner.value(surroundings).map { -$0 }
    case .list(let inner):
      var all: [MathSeries] = []
      for one in inner {
        switch try one.value(surroundings) {
        case .series(let series): all.append(series)
        case .list(let more): all += more
        case .scalar(let number):
          all.append(MathSeries(points: try MathValue.scalar(number).points(surroundings), period: surroundings.period))
        case .text: throw MathProblem("A list holds time series.")
        }
      }
      return .list(all)
    case .binary(let sign, let left, let right):
      let operation = try MathExpression.operation(sign)
      return try MathValue.combine(left.value(surroundings), right.value(surroundings), operation)
    case .call(let name, let arguments): return try MathExpression.call(name, arguments, surroundings)
    }
  }

  private static func operation(_ sign: String) throws(MathProblem) -> (Double, Double) -> Double {
    switch sign {
    case "+": return { $0 + $1 }
    case "-": return { $0 - $1 }
    case "*": return { $0 * $1 }
    case "/": return { $1 == 0 ? .nan : $0 / $1 }
    case "^": return { pow($0, $1) }
    case "==": return { $0 == $1 ? 1 : 0 }
    case "!=": return { $0 != $1 ? 1 : 0 }
    case "<": return { $0 < $1 ? 1 : 0 }
    case ">": return { $0 > $1 ? 1 : 0 }
    case "<=": return { $0 <= $1 ? 1 : 0 }
    case ">=": return { $0 >= $1 ? 1 : 0 }
    case "&&": return { $0 != 0 && $1 != 0 ? 1 : 0 }
    case "||": return { $0 != 0 || $1 != 0 ? 1 : 0 }
    default: throw MathProblem("Unsupported operator \(sign).")
    }
  }

  private static func call(
    _ name: String, _ arguments: [MathExpression], _ surroundings: MathSurroundings
  ) throws(MathProblem) -> MathValue {
    func argument(_ index: Int) throws(MathProblem) -> MathValue {
      guard index < arguments.count else { throw MathProblem("\(name) needs more arguments.") }
      return try arguments[index].value(surroundings)
    }
    func series(_ index: Int) throws(MathProblem) -> MathSeries {
      guard case .series(let series) = try argument(index) else { throw MathProblem("\(name) needs a time series.") }
      return series
    }
    switch name {
    case "METRICS":
      var part = ""
      if !arguments.isEmpty, case .text(let text) = try argument(0) { part = text }
      let wanted = surroundings.metrics.filter { part.isEmpty || $0.contains(part) }
      return .list(wanted.compactMap { surroundings.series[$0] })
    case "ABS": return try argument(0).map { abs($0) }
    case "CEIL": return try argument(0).map { $0.rounded(.up) }
    case "FLOOR": return try argument(0).map { $0.rounded(.down) }
    case "LOG": return try argument(0).map { log($0) }
    case "LOG10": return try argument(0).map { log10($0) }
    case "SUM", "AVG", "MIN", "MAX", "STDDEV": return try aggregate(name, argument(0))
    case "DATAPOINT_COUNT": return .scalar(Double(try series(0).points.count))
    case "PERIOD": return .scalar(Double(try series(0).period) / 1000)
    case "FIRST": return try pick(argument(0), isFirst: true)
    case "LAST": return try pick(argument(0), isFirst: false)
    case "TIME_SERIES":
      return .series(MathSeries(points: try argument(0).points(surroundings), period: surroundings.period))
    case "DIFF", "RATE": return .series(change(try series(0), isRate: name == "RATE"))
    case "RUNNING_SUM":
      var sum = 0.0
      var points: [Int64: Double] = [:]
      let all = try series(0)
      for (time, value) in all.sorted {
        sum += value
        points[time] = sum
      }
      return .series(MathSeries(points: points, period: all.period))
    case "FILL": return .series(try fill(series(0), argument(1), surroundings))
    case "IF": return try choose(arguments, surroundings)
    default: throw MathProblem("Unsupported function \(name).")
    }
  }

  /// Of one series a number; of several a series. AWS: "SUM(TS) returns a scalar […], SUM(TS[]) returns a single time series".
  private static func aggregate(_ name: String, _ value: MathValue) throws(MathProblem) -> MathValue {
    switch value {
    case .scalar: return value
    case .series(let series):
      guard !series.points.isEmpty else { return .series(series) }
      return .scalar(MathFunctions.aggregate(name, series.sorted.map(\.value)))
    case .list(let all):
      var values: [Int64: [Double]] = [:]
      for series in all { for (time, value) in series.points { values[time, default: []].append(value) } }
      return .series(
        MathSeries(
          points: values.mapValues { MathFunctions.aggregate(name, $0) }, period: all.map(\.period).max() ?? 60_000))
    case .text: throw MathProblem("\(name) needs numbers.")
    }
  }

  private static func pick(_ value: MathValue, isFirst: Bool) throws(MathProblem) -> MathValue {
    switch value {
    case .list(let all):
      guard let one = isFirst ? all.first : all.last else { throw MathProblem("The list is empty.") }
      return .series(one)
    case .series(let series):
      guard let one = isFirst ? series.sorted.first : series.sorted.last else { return .series(series) }
      return .scalar(one.value)
    default: return value
    }
  }

  private static func change(_ series: MathSeries, isRate: Bool) -> MathSeries {
    var points: [Int64: Double] = [:]
    let sorted = series.sorted
    for (before, now) in zip(sorted, sorted.dropFirst()) {
      let seconds = Double(now.key - before.key) / 1000
      points[now.key] = (now.value - before.value) / (isRate ? seconds : 1)
    }
    return MathSeries(points: points, period: series.period)
  }

  private static func fill(
    _ series: MathSeries, _ filler: MathValue, _ surroundings: MathSurroundings
  ) throws(MathProblem) -> MathSeries {
    var result = series
    let sorted = series.sorted
    for time in surroundings.times where series.points[time] == nil {
      switch filler {
      case .scalar(let number): result.points[time] = number
      case .series(let other): result.points[time] = other.points[time]
      case .text("REPEAT"): result.points[time] = sorted.last { $0.key < time }?.value
      case .text("LINEAR"):
        guard let before = sorted.last(where: { $0.key < time }), let after = sorted.first(where: { $0.key > time })
        else { continue }
        let part = Double(time - before.key) / Double(after.key - before.key)
        result.points[time] = before.value + (after.value - before.value) * part
      default: throw MathProblem("FILL needs a number, a time series, REPEAT or LINEAR.")
      }
    }
    return result
  }

  private static func choose(
    _ arguments: [MathExpression], _ surroundings: MathSurroundings
  ) throws(MathProblem) -> MathValue {
    guard arguments.count == 2 || arguments.count == 3 else { throw MathProblem("IF needs two or three arguments.") }
    let condition = try arguments[0].value(surroundings)
    let first = try arguments[1].value(surroundings)
    let second = arguments.count == 3 ? try arguments[2].value(surroundings) : nil
    func point(_ value: MathValue?, _ time: Int64) -> Double? {
      switch value {
      case .scalar(let number): number
      case .series(let series): series.points[time]
      default: nil
      }
    }
    switch condition {
    case .scalar(let number):
      return number != 0 ? first : second ?? .series(MathSeries(points: [:], period: surroundings.period))
    case .series(let series):
      var points: [Int64: Double] = [:]
      for (time, value) in series.points { points[time] = value != 0 ? point(first, time) : point(second, time) }
      return .series(MathSeries(points: points, period: series.period))
    default: throw MathProblem("The condition of IF must be a number or a time series.")
    }
  }
}
