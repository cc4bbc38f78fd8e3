import Cloud
import Wire

/// Writes digests when their time has come.
///
/// AWS: CloudTrail user guide, "CloudTrail digest file structure": one an hour for each account and Region, empty ones too.
/// Here a Region of an account gets its chain with its first file; the trail's home Region with the trail.
struct DigestDelivery: Sendable {
  let house: TrailHouse
  let calls: any OperationCalls

  private static let hour: Int64 = 3600

  /// What there is to do for a trail.
  private struct Plan: Sendable {
    var chains: [DigestChainRecord]
    /// Lanes that have files, or are to have digests, but no chain yet.
    var fresh: [Lane]
    var isOngoing: Bool
    /// On which hours digests end.
    var anchor: Timestamp
  }

  func deliver(_ trail: TrailRecord) async throws(AWSError) {
    guard let plan = try await plan(trail) else { return }
    let now = house.clock.now
    for lane in plan.fresh {
      let hours = max(0, (now.milliseconds - plan.anchor.milliseconds) / (DigestDelivery.hour * 1000))
      let end = plan.anchor.adding(seconds: hours * DigestDelivery.hour)
      // AWS: a starting digest refers to none before it, and covers the hour before.
      let digest = DigestFile(
        trail: trail, lane: lane, start: end.adding(seconds: -DigestDelivery.hour), end: end, previous: nil, files: [])
      guard try await write(digest) != nil else { return }
    }
    for chain in plan.chains {
      var last = chain
      while last.end.adding(seconds: DigestDelivery.hour) <= now {
        guard let next = try await continued(last, trail, to: last.end.adding(seconds: DigestDelivery.hour)) else {
          return
        }
        last = next
      }
      if !plan.isOngoing {
        guard try await finish(last, trail, now) else { return }
      }
    }
  }

  private func plan(_ trail: TrailRecord) async throws(AWSError) -> Plan? {
    try await house.store.transact { transaction throws(AWSError) in
      // The trail may have been changed in this round.
      guard let present = try TrailFinding.find(trail.id, transaction) else { return nil }
      var state = try TrailStateRecord.of(present, transaction)
      let chains = try DigestChainRecord.all(of: present, transaction)
      let isOngoing = present.validatesFiles && (state.isLogging || state.position != nil)
      if isOngoing, state.digestsSince == nil {
        state.digestsSince = transaction.now.wholeSeconds
        try transaction.put(state, in: present.scope)
      }
      guard isOngoing || !chains.isEmpty else { return nil }
      var fresh: [Lane] = []
      if isOngoing {
        var wanted = try DeliveredFileRecord.all(of: present, transaction).map(\.lane)
        var accounts = [present.account]
        if let organization = present.organization {
          accounts = try Organizations.members(of: organization, transaction)
        }
        wanted += accounts.map { Lane(account: $0, region: present.region.rawValue) }
        let known = Set(chains.map(\.lane))
        for lane in wanted where !known.contains(lane) && !fresh.contains(lane) { fresh.append(lane) }
      }
      return Plan(
        chains: chains, fresh: fresh, isOngoing: isOngoing,
        anchor: state.digestsSince ?? transaction.now.wholeSeconds)
    }
  }

  /// The next digest of a chain.
  /// - Returns: the chain with it; nothing if it could not be delivered.
  private func continued(
    _ chain: DigestChainRecord, _ trail: TrailRecord, to end: Timestamp
  ) async throws(AWSError) -> DigestChainRecord? {
    let files = try await house.store.transact { transaction throws(AWSError) in
      try DeliveredFileRecord.all(of: trail, chain.lane, transaction).filter { $0.delivered < end }
    }
    return try await write(
      DigestFile(trail: trail, lane: chain.lane, start: chain.end, end: end, previous: chain, files: files))
  }

  /// AWS: CloudTrail user guide: when a trail is stopped, or validates no more, a last digest covers what was delivered until
  /// then, and the chain ends.
  private func finish(_ chain: DigestChainRecord, _ trail: TrailRecord, _ now: Timestamp) async throws(AWSError) -> Bool
  {
    let files = try await house.store.transact { transaction throws(AWSError) in
      try DeliveredFileRecord.all(of: trail, chain.lane, transaction)
    }
    if !files.isEmpty {
      let end = max(now.wholeSeconds, chain.end.adding(seconds: 1))
      let digest = DigestFile(
        trail: trail, lane: chain.lane, start: chain.end, end: end, previous: chain, files: files)
      guard try await write(digest) != nil else { return false }
    }
    try await house.store.transact { transaction throws(AWSError) in
      _ = try transaction.delete(
        DigestChainRecord.self, DigestChainRecord.key(trail.id, chain.lane), in: trail.scope)
      var state = try TrailStateRecord.of(trail, transaction)
      state.digestsSince = nil
      try transaction.put(state, in: trail.scope)
    }
    return true
  }

  /// Signs and writes a digest, and then stores that it is there: one that was written just before the process ended is written
  /// again, with the same content under the same key.
  private func write(_ digest: DigestFile) async throws(AWSError) -> DigestChainRecord? {
    let trail = digest.trail
    guard let region = Region(digest.lane.region) else { return nil }
    let pair = try await SigningKeys.pair(in: region, at: digest.end, house.store)
    let content = digest.content(fingerprint: pair.fingerprint)
    let hash = DigestFile.hash(content)
    let signature = try SigningKeys.sign(digest.textToSign(hash: hash), by: pair)
    var problem: String?
    do throws(AWSError) {
      try await Destination(house: house, calls: calls, trail: trail).put(
        digest: content, as: digest.object, signature: signature)
    } catch { problem = error.code }
    let chain = DigestChainRecord(
      trail: trail.id, lane: digest.lane, end: digest.end, bucket: trail.bucket, object: digest.object, hash: hash,
      signature: signature)
    let (now, failure) = (house.clock.now, problem)
    return try await house.store.transact { transaction throws(AWSError) in
      guard try TrailFinding.find(trail.id, transaction) != nil else { return nil }
      var state = try TrailStateRecord.of(trail, transaction)
      state.digests.note(now, error: failure)
      try transaction.put(state, in: trail.scope)
      guard failure == nil else { return nil }
      for file in digest.files { try transaction.delete(file, in: trail.scope) }
      try transaction.put(chain, in: trail.scope)
      return chain
    }
  }
}
