import Cloud
import Wire

/// CreateEventBus, UpdateEventBus, DeleteEventBus, DescribeEventBus and ListEventBuses.
enum BusOperations {
  static func create(
    _ input: CreateEventBusRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> CreateEventBusResponse {
    // Partners' sources aren't built, and only their buses have slashes and this member.
    if input.eventSourceName != nil || input.name.hasPrefix("aws.partner/") {
      throw .notImplemented("CreateEventBus with EventSourceName", of: "EventBridge")
    }
    let bus = Bus(input.name, try context.acting, context.region)
    if input.name.contains("/") { throw .invalidParameter("Name", "The name of a custom event bus can't contain '/'.") }
    // `default` exists in every account.
    if try bus.find(transaction) != nil { throw .alreadyExists("Event bus \(bus.name) already exists.") }
    if try transaction.count(BusRecord.self, in: bus.scope, limit: Quotas.buses + 1) >= Quotas.buses {
      throw .limitExceeded()
    }
    var record = BusRecord(name: bus.name, createdAt: transaction.now, modifiedAt: transaction.now)
    record.description = input.description
    record.kmsKey = input.kmsKeyIdentifier
    record.deadLetterARN = try deadLetter(input.deadLetterConfig)
    record.logging = input.logConfig.map { BusRecord.Logging(includeDetail: $0.includeDetail, level: $0.level) }
    record.tags = try Tagging.read(input.tags)
    try transaction.insert(record, in: bus.scope)
    return CreateEventBusResponse(
      eventBusArn: bus.arn, description: record.description, kmsKeyIdentifier: record.kmsKey,
      deadLetterConfig: input.deadLetterConfig, logConfig: input.logConfig)
  }

  static func update(
    _ input: UpdateEventBusRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> UpdateEventBusResponse {
    let bus = Bus(input.name ?? BusRecord.defaultName, try context.acting, context.region)
    var record = try bus.record(transaction)
    // What isn't named stays. unverified: AWS's documents leave it open.
    if let description = input.description { record.description = description }
    if let key = input.kmsKeyIdentifier { record.kmsKey = key.isEmpty ? nil : key }
    if let config = input.deadLetterConfig { record.deadLetterARN = try deadLetter(config) }
    if let config = input.logConfig {
      record.logging = BusRecord.Logging(includeDetail: config.includeDetail, level: config.level)
    }
    record.modifiedAt = transaction.now
    try transaction.put(record, in: bus.scope)
    return UpdateEventBusResponse(
      arn: bus.arn, name: bus.name, kmsKeyIdentifier: record.kmsKey, description: record.description,
      deadLetterConfig: record.deadLetterARN.map { DeadLetterConfig(arn: $0) }, logConfig: logConfig(record))
  }

  private static func deadLetter(_ config: DeadLetterConfig?) throws(AWSError) -> String? {
    guard let text = config?.arn else { return nil }
    guard let arn = ARN(text), arn.service == "sqs" else { throw .invalidParameter(text, TargetRules.badARN) }
    return text
  }

  private static func logConfig(_ record: BusRecord) -> LogConfig? {
    record.logging.map { LogConfig(includeDetail: $0.includeDetail, level: $0.level) }
  }

  /// Deletes a bus with its rules; one that isn't there is as good as deleted.
  static func delete(
    _ input: DeleteEventBusRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    if input.name == BusRecord.defaultName { throw .validation("Cannot delete event bus default.") }
    let bus = Bus(input.name, try context.acting, context.region)
    guard try transaction.delete(BusRecord.self, Key(bus.name), in: bus.scope) else { return NoMembers() }
    for rule in try RuleRecord.all(on: bus, transaction) { try Rules.remove(rule, on: bus, transaction) }
    try transaction.delete(RulesRevisionRecord.self, Key(bus.name), in: bus.scope)
    return NoMembers()
  }

  static func describe(
    _ input: DescribeEventBusRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> DescribeEventBusResponse {
    let bus = try Bus(input.name, context)
    let record = try bus.record(transaction)
    return DescribeEventBusResponse(
      name: bus.name, arn: bus.arn, description: record.description, kmsKeyIdentifier: record.kmsKey,
      deadLetterConfig: record.deadLetterARN.map { DeadLetterConfig(arn: $0) },
      policy: try BusPolicy.shown(record, transaction), logConfig: logConfig(record), creationTime: record.createdAt,
      lastModifiedTime: record.modifiedAt)
  }

  static func list(
    _ input: ListEventBusesRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListEventBusesResponse {
    let scope = Scope(try context.acting, context.region)
    let account = try context.acting
    var all = try transaction.scan(BusRecord.self, in: scope)
    if !all.contains(where: { $0.name == BusRecord.defaultName }) {
      all.append(BusRecord(name: BusRecord.defaultName))
      all.sort { $0.name < $1.name }
    }
    let prefix = input.namePrefix ?? ""
    let page = try Page(
      all.filter { $0.name.hasPrefix(prefix) }, limit: input.limit, token: input.nextToken
    ) { $0.name }
    var buses: [EventBus] = []
    for record in page.items {
      buses.append(
        EventBus(
          name: record.name, arn: Bus(record.name, account, context.region).arn, description: record.description,
          policy: try BusPolicy.shown(record, transaction), creationTime: record.createdAt,
          lastModifiedTime: record.modifiedAt))
    }
    return ListEventBusesResponse(eventBuses: buses, nextToken: page.next)
  }
}
