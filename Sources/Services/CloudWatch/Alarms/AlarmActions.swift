import Cloud
import Foundation
import Wire

/// What alarms do when they change: notices to SNS topics, published as `cloudwatch.amazonaws.com` after the commit.
enum AlarmActions {
  /// A notice on its way.
  private struct Notice: Codable {
    var alarm: String
    var arn: String
    var type: String
    var topic: String
    var subject: String
    var message: String
  }

  static func request(
    _ action: String, of alarm: AlarmRecord, from old: AlarmState, _ scope: Scope, _ transaction: Transaction
  ) throws(AWSError) {
    guard let arn = ARN(action), arn.service == "sns" else {
      // Nothing else that AWS knows is here.
      try AlarmTransitions.write(
        alarm, "Action", "Failed to execute action \(action): actions of this kind are not built in Hakoniwa",
        .object([.init("actionState", .string("Failed")), .init("notificationResource", .string(action))]), scope,
        transaction)
      return
    }
    let place = Region.longName(scope.region?.rawValue ?? "")
    let notice = Notice(
      alarm: alarm.name, arn: alarm.arn, type: alarm.type, topic: action,
      subject: String("\(alarm.state.rawValue): \"\(alarm.name)\" in \(place)".prefix(100)),
      message: message(alarm, from: old, place, scope).text)
    guard let content = try? JSONEncoder().encode(notice) else { throw .internalFailure() }
    try transaction.request(
      WorkRequest(
        service: CloudWatchService.name, name: "notice", in: scope, lane: "alarm/\(scope)/\(alarm.name)",
        content: content))
  }

  static func run(_ work: Work, _ context: WorkContext) async throws(AWSError) -> WorkOutcome {
    guard let notice = try? JSONDecoder().decode(Notice.self, from: work.request.content),
      let account = work.request.scope.account, let topic = ARN(notice.topic)
    else { return .done }
    let scope = work.request.scope
    var failure: String?
    do throws(AWSError) {
      _ = try await context.calls.call(
        "Publish", of: "sns",
        .object([
          .init("TopicArn", .string(notice.topic)), .init("Subject", .string(notice.subject)),
          .init("Message", .string(notice.message)),
        ]), as: .service("cloudwatch.amazonaws.com"), in: Region(topic.region) ?? scope.region ?? .usEast1,
        facts: .service("cloudwatch.amazonaws.com", sourceARN: notice.arn, sourceAccount: account))
    } catch {
      if error.fault == .receiver, error.code != "NotImplemented" { throw error }
      failure = "\(error.code): \(error.message)"
    }
    let problem = failure
    return .doneWriting { transaction throws(AWSError) in
      let summary =
        problem.map { "Failed to execute action \(notice.topic). Received error: \"\($0)\"" }
        ?? "Successfully executed action \(notice.topic)"
      let data = JSONValue.object([
        .init("actionState", .string(problem == nil ? "Succeeded" : "Failed")),
        .init("notificationResource", .string(notice.topic)), .init("error", problem.map { .string($0) } ?? .null),
      ])
      guard let alarm = try transaction.get(AlarmRecord.self, Key(notice.alarm), in: scope) else { return }
      try AlarmTransitions.write(alarm, "Action", summary, data, scope, transaction)
    }
  }

  /// AWS: user guide, "Notifying users on alarm changes"; the members are those of real notices.
  private static func message(
    _ alarm: AlarmRecord, from old: AlarmState, _ place: String, _ scope: Scope
  ) -> JSONValue {
    func list(_ arns: [String]) -> JSONValue { .array(arns.map { .string($0) }) }
    var members: [JSONValue.Member] = [
      .init("AlarmName", .string(alarm.name)),
      .init("AlarmDescription", alarm.summary.map { .string($0) } ?? .null),
      .init("AWSAccountId", .string(scope.account?.rawValue ?? "")),
      .init("AlarmConfigurationUpdatedTimestamp", .string(AlarmTransitions.date(alarm.configuredAt))),
      .init("NewStateValue", .string(alarm.state.rawValue)), .init("NewStateReason", .string(alarm.reason)),
      .init("StateChangeTime", .string(AlarmTransitions.date(alarm.stateChangedAt))), .init("Region", .string(place)),
      .init("AlarmArn", .string(alarm.arn)), .init("OldStateValue", .string(old.rawValue)),
      .init("OKActions", list(alarm.okActions)), .init("AlarmActions", list(alarm.alarmActions)),
      .init("InsufficientDataActions", list(alarm.insufficientDataActions)),
    ]
    if let rule = alarm.rule { members.append(.init("AlarmRule", .string(rule))) }
    if let watch = alarm.watch { members.append(.init("Trigger", trigger(watch))) }
    return .object(members)
  }

  private static func trigger(_ watch: AlarmRecord.Watch) -> JSONValue {
    var members: [JSONValue.Member] = []
    if let metric = watch.metric {
      members += [
        .init("MetricName", .string(metric.name)), .init("Namespace", .string(metric.namespace)),
        .init("StatisticType", .string(watch.statistic == nil ? "ExtendedStatistic" : "Statistic")),
      ]
      if let statistic = watch.statistic {
        // AWS has older names here: AVERAGE, SUM, SAMPLE_COUNT.
        let name = statistic == "SampleCount" ? "SAMPLE_COUNT" : statistic.uppercased()
        members.append(.init("Statistic", .string(name)))
      } else {
        members.append(.init("ExtendedStatistic", .string(watch.extendedStatistic ?? "")))
      }
      members += [
        .init("Unit", watch.unit.map { .string($0) } ?? .null),
        .init(
          "Dimensions",
          .array(
            metric.dimensions.map {
              .object([.init("value", .string($0.value)), .init("name", .string($0.name))])
            })),
      ]
    }
    members += [
      .init("Period", .integer(Int64(watch.period))),
      .init("EvaluationPeriods", .integer(Int64(watch.evaluationPeriods))),
      .init("DatapointsToAlarm", .integer(Int64(watch.datapointsToAlarm ?? watch.evaluationPeriods))),
      .init("ComparisonOperator", .string(watch.comparison)), .init("Threshold", .double(watch.threshold)),
      .init("TreatMissingData", .string(watch.missingData ?? "")),
      .init("EvaluateLowSampleCountPercentile", .string(watch.lowSamples ?? "")),
    ]
    return .object(members)
  }
}

extension Region {
  /// The names by which notices call Regions; the code of others.
  fileprivate static func longName(_ code: String) -> String {
    [
      "us-east-1": "US East (N. Virginia)", "us-east-2": "US East (Ohio)", "us-west-1": "US West (N. California)",
      "us-west-2": "US West (Oregon)", "eu-west-1": "EU (Ireland)", "eu-west-2": "EU (London)",
      "eu-west-3": "EU (Paris)", "eu-central-1": "EU (Frankfurt)", "eu-north-1": "EU (Stockholm)",
      "ap-northeast-1": "Asia Pacific (Tokyo)", "ap-southeast-1": "Asia Pacific (Singapore)",
      "ap-southeast-2": "Asia Pacific (Sydney)", "ap-south-1": "Asia Pacific (Mumbai)",
      "ca-central-1": "Canada (Central)", "sa-east-1": "South America (Sao Paulo)",
    ][code] ?? code
  }
}
