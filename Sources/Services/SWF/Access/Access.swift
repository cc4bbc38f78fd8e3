import Cloud
import Wire

/// Which permissions a call needs: all of SWF's are on domains.
enum Access {
  typealias Keys = [(name: String, value: ConditionValue)]

  /// A domain's ARN; the account part is followed by a slash, unlike elsewhere.
  /// AWS: SWF developer guide, "Domain-level permissions": `arn:aws:swf:::/domain/department1` and its like.
  static func arn(ofDomain name: String, in scope: Scope) -> String {
    "arn:aws:swf:\(scope.region?.rawValue ?? ""):\(scope.account?.rawValue ?? ""):/domain/\(name)"
  }

  /// The domain's name in its ARN; nothing if `arn` isn't one of a domain in `scope`.
  static func domain(ofARN arn: String, in scope: Scope) -> String? {
    let prefix = Access.arn(ofDomain: "", in: scope)
    guard arn.hasPrefix(prefix), arn.utf8.count > prefix.utf8.count else { return nil }
    return String(arn.dropFirst(prefix.count))
  }

  /// The check for `action` (without its prefix) on a domain, which need not exist.
  static func check(
    _ action: String, domain: String, keys: Keys = [], _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> [AccessCheck] {
    let scope = try context.scope
    let record = try transaction.get(DomainRecord.self, Key(domain), in: scope)
    return [
      AccessCheck(
        "swf:\(action)", on: arn(ofDomain: domain, in: scope), owner: scope.account, keys: keys,
        tags: record?.tags ?? [:])
    ]
  }

  /// A denial of a call.
  // unverified: the model has OperationNotPermittedFault; some services' front doors answer AccessDeniedException
  // instead.
  static func deny(_ denial: Denial) -> AWSError { .operationNotPermitted(denial.message()) }

  // MARK: Condition keys. AWS: SWF developer guide, "API summary" of its IAM policies.

  static func keys(taskList: String?) -> Keys {
    taskList.map { [("swf:taskList.name", .single($0))] } ?? []
  }

  static func keys(_ type: WorkflowType) -> Keys {
    [("swf:workflowType.name", .single(type.name)), ("swf:workflowType.version", .single(type.version))]
  }

  static func keys(_ type: ActivityType) -> Keys {
    [("swf:activityType.name", .single(type.name)), ("swf:activityType.version", .single(type.version))]
  }

  /// Each tag of an execution has a key of its own, by its place.
  static func keys(tagList: [String]?) -> Keys {
    (tagList ?? []).prefix(5).enumerated().map { ("swf:tagList.member.\($0.offset)", .single($0.element)) }
  }

  static func keys(tagFilter: TagFilter?, typeFilter: WorkflowTypeFilter?) -> Keys {
    var keys: Keys = []
    if let tagFilter { keys.append(("swf:tagFilter.tag", .single(tagFilter.tag))) }
    if let typeFilter {
      keys.append(("swf:typeFilter.name", .single(typeFilter.name)))
      if let version = typeFilter.version { keys.append(("swf:typeFilter.version", .single(version))) }
    }
    return keys
  }

  /// Keys of Register…Type.
  static func keys(name: String, version: String, defaultTaskList: TaskList?) -> Keys {
    var keys: Keys = [("swf:name", .single(name)), ("swf:version", .single(version))]
    if let list = defaultTaskList { keys.append(("swf:defaultTaskList.name", .single(list.name))) }
    return keys
  }

  /// The global keys of tags in a request.
  static func keys(requestTags tags: [String: String]) -> Keys {
    if tags.isEmpty { return [] }
    var keys: Keys = tags.sorted { $0.key < $1.key }.map { ("aws:RequestTag/\($0.key)", .single($0.value)) }
    keys.append(("aws:TagKeys", .multiple(tags.keys.sorted())))
    return keys
  }
}

extension Access {
  /// Whether the caller of RespondDecisionTaskCompleted may make a decision, judged as the pseudo-action of its name.
  ///
  /// A no does not fail the call: the decision's failure event carries `OPERATION_NOT_PERMITTED`.
  /// AWS: SWF developer guide, "IAM model for Amazon SWF": decisions are judged as if they were calls of the API.
  static func decision(
    _ decision: Decision, domain: String, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> Bool {
    for var check in try check(decision.decisionType, domain: domain, keys: keys(decision), context, transaction) {
      // AWS: SWF developer guide, "Pseudo API": aws:SourceIp, aws:UserAgent and aws:SecureTransport are not available.
      check.seesConnection = false
      if try !context.isAuthorized(check, transaction) { return false }
    }
    return true
  }

  /// The condition keys of a decision.
  static func keys(_ decision: Decision) -> Keys {
    switch decision.decisionType {
    case "ScheduleActivityTask":
      guard let attributes = decision.scheduleActivityTaskDecisionAttributes else { return [] }
      return keys(attributes.activityType) + keys(taskList: attributes.taskList?.name)
    case "StartChildWorkflowExecution":
      guard let attributes = decision.startChildWorkflowExecutionDecisionAttributes else { return [] }
      return keys(attributes.workflowType) + keys(taskList: attributes.taskList?.name)
        + keys(tagList: attributes.tagList)
    case "ContinueAsNewWorkflowExecution":
      guard let attributes = decision.continueAsNewWorkflowExecutionDecisionAttributes else { return [] }
      let version: Keys =
        attributes.workflowTypeVersion.map { [("swf:workflowTypeVersion", .single($0))] } ?? []
      return version + keys(taskList: attributes.taskList?.name) + keys(tagList: attributes.tagList)
    default:
      return []
    }
  }
}
