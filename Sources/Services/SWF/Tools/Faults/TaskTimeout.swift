import Cloud
import Wire

/// Lets a task time out at once that has just been given out.
enum TaskTimeout {
  static func force(
    _ operation: String, _ output: StructureValue, _ subject: FaultRule.Subject, _ scope: Scope,
    _ transaction: Transaction
  ) throws(AWSError) {
  }
}
