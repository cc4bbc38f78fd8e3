import Cloud
import Wire

/// A run's settings: what was asked for, or else the defaults of its type.
struct ExecutionSettings {
  /// A setting that was neither given nor has the type a default.
  enum Undefined: Error {
    case executionStartToCloseTimeout, taskList, taskStartToCloseTimeout, childPolicy

    /// The name of the type's default, which is the message of DefaultUndefinedFault.
    var field: String {
      switch self {
      case .executionStartToCloseTimeout: "defaultExecutionStartToCloseTimeout"
      case .taskList: "defaultTaskList"
      case .taskStartToCloseTimeout: "defaultTaskStartToCloseTimeout"
      case .childPolicy: "defaultChildPolicy"
      }
    }

    /// The cause of a decision's failure event.
    var cause: String {
      typealias Cause = StartChildWorkflowExecutionFailedCause
      switch self {
      case .executionStartToCloseTimeout: return Cause.defaultExecutionStartToCloseTimeoutUndefined
      case .taskList: return Cause.defaultTaskListUndefined
      case .taskStartToCloseTimeout: return Cause.defaultTaskStartToCloseTimeoutUndefined
      case .childPolicy: return Cause.defaultChildPolicyUndefined
      }
    }
  }

  var executionStartToCloseTimeout: String?
  var taskList: String?
  var taskPriority: String?
  var taskStartToCloseTimeout: String?
  var childPolicy: String?
  var lambdaRole: String?

  /// The settings of a run, in AWS's order of looking.
  func resolved(_ defaults: WorkflowTypeRecord.Defaults) throws(Undefined) -> ExecutionRecord.Configuration {
    func value(_ given: String?, _ fallback: String?, _ missing: Undefined) throws(Undefined) -> String {
      guard let value = Durations.given(given) ?? Durations.given(fallback) else { throw missing }
      return value
    }
    let execution = try value(
      executionStartToCloseTimeout, defaults.executionStartToCloseTimeout, .executionStartToCloseTimeout)
    let list = try value(taskList, defaults.taskList, .taskList)
    let task = try value(taskStartToCloseTimeout, defaults.taskStartToCloseTimeout, .taskStartToCloseTimeout)
    let policy = try value(childPolicy, defaults.childPolicy, .childPolicy)
    return ExecutionRecord.Configuration(
      executionStartToCloseTimeout: execution, taskStartToCloseTimeout: task, taskList: list,
      taskPriority: Durations.given(taskPriority) ?? defaults.taskPriority, childPolicy: policy,
      lambdaRole: Durations.given(lambdaRole) ?? defaults.lambdaRole)
  }
}
