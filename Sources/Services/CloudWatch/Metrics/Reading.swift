import Cloud
import Wire

/// GetMetricStatistics and GetMetricData.
enum Reading {
  /// AWS: GetMetricStatistics: data points of one call.
  static let pointLimit = 1440

  /// What a metric shows in each period that has data, by the periods' beginnings in milliseconds.
  static func points(
    _ metric: MetricIdentity, period: Int64, from start: Int64, to end: Int64, unit: String?, _ scope: Scope,
    _ transaction: Transaction
  ) throws(AWSError) -> [Int64: StatisticValue] {
    guard let record = try transaction.get(MetricRecord.self, metric.key, in: scope), start < end else { return [:] }
    let range = KeyRange.prefix(.integer(record.id))
      .from(Key(.integer(record.id), .integer(start))).before(Key(.integer(record.id), .integer(end)))
    var result: [Int64: StatisticValue] = [:]
    for datum in try transaction.scan(DatumRecord.self, in: scope, range) {
      guard unit == nil || datum.unit == unit,
        isKept(datum, period: period, at: transaction.now.milliseconds)
      else { continue }
      let slot = start + (datum.time - start) / period * period
      if var sum = result[slot] {
        sum.add(datum.value)
        result[slot] = sum
      } else {
        result[slot] = datum.value
      }
    }
    return result
  }

  /// AWS: concepts, "Metrics retention": periods under a minute for 3 hours, of a minute for 15 days, of five minutes for 63
  /// days, of an hour for 455 days. What is finer is kept here, and not shown.
  private static func isKept(_ datum: DatumRecord, period: Int64, at now: Int64) -> Bool {
    let age = now - datum.time
    if period < 60_000, !datum.isFine || age > 3 * 3_600_000 { return false }
    if age > 63 * 86_400_000 { return period >= 3_600_000 && age <= Expiry.lifetime }
    return age <= 15 * 86_400_000 || period >= 300_000
  }

  /// AWS: GetMetricStatistics, `StartTime`: rounded down to the minute, five minutes or hour by its age.
  static func rounded(_ start: Int64, period: Int64, at now: Int64) -> Int64 {
    let age = now - start
    let step: Int64 =
      period < 60_000
      ? period : age < 15 * 86_400_000 ? 60_000 : age < 63 * 86_400_000 ? 300_000 : 3_600_000
    return start / step * step
  }

  static func check(period: Int) throws(AWSError) {
    guard [1, 5, 10, 20, 30].contains(period) || period % 60 == 0 else {
      throw .invalidValue("The parameter Period must be 1, 5, 10, 20, 30 or a multiple of 60.")  // unverified: words
    }
  }

  static func statistics(
    _ input: GetMetricStatisticsInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetMetricStatisticsOutput {
    try check(period: input.period)
    guard input.statistics != nil || input.extendedStatistics != nil else {
      throw .missingParameter("Must specify either Statistics or ExtendedStatistics")
    }
    let period = Int64(input.period) * 1000
    guard input.startTime < input.endTime else {
      throw .invalidValue("The parameter StartTime must be less than the parameter EndTime.")
    }
    let start = rounded(input.startTime.milliseconds, period: period, at: transaction.now.milliseconds)
    let count = (input.endTime.milliseconds - start + period - 1) / period
    if count > pointLimit {
      throw .invalidCombination(
        "You have requested up to \(count) datapoints, which exceeds the limit of \(pointLimit). You may reduce the "
          + "datapoints requested by increasing Period, or decreasing the time range.")
    }
    var extended: [(name: String, statistic: MetricStatistic)] = []
    for name in input.extendedStatistics ?? [] {
      guard let statistic = MetricStatistic(name), case .percentile = statistic else {
        throw .invalidValue("The value \(name) for parameter ExtendedStatistics is not supported.")
      }
      extended.append((name, statistic))
    }
    let wanted = Set(input.statistics ?? [])
    let metric = MetricIdentity(
      namespace: input.namespace, name: input.metricName, dimensions: input.dimensions)
    let found = try points(
      metric, period: period, from: start, to: input.endTime.milliseconds, unit: input.unit,
      Scope(try context.account, context.region), transaction)
    let unit =
      if let unit = input.unit { unit } else {
        try self.unit(of: metric, Scope(try context.account, context.region), transaction)
      }
    return GetMetricStatisticsOutput(
      label: input.metricName,
      datapoints: found.sorted { $0.key < $1.key }.map { time, value in
        func shown(_ name: String, _ statistic: MetricStatistic) -> Double? {
          wanted.contains(name) ? statistic.value(of: value) : nil
        }
        var more: [String: Double] = [:]
        for (name, statistic) in extended { more[name] = statistic.value(of: value) }
        return Datapoint(
          timestamp: Timestamp(milliseconds: time), sampleCount: shown("SampleCount", .sampleCount),
          average: shown("Average", .average), sum: shown("Sum", .sum), minimum: shown("Minimum", .minimum),
          maximum: shown("Maximum", .maximum), unit: unit, extendedStatistics: extended.isEmpty ? nil : more)
      })
  }

  /// The unit in which a metric's data come.
  private static func unit(
    of metric: MetricIdentity, _ scope: Scope, _ transaction: Transaction
  ) throws(AWSError) -> String {
    guard let record = try transaction.get(MetricRecord.self, metric.key, in: scope) else { return "None" }
    return try transaction.scan(
      DatumRecord.self, in: scope, .prefix(.integer(record.id)), limit: 1, reversed: true
    ).first?.unit ?? "None"
  }

  // MARK: GetMetricData

  static func data(
    _ input: GetMetricDataInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetMetricDataOutput {
    guard input.startTime < input.endTime else {
      throw .validation("The parameter StartTime must be less than the parameter EndTime.")
    }
    if let token = input.nextToken, !token.isEmpty { throw AWSError("InvalidNextToken", "The next token is invalid.") }
    let scope = Scope(try context.account, context.region)
    let results = try MetricQueries.results(
      input.metricDataQueries, from: input.startTime.milliseconds, to: input.endTime.milliseconds, scope, transaction)
    let isAscending = input.scanBy == "TimestampAscending"
    return GetMetricDataOutput(
      metricDataResults: results.filter(\.isReturned).map { result in
        let points = result.points.sorted { isAscending ? $0.key < $1.key : $0.key > $1.key }
        return MetricDataResult(
          id: result.id, label: result.label, timestamps: points.map { Timestamp(milliseconds: $0.key) },
          values: points.map(\.value), statusCode: "Complete")
      }, messages: [])
  }
}
