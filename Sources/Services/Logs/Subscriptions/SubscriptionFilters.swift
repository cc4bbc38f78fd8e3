import Cloud
import Wire

/// PutSubscriptionFilter, DescribeSubscriptionFilters and DeleteSubscriptionFilter.
///
/// What events can be sent to (Lambda, Kinesis, Firehose) is not here yet, so a subscription is checked and judged as far as it
/// goes and then refused, never made in vain.
enum SubscriptionFilters {
  static func put(
    _ input: PutSubscriptionFilterRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let location = try GroupLocation(name: input.logGroupName, context)
    let group = try location.group(transaction)
    try MetricFilters.requireStandard(group, "Subscription filters")
    let pattern = try Patterns.read(input.filterPattern)
    if pattern.regexCount > 2 { throw .invalidParameter(Patterns.tooManyRegexes) }
    guard let arn = ARN(input.destinationArn) else {
      throw .invalidParameter("destinationArn for vendor unknown cannot be used.")  // unverified: words
    }
    if let destination = DestinationLocation(arn: input.destinationArn) {
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
    case "lambda": throw .notImplemented("Delivery to Lambda, which is not built: PutSubscriptionFilter", of: "logs")
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
    _ = try location.group(transaction)
    return DescribeSubscriptionFiltersResponse(subscriptionFilters: [])
  }

  static func delete(
    _ input: DeleteSubscriptionFilterRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    _ = try GroupLocation(name: input.logGroupName, context).group(transaction)
    throw .resourceNotFound("The specified subscription filter does not exist.")
  }
}
