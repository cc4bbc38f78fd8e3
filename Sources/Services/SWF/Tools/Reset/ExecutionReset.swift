import Cloud
import Wire

/// Starts a run of a workflow again from the middle of an old one.
enum ExecutionReset {
  static func run(
    _ old: ExecutionRecord, after event: Int64, _ scope: Scope, _ transaction: Transaction
  ) throws(AWSError) -> WorkflowExecution {
    throw .notImplemented("reset", of: "swf")
  }
}
