import Cloud
import Wire

/// The queries of GetMetricData and of alarms on metric math.
enum MetricQueries {
  /// AWS: GetMetricData: queries of one call.
  static let limit = 500

  struct Result {
    var id: String
    var label: String
    /// By the beginnings of their periods, in milliseconds.
    var points: [Int64: Double]
    var period: Int64
    var isReturned: Bool
  }

  /// - Throws: ValidationError for queries that make no sense.
  static func check(_ queries: [MetricDataQuery]) throws(AWSError) {
    // unverified: words, here and below
    if queries.count > limit { throw .validation("At most \(limit) metric data queries can be specified.") }
    var ids: Set<String> = []
    for query in queries {
      guard query.id.first?.isLowercase ?? false, query.id.utf8.allSatisfy(isWordByte) else {
        throw .validation("The value \(query.id) for parameter Id is not matching the expected pattern.")
      }
      guard ids.insert(query.id).inserted else { throw .validation("The Id \(query.id) is used twice.") }
      if let account = query.accountId, !account.isEmpty {
        throw .notImplemented("Metrics of other accounts (AccountId)", of: "cloudwatch")
      }
      switch (query.metricStat, query.expression) {
      case (let stat?, nil):
        try Reading.check(period: stat.period)
        guard MetricStatistic(stat.stat) != nil else {
          throw .validation("The value \(stat.stat) for parameter Stat is not supported.")
        }
      case (nil, let text?):
        do throws(MathProblem) { _ = try MathExpression(text) } catch {
          throw .validation("Error in expression '\(query.id)': \(error.message)")
        }
      default: throw .validation("Exactly one of MetricStat and Expression must be specified for \(query.id).")
      }
    }
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 95
  }

  static func results(
    _ queries: [MetricDataQuery], from start: Int64, to end: Int64, _ scope: Scope, _ transaction: Transaction
  ) throws(AWSError) -> [Result] {
    try check(queries)
    var results: [String: Result] = [:]
    for query in queries {
      guard let stat = query.metricStat, let statistic = MetricStatistic(stat.stat) else { continue }
      let period = Int64(stat.period) * 1000
      let first = Reading.rounded(start, period: period, at: transaction.now.milliseconds)
      let metric = MetricIdentity(stat.metric)
      let found = try Reading.points(
        metric, period: period, from: first, to: end, unit: stat.unit, scope, transaction)
      results[query.id] = Result(
        id: query.id, label: query.label ?? metric.name, points: found.compactMapValues { statistic.value(of: $0) },
        period: period, isReturned: query.returnData ?? true)
    }
    // An expression may use those of others: they are worked out as soon as what they need is there.
    var open = queries.filter { $0.expression != nil }
    while !open.isEmpty {
      var rest: [MetricDataQuery] = []
      for query in open {
        guard let text = query.expression, let expression = try? MathExpression(text) else { continue }
        let needed = expression.names
        let isReady =
          needed.allSatisfy { results[$0] != nil }
          && (!expression.usesAllMetrics || queries.allSatisfy { $0.metricStat == nil || results[$0.id] != nil })
        guard isReady else {
          rest.append(query)
          continue
        }
        let period = query.period.map { Int64($0) * 1000 } ?? results.values.map(\.period).max() ?? 60_000
        let first = Reading.rounded(start, period: period, at: transaction.now.milliseconds)
        let surroundings = MathSurroundings(
          series: results.mapValues { MathSeries(points: $0.points, period: $0.period) },
          metrics: queries.filter { $0.metricStat != nil }.map(\.id), period: period, start: first, end: end)
        do throws(MathProblem) {
          let points = try expression.value(surroundings).points(surroundings)
          results[query.id] = Result(
            id: query.id, label: query.label ?? query.id, points: points, period: period,
            isReturned: query.returnData ?? true)
        } catch { throw .validation("Error in expression '\(query.id)': \(error.message)") }
      }
      guard rest.count < open.count else {
        throw .validation("Error in expression '\(rest[0].id)': it uses an unknown id, or its own.")
      }
      open = rest
    }
    return queries.compactMap { results[$0.id] }
  }
}
