import Wire

extension AWSError {
  /// Something went wrong on this side; nothing was changed.
  public static func internalFailure(
    _ message: String = "The request processing has failed because of an unknown error, exception or failure."
  ) -> AWSError {
    AWSError("InternalFailure", message, status: 500, fault: .receiver)
  }

  /// The program is stopping.
  public static func serviceUnavailable() -> AWSError {
    AWSError("ServiceUnavailable", "The service is stopping.", status: 503, fault: .receiver)
  }

  /// The client went away while it waited; nobody reads this.
  public static func requestCancelled() -> AWSError {
    AWSError("RequestCancelled", "The client closed the connection.", status: 499)
  }

  /// An operation of AWS that is not built here.
  public static func notImplemented(_ operation: String, of service: String) -> AWSError {
    AWSError(
      "NotImplemented",
      "\(service) \(operation) is not built in Hakoniwa; docs/\(ServiceModel.page(of: service)).md lists what is.",
      status: 501, fault: .receiver)
  }
}
