import Cloud
import Foundation
import Wire

/// Looks at an alarm's metric at the end of each of its periods, or each minute if they are longer.
enum AlarmEvaluation {
  /// Sets the timer of the next look.
  static func schedule(_ alarm: AlarmRecord, in scope: Scope, _ transaction: Transaction) throws(AWSError) {
    guard let watch = alarm.watch else { return }
    let step = Int64(min(watch.period, 60)) * 1000
    let due = (transaction.now.milliseconds / step + 1) * step
    // Nobody waits for it: it comes again for ever, so automatic time must not run after it.
    try transaction.schedule(
      TimerRequest(
        service: CloudWatchService.name, name: Key(.string("alarm"), .string(alarm.name)), in: scope,
        due: Timestamp(milliseconds: due), isAwaited: false))
  }

  static func run(_ name: String, _ scope: Scope, _ transaction: Transaction) throws(AWSError) {
    guard let alarm = try transaction.get(AlarmRecord.self, Key(name), in: scope), let watch = alarm.watch else {
      return
    }
    try schedule(alarm, in: scope, transaction)
    let period = Int64(watch.period) * 1000
    let count = watch.evaluationPeriods + AlarmJudgement.further
    // Whole periods only.
    let end = transaction.now.milliseconds / period * period
    let start = end - Int64(count) * period
    let values = try values(of: watch, from: start, to: end, scope, transaction)
    let times = (0..<count).map { start + Int64($0) * period }
    let missing = watch.missingData.flatMap { AlarmJudgement.Missing(rawValue: $0) } ?? .missing
    let verdict = AlarmJudgement.judge(
      times.map { time in
        values[time].map { AlarmJudgement.breaches($0, watch.comparison, watch.threshold) }
      }, periods: watch.evaluationPeriods, needed: watch.datapointsToAlarm ?? watch.evaluationPeriods, missing: missing)
    guard case .state(let state) = verdict, state != alarm.state else { return }
    let recent = times.filter { values[$0] != nil }.suffix(watch.evaluationPeriods)
    try AlarmTransitions.set(
      alarm, to: state, reason: reason(state, watch, recent.map { ($0, values[$0] ?? 0) }),
      data: data(watch, recent.map { ($0, values[$0] ?? 0) }, start, transaction.now).text, scope, transaction)
  }

  private static func values(
    of watch: AlarmRecord.Watch, from start: Int64, to end: Int64, _ scope: Scope, _ transaction: Transaction
  ) throws(AWSError) -> [Int64: Double] {
    if let queries = watch.queries {
      let results = try MetricQueries.results(queries.map(\.shape), from: start, to: end, scope, transaction)
      return results.first(where: \.isReturned)?.points ?? [:]
    }
    guard let metric = watch.metric, let statistic = MetricStatistic(watch.statistic ?? watch.extendedStatistic ?? "")
    else {
      return [:]
    }
    let found = try Reading.points(
      metric, period: Int64(watch.period) * 1000, from: start, to: end, unit: watch.unit, scope, transaction)
    return found.compactMapValues { statistic.value(of: $0) }
  }

  /// AWS: `Threshold Crossed: 1 datapoint [5.0 (29/11/26 00:37:00)] was greater than the threshold (1.0).`
  private static func reason(
    _ state: AlarmState, _ watch: AlarmRecord.Watch, _ points: [(time: Int64, value: Double)]
  ) -> String {
    if state == .insufficientData {
      let count = watch.evaluationPeriods
      return "Insufficient Data: \(count) datapoint\(count == 1 ? " was" : "s were") unknown."
    }
    if points.isEmpty {
      let treatment = watch.missingData ?? "missing"
      return "Threshold Crossed: no datapoints were received for \(watch.evaluationPeriods) "
        + "period\(watch.evaluationPeriods == 1 ? "" : "s") and \(watch.evaluationPeriods) missing datapoint"
        + "\(watch.evaluationPeriods == 1 ? " was" : "s were") treated as [\(treatment)]."
    }
    let shown = points.reversed().map { "\($0.value) (\(date($0.time)))" }.joined(separator: ", ")
    let negation = state == .ok ? "not " : ""
    let count = points.count
    return "Threshold Crossed: \(count) datapoint\(count == 1 ? "" : "s") [\(shown)] \(count == 1 ? "was" : "were") "
      + "\(negation)\(AlarmJudgement.words(watch.comparison)) (\(watch.threshold))."
  }

  /// `29/11/26 00:37:00`.
  private static func date(_ milliseconds: Int64) -> String {
    let parts = Timestamp(milliseconds: milliseconds).components
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return "\(two(parts.day))/\(two(parts.month))/\(two(parts.year % 100)) "
      + "\(two(parts.hour)):\(two(parts.minute)):\(two(parts.second))"
  }

  private static func data(
    _ watch: AlarmRecord.Watch, _ points: [(time: Int64, value: Double)], _ start: Int64, _ now: Timestamp
  ) -> JSONValue {
    .object([
      .init("version", .string("1.0")), .init("queryDate", .string(AlarmTransitions.date(now.milliseconds))),
      .init("startDate", .string(AlarmTransitions.date(points.first?.time ?? start))),
      .init("statistic", watch.statistic.map { .string($0) } ?? .null),
      .init("period", .integer(Int64(watch.period))),
      .init("recentDatapoints", .array(points.map { .double($0.value) })),
      .init("threshold", .double(watch.threshold)),
    ])
  }
}
