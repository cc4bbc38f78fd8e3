import Cloud
import Wire

/// StartReplay, CancelReplay, DescribeReplay and ListReplays.
enum ReplayOperations {
  static func check(
    _ action: String, _ name: String, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> [AccessCheck] {
    let account = try context.acting
    return [AccessCheck("events:\(action)", on: ReplayRecord.arn(name, Scope(account, context.region)), owner: account)]
  }

  static func start(
    _ input: StartReplayRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> StartReplayResponse {
    let scope = Scope(try context.acting, context.region)
    guard let bus = Bus(arn: input.destination.arn) else {
      throw .invalidParameter("Destination.Arn", "Must contain an event bus ARN.")
    }
    _ = try bus.record(transaction)
    guard let name = ArchiveRecord.name(arn: input.eventSourceArn) else {
      throw .invalidParameter("EventSourceArn", "Must contain an archive ARN.")  // unverified: words
    }
    guard let archive = try transaction.get(ArchiveRecord.self, Key(name), in: scope),
      input.eventSourceArn == ArchiveRecord.arn(name, scope)
    else { throw .invalidParameter("EventSourceArn", "Archive \(name) does not exist.") }
    guard bus.scope == scope, bus.name == archive.bus else {
      throw .invalidParameter("Destination.Arn", "Cross event bus replay is not permitted.")
    }
    if input.eventEndTime <= input.eventStartTime {
      throw .invalidParameter("EventEndTime", "EventStartTime must be before EventEndTime.")
    }
    let filters = input.destination.filterArns ?? []
    for filter in filters {
      guard let (place, rule) = RuleRecord.place(arn: filter), place.arn == bus.arn else {
        throw .invalidParameter("Destination.FilterArns", "Must contain ARNs of rules of the event bus.")  // unverified
      }
      _ = try RuleRecord.find(rule, on: bus, transaction)
    }
    if try transaction.contains(ReplayRecord.self, Key(input.replayName), in: scope) {
      throw .alreadyExists("Replay \(input.replayName) already exists.")
    }
    let open = try transaction.scan(ReplayRecord.self, in: scope).filter { $0.state.isOpen }
    if open.count >= Quotas.replays { throw .limitExceeded() }
    let replay = ReplayRecord(
      name: input.replayName, description: input.description, archive: archive.name, archiveID: archive.id,
      bus: bus.name, filters: filters, from: input.eventStartTime, to: input.eventEndTime, state: .starting,
      startedAt: transaction.now)
    try transaction.insert(replay, in: scope)
    try Replaying.next(replay.name, at: transaction.now, in: scope, transaction)
    return StartReplayResponse(
      replayArn: ReplayRecord.arn(replay.name, scope), state: replay.state.rawValue, replayStartTime: replay.startedAt)
  }

  static func cancel(
    _ input: CancelReplayRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> CancelReplayResponse {
    let scope = Scope(try context.acting, context.region)
    var replay = try ReplayRecord.find(input.replayName, in: scope, transaction)
    guard replay.state == .starting || replay.state == .running else {
      throw .illegalStatus("Replay \(replay.name) is not in a valid state for this operation.")
    }
    replay.state = .cancelling
    try transaction.put(replay, in: scope)
    try Replaying.next(replay.name, at: transaction.now, in: scope, transaction)
    return CancelReplayResponse(replayArn: ReplayRecord.arn(replay.name, scope), state: replay.state.rawValue)
  }

  static func describe(
    _ input: DescribeReplayRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> DescribeReplayResponse {
    let account = try context.acting
    let scope = Scope(account, context.region)
    let replay = try ReplayRecord.find(input.replayName, in: scope, transaction)
    return DescribeReplayResponse(
      replayName: replay.name, replayArn: ReplayRecord.arn(replay.name, scope), description: replay.description,
      state: replay.state.rawValue, stateReason: replay.reason,
      eventSourceArn: ArchiveRecord.arn(replay.archive, scope),
      destination: ReplayDestination(
        arn: Bus(replay.bus, account, context.region).arn, filterArns: replay.filters.isEmpty ? nil : replay.filters),
      eventStartTime: replay.from, eventEndTime: replay.to, eventLastReplayedTime: replay.lastReplayed,
      replayStartTime: replay.startedAt, replayEndTime: replay.endedAt)
  }

  static func list(
    _ input: ListReplaysRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListReplaysResponse {
    let given = [input.namePrefix, input.eventSourceArn, input.state].compactMap { $0 }
    if given.count > 1 {
      throw .validation(
        "At most one filter is allowed for ListReplays. Use either : State, EventSourceArn, or NamePrefix.")
    }
    let scope = Scope(try context.acting, context.region)
    let all = try transaction.scan(ReplayRecord.self, in: scope).filter { replay in
      if let prefix = input.namePrefix { return replay.name.hasPrefix(prefix) }
      if let arn = input.eventSourceArn { return ArchiveRecord.arn(replay.archive, scope) == arn }
      return input.state == nil || input.state == replay.state.rawValue
    }
    let page = try Page(all, limit: input.limit, token: input.nextToken) { $0.name }
    return ListReplaysResponse(
      replays: page.items.map { replay in
        Replay(
          replayName: replay.name, eventSourceArn: ArchiveRecord.arn(replay.archive, scope),
          state: replay.state.rawValue, stateReason: replay.reason, eventStartTime: replay.from,
          eventEndTime: replay.to, eventLastReplayedTime: replay.lastReplayed, replayStartTime: replay.startedAt,
          replayEndTime: replay.endedAt)
      }, nextToken: page.next)
  }
}
