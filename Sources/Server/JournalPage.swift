import Cloud
import Foundation
import FrontDoor
import Identity
import Wire

/// `GET /_hakoniwa/journal`: every recorded call as a line of JSON, oldest first.
struct JournalPage: Sendable {
  private let kept: Journal?
  let clock: CloudClock

  /// - Parameter journal: nothing if calls are not recorded.
  init(journal: Journal?, clock: CloudClock) {
    kept = journal
    self.clock = clock
  }

  /// - Throws: ``StoreFailure`` if calls are not recorded.
  var journal: Journal {
    get throws {
      guard let kept else { throw StoreFailure("this server records no calls: it was started with --journal 0") }
      return kept
    }
  }

  /// What is asked for.
  private struct Query {
    var since: Timestamp?
    var until: Timestamp?
    var account: AccountID?
    var service: String?
    var isDeniedOnly = false
    var limit = Int.max
    /// Only so many of the newest.
    var last: Int?
    var hasContext = true
  }

  /// So many lines are sent in one go.
  private static let portion = 256

  func answer(_ request: HTTPRequest) throws -> HTTPResponse {
    let journal = try journal
    let query = try query(request.query)
    let stream = HTTPBodyStream { writer in
      var lines: [UInt8] = []
      var count = 0
      var left = query.limit
      var newest: ArraySlice<JournalEntry> = []
      for entry in journal.reader(since: query.since, until: query.until, account: query.account) {
        if let service = query.service, service != entry.service { continue }
        if query.isDeniedOnly, !entry.isDenied { continue }
        if let last = query.last {
          newest.append(entry)
          if newest.count > last { newest.removeFirst() }
          continue
        }
        guard left > 0 else { break }
        left -= 1
        JournalLine.append(entry, hasContext: query.hasContext, to: &lines)
        count += 1
        if count % JournalPage.portion == 0 {
          try await writer.write(lines)
          lines.removeAll(keepingCapacity: true)
        }
      }
      for entry in newest { JournalLine.append(entry, hasContext: query.hasContext, to: &lines) }
      if !lines.isEmpty { try await writer.write(lines) }
    }
    return HTTPResponse(status: 200, headers: [("content-type", "application/x-ndjson")], body: .stream(stream))
  }

  private func query(_ text: String) throws -> Query {
    var query = Query()
    for pair in text.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1).map { String($0).removingPercentEncoding ?? String($0) }
      let value = parts.count > 1 ? parts[1] : ""
      switch parts.first ?? "" {
      case "since": query.since = try JournalPage.time(value, before: clock.now)
      case "until": query.until = try JournalPage.time(value, before: clock.now)
      case "account":
        guard let account = AccountID(value) else { throw StoreFailure("an account is twelve digits") }
        query.account = account
      case "service": query.service = value
      case "denied": query.isDeniedOnly = value != "false"
      case "context": query.hasContext = value != "false"
      case "limit": query.limit = try number(value)
      case "last": query.last = try number(value)
      default:
        throw StoreFailure("a journal is asked for by since, until, account, service, denied, limit, last, context")
      }
    }
    return query
  }

  /// A time, or how long ago it was: `2027-01-01T00:00:00Z`, `7d`.
  static func time(_ text: String, before now: Timestamp) throws -> Timestamp {
    if let time = Timestamp(iso8601: text) { return time }
    guard let milliseconds = WrittenDuration.milliseconds(of: text) else {
      throw StoreFailure("a time is written 2027-01-01T00:00:00Z, or as how long ago it was: 90s, 15m, 2h, 7d")
    }
    return now.adding(milliseconds: -milliseconds)
  }

  private func number(_ text: String) throws -> Int {
    guard let number = Int(text), number >= 0 else { throw StoreFailure("limit and last are numbers") }
    return number
  }
}
