import Wire

/// One event of a workflow execution's history, as GetWorkflowExecutionHistory answers it.
struct HistoryEvent: Sendable {
  let id: Int
  /// `ActivityTaskScheduled`.
  let type: String
  let time: Timestamp
  /// The members of `activityTaskScheduledEventAttributes`.
  let attributes: JSONValue

  /// - Parameter json: an element of `events`; nothing if it isn't one.
  init?(_ json: JSONValue) {
    guard let id = json["eventId"]?.integer, let type = json["eventType"]?.string,
      let time = json["eventTimestamp"]?.double.flatMap({ Timestamp(epochSeconds: $0) })
    else { return nil }
    self.id = id
    self.type = type
    self.time = time
    attributes = json[HistoryEvent.attributesName(of: type)] ?? .object([])
  }

  /// The attributes' member is called as the event, with a small letter in front.
  static func attributesName(of type: String) -> String {
    type.prefix(1).lowercased() + type.dropFirst() + "EventAttributes"
  }

  /// The id of an event that this one points to; nothing for 0, by which SWF says "none".
  func link(_ name: String) -> Int? {
    guard let id = attributes[name]?.integer, id > 0 else { return nil }
    return id
  }

  func text(_ name: String) -> String? { attributes[name]?.string }

  /// A member of a member: `taskList.name`.
  func text(_ outer: String, _ inner: String) -> String? { attributes[outer]?[inner]?.string }

  /// A time limit in milliseconds; nothing for none and `NONE`.
  func limit(_ name: String) -> Int64? { text(name).flatMap { Int64($0) }.map { $0 * 1000 } }
}
