import Cloud
import Wire

/// The management events of one segment of the journal, in a form that is searched without reading them.
struct HistorySegment: Sendable {
  /// One event: where its call stands in the segment, and by what it can be found.
  private struct Row {
    var place: UInt32
    var time: Int64
    /// Its marks, in ``marks``.
    var first: UInt32
    var count: UInt16
  }

  private var rows: [Row] = []
  private var marks: [UInt32] = []
  private var follower: JournalSegmentFollower

  init(_ extent: Journal.Extent) { follower = extent.follower }

  /// Reads what is new in the segment.
  mutating func read(to length: Int, _ catalog: EventCatalog) {
    guard length > follower.position else { return }
    var rows = rows
    var marks = marks
    self.rows = []
    self.marks = []
    follower.read(to: length) { entry, place in
      let event = catalog.event(of: entry)
      guard event.dataResourceType == nil else { return true }
      for recipient in entry.recipients {
        let all = HistoryMark.all(of: EventRecord(entry: entry, event: event, recipient: recipient))
        rows.append(
          Row(
            place: UInt32(place), time: entry.time.milliseconds, first: UInt32(marks.count),
            count: UInt16(clamping: all.count)))
        marks.append(contentsOf: all)
      }
      return true
    }
    self.rows = rows
    self.marks = marks
  }

  /// What of the segment is worth keeping when its rows are not: whether it can have an event with a mark at all.
  var summary: HistorySummary { HistorySummary(marks) }

  /// The records that match, the newest first.
  /// - Parameters:
  ///   - before: only those that begin before this place.
  ///   - limit: so many at most.
  mutating func search(
    _ query: HistoryQuery, before: Int?, limit: Int, _ catalog: EventCatalog
  ) -> [(record: EventRecord, place: Int)] {
    var found: [(record: EventRecord, place: Int)] = []
    let mark = query.mark
    for row in rows.reversed() {
      if found.count >= limit { break }
      if let before, Int(row.place) >= before { continue }
      guard row.time >= query.since.milliseconds, row.time <= query.until.milliseconds,
        marks[Int(row.first)..<(Int(row.first) + Int(row.count))].contains(mark),
        let entry = follower.entry(at: Int(row.place))
      else { continue }
      let record = EventRecord(entry: entry, event: catalog.event(of: entry), recipient: query.account)
      // A call of several accounts has a row for each; only one of them has this account's mark.
      if query.matches(record), found.last?.place != Int(row.place) { found.append((record, Int(row.place))) }
    }
    return found
  }
}

/// Which marks a segment has, as a Bloom filter: it is never wrong about what isn't there.
struct HistorySummary: Sendable {
  private var words: [UInt64]

  /// Ten bits for each different mark, and four of them set, err in one of a hundred cases.
  init(_ marks: [UInt32]) {
    let different = Set(marks)
    var count = 64
    while count < different.count * 10 { count *= 2 }
    words = [UInt64](repeating: 0, count: count / 64)
    for mark in different { for bit in bits(mark) { words[bit >> 6] |= 1 << UInt64(bit & 63) } }
  }

  func canHave(_ mark: UInt32) -> Bool { bits(mark).allSatisfy { words[$0 >> 6] & 1 << UInt64($0 & 63) != 0 } }

  private func bits(_ mark: UInt32) -> [Int] {
    var word = UInt64(mark) &* 0x9E37_79B9_7F4A_7C15
    word ^= word >> 32
    let step = word &* 0xBF58_476D_1CE4_E5B9 | 1
    return (0..<4).map { Int((word &+ step &* UInt64($0)) >> 7 & UInt64(words.count * 64 - 1)) }
  }
}
