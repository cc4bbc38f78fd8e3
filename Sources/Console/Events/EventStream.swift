import Cloud
import FrontDoor
import Wire

/// `GET events/stream`: what happens in an account, or in the organization that it manages, as server-sent events.
///
/// HTML standard, "Server-sent events": each event is a line `data: …` and an empty line; a line that begins with a colon says
/// nothing, but tells whether anybody still listens.
extension Console {
  /// Which events a page wants.
  public struct EventFilter: Sendable {
    public var account: AccountID
    public var member: AccountID?
    public var principal: String
    public var action: String
    public var isDeniedOnly: Bool
  }

  /// Gives events as they happen, in portions; empty ones now and then.
  public typealias EventSource = @Sendable (EventFilter) -> AsyncStream<[JSONValue]>

  func eventStream(_ query: Query) throws(AWSError) -> HTTPResponse {
    let (account, _) = try query.scope()
    let filter = EventFilter(
      account: account, member: query.optional("member").flatMap { AccountID($0) },
      principal: query.optional("principal") ?? "", action: query.optional("action") ?? "",
      isDeniedOnly: query.optional("denied") == "true")
    let events = eventSource(filter)
    let stream = HTTPBodyStream { writer in
      for await portion in events {
        var text = portion.isEmpty ? ":\n\n" : ""
        for event in portion { text += "data: \(event.text)\n\n" }
        try await writer.write(Array(text.utf8))
      }
    }
    return HTTPResponse(
      status: 200,
      headers: [
        ("content-type", "text/event-stream"), ("cache-control", "no-store"), ("x-content-type-options", "nosniff"),
      ], body: .stream(stream))
  }
}
