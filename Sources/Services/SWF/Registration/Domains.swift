import Cloud
import Wire

/// RegisterDomain, DescribeDomain, ListDomains, DeprecateDomain and UndeprecateDomain.
enum Domains {
  static func register(
    _ input: RegisterDomainInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let scope = try context.scope
    try Names.check((input.name, "name"))
    let retention = try Retention(input.workflowExecutionRetentionPeriodInDays)
    let tags = try Tags.dictionary(input.tags ?? [])
    try Tags.check(tags)
    if try transaction.contains(DomainRecord.self, Key(input.name), in: scope) {
      throw .domainAlreadyExists(input.name)
    }
    try transaction.insert(
      DomainRecord(
        name: input.name, description: input.description, retentionDays: retention.days, retention: retention.text,
        tags: tags, createdAt: transaction.now.milliseconds), in: scope)
    return NoMembers()
  }

  static func describe(
    _ input: DescribeDomainInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> DomainDetail {
    let scope = try context.scope
    let record = try DomainRecord.find(input.name, in: scope, transaction)
    return DomainDetail(
      domainInfo: info(record, scope),
      configuration: DomainConfiguration(workflowExecutionRetentionPeriodInDays: record.retention))
  }

  static func list(
    _ input: ListDomainsInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> DomainInfos {
    let scope = try context.scope
    let isReversed = input.reverseOrder ?? false
    let last = try PageToken.key(input.nextPageToken, of: "ListDomains", at: transaction.now)
    let limit = PageToken.size(input.maximumPageSize)
    let range = KeyRange.all.rest(behind: last, reversed: isReversed)
    let found = try transaction.scan(DomainRecord.self, in: scope, range, reversed: isReversed).filter {
      $0.status.rawValue == input.registrationStatus
    }
    let isMore = found.count > limit
    return DomainInfos(
      domainInfos: found.prefix(limit).map { info($0, scope) },
      nextPageToken: isMore ? PageToken("ListDomains", behind: found[limit - 1].key, at: transaction.now).text : nil)
  }

  /// AWS: "DeprecateDomain also deprecates all activity and workflow types registered in the domain."
  static func deprecate(
    _ input: DeprecateDomainInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let scope = try context.scope
    let old = try DomainRecord.findUsable(input.name, in: scope, transaction)
    var new = old
    new.status = .deprecated
    try transaction.update(old, to: new, in: scope)
    try deprecateTypes(WorkflowTypeRecord.self, of: input.name, scope, transaction)
    try deprecateTypes(ActivityTypeRecord.self, of: input.name, scope, transaction)
    return NoMembers()
  }

  /// The domain's types stay deprecated; each has an Undeprecate of its own.
  // unverified: the documentation doesn't say whether types come back with their domain.
  static func undeprecate(
    _ input: UndeprecateDomainInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let scope = try context.scope
    let old = try DomainRecord.find(input.name, in: scope, transaction)
    if !old.isDeprecated { throw .domainAlreadyExists(input.name) }
    var new = old
    new.status = .registered
    try transaction.update(old, to: new, in: scope)
    return NoMembers()
  }

  private static func deprecateTypes<R: TypeRecord>(
    _ type: R.Type, of domain: String, _ scope: Scope, _ transaction: Transaction
  ) throws(AWSError) {
    let range = KeyRange.prefix(.string(domain), .string(RegistrationState.registered.rawValue))
    for record in try transaction.scan(R.self, by: R.byStatus, in: scope, range) {
      try record.deprecate(in: scope, transaction)
    }
  }

  private static func info(_ record: DomainRecord, _ scope: Scope) -> DomainInfo {
    DomainInfo(
      name: record.name, status: record.status.rawValue, description: record.description,
      arn: Access.arn(ofDomain: record.name, in: scope))
  }
}

/// How long a domain keeps the histories of closed executions.
struct Retention: Sendable, Equatable {
  /// As it was given.
  let text: String
  /// Nothing for `NONE`.
  let days: Int?

  /// AWS: at most 90 days; `NONE` and 0 keep nothing.
  init(_ text: String) throws(AWSError) {
    self.text = text
    if text == "NONE" {
      days = nil
      return
    }
    guard Names.isSeconds(text), let value = Int(text), value <= 90 else {
      // unverified: words
      throw .validation(
        "1 validation error detected: Value '\(text)' at 'workflowExecutionRetentionPeriodInDays' failed to satisfy "
          + "constraint: Member must be NONE or a number of days from 0 to 90")
    }
    days = value
  }
}
