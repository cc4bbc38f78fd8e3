import Wire

/// What a list of decisions must be before any of them is applied.
enum DecisionRules {
  /// The decisions that end a run.
  static let closing: Set<String> = [
    DecisionType.completeWorkflowExecution, DecisionType.failWorkflowExecution, DecisionType.cancelWorkflowExecution,
    DecisionType.continueAsNewWorkflowExecution,
  ]

  /// Checks a list. Attributes that do not belong to a decision's type are checked too, as AWS does.
  /// - Throws: ValidationException; then nothing of the list is applied, and the task's token stays good.
  static func check(_ decisions: [Decision]) throws(AWSError) {
    var names = Names()
    for (index, decision) in decisions.enumerated() {
      let path = "decisions.\(index + 1).member."
      if let missing = missingAttributes(decision) {
        throw .validation(
          "1 validation error detected: Value null at '\(path)\(missing)' failed to satisfy constraint: "
            + "Member must not be null")
      }
      check(decision, path, &names)
    }
    try names.check()
    for decision in decisions.dropLast() where closing.contains(decision.decisionType) {
      throw .validation("Close must be last decision in list")
    }
  }

  /// The member that a decision lacks; those that end a run may go without theirs, for nothing in them is required.
  private static func missingAttributes(_ decision: Decision) -> String? {
    let isThere: Bool
    switch decision.decisionType {
    case DecisionType.scheduleActivityTask: isThere = decision.scheduleActivityTaskDecisionAttributes != nil
    case DecisionType.requestCancelActivityTask: isThere = decision.requestCancelActivityTaskDecisionAttributes != nil
    case DecisionType.recordMarker: isThere = decision.recordMarkerDecisionAttributes != nil
    case DecisionType.startTimer: isThere = decision.startTimerDecisionAttributes != nil
    case DecisionType.cancelTimer: isThere = decision.cancelTimerDecisionAttributes != nil
    case DecisionType.signalExternalWorkflowExecution:
      isThere = decision.signalExternalWorkflowExecutionDecisionAttributes != nil
    case DecisionType.requestCancelExternalWorkflowExecution:
      isThere = decision.requestCancelExternalWorkflowExecutionDecisionAttributes != nil
    case DecisionType.startChildWorkflowExecution:
      isThere = decision.startChildWorkflowExecutionDecisionAttributes != nil
    case DecisionType.scheduleLambdaFunction: isThere = decision.scheduleLambdaFunctionDecisionAttributes != nil
    default: isThere = true
    }
    if isThere { return nil }
    return decision.decisionType.prefix(1).lowercased() + decision.decisionType.dropFirst() + "DecisionAttributes"
  }

  private static func check(_ decision: Decision, _ path: String, _ names: inout Names) {
    if let asked = decision.scheduleActivityTaskDecisionAttributes {
      let path = path + "scheduleActivityTaskDecisionAttributes."
      names.name(asked.activityType.name, at: path + "activityType.name")
      names.name(asked.activityType.version, at: path + "activityType.version")
      names.name(asked.activityId, at: path + "activityId")
      names.name(asked.taskList?.name, at: path + "taskList.name")
      names.priority(asked.taskPriority, at: path + "taskPriority")
      names.duration(asked.scheduleToCloseTimeout, at: path + "scheduleToCloseTimeout")
      names.duration(asked.scheduleToStartTimeout, at: path + "scheduleToStartTimeout")
      names.duration(asked.startToCloseTimeout, at: path + "startToCloseTimeout")
      names.duration(asked.heartbeatTimeout, at: path + "heartbeatTimeout")
    }
    if let asked = decision.requestCancelActivityTaskDecisionAttributes {
      names.name(asked.activityId, at: path + "requestCancelActivityTaskDecisionAttributes.activityId")
    }
    if let asked = decision.recordMarkerDecisionAttributes {
      names.name(asked.markerName, at: path + "recordMarkerDecisionAttributes.markerName")
    }
    if let asked = decision.startTimerDecisionAttributes {
      let path = path + "startTimerDecisionAttributes."
      names.name(asked.timerId, at: path + "timerId")
      names.duration(asked.startToFireTimeout, at: path + "startToFireTimeout", allowsNone: false)
    }
    if let asked = decision.cancelTimerDecisionAttributes {
      names.name(asked.timerId, at: path + "cancelTimerDecisionAttributes.timerId")
    }
    if let asked = decision.signalExternalWorkflowExecutionDecisionAttributes {
      let path = path + "signalExternalWorkflowExecutionDecisionAttributes."
      names.name(asked.workflowId, at: path + "workflowId")
      names.name(asked.signalName, at: path + "signalName")
    }
    if let asked = decision.requestCancelExternalWorkflowExecutionDecisionAttributes {
      names.name(asked.workflowId, at: path + "requestCancelExternalWorkflowExecutionDecisionAttributes.workflowId")
    }
    if let asked = decision.startChildWorkflowExecutionDecisionAttributes {
      let path = path + "startChildWorkflowExecutionDecisionAttributes."
      names.name(asked.workflowType.name, at: path + "workflowType.name")
      names.name(asked.workflowType.version, at: path + "workflowType.version")
      names.name(asked.workflowId, at: path + "workflowId")
      settings(
        asked.taskList, asked.taskPriority, asked.executionStartToCloseTimeout, asked.taskStartToCloseTimeout, path,
        &names)
    }
    if let asked = decision.continueAsNewWorkflowExecutionDecisionAttributes {
      let path = path + "continueAsNewWorkflowExecutionDecisionAttributes."
      names.name(asked.workflowTypeVersion, at: path + "workflowTypeVersion")
      settings(
        asked.taskList, asked.taskPriority, asked.executionStartToCloseTimeout, asked.taskStartToCloseTimeout, path,
        &names)
    }
    if let asked = decision.scheduleLambdaFunctionDecisionAttributes {
      names.duration(
        asked.startToCloseTimeout, at: path + "scheduleLambdaFunctionDecisionAttributes.startToCloseTimeout",
        in: 1...Durations.longestLambda)
    }
  }

  /// The settings of a run.
  static func settings(
    _ taskList: TaskList?, _ priority: String?, _ executionTimeout: String?, _ taskTimeout: String?, _ path: String,
    _ names: inout Names
  ) {
    names.name(taskList?.name, at: path + "taskList.name")
    names.priority(priority, at: path + "taskPriority")
    // AWS: "an integer greater than or equal to 0 …; there is a one-year max limit".
    names.duration(executionTimeout, at: path + "executionStartToCloseTimeout", in: 0...Durations.longestExecution)
    names.duration(taskTimeout, at: path + "taskStartToCloseTimeout")
  }
}
