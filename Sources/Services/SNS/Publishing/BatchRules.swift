import Cloud
import Wire

/// What holds for a batch as a whole.
enum BatchRules {
  private static let limit = 10

  /// Checks the number of entries and their ids.
  static func check(_ ids: [String]) throws(AWSError) {
    if ids.isEmpty {
      throw AWSError("EmptyBatchRequestException", "The batch request doesn't contain any entries.")
    }
    if ids.count > limit {
      throw AWSError(
        "TooManyEntriesInBatchRequestException", "The batch request contains more entries than permissible.")
    }
    if Set(ids).count < ids.count {
      throw AWSError(
        "BatchEntryIdsNotDistinctException", "Two or more batch entries in the request have the same Id.")
    }
    for id in ids {
      if id.utf8.count > 80 {
        throw AWSError(
          "InvalidBatchEntryIdException", "The Id of a batch entry in the batch request is too long: \(id)")
      }
      let isWritten = id.utf8.allSatisfy { byte in
        (97...122).contains(byte) || (65...90).contains(byte) || (48...57).contains(byte) || byte == 45 || byte == 95
      }
      if !isWritten || id.isEmpty {
        throw AWSError(
          "InvalidBatchEntryIdException",
          "The Id of a batch entry in the batch request contains an impermissible character: \(id)")
      }
    }
  }

  /// An entry that failed, told to the publisher; what is this side's mistake fails the whole batch.
  static func failure(_ id: String, _ error: AWSError) throws(AWSError) -> BatchResultErrorEntry {
    if error.fault == .receiver { throw error }
    let code = error.code.hasSuffix("Exception") ? String(error.code.dropLast(9)) : error.code
    return BatchResultErrorEntry(id: id, code: code, message: error.message, senderFault: true)
  }
}
