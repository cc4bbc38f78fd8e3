/// An error as AWS's APIs answer it; the one error type of handlers and codecs.
public struct AWSError: Error, Sendable, CustomStringConvertible {
  /// Whose mistake it is.
  public enum Fault: String, Sendable {
    case sender = "Sender"
    case receiver = "Receiver"
  }

  /// The error shape's name (`QueueDoesNotExist`); the model supplies the code on the wire.
  public var code: String
  public var message: String
  /// The HTTP status; nothing for the model's, or 400.
  public var status: Int?
  public var fault: Fault
  /// Further members of the error, by their name in the model or, without a model, on the wire.
  public var fields: [(name: String, value: Value)]
  /// Headers of the answer.
  public var headers: [(name: String, value: String)]

  public init(
    _ code: String, _ message: String, status: Int? = nil, fault: Fault = .sender, fields: [(String, Value)] = [],
    headers: [(String, String)] = []
  ) {
    self.code = code
    self.message = message
    self.status = status
    self.fault = fault
    self.fields = fields.map { (name: $0.0, value: $0.1) }
    self.headers = headers.map { (name: $0.0, value: $0.1) }
  }

  public var description: String { message.isEmpty ? code : "\(code): \(message)" }
}
