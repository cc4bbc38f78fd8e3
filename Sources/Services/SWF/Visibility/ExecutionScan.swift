import Cloud
import Wire

/// Goes over the runs that a filter means, in the order of their times, by the narrowest index there is.
struct ExecutionScan {
  let filter: ExecutionFilter
  let scope: Scope
  let transaction: Transaction

  /// So many runs are read at once.
  private static let group = 256

  /// Gives runs to `body`, one by one, until it says no.
  /// - Parameters:
  ///   - key: the place behind which to begin, from ``place(of:)``.
  ///   - isAscending: whether the earliest come first.
  func run(
    behind key: Key?, isAscending: Bool, _ body: (ExecutionRecord) throws(AWSError) -> Bool
  ) throws(AWSError) {
    var last = key
    while true {
      let range = span.rest(behind: last, reversed: !isAscending)
      let group = try read(range, isAscending: isAscending)
      for record in group.found {
        if let record, filter.matches(record), try !body(record) { return }
      }
      last = group.last ?? last
      if group.isEnd { return }
    }
  }

  /// How many runs are meant. Where an index says it all, no run is read.
  func count() throws(AWSError) -> Int {
    if let index = exactIndex {
      return try transaction.count(ExecutionRecord.self, by: index, in: scope, span)
    }
    var count = 0
    try run(behind: nil, isAscending: true) { _ throws(AWSError) in
      count += 1
      return true
    }
    return count
  }

  /// The index whose span holds the runs that are meant and no others.
  private var exactIndex: Index<ExecutionRecord>? {
    switch (filter.order, filter.condition) {
    case (.close, .any): ExecutionRecord.byClose
    case (.start, .any): ExecutionRecord.byStart
    case (.start, .type(_, nil)): ExecutionRecord.byType
    default: nil
    }
  }

  /// Where a run stands in the order that is gone through.
  func place(of record: ExecutionRecord) -> Key {
    switch source {
    case .index(let index): return index.value(record) ?? record.key
    case .tags(let tag):
      return ExecutionTagRecord(
        domain: record.domain, tag: tag, startedAt: record.startedAt, number: record.number
      ).key
    }
  }

  // MARK: Where they are found

  private enum Source {
    case index(Index<ExecutionRecord>)
    case tags(String)
  }

  private var source: Source {
    if filter.order == .close { return .index(ExecutionRecord.byClose) }
    return switch filter.condition {
    case .workflowID: .index(ExecutionRecord.byWorkflow)
    case .type: .index(ExecutionRecord.byType)
    case .tag(let tag): .tags(tag)
    case .any, .closeStatus: .index(ExecutionRecord.byStart)
    }
  }

  /// The keys of the filter's span of time.
  private var span: KeyRange {
    let status: KeyPart = .integer(filter.status == .open ? 0 : 1)
    let prefix: Key =
      if filter.order == .close {
        Key(.string(filter.domain))
      } else {
        switch filter.condition {
        case .workflowID(let id): Key(.string(filter.domain), .string(id))
        case .type(let name, _): Key(.string(filter.domain), .string(name), status)
        case .tag(let tag): Key(.string(filter.domain), .string(tag))
        case .any, .closeStatus: Key(.string(filter.domain), status)
        }
      }
    let all = KeyRange.all.from(prefix.appending(.integer(filter.oldest)))
    return all.before(prefix.appending(.integer(filter.latest == .max ? .max : filter.latest + 1)))
  }

  private func read(
    _ range: KeyRange, isAscending: Bool
  ) throws(AWSError) -> (found: [ExecutionRecord?], last: Key?, isEnd: Bool) {
    switch source {
    case .index(let index):
      let records = try transaction.scan(
        ExecutionRecord.self, by: index, in: scope, range, limit: ExecutionScan.group, reversed: !isAscending)
      return (records, records.last.map { place(of: $0) }, records.count < ExecutionScan.group)
    case .tags:
      let tags = try transaction.scan(
        ExecutionTagRecord.self, in: scope, range, limit: ExecutionScan.group, reversed: !isAscending)
      var found: [ExecutionRecord?] = []
      for tag in tags { found.append(try Executions.numbered(tag.number, scope, transaction)) }
      return (found, tags.last?.key, tags.count < ExecutionScan.group)
    }
  }
}
