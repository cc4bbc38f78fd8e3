import Cloud
import Synchronization
import Wire

/// What stands before every operation of SWF: the size of requests, AWS's limits and the faults that somebody asked
/// for.
enum GuardedOperation {
  /// The operation with its guards.
  static func guarding(_ operation: Operation) -> Operation {
    let name = operation.name
    switch name {
    case "PollForDecisionTask", "PollForActivityTask":
      return operation.running { input, context, transaction throws(AWSError) in
        let isLooking = AWSLimits.shared.isLooking || FaultInjector.shared.isActive
        if !isLooking || !WaitingCalls.shared.contains(context.requestID) {
          try admit(name, input, context, transaction)
        }
        let step = try poll(operation, input, context, transaction)
        if isLooking { WaitingCalls.shared.note(context.requestID, step) }
        return step
      }
    case "RespondDecisionTaskCompleted":
      return operation.running(
        checks: { input, context, transaction throws(AWSError) in
          if let checks = try ReplayCalls.checks(input, context, transaction) { return checks }
          return try operation.checks(input, context, transaction)
        },
        { input, context, transaction throws(AWSError) in
          try admit(name, input, context, transaction)
          if let step = try ReplayCalls.respond(input, context, transaction) { return step }
          return try operation.run(input, context, transaction)
        })
    default:
      let isCount = name.hasPrefix("Count")
      return operation.running { input, context, transaction throws(AWSError) in
        try admit(name, input, context, transaction)
        let step = try operation.run(input, context, transaction)
        guard isCount, FaultInjector.shared.isActive, case .answer(let answer) = step else { return step }
        return .answer(truncated(answer, try subject(name, input, context)))
      }
    }
  }

  private static func poll(
    _ operation: Operation, _ input: StructureValue, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> Step<Operation.Answer> {
    if operation.name == "PollForDecisionTask", let step = try ReplayCalls.poll(input, context, transaction) {
      return step
    }
    if FaultInjector.shared.isActive { return try PollFaults.run(operation, input, context, transaction) }
    return try operation.run(input, context, transaction)
  }

  private static func admit(
    _ operation: String, _ input: StructureValue, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) {
    if let length = context.request.header("content-length").flatMap({ Int($0) }), length > AWSLimits.requestSize {
      // unverified: how AWS refuses such a request.
      throw AWSError("RequestEntityTooLargeException", "Request size exceeds 1 MB", status: 413)
    }
    if AWSLimits.shared.isLooking {
      let scope = try context.scope
      try AWSLimits.shared.admit(operation, workflow: workflow(operation, input), in: scope, at: transaction.now)
      try checkQuotas(operation, input, scope, transaction)
    }
    guard FaultInjector.shared.isActive else { return }
    let subject = try subject(operation, input, context)
    if !FaultInjector.shared.strike(subject, kinds: [.throttle]).isEmpty { throw .throttled() }
  }

  private static func subject(
    _ operation: String, _ input: StructureValue, _ context: Context
  ) throws(AWSError) -> FaultRule.Subject {
    FaultRule.Subject(
      operation: operation, account: try context.account.rawValue, region: context.region.rawValue,
      domain: domain(operation, input))
  }

  /// A count as AWS answers it when it has not read all, if a rule says so.
  private static func truncated(_ answer: Operation.Answer, _ subject: FaultRule.Subject) -> Operation.Answer {
    guard let rule = FaultInjector.shared.strike(subject, kinds: [.truncate]).first else { return answer }
    var answer = answer
    // All counts have these two members, in this order.
    answer.output.set(0, integer: min(answer.output.integer(0) ?? 0, rule.most ?? 0))
    answer.output.set(1, bool: true)
    return answer
  }

  private static func checkQuotas(
    _ operation: String, _ input: StructureValue, _ scope: Scope, _ transaction: Transaction
  ) throws(AWSError) {
    guard AWSLimits.shared.hasQuotas else { return }
    switch operation {
    case "RegisterDomain": try AWSLimits.shared.checkRoomForDomain(scope, transaction)
    case "RegisterWorkflowType":
      let domain = RegisterWorkflowTypeInput(input).domain
      try AWSLimits.shared.checkRoomForType(WorkflowTypeRecord.self, in: domain, scope, transaction)
    case "RegisterActivityType":
      let domain = RegisterActivityTypeInput(input).domain
      try AWSLimits.shared.checkRoomForType(ActivityTypeRecord.self, in: domain, scope, transaction)
    default: return
    }
  }

  /// The execution that a call is about, for operations whose rate holds for each.
  private static func workflow(_ operation: String, _ input: StructureValue) -> String? {
    switch operation {
    case "GetWorkflowExecutionHistory":
      let input = GetWorkflowExecutionHistoryInput(input)
      return "\(input.domain)\n\(input.execution.workflowId)"
    case "SignalWorkflowExecution":
      let input = SignalWorkflowExecutionInput(input)
      return "\(input.domain)\n\(input.workflowId)"
    case "RequestCancelWorkflowExecution":
      let input = RequestCancelWorkflowExecutionInput(input)
      return "\(input.domain)\n\(input.workflowId)"
    case "RecordActivityTaskHeartbeat":
      // A garbled token is the handler's matter.
      return (try? TaskToken(RecordActivityTaskHeartbeatInput(input).taskToken)).map { "\($0.number)" }
    default: return nil
    }
  }

  private static func domain(_ operation: String, _ input: StructureValue) -> String? {
    guard let shape = EventShapes.all.model.operations[operation]?.input else { return nil }
    let isNamed = operation.hasSuffix("Domain")
    return shape.member(isNamed ? "name" : "domain").flatMap { input[$0.position].string }
  }
}

/// The polls that wait: they have been let in, and their handlers run again later.
///
/// State: request ids in a `Mutex`, held for one look; used only while somebody counts calls.
private final class WaitingCalls: Sendable {
  static let shared = WaitingCalls()

  private let ids = Mutex<Set<String>>([])
  /// So many are remembered; clients that went away leave theirs behind.
  private static let limit = 20_000

  func contains(_ id: String) -> Bool { ids.withLock { $0.contains(id) } }

  func note(_ id: String, _ step: Step<Operation.Answer>) {
    ids.withLock { ids in
      if case .answer = step {
        ids.remove(id)
      } else {
        if ids.count >= WaitingCalls.limit { ids.removeAll() }
        ids.insert(id)
      }
    }
  }
}
