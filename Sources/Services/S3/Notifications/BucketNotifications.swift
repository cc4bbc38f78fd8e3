/// Whom a bucket tells of what happens to its objects.
struct BucketNotifications: Sendable, Codable, Equatable {
  /// What kind of thing is told.
  enum Kind: String, Sendable, Codable, Hashable {
    case topic
    case queue

    /// The name of an ARN's member in the XML, which errors give.
    var element: String { self == .topic ? "Topic" : "Queue" }
    /// The service in the ARN.
    var service: String { self == .topic ? "sns" : "sqs" }
  }

  /// One destination and the events that go there.
  struct Rule: Sendable, Codable, Hashable {
    var id: String
    var kind: Kind
    var arn: String
    var events: [String]
    var prefix: String?
    var suffix: String?

    /// Whether an event of an object goes there.
    func matches(_ event: ObjectEvent, key: String) -> Bool {
      if let prefix, !key.hasPrefix(prefix) { return false }
      if let suffix, !key.hasSuffix(suffix) { return false }
      let name = event.name
      return events.contains { ObjectEvent.does($0, mean: name) }
    }

    /// The names of events that both rules have, as AWS lists them in its error; empty if no object can meet both.
    func overlap(_ other: Rule) -> [String] {
      let prefixes = (prefix ?? "", other.prefix ?? "")
      let suffixes = (suffix ?? "", other.suffix ?? "")
      guard prefixes.0.hasPrefix(prefixes.1) || prefixes.1.hasPrefix(prefixes.0),
        suffixes.0.hasSuffix(suffixes.1) || suffixes.1.hasSuffix(suffixes.0)
      else { return [] }
      for mine in events {
        for theirs in other.events where ObjectEvent.does(mine, mean: theirs) || ObjectEvent.does(theirs, mean: mine) {
          return [mine, theirs]
        }
      }
      return []
    }

    var hasFilter: Bool { prefix != nil || suffix != nil }
  }

  var rules: [Rule] = []
  /// Whether every event goes to the default event bus, too.
  var sendsToEventBus = false

  var isEmpty: Bool { rules.isEmpty && !sendsToEventBus }
}
