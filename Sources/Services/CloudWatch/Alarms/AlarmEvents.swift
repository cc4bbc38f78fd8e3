import Cloud
import Foundation
import Wire

/// Events of alarms on the default bus of their account: every change of state, told by `cloudwatch.amazonaws.com` after the commit.
///
/// AWS: CloudWatch user guide, "Alarm events and EventBridge". Events of alarms that are made, changed or deleted are not built.
enum AlarmEvents {
  /// The name of the works that tell EventBridge.
  static let work = "event"

  /// Requests the event of a change that was made just now.
  static func announce(
    _ alarm: AlarmRecord, from old: AlarmRecord, _ scope: Scope, _ transaction: Transaction
  ) throws(AWSError) {
    let detail = JSONValue.object([
      .init("alarmName", .string(alarm.name)), .init("configuration", configuration(of: alarm, transaction)),
      .init("previousState", state(of: old)), .init("state", state(of: alarm)),
    ])
    let entry = JSONValue.object([
      .init("Time", .integer(alarm.stateChangedAt / 1000)), .init("Source", .string("aws.cloudwatch")),
      .init("Resources", .array([.string(alarm.arn)])), .init("DetailType", .string("CloudWatch Alarm State Change")),
      .init("Detail", .string(detail.text)),
    ])
    try transaction.request(
      WorkRequest(
        service: CloudWatchService.name, name: work, in: scope, lane: "alarm-event/\(scope)/\(alarm.name)",
        content: Data(entry.text.utf8)))
  }

  static func run(_ work: Work, _ context: WorkContext) async throws(AWSError) -> WorkOutcome {
    guard let entry = JSONValue(parsing: Array(work.request.content)), let account = work.request.scope.account,
      let region = work.request.scope.region
    else { return .done }
    let arn = entry["Resources"]?.array?.first?.string
    do throws(AWSError) {
      _ = try await context.calls.call(
        "PutEvents", of: "events", .object([.init("Entries", .array([entry]))]),
        as: .service("cloudwatch.amazonaws.com"), in: region,
        facts: .service("cloudwatch.amazonaws.com", sourceARN: arn, sourceAccount: account))
    } catch {
      // What EventBridge refuses, such as an event that is too large, it would refuse for ever.
      guard error.fault != .receiver, error.code != "RequestCancelled" else { throw error }
      context.logger.warning("an event of the alarm \(arn ?? "") is given up: \(error)")
    }
    return .done
  }

  private static func state(of alarm: AlarmRecord) -> JSONValue {
    var members: [JSONValue.Member] = [.init("reason", .string(alarm.reason))]
    if let data = alarm.reasonData { members.append(.init("reasonData", .string(data))) }
    members += [
      .init("timestamp", .string(AlarmTransitions.date(alarm.stateUpdatedAt))),
      .init("value", .string(alarm.state.rawValue)),
    ]
    return .object(members)
  }

  private static func configuration(of alarm: AlarmRecord, _ transaction: Transaction) -> JSONValue {
    var members: [JSONValue.Member] = []
    if let rule = alarm.rule { members.append(.init("alarmRule", .string(rule))) }
    if let summary = alarm.summary { members.append(.init("description", .string(summary))) }
    if let watch = alarm.watch { members.append(.init("metrics", .array(metrics(of: watch, transaction)))) }
    return .object(members)
  }

  private static func metrics(of watch: AlarmRecord.Watch, _ transaction: Transaction) -> [JSONValue] {
    if let metric = watch.metric {
      let stat = watch.statistic ?? watch.extendedStatistic ?? ""
      return [
        .object([
          .init("id", .string(transaction.random.uuid())),
          .init("metricStat", self.stat(metric, watch.period, stat, watch.unit)), .init("returnData", .bool(true)),
        ])
      ]
    }
    return (watch.queries ?? []).map { query in
      var members: [JSONValue.Member] = [.init("id", .string(query.id))]
      if let expression = query.expression { members.append(.init("expression", .string(expression))) }
      if let label = query.label { members.append(.init("label", .string(label))) }
      if let metric = query.metric {
        members.append(.init("metricStat", stat(metric, query.period ?? 60, query.stat ?? "", query.unit)))
      }
      members.append(.init("returnData", .bool(query.isReturned ?? true)))
      return .object(members)
    }
  }

  private static func stat(_ metric: MetricIdentity, _ period: Int, _ stat: String, _ unit: String?) -> JSONValue {
    let dimensions = metric.dimensions.map { JSONValue.Member($0.name, .string($0.value)) }
    var members: [JSONValue.Member] = [
      .init(
        "metric",
        .object([
          .init("dimensions", .object(dimensions)), .init("name", .string(metric.name)),
          .init("namespace", .string(metric.namespace)),
        ])), .init("period", .integer(Int64(period))), .init("stat", .string(stat)),
    ]
    if let unit { members.append(.init("unit", .string(unit))) }
    return .object(members)
  }
}
