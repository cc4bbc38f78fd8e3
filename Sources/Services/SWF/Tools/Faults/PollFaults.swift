import Cloud
import Wire

/// A poll whose answer may be delayed or lost, or whose task may time out.
enum PollFaults {
  static func run(
    _ operation: Operation, _ input: StructureValue, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> Step<Operation.Answer> {
    let injector = FaultInjector.shared
    let released = injector.release(of: context.requestID)
    if let released, transaction.now.milliseconds < released { return .wait(wait(until: released)) }
    let step = try operation.run(input, context, transaction)
    guard case .answer(let answer) = step else { return step }
    injector.forget(context.requestID)
    guard let subject = try subject(operation.name, input, answer.output, context) else { return step }
    if released == nil, let delay = injector.strike(subject, kinds: [.delay]).first {
      let until = transaction.now.milliseconds + Int64((delay.seconds ?? 0) * 1000)
      injector.delay(context.requestID, until: until)
      // A wait takes back what the handler wrote: the task stays in its list.
      return .wait(wait(until: until))
    }
    let struck = injector.strike(subject, kinds: [.drop, .timeout])
    if struck.contains(where: { $0.kind == .timeout }) {
      try TaskTimeout.force(answer.output.string(0) ?? "", try context.scope, transaction)
    }
    if let drop = struck.first(where: { $0.kind == .drop }) { return .answer(lost(answer, drop, operation.name)) }
    return step
  }

  private static func wait(until time: Int64) -> Wait {
    let moment = Timestamp(milliseconds: time)
    return Wait(for: [], until: moment, recheck: moment)
  }

  /// The task in an answer; nothing if there is none, or if it is another page of a task that was given before.
  private static func subject(
    _ operation: String, _ input: StructureValue, _ output: StructureValue, _ context: Context
  ) throws(AWSError) -> FaultRule.Subject? {
    guard let token = output.string(0), !token.isEmpty else { return nil }
    var subject = FaultRule.Subject(
      operation: operation, account: try context.account.rawValue, region: context.region.rawValue)
    if operation == "PollForActivityTask" {
      let (poll, task) = (PollForActivityTaskInput(input), ActivityTask(output))
      (subject.domain, subject.taskList) = (poll.domain, poll.taskList.name)
      (subject.type, subject.id) = (task.activityType.name, task.activityId)
    } else {
      let poll = PollForDecisionTaskInput(input)
      if !(poll.nextPageToken ?? "").isEmpty { return nil }
      (subject.domain, subject.taskList) = (poll.domain, poll.taskList.name)
      // Member by member, for the events need not be read.
      subject.type = output.structure(3, WorkflowType.self)?.name
      subject.id = output.structure(2, WorkflowExecution.self)?.workflowId
    }
    return subject
  }

  private static func lost(_ answer: Operation.Answer, _ rule: FaultRule, _ operation: String) -> Operation.Answer {
    var lost = answer
    lost.output = operation == "PollForActivityTask" ? EmptyPolls.activity : EmptyPolls.decision
    if rule.loss != .empty {
      lost.status = 500
      lost.headers.append(("x-amzn-ErrorType", "InternalFailure"))
    }
    return lost
  }
}
