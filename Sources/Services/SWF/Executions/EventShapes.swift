import Wire

/// The shapes of history events in SWF's model, found once.
struct EventShapes: Sendable {
  static let all = EventShapes(.swf)

  /// What is the same in all events of a type.
  private struct Frame {
    /// `,"eventType":"…","eventId":`
    let head: [UInt8]
    /// `,"…EventAttributes":`
    let member: [UInt8]
    let shape: Shape
  }

  let model: ServiceModel
  /// The shape `HistoryEvent`.
  let historyEvent: Shape
  private let frames: [String: Frame]

  private init(_ model: ServiceModel) {
    self.model = model
    let output = model.operations["GetWorkflowExecutionHistory"]?.output
    let list = output?.members.first { $0.name == "events" }.map { model.shapes[$0.shape] }
    guard let event = list?.element.map({ model.shapes[$0.shape] }) else {
      preconditionFailure("the generated model has no HistoryEvent")
    }
    historyEvent = event
    let suffix = "EventAttributes"
    var frames: [String: Frame] = [:]
    for member in event.members where member.name.hasSuffix(suffix) {
      let type = member.name.prefix(1).uppercased() + member.name.dropFirst().dropLast(suffix.count)
      frames[type] = Frame(
        head: Array(",\"eventType\":\"\(type)\",\"eventId\":".utf8), member: Array(",\"\(member.name)\":".utf8),
        shape: model.shapes[member.shape])
    }
    self.frames = frames
  }

  /// The causes that events of a type can name; none for those that name no cause.
  func causes(of eventType: String) -> [String] {
    frames[eventType]?.shape.member("cause").map { model.shapes[$0.shape].enumValues } ?? []
  }

  /// An event as the JSON text of `HistoryEvent`.
  /// - Parameter time: milliseconds since 1970.
  func json<Attributes: EventAttributes>(_ attributes: Attributes, id: Int64, at time: Int64) -> [UInt8] {
    guard let frame = frames[Attributes.eventType] else {
      preconditionFailure("the generated model has no event \(Attributes.eventType)")
    }
    let body = model.json(attributes.structureValue, as: frame.shape)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(64 + frame.head.count + frame.member.count + body.count)
    bytes.append(contentsOf: #"{"eventTimestamp":"#.utf8)
    bytes.append(contentsOf: String(time / 1000).utf8)
    bytes.append(UInt8(ascii: "."))
    let fraction = UInt8(truncatingIfNeeded: time % 1000 / 100)
    bytes.append(UInt8(ascii: "0") + fraction)
    bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: time % 100 / 10))
    bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: time % 10))
    bytes.append(contentsOf: frame.head)
    bytes.append(contentsOf: String(id).utf8)
    bytes.append(contentsOf: frame.member)
    bytes.append(contentsOf: body)
    bytes.append(UInt8(ascii: "}"))
    return bytes
  }
}
