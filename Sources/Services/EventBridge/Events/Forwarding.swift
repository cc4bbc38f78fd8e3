import Cloud
import Wire

/// What a bus tells another bus of an event that it hands on: its id, account and Region stay what they were.
enum Forwarding {
  struct Identity: Sendable, Equatable {
    var id: String
    var account: String
    var region: String
  }

  private static let header = "x-hakoniwa-forwarded-events"
  static let principal = "events.amazonaws.com"

  /// The identities of the entries of a call that EventBridge itself makes; nothing for other calls.
  ///
  /// Nobody outside can make such a call: the source address of a request from outside is an address, never a name.
  static func identities(_ context: Context) -> [Identity]? {
    guard context.request.sourceIP == principal, let text = context.request.header(header),
      let values = JSONValue(json: Array(text.utf8))?.array
    else { return nil }
    return values.compactMap { value in
      guard let id = value["id"]?.string, let account = value["account"]?.string, let region = value["region"]?.string
      else { return nil }
      return Identity(id: id, account: account, region: region)
    }
  }

  /// Adds the identities of events to the facts of a call.
  static func add(_ events: [Event], to facts: inout RequestFacts) {
    let values = events.map { event in
      JSONValue.object([
        .init("id", .string(event.id)), .init("account", .string(event.account)),
        .init("region", .string(event.region)),
      ])
    }
    facts.headers.append((header, JSONValue.array(values).text))
  }
}
