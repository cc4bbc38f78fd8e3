import Cloud
import Wire

/// SignalWorkflowExecution, RequestCancelWorkflowExecution and TerminateWorkflowExecution.
enum Steering {
  static func signal(
    _ input: SignalWorkflowExecutionInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    try Names.check((input.workflowId, "workflowId"), (input.signalName, "signalName"))
    return try steer(input.workflowId, input.runId, input.domain, context, transaction) { run throws(AWSError) in
      try run.signal(input.signalName, input: input.input)
    }
  }

  static func requestCancel(
    _ input: RequestCancelWorkflowExecutionInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    try Names.check((input.workflowId, "workflowId"))
    return try steer(input.workflowId, input.runId, input.domain, context, transaction) { run throws(AWSError) in
      try run.requestCancel()
    }
  }

  static func terminate(
    _ input: TerminateWorkflowExecutionInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    try Names.check((input.workflowId, "workflowId"))
    return try steer(input.workflowId, input.runId, input.domain, context, transaction) { run throws(AWSError) in
      try run.terminate(
        reason: input.reason, details: input.details, childPolicy: Durations.given(input.childPolicy),
        cause: WorkflowExecutionTerminatedCause.operatorInitiated)
    }
  }

  private static func steer(
    _ workflowID: String, _ runID: String?, _ domain: String, _ context: Context, _ transaction: Transaction,
    _ body: (OpenExecution) throws(AWSError) -> Void
  ) throws(AWSError) -> NoMembers {
    let scope = try context.scope
    _ = try DomainRecord.find(domain, in: scope, transaction)
    let record = try Executions.findOpen(workflowID, run: runID, in: domain, scope, transaction)
    let engine = Engine(in: scope, transaction)
    guard let run = try engine.run(record) else { throw .internalFailure() }
    try body(run)
    try engine.finish()
    return NoMembers()
  }
}
