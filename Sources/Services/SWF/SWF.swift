import Cloud
import Wire

/// Amazon SWF: workflows whose state and tasks are kept, and whose decisions are the caller's.
public enum SWFService {
  /// The service's name among timers and in the docs.
  static let name = "swf"

  /// Every operation with the permissions it needs.
  /// - Parameters:
  ///   - awsLimits: whether AWS's rates and all its quotas hold.
  ///   - emptyPollToken: what polls without a task say of a token.
  public static func definition(awsLimits: Bool = false, emptyPollToken: EmptyPollToken = .omit) -> ServiceDefinition {
    AWSLimits.shared.configure(isOn: awsLimits)
    EmptyPolls.configure(emptyPollToken)
    return ServiceDefinition(
      model: .swf, actionPrefix: "swf",
      operations: (registrationOperations + visibilityOperations + engineOperations).map {
        GuardedOperation.guarding($0)
      },
      timers: { request, transaction throws(AWSError) in try runTimer(request, transaction) },
      deny: { Access.deny($0) })
  }

  private static func runTimer(_ request: TimerRequest, _ transaction: Transaction) throws(AWSError) {
    let parts = request.name.parts
    guard parts.count == 2, case .string(let kind) = parts[0] else { return }
    switch (kind, parts[1]) {
    case (RunTimer.kind, .integer(let number)): try RunTimer.run(number, request, transaction)
    case (RetentionTimer.name, .string(let domain)): try RetentionTimer.run(domain, request, transaction)
    default: return
    }
  }
}
