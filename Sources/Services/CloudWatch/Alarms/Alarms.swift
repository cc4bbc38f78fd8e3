import Cloud
import Wire

/// PutMetricAlarm, PutCompositeAlarm, SetAlarmState, EnableAlarmActions, DisableAlarmActions and DeleteAlarms.
enum Alarms {
  static func arn(_ name: String, _ scope: Scope) -> String {
    "arn:aws:cloudwatch:\(scope.region?.rawValue ?? ""):\(scope.account?.rawValue ?? ""):alarm:\(name)"
  }

  static func access(
    _ action: String, _ names: [String], tags: [Tag]? = nil, actions: [String] = [], _ context: Context,
    _ transaction: Transaction
  ) throws(AWSError) -> [AccessCheck] {
    let scope = Scope(try context.account, context.region)
    var checks: [AccessCheck] = []
    for name in names {
      let record = try transaction.get(AlarmRecord.self, Key(name), in: scope)
      var keys: [(name: String, value: ConditionValue)] = []
      if !actions.isEmpty { keys.append(("cloudwatch:AlarmActions", .multiple(actions))) }
      if let tags, !tags.isEmpty {
        for tag in tags { keys.append(("aws:RequestTag/\(tag.key)", .single(tag.value))) }
        keys.append(("aws:TagKeys", .multiple(tags.map(\.key))))
      }
      checks.append(
        AccessCheck("cloudwatch:\(action)", on: arn(name, scope), keys: keys, tags: record?.tags ?? [:]))
    }
    return checks
  }

  // MARK: Metric alarms

  static func put(
    _ input: PutMetricAlarmInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let scope = Scope(try context.account, context.region)
    if input.evaluationCriteria != nil { throw .notImplemented("PutMetricAlarm with PromQL", of: "cloudwatch") }
    if input.thresholdMetricId != nil { throw .notImplemented("Alarms on anomaly detection", of: "cloudwatch") }
    let watch = try watch(input)
    try put(
      input.alarmName, input.alarmDescription, input.actionsEnabled, input.okActions, input.alarmActions,
      input.insufficientDataActions, input.tags, watch: watch, rule: nil, scope, transaction)
    return NoMembers()
  }

  private static func watch(_ input: PutMetricAlarmInput) throws(AWSError) -> AlarmRecord.Watch {
    guard let comparison = input.comparisonOperator else {
      throw .validation("The parameter ComparisonOperator is required.")
    }
    guard !comparison.contains("Upper"), !comparison.contains("Lower") else {
      throw .notImplemented("Alarms on anomaly detection", of: "cloudwatch")
    }
    guard let threshold = input.threshold else { throw .validation("The parameter Threshold is required.") }
    guard let periods = input.evaluationPeriods else {
      throw .validation("The parameter EvaluationPeriods is required.")
    }
    if let needed = input.datapointsToAlarm, needed > periods {
      throw .validation("DatapointsToAlarm must be less than or equal to EvaluationPeriods.")
    }
    if let missing = input.treatMissingData, AlarmJudgement.Missing(rawValue: missing) == nil {
      throw .validation("The value \(missing) for parameter TreatMissingData is not supported.")
    }
    if let low = input.evaluateLowSampleCountPercentile, !["evaluate", "ignore"].contains(low) {
      throw .validation("The value \(low) for parameter EvaluateLowSampleCountPercentile is not supported.")
    }
    var watch = AlarmRecord.Watch(
      period: input.period ?? 60, evaluationPeriods: periods, datapointsToAlarm: input.datapointsToAlarm,
      threshold: threshold, comparison: comparison, missingData: input.treatMissingData,
      lowSamples: input.evaluateLowSampleCountPercentile)
    if let queries = input.metrics {
      guard input.metricName == nil, input.namespace == nil, input.statistic == nil else {
        throw .validation("Metrics cannot be specified together with MetricName, Namespace or Statistic.")
      }
      try MetricQueries.check(queries)
      guard queries.count(where: { $0.returnData ?? true }) == 1 else {
        throw .validation("Exactly one element of the metrics list should return data.")
      }
      watch.queries = queries.map { AlarmRecord.Query($0) }
      watch.period = queries.compactMap { $0.metricStat?.period ?? $0.period }.max() ?? 60
    } else {
      guard let name = input.metricName, let namespace = input.namespace, let period = input.period else {
        throw .validation("MetricName, Namespace and Period must be specified.")
      }
      guard (input.statistic == nil) != (input.extendedStatistic == nil) else {
        throw .validation("Exactly one of Statistic and ExtendedStatistic must be specified.")
      }
      if let extended = input.extendedStatistic, MetricStatistic(extended) == nil {
        throw .validation("The value \(extended) for parameter ExtendedStatistic is not supported.")
      }
      guard [10, 20, 30].contains(period) || period % 60 == 0 else {
        throw .validation("The Period must be 10, 20, 30 or a multiple of 60.")
      }
      watch.metric = MetricIdentity(namespace: namespace, name: name, dimensions: input.dimensions)
      watch.statistic = input.statistic
      watch.extendedStatistic = input.extendedStatistic
      watch.unit = input.unit
    }
    // AWS: PutMetricAlarm, `EvaluationPeriods`: together at most a day; a week for periods of an hour and more.
    let total = watch.period * periods
    guard total <= (watch.period >= 3600 ? 604_800 : 86_400) else {
      throw .validation(
        "Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= 86400).")
    }
    return watch
  }

  // MARK: Composite alarms

  static func putComposite(
    _ input: PutCompositeAlarmInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    if input.actionsSuppressor != nil { throw .notImplemented("PutCompositeAlarm with a suppressor", of: "cloudwatch") }
    let scope = Scope(try context.account, context.region)
    guard let rule = CompositeRule(input.alarmRule) else {
      throw .validation("Error in AlarmRule: it cannot be read.")  // unverified: words
    }
    for name in rule.alarms.sorted() {
      guard name != input.alarmName, try transaction.contains(AlarmRecord.self, Key(name), in: scope) else {
        throw .validation("Could not save the composite alarm as alarm [\(name)] in the alarm rule does not exist")
      }
    }
    try put(
      input.alarmName, input.alarmDescription, input.actionsEnabled, input.okActions, input.alarmActions,
      input.insufficientDataActions, input.tags, watch: nil, rule: input.alarmRule, scope, transaction)
    return NoMembers()
  }

  private static func put(
    _ name: String, _ summary: String?, _ hasActions: Bool?, _ ok: [String]?, _ alarm: [String]?,
    _ insufficient: [String]?, _ tags: [Tag]?, watch: AlarmRecord.Watch?, rule: String?, _ scope: Scope,
    _ transaction: Transaction
  ) throws(AWSError) {
    for action in (ok ?? []) + (alarm ?? []) + (insufficient ?? []) {
      guard ARN(action) != nil else {
        throw .validation("Invalid arn syntax: \(action)")
      }
    }
    let now = transaction.now.milliseconds
    let old = try transaction.get(AlarmRecord.self, Key(name), in: scope)
    var record = AlarmRecord(
      name: name, arn: arn(name, scope), summary: summary, hasActions: hasActions ?? true, okActions: ok ?? [],
      alarmActions: alarm ?? [], insufficientDataActions: insufficient ?? [], watch: watch, rule: rule,
      tags: old?.tags ?? Dictionary((tags ?? []).map { ($0.key, $0.value) }, uniquingKeysWith: { $1 }),
      state: old?.state ?? .insufficientData, reason: old?.reason ?? "Unchecked: Initial alarm creation",
      reasonData: old?.reasonData, stateUpdatedAt: old?.stateUpdatedAt ?? now,
      stateChangedAt: old?.stateChangedAt ?? now,
      configuredAt: now)
    // AWS: an alarm may not turn into one of the other kind.
    if let old, (old.watch == nil) != (watch == nil) {
      throw .validation("An alarm named \(name) of another type exists.")  // unverified: words
    }
    if old == nil { record.state = .insufficientData }
    try transaction.put(record, in: scope)
    try AlarmTransitions.write(
      record, "ConfigurationUpdate", old == nil ? "Alarm \"\(name)\" created" : "Alarm \"\(name)\" updated",
      .object([.init("type", .string(old == nil ? "Create" : "Update")), .init("version", .string("1.0"))]), scope,
      transaction)
    if watch != nil {
      try AlarmEvaluation.schedule(record, in: scope, transaction)
    } else {
      try AlarmTransitions.evaluateComposite(record, scope, transaction)
    }
  }

  // MARK: The rest

  static func setState(
    _ input: SetAlarmStateInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let scope = Scope(try context.account, context.region)
    guard let record = try transaction.get(AlarmRecord.self, Key(input.alarmName), in: scope) else {
      throw .alarmNotFound(input.alarmName)
    }
    if let data = input.stateReasonData, JSONValue(parsing: data) == nil {
      throw AWSError("InvalidFormatFault", "TheStateReasonData parameter is not valid JSON.")  // unverified: words
    }
    guard let state = AlarmState(rawValue: input.stateValue) else { throw .validation("StateValue is invalid.") }
    try AlarmTransitions.set(
      record, to: state, reason: input.stateReason, data: input.stateReasonData, scope, transaction)
    return NoMembers()
  }

  static func enable(
    _ input: EnableAlarmActionsInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    try set(true, input.alarmNames, context, transaction)
  }

  static func disable(
    _ input: DisableAlarmActionsInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    try set(false, input.alarmNames, context, transaction)
  }

  private static func set(
    _ hasActions: Bool, _ names: [String], _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let scope = Scope(try context.account, context.region)
    for name in names {
      // AWS says nothing of names that are no alarm's.
      guard let old = try transaction.get(AlarmRecord.self, Key(name), in: scope) else { continue }
      var new = old
      new.hasActions = hasActions
      try transaction.update(old, to: new, in: scope)
      let word = hasActions ? "enabled" : "disabled"
      try AlarmTransitions.write(
        new, "ConfigurationUpdate", "Alarm actions for \(name) are \(word)", .object([]), scope, transaction)
    }
    return NoMembers()
  }

  static func delete(
    _ input: DeleteAlarmsInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let scope = Scope(try context.account, context.region)
    let names = Set(input.alarmNames)
    // AWS: DeleteAlarms: an alarm on which a composite alarm depends is not deleted.
    for other in try transaction.scan(AlarmRecord.self, in: scope) where !names.contains(other.name) {
      guard let rule = other.rule.flatMap({ CompositeRule($0) }), !rule.alarms.isDisjoint(with: names) else { continue }
      // unverified: words
      throw .validation("Composite alarm \(other.name) depends on an alarm that is to be deleted.")
    }
    for name in input.alarmNames {
      guard let old = try transaction.get(AlarmRecord.self, Key(name), in: scope) else { continue }
      try transaction.delete(old, in: scope)
      try transaction.cancelTimer(
        service: CloudWatchService.name, name: Key(.string("alarm"), .string(name)), in: scope)
      try AlarmTransitions.write(
        old, "ConfigurationUpdate", "Alarm \"\(name)\" deleted",
        .object([.init("type", .string("Delete")), .init("version", .string("1.0"))]), scope, transaction)
    }
    return NoMembers()
  }
}
