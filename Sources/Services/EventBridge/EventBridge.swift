import Cloud
import Wire

/// Amazon EventBridge (formerly CloudWatch Events): buses, rules with patterns and schedules, targets, archives and replays.
///
/// Handlers match events against rules and request one work for each put batch; the work calls the targets, so a put event that was
/// answered reaches each of them at least once.
///
/// **The way in for other services.** AWS's services put their events on an account's default bus by PutEvents, called as their
/// service principal with facts that name the account; see ``PutEvents``. From a work or a task:
///
///     let entry = JSONValue.object([
///       .init("Source", .string("aws.s3")), .init("DetailType", .string("AWS API Call via CloudTrail")),
///       .init("Detail", .string(record)), .init("Time", .integer(seconds)), .init("Resources", .array([])),
///     ])
///     _ = try await calls.call(
///       "PutEvents", of: "events", .object([.init("Entries", .array([entry]))]),
///       as: .service("cloudtrail.amazonaws.com"), in: region,
///       facts: .service("cloudtrail.amazonaws.com", sourceAccount: account))
///
/// and within a handler `context.call("PutEvents", of: "events", input, asService: "s3.amazonaws.com", for: arn, of: account, …)`.
/// At most ten entries and 256 KB a call, as for everybody. Such a call needs no permission, and only such a call may use sources
/// that begin with `aws.`.
///
/// Partner event sources, private connections, global endpoints, EventBridge Scheduler and Pipes are not built.
public struct EventBridgeService: Sendable {
  /// The service's name among timers and works.
  static let name = "events"

  private let publisher: Publisher

  /// Every operation with the permissions it needs.
  public static func definition() -> ServiceDefinition {
    let indexes = RuleIndexes()
    let service = EventBridgeService(publisher: Publisher(indexes: indexes))
    return ServiceDefinition(
      model: .events, actionPrefix: "events",
      operations: service.busOperations + service.ruleOperations + service.targetOperations + service.eventOperations
        + service.archiveOperations + service.connectionOperations + service.destinationOperations,
      timers: { request, transaction throws(AWSError) in try service.runTimer(request, transaction) },
      work: { work, context async throws(AWSError) in
        work.request.name == ConnectionTokens.workName
          ? try await ConnectionTokens(context: context).run(work)
          : try await Delivering(indexes: indexes).run(work, context)
      },
      question: EventBridgeService.question,
      deny: { AWSError("AccessDeniedException", $0.message(), status: 400) })
  }

  private func runTimer(_ request: TimerRequest, _ transaction: Transaction) throws(AWSError) {
    let parts = request.name.parts
    guard parts.count == 3, case .string(let task) = parts[0], case .string(let first) = parts[1],
      case .string(let second) = parts[2]
    else { return }
    switch task {
    case "schedule": try runSchedule(first, second, request, transaction)
    case "replay": try Replaying(publisher: publisher).run(first, request, transaction)
    case "expire": try Archiving.runExpiry(first, second, request, transaction)
    default: return
    }
  }

  private func runSchedule(
    _ busName: String, _ name: String, _ request: TimerRequest, _ transaction: Transaction
  ) throws(AWSError) {
    guard let account = request.scope.account, let region = request.scope.region else { return }
    let bus = Bus(busName, account, region)
    guard let rule = try RuleRecord.get(name, on: bus, transaction), rule.isEnabled, let text = rule.schedule,
      let schedule = ScheduleExpression(text)
    else { return }
    let event = Scheduling.event(bus, rule, at: request.due, transaction)
    try publisher.run(rule, with: event, on: bus, transaction)
    try Scheduling.start(
      rule, schedule, after: Scheduling.resume(schedule, request.due, transaction.now), in: bus.scope, transaction)
  }

  /// The check of an action on the bus or rule with an ARN.
  private static func question(
    _ action: String, _ arn: String, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> AccessCheck? {
    let name = String(action.drop { $0 != ":" }.dropFirst())
    if let bus = Bus(arn: arn) { return try bus.find(transaction) == nil ? nil : try bus.check(name, transaction) }
    guard let (bus, rule) = RuleRecord.place(arn: arn), try RuleRecord.get(rule, on: bus, transaction) != nil else {
      return nil
    }
    return try Rules.check(name, rule, on: bus, transaction)
  }

  // MARK: Buses

  private var busOperations: [Operation] {
    [
      Operation(
        "CreateEventBus",
        access: { (input: CreateEventBusRequest, context, transaction) throws(AWSError) in
          let bus = Bus(input.name, try context.acting, context.region)
          let check = try bus.check("CreateEventBus", transaction, keys: Tagging.keys(input.tags))
          return input.tags?.isEmpty == false
            ? [check, try bus.check("TagResource", transaction, keys: Tagging.keys(input.tags))] : [check]
        }, BusOperations.create),
      Operation(
        "UpdateEventBus",
        access: { (input: UpdateEventBusRequest, context, transaction) throws(AWSError) in
          [try Bus(input.name, context).check("UpdateEventBus", transaction)]
        }, BusOperations.update),
      Operation(
        "DeleteEventBus",
        access: { (input: DeleteEventBusRequest, context, transaction) throws(AWSError) in
          [try Bus(input.name, context).check("DeleteEventBus", transaction)]
        }, BusOperations.delete),
      Operation(
        "DescribeEventBus",
        access: { (input: DescribeEventBusRequest, context, transaction) throws(AWSError) in
          [try Bus(input.name, context).check("DescribeEventBus", transaction)]
        }, BusOperations.describe),
      Operation(
        "ListEventBuses",
        access: { (_: ListEventBusesRequest, _, _) throws(AWSError) in [AccessCheck("events:ListEventBuses", on: "*")]
        },
        BusOperations.list),
      Operation(
        "PutPermission",
        access: { (input: PutPermissionRequest, context, transaction) throws(AWSError) in
          [try Bus(input.eventBusName, context).check("PutPermission", transaction)]
        }, BusPolicy.put),
      Operation(
        "RemovePermission",
        access: { (input: RemovePermissionRequest, context, transaction) throws(AWSError) in
          [try Bus(input.eventBusName, context).check("RemovePermission", transaction)]
        }, BusPolicy.remove),
      Operation(
        "TagResource",
        access: { (input: TagResourceRequest, _, transaction) throws(AWSError) in
          try Tagging.check("TagResource", input.resourceARN, Tagging.keys(input.tags), transaction)
        }, Tagging.tag),
      Operation(
        "UntagResource",
        access: { (input: UntagResourceRequest, _, transaction) throws(AWSError) in
          try Tagging.check(
            "UntagResource", input.resourceARN, [("aws:TagKeys", .multiple(input.tagKeys))], transaction)
        }, Tagging.untag),
      Operation(
        "ListTagsForResource",
        access: { (input: ListTagsForResourceRequest, _, transaction) throws(AWSError) in
          try Tagging.check("ListTagsForResource", input.resourceARN, [], transaction)
        }, Tagging.list),
    ]
  }

  // MARK: Rules

  private var ruleOperations: [Operation] {
    [
      Operation("PutRule", access: Rules.putAccess, Rules.put),
      Operation(
        "DeleteRule",
        access: { (input: DeleteRuleRequest, context, transaction) throws(AWSError) in
          try Rules.checks("DeleteRule", input.name, input.eventBusName, context, transaction)
        }, Rules.delete),
      Operation(
        "EnableRule",
        access: { (input: EnableRuleRequest, context, transaction) throws(AWSError) in
          try Rules.checks("EnableRule", input.name, input.eventBusName, context, transaction)
        }, Rules.enable),
      Operation(
        "DisableRule",
        access: { (input: DisableRuleRequest, context, transaction) throws(AWSError) in
          try Rules.checks("DisableRule", input.name, input.eventBusName, context, transaction)
        }, Rules.disable),
      Operation(
        "DescribeRule",
        access: { (input: DescribeRuleRequest, context, transaction) throws(AWSError) in
          try Rules.checks("DescribeRule", input.name, input.eventBusName, context, transaction)
        }, Rules.describe),
      // AWS: both lists have the rule as their resource type; without one they are asked for all rules of the bus.
      Operation(
        "ListRules",
        access: { (input: ListRulesRequest, context, transaction) throws(AWSError) in
          try Rules.checks("ListRules", "*", input.eventBusName, context, transaction)
        }, Rules.list),
      Operation(
        "ListRuleNamesByTarget",
        access: { (input: ListRuleNamesByTargetRequest, context, transaction) throws(AWSError) in
          try Rules.checks("ListRuleNamesByTarget", "*", input.eventBusName, context, transaction)
        }, TargetOperations.ruleNames),
      Operation(
        "TestEventPattern",
        audit: .management(readOnly: true),
        access: { (_: TestEventPatternRequest, _, _) throws(AWSError) in
          [AccessCheck("events:TestEventPattern", on: "*")]
        }, Rules.testPattern),
    ]
  }

  // MARK: Targets

  private var targetOperations: [Operation] {
    [
      Operation("PutTargets", access: TargetOperations.putAccess, TargetOperations.put),
      Operation(
        "RemoveTargets",
        access: { (input: RemoveTargetsRequest, context, transaction) throws(AWSError) in
          try Rules.checks("RemoveTargets", input.rule, input.eventBusName, context, transaction)
        }, TargetOperations.remove),
      Operation(
        "ListTargetsByRule",
        access: { (input: ListTargetsByRuleRequest, context, transaction) throws(AWSError) in
          try Rules.checks("ListTargetsByRule", input.rule, input.eventBusName, context, transaction)
        }, TargetOperations.list),
    ]
  }

  // MARK: Events

  private var eventOperations: [Operation] {
    let putEvents = PutEvents(publisher: publisher)
    return [
      // AWS: CloudTrail user guide, "Logging data events": PutEvents is one, of buses.
      Operation(
        "PutEvents", audit: .data("AWS::Events::EventBus"), access: PutEvents.access,
        { (input: PutEventsRequest, context, transaction) throws(AWSError) in
          try putEvents.put(input, context, transaction)
        })
    ]
  }

  // MARK: Archives and replays

  private var archiveOperations: [Operation] {
    [
      Operation(
        "CreateArchive",
        access: { (input: CreateArchiveRequest, context, transaction) throws(AWSError) in
          try ArchiveOperations.check("CreateArchive", input.archiveName, context, transaction)
        }, ArchiveOperations.create),
      Operation(
        "UpdateArchive",
        access: { (input: UpdateArchiveRequest, context, transaction) throws(AWSError) in
          try ArchiveOperations.check("UpdateArchive", input.archiveName, context, transaction)
        }, ArchiveOperations.update),
      Operation(
        "DeleteArchive",
        access: { (input: DeleteArchiveRequest, context, transaction) throws(AWSError) in
          try ArchiveOperations.check("DeleteArchive", input.archiveName, context, transaction)
        }, ArchiveOperations.delete),
      Operation(
        "DescribeArchive",
        access: { (input: DescribeArchiveRequest, context, transaction) throws(AWSError) in
          try ArchiveOperations.check("DescribeArchive", input.archiveName, context, transaction)
        }, ArchiveOperations.describe),
      Operation(
        "ListArchives",
        access: { (_: ListArchivesRequest, _, _) throws(AWSError) in [AccessCheck("events:ListArchives", on: "*")] },
        ArchiveOperations.list),
      Operation(
        "StartReplay",
        access: { (input: StartReplayRequest, context, transaction) throws(AWSError) in
          try ReplayOperations.check("StartReplay", input.replayName, context, transaction)
        }, ReplayOperations.start),
      Operation(
        "CancelReplay",
        access: { (input: CancelReplayRequest, context, transaction) throws(AWSError) in
          try ReplayOperations.check("CancelReplay", input.replayName, context, transaction)
        }, ReplayOperations.cancel),
      Operation(
        "DescribeReplay",
        access: { (input: DescribeReplayRequest, context, transaction) throws(AWSError) in
          try ReplayOperations.check("DescribeReplay", input.replayName, context, transaction)
        }, ReplayOperations.describe),
      Operation(
        "ListReplays",
        access: { (_: ListReplaysRequest, _, _) throws(AWSError) in [AccessCheck("events:ListReplays", on: "*")] },
        ReplayOperations.list),
    ]
  }
}
