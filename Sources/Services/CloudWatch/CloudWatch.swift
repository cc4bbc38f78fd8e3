import Cloud
import Wire

/// Amazon CloudWatch: metrics, alarms and dashboards.
public enum CloudWatchService {
  /// The service's name among timers and works.
  static let name = "cloudwatch"

  /// Every operation with the permissions it needs.
  public static let definition = ServiceDefinition(
    model: .cloudwatch, actionPrefix: "cloudwatch", operations: metricOperations + alarmOperations + otherOperations,
    timers: { request, transaction throws(AWSError) in try runTimer(request, transaction) },
    work: { work, context throws(AWSError) in
      work.request.name == AlarmEvents.work
        ? try await AlarmEvents.run(work, context) : try await AlarmActions.run(work, context)
    },
    deny: { AWSError("AccessDenied", $0.message(), status: 403) })

  private static func runTimer(_ request: TimerRequest, _ transaction: Transaction) throws(AWSError) {
    let parts = request.name.parts
    switch (parts.first, parts.last) {
    case (.string("alarm"), .string(let name)): try AlarmEvaluation.run(name, request.scope, transaction)
    case (.string("expire"), _): try Expiry.run(request, transaction)
    default: return
    }
  }

  private static func any(_ action: String) -> AccessCheck { AccessCheck("cloudwatch:\(action)", on: "*") }

  // MARK: Metrics

  private static let metricOperations: [Operation] = [
    Operation("PutMetricData", audit: .data("AWS::CloudWatch::Metric"), access: Putting.access, Putting.put),
    Operation(
      "ListMetrics", access: { (_: ListMetricsInput, _, _) throws(AWSError) in [any("ListMetrics")] }, Listing.list),
    Operation(
      "GetMetricStatistics", audit: .data("AWS::CloudWatch::Metric"),
      access: { (_: GetMetricStatisticsInput, _, _) throws(AWSError) in [any("GetMetricStatistics")] },
      Reading.statistics),
    Operation(
      "GetMetricData", audit: .data("AWS::CloudWatch::Metric"),
      access: { (_: GetMetricDataInput, _, _) throws(AWSError) in [any("GetMetricData")] }, Reading.data),
  ]

  // MARK: Alarms

  private static let alarmOperations: [Operation] = [
    Operation(
      "PutMetricAlarm",
      access: { (input: PutMetricAlarmInput, context, transaction) throws(AWSError) in
        try Alarms.access(
          "PutMetricAlarm", [input.alarmName], tags: input.tags,
          actions: (input.alarmActions ?? []) + (input.okActions ?? []) + (input.insufficientDataActions ?? []),
          context,
          transaction)
      }, Alarms.put),
    Operation(
      "PutCompositeAlarm",
      access: { (input: PutCompositeAlarmInput, context, transaction) throws(AWSError) in
        try Alarms.access(
          "PutCompositeAlarm", [input.alarmName], tags: input.tags,
          actions: (input.alarmActions ?? []) + (input.okActions ?? []) + (input.insufficientDataActions ?? []),
          context,
          transaction)
      }, Alarms.putComposite),
    Operation(
      "DescribeAlarms",
      access: { (_: DescribeAlarmsInput, context, transaction) throws(AWSError) in
        try Alarms.access("DescribeAlarms", ["*"], context, transaction)
      }, DescribingAlarms.describe),
    Operation(
      "DescribeAlarmsForMetric",
      access: { (_: DescribeAlarmsForMetricInput, _, _) throws(AWSError) in [any("DescribeAlarmsForMetric")] },
      DescribingAlarms.forMetric),
    Operation(
      "DescribeAlarmHistory",
      access: { (input: DescribeAlarmHistoryInput, context, transaction) throws(AWSError) in
        try Alarms.access("DescribeAlarmHistory", [input.alarmName ?? "*"], context, transaction)
      }, DescribingAlarms.history),
    Operation(
      "SetAlarmState",
      access: { (input: SetAlarmStateInput, context, transaction) throws(AWSError) in
        try Alarms.access("SetAlarmState", [input.alarmName], context, transaction)
      }, Alarms.setState),
    Operation(
      "EnableAlarmActions",
      access: { (input: EnableAlarmActionsInput, context, transaction) throws(AWSError) in
        try Alarms.access("EnableAlarmActions", input.alarmNames, context, transaction)
      }, Alarms.enable),
    Operation(
      "DisableAlarmActions",
      access: { (input: DisableAlarmActionsInput, context, transaction) throws(AWSError) in
        try Alarms.access("DisableAlarmActions", input.alarmNames, context, transaction)
      }, Alarms.disable),
    Operation(
      "DeleteAlarms",
      access: { (input: DeleteAlarmsInput, context, transaction) throws(AWSError) in
        try Alarms.access("DeleteAlarms", input.alarmNames, context, transaction)
      }, Alarms.delete),
  ]

  // MARK: Dashboards and tags

  private static let otherOperations: [Operation] = [
    Operation(
      "PutDashboard",
      access: { (input: PutDashboardInput, context, _) throws(AWSError) in
        try Dashboards.access("PutDashboard", [input.dashboardName], context)
      }, Dashboards.put),
    Operation(
      "GetDashboard",
      access: { (input: GetDashboardInput, context, _) throws(AWSError) in
        try Dashboards.access("GetDashboard", [input.dashboardName], context)
      }, Dashboards.get),
    Operation(
      "ListDashboards",
      access: { (_: ListDashboardsInput, _, _) throws(AWSError) in [any("ListDashboards")] }, Dashboards.list),
    Operation(
      "DeleteDashboards",
      access: { (input: DeleteDashboardsInput, context, _) throws(AWSError) in
        try Dashboards.access("DeleteDashboards", input.dashboardNames, context)
      }, Dashboards.delete),
    Operation(
      "TagResource",
      access: { (input: TagResourceInput, context, transaction) throws(AWSError) in
        try Tags.access("TagResource", input.resourceARN, context, transaction)
      }, Tags.tag),
    Operation(
      "UntagResource",
      access: { (input: UntagResourceInput, context, transaction) throws(AWSError) in
        try Tags.access("UntagResource", input.resourceARN, context, transaction)
      }, Tags.untag),
    Operation(
      "ListTagsForResource",
      access: { (input: ListTagsForResourceInput, context, transaction) throws(AWSError) in
        try Tags.access("ListTagsForResource", input.resourceARN, context, transaction)
      }, Tags.list),
  ]
}
