import Wire

/// The shapes of history events in SWF's model, found once.
struct EventShapes: Sendable {
  static let all = EventShapes(.swf)

  let model: ServiceModel
  /// The shape `HistoryEvent`.
  let historyEvent: Shape
  /// The shapes of attributes by their members' names in `HistoryEvent`.
  private let attributes: [String: Shape]

  private init(_ model: ServiceModel) {
    self.model = model
    let output = model.operations["GetWorkflowExecutionHistory"]?.output
    let list = output?.members.first { $0.name == "events" }.map { model.shapes[$0.shape] }
    guard let event = list?.element.map({ model.shapes[$0.shape] }) else {
      preconditionFailure("the generated model has no HistoryEvent")
    }
    historyEvent = event
    attributes = Dictionary(
      event.members.map { ($0.name, model.shapes[$0.shape]) }, uniquingKeysWith: { first, _ in first })
  }

  /// The shape of an event's attributes, by their member's name.
  func attributes(_ member: String) -> Shape? { attributes[member] }
}
