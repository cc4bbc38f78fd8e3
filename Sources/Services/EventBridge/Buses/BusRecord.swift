import Cloud
import Wire

/// An event bus that was made, or the default bus once something of it was set.
struct BusRecord: Record {
  static let kind = "events.bus"
  static let isCached = true

  struct Logging: Codable, Sendable {
    var includeDetail: String?
    var level: String?
  }

  var name: String
  var description: String?
  var kmsKey: String?
  var deadLetterARN: String?
  var logging: Logging?
  /// As it is judged: users and roles by their ids.
  var policy: String?
  var tags: [String: String] = [:]
  /// Nothing for the default bus, which was never made.
  var createdAt: Timestamp?
  var modifiedAt: Timestamp?

  var key: Key { Key(name) }

  static let defaultName = "default"
}

/// Changes with every change of a bus's rules, so that what was made of them is known to be old. Drawn at random, because a
/// counter that was taken back with its transaction would come again with another content.
struct RulesRevisionRecord: Record {
  static let kind = "events.revision"
  static let isCached = true

  var bus: String
  var revision: UInt64

  var key: Key { Key(bus) }
}
