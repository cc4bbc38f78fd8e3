import Cloud
import Foundation
import Identity
import Synchronization
import Wire

/// Delivers what trails record: reads the journal on and on, and writes files, notices, log events and digests.
///
/// How far a trail has come is stored after what it means was delivered: what was being delivered when the process ended is
/// delivered again, as a whole file of another name, and nothing is left out.
actor TrailDelivery {
  private let house: TrailHouse
  private let journal: Journal
  /// Reads the segment in which the last round ended, on from there.
  private var follower: JournalSegmentFollower?
  /// Sessions of trails' roles for their log groups, by role.
  private var sessions: [String: Caller] = [:]
  /// The last round; the next begins when it has ended.
  private var last: Task<Void, Never>?
  private var lostBefore = 0
  /// Events before it were sent to EventBridge.
  private var bridged: JournalPlace?

  /// So many bytes of records are held in memory before they are delivered.
  private static let held = 24 << 20
  private static let patience: Int64 = 30 * 86_400
  private static let pause: Int64 = 30

  init(_ house: TrailHouse, _ journal: Journal) {
    self.house = house
    self.journal = journal
  }

  /// Delivers all that is recorded now.
  /// - Parameter isForced: whether what failed is tried again at once.
  func round(isForced: Bool, _ calls: any OperationCalls) async {
    let before = last
    let task = Task {
      await before?.value
      await self.deliver(isForced: isForced, calls)
    }
    last = task
    await task.value
  }

  private func deliver(isForced: Bool, _ calls: any OperationCalls) async {
    do throws(AWSError) {
      // The journal as it was before the trails: whatever in it started or stopped one, the trails tell.
      let extents = journal.extents
      var plans = try await load()
      if house.hasTrails.load(ordering: .relaxed) { await house.upkeep() }
      pin(plans)
      noteLosses()
      if plans.isEmpty { return }
      try await read(extents, &plans, calls)
      for index in plans.indices where !plans[index].state.arrears.isEmpty {
        try await retry(&plans[index], isForced: isForced, calls)
      }
      for plan in plans { try await DigestDelivery(house: house, calls: calls).deliver(plan.trail) }
    } catch {
      if !Task.isCancelled { house.logger.error("trails could not be delivered: \(error)") }
    }
  }

  // MARK: What there is to do

  private func load() async throws(AWSError) -> [TrailPlan] {
    let house = house
    return try await house.store.transact { transaction throws(AWSError) in
      var plans: [TrailPlan] = []
      let scopes = try transaction.scopes(of: TrailRecord.self)
      house.hasTrails.store(!scopes.isEmpty, ordering: .relaxed)
      for scope in scopes {
        for trail in try transaction.scan(TrailRecord.self, in: scope) {
          let state = try TrailStateRecord.of(trail, transaction)
          let chains = try transaction.count(
            DigestChainRecord.self, in: scope, .prefix(.string(trail.region.rawValue), .string(trail.name)), limit: 1)
          guard state.position != nil || !state.arrears.isEmpty || chains > 0 else { continue }
          var accounts: Set<AccountID> = [trail.account]
          if let organization = trail.organization {
            accounts.formUnion(try Organizations.members(of: organization, transaction))
          }
          let nowhere = JournalPlace(segment: .max, offset: 0)
          plans.append(TrailPlan(trail, state, position: state.position ?? nowhere, accounts: accounts))
        }
      }
      return plans
    }
  }

  /// Keeps the journal from losing what is still needed.
  private func pin(_ plans: [TrailPlan]) {
    let places = plans.compactMap(\.state.position) + plans.flatMap { $0.state.arrears.map(\.from) }
    journal.keep(from: places.min())
  }

  private func noteLosses() {
    let lost = journal.lostSegments
    if lost > lostBefore {
      house.logger.error(
        """
        the journal had to drop \(lost - lostBefore) segments that trails had not delivered: their deliveries fail for too \
        long; see aws cloudtrail get-trail-status, or give --journal more room
        """)
    }
    lostBefore = lost
  }

  // MARK: Reading

  private func read(
    _ extents: [Journal.Extent], _ plans: inout [TrailPlan], _ calls: any OperationCalls
  ) async throws(AWSError) {
    guard let first = plans.compactMap(\.state.position).min() else { return }
    let catalog = house.catalog
    let emptied = journal.emptied
    let bridgedBefore = bridged ?? plans.compactMap(\.state.position).max() ?? first
    bridged = bridgedBefore
    var bridge = Bridge()
    var reached = first
    for extent in extents where extent.number >= first.segment {
      let from = extent.number == first.segment ? first.offset : 0
      var reader = extent.follower
      // Going on where the last round ended is right only if nobody needs what was before.
      if let follower, follower.number == extent.number, follower.position <= from { reader = follower }
      // Held twice it would be copied.
      follower = nil
      var isMore = true
      while isMore {
        var held = 0
        isMore = !reader.read(to: extent.length) { entry, start in
          let place = JournalPlace(segment: extent.number, offset: start)
          guard start >= from else { return true }
          let call = RecordedCall(entry, at: place, catalog, emptied: emptied)
          var sent: Set<AccountID> = []
          for index in plans.indices where plans[index].position <= place {
            for account in plans[index].pass(call) {
              held += call.text(for: account).utf8.count
              if place >= bridgedBefore, sent.insert(account).inserted { bridge.append(call, for: account) }
            }
          }
          return held < TrailDelivery.held
        }
        reached = JournalPlace(segment: extent.number, offset: reader.position)
        if isMore { try await write(&plans, reached, &bridge, calls) }
      }
      follower = reader
      if reader.isDamaged {
        house.logger.error("the journal's segment \(extent.number) is damaged: trails pass it over")
      }
    }
    if let position = plans.compactMap(\.state.position).min(), position < reached {
      try await write(&plans, reached, &bridge, calls)
    }
  }

  // MARK: Writing

  /// What came of one lane's batch.
  private struct Written: Sendable {
    var lane: Lane
    var file: DeliveredFileRecord?
    var arrears: TrailStateRecord.Arrears?
    var deliveryError: String?
    var notification: (isTried: Bool, error: String?) = (false, nil)
    var logs: (isTried: Bool, error: String?) = (false, nil)
  }

  private func write(
    _ plans: inout [TrailPlan], _ reached: JournalPlace, _ bridge: inout Bridge, _ calls: any OperationCalls
  ) async throws(AWSError) {
    // Before the trails' places are written down, or what is sent in between would be lost with the process.
    await bridge.send(house, calls)
    bridged = max(bridged ?? reached, reached)
    for index in plans.indices where plans[index].position <= reached {
      let plan = plans[index]
      var written: [Written] = []
      for (lane, batch) in plan.batches.sorted(by: { $0.key < $1.key }) {
        // What comes behind something that could not be delivered waits with it.
        let isBehind = plan.state.arrears.contains { $0.lane == lane }
        var result = isBehind ? Written(lane: lane) : await write(batch, lane, plan.trail, calls)
        if result.file == nil, let from = batch.first {
          let now = house.clock.now
          result.arrears = TrailStateRecord.Arrears(
            account: lane.account, region: lane.region, from: from, to: reached, since: now,
            next: now.adding(seconds: TrailDelivery.pause))
        }
        if !batch.texts.isEmpty { result.logs = (true, await log(batch, lane, plan.trail, calls)) }
        written.append(result)
      }
      try await save(&plans[index], written, reached)
    }
  }

  /// Writes a file, and tells the topic of it.
  private func write(
    _ batch: LogBatch, _ lane: Lane, _ trail: TrailRecord, _ calls: any OperationCalls
  ) async -> Written {
    let destination = Destination(house: house, calls: calls, trail: trail)
    let now = house.clock.now
    let content = batch.file
    let object = DeliveryKeys.log(
      trail, account: lane.account, region: lane.region, at: now, unique: house.random.text(16, .alphanumeric))
    var result = Written(lane: lane)
    do throws(AWSError) { try await destination.put(log: content, as: object) } catch {
      result.deliveryError = error.code
      return result
    }
    result.file = DeliveredFileRecord(
      trail: trail.id, lane: lane, order: 0, delivered: now, bucket: trail.bucket, object: object,
      hash: trail.validatesFiles ? DigestFile.hash(content) : "", oldest: batch.oldest ?? now,
      newest: batch.newest ?? now)
    if trail.topicARN != nil {
      do throws(AWSError) {
        try await destination.notify([object])
        result.notification = (true, nil)
      } catch { result.notification = (true, error.code) }
    }
    return result
  }

  /// - Returns: what went wrong.
  private func log(_ batch: LogBatch, _ lane: Lane, _ trail: TrailRecord, _ calls: any OperationCalls) async -> String?
  {
    guard let role = trail.roleARN else { return nil }
    let destination = Destination(house: house, calls: calls, trail: trail)
    do throws(AWSError) {
      var session = sessions[role]
      if session?.session.map({ $0.expires <= house.clock.now.adding(seconds: 300) }) ?? true {
        session = try await destination.session()
        sessions[role] = session
      }
      if let session { try await destination.log(batch.texts, of: lane, as: session) }
      return nil
    } catch {
      sessions[role] = nil
      return error.code
    }
  }

  /// Stores how far the trail has come, and how it went. Handlers may have changed the trail meanwhile.
  private func save(_ plan: inout TrailPlan, _ written: [Written], _ reached: JournalPlace) async throws(AWSError) {
    let (trail, switched, isReading, isDone) = (plan.trail, plan.switched, plan.isReading, plan.isDone)
    let now = house.clock.now
    let saved = try await house.store.transact { transaction throws(AWSError) -> TrailStateRecord? in
      guard try TrailFinding.find(trail.id, transaction) != nil else { return nil }
      var state = try TrailStateRecord.of(trail, transaction)
      state.switches.removeFirst(min(switched, state.switches.count))
      state.isReading = isReading
      // A trail that was started again meanwhile goes on.
      state.position = isDone && state.switches.isEmpty ? nil : reached
      try TrailDelivery.note(written, in: &state, trail, now, transaction)
      try transaction.put(state, in: trail.scope)
      return state
    }
    plan.batches = [:]
    if let saved {
      let isStopped = saved.position == nil
      plan = TrailPlan(
        trail, saved, position: isStopped ? JournalPlace(segment: .max, offset: 0) : reached, accounts: plan.accounts)
    }
  }

  private static func note(
    _ written: [Written], in state: inout TrailStateRecord, _ trail: TrailRecord, _ now: Timestamp,
    _ transaction: Transaction
  ) throws(AWSError) {
    if written.contains(where: { $0.file != nil || $0.deliveryError != nil }) {
      state.deliveries.note(now, error: written.compactMap(\.deliveryError).first)
    }
    if written.contains(where: \.notification.isTried) {
      state.notifications.note(now, error: written.compactMap(\.notification.error).first)
    }
    if written.contains(where: \.logs.isTried) { state.logs.note(now, error: written.compactMap(\.logs.error).first) }
    for result in written {
      if let arrears = result.arrears {
        if let index = state.arrears.firstIndex(where: { $0.lane == arrears.lane }) {
          state.arrears[index].to = arrears.to
        } else {
          state.arrears.append(arrears)
        }
      }
      if let file = result.file, trail.validatesFiles {
        try transaction.put(
          DeliveredFileRecord(
            trail: file.trail, lane: file.lane, order: transaction.nextOrder(), delivered: file.delivered,
            bucket: file.bucket, object: file.object, hash: file.hash, oldest: file.oldest, newest: file.newest),
          in: trail.scope)
      }
    }
  }

  // MARK: What could not be delivered before

  private func retry(_ plan: inout TrailPlan, isForced: Bool, _ calls: any OperationCalls) async throws(AWSError) {
    let now = house.clock.now
    for arrears in plan.state.arrears where isForced || arrears.next <= now {
      var left: TrailStateRecord.Arrears? = arrears
      while let rest = left {
        let (batch, reached) = collect(rest, plan)
        var result = Written(lane: rest.lane)
        if batch.count > 0 { result = await write(batch, rest.lane, plan.trail, calls) }
        let isStuck = batch.count > 0 && result.file == nil
        var next: TrailStateRecord.Arrears?
        if isStuck {
          // AWS: CloudTrail user guide: what can't be delivered to a bucket is tried for 30 days.
          let isTooOld = now.milliseconds - rest.since.milliseconds > TrailDelivery.patience * 1000
          if isTooOld { house.logger.error("what \(plan.trail.arn) could not deliver for 30 days is given up") }
          next = isTooOld ? nil : rest
          next?.next = now.adding(seconds: TrailDelivery.pause)
        } else if reached < rest.to {
          next = rest
          next?.from = reached
        }
        try await settle(plan.trail, result, rest, next)
        left = isStuck ? nil : next
      }
    }
  }

  /// Reads from the journal what is in arrears, as much as is delivered at once.
  private func collect(
    _ arrears: TrailStateRecord.Arrears, _ plan: TrailPlan
  ) -> (batch: LogBatch, reached: JournalPlace) {
    var copy = TrailPlan(plan.trail, plan.state, position: arrears.from, accounts: [arrears.account])
    copy.readAll()
    let (catalog, emptied) = (house.catalog, journal.emptied)
    for extent in journal.extents where extent.number >= arrears.from.segment && extent.number <= arrears.to.segment {
      var reader = extent.follower
      let end = extent.number == arrears.to.segment ? min(arrears.to.offset, extent.length) : extent.length
      let isAll = reader.read(to: end) { entry, start in
        let place = JournalPlace(segment: extent.number, offset: start)
        guard place >= arrears.from, entry.region == arrears.region else { return true }
        _ = copy.pass(RecordedCall(entry, at: place, catalog, emptied: emptied))
        return (copy.batches[arrears.lane]?.bytes.count ?? 0) < TrailDelivery.held
      }
      if !isAll {
        return (
          copy.batches[arrears.lane] ?? LogBatch(), JournalPlace(segment: extent.number, offset: reader.position)
        )
      }
    }
    return (copy.batches[arrears.lane] ?? LogBatch(), arrears.to)
  }

  private func settle(
    _ trail: TrailRecord, _ result: Written, _ arrears: TrailStateRecord.Arrears,
    _ next: TrailStateRecord.Arrears?
  ) async throws(AWSError) {
    let now = house.clock.now
    try await house.store.transact { transaction throws(AWSError) in
      guard try TrailFinding.find(trail.id, transaction) != nil else { return }
      var state = try TrailStateRecord.of(trail, transaction)
      state.arrears.removeAll { $0.lane == arrears.lane }
      if let next { state.arrears.append(next) }
      try TrailDelivery.note([result], in: &state, trail, now, transaction)
      try transaction.put(state, in: trail.scope)
    }
  }
}
