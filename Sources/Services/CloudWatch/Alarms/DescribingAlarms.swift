import Cloud
import Wire

/// DescribeAlarms, DescribeAlarmsForMetric and DescribeAlarmHistory.
enum DescribingAlarms {
  static func describe(
    _ input: DescribeAlarmsInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> DescribeAlarmsOutput {
    let scope = Scope(try context.account, context.region)
    if input.alarmNames != nil, input.alarmNamePrefix != nil {
      throw .validation("AlarmNamePrefix and AlarmNames are mutually exclusive.")  // unverified: words
    }
    var alarms: [AlarmRecord] = []
    if let names = input.alarmNames {
      for name in names {
        if let alarm = try transaction.get(AlarmRecord.self, Key(name), in: scope) { alarms.append(alarm) }
      }
    } else {
      alarms = try transaction.scan(
        AlarmRecord.self, in: scope, .prefix(Key(), stringStartingWith: input.alarmNamePrefix ?? ""))
    }
    if let parent = input.childrenOfAlarmName {
      let rule = try transaction.get(AlarmRecord.self, Key(parent), in: scope)?.rule.flatMap { CompositeRule($0) }
      alarms = alarms.filter { rule?.alarms.contains($0.name) ?? false }
    }
    if let child = input.parentsOfAlarmName {
      alarms = alarms.filter { $0.rule.flatMap { CompositeRule($0) }?.alarms.contains(child) ?? false }
    }
    // AWS: DescribeAlarms, `AlarmTypes`: without it only metric alarms are shown.
    let types = input.alarmTypes ?? ["MetricAlarm"]
    alarms = alarms.filter { alarm in
      types.contains(alarm.type) && (input.stateValue ?? alarm.state.rawValue) == alarm.state.rawValue
        && (input.actionPrefix.map { prefix in
          (alarm.okActions + alarm.alarmActions + alarm.insufficientDataActions).contains { $0.hasPrefix(prefix) }
        } ?? true)
    }
    var start = 0
    if let token = input.nextToken {
      guard let read = PageToken.number(token) else { throw AWSError("InvalidNextToken", "The next token is invalid.") }
      start = min(read, alarms.count)
    }
    let page = alarms[start...].prefix(input.maxRecords ?? 50)
    return DescribeAlarmsOutput(
      compositeAlarms: page.filter { $0.watch == nil }.map(composite),
      metricAlarms: page.filter { $0.watch != nil }.map(metric),
      nextToken: page.endIndex < alarms.count ? PageToken.text(page.endIndex) : nil)
  }

  static func forMetric(
    _ input: DescribeAlarmsForMetricInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> DescribeAlarmsForMetricOutput {
    let scope = Scope(try context.account, context.region)
    let wanted = MetricIdentity(
      namespace: input.namespace, name: input.metricName, dimensions: input.dimensions)
    let alarms = try transaction.scan(AlarmRecord.self, in: scope).filter { alarm in
      guard let watch = alarm.watch, watch.metric == wanted else { return false }
      return (input.statistic ?? watch.statistic) == watch.statistic
        && (input.extendedStatistic ?? watch.extendedStatistic) == watch.extendedStatistic
        && (input.period ?? watch.period) == watch.period && (input.unit ?? watch.unit) == watch.unit
    }
    return DescribeAlarmsForMetricOutput(metricAlarms: alarms.map(metric))
  }

  static func history(
    _ input: DescribeAlarmHistoryInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> DescribeAlarmHistoryOutput {
    let scope = Scope(try context.account, context.region)
    let isReversed = input.scanBy != "TimestampAscending"
    let all: [AlarmHistoryRecord]
    if let name = input.alarmName {
      all = try transaction.scan(
        AlarmHistoryRecord.self, by: AlarmHistoryRecord.byAlarm, in: scope, .prefix(.string(name)), reversed: isReversed
      )
    } else {
      all = try transaction.scan(AlarmHistoryRecord.self, in: scope, reversed: isReversed)
    }
    let oldest = transaction.now.milliseconds - AlarmHistoryRecord.lifetime
    let types = input.alarmTypes ?? ["MetricAlarm"]
    let items = all.filter { record in
      record.time >= max(oldest, input.startDate?.milliseconds ?? .min)
        && record.time <= (input.endDate?.milliseconds ?? .max)
        && (input.historyItemType ?? record.item) == record.item
        && (input.alarmName != nil || types.contains(record.type))
    }
    var start = 0
    if let token = input.nextToken {
      guard let read = PageToken.number(token) else { throw AWSError("InvalidNextToken", "The next token is invalid.") }
      start = min(read, items.count)
    }
    let page = items[start...].prefix(input.maxRecords ?? 100)
    return DescribeAlarmHistoryOutput(
      alarmHistoryItems: page.map {
        AlarmHistoryItem(
          alarmName: $0.alarm, alarmType: $0.type, timestamp: Timestamp(milliseconds: $0.time),
          historyItemType: $0.item, historySummary: $0.summary, historyData: $0.data)
      }, nextToken: page.endIndex < items.count ? PageToken.text(page.endIndex) : nil)
  }

  private static func metric(_ record: AlarmRecord) -> MetricAlarm {
    let watch = record.watch
    return MetricAlarm(
      alarmName: record.name, alarmArn: record.arn, alarmDescription: record.summary,
      alarmConfigurationUpdatedTimestamp: Timestamp(milliseconds: record.configuredAt),
      actionsEnabled: record.hasActions, okActions: record.okActions, alarmActions: record.alarmActions,
      insufficientDataActions: record.insufficientDataActions, stateValue: record.state.rawValue,
      stateReason: record.reason, stateReasonData: record.reasonData,
      stateUpdatedTimestamp: Timestamp(milliseconds: record.stateUpdatedAt), metricName: watch?.metric?.name,
      namespace: watch?.metric?.namespace, statistic: watch?.statistic, extendedStatistic: watch?.extendedStatistic,
      dimensions: watch?.metric?.shownDimensions, period: watch?.metric == nil ? nil : watch?.period, unit: watch?.unit,
      evaluationPeriods: watch?.evaluationPeriods, datapointsToAlarm: watch?.datapointsToAlarm,
      threshold: watch?.threshold, comparisonOperator: watch?.comparison, treatMissingData: watch?.missingData,
      evaluateLowSampleCountPercentile: watch?.lowSamples, metrics: watch?.queries?.map(\.shape),
      stateTransitionedTimestamp: Timestamp(milliseconds: record.stateChangedAt))
  }

  private static func composite(_ record: AlarmRecord) -> CompositeAlarm {
    CompositeAlarm(
      actionsEnabled: record.hasActions, alarmActions: record.alarmActions, alarmArn: record.arn,
      alarmConfigurationUpdatedTimestamp: Timestamp(milliseconds: record.configuredAt),
      alarmDescription: record.summary, alarmName: record.name, alarmRule: record.rule,
      insufficientDataActions: record.insufficientDataActions, okActions: record.okActions, stateReason: record.reason,
      stateReasonData: record.reasonData, stateUpdatedTimestamp: Timestamp(milliseconds: record.stateUpdatedAt),
      stateValue: record.state.rawValue, stateTransitionedTimestamp: Timestamp(milliseconds: record.stateChangedAt))
  }
}
