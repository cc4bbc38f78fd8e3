import Cloud
import Wire

/// CreateArchive, UpdateArchive, DeleteArchive, DescribeArchive and ListArchives.
enum ArchiveOperations {
  static func check(
    _ action: String, _ name: String, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> [AccessCheck] {
    let account = try context.acting
    return [
      AccessCheck("events:\(action)", on: ArchiveRecord.arn(name, Scope(account, context.region)), owner: account)
    ]
  }

  static func create(
    _ input: CreateArchiveRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> CreateArchiveResponse {
    let scope = Scope(try context.acting, context.region)
    if try transaction.contains(ArchiveRecord.self, Key(input.archiveName), in: scope) {
      throw .alreadyExists("Archive \(input.archiveName) already exists.")
    }
    guard let bus = Bus(arn: input.eventSourceArn) else {
      throw .invalidParameter("EventSourceArn", "Must contain an event bus ARN.")
    }
    guard bus.scope == scope else {
      // unverified: words
      throw .invalidParameter("EventSourceArn", "The event bus must belong to this account and Region.")
    }
    _ = try bus.record(transaction)
    try check(input.eventPattern)
    if try transaction.count(ArchiveRecord.self, in: scope, limit: Quotas.archives + 1) >= Quotas.archives {
      throw .limitExceeded()
    }
    let archive = ArchiveRecord(
      name: input.archiveName, id: transaction.random.uuid(), bus: bus.name, description: input.description,
      pattern: input.eventPattern, retentionDays: input.retentionDays ?? 0, kmsKey: input.kmsKeyIdentifier,
      createdAt: transaction.now)
    try transaction.insert(archive, in: scope)
    try feed(archive, from: bus, transaction)
    return CreateArchiveResponse(
      archiveArn: ArchiveRecord.arn(archive.name, scope), state: "ENABLED", creationTime: archive.createdAt)
  }

  private static func check(_ pattern: String?) throws(AWSError) {
    guard let pattern else { return }
    do { _ = try EventPattern(pattern) } catch { throw .invalidPattern(error) }
  }

  /// Makes or changes the rule by which events come into the archive: all that match, except those that are replayed.
  private static func feed(_ archive: ArchiveRecord, from bus: Bus, _ transaction: Transaction) throws(AWSError) {
    let unplayed = JSONValue.Member("replay-name", .array([.object([.init("exists", .bool(false))])]))
    let given = archive.pattern.flatMap { JSONValue(json: Array($0.utf8))?.object } ?? []
    let pattern = JSONValue.object(given.filter { $0.name != "replay-name" } + [unplayed]).text
    let name = ArchiveRecord.ruleName(archive.name)
    let arn = ArchiveRecord.arn(archive.name, bus.scope)
    let template =
      "{\"archive-arn\": \"\(arn):\(archive.id)\", \"event\": <aws.events.event.json>, \"ingestion-time\": "
      + "<aws.events.event.ingestion-time>}"
    let target = Target(
      id: name, arn: "arn:aws:events:\(bus.region):::",
      inputTransformer: InputTransformer(inputPathsMap: [:], inputTemplate: template))
    let old = try RuleRecord.get(name, on: bus, transaction)
    var rule =
      old
      ?? RuleRecord(
        bus: bus.name, name: name, id: archive.id, state: .enabled, managedBy: ArchiveRecord.manager,
        createdBy: bus.account.rawValue)
    rule.pattern = pattern
    rule.targets = [try TargetRecord(target)]
    try Rules.store(rule, old: old, on: bus, transaction)
  }

  static func update(
    _ input: UpdateArchiveRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> UpdateArchiveResponse {
    let scope = Scope(try context.acting, context.region)
    var archive = try ArchiveRecord.find(input.archiveName, in: scope, transaction)
    try check(input.eventPattern)
    // What isn't named stays. unverified: AWS's documents leave it open.
    if let description = input.description { archive.description = description }
    if let pattern = input.eventPattern { archive.pattern = pattern }
    if let key = input.kmsKeyIdentifier { archive.kmsKey = key.isEmpty ? nil : key }
    if let days = input.retentionDays, days != archive.retentionDays {
      archive.retentionDays = days
      if days > 0 { try Archiving.expire(archive, at: transaction.now, scope, transaction) }
    }
    try transaction.put(archive, in: scope)
    try feed(archive, from: Bus(archive.bus, try context.acting, context.region), transaction)
    return UpdateArchiveResponse(
      archiveArn: ArchiveRecord.arn(archive.name, scope), state: "ENABLED", creationTime: archive.createdAt)
  }

  static func delete(
    _ input: DeleteArchiveRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> DeleteArchiveResponse {
    let scope = Scope(try context.acting, context.region)
    let archive = try ArchiveRecord.find(input.archiveName, in: scope, transaction)
    try transaction.delete(archive, in: scope)
    let bus = Bus(archive.bus, try context.acting, context.region)
    if let rule = try RuleRecord.get(ArchiveRecord.ruleName(archive.name), on: bus, transaction) {
      try Rules.remove(rule, on: bus, transaction)
    }
    try Archiving.expire(archive, at: transaction.now, scope, transaction)
    return DeleteArchiveResponse()
  }

  static func describe(
    _ input: DescribeArchiveRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> DescribeArchiveResponse {
    let scope = Scope(try context.acting, context.region)
    let archive = try ArchiveRecord.find(input.archiveName, in: scope, transaction)
    let count = try Archiving.counted(archive, scope, transaction)
    return DescribeArchiveResponse(
      archiveArn: ArchiveRecord.arn(archive.name, scope), archiveName: archive.name,
      eventSourceArn: Bus(archive.bus, try context.acting, context.region).arn, description: archive.description,
      eventPattern: archive.pattern, state: "ENABLED", kmsKeyIdentifier: archive.kmsKey,
      retentionDays: archive.retentionDays, sizeBytes: Int(count.bytes), eventCount: Int(count.events),
      creationTime: archive.createdAt)
  }

  static func list(
    _ input: ListArchivesRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListArchivesResponse {
    let given = [input.namePrefix, input.eventSourceArn, input.state].compactMap { $0 }
    if given.count > 1 {
      throw .validation(
        "At most one filter is allowed for ListArchives. Use either : State, EventSourceArn, or NamePrefix.")
    }
    let account = try context.acting
    let scope = Scope(account, context.region)
    let all = try transaction.scan(ArchiveRecord.self, in: scope).filter { archive in
      if let prefix = input.namePrefix { return archive.name.hasPrefix(prefix) }
      if let arn = input.eventSourceArn { return Bus(archive.bus, account, context.region).arn == arn }
      return input.state == nil || input.state == "ENABLED"
    }
    let page = try Page(all, limit: input.limit, token: input.nextToken) { $0.name }
    var archives: [Archive] = []
    for archive in page.items {
      let count = try Archiving.counted(archive, scope, transaction)
      archives.append(
        Archive(
          archiveName: archive.name, eventSourceArn: Bus(archive.bus, account, context.region).arn, state: "ENABLED",
          retentionDays: archive.retentionDays, sizeBytes: Int(count.bytes), eventCount: Int(count.events),
          creationTime: archive.createdAt))
    }
    return ListArchivesResponse(archives: archives, nextToken: page.next)
  }
}
