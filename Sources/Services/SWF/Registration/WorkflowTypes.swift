import Cloud
import Wire

/// RegisterWorkflowType and all that can be done with a workflow type.
enum WorkflowTypes {
  static func register(
    _ input: RegisterWorkflowTypeInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let scope = try context.scope
    var names = Names()
    names.name(input.name, at: "name")
    names.name(input.version, at: "version")
    names.name(input.defaultTaskList?.name, at: "defaultTaskList.name")
    names.duration(input.defaultTaskStartToCloseTimeout, at: "defaultTaskStartToCloseTimeout")
    // AWS: "you cannot specify a value of NONE …; there is a one-year max limit". A longer default can be registered, and its
    // executions time out after a year.
    names.duration(
      input.defaultExecutionStartToCloseTimeout, at: "defaultExecutionStartToCloseTimeout", allowsNone: false)
    names.priority(input.defaultTaskPriority, at: "defaultTaskPriority")
    try names.check()
    _ = try DomainRecord.findUsable(input.domain, in: scope, transaction)
    let record = WorkflowTypeRecord(
      domain: input.domain, name: input.name, version: input.version, description: input.description,
      defaults: WorkflowTypeRecord.Defaults(
        taskStartToCloseTimeout: input.defaultTaskStartToCloseTimeout?.ifWritten,
        executionStartToCloseTimeout: input.defaultExecutionStartToCloseTimeout?.ifWritten,
        taskList: input.defaultTaskList?.name, taskPriority: input.defaultTaskPriority,
        childPolicy: input.defaultChildPolicy, lambdaRole: input.defaultLambdaRole),
      createdAt: transaction.now.milliseconds)
    if try transaction.contains(WorkflowTypeRecord.self, record.key, in: scope) {
      throw .typeAlreadyExists(record.sentence)
    }
    try transaction.insert(record, in: scope)
    return NoMembers()
  }

  static func describe(
    _ input: DescribeWorkflowTypeInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> WorkflowTypeDetail {
    let record = try find(input.workflowType, in: input.domain, context, transaction)
    let defaults = record.defaults
    return WorkflowTypeDetail(
      typeInfo: info(record),
      configuration: WorkflowTypeConfiguration(
        defaultTaskStartToCloseTimeout: defaults.taskStartToCloseTimeout,
        defaultExecutionStartToCloseTimeout: defaults.executionStartToCloseTimeout,
        defaultTaskList: defaults.taskList.map { TaskList(name: $0) }, defaultTaskPriority: defaults.taskPriority,
        defaultChildPolicy: defaults.childPolicy, defaultLambdaRole: defaults.lambdaRole))
  }

  static func list(
    _ input: ListWorkflowTypesInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> WorkflowTypeInfos {
    let scope = try context.scope
    _ = try DomainRecord.find(input.domain, in: scope, transaction)
    let page = try WorkflowTypeRecord.page(
      of: "ListWorkflowTypes", in: input.domain, status: input.registrationStatus, name: input.name,
      token: input.nextPageToken, size: input.maximumPageSize, reversed: input.reverseOrder ?? false, scope, transaction
    )
    return WorkflowTypeInfos(typeInfos: page.types.map(info), nextPageToken: page.token)
  }

  static func deprecate(
    _ input: DeprecateWorkflowTypeInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    try find(input.workflowType, in: input.domain, context, transaction).deprecate(in: context.scope, transaction)
    return NoMembers()
  }

  static func undeprecate(
    _ input: UndeprecateWorkflowTypeInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    try find(input.workflowType, in: input.domain, context, transaction).undeprecate(in: context.scope, transaction)
    return NoMembers()
  }

  static func delete(
    _ input: DeleteWorkflowTypeInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    try find(input.workflowType, in: input.domain, context, transaction).delete(in: context.scope, transaction)
    return NoMembers()
  }

  private static func find(
    _ type: WorkflowType, in domain: String, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> WorkflowTypeRecord {
    let scope = try context.scope
    _ = try DomainRecord.find(domain, in: scope, transaction)
    return try WorkflowTypeRecord.find(type, in: domain, scope, transaction)
  }

  private static func info(_ record: WorkflowTypeRecord) -> WorkflowTypeInfo {
    WorkflowTypeInfo(
      workflowType: record.type, status: record.status.rawValue, description: record.description,
      creationDate: Timestamp(milliseconds: record.createdAt),
      deprecationDate: record.deprecatedAt.map { Timestamp(milliseconds: $0) })
  }
}

extension String {
  /// Nothing for the empty text, by which clients leave a duration out.
  var ifWritten: String? { isEmpty ? nil : self }
}
