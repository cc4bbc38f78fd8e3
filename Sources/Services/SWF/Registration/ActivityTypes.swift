import Cloud
import Wire

/// RegisterActivityType and all that can be done with an activity type.
enum ActivityTypes {
  static func register(
    _ input: RegisterActivityTypeInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let scope = try context.scope
    var names = Names()
    names.name(input.name, at: "name")
    names.name(input.version, at: "version")
    names.name(input.defaultTaskList?.name, at: "defaultTaskList.name")
    names.duration(input.defaultTaskStartToCloseTimeout, at: "defaultTaskStartToCloseTimeout")
    names.duration(input.defaultTaskHeartbeatTimeout, at: "defaultTaskHeartbeatTimeout")
    names.duration(input.defaultTaskScheduleToStartTimeout, at: "defaultTaskScheduleToStartTimeout")
    names.duration(input.defaultTaskScheduleToCloseTimeout, at: "defaultTaskScheduleToCloseTimeout")
    names.priority(input.defaultTaskPriority, at: "defaultTaskPriority")
    try names.check()
    _ = try DomainRecord.findUsable(input.domain, in: scope, transaction)
    let record = ActivityTypeRecord(
      domain: input.domain, name: input.name, version: input.version, description: input.description,
      defaults: ActivityTypeRecord.Defaults(
        taskStartToCloseTimeout: input.defaultTaskStartToCloseTimeout?.ifWritten,
        taskHeartbeatTimeout: input.defaultTaskHeartbeatTimeout?.ifWritten, taskList: input.defaultTaskList?.name,
        taskPriority: input.defaultTaskPriority,
        taskScheduleToStartTimeout: input.defaultTaskScheduleToStartTimeout?.ifWritten,
        taskScheduleToCloseTimeout: input.defaultTaskScheduleToCloseTimeout?.ifWritten),
      createdAt: transaction.now.milliseconds)
    if try transaction.contains(ActivityTypeRecord.self, record.key, in: scope) {
      throw .typeAlreadyExists(record.sentence)
    }
    try transaction.insert(record, in: scope)
    return NoMembers()
  }

  static func describe(
    _ input: DescribeActivityTypeInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ActivityTypeDetail {
    let record = try find(input.activityType, in: input.domain, context, transaction)
    let defaults = record.defaults
    return ActivityTypeDetail(
      typeInfo: info(record),
      configuration: ActivityTypeConfiguration(
        defaultTaskStartToCloseTimeout: defaults.taskStartToCloseTimeout,
        defaultTaskHeartbeatTimeout: defaults.taskHeartbeatTimeout,
        defaultTaskList: defaults.taskList.map { TaskList(name: $0) }, defaultTaskPriority: defaults.taskPriority,
        defaultTaskScheduleToStartTimeout: defaults.taskScheduleToStartTimeout,
        defaultTaskScheduleToCloseTimeout: defaults.taskScheduleToCloseTimeout))
  }

  static func list(
    _ input: ListActivityTypesInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ActivityTypeInfos {
    let scope = try context.scope
    _ = try DomainRecord.find(input.domain, in: scope, transaction)
    let page = try ActivityTypeRecord.page(
      of: "ListActivityTypes", in: input.domain, status: input.registrationStatus, name: input.name,
      token: input.nextPageToken, size: input.maximumPageSize, reversed: input.reverseOrder ?? false, scope, transaction
    )
    return ActivityTypeInfos(typeInfos: page.types.map(info), nextPageToken: page.token)
  }

  static func deprecate(
    _ input: DeprecateActivityTypeInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    try find(input.activityType, in: input.domain, context, transaction).deprecate(in: context.scope, transaction)
    return NoMembers()
  }

  static func undeprecate(
    _ input: UndeprecateActivityTypeInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    try find(input.activityType, in: input.domain, context, transaction).undeprecate(in: context.scope, transaction)
    return NoMembers()
  }

  static func delete(
    _ input: DeleteActivityTypeInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    try find(input.activityType, in: input.domain, context, transaction).delete(in: context.scope, transaction)
    return NoMembers()
  }

  private static func find(
    _ type: ActivityType, in domain: String, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ActivityTypeRecord {
    let scope = try context.scope
    _ = try DomainRecord.find(domain, in: scope, transaction)
    return try ActivityTypeRecord.find(type, in: domain, scope, transaction)
  }

  private static func info(_ record: ActivityTypeRecord) -> ActivityTypeInfo {
    ActivityTypeInfo(
      activityType: record.type, status: record.status.rawValue, description: record.description,
      creationDate: Timestamp(milliseconds: record.createdAt),
      deprecationDate: record.deprecatedAt.map { Timestamp(milliseconds: $0) })
  }
}
