import Cloud
import Wire

/// What is made of events: filters, subscriptions and queries.
extension LogsService {
  static let filterOperations: [Operation] = [
    Operation(
      "PutMetricFilter",
      access: { (input: PutMetricFilterRequest, context, transaction) throws(AWSError) in
        try Access.group("PutMetricFilter", GroupLocation(name: input.logGroupName, context), context, transaction)
      }, MetricFilters.put),
    Operation(
      "DeleteMetricFilter",
      access: { (input: DeleteMetricFilterRequest, context, transaction) throws(AWSError) in
        try Access.group("DeleteMetricFilter", GroupLocation(name: input.logGroupName, context), context, transaction)
      }, MetricFilters.delete),
    Operation(
      "DescribeMetricFilters",
      access: { (input: DescribeMetricFiltersRequest, context, transaction) throws(AWSError) in
        try Access.group(
          "DescribeMetricFilters", GroupLocation(name: input.logGroupName ?? "", context), context, transaction)
      }, MetricFilters.describe),
    Operation(
      "TestMetricFilter",
      access: { (_: TestMetricFilterRequest, context, _) throws(AWSError) in
        try Access.any("TestMetricFilter", context)
      }, MetricFilters.test),
    Operation(
      "PutSubscriptionFilter",
      access: { (input: PutSubscriptionFilterRequest, context, transaction) throws(AWSError) in
        var checks = try Access.group(
          "PutSubscriptionFilter", GroupLocation(name: input.logGroupName, context), context, transaction)
        if let role = input.roleArn {
          checks.append(
            AccessCheck("iam:PassRole", on: role, keys: [("iam:PassedToService", .single("logs.amazonaws.com"))]))
        }
        return checks
      }, SubscriptionFilters.put),
    Operation(
      "DescribeSubscriptionFilters",
      access: { (input: DescribeSubscriptionFiltersRequest, context, transaction) throws(AWSError) in
        try Access.group(
          "DescribeSubscriptionFilters", GroupLocation(name: input.logGroupName, context), context, transaction)
      }, SubscriptionFilters.describe),
    Operation(
      "DeleteSubscriptionFilter",
      access: { (input: DeleteSubscriptionFilterRequest, context, transaction) throws(AWSError) in
        try Access.group(
          "DeleteSubscriptionFilter", GroupLocation(name: input.logGroupName, context), context, transaction)
      }, SubscriptionFilters.delete),
    Operation("PutDestination", access: Destinations.putAccess, Destinations.put),
    Operation(
      "PutDestinationPolicy",
      access: { (input: PutDestinationPolicyRequest, context, transaction) throws(AWSError) in
        [try DestinationLocation(name: input.destinationName, context).check("PutDestinationPolicy", [], transaction)]
      }, Destinations.putPolicy),
    Operation(
      "DescribeDestinations",
      access: { (_: DescribeDestinationsRequest, context, _) throws(AWSError) in
        try Access.any("DescribeDestinations", context)
      }, Destinations.describe),
    Operation(
      "DeleteDestination",
      access: { (input: DeleteDestinationRequest, context, transaction) throws(AWSError) in
        [try DestinationLocation(name: input.destinationName, context).check("DeleteDestination", [], transaction)]
      }, Destinations.delete),
  ]

  static let queryOperations: [Operation] = [
    Operation("StartQuery", access: Queries.startAccess, Queries.start),
    Operation(
      "GetQueryResults",
      access: { (_: GetQueryResultsRequest, context, _) throws(AWSError) in
        try Access.any("GetQueryResults", context)
      }, Queries.results),
    Operation(
      "StopQuery",
      access: { (_: StopQueryRequest, context, _) throws(AWSError) in try Access.any("StopQuery", context) },
      Queries.stop),
    Operation(
      "DescribeQueries",
      access: { (_: DescribeQueriesRequest, context, _) throws(AWSError) in
        try Access.any("DescribeQueries", context)
      }, Queries.describe),
    Operation(
      "PutQueryDefinition",
      access: { (_: PutQueryDefinitionRequest, context, _) throws(AWSError) in
        try Access.any("PutQueryDefinition", context)
      }, QueryDefinitions.put),
    Operation(
      "DescribeQueryDefinitions",
      access: { (_: DescribeQueryDefinitionsRequest, context, _) throws(AWSError) in
        try Access.any("DescribeQueryDefinitions", context)
      }, QueryDefinitions.describe),
    Operation(
      "DeleteQueryDefinition",
      access: { (_: DeleteQueryDefinitionRequest, context, _) throws(AWSError) in
        try Access.any("DeleteQueryDefinition", context)
      }, QueryDefinitions.delete),
    Operation("GetLogRecord", access: Records.getAccess, Records.get),
    Operation(
      "GetLogGroupFields",
      access: { (input: GetLogGroupFieldsRequest, context, transaction) throws(AWSError) in
        try Access.group(
          "GetLogGroupFields",
          GroupLocation(name: input.logGroupName, identifier: input.logGroupIdentifier, context), context, transaction)
      }, Records.fields),
  ]

  static func work(_ work: Work, _ context: WorkContext) async throws(AWSError) -> WorkOutcome {
    switch work.request.name {
    case MetricDelivery.work: try await MetricDelivery.run(work, context)
    case SubscriptionDelivery.work: try await SubscriptionDelivery.run(work, context)
    case QueryWork.name: try await QueryWork.run(work, context)
    default: .done
    }
  }
}
