import Foundation

/// A time series.
struct MathSeries: Sendable, Equatable {
  /// By the beginnings of their periods, in milliseconds.
  var points: [Int64: Double]
  var period: Int64
}

/// Where an expression is worked out.
struct MathSurroundings: Sendable {
  var series: [String: MathSeries]
  /// The ids of queries that are metrics, in their order.
  var metrics: [String]
  var period: Int64
  /// Milliseconds since 1970.
  var start: Int64
  var end: Int64

  var times: [Int64] { period > 0 && start < end ? Array(stride(from: start, to: end, by: Int(period))) : [] }
}

/// What an expression comes to.
enum MathValue: Sendable, Equatable {
  case scalar(Double)
  case series(MathSeries)
  case list([MathSeries])
  case text(String)

  /// As the points of one series: a number is one at each time.
  func points(_ surroundings: MathSurroundings) throws(MathProblem) -> [Int64: Double] {
    switch self {
    case .series(let series): return series.points
    case .scalar(let number):
      return Dictionary(surroundings.times.map { ($0, number) }, uniquingKeysWith: { first, _ in first })
    case .list(let all):
      guard all.count == 1, let only = all.first else {
        throw MathProblem("The expression must come to one time series.")
      }
      return only.points
    case .text: throw MathProblem("The expression must come to a time series.")
    }
  }

  /// The same for each number in it.
  func map(_ body: (Double) -> Double) throws(MathProblem) -> MathValue {
    switch self {
    case .scalar(let number): .scalar(body(number))
    case .series(let series): .series(series.map(body))
    case .list(let all): .list(all.map { $0.map(body) })
    case .text: throw MathProblem("A text has no number.")
    }
  }

  /// Number by number; of two series only the times that both have.
  static func combine(
    _ left: MathValue, _ right: MathValue, _ body: (Double, Double) -> Double
  ) throws(MathProblem) -> MathValue {
    switch (left, right) {
    case (.scalar(let left), .scalar(let right)): return .scalar(body(left, right))
    case (_, .scalar(let right)): return try left.map { body($0, right) }
    case (.scalar(let left), _): return try right.map { body(left, $0) }
    case (.series(let left), .series(let right)): return .series(left.combined(right, body))
    case (.list(let all), .series(let right)): return .list(all.map { $0.combined(right, body) })
    case (.series(let left), .list(let all)): return .list(all.map { left.combined($0, body) })
    case (.list(let left), .list(let right)):
      guard left.count == right.count else { throw MathProblem("Lists of different lengths cannot be combined.") }
      return .list(zip(left, right).map { $0.combined($1, body) })
    default: throw MathProblem("A text has no number.")
    }
  }
}

extension MathSeries {
  func map(_ body: (Double) -> Double) -> MathSeries {
    MathSeries(points: points.mapValues(body).filter { $0.value.isFinite }, period: period)
  }

  func combined(_ other: MathSeries, _ body: (Double, Double) -> Double) -> MathSeries {
    var result: [Int64: Double] = [:]
    for (time, value) in points {
      guard let second = other.points[time] else { continue }
      let combined = body(value, second)
      if combined.isFinite { result[time] = combined }
    }
    return MathSeries(points: result, period: max(period, other.period))
  }

  var sorted: [(key: Int64, value: Double)] { points.sorted { $0.key < $1.key } }
}
