import Cloud
import Wire

/// Amazon CloudWatch Logs: groups, streams, events, and what is made of them.
public enum LogsService {
  /// The service's name among timers and in the docs.
  static let name = "logs"

  /// Every operation with the permissions it needs.
  public static let definition = ServiceDefinition(
    model: .logs, actionPrefix: "logs",
    operations: groupOperations + streamOperations + eventOperations + tagOperations + policyOperations
      + filterOperations + queryOperations,
    timers: { request, transaction throws(AWSError) in try runTimer(request, transaction) },
    work: { request, context throws(AWSError) in try await work(request, context) },
    question: Access.question, deny: Access.deny)

  private static func runTimer(_ request: TimerRequest, _ transaction: Transaction) throws(AWSError) {
    let parts = request.name.parts
    guard parts.count == 3, case .string(let task) = parts[0] else { return }
    switch (task, parts[1], parts[2]) {
    case ("expire", .string(let name), .integer(let id)): try Retention.run(name, id, request, transaction)
    case ("sweep", .string("group"), .integer(let id)): try Sweeping.run(.group(id), request, transaction)
    case ("sweep", .string("stream"), .integer(let id)): try Sweeping.run(.stream(id), request, transaction)
    case ("query", .string(let id), _): try Queries.forget(id, request.scope, transaction)
    default: return
    }
  }

  // MARK: Groups

  private static let groupOperations: [Operation] = [
    Operation("CreateLogGroup", access: Groups.createAccess, Groups.create),
    Operation(
      "DeleteLogGroup",
      access: { (input: DeleteLogGroupRequest, context, transaction) throws(AWSError) in
        try Access.group(
          "DeleteLogGroup", GroupLocation(name: input.logGroupName, context), context, transaction)
      }, Groups.delete),
    Operation(
      "PutLogGroupDeletionProtection",
      access: { (input: PutLogGroupDeletionProtectionRequest, context, transaction) throws(AWSError) in
        try Access.group(
          "PutLogGroupDeletionProtection", GroupLocation(identifier: input.logGroupIdentifier, context), context,
          transaction)
      }, Groups.protect),
    Operation(
      "DescribeLogGroups",
      access: { (_: DescribeLogGroupsRequest, context, transaction) throws(AWSError) in
        // AWS: DescribeLogGroups is not judged by the tags of groups; its denials name `log-group::log-stream:`.
        try Access.group("DescribeLogGroups", GroupLocation(name: "", context), context, transaction)
      }, DescribingGroups.describe),
    Operation(
      "ListLogGroups",
      access: { (_: ListLogGroupsRequest, context, transaction) throws(AWSError) in
        try Access.group("ListLogGroups", GroupLocation(name: "", context), context, transaction)
      }, DescribingGroups.list),
    Operation(
      "PutRetentionPolicy",
      access: { (input: PutRetentionPolicyRequest, context, transaction) throws(AWSError) in
        try Access.group(
          "PutRetentionPolicy", GroupLocation(name: input.logGroupName, context), context, transaction)
      }, Retention.put),
    Operation(
      "DeleteRetentionPolicy",
      access: { (input: DeleteRetentionPolicyRequest, context, transaction) throws(AWSError) in
        try Access.group(
          "DeleteRetentionPolicy", GroupLocation(name: input.logGroupName, context), context, transaction)
      }, Retention.delete),
    Operation(
      "AssociateKmsKey",
      access: { (input: AssociateKmsKeyRequest, context, transaction) throws(AWSError) in
        try Access.group(
          "AssociateKmsKey", Encryption.target(input.logGroupName, input.resourceIdentifier, context), context,
          transaction)
      }, Encryption.associate),
    Operation(
      "DisassociateKmsKey",
      access: { (input: DisassociateKmsKeyRequest, context, transaction) throws(AWSError) in
        try Access.group(
          "DisassociateKmsKey", Encryption.target(input.logGroupName, input.resourceIdentifier, context), context,
          transaction)
      }, Encryption.disassociate),
  ]

  // MARK: Streams

  private static let streamOperations: [Operation] = [
    // AWS: CloudTrail user guide, "Role policy document for CloudTrail to use CloudWatch Logs for monitoring": the permission
    // to create a stream names the stream.
    Operation(
      "CreateLogStream",
      access: { (input: CreateLogStreamRequest, context, transaction) throws(AWSError) in
        try Access.stream(
          "CreateLogStream", GroupLocation(name: input.logGroupName, context), input.logStreamName, context,
          transaction)
      }, Streams.create),
    Operation(
      "DeleteLogStream",
      access: { (input: DeleteLogStreamRequest, context, transaction) throws(AWSError) in
        try Access.stream(
          "DeleteLogStream", GroupLocation(name: input.logGroupName, context), input.logStreamName, context,
          transaction)
      }, Streams.delete),
    Operation(
      "DescribeLogStreams",
      access: { (input: DescribeLogStreamsRequest, context, transaction) throws(AWSError) in
        try Access.group(
          "DescribeLogStreams",
          GroupLocation(name: input.logGroupName, identifier: input.logGroupIdentifier, context), context, transaction)
      }, Streams.describe),
  ]

  // MARK: Events. AWS: CloudTrail user guide, "Data events": those on events are not recorded as management events.

  private static let event = "AWS::Logs::LogGroup"

  private static let eventOperations: [Operation] = [
    Operation(
      "PutLogEvents", audit: .data(event),
      access: { (input: PutLogEventsRequest, context, transaction) throws(AWSError) in
        try Access.stream(
          "PutLogEvents", GroupLocation(name: input.logGroupName, context), input.logStreamName, context, transaction)
      }, Putting.put),
    Operation(
      "GetLogEvents", audit: .data(event),
      access: { (input: GetLogEventsRequest, context, transaction) throws(AWSError) in
        try Access.stream(
          "GetLogEvents", GroupLocation(name: input.logGroupName, identifier: input.logGroupIdentifier, context),
          input.logStreamName, context, transaction)
      }, Getting.get),
    Operation(
      "FilterLogEvents", audit: .data(event, readOnly: true),
      access: { (input: FilterLogEventsRequest, context, transaction) throws(AWSError) in
        try Access.group(
          "FilterLogEvents", GroupLocation(name: input.logGroupName, identifier: input.logGroupIdentifier, context),
          context, transaction)
      }, Filtering.filter),
  ]

  // MARK: Tags

  private static let tagOperations: [Operation] = [
    Operation(
      "TagLogGroup",
      access: { (input: TagLogGroupRequest, context, transaction) throws(AWSError) in
        try Access.group(
          "TagLogGroup", GroupLocation(name: input.logGroupName, context), Access.tagKeys(input.tags), context,
          transaction)
      }, { input, context, transaction throws(AWSError) in try Tagging.tag(input, context, transaction) }),
    Operation(
      "UntagLogGroup",
      access: { (input: UntagLogGroupRequest, context, transaction) throws(AWSError) in
        try Access.group(
          "UntagLogGroup", GroupLocation(name: input.logGroupName, context), [("aws:TagKeys", .multiple(input.tags))],
          context, transaction)
      }, { input, context, transaction throws(AWSError) in try Tagging.untag(input, context, transaction) }),
    Operation(
      "ListTagsLogGroup",
      access: { (input: ListTagsLogGroupRequest, context, transaction) throws(AWSError) in
        try Access.group("ListTagsLogGroup", GroupLocation(name: input.logGroupName, context), context, transaction)
      }, { input, context, transaction throws(AWSError) in try Tagging.list(input, context, transaction) }),
    Operation(
      "TagResource",
      access: { (input: TagResourceRequest, context, transaction) throws(AWSError) in
        try Tagging.access("TagResource", input.resourceArn, Access.tagKeys(input.tags), context, transaction)
      }, { input, context, transaction throws(AWSError) in try Tagging.tag(input, context, transaction) }),
    Operation(
      "UntagResource",
      access: { (input: UntagResourceRequest, context, transaction) throws(AWSError) in
        try Tagging.access(
          "UntagResource", input.resourceArn, [("aws:TagKeys", .multiple(input.tagKeys))], context, transaction)
      }, { input, context, transaction throws(AWSError) in try Tagging.untag(input, context, transaction) }),
    Operation(
      "ListTagsForResource",
      access: { (input: ListTagsForResourceRequest, context, transaction) throws(AWSError) in
        try Tagging.access("ListTagsForResource", input.resourceArn, [], context, transaction)
      }, { input, context, transaction throws(AWSError) in try Tagging.list(input, context, transaction) }),
  ]

  // MARK: Resource policies

  private static let policyOperations: [Operation] = [
    Operation(
      "PutResourcePolicy",
      access: { (_: PutResourcePolicyRequest, context, _) throws(AWSError) in
        try Access.any("PutResourcePolicy", context)
      }, ResourcePolicies.put),
    Operation(
      "DescribeResourcePolicies",
      access: { (_: DescribeResourcePoliciesRequest, context, _) throws(AWSError) in
        try Access.any("DescribeResourcePolicies", context)
      }, ResourcePolicies.describe),
    Operation(
      "DeleteResourcePolicy",
      access: { (_: DeleteResourcePolicyRequest, context, _) throws(AWSError) in
        try Access.any("DeleteResourcePolicy", context)
      }, ResourcePolicies.delete),
  ]
}
