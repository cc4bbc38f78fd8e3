import Wire

/// An event as queries see it.
struct QueryEvent: Sendable {
  /// Milliseconds since 1970.
  var time: Int64
  var ingestedAt: Int64
  var stream: String
  /// `ACCOUNT:GROUP`.
  var log: String
  /// Names the event for GetLogRecord.
  var pointer: String
  var message: String
}

/// A row on its way through a query's commands: an event, or a line of `stats`. A class, since the members of a JSON message are
/// found when they are first asked for; it stays within the run that made it.
final class QueryRow: QueryFields {
  let event: QueryEvent?
  /// What commands have added, and the columns of `stats`.
  var added: [String: QueryValue]
  private lazy var json: JSONValue? = event.flatMap { JSONPattern.parse($0.message) }

  init(_ event: QueryEvent) {
    self.event = event
    added = [:]
  }

  init(columns: [String: QueryValue]) {
    event = nil
    added = columns
  }

  func value(_ name: String) -> QueryValue {
    if let value = added[name] { return value }
    guard let event else { return .missing }
    if name.utf8.first == UInt8(ascii: "@") {
      switch name {
      case "@timestamp": return .time(event.time)
      case "@message": return .text(event.message)
      case "@logStream": return .text(event.stream)
      case "@log": return .text(event.log)
      case "@ingestionTime": return .time(event.ingestedAt)
      case "@ptr": return .text(event.pointer)
      default: break
      }
    }
    return json.flatMap { QueryRow.member(Substring(name), of: $0) } ?? .missing
  }

  /// A member by its path, `user.roles.0`; names with dots in them are found, too.
  static func member(_ path: Substring, of json: JSONValue) -> QueryValue? {
    if let whole = json[String(path)] { return QueryValue(whole) }
    if case .array(let values) = json {
      let index = path.prefix { $0 != "." }
      guard let position = Int(index), values.indices.contains(position) else { return nil }
      let rest = path.dropFirst(index.count + 1)
      return index.count == path.count ? QueryValue(values[position]) : member(rest, of: values[position])
    }
    var end = path.startIndex
    while let dot = path[end...].firstIndex(of: ".") {
      if let inner = json[String(path[..<dot])], let found = member(path[path.index(after: dot)...], of: inner) {
        return found
      }
      end = path.index(after: dot)
    }
    return nil
  }
}
