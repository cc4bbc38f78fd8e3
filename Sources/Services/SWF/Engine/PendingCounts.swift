import Cloud
import Wire

/// CountPendingActivityTasks and CountPendingDecisionTasks: tasks that wait in a list. One that nobody knows has none.
// unverified: that tasks which somebody works on do not count.
enum PendingCounts {
  static func activities(
    _ input: CountPendingActivityTasksInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> PendingTaskCount {
    try count(QueuedActivityRecord.self, input.domain, input.taskList, context, transaction)
  }

  static func decisions(
    _ input: CountPendingDecisionTasksInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> PendingTaskCount {
    try count(QueuedDecisionRecord.self, input.domain, input.taskList, context, transaction)
  }

  private static func count<R: Record>(
    _ type: R.Type, _ domain: String, _ list: TaskList, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> PendingTaskCount {
    let scope = try context.scope
    try Names.check((list.name, "taskList.name"))
    _ = try DomainRecord.find(domain, in: scope, transaction)
    let count = try transaction.count(type, in: scope, TaskPlace.all(in: list.name, of: domain))
    return PendingTaskCount(count: count, truncated: false)
  }
}
