import Cloud
import Wire

/// Amazon SWF: workflows whose state and tasks are kept, and whose decisions are the caller's.
public enum SWFService {
  /// The service's name among timers and in the docs.
  static let name = "swf"

  /// Every operation with the permissions it needs.
  public static func definition() -> ServiceDefinition {
    ServiceDefinition(
      model: .swf, actionPrefix: "swf", operations: registrationOperations + visibilityOperations,
      timers: { request, transaction throws(AWSError) in try runTimer(request, transaction) },
      deny: { Access.deny($0) })
  }

  private static func runTimer(_ request: TimerRequest, _ transaction: Transaction) throws(AWSError) {
    let parts = request.name.parts
    if parts.count == 2, parts[0] == .string(RetentionTimer.name), case .string(let domain) = parts[1] {
      try RetentionTimer.run(domain, request, transaction)
    }
  }
}
