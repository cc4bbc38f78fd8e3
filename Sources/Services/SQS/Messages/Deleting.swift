import Cloud
import Wire

/// DeleteMessage and DeleteMessageBatch.
enum Deleting {
  static func delete(
    _ input: DeleteMessageRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let location = try QueueLocation(url: input.queueUrl, context)
    var queue = try OpenQueue(try location.queue(transaction), in: location.scope, transaction)
    try delete(input.receiptHandle, from: &queue)
    try queue.save()
    return NoMembers()
  }

  static func deleteBatch(
    _ input: DeleteMessageBatchRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> DeleteMessageBatchResult {
    let location = try QueueLocation(url: input.queueUrl, context)
    let record = try location.queue(transaction)
    try MessageRules.checkBatch(input.entries.map(\.id), "DeleteMessageBatchRequestEntry")
    var queue = try OpenQueue(record, in: location.scope, transaction)
    var successful: [DeleteMessageBatchResultEntry] = []
    var failed: [BatchResultErrorEntry] = []
    for entry in input.entries {
      do throws(AWSError) {
        try delete(entry.receiptHandle, from: &queue)
        successful.append(DeleteMessageBatchResultEntry(id: entry.id))
      } catch { failed.append(try Batches.failure(entry.id, error)) }
    }
    try queue.save()
    return DeleteMessageBatchResult(successful: successful, failed: failed)
  }

  private static func delete(_ text: String, from queue: inout OpenQueue) throws(AWSError) {
    let handle = try Batches.handle(text, of: queue.record)
    if queue.record.isFIFO { try queue.deleteFIFO(handle) } else { try queue.deleteStandard(handle) }
  }
}

/// What batch operations have in common.
enum Batches {
  /// The failure of one entry.
  /// - Throws: what isn't the entry's fault, so that the whole request fails and nothing of it is kept.
  static func failure(_ id: String, _ error: AWSError) throws(AWSError) -> BatchResultErrorEntry {
    if error.fault == .receiver { throw error }
    return BatchResultErrorEntry(id: id, senderFault: true, code: error.code, message: error.message)
  }

  /// The handle that a consumer gives.
  /// - Throws: ReceiptHandleIsInvalid if it isn't one of this queue.
  static func handle(_ text: String, of record: QueueRecord) throws(AWSError) -> ReceiptHandle {
    if text.isEmpty { throw .missingParameter("ReceiptHandle") }
    guard let handle = ReceiptHandle(text), handle.queue == record.id else { throw .receiptHandleIsInvalid(text) }
    return handle
  }
}
