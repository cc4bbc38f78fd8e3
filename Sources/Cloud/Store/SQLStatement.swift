import Foundation
import GRDB
import GRDBSQLite

/// A prepared statement, bound and stepped through SQLite's own interface.
///
/// A record's way into and out of the database is a few of these; boxing each argument and each row, as a general library must,
/// cost more than SQLite itself. Arguments are numbered from 1. Confined to the store's thread.
struct SQLStatement {
  private let statement: Statement
  private let handle: OpaquePointer

  /// Tells SQLite to copy what is bound.
  private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

  init(_ sql: String, in database: Database) throws {
    statement = try database.makeStatement(sql: sql)
    handle = statement.sqliteStatement
  }

  func bind(_ position: Int32, _ value: Int64) throws { try check(sqlite3_bind_int64(handle, position, value)) }

  func bind(_ position: Int32, _ value: String) throws {
    var value = value
    let code = value.withUTF8 { text in
      text.withMemoryRebound(to: CChar.self) {
        sqlite3_bind_text(handle, position, $0.baseAddress, Int32($0.count), SQLStatement.transient)
      }
    }
    try check(code)
  }

  func bind(_ position: Int32, _ value: [UInt8]) throws {
    try check(value.withUnsafeBytes { bind(position, $0) })
  }

  func bind(_ position: Int32, _ value: Data) throws {
    try check(value.withUnsafeBytes { bind(position, $0) })
  }

  private func bind(_ position: Int32, _ bytes: UnsafeRawBufferPointer) -> Int32 {
    // Nothing at all would be NULL, which no key equals.
    if bytes.isEmpty { return sqlite3_bind_zeroblob(handle, position, 0) }
    return sqlite3_bind_blob(handle, position, bytes.baseAddress, Int32(bytes.count), SQLStatement.transient)
  }

  /// Runs a statement that gives no rows.
  func run() throws {
    defer { sqlite3_reset(handle) }
    let code = sqlite3_step(handle)
    if code != SQLITE_DONE, code != SQLITE_ROW { throw failure(code) }
  }

  /// Gives the first column of each row to `body`.
  func forEach(_ body: (Data) throws -> Void) throws {
    defer { sqlite3_reset(handle) }
    while true {
      switch sqlite3_step(handle) {
      case SQLITE_ROW: try body(column())
      case SQLITE_DONE: return
      case let code: throw failure(code)
      }
    }
  }

  /// The first column of the first row; nothing without one.
  func first() throws -> Data? {
    defer { sqlite3_reset(handle) }
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return column()
    case SQLITE_DONE: return nil
    case let code: throw failure(code)
    }
  }

  /// The first row's number; nothing without a row.
  func firstInteger() throws -> Int? {
    defer { sqlite3_reset(handle) }
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return Int(sqlite3_column_int64(handle, 0))
    case SQLITE_DONE: return nil
    case let code: throw failure(code)
    }
  }

  private func column() -> Data {
    guard let bytes = sqlite3_column_blob(handle, 0) else { return Data() }
    return Data(bytes: bytes, count: Int(sqlite3_column_bytes(handle, 0)))
  }

  private func check(_ code: Int32) throws { if code != SQLITE_OK { throw failure(code) } }

  private func failure(_ code: Int32) -> DatabaseError {
    let message = sqlite3_db_handle(handle).flatMap { sqlite3_errmsg($0) }.map { String(cString: $0) }
    return DatabaseError(resultCode: ResultCode(rawValue: code), message: message, sql: statement.sql)
  }
}
