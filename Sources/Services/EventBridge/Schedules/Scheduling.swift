import Cloud
import Wire

/// Runs scheduled rules by timers on the cloud's clock.
enum Scheduling {
  /// When the clock was moved far, so many missed times of a rule happen one after the other; earlier ones are left out.
  static let catchUp: Int64 = 100

  static func name(_ bus: String, _ rule: String) -> Key { Key(.string("schedule"), .string(bus), .string(rule)) }

  static func start(
    _ rule: RuleRecord, _ schedule: ScheduleExpression, after time: Timestamp, in scope: Scope,
    _ transaction: Transaction
  ) throws(AWSError) {
    guard let due = schedule.next(after: time, anchor: rule.scheduledFrom ?? time) else { return }
    try transaction.schedule(
      TimerRequest(service: EventBridgeService.name, name: name(rule.bus, rule.name), in: scope, due: due))
  }

  static func stop(_ rule: RuleRecord, in scope: Scope, _ transaction: Transaction) throws(AWSError) {
    try transaction.cancelTimer(service: EventBridgeService.name, name: name(rule.bus, rule.name), in: scope)
  }

  /// The moment behind which to look for the next time: the one that was due, unless too many have been missed.
  static func resume(_ schedule: ScheduleExpression, _ due: Timestamp, _ now: Timestamp) -> Timestamp {
    guard case .rate(let interval) = schedule else {
      // Nothing of a cron expression comes more often than each minute.
      return Timestamp(milliseconds: max(due.milliseconds, now.milliseconds - catchUp * 60_000))
    }
    return Timestamp(milliseconds: max(due.milliseconds, now.milliseconds - catchUp * interval))
  }

  /// An event of a schedule. AWS: EventBridge user guide, "Creating a rule that runs on a schedule".
  static func event(
    _ bus: Bus, _ rule: RuleRecord, at time: Timestamp, _ transaction: Transaction
  ) -> Event {
    Event(
      id: transaction.random.uuid(), detailType: "Scheduled Event", source: "aws.events", account: bus.account.rawValue,
      time: time, region: bus.region.rawValue, resources: [bus.ruleARN(rule.name)], detail: .object([]),
      ingested: transaction.now)
  }
}
