import Cloud
import Wire

/// ChangeMessageVisibility and ChangeMessageVisibilityBatch.
enum ChangingVisibility {
  static func change(
    _ input: ChangeMessageVisibilityRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let location = try QueueLocation(url: input.queueUrl, context)
    let queue = try OpenQueue(try location.queue(transaction), in: location.scope, transaction)
    try change(input.receiptHandle, input.visibilityTimeout, in: queue)
    return NoMembers()
  }

  static func changeBatch(
    _ input: ChangeMessageVisibilityBatchRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ChangeMessageVisibilityBatchResult {
    let location = try QueueLocation(url: input.queueUrl, context)
    let record = try location.queue(transaction)
    try MessageRules.checkBatch(input.entries.map(\.id), "ChangeMessageVisibilityBatchRequestEntry")
    let queue = try OpenQueue(record, in: location.scope, transaction)
    var successful: [ChangeMessageVisibilityBatchResultEntry] = []
    var failed: [BatchResultErrorEntry] = []
    for entry in input.entries {
      do throws(AWSError) {
        try change(entry.receiptHandle, entry.visibilityTimeout ?? 0, in: queue)
        successful.append(ChangeMessageVisibilityBatchResultEntry(id: entry.id))
      } catch { failed.append(try Batches.failure(entry.id, error)) }
    }
    return ChangeMessageVisibilityBatchResult(successful: successful, failed: failed)
  }

  private static func change(_ text: String, _ seconds: Int, in queue: OpenQueue) throws(AWSError) {
    guard (0...43_200).contains(seconds) else {
      throw .invalid("\(seconds)", "VisibilityTimeout", "VisibilityTimeout must be an integer between 0 and 43200.")
    }
    let handle = try Batches.handle(text, of: queue.record)
    // An expired handle of a standard queue works on as long as nobody else has received the message.
    guard let message = try queue.message(handle), message.receipt == handle.receipt else { throw unavailable(text) }
    if (queue.now - message.lastReceivedAt) / 1000 + Int64(seconds) > 43_200 {
      throw .invalid(
        "\(seconds)", "VisibilityTimeout", "Total VisibilityTimeout for the message is beyond the limit [43200 seconds]"
      )
    }
    let time = queue.now + Int64(seconds) * 1000
    if queue.record.isFIFO {
      if try !queue.changeFIFO(message, until: time) { throw unavailable(text) }
    } else {
      try queue.changeStandard(message, until: time)
    }
  }

  private static func unavailable(_ handle: String) -> AWSError {
    .invalid(handle, "ReceiptHandle", "Message does not exist or is not available for visibility timeout change.")
  }
}
