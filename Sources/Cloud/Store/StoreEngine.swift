import Foundation
import GRDB
import Logging

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
  let logger: Logger
  let schedule: TimerSchedule
  private var kinds: [String: Int64] = [:]
  private var cache: [CacheKey: any Record] = [:]
  private var isInTransaction = false
  private var hasNewKinds = false
  private var statements: [String: Statement] = [:]
  /// The last number given by ``nextOrder()``, and up to where numbers are durably taken.
  private var lastOrder: Int64 = 0
  private var reservedOrder: Int64 = 0

  /// Decoded configuration is small; past this many records the cache is emptied rather than managed.
  private static let cacheLimit = 50_000
  /// So many order numbers are taken ahead, so that few commits write where they have come to. A batch uses fewer than half.
  private static let orderBlock: Int64 = 1 << 22

  init(database: Database, logger: Logger, schedule: TimerSchedule) throws {
    self.database = database
    self.logger = logger
    self.schedule = schedule
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
  func isTimeHeld() throws -> Bool {
    let statement = try prepared(
      "SELECT 1 FROM holders WHERE EXISTS (SELECT 1 FROM records WHERE records.kind = holders.kind) LIMIT 1")
    return try Int.fetchOne(statement) != nil
  }

  /// How many handlers wait on a topic; the loop knows.
  var waitingCount: (Topic) -> Int = { _ in 0 }

  // MARK: Order

  /// A number above all earlier ones, also those before a restart, whatever the clock does.
  func nextOrder() -> Int64 {
    lastOrder += 1
    return lastOrder
  }

  private func loadOrder() throws {
    let stored = try Int64.fetchOne(database, sql: "SELECT value FROM counters WHERE name = 'order'") ?? 0
    lastOrder = max(lastOrder, stored)
    reservedOrder = stored
  }

  /// Takes the next block with the batch that comes near the end of the present one.
  private func reserveOrder() throws {
    guard lastOrder > reservedOrder - StoreEngine.orderBlock / 2 else { return }
    let reserved = lastOrder + StoreEngine.orderBlock
    let statement = try prepared("INSERT OR REPLACE INTO counters (name, value) VALUES ('order', ?)")
    try statement.execute(arguments: [reserved])
    reservedOrder = reserved
  }

  private func loadKinds() throws {
    kinds.removeAll()
    for row in try Row.fetchAll(database, sql: "SELECT id, name FROM kinds") { kinds[row[1]] = row[0] }
  }

  // MARK: Transactions

  func beginSavepoint() throws {
    if !isInTransaction {
      try run("BEGIN IMMEDIATE")
      isInTransaction = true
    }
    try run("SAVEPOINT handler")
  }

  func endSavepoint(keeping isKept: Bool) throws {
    if !isKept {
      try run("ROLLBACK TO handler")
      if hasNewKinds { try loadKinds() }
    }
    hasNewKinds = false
    try run("RELEASE handler")
  }

  /// Makes the batch durable. After a failure nothing of it is kept.
  func commit() throws {
    guard isInTransaction else { return }
    isInTransaction = false
    do {
      try reserveOrder()
      try run("COMMIT")
    } catch {
      reservedOrder = 0
      if database.isInsideTransaction { try run("ROLLBACK") }
      cache.removeAll()
      // Kinds named for the first time in this batch are gone with it.
      try loadKinds()
      throw error
    }
  }

  /// Takes the whole batch back.
  func abandon() {
    guard isInTransaction || database.isInsideTransaction else { return }
    isInTransaction = false
    do {
      if database.isInsideTransaction { try run("ROLLBACK") }
      cache.removeAll()
      // Kinds named for the first time in this batch are gone with it.
      try loadKinds()
    } catch {
      logger.error("a batch could not be taken back: \(error)")
    }
  }

  func forget(_ key: CacheKey) { cache[key] = nil }

  // MARK: Records

  /// The cache's name of a record that is about to be written.
  func cacheKey<R: Record>(_ type: R.Type, _ key: Key, _ scope: Scope) throws -> CacheKey {
    CacheKey(kind: try kind(R.kind, holdsTime: R.holdsTime), scope: scope, key: key)
  }

  func get<R: Record>(_ type: R.Type, _ key: Key, _ scope: Scope) throws -> R? {
    guard let kind = kinds[R.kind] else { return nil }
    let cacheKey = CacheKey(kind: kind, scope: scope, key: key)
    if R.isCached, let record = cache[cacheKey] as? R { return record }
    let statement = try prepared("SELECT body FROM records WHERE kind = ? AND scope = ? AND key = ?")
    let found = try Data.fetchOne(statement, arguments: [kind, scope.description, Data(key.bytes)])
    guard let body = found else { return nil }
    let record = try R(encoded: body)
    if R.isCached { remember(record, cacheKey) }
    return record
  }

  func contains<R: Record>(_ type: R.Type, _ key: Key, _ scope: Scope) throws -> Bool {
    guard let kind = kinds[R.kind] else { return false }
    if R.isCached, cache[CacheKey(kind: kind, scope: scope, key: key)] != nil { return true }
    let statement = try prepared("SELECT 1 FROM records WHERE kind = ? AND scope = ? AND key = ?")
    return try Int.fetchOne(statement, arguments: [kind, scope.description, Data(key.bytes)]) != nil
  }

  func scan<R: Record>(
    _ type: R.Type, _ scope: Scope, _ range: KeyRange, _ limit: Int, _ isReversed: Bool
  ) throws -> [R] {
    guard let kind = kinds[R.kind], limit > 0 else { return [] }
    let order = isReversed ? "DESC" : "ASC"
    let statement = try prepared(
      "SELECT body FROM records WHERE kind = ? AND scope = ? AND key >= ? AND key < ? ORDER BY key \(order) LIMIT ?")
    return try decode(statement, [kind, scope.description, Data(range.lower), Data(range.upper), limit])
  }

  func scan<R: Record>(
    _ type: R.Type, _ index: String, _ scope: Scope, _ range: KeyRange, _ limit: Int, _ isReversed: Bool
  ) throws -> [R] {
    guard let kind = kinds[R.kind], let name = kinds["\(R.kind)#\(index)"], limit > 0 else { return [] }
    let order = isReversed ? "DESC" : "ASC"
    let statement = try prepared(
      """
      SELECT body FROM entries JOIN records ON kind = ? AND records.scope = entries.scope AND records.key = entries.key
      WHERE name = ? AND entries.scope = ? AND value >= ? AND value < ? ORDER BY value \(order), entries.key \(order) LIMIT ?
      """)
    return try decode(statement, [kind, name, scope.description, Data(range.lower), Data(range.upper), limit])
  }

  func count<R: Record>(_ type: R.Type, _ scope: Scope, _ range: KeyRange, _ limit: Int) throws -> Int {
    guard let kind = kinds[R.kind] else { return 0 }
    let statement = try prepared(
      "SELECT count(*) FROM (SELECT 1 FROM records WHERE kind = ? AND scope = ? AND key >= ? AND key < ? LIMIT ?)")
    return try Int.fetchOne(
      statement, arguments: [kind, scope.description, Data(range.lower), Data(range.upper), limit]) ?? 0
  }

  func count<R: Record>(
    _ type: R.Type, _ index: String, _ scope: Scope, _ range: KeyRange, _ limit: Int
  ) throws -> Int {
    guard let name = kinds["\(R.kind)#\(index)"] else { return 0 }
    let statement = try prepared(
      "SELECT count(*) FROM (SELECT 1 FROM entries WHERE name = ? AND scope = ? AND value >= ? AND value < ? LIMIT ?)")
    return try Int.fetchOne(
      statement, arguments: [name, scope.description, Data(range.lower), Data(range.upper), limit]) ?? 0
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
    let statement = try prepared("SELECT min(scope) FROM records WHERE kind = ? AND scope > ?")
    var result: [Scope] = []
    var last = ""
    while let next = try String.fetchOne(statement, arguments: [kind, last]) {
      if let scope = Scope(stored: next) { result.append(scope) }
      last = next
    }
    return result
  }

  func put<R: Record>(_ record: R, _ scope: Scope, replacing old: R?) throws {
    let kind = try self.kind(R.kind, holdsTime: R.holdsTime)
    let key = Data(record.key.bytes)
    let statement = try prepared("INSERT OR REPLACE INTO records (kind, scope, key, body) VALUES (?, ?, ?, ?)")
    try statement.execute(arguments: [kind, scope.description, key, try record.encoded()])
    for index in R.indexes {
      let before = old.flatMap(index.value)
      let after = index.value(record)
      if before == after { continue }
      let name = try self.kind("\(R.kind)#\(index.name)")
      if let before { try removeEntry(name, scope, before, key) }
      if let after {
        let insert = try prepared("INSERT OR REPLACE INTO entries (name, scope, value, key) VALUES (?, ?, ?, ?)")
        try insert.execute(arguments: [name, scope.description, Data(after.bytes), key])
      }
    }
    if R.isCached { remember(record, CacheKey(kind: kind, scope: scope, key: record.key)) }
  }

  func delete<R: Record>(_ type: R.Type, _ key: Key, _ scope: Scope) throws -> Bool {
    if !R.indexes.isEmpty {
      guard let record = try get(type, key, scope) else { return false }
      try delete(record, scope)
      return true
    }
    guard let kind = kinds[R.kind] else { return false }
    cache[CacheKey(kind: kind, scope: scope, key: key)] = nil
    try removeRecord(kind, scope, Data(key.bytes))
    return database.changesCount > 0
  }

  func delete<R: Record>(_ record: R, _ scope: Scope) throws {
    let kind = try self.kind(R.kind, holdsTime: R.holdsTime)
    let key = Data(record.key.bytes)
    cache[CacheKey(kind: kind, scope: scope, key: record.key)] = nil
    try removeRecord(kind, scope, key)
    for index in R.indexes {
      if let value = index.value(record) {
        try removeEntry(try self.kind("\(R.kind)#\(index.name)"), scope, value, key)
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

  private func removeRecord(_ kind: Int64, _ scope: Scope, _ key: Data) throws {
    let statement = try prepared("DELETE FROM records WHERE kind = ? AND scope = ? AND key = ?")
    try statement.execute(arguments: [kind, scope.description, key])
  }

  private func removeEntry(_ name: Int64, _ scope: Scope, _ value: Key, _ key: Data) throws {
    let statement = try prepared("DELETE FROM entries WHERE name = ? AND scope = ? AND value = ? AND key = ?")
    try statement.execute(arguments: [name, scope.description, Data(value.bytes), key])
  }

  private func decode<R: Record>(_ statement: Statement, _ arguments: StatementArguments) throws -> [R] {
    var result: [R] = []
    let cursor = try Data.fetchCursor(statement, arguments: arguments)
    while let body = try cursor.next() { result.append(try R(encoded: body)) }
    return result
  }

  private func kind(_ name: String, holdsTime: Bool = false) throws -> Int64 {
    if let id = kinds[name] { return id }
    try database.execute(sql: "INSERT INTO kinds (name) VALUES (?)", arguments: [name])
    let id = database.lastInsertedRowID
    kinds[name] = id
    hasNewKinds = true
    if holdsTime { try database.execute(sql: "INSERT INTO holders (kind) VALUES (?)", arguments: [id]) }
    return id
  }

  private func prepared(_ sql: String) throws -> Statement {
    if let statement = statements[sql] { return statement }
    let statement = try database.makeStatement(sql: sql)
    statements[sql] = statement
    return statement
  }

  private func run(_ sql: String) throws { try prepared(sql).execute() }
}
