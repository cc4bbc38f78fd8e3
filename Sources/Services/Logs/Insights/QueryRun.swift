import Foundation

/// A query at work: takes events one after the other and has its rows in the end. Pure, and confined to whoever runs it.
struct QueryRun {
  /// A shown row: columns that have a value.
  typealias Line = [(field: String, value: String)]

  private let query: InsightsQuery
  private let limit: Int
  /// The commands up to here look at one row at a time.
  private let streamed: Int
  private var rows: [QueryRow] = []
  private var inGroup = 0
  private var groups: [[QueryValue]: [QueryAccumulator]] = [:]
  private var groupOrder: [[QueryValue]] = []
  /// Events that passed the filters in front of the first command that needs many rows.
  private(set) var matched = 0

  /// - Parameter limit: how many rows are answered if the query doesn't say.
  init(_ query: InsightsQuery, limit: Int) {
    self.query = query
    streamed = query.commands.firstIndex { QueryRun.needsMany($0) } ?? query.commands.count
    var limit = limit
    for case .limit(let count) in query.commands { limit = min(limit, count) }
    self.limit = limit
  }

  private static func needsMany(_ command: InsightsQuery.Command) -> Bool {
    switch command {
    case .fields, .display, .filter, .parse: false
    case .stats, .sort, .limit, .dedup: true
    }
  }

  /// The first command that needs many rows.
  private var blocking: InsightsQuery.Command? { streamed < query.commands.count ? query.commands[streamed] : nil }

  /// Whether the newest rows are wanted: then events are read backward, and no more than needed.
  var isNewestFirst: Bool {
    switch blocking {
    case nil, .limit, .dedup: true
    case .stats, .sort, .fields, .display, .filter, .parse: false
    }
  }

  /// Whether no more events of this group are needed.
  var isSatisfied: Bool {
    switch blocking {
    case nil, .limit: inGroup >= limit
    default: false
    }
  }

  /// The events that follow are those of another log group.
  mutating func beginGroup() { inGroup = 0 }

  mutating func take(_ event: QueryEvent) {
    let row = QueryRow(event)
    guard QueryRun.pass(row, through: query.commands[..<streamed]) else { return }
    matched += 1
    if case .stats(let aggregates, let names) = blocking {
      add(row, aggregates, names)
    } else {
      rows.append(row)
      inGroup += 1
      trim()
    }
  }

  /// A query that sorts and shows few need not keep all.
  private mutating func trim() {
    guard rows.count >= 2 * limit + 10_000, case .sort(let keys) = blocking else { return }
    for command in query.commands.dropFirst(streamed + 1) {
      switch command {
      case .fields, .display, .parse, .limit, .sort: continue
      case .stats, .dedup, .filter: return
      }
    }
    QueryRun.sort(&rows, keys)
    rows.removeLast(rows.count - limit)
  }

  private mutating func add(
    _ row: QueryRow, _ aggregates: [InsightsQuery.Aggregate], _ names: [InsightsQuery.Named]
  ) {
    let key = names.map { $0.expression.value(row) }
    if groups[key] == nil {
      groups[key] = aggregates.map { QueryAccumulator($0) }
      groupOrder.append(key)
    }
    for index in aggregates.indices { groups[key]?[index].take(row) }
  }

  /// Does a row's part of commands that look at one at a time; says whether it is still there.
  private static func pass(_ row: QueryRow, through commands: ArraySlice<InsightsQuery.Command>) -> Bool {
    for command in commands {
      switch command {
      case .fields(let named), .display(let named):
        for one in named {
          if case .field(let field) = one.expression, field == one.name { continue }
          row.added[one.name] = one.expression.value(row)
        }
      case .filter(let condition):
        if !condition.value(row).isTrue { return false }
      case .parse(let subject, let extraction, let names):
        guard let text = subject.value(row).text, let values = extract(extraction, from: text) else { continue }
        for (name, value) in zip(names, values) { if let value { row.added[name] = .text(value) } }
      case .stats, .sort, .limit, .dedup: continue
      }
    }
    return true
  }

  static func extract(_ extraction: InsightsQuery.Extraction, from text: String) -> [String?]? {
    switch extraction {
    case .regex(let regex): return regex.groups(in: text)
    case .glob(let parts):
      guard let first = parts.first else { return nil }
      var rest = Substring(text)
      if !first.isEmpty {
        guard let found = rest.range(of: first) else { return nil }
        rest = rest[found.upperBound...]
      }
      var values: [String?] = []
      for part in parts.dropFirst() {
        if part.isEmpty {
          values.append(String(rest))
          rest = rest[rest.endIndex...]
        } else {
          guard let found = rest.range(of: part) else { return nil }
          values.append(String(rest[..<found.lowerBound]))
          rest = rest[found.upperBound...]
        }
      }
      return values
    }
  }

  // MARK: The end

  /// The rows that are shown, in order.
  mutating func finish() -> [Line] {
    var columns = query.columns
    for (offset, command) in query.commands[streamed...].enumerated() {
      switch command {
      case .stats(let aggregates, let names):
        if offset > 0 {
          groups = [:]
          groupOrder = []
          for row in rows { add(row, aggregates, names) }
        }
        rows = groupOrder.map { key in
          var values: [String: QueryValue] = [:]
          for (name, value) in zip(names, key) { values[name.name] = value }
          for (aggregate, accumulator) in zip(aggregates, groups[key] ?? []) {
            values[aggregate.name] = accumulator.value
          }
          return QueryRow(columns: values)
        }
        if query.columns == nil { columns = names.map(\.name) + aggregates.map(\.name) }
      case .sort(let keys): QueryRun.sort(&rows, keys)
      case .limit(let count):
        if offset == 0 { sortByTime() }
        rows = Array(rows.prefix(count))
      case .dedup(let names):
        if offset == 0 { sortByTime() }
        var seen: Set<[QueryValue]> = []
        rows = rows.filter { row in seen.insert(names.map { row.value($0) }).inserted }
      case .fields, .display, .filter, .parse:
        rows = rows.filter { QueryRun.pass($0, through: [command]) }
      }
    }
    if streamed == query.commands.count { sortByTime() }
    return rows.prefix(limit).map { line($0, columns ?? []) }
  }

  /// Of several groups, each read from its end, the newest first.
  private mutating func sortByTime() {
    rows = rows.enumerated().sorted { left, right in
      let (first, second) = (left.element.event?.time ?? 0, right.element.event?.time ?? 0)
      return first == second ? left.offset < right.offset : first > second
    }.map(\.element)
  }

  private func line(_ row: QueryRow, _ columns: [String]) -> Line {
    var line: Line = []
    for name in columns { if let text = row.value(name).text { line.append((name, text)) } }
    // AWS: GetQueryResults: "Only the fields requested in the query are returned, along with a @ptr field".
    if let event = row.event, !columns.contains("@ptr") { line.append(("@ptr", event.pointer)) }
    return line
  }

  private static func sort(_ rows: inout [QueryRow], _ keys: [(key: QueryExpression, isDescending: Bool)]) {
    let decorated = rows.enumerated().map { offset, row in
      (offset: offset, row: row, keys: keys.map { $0.key.value(row) })
    }
    rows = decorated.sorted { left, right in
      for (index, key) in keys.enumerated() {
        let (first, second) = (left.keys[index], right.keys[index])
        if QueryValue.precedes(first, second) { return !key.isDescending }
        if QueryValue.precedes(second, first) { return key.isDescending }
      }
      return left.offset < right.offset
    }.map(\.row)
  }
}
