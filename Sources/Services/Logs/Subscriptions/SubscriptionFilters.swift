import Cloud
import Wire

/// PutSubscriptionFilter, DescribeSubscriptionFilters and DeleteSubscriptionFilter.
enum SubscriptionFilters {
  /// AWS: CloudWatch Logs quotas: subscription filters of a group.
  static let limit = 2

  static func put(
    _ input: PutSubscriptionFilterRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    if input.fieldSelectionCriteria != nil || input.emitSystemFields != nil {
      throw .notImplemented("PutSubscriptionFilter with field selection or system fields", of: "logs")
    }
    let location = try GroupLocation(name: input.logGroupName, context)
    let group = try location.group(transaction)
    try MetricFilters.requireStandard(group, "Subscription filters")
    let pattern = try Patterns.read(input.filterPattern)
    let others = try SubscriptionFilterRecord.filters(of: group, location.scope, transaction).filter {
      $0.name != input.filterName
    }
    if others.count >= limit { throw .limitExceeded() }
    try Patterns.checkRegexes(pattern, beside: others.map(\.pattern))
    try checkDestination(input.destinationArn, at: location, context, transaction)
    try transaction.put(
      SubscriptionFilterRecord(
        group: group.id, groupName: group.name, name: input.filterName, pattern: input.filterPattern,
        destination: input.destinationArn, role: input.roleArn, distribution: input.distribution ?? "ByLogStream",
        createdAt: transaction.now.milliseconds), in: location.scope)
    return NoMembers()
  }

  /// - Throws: `NotImplemented` where nothing is that could be delivered to; the judge's denial for a destination.
  private static func checkDestination(
    _ text: String, at location: GroupLocation, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) {
    guard let arn = ARN(text) else {
      throw .invalidParameter("destinationArn for vendor unknown cannot be used.")  // unverified: words
    }
    if let destination = DestinationLocation(arn: text) {
      let record = try destination.find(transaction)
      // The destination's policy alone decides for other accounts. AWS: PutDestinationPolicy.
      try context.authorize(
        AccessCheck(
          "logs:PutSubscriptionFilter", on: destination.arn, owner: destination.account, policy: record?.policy,
          tags: record?.tags ?? [:]), transaction)
      _ = try destination.destination(transaction)
      throw .notImplemented("Delivery to the Kinesis or Firehose stream of a destination", of: "logs")
    }
    switch arn.service {
    case "lambda":
      // AWS asks the function itself. Where there is no Lambda this says so; where there is none of the name, Lambda does.
      _ = try context.call(
        "GetFunction", of: "lambda", .object([.init("FunctionName", .string(text))]),
        asService: "logs.amazonaws.com", for: location.arn + ":*", of: location.account, transaction)
    case "kinesis", "firehose":
      throw .notImplemented("Delivery to \(arn.service), which is not built: PutSubscriptionFilter", of: "logs")
    default:
      throw .invalidParameter("destinationArn for vendor \(arn.service) cannot be used.")  // unverified: words
    }
  }

  static func describe(
    _ input: DescribeSubscriptionFiltersRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> DescribeSubscriptionFiltersResponse {
    let location = try GroupLocation(name: input.logGroupName, context)
    let group = try location.group(transaction)
    let all = try SubscriptionFilterRecord.filters(of: group, location.scope, transaction).filter {
      $0.name.hasPrefix(input.filterNamePrefix ?? "")
    }
    let page = try PageToken.page(all, limit: input.limit ?? 50, after: input.nextToken, by: \.name)
    return DescribeSubscriptionFiltersResponse(
      subscriptionFilters: page.items.map {
        SubscriptionFilter(
          filterName: $0.name, logGroupName: $0.groupName, filterPattern: $0.pattern, destinationArn: $0.destination,
          roleArn: $0.role, distribution: $0.distribution, applyOnTransformedLogs: false,
          creationTime: Int($0.createdAt))
      }, nextToken: page.next)
  }

  static func delete(
    _ input: DeleteSubscriptionFilterRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let location = try GroupLocation(name: input.logGroupName, context)
    let key = Key(.integer(try location.group(transaction).id), .string(input.filterName))
    guard try transaction.delete(SubscriptionFilterRecord.self, key, in: location.scope) else {
      throw .resourceNotFound("The specified subscription filter does not exist.")
    }
    return NoMembers()
  }
}
