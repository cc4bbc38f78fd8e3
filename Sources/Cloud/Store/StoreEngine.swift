import Foundation
import GRDB
import GRDBSQLite
import Logging
import Wire

/// Names one decoded record in the cache.
struct CacheKey: Hashable {
  let kind: Int64
  let scope: Scope
  let key: Key
}

/// The records as rows of two SQLite tables. Confined to the store's thread.
///
/// `records` holds each record under (kind, scope, key); `entries` holds each index entry under (index, scope, value, key).
/// Nothing outside this file knows that it is SQLite.
final class StoreEngine {
  let database: Database
  private let connection: SQLiteConnection
  let logger: Logger
  let schedule: TimerSchedule
  let work: WorkQueue
  private var kinds: [String: Int64] = [:]
  private var known: [ObjectIdentifier: Known] = [:]
  private var cache: [CacheKey: any Record] = [:]
  private var isInTransaction = false
  private var hasNewKinds = false
  private var statements: [StoreSQL: SQLStatement] = [:]
  private var lastScope: (scope: Scope, text: String)?
  /// The last number given by ``nextOrder()``, and up to where numbers are durably taken.
  private var lastOrder: Int64 = 0
  private var reservedOrder: Int64 = 0

  /// Decoded configuration is small; past this many records the cache is emptied rather than managed.
  private static let cacheLimit = 50_000
  /// So many order numbers are taken ahead, so that few commits write where they have come to. A batch uses fewer than half.
  private static let orderBlock: Int64 = 1 << 22

  init(database: Database, logger: Logger, schedule: TimerSchedule, work: WorkQueue) throws {
    guard let connection = database.sqliteConnection else { throw StoreFailure("the database is closed") }
    self.database = database
    self.connection = connection
    self.logger = logger
    self.schedule = schedule
    self.work = work
    // GRDB's observers of commits, of whom there are none.
    sqlite3_commit_hook(connection, nil, nil)
    sqlite3_rollback_hook(connection, nil, nil)
    try StoreEngine.createTables(in: database)
    try loadKinds()
    try loadOrder()
  }

  static func createTables(in database: Database) throws {
    try database.execute(
      sql: """
        CREATE TABLE IF NOT EXISTS kinds (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
        CREATE TABLE IF NOT EXISTS records (
          kind INTEGER NOT NULL, scope TEXT NOT NULL, key BLOB NOT NULL, body BLOB NOT NULL,
          PRIMARY KEY (kind, scope, key)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS entries (
          name INTEGER NOT NULL, scope TEXT NOT NULL, value BLOB NOT NULL, key BLOB NOT NULL,
          PRIMARY KEY (name, scope, value, key)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS holders (kind INTEGER PRIMARY KEY);
        """)
  }

  /// Forgets all that was read, after the tables were changed from outside a transaction.
  func reload() throws {
    cache.removeAll()
    statements.removeAll()
    try StoreEngine.createTables(in: database)
    try loadKinds()
    try loadOrder()
  }

  /// Whether there are records that hold automatic time. Complexity: one seek for each such kind.
  func isTimeHeld() throws -> Bool { try prepared(.isTimeHeld).firstInteger() != nil }

  /// How many handlers wait on a topic; the loop knows.
  var waitingCount: (Topic) -> Int = { _ in 0 }

  // MARK: Order

  /// A number above all earlier ones, also those before a restart, whatever the clock does.
  func nextOrder() -> Int64 {
    lastOrder += 1
    return lastOrder
  }

  private func loadOrder() throws {
    let stored = Int64(try prepared(.lastOrder).firstInteger() ?? 0)
    lastOrder = max(lastOrder, stored)
    reservedOrder = stored
  }

  /// Takes the next block with the batch that comes near the end of the present one.
  private func reserveOrder() throws {
    guard lastOrder > reservedOrder - StoreEngine.orderBlock / 2 else { return }
    let reserved = lastOrder + StoreEngine.orderBlock
    let statement = try prepared(.reserveOrder)
    try statement.bind(1, reserved)
    try statement.run()
    reservedOrder = reserved
  }

  private func loadKinds() throws {
    kinds.removeAll()
    known.removeAll()
    let statement = try prepared(.kinds)
    try statement.forEachRow {
      if let name = statement.text(1) { kinds[name] = statement.integer(0) }
    }
  }

  /// Looks up when the first timer is due.
  func refreshSchedule() throws {
    let first = try scan(TimerRecord.self, TimerRecord.byDue.name, .global, .all, 1, false).first
    schedule.set(first.map { Timestamp(milliseconds: $0.due) })
  }

  // MARK: Transactions

  func beginSavepoint() throws {
    if !isInTransaction {
      try prepared(.begin).run()
      isInTransaction = true
    }
    try prepared(.savepoint).run()
  }

  func endSavepoint(keeping isKept: Bool) throws {
    if !isKept {
      try prepared(.rollbackTo).run()
      if hasNewKinds { try loadKinds() }
    }
    hasNewKinds = false
    try prepared(.release).run()
  }

  /// Makes the batch durable. After a failure nothing of it is kept.
  func commit() throws {
    guard isInTransaction else { return }
    isInTransaction = false
    do {
      try reserveOrder()
      try prepared(.commit).run()
    } catch {
      reservedOrder = 0
      if isInsideSQLTransaction { try prepared(.rollback).run() }
      cache.removeAll()
      // Kinds named for the first time in this batch are gone with it.
      try loadKinds()
      throw error
    }
  }

  /// Takes the whole batch back.
  func abandon() {
    guard isInTransaction || isInsideSQLTransaction else { return }
    isInTransaction = false
    do {
      if isInsideSQLTransaction { try prepared(.rollback).run() }
      cache.removeAll()
      // Kinds named for the first time in this batch are gone with it.
      try loadKinds()
    } catch {
      logger.error("a batch could not be taken back: \(error)")
    }
  }

  func forget(_ key: CacheKey) { cache[key] = nil }

  private var isInsideSQLTransaction: Bool { sqlite3_get_autocommit(connection) == 0 }

  /// Lets go of the prepared statements, so that the database can be closed.
  func finish() { statements.removeAll() }

  // MARK: Records

  /// The cache's name of a record that is about to be written.
  func cacheKey<R: Record>(_ type: R.Type, _ key: Key, _ scope: Scope) throws -> CacheKey {
    CacheKey(kind: try kind(R.kind, holdsTime: R.holdsTime), scope: scope, key: key)
  }

  func get<R: Record>(_ type: R.Type, _ key: Key, _ scope: Scope) throws -> R? {
    guard let kind = find(type)?.id else { return nil }
    if R.isCached, let record = cache[CacheKey(kind: kind, scope: scope, key: key)] as? R { return record }
    guard let body = try bound(.get, kind, scope, key).first() else { return nil }
    let record = try R(encoded: body)
    if R.isCached { remember(record, CacheKey(kind: kind, scope: scope, key: key)) }
    return record
  }

  func contains<R: Record>(_ type: R.Type, _ key: Key, _ scope: Scope) throws -> Bool {
    guard let kind = find(type)?.id else { return false }
    if R.isCached, cache[CacheKey(kind: kind, scope: scope, key: key)] != nil { return true }
    return try bound(.contains, kind, scope, key).firstInteger() != nil
  }

  func scan<R: Record>(
    _ type: R.Type, _ scope: Scope, _ range: KeyRange, _ limit: Int, _ isReversed: Bool
  ) throws -> [R] {
    guard let kind = find(type)?.id, limit > 0 else { return [] }
    return try decode(try bound(isReversed ? .scanDown : .scanUp, kind, scope, range, limit))
  }

  func scan<R: Record>(
    _ type: R.Type, _ index: String, _ scope: Scope, _ range: KeyRange, _ limit: Int, _ isReversed: Bool
  ) throws -> [R] {
    guard let known = find(type), let name = known.index(index, of: type), limit > 0 else { return [] }
    let statement = try bound(isReversed ? .scanIndexDown : .scanIndexUp, name, scope, range, limit)
    try statement.bind(6, known.id)
    return try decode(statement)
  }

  func count<R: Record>(_ type: R.Type, _ scope: Scope, _ range: KeyRange, _ limit: Int) throws -> Int {
    guard let kind = find(type)?.id else { return 0 }
    return try bound(.count, kind, scope, range, limit).firstInteger() ?? 0
  }

  func count<R: Record>(
    _ type: R.Type, _ index: String, _ scope: Scope, _ range: KeyRange, _ limit: Int
  ) throws -> Int {
    guard let name = find(type)?.index(index, of: type) else { return 0 }
    return try bound(.countIndex, name, scope, range, limit).firstInteger() ?? 0
  }

  func scopes<R: Record>(_ type: R.Type) throws -> [Scope] { try kinds[R.kind].map { try scopes(ofKind: $0) } ?? [] }

  /// The scopes that hold a record of any kind.
  func scopes() throws -> [Scope] {
    var result: Set<Scope> = []
    for kind in kinds.values { result.formUnion(try scopes(ofKind: kind)) }
    return result.sorted { $0.description < $1.description }
  }

  private func scopes(ofKind kind: Int64) throws -> [Scope] {
    // A skip scan by hand: one seek for each scope, however many records it holds.
    let statement = try prepared(.nextScope)
    var result: [Scope] = []
    var last: String? = ""
    while let before = last {
      try statement.bind(1, kind)
      try statement.bind(2, before)
      last = nil
      try statement.forEachRow { last = statement.text(0) }
      if let next = last, let scope = Scope(stored: next) { result.append(scope) }
    }
    return result
  }

  func put<R: Record>(_ record: R, _ scope: Scope, replacing old: R?) throws {
    let known = try make(R.self)
    let key = record.key
    let statement = try bound(.put, known.id, scope, key)
    try statement.bind(4, try record.encoded())
    try statement.run()
    let indexes = R.indexes
    for position in indexes.indices {
      let (index, name) = (indexes[position], known.indexes[position])
      let before = old.flatMap(index.value)
      let after = index.value(record)
      if before == after { continue }
      if let before { try removeEntry(name, scope, before, key) }
      if let after {
        let insert = try bound(.putEntry, name, scope, after)
        try insert.bind(4, key.bytes)
        try insert.run()
      }
    }
    if R.isCached { remember(record, CacheKey(kind: known.id, scope: scope, key: key)) }
  }

  func delete<R: Record>(_ type: R.Type, _ key: Key, _ scope: Scope) throws -> Bool {
    if !R.indexes.isEmpty {
      guard let record = try get(type, key, scope) else { return false }
      try delete(record, scope)
      return true
    }
    guard let kind = find(type)?.id else { return false }
    if R.isCached { cache[CacheKey(kind: kind, scope: scope, key: key)] = nil }
    try bound(.remove, kind, scope, key).run()
    return sqlite3_changes(connection) > 0
  }

  func delete<R: Record>(_ record: R, _ scope: Scope) throws {
    let known = try make(R.self)
    let key = record.key
    if R.isCached { cache[CacheKey(kind: known.id, scope: scope, key: key)] = nil }
    try bound(.remove, known.id, scope, key).run()
    let indexes = R.indexes
    for position in indexes.indices {
      if let value = indexes[position].value(record) {
        try removeEntry(known.indexes[position], scope, value, key)
      }
    }
  }

  /// Removes everything, or everything of one account.
  func removeAll(of account: AccountID?) throws {
    if let account {
      for table in ["records", "entries"] {
        try database.execute(
          sql: "DELETE FROM \(table) WHERE scope >= ? AND scope < ?", arguments: ["\(account)/", "\(account)0"])
      }
    } else {
      try database.execute(sql: "DELETE FROM records; DELETE FROM entries; DELETE FROM kinds; DELETE FROM holders;")
    }
  }

  // MARK: Helpers

  private func remember(_ record: any Record, _ key: CacheKey) {
    if cache.count >= StoreEngine.cacheLimit { cache.removeAll(keepingCapacity: true) }
    cache[key] = record
  }

  private func removeEntry(_ name: Int64, _ scope: Scope, _ value: Key, _ key: Key) throws {
    let statement = try bound(.removeEntry, name, scope, value)
    try statement.bind(4, key.bytes)
    try statement.run()
  }

  private func decode<R: Record>(_ statement: SQLStatement) throws -> [R] {
    var result: [R] = []
    try statement.forEach { result.append(try R(encoded: $0)) }
    return result
  }

  // MARK: Kinds

  /// The numbers of a kind and its indexes.
  private struct Known {
    let id: Int64
    /// In the order of `indexes`; 0 for one that has no entries yet.
    let indexes: [Int64]

    func index<R: Record>(_ name: String, of type: R.Type) -> Int64? {
      guard let position = R.indexes.firstIndex(where: { $0.name == name }), indexes[position] != 0 else { return nil }
      return indexes[position]
    }
  }

  /// A kind that was stored before.
  private func find<R: Record>(_ type: R.Type) -> Known? {
    if let found = known[ObjectIdentifier(type)] { return found }
    guard let id = kinds[R.kind] else { return nil }
    let found = Known(id: id, indexes: R.indexes.map { kinds["\(R.kind)#\($0.name)"] ?? 0 })
    if !found.indexes.contains(0) { known[ObjectIdentifier(type)] = found }
    return found
  }

  /// A kind that is about to be stored.
  private func make<R: Record>(_ type: R.Type) throws -> Known {
    if let found = known[ObjectIdentifier(type)] { return found }
    let id = try kind(R.kind, holdsTime: R.holdsTime)
    let made = Known(id: id, indexes: try R.indexes.map { try kind("\(R.kind)#\($0.name)") })
    known[ObjectIdentifier(type)] = made
    return made
  }

  private func kind(_ name: String, holdsTime: Bool = false) throws -> Int64 {
    if let id = kinds[name] { return id }
    let statement = try prepared(.addKind)
    try statement.bind(1, name)
    try statement.run()
    let id = sqlite3_last_insert_rowid(connection)
    kinds[name] = id
    hasNewKinds = true
    if holdsTime {
      let statement = try prepared(.addHolder)
      try statement.bind(1, id)
      try statement.run()
    }
    return id
  }

  // MARK: Statements

  private func prepared(_ sql: StoreSQL) throws -> SQLStatement {
    if let statement = statements[sql] { return statement }
    let statement = try SQLStatement(sql.text, on: connection)
    statements[sql] = statement
    return statement
  }

  /// A statement about one key.
  private func bound(_ sql: StoreSQL, _ kind: Int64, _ scope: Scope, _ key: Key) throws -> SQLStatement {
    let statement = try prepared(sql)
    try statement.bind(1, kind)
    try statement.bind(2, text(of: scope))
    try statement.bind(3, key.bytes)
    return statement
  }

  /// A statement about a range of keys.
  private func bound(
    _ sql: StoreSQL, _ kind: Int64, _ scope: Scope, _ range: KeyRange, _ limit: Int
  ) throws -> SQLStatement {
    let statement = try prepared(sql)
    try statement.bind(1, kind)
    try statement.bind(2, text(of: scope))
    try statement.bind(3, range.lower)
    try statement.bind(4, range.upper)
    try statement.bind(5, Int64(limit))
    return statement
  }

  /// A scope's stored form; a handler asks for the same again and again.
  private func text(of scope: Scope) -> String {
    if let lastScope, lastScope.scope == scope { return lastScope.text }
    let text = scope.description
    lastScope = (scope, text)
    return text
  }
}
