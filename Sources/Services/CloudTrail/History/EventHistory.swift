import Cloud
import Wire

/// The event history: management events of 90 days, found in the journal beside the store's thread.
///
/// Segments are read from the newest to the oldest until enough is found. A segment that was searched stays ready for a while;
/// of others a summary is kept that tells most searches that there is nothing for them.
actor EventHistory {
  /// Where a search goes on.
  struct Token: Sendable, Hashable {
    var segment: UInt64
    var place: Int
  }

  struct Page: Sendable {
    var records: [EventRecord]
    var next: Token?
  }

  private let journal: Journal
  private var ready: [UInt64: HistorySegment] = [:]
  /// The segments in ``ready``, the one used last at the end.
  private var order: [UInt64] = []
  private var summaries: [UInt64: HistorySummary] = [:]

  /// So many segments are kept ready: some 3 MB each.
  private static let readyLimit = 12

  init(_ journal: Journal) { self.journal = journal }

  /// The records that match, the newest first.
  func search(_ query: HistoryQuery, from token: Token?, limit: Int, _ catalog: EventCatalog) -> Page {
    var found: [EventRecord] = []
    var last: Token?
    let extents = journal.extents
    let emptied = journal.emptied[query.account]
    if summaries.count > extents.count * 2 {
      let present = Set(extents.map(\.number))
      summaries = summaries.filter { present.contains($0.key) }
    }
    for (index, extent) in extents.enumerated().reversed() {
      if let token, extent.number > token.segment { continue }
      guard let times = extent.times, times.upperBound >= query.since, times.lowerBound <= query.until else { continue }
      let isOpen = index == extents.count - 1
      if !isOpen, let summary = summaries[extent.number], !summary.canHave(query.mark) { continue }
      let before = extent.number == token?.segment ? token?.place : nil
      // One more than wanted tells whether there are more.
      let more = search(extent, query, before: before, limit: limit + 1 - found.count, isOpen: isOpen, catalog)
      for (record, place) in more {
        if let emptied, JournalPlace(segment: extent.number, offset: place) < emptied { break }
        if found.count == limit { return Page(records: found, next: last) }
        found.append(record)
        last = Token(segment: extent.number, place: place)
      }
    }
    return Page(records: found, next: nil)
  }

  private func search(
    _ extent: Journal.Extent, _ query: HistoryQuery, before: Int?, limit: Int, isOpen: Bool, _ catalog: EventCatalog
  ) -> [(record: EventRecord, place: Int)] {
    var segment = ready.removeValue(forKey: extent.number) ?? HistorySegment(extent)
    segment.read(to: extent.length, catalog)
    if !isOpen, summaries[extent.number] == nil { summaries[extent.number] = segment.summary }
    let found = segment.search(query, before: before, limit: limit, catalog)
    ready[extent.number] = segment
    order.removeAll { $0 == extent.number }
    order.append(extent.number)
    if order.count > EventHistory.readyLimit { ready[order.removeFirst()] = nil }
    return found
  }

  /// Forgets what was read, after the journal was put in another's place.
  func forget() {
    ready = [:]
    order = []
    summaries = [:]
  }
}
