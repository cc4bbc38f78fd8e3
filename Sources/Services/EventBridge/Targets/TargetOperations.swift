import Cloud
import Wire

/// PutTargets, RemoveTargets, ListTargetsByRule and ListRuleNamesByTarget.
enum TargetOperations {
  static func putAccess(
    _ input: PutTargetsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> [AccessCheck] {
    let arns = input.targets.map(\.arn)
    return try Rules.checks(
      "PutTargets", input.rule, input.eventBusName, context, transaction, keys: [("events:TargetArn", .multiple(arns))])
  }

  static func put(
    _ input: PutTargetsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> PutTargetsResponse {
    let bus = try Bus(input.eventBusName, context)
    let old = try RuleRecord.find(input.rule, on: bus, transaction)
    try Rules.requireUnmanaged(old, context)
    var rule = old
    var failed: [PutTargetsResultEntry] = []
    for target in input.targets {
      if let failure = TargetRules.failure(target) {
        failed.append(failure)
        continue
      }
      try TargetRules.check(target, of: rule, on: bus)
      if let role = target.roleArn { try Rules.pass(role, for: bus.ruleARN(rule.name), context, transaction) }
      let record = try TargetRecord(target)
      if let index = rule.targets.firstIndex(where: { $0.id == target.id }) {
        rule.targets[index] = record
      } else {
        rule.targets.append(record)
      }
    }
    if rule.targets.count > Quotas.targetsOfRule { throw .limitExceeded() }
    try transaction.put(rule, in: bus.scope)
    try bus.renewRules(transaction)
    return PutTargetsResponse(failedEntryCount: failed.count, failedEntries: failed)
  }

  static func remove(
    _ input: RemoveTargetsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> RemoveTargetsResponse {
    let bus = try Bus(input.eventBusName, context)
    var rule = try RuleRecord.find(input.rule, on: bus, transaction)
    try Rules.requireUnmanaged(rule, context, isForced: input.force == true)
    var failed: [RemoveTargetsResultEntry] = []
    for id in input.ids {
      if let index = rule.targets.firstIndex(where: { $0.id == id }) {
        rule.targets.remove(at: index)
      } else {
        failed.append(
          RemoveTargetsResultEntry(
            targetId: id, errorCode: "ResourceNotFoundException",
            errorMessage: "Rule \(rule.name) does not have target(s) with Id \(id)."))  // unverified: words
      }
    }
    try transaction.put(rule, in: bus.scope)
    try bus.renewRules(transaction)
    return RemoveTargetsResponse(failedEntryCount: failed.count, failedEntries: failed)
  }

  static func list(
    _ input: ListTargetsByRuleRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListTargetsByRuleResponse {
    let bus = try Bus(input.eventBusName, context)
    let rule = try RuleRecord.find(input.rule, on: bus, transaction)
    let page = try Page(rule.targets.sorted { $0.id < $1.id }, limit: input.limit, token: input.nextToken) { $0.id }
    return ListTargetsByRuleResponse(targets: page.items.map(\.target), nextToken: page.next)
  }

  static func ruleNames(
    _ input: ListRuleNamesByTargetRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListRuleNamesByTargetResponse {
    let bus = try Bus(input.eventBusName, context)
    _ = try bus.record(transaction)
    let names = try RuleRecord.all(on: bus, transaction)
      .filter { rule in rule.targets.contains { $0.arn == input.targetArn } }
      .map(\.name)
    let page = try Page(names, limit: input.limit, token: input.nextToken) { $0 }
    return ListRuleNamesByTargetResponse(ruleNames: page.items, nextToken: page.next)
  }
}
