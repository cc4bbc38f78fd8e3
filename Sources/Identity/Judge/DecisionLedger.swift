import Cloud
import Foundation
import Policy
import Synchronization
import Wire

/// Remembers every verdict, so that it can be explained.
///
/// The latest verdicts are kept in memory with all that was weighed, and explained only when somebody asks; denials are also
/// written to the store, already explained, so that their encoded messages can be decoded after a restart.
/// State: a ring in a `Mutex`, held for one entry at a time.
public final class DecisionLedger: DecisionLookup {
  /// One verdict with what was weighed.
  struct Entry: Sendable {
    let id: String
    let requestID: String
    let time: Timestamp
    let account: AccountID?
    let request: AuthorizationRequest
    let policies: PolicySet
    let decision: Decision
    /// The caller as messages print it.
    let callerARN: String
    /// Whether the verdict was carried out; false in audit mode.
    let isEnforced: Bool

    var isDenied: Bool { decision.outcome != .allowed }
  }

  private struct Ring {
    var entries: [Entry] = []
    var next = 0
    var last: String?
  }

  private let ring = Mutex(Ring())
  private let capacity: Int

  /// A ledger that remembers the latest `capacity` verdicts.
  public init(capacity: Int = 4096) { self.capacity = capacity }

  func record(_ entry: Entry) {
    ring.withLock { ring in
      if ring.entries.count < capacity {
        ring.entries.append(entry)
      } else {
        ring.entries[ring.next] = entry
      }
      ring.next = (ring.next + 1) % capacity
      ring.last = entry.requestID
    }
  }

  /// Writes a request's denials to the store.
  public func keepDenials(of requestID: String, in store: Store) async throws(AWSError) {
    let denials = entries(for: requestID).filter(\.isDenied)
    if denials.isEmpty { return }
    try await store.transact { transaction throws(AWSError) in
      // Denials are for looking into what just happened, not an archive.
      let old = Timestamp(milliseconds: transaction.now.milliseconds - 90 * 86_400_000)
      let stale = KeyRange.all.before(Key(.timestamp(old)))
      for record in try transaction.scan(DenialRecord.self, by: DenialRecord.byTime, in: .global, stale, limit: 16) {
        try transaction.delete(record, in: .global)
      }
      for entry in denials {
        let page = DecisionPage(entry)
        let record = DenialRecord(
          id: entry.id, requestID: entry.requestID, account: entry.account?.rawValue, time: entry.time,
          page: page.json, message: page.authorizationMessage)
        try transaction.put(record, in: .global)
      }
    }
  }

  /// The page that explains a request's decisions: `{"requestId", "decisions": […]}`.
  /// - Parameter id: a request id, a decision's id, an encoded authorization message, or `last`.
  /// - Returns: JSON, or nothing if no decision is known under `id`.
  public func page(for id: String, in store: Store) async throws(AWSError) -> String? {
    guard let name = id == "last" ? ring.withLock({ $0.last }) : id else { return nil }
    let found = entries(for: name)
    if let first = found.first { return DecisionPage.page(of: first.requestID, found.map { DecisionPage($0).json }) }
    let stored = try await store.transact { transaction throws(AWSError) -> [DenialRecord] in
      try DenialRecord.find(name, in: transaction)
    }
    guard let first = stored.first else { return nil }
    return DecisionPage.page(of: first.requestID, stored.map(\.page))
  }

  /// The decoded form of an encoded authorization message.
  public func decodedMessage(for encoded: String, in transaction: Transaction) throws(AWSError) -> String? {
    try DenialRecord.find(encoded, in: transaction).first?.message
  }

  /// Forgets everything, or everything of one account.
  public func removeAll(of account: AccountID? = nil) {
    ring.withLock { ring in
      if let account {
        ring.entries.removeAll { $0.account == account }
      } else {
        ring.entries.removeAll()
      }
      ring.next = ring.entries.count % capacity
      ring.last = ring.entries.last?.requestID
    }
  }

  private func entries(for id: String) -> [Entry] {
    ring.withLock { ring in
      // Oldest first: behind `next` the ring goes round.
      let ordered =
        ring.entries.count < capacity ? ring.entries[...] : ring.entries[ring.next...] + ring.entries[..<ring.next]
      return ordered.filter { $0.requestID == id || $0.id == id }
    }
  }
}

/// A denial that is remembered over restarts.
struct DenialRecord: Record {
  static let kind = "identity.denial"
  static let byRequest = Index<DenialRecord>("request") { Key($0.requestID) }
  static let byTime = Index<DenialRecord>("time") { Key(.timestamp($0.time)) }
  static let indexes = [byRequest, byTime]

  var id: String
  var requestID: String
  var account: String?
  var time: Timestamp
  /// The explanation, as JSON.
  var page: String
  /// What `sts:DecodeAuthorizationMessage` answers.
  var message: String

  var key: Key { Key(id) }

  static func find(_ id: String, in transaction: Transaction) throws(AWSError) -> [DenialRecord] {
    if let record = try transaction.get(DenialRecord.self, Key(id), in: .global) { return [record] }
    return try transaction.scan(DenialRecord.self, by: byRequest, in: .global, .prefix(.string(id)))
  }
}
