import Cloud
import FrontDoor
import Identity
import Wire

/// The web pages under `/_hakoniwa/console`, for the person at this machine.
///
/// Files of plain HTML, CSS and JavaScript, and behind them a few pages of JSON: one that calls AWS operations as the root
/// user of an account, and those that draw conclusions for which a browser would have to read a whole history.
public struct Console: Sendable {
  /// Who asks a task list for work.
  public struct Pollers: Sendable, Equatable {
    /// How many polls are parked now.
    public var waiting: Int
    /// When the list was last polled; nothing if that isn't known.
    public var last: Timestamp?

    public init(waiting: Int, last: Timestamp?) {
      self.waiting = waiting
      self.last = last
    }
  }

  /// Says who polls SWF's task lists, in the order of the lists.
  public typealias PollerLookup = @Sendable ([TaskList], Scope) async -> [Pollers]

  static let prefix = "/_hakoniwa/console"

  let calls: InternalCalls
  let store: Store
  let clock: CloudClock
  let access: ConsoleAccess
  let files: PageFiles
  let pollers: PollerLookup
  let eventSource: EventSource
  let histories = HistoryShelf()

  /// - Parameters:
  ///   - host: the address that the server listens on.
  ///   - events: gives CloudTrail's events as they happen.
  ///   - pollers: says who polls SWF's task lists.
  public init(
    calls: InternalCalls, store: Store, clock: CloudClock, host: String, events: @escaping EventSource,
    pollers: @escaping PollerLookup
  ) {
    self.calls = calls
    self.store = store
    self.clock = clock
    self.pollers = pollers
    eventSource = events
    access = ConsoleAccess(host: host)
    files = PageFiles()
  }

  /// Answers requests for the console's pages; nothing for other paths.
  public func answer(_ request: HTTPRequest) async -> HTTPResponse? {
    guard request.path == Console.prefix || request.path.hasPrefix(Console.prefix + "/") else { return nil }
    if let refusal = access.refusal(of: request) { return .json(403, message: refusal) }
    let path = String(request.path.dropFirst(Console.prefix.count + 1))
    do throws(AWSError) {
      switch (request.method, path) {
      case ("POST", "call"): return try await call(request)
      case ("GET", "accounts"): return .json(200, try await accounts())
      case ("GET", "services"): return .json(200, services)
      case ("GET", "events/stream"): return try eventStream(Query(request.query))
      case ("GET", "swf/history"): return .json(200, try await history(Query(request.query)))
      case ("GET", "swf/events"): return try await events(Query(request.query))
      case ("GET", "swf/family"): return .json(200, try await family(Query(request.query)))
      case ("GET", _), ("HEAD", _): return files.answer(request.path, path)
      default: return .json(405, message: "There is nothing here for \(request.method).")
      }
    } catch {
      return .json(200, .object([.init("error", Console.describe(error))]))
    }
  }

  /// An error as the pages read it.
  static func describe(_ error: AWSError) -> JSONValue {
    .object([
      .init("code", .string(error.code)), .init("message", .string(error.message)),
      .init("status", .integer(Int64(error.status ?? 400))),
    ])
  }
}

extension HTTPResponse {
  /// A page of JSON; nobody else's script may read it, and no cache may keep it.
  static func json(_ status: Int, _ value: JSONValue) -> HTTPResponse { .json(status, text: value.text) }

  /// The same of JSON that is text already.
  static func json(_ status: Int, text: String) -> HTTPResponse {
    HTTPResponse(
      status: status,
      headers: [
        ("content-type", "application/json"), ("cache-control", "no-store"), ("x-content-type-options", "nosniff"),
      ],
      body: .bytes(Array(text.utf8)))
  }

  static func json(_ status: Int, message: String) -> HTTPResponse {
    .json(status, .object([.init("message", .string(message))]))
  }
}
