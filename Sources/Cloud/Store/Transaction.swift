import Foundation
import GRDB
import Wire

/// One handler's view of the store: everything it reads and writes happens whole or not at all.
///
/// It lives only while the handler runs, on the store's own thread, and is not `Sendable`. What must happen in the world is
/// requested with ``afterCommit(_:)`` and ``signal(_:waking:)`` and happens only once the writes are durable.
/// A class rather than an `inout` value, so that scans and closures inside a handler can use it.
public final class Transaction {
  /// The cloud's time when the transaction began; it does not move while the handler runs.
  public let now: Timestamp
  /// The cloud's time when the handler first ran: earlier than ``now`` for one that has waited. Jumps of automatic time in
  /// between are added, so that the difference is what the caller has waited.
  public let began: Timestamp
  /// Randomness for ids.
  public let random: RandomSource
  /// Where bytes too many for a record go.
  public let blobs: Blobs

  /// Reads what is too much for the store's thread; nothing where the caller can't run the handler again.
  public var gathering: ByteGathering?

  let engine: StoreEngine
  private(set) var effects: [@Sendable () -> Void] = []
  private(set) var signals: [(topic: Topic, count: Int)] = []
  private(set) var entries: [JournalEntry] = []
  private var hasSavepoint = false
  private var touched: [CacheKey] = []

  init(engine: StoreEngine, now: Timestamp, began: Timestamp, random: RandomSource, blobs: Blobs) {
    self.engine = engine
    self.now = now
    self.began = began
    self.random = random
    self.blobs = blobs
  }

  // MARK: Reading

  /// The record with this key, if there is one.
  public func get<R: Record>(_ type: R.Type, _ key: Key, in scope: Scope) throws(AWSError) -> R? {
    try guarded { try engine.get(type, key, scope) }
  }

  /// Whether there is a record with this key.
  public func contains<R: Record>(_ type: R.Type, _ key: Key, in scope: Scope) throws(AWSError) -> Bool {
    try guarded { try engine.contains(type, key, scope) }
  }

  /// Records in the order of their keys, at most `limit`.
  public func scan<R: Record>(
    _ type: R.Type, in scope: Scope, _ range: KeyRange = .all, limit: Int = .max, reversed: Bool = false
  ) throws(AWSError) -> [R] {
    try guarded { try engine.scan(type, scope, range, limit, reversed) }
  }

  /// Records in the order of an index, at most `limit`; `range` is one of the index's values.
  public func scan<R: Record>(
    _ type: R.Type, by index: Index<R>, in scope: Scope, _ range: KeyRange = .all, limit: Int = .max,
    reversed: Bool = false
  ) throws(AWSError) -> [R] {
    try guarded { try engine.scan(type, index.name, scope, range, limit, reversed) }
  }

  /// The number of records in a range, counted up to `limit`. Complexity: O(the count).
  public func count<R: Record>(
    _ type: R.Type, in scope: Scope, _ range: KeyRange = .all, limit: Int = .max
  ) throws(AWSError) -> Int {
    try guarded { try engine.count(type, scope, range, limit) }
  }

  /// The number of entries of an index in a range, counted up to `limit`. Complexity: O(the count).
  public func count<R: Record>(
    _ type: R.Type, by index: Index<R>, in scope: Scope, _ range: KeyRange = .all, limit: Int = .max
  ) throws(AWSError) -> Int {
    try guarded { try engine.count(type, index.name, scope, range, limit) }
  }

  /// All scopes that hold records of a kind, for work that goes over every account.
  public func scopes<R: Record>(of type: R.Type) throws(AWSError) -> [Scope] {
    try guarded { try engine.scopes(type) }
  }

  /// All scopes that hold anything: the accounts and Regions that are in use. Complexity: kinds × scopes.
  public func scopes() throws(AWSError) -> [Scope] { try guarded { try engine.scopes() } }

  // MARK: Writing

  /// Stores a record, new or in place of the one with its key.
  public func put<R: Record>(_ record: R, in scope: Scope) throws(AWSError) {
    try writing {
      if R.isCached { touched.append(try engine.cacheKey(R.self, record.key, scope)) }
      try engine.put(record, scope, replacing: R.indexes.isEmpty ? nil : try engine.get(R.self, record.key, scope))
    }
  }

  /// Stores a record whose key is known to be unused: saves the look for an old one.
  public func insert<R: Record>(_ record: R, in scope: Scope) throws(AWSError) {
    try writing {
      if R.isCached { touched.append(try engine.cacheKey(R.self, record.key, scope)) }
      try engine.put(record, scope, replacing: nil)
    }
  }

  /// Stores `record` in place of `old`, which the caller has read in this transaction; both have the same key.
  public func update<R: Record>(_ old: R, to record: R, in scope: Scope) throws(AWSError) {
    try writing {
      if R.isCached { touched.append(try engine.cacheKey(R.self, record.key, scope)) }
      try engine.put(record, scope, replacing: old)
    }
  }

  /// Removes the record with this key; says whether there was one.
  @discardableResult
  public func delete<R: Record>(_ type: R.Type, _ key: Key, in scope: Scope) throws(AWSError) -> Bool {
    try writing {
      if R.isCached { touched.append(try engine.cacheKey(R.self, key, scope)) }
      return try engine.delete(type, key, scope)
    }
  }

  /// Removes `record`, which the caller has read in this transaction.
  public func delete<R: Record>(_ record: R, in scope: Scope) throws(AWSError) {
    try writing {
      if R.isCached { touched.append(try engine.cacheKey(R.self, record.key, scope)) }
      try engine.delete(record, scope)
    }
  }

  /// A number above all that were given before, in this store and for ever, whatever the clock does: for ids, and for the order
  /// of what happens in the same millisecond. Numbers may be left out.
  public func nextOrder() -> Int64 { engine.nextOrder() }

  /// How many handlers wait on a topic just now.
  public func waitingCount(on topic: Topic) -> Int { engine.waitingCount(topic) }

  // MARK: Asking for what happens after the commit

  /// Runs `effect` on the store's thread once the writes are durable; it must be short and cannot fail the request.
  public func afterCommit(_ effect: @escaping @Sendable () -> Void) { effects.append(effect) }

  /// Wakes up to `count` of the handlers that wait on `topic`, longest waiting first, once the writes are durable.
  public func signal(_ topic: Topic, waking count: Int = .max) { signals.append((topic, count)) }

  // MARK: The journal

  /// Puts the call that this handler answers, or one that it made, into the journal, whether the handler succeeds or not: with
  /// the batch's commit, before the answer is sent.
  public func record(_ entry: JournalEntry) { entries.append(entry) }

  // MARK: Savepoints

  /// Ends the handler's part of the batch: keeps its writes, or takes them all back.
  func finish(keeping isKept: Bool) throws {
    if hasSavepoint { try engine.endSavepoint(keeping: isKept) }
    if !isKept {
      for key in touched { engine.forget(key) }
      effects = []
      signals = []
    }
  }

  private func writing<T>(_ body: () throws -> T) throws(AWSError) -> T {
    try guarded {
      // Only a handler that writes pays for a savepoint.
      if !hasSavepoint {
        try engine.beginSavepoint()
        hasSavepoint = true
      }
      return try body()
    }
  }

  private func guarded<T>(_ body: () throws -> T) throws(AWSError) -> T {
    do { return try body() } catch let error as AWSError { throw error } catch {
      engine.logger.error("the store failed: \(error)")
      throw AWSError.internalFailure()
    }
  }
}
