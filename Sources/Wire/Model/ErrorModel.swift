/// An error shape and how it looks on the wire.
public struct ErrorModel: Sendable {
  /// The shape's name, which `AWSError.code` uses.
  public let name: String
  /// The code on the wire in query and XML, where it differs (`AWS.SimpleQueueService.NonExistentQueue`).
  public let code: String
  /// The HTTP status.
  public let status: Int?
  public let fault: AWSError.Fault
  public let shape: Shape
}
