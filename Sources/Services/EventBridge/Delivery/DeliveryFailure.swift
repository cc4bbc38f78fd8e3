import Cloud
import Wire

/// Why a target didn't take an event, as EventBridge tells it to dead-letter queues, and whether it tries again.
///
/// AWS: EventBridge user guide, "Using dead-letter queues to process undelivered events": missing permissions and resources are
/// not tried again.
struct DeliveryFailure: Error, Sendable, Equatable {
  /// What ended the tries, for `EXHAUSTED_RETRY_CONDITION`.
  enum Exhaustion: String, Sendable {
    case attempts = "MaximumRetryAttempts"
    case age = "MaximumEventAgeInSeconds"
  }

  var code: String
  var message: String
  var isRetried: Bool

  init(code: String, message: String, isRetried: Bool) {
    self.code = code
    self.message = message
    self.isRetried = isRetried
  }

  /// What a service's error means.
  init(_ error: AWSError) {
    self.init(error: error.code, error.message, isOfReceiver: error.fault == .receiver || (error.status ?? 400) >= 500)
  }

  /// - Parameter isOfReceiver: whether the called service says that it is its own fault.
  init(error code: String, _ message: String, isOfReceiver: Bool) {
    self.message = message
    if code == "NotImplemented" || code == "UnknownOperationException" {
      // The service isn't built, and won't be while this program runs.
      (self.code, isRetried) = ("SDK_CLIENT_ERROR", false)
    } else if isOfReceiver {
      (self.code, isRetried) = ("INTERNAL_ERROR", true)
    } else if code.contains("AccessDenied") || code == "AuthorizationError" || code == "AuthorizationErrorException" {
      (self.code, isRetried) = ("NO_PERMISSIONS", false)
    } else if code.contains("NotFound") || code.contains("DoesNotExist") || code.contains("NonExistentQueue") {
      (self.code, isRetried) = ("NO_RESOURCE", false)
    } else if code.contains("Throttl") || code == "OverLimit" {
      (self.code, isRetried) = ("THROTTLING", true)
    } else if code.contains("Invalid") || code.contains("Validation") || code.contains("MissingParameter") {
      (self.code, isRetried) = ("INVALID_PARAMETER", false)
    } else {
      (self.code, isRetried) = ("ERROR_FROM_TARGET", false)
    }
  }
}
