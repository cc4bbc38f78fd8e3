import Cloud
import Identity
import Wire

/// PutRule, DeleteRule, EnableRule, DisableRule, DescribeRule, ListRules and TestEventPattern.
enum Rules {
  /// The check of an action on a rule. A bus's policy speaks of its rules too, so that they can be shared.
  static func check(
    _ action: String, _ name: String, on bus: Bus, _ transaction: Transaction,
    keys: [(name: String, value: ConditionValue)] = [], creator: AccountID? = nil
  ) throws(AWSError) -> AccessCheck {
    let rule = try RuleRecord.get(name, on: bus, transaction)
    var keys = keys
    if let account = rule?.createdBy ?? creator?.rawValue { keys.append(("events:creatorAccount", .single(account))) }
    if let managedBy = rule?.managedBy { keys.append(("events:ManagedBy", .single(managedBy))) }
    return AccessCheck(
      "events:\(action)", on: bus.ruleARN(name), owner: bus.account, policy: try bus.find(transaction)?.policy,
      keys: keys, tags: rule?.tags ?? [:])
  }

  /// The permissions of an action on a rule of the bus that a request names.
  ///
  /// AWS's services keep managed rules in accounts by permission of their service-linked roles, which nobody can change; so here
  /// a service principal that acts for an account needs none for rules of its own.
  static func checks(
    _ action: String, _ name: String, _ busName: String?, _ context: Context, _ transaction: Transaction,
    keys: [(name: String, value: ConditionValue)] = [], creator: AccountID? = nil
  ) throws(AWSError) -> [AccessCheck] {
    let bus = try Bus(busName, context)
    if let principal = context.servicePrincipal, context.request.sourceAccount == bus.account {
      let rule = try RuleRecord.get(name, on: bus, transaction)
      if rule == nil || rule?.managedBy == principal { return [] }
    }
    return [try check(action, name, on: bus, transaction, keys: keys, creator: creator)]
  }

  /// PutRule's permissions: policies can see the pattern's source and detail type, and who the rule is for.
  static func putAccess(
    _ input: PutRuleRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> [AccessCheck] {
    let bus = try Bus(input.eventBusName, context)
    var keys = Tagging.keys(input.tags)
    if let text = input.eventPattern, let pattern = try? EventPattern(text) {
      for path in [
        "source", "detail-type", "detail.service", "detail.eventTypeCode", "detail.userIdentity.principalId",
      ] {
        if let values = pattern.exactValues(of: path) { keys.append(("events:\(path)", .multiple(values))) }
      }
    }
    let creator = try context.acting
    var checks = try checks(
      "PutRule", input.name, input.eventBusName, context, transaction, keys: keys, creator: creator)
    // AWS: "To use the PutRule operation and assign tags, you must have both the events:PutRule and events:TagResource
    // permissions."
    if !checks.isEmpty, input.tags?.isEmpty == false, try RuleRecord.get(input.name, on: bus, transaction) == nil {
      checks.append(
        try check("TagResource", input.name, on: bus, transaction, keys: Tagging.keys(input.tags), creator: creator))
    }
    return checks
  }

  static func put(
    _ input: PutRuleRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> PutRuleResponse {
    let bus = try Bus(input.eventBusName, context)
    _ = try bus.record(transaction)
    let pattern = input.eventPattern.flatMap { $0.isEmpty ? nil : $0 }
    let schedule = input.scheduleExpression.flatMap { $0.isEmpty ? nil : $0 }
    if pattern == nil, schedule == nil {
      throw .validation("Parameter(s) EventPattern or ScheduleExpression must be specified.")
    }
    if let schedule {
      if bus.name != BusRecord.defaultName {
        throw .validation("ScheduleExpression is supported only on the default event bus.")
      }
      if ScheduleExpression(schedule) == nil { throw .invalidParameter("ScheduleExpression") }
    }
    if let pattern { do { _ = try EventPattern(pattern) } catch { throw .invalidPattern(error) } }
    let state = input.state.flatMap { RuleRecord.State(rawValue: $0) } ?? .enabled
    let old = try RuleRecord.get(input.name, on: bus, transaction)
    if let old { try requireUnmanaged(old, context) }
    if old == nil,
      try transaction.count(
        RuleRecord.self, in: bus.scope, .prefix(.string(bus.name)), limit: Quotas.rulesOnBus + 1) >= Quotas.rulesOnBus
    {
      throw .limitExceeded()
    }
    if let role = input.roleArn { try pass(role, for: bus.ruleARN(input.name), context, transaction) }
    var rule: RuleRecord
    if let old {
      rule = old
    } else {
      rule = RuleRecord(
        bus: bus.name, name: input.name, id: transaction.random.uuid(), state: state,
        managedBy: context.servicePrincipal, createdBy: try context.acting.rawValue, tags: try Tagging.read(input.tags))
    }
    rule.pattern = pattern
    rule.schedule = schedule
    rule.state = state
    rule.description = input.description
    rule.roleARN = input.roleArn
    try store(rule, old: old, on: bus, transaction)
    return PutRuleResponse(ruleArn: bus.ruleARN(rule.name))
  }

  /// `iam:PassRole` for a role that events.amazonaws.com will take.
  static func pass(
    _ role: String, for resource: String, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) {
    if context.servicePrincipal != nil { return }
    let found = try PassRole.check(
      role, to: "events.amazonaws.com", for: resource,
      crossAccount: .validation("Cross-account pass role is not allowed."),
      context, transaction)
    guard found != nil else {
      throw .validation("Provided role '\(role)' cannot be assumed by principal 'events.amazonaws.com'.")
    }
  }

  /// - Throws: ManagedRuleException, unless its own service asks.
  static func requireUnmanaged(_ rule: RuleRecord, _ context: Context, isForced: Bool = false) throws(AWSError) {
    guard let owner = rule.managedBy, owner != context.servicePrincipal, !isForced else { return }
    throw .managedRule(rule)
  }

  /// Stores a rule in place of `old`, and starts or stops its timer.
  static func store(
    _ rule: RuleRecord, old: RuleRecord?, on bus: Bus, _ transaction: Transaction
  ) throws(AWSError) {
    var rule = rule
    let goesOn = old?.schedule == rule.schedule && old?.isEnabled == true && old?.scheduledFrom != nil
    if let text = rule.schedule, rule.isEnabled, let schedule = ScheduleExpression(text) {
      if !goesOn {
        rule.scheduledFrom = transaction.now
        try Scheduling.start(rule, schedule, after: transaction.now, in: bus.scope, transaction)
      }
    } else {
      rule.scheduledFrom = nil
      if old?.scheduledFrom != nil { try Scheduling.stop(rule, in: bus.scope, transaction) }
    }
    try transaction.put(rule, in: bus.scope)
    try bus.renewRules(transaction)
  }

  static func delete(
    _ input: DeleteRuleRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let bus = try Bus(input.eventBusName, context)
    _ = try bus.record(transaction)
    // unverified: a rule that isn't there is as good as deleted.
    guard let rule = try RuleRecord.get(input.name, on: bus, transaction) else { return NoMembers() }
    try requireUnmanaged(rule, context, isForced: input.force == true)
    if !rule.targets.isEmpty { throw .validation("Rule can't be deleted since it has targets.") }
    try remove(rule, on: bus, transaction)
    return NoMembers()
  }

  static func remove(_ rule: RuleRecord, on bus: Bus, _ transaction: Transaction) throws(AWSError) {
    try Scheduling.stop(rule, in: bus.scope, transaction)
    try transaction.delete(rule, in: bus.scope)
    try bus.renewRules(transaction)
  }

  static func enable(
    _ input: EnableRuleRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    try set(.enabled, input.name, input.eventBusName, context, transaction)
  }

  static func disable(
    _ input: DisableRuleRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    try set(.disabled, input.name, input.eventBusName, context, transaction)
  }

  private static func set(
    _ state: RuleRecord.State, _ name: String, _ busName: String?, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let bus = try Bus(busName, context)
    let old = try RuleRecord.find(name, on: bus, transaction)
    try requireUnmanaged(old, context)
    // A rule that gets all management events keeps them when it is enabled again.
    if state == .enabled, old.isEnabled { return NoMembers() }
    var rule = old
    rule.state = state
    try store(rule, old: old, on: bus, transaction)
    return NoMembers()
  }

  static func describe(
    _ input: DescribeRuleRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> DescribeRuleResponse {
    let bus = try Bus(input.eventBusName, context)
    let rule = try RuleRecord.find(input.name, on: bus, transaction)
    return DescribeRuleResponse(
      name: rule.name, arn: bus.ruleARN(rule.name), eventPattern: rule.pattern, scheduleExpression: rule.schedule,
      state: rule.state.rawValue, description: rule.description, roleArn: rule.roleARN, managedBy: rule.managedBy,
      eventBusName: rule.bus, createdBy: rule.createdBy)
  }

  static func list(
    _ input: ListRulesRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListRulesResponse {
    let bus = try Bus(input.eventBusName, context)
    _ = try bus.record(transaction)
    let prefix = input.namePrefix ?? ""
    let all = try RuleRecord.all(on: bus, transaction).filter { $0.name.hasPrefix(prefix) }
    let page = try Page(all, limit: input.limit, token: input.nextToken) { $0.name }
    return ListRulesResponse(
      rules: page.items.map { rule in
        Rule(
          name: rule.name, arn: bus.ruleARN(rule.name), eventPattern: rule.pattern, state: rule.state.rawValue,
          description: rule.description, scheduleExpression: rule.schedule, roleArn: rule.roleARN,
          managedBy: rule.managedBy, eventBusName: rule.bus)
      }, nextToken: page.next)
  }

  /// What an event must have to be tried against a pattern.
  private static let required = ["id", "account", "source", "time", "region", "resources", "detail-type"]

  static func testPattern(
    _ input: TestEventPatternRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> TestEventPatternResponse {
    let pattern: EventPattern
    do { pattern = try EventPattern(input.eventPattern) } catch { throw .invalidPattern(error) }
    guard let event = JSONValue(json: Array(input.event.utf8)), event.object != nil else {
      throw .invalidParameter("Event", "Event is not a valid JSON object.")  // unverified: words
    }
    // AWS: the event's "JSON … must include" these.
    for name in required where event[name] == nil {
      throw .invalidParameter("Event", "\(name) is a required field.")  // unverified: words
    }
    return TestEventPatternResponse(result: !PatternMachine([pattern]).matches(event).isEmpty)
  }
}
