import Cloud
import FrontDoor
import Wire

/// The pages of one workflow execution.
extension Console {
  /// Events of a history that were read one by one before turning to whole pages.
  private static let pageSize = 1000
  /// So many new events are looked for from the end; more are read from the beginning.
  private static let tail = 200
  /// The largest piece of raw events that is given at once.
  private static let largestPiece = 500

  /// The execution with its picture and what it waits for:
  /// `{"execution", "lastEvent", "now", "waiting", "lanes", "bars", …}`; lanes and bars only if there are events behind `after`.
  func history(_ query: Query) async throws(AWSError) -> JSONValue {
    let name = try execution(query)
    let described: JSONValue
    do throws(AWSError) {
      described = try await calls.look(
        "DescribeWorkflowExecution", of: "swf", Console.input(name), at: name.account, in: name.region)
    } catch {
      histories.forget(name)
      throw error
    }
    let history = try await read(name)
    let timeline = history.timeline
    let now = clock.now
    let lists = Waiting.lists(of: timeline, domain: name.domain)
    let found = lists.isEmpty ? [] : await pollers(lists, Scope(name.account, name.region))
    let waiting = Waiting(
      timeline, pollers: Dictionary(zip(lists, found), uniquingKeysWith: { first, _ in first }), domain: name.domain,
      now: now)
    var members: [JSONValue.Member] = [
      .init("execution", described), .init("lastEvent", .integer(Int64(timeline.lastEvent))),
      .init("now", .integer(now.milliseconds)), .init("waiting", waiting.json),
    ]
    func add(_ name: String, _ text: String?) { if let text { members.append(.init(name, .string(text))) } }
    add("previousRun", timeline.previousRun)
    add("nextRun", timeline.nextRun)
    if timeline.lastEvent > query.count("after", default: 0) { members += timeline.picture }
    return .object(members)
  }

  /// Raw events, `count` of them behind `after`: `{"events": […], "total"}`.
  func events(_ query: Query) async throws(AWSError) -> HTTPResponse {
    let name = try execution(query)
    let events = try await read(name).events
    let first = min(query.count("after", default: 0), events.count)
    let count = min(query.count("count", default: 100), Console.largestPiece, events.count - first)
    let piece = events[first..<(first + count)].joined(separator: ",")
    return .json(200, text: "{\"events\":[\(piece)],\"total\":\(events.count)}")
  }

  /// Reads a history as far as it goes.
  func read(_ name: HistoryShelf.Name) async throws(AWSError) -> HistoryShelf.History {
    var history = histories.history(name)
    if history.timeline.isClosed { return history }
    if !history.events.isEmpty {
      let new = try await page(name, size: Console.tail, token: nil, reversed: true).events
      let fresh = new.reversed().filter { ($0["eventId"]?.integer ?? 0) > history.events.count }
      if fresh.isEmpty || fresh.first?["eventId"]?.integer == history.events.count + 1 {
        history.append(fresh)
        histories.keep(history, as: name)
        return history
      }
    }
    history = HistoryShelf.History()
    var token: String?
    repeat {
      let page = try await page(name, size: Console.pageSize, token: token, reversed: false)
      history.append(page.events)
      token = page.next
    } while token != nil
    histories.keep(history, as: name)
    return history
  }

  private func page(
    _ name: HistoryShelf.Name, size: Int, token: String?, reversed: Bool
  ) async throws(AWSError) -> (events: [JSONValue], next: String?) {
    var input = Console.input(name)
    input.append("maximumPageSize", .integer(Int64(size)))
    if reversed { input.append("reverseOrder", .bool(true)) }
    if let token { input.append("nextPageToken", .string(token)) }
    let output = try await calls.look(
      "GetWorkflowExecutionHistory", of: "swf", input, at: name.account, in: name.region)
    return (output["events"]?.array ?? [], output["nextPageToken"]?.string)
  }

  /// The execution that a page's address names.
  func execution(_ query: Query) throws(AWSError) -> HistoryShelf.Name {
    let (account, region) = try query.scope()
    let execution = Timeline.ExecutionID(
      workflowID: try query.required("workflowId"), runID: try query.required("runId"))
    return HistoryShelf.Name(
      account: account, region: region, domain: try query.required("domain"), execution: execution)
  }

  private static func input(_ name: HistoryShelf.Name) -> JSONValue {
    .object([
      .init("domain", .string(name.domain)),
      .init(
        "execution",
        .object([
          .init("workflowId", .string(name.execution.workflowID)), .init("runId", .string(name.execution.runID)),
        ])),
    ])
  }
}

extension Waiting {
  fileprivate var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("sentence", .string(sentence)), .init("mood", .string(mood.rawValue)),
      .init("notes", .array(notes.map { .string($0) })),
    ]
    if let deadline { members.append(.init("deadline", .integer(deadline.milliseconds))) }
    return .object(members)
  }
}

extension JSONValue {
  /// Puts a member behind the others of an object.
  mutating func append(_ name: String, _ value: JSONValue) {
    guard case .object(let members) = self else { return }
    self = .object(members + [.init(name, value)])
  }
}
