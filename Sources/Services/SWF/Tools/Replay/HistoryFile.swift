import Wire

/// A history as `hakoniwa swf export` writes it; the answer of GetWorkflowExecutionHistory is understood as well.
struct HistoryFile: Sendable {
  /// What the program writes into its files, and what it refuses in others'.
  static let format = "hakoniwa-swf-history-1"

  /// Why a text is no history.
  struct Unreadable: Error, CustomStringConvertible {
    let description: String
  }

  var domain: String?
  var workflowID: String?
  var runID: String?
  /// AWS's `HistoryEvent`s as JSON, by ascending ids, which are dense from 1.
  var events: [JSONValue]

  init(domain: String?, workflowID: String?, runID: String?, events: [JSONValue]) {
    self.domain = domain
    self.workflowID = workflowID
    self.runID = runID
    self.events = events
  }

  /// Reads a file's JSON.
  init(_ document: JSONValue) throws(Unreadable) {
    let list = document["events"]?.array ?? document.array
    guard let list, !list.isEmpty else { throw Unreadable(description: "the file has no events") }
    if let format = document["format"]?.string, format != HistoryFile.format {
      throw Unreadable(description: "the file has the format \(format), and this program reads \(HistoryFile.format)")
    }
    domain = document["domain"]?.string
    workflowID = document["workflowId"]?.string
    runID = document["runId"]?.string
    events = list.sorted { ($0["eventId"]?.integer ?? 0) < ($1["eventId"]?.integer ?? 0) }.map(
      HistoryFile.withNumericTime)
    for (index, event) in events.enumerated() where event["eventId"]?.integer != index + 1 {
      throw Unreadable(description: "the events are not numbered from 1 without a gap: \(index + 1) is missing")
    }
    guard events[0]["eventType"]?.string == "WorkflowExecutionStarted" else {
      throw Unreadable(description: "the first event is not WorkflowExecutionStarted")
    }
  }

  /// AWS's command line may show times as texts; on the wire they are seconds.
  private static func withNumericTime(_ event: JSONValue) -> JSONValue {
    guard case .object(let members) = event, let text = event["eventTimestamp"]?.string,
      let time = Timestamp(iso8601: text)
    else { return event }
    return .object(
      members.map { $0.name == "eventTimestamp" ? .init($0.name, .double(time.epochSeconds)) : $0 })
  }

  /// The workflow's type, from its first event.
  var workflowType: WorkflowType {
    let type = events.first?["workflowExecutionStartedEventAttributes"]?["workflowType"]
    return WorkflowType(name: type?["name"]?.string ?? "", version: type?["version"]?.string ?? "")
  }

  /// The file's JSON.
  var document: JSONValue {
    var members: [JSONValue.Member] = [.init("format", .string(HistoryFile.format))]
    if let domain { members.append(.init("domain", .string(domain))) }
    if let workflowID { members.append(.init("workflowId", .string(workflowID))) }
    if let runID { members.append(.init("runId", .string(runID))) }
    members.append(
      .init(
        "workflowType",
        .object([.init("name", .string(workflowType.name)), .init("version", .string(workflowType.version))])))
    members.append(.init("events", .array(events)))
    return .object(members)
  }
}
