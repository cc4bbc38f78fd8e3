import Cloud
import Wire

/// Amazon SWF: workflows whose state and tasks are kept, and whose decisions are the caller's.
public enum SWFService {
  /// Every operation with the permissions it needs.
  public static func definition() -> ServiceDefinition {
    ServiceDefinition(
      model: .swf, actionPrefix: "swf", operations: [],
      deny: { AWSError("OperationNotPermittedFault", $0.message(), status: 400) })
  }
}
