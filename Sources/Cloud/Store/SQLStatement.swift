import Foundation
import GRDB
import GRDBSQLite

/// A prepared statement, bound and stepped through SQLite's own interface.
///
/// A record's way into and out of the database is a few of these; boxing each argument and each row, as a general library must,
/// cost more than SQLite itself. Arguments are numbered from 1, columns from 0. Confined to the store's thread.
final class SQLStatement {
  private let sql: String
  private let handle: OpaquePointer

  /// Tells SQLite to copy what is bound.
  private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

  /// - Parameter connection: must be open for as long as the statement lives.
  init(_ sql: String, on connection: SQLiteConnection) throws {
    self.sql = sql
    var handle: OpaquePointer?
    let code = sqlite3_prepare_v3(connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil)
    guard code == SQLITE_OK, let handle else {
      throw DatabaseError(
        resultCode: ResultCode(rawValue: code), message: String(cString: sqlite3_errmsg(connection)), sql: sql)
    }
    self.handle = handle
  }

  deinit { sqlite3_finalize(handle) }

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
  func forEach(_ body: (Data) throws -> Void) throws { try forEachRow { try body(column()) } }

  /// Calls `body` at each row, which may then look at the columns.
  func forEachRow(_ body: () throws -> Void) throws {
    defer { sqlite3_reset(handle) }
    while true {
      switch sqlite3_step(handle) {
      case SQLITE_ROW: try body()
      case SQLITE_DONE: return
      case let code: throw failure(code)
      }
    }
  }

  /// A column of the present row.
  func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

  /// A column of the present row; nothing if it is NULL.
  func text(_ column: Int32) -> String? { sqlite3_column_text(handle, column).map { String(cString: $0) } }

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
    return DatabaseError(resultCode: ResultCode(rawValue: code), message: message, sql: sql)
  }
}
