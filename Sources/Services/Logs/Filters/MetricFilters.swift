import Cloud
import Wire

/// PutMetricFilter, DescribeMetricFilters, DeleteMetricFilter and TestMetricFilter.
enum MetricFilters {
  /// AWS: CloudWatch Logs quotas, "Metric filters: 100 per log group".
  static let limit = 100
  /// AWS: user guide, "Filter pattern syntax": patterns with regular expressions in a group.
  static let regexLimit = 5
  /// AWS: MetricTransformation, `dimensions`.
  static let dimensionLimit = 3

  static func put(
    _ input: PutMetricFilterRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    if input.fieldSelectionCriteria != nil || input.emitSystemFieldDimensions != nil {
      throw .notImplemented("PutMetricFilter with field selection or system fields", of: "logs")
    }
    let location = try GroupLocation(name: input.logGroupName, context)
    let group = try location.group(transaction)
    try requireStandard(group, "Metric filters")
    let pattern = try Patterns.read(input.filterPattern)
    guard let transformation = input.metricTransformations.first else {
      throw .invalidParameter("A metric transformation must be specified.")  // unverified: words
    }
    let dimensions = transformation.dimensions ?? [:]
    if transformation.defaultValue != nil, !dimensions.isEmpty {
      throw .invalidParameter(
        "Invalid metric transformation: dimensions and default value are mutually exclusive properties.")
    }
    if dimensions.count > dimensionLimit {
      throw .invalidParameter("Invalid metric transformation: a metric filter can have at most three dimensions.")
    }
    // unverified: words
    guard MetricFeed.Value(transformation.metricValue) != nil else {
      throw .invalidParameter("Invalid metric transformation: the metric value must be a number or a selector.")
    }
    let others = try filters(of: group, location.scope, transaction).filter { $0.name != input.filterName }
    if others.count >= limit { throw .limitExceeded() }
    try Patterns.checkRegexes(pattern, beside: others.map(\.pattern))
    try transaction.put(
      MetricFilterRecord(
        group: group.id, groupName: group.name, name: input.filterName, pattern: input.filterPattern,
        createdAt: transaction.now.milliseconds, namespace: transformation.metricNamespace,
        metric: transformation.metricName, value: transformation.metricValue,
        defaultValue: transformation.defaultValue, dimensions: dimensions, unit: transformation.unit),
      in: location.scope)
    return NoMembers()
  }

  static func delete(
    _ input: DeleteMetricFilterRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let location = try GroupLocation(name: input.logGroupName, context)
    let group = try location.group(transaction)
    let key = Key(.integer(group.id), .string(input.filterName))
    guard try transaction.delete(MetricFilterRecord.self, key, in: location.scope) else {
      throw .resourceNotFound("The specified metric filter does not exist.")
    }
    return NoMembers()
  }

  static func describe(
    _ input: DescribeMetricFiltersRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> DescribeMetricFiltersResponse {
    let scope = Scope(try Access.account(context), context.region)
    let found: [MetricFilterRecord]
    switch (input.metricName, input.metricNamespace) {
    case (let metric?, let namespace?):
      found = try transaction.scan(
        MetricFilterRecord.self, by: MetricFilterRecord.byMetric, in: scope,
        .prefix(.string(namespace), .string(metric)))
    case (nil, nil):
      if let name = input.logGroupName {
        found = try filters(of: GroupLocation(name: name, context).group(transaction), scope, transaction)
      } else {
        found = try transaction.scan(MetricFilterRecord.self, in: scope)
      }
    default:
      // unverified: words
      throw .invalidParameter("metricName and metricNamespace must be specified together.")
    }
    let shown = found.filter {
      $0.name.hasPrefix(input.filterNamePrefix ?? "") && (input.logGroupName ?? $0.groupName) == $0.groupName
    }.sorted { Key(order($0)) < Key(order($1)) }
    let page = try PageToken.page(shown, limit: input.limit ?? 50, after: input.nextToken, by: order)
    return DescribeMetricFiltersResponse(metricFilters: page.items.map(self.shown), nextToken: page.next)
  }

  private static func order(_ filter: MetricFilterRecord) -> String { "\(filter.name) \(filter.groupName)" }

  private static func shown(_ record: MetricFilterRecord) -> MetricFilter {
    MetricFilter(
      filterName: record.name, filterPattern: record.pattern,
      metricTransformations: [
        MetricTransformation(
          metricName: record.metric, metricNamespace: record.namespace, metricValue: record.value,
          defaultValue: record.defaultValue, dimensions: record.dimensions.isEmpty ? nil : record.dimensions,
          unit: record.unit)
      ], creationTime: Int(record.createdAt), logGroupName: record.groupName, applyOnTransformedLogs: false)
  }

  static func test(
    _ input: TestMetricFilterRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> TestMetricFilterResponse {
    let pattern = try Patterns.read(input.filterPattern)
    var matches: [MetricFilterMatchRecord] = []
    for (index, message) in input.logEventMessages.enumerated() {
      guard let values = pattern.extract(message) else { continue }
      matches.append(
        MetricFilterMatchRecord(eventNumber: index + 1, eventMessage: message, extractedValues: values))
    }
    return TestMetricFilterResponse(matches: matches)
  }

  static func filters(
    of group: LogGroupRecord, _ scope: Scope, _ transaction: Transaction
  ) throws(AWSError) -> [MetricFilterRecord] {
    try transaction.scan(MetricFilterRecord.self, in: scope, .prefix(.integer(group.id)))
  }

  /// - Throws: InvalidOperationException for groups of the other classes.
  static func requireStandard(_ group: LogGroupRecord, _ what: String) throws(AWSError) {
    guard group.logClass != .standard else { return }
    // unverified: words
    throw .invalidOperation("\(what) are not supported for log groups of class \(group.logClass.rawValue).")
  }
}
