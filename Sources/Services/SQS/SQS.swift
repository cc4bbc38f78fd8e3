import Cloud
import Wire

/// Amazon SQS: queues, standard and FIFO.
public enum SQSService {
  /// The service's name among timers and in the docs.
  static let name = "sqs"

  /// The resources of data events. AWS: SQS developer guide, "Logging Amazon SQS API calls using AWS CloudTrail".
  private static let queue = "AWS::SQS::Queue"

  /// Every operation with the permissions it needs.
  public static let definition = ServiceDefinition(
    model: .sqs, actionPrefix: "sqs", operations: queueOperations + messageOperations + moveOperations,
    timers: { request, transaction throws(AWSError) in try runTimer(request, transaction) },
    question: Access.question,
    deny: { Access.deny($0) })

  private static func runTimer(_ request: TimerRequest, _ transaction: Transaction) throws(AWSError) {
    let parts = request.name.parts
    guard parts.count == 3, case .string(let task) = parts[0] else { return }
    switch (task, parts[1], parts[2]) {
    case ("sweep", .integer(let storage), .integer(let id)):
      try Sweeping.run(storage, id: id, request, transaction)
    case ("move", .string(let source), .string(let id)):
      try MoveTasks.run(source, id, request, transaction)
    default: return
    }
  }

  // MARK: Queues

  private static let queueOperations: [Operation] = [
    Operation("CreateQueue", access: Creating.createAccess, Creating.create),
    Operation(
      "DeleteQueue",
      access: { (input: DeleteQueueRequest, context, transaction) throws(AWSError) in
        try Access.check("DeleteQueue", .ownerOnly, at: input.queueUrl, context, transaction)
      }, Creating.delete),
    // GetQueueUrl asks the judge itself: to strangers a hidden queue looks like none.
    Operation(
      "GetQueueUrl", audit: .data(queue), access: { (_: GetQueueUrlRequest, _, _) throws(AWSError) in [] },
      Finding.queueURL),
    Operation(
      "ListQueues", audit: .data(queue),
      access: { (_: ListQueuesRequest, _, _) throws(AWSError) in [AccessCheck("sqs:ListQueues", on: "*")] },
      Finding.list),
    Operation(
      "ListDeadLetterSourceQueues", audit: .data(queue),
      access: { (input: ListDeadLetterSourceQueuesRequest, context, transaction) throws(AWSError) in
        try Access.check("ListDeadLetterSourceQueues", at: input.queueUrl, context, transaction)
      }, Finding.deadLetterSources),
    Operation(
      "GetQueueAttributes", isOpenToAnonymous: true, audit: .data(queue),
      access: { (input: GetQueueAttributesRequest, context, transaction) throws(AWSError) in
        try Access.check("GetQueueAttributes", at: input.queueUrl, context, transaction)
      }, Attributes.get),
    Operation(
      "SetQueueAttributes",
      access: { (input: SetQueueAttributesRequest, context, transaction) throws(AWSError) in
        try Access.check("SetQueueAttributes", .ownerOnly, at: input.queueUrl, context, transaction)
      }, Attributes.set),
    Operation(
      "PurgeQueue",
      access: { (input: PurgeQueueRequest, context, transaction) throws(AWSError) in
        try Access.check("PurgeQueue", at: input.queueUrl, context, transaction)
      }, Attributes.purge),
    Operation(
      "AddPermission",
      access: { (input: AddPermissionRequest, context, transaction) throws(AWSError) in
        try Access.check("AddPermission", .ownerOnly, at: input.queueUrl, context, transaction)
      }, Permissions.add),
    Operation(
      "RemovePermission",
      access: { (input: RemovePermissionRequest, context, transaction) throws(AWSError) in
        try Access.check("RemovePermission", .ownerOnly, at: input.queueUrl, context, transaction)
      }, Permissions.remove),
    Operation(
      "TagQueue",
      access: { (input: TagQueueRequest, context, transaction) throws(AWSError) in
        var checks = try Access.check("TagQueue", .ownerOnly, at: input.queueUrl, context, transaction)
        for index in checks.indices { checks[index].keys = Access.tagKeys(input.tags) }
        return checks
      }, Tagging.tag),
    Operation(
      "UntagQueue",
      access: { (input: UntagQueueRequest, context, transaction) throws(AWSError) in
        var checks = try Access.check("UntagQueue", .ownerOnly, at: input.queueUrl, context, transaction)
        for index in checks.indices { checks[index].keys = [("aws:TagKeys", .multiple(input.tagKeys))] }
        return checks
      }, Tagging.untag),
    Operation(
      "ListQueueTags", audit: .data(queue),
      access: { (input: ListQueueTagsRequest, context, transaction) throws(AWSError) in
        try Access.check("ListQueueTags", .ownerOnly, at: input.queueUrl, context, transaction)
      }, Tagging.list),
  ]

  // MARK: Messages. Batches need the permission of the single operation.

  private static let messageOperations: [Operation] = [
    Operation(
      "SendMessage", isOpenToAnonymous: true, audit: .data(queue),
      access: { (input: SendMessageRequest, context, transaction) throws(AWSError) in
        try Access.check("SendMessage", at: input.queueUrl, context, transaction)
      }, Sending.send),
    Operation(
      "SendMessageBatch", isOpenToAnonymous: true, audit: .data(queue),
      access: { (input: SendMessageBatchRequest, context, transaction) throws(AWSError) in
        try Access.check("SendMessage", at: input.queueUrl, context, transaction)
      }, Sending.sendBatch),
    Operation(
      waiting: "ReceiveMessage", isOpenToAnonymous: true, audit: .data(queue, readOnly: true),
      access: { (input: ReceiveMessageRequest, context, transaction) throws(AWSError) in
        try Access.check("ReceiveMessage", at: input.queueUrl, context, transaction)
      }, Receiving.receive),
    Operation(
      "DeleteMessage", isOpenToAnonymous: true, audit: .data(queue),
      access: { (input: DeleteMessageRequest, context, transaction) throws(AWSError) in
        try Access.check("DeleteMessage", at: input.queueUrl, context, transaction)
      }, Deleting.delete),
    Operation(
      "DeleteMessageBatch", isOpenToAnonymous: true, audit: .data(queue),
      access: { (input: DeleteMessageBatchRequest, context, transaction) throws(AWSError) in
        try Access.check("DeleteMessage", at: input.queueUrl, context, transaction)
      }, Deleting.deleteBatch),
    Operation(
      "ChangeMessageVisibility", isOpenToAnonymous: true, audit: .data(queue),
      access: { (input: ChangeMessageVisibilityRequest, context, transaction) throws(AWSError) in
        try Access.check("ChangeMessageVisibility", at: input.queueUrl, context, transaction)
      }, ChangingVisibility.change),
    Operation(
      "ChangeMessageVisibilityBatch", isOpenToAnonymous: true, audit: .data(queue),
      access: { (input: ChangeMessageVisibilityBatchRequest, context, transaction) throws(AWSError) in
        try Access.check("ChangeMessageVisibility", at: input.queueUrl, context, transaction)
      }, ChangingVisibility.changeBatch),
  ]

  private static let moveOperations: [Operation] = [
    Operation("StartMessageMoveTask", access: MoveTasks.startAccess, MoveTasks.start),
    Operation("CancelMessageMoveTask", access: MoveTasks.cancelAccess, MoveTasks.cancel),
    Operation("ListMessageMoveTasks", access: MoveTasks.listAccess, MoveTasks.list),
  ]
}
