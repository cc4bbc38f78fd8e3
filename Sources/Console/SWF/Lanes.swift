import Wire

/// The swim lanes of a timeline's picture: one for each kind of thing, activity type and child type, each as many rows high
/// as things in it happen at once.
struct Lanes: Sendable {
  struct Lane: Sendable, Equatable {
    var kind: Bar.Kind
    var title: String
    /// How many rows its bars need.
    var rows: Int
  }

  let lanes: [Lane]
  /// Each bar's lane and row, in the order of the bars.
  let places: [(lane: Int, row: Int)]

  init(_ bars: [Bar]) {
    // Lanes stand by kind, and within a kind in the order of their first bars.
    var order: [[String]] = Array(repeating: [], count: Bar.Kind.allCases.count)
    var seen: Set<String> = []
    for bar in bars where seen.insert("\(bar.kind.rawValue)/\(bar.lane)").inserted {
      order[bar.kind.rawValue].append(bar.lane)
    }
    var numbers: [String: Int] = [:]
    var lanes: [Lane] = []
    for kind in Bar.Kind.allCases {
      for title in order[kind.rawValue] {
        numbers["\(kind.rawValue)/\(title)"] = lanes.count
        lanes.append(Lane(kind: kind, title: title, rows: 0))
      }
    }
    // By event ids, which no two share: so bars that touch in time don't push each other into further rows.
    var rowEnds: [[Int]] = Array(repeating: [], count: lanes.count)
    var places: [(lane: Int, row: Int)] = []
    places.reserveCapacity(bars.count)
    for bar in bars {
      let lane = numbers["\(bar.kind.rawValue)/\(bar.lane)"] ?? 0
      let end = bar.ended?.event ?? .max
      var row = rowEnds[lane].firstIndex { $0 < bar.begun.event } ?? rowEnds[lane].count
      if row == rowEnds[lane].count { rowEnds[lane].append(end) } else { rowEnds[lane][row] = end }
      if bar.kind == .execution { row = 0 }
      places.append((lane, row))
    }
    for index in lanes.indices { lanes[index].rows = max(1, rowEnds[index].count) }
    self.lanes = lanes
    self.places = places
  }
}

extension Timeline {
  /// The picture as the page draws it: `{"lanes": […], "bars": […]}`, times in milliseconds since 1970.
  var picture: [JSONValue.Member] {
    let lanes = Lanes(bars)
    return [
      .init(
        "lanes",
        .array(
          lanes.lanes.map { lane in
            .object([
              .init("kind", .string(lane.kind.name)), .init("title", .string(lane.title)),
              .init("rows", .integer(Int64(lane.rows))),
            ])
          })),
      .init("bars", .array(zip(bars, lanes.places).map { bar, place in bar.json(lane: place.lane, row: place.row) })),
    ]
  }
}

extension Bar {
  fileprivate func json(lane: Int, row: Int) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("kind", .string(kind.name)), .init("lane", .integer(Int64(lane))), .init("row", .integer(Int64(row))),
      .init("label", .string(label)), .init("outcome", .string(outcome.rawValue)), .init("begun", json(begun)),
    ]
    func add(_ name: String, _ value: JSONValue?) { if let value { members.append(.init(name, value)) } }
    add("started", started.map(json))
    add("ended", ended.map(json))
    add("detail", detail.map { .string($0) })
    add("list", list.map { .string($0) })
    add("identity", identity.map { .string($0) })
    add("workflowId", workflowID.map { .string($0) })
    add("runId", runID.map { .string($0) })
    add("cancelRequested", isCancelRequested ? .bool(true) : nil)
    if outcome.isOpen { add("deadline", deadline.map { .integer($0.milliseconds) }) }
    add("events", .array(events.map { .integer(Int64($0)) }))
    return .object(members)
  }

  /// A moment as `[event, time]`.
  private func json(_ moment: Moment) -> JSONValue {
    .array([.integer(Int64(moment.event)), .integer(moment.time.milliseconds)])
  }
}
