import Cloud
import Wire

/// Decisions that fail because a rule says so: of causes that are hard to come by, or of none that a laptop has.
enum DecisionFaults {
  /// The cause of which a decision is to fail; nothing when no rule strikes.
  static func cause(_ decision: Decision, domain: String, _ context: Context) throws(AWSError) -> String? {
    guard FaultInjector.shared.isActive else { return nil }
    var subject = FaultRule.Subject(
      operation: decision.decisionType, account: try context.account.rawValue, region: context.region.rawValue,
      domain: domain)
    describe(decision, in: &subject)
    return FaultInjector.shared.strike(subject, kinds: [.fail]).first?.cause
  }

  /// The causes that AWS has for the failure of a decision; none if there is no such decision.
  static func causes(of decision: String) -> [String] { EventShapes.all.causes(of: decision + "Failed") }

  /// The id, type and list that a decision names.
  private static func describe(_ decision: Decision, in subject: inout FaultRule.Subject) {
    if let asked = decision.scheduleActivityTaskDecisionAttributes {
      (subject.id, subject.type, subject.taskList) = (asked.activityId, asked.activityType.name, asked.taskList?.name)
    } else if let asked = decision.startChildWorkflowExecutionDecisionAttributes {
      (subject.id, subject.type, subject.taskList) = (asked.workflowId, asked.workflowType.name, asked.taskList?.name)
    } else if let asked = decision.scheduleLambdaFunctionDecisionAttributes {
      (subject.id, subject.type) = (asked.id, asked.name)
    } else {
      subject.id =
        decision.startTimerDecisionAttributes?.timerId ?? decision.cancelTimerDecisionAttributes?.timerId
        ?? decision.recordMarkerDecisionAttributes?.markerName
        ?? decision.requestCancelActivityTaskDecisionAttributes?.activityId
        ?? decision.signalExternalWorkflowExecutionDecisionAttributes?.workflowId
        ?? decision.requestCancelExternalWorkflowExecutionDecisionAttributes?.workflowId
    }
  }
}
