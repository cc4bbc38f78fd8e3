import Cloud
import Wire

/// SQS's errors, by the names of their shapes; the model holds their codes in the query protocol and their statuses.
extension AWSError {
  static func queueDoesNotExist() -> AWSError {
    AWSError("QueueDoesNotExist", "The specified queue does not exist.")
  }

  /// GetQueueUrl doesn't tell a stranger which of both it is.
  static func queueDoesNotExistOrIsHidden() -> AWSError {
    AWSError("QueueDoesNotExist", "The specified queue does not exist or you do not have access to it.")
  }

  static func invalidAddress(_ url: String) -> AWSError {
    AWSError("InvalidAddress", "The address \(url) is not valid for this endpoint.", status: 404)
  }

  static func invalidParameterValue(_ message: String) -> AWSError { AWSError("InvalidParameterValue", message) }

  static func invalid(_ value: String, _ parameter: String, _ reason: String) -> AWSError {
    .invalidParameterValue("Value \(value) for parameter \(parameter) is invalid. Reason: \(reason)")
  }

  static func missingParameter(_ name: String) -> AWSError {
    AWSError("MissingParameter", "The request must contain the parameter \(name).")
  }

  static func unknownAttribute(_ name: String) -> AWSError {
    AWSError("InvalidAttributeName", "Unknown Attribute \(name).")
  }

  static func invalidAttributeName(_ message: String) -> AWSError { AWSError("InvalidAttributeName", message) }

  static func invalidAttributeValue(_ message: String) -> AWSError { AWSError("InvalidAttributeValue", message) }

  static func invalidAttribute(_ name: String) -> AWSError {
    .invalidAttributeValue("Invalid value for the parameter \(name).")
  }

  static func overLimit(_ message: String) -> AWSError { AWSError("OverLimit", message, status: 403) }

  static func queueNameExists(_ attribute: String) -> AWSError {
    AWSError(
      "QueueNameExists", "A queue already exists with the same name and a different value for attribute \(attribute)")
  }

  static func queueDeletedRecently() -> AWSError {
    AWSError(
      "QueueDeletedRecently",
      "You must wait 60 seconds after deleting a queue before you can create another with the same name.")
  }

  static func purgeInProgress(_ name: String) -> AWSError {
    AWSError(
      "PurgeQueueInProgress", "Only one PurgeQueue operation on \(name) is allowed every 60 seconds.", status: 403)
  }

  static func receiptHandleIsInvalid(_ handle: String) -> AWSError {
    AWSError(
      "ReceiptHandleIsInvalid", "The input receipt handle \"\(handle)\" is not a valid receipt handle.", status: 404)
  }

  static func invalidMessageContents() -> AWSError {
    AWSError("InvalidMessageContents", MessageRules.characterMessage)
  }

  static func resourceNotFound(_ message: String) -> AWSError {
    AWSError("ResourceNotFoundException", message, status: 404)
  }

  static func emptyBatch(_ entry: String) -> AWSError {
    AWSError("EmptyBatchRequest", "There should be at least one \(entry) in the request.")
  }

  static func tooManyEntries(_ count: Int) -> AWSError {
    AWSError(
      "TooManyEntriesInBatchRequest", "Maximum number of entries per request are 10. You have sent \(count).")
  }

  static func invalidBatchEntryID() -> AWSError {
    AWSError(
      "InvalidBatchEntryId",
      "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long."
    )
  }

  static func repeatedEntryID(_ id: String) -> AWSError { AWSError("BatchEntryIdsNotDistinct", "Id \(id) repeated.") }

  static func batchTooLong(_ size: Int) -> AWSError {
    AWSError(
      "BatchRequestTooLong",
      "Batch requests cannot be longer than \(QueueSettings.sizeLimit) bytes. You have sent \(size) bytes.")
  }
}
