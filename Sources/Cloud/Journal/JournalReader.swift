import Foundation
import Wire

/// Reads a journal from its oldest entry to what was its newest when the reader was made, while others are being written.
///
/// Entries come in the order in which they were written. A reader belongs to one task; ``parts`` gives readers for several.
public struct JournalReader: Sequence, IteratorProtocol, Sendable {
  struct Filter: Sendable {
    var since: Timestamp?
    var until: Timestamp?
    var account: AccountID?
    var forgotten: [AccountID: JournalPlace] = [:]
  }

  /// Segments whose bytes were not those of a journal from some place on: what follows in them is lost.
  public private(set) var damaged = 0
  /// Bytes that were read.
  public private(set) var bytesRead = 0

  private var segments: ArraySlice<JournalSegment>
  private let filter: Filter
  private var data = Data()
  private var position = 0
  private var decoder = JournalDecoder()
  private var segment: JournalSegment?

  init(_ segments: [JournalSegment], _ filter: Filter) {
    self.segments = segments[...]
    self.filter = filter
  }

  /// Reads the journal of a server that does not run, or of a snapshot.
  /// - Parameter folder: the folder that has the journal's segments.
  public static func offline(
    _ folder: String, since: Timestamp? = nil, until: Timestamp? = nil, account: AccountID? = nil
  ) -> JournalReader {
    let segments = JournalSegment.numbers(in: folder).compactMap { number -> JournalSegment? in
      let path = JournalSegment.path(folder, number)
      let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int
      return size.map { JournalSegment(number: number, path: path, length: $0, times: nil, count: 0) }
    }
    return JournalReader(
      segments, Filter(since: since, until: until, account: account, forgotten: JournalPlace.load(from: folder)))
  }

  /// The same in parts that can be read at once, the oldest first.
  public var parts: [JournalReader] { segments.map { JournalReader([$0], filter) } }

  /// The next entry; nothing at the end.
  public mutating func next() -> JournalEntry? {
    while true {
      guard let segment else {
        guard let next = segments.popFirst() else { return nil }
        open(next)
        continue
      }
      guard let (entry, place) = read(segment) else {
        self.segment = nil
        data = Data()
        continue
      }
      if let entry = shown(entry, at: place) { return entry }
    }
  }

  private mutating func open(_ next: JournalSegment) {
    // A segment that is gone by now was too old or too much.
    guard let file = try? Data(contentsOf: URL(fileURLWithPath: next.path), options: .alwaysMapped) else { return }
    data = file
    position = JournalSegment.headLength
    decoder = JournalDecoder()
    segment = next
  }

  private mutating func read(_ segment: JournalSegment) -> (JournalEntry, JournalPlace)? {
    let start = position
    if start >= segment.length { return nil }
    let bytes = data
    let entry = bytes.withUnsafeBytes { bytes -> JournalEntry? in
      var frames = JournalFrames(bytes, length: segment.length, from: start)
      guard var frame = frames.next() else {
        damaged += 1
        return nil
      }
      position = frames.position
      bytesRead += frames.position - start
      guard frame.kind == .call else { return nil }
      do { return try decoder.entry(&frame.cursor) } catch {
        damaged += 1
        return nil
      }
    }
    return entry.map { ($0, JournalPlace(segment: segment.number, offset: start)) }
  }

  /// The entry as this reader shows it; nothing if it doesn't.
  private func shown(_ entry: JournalEntry, at place: JournalPlace) -> JournalEntry? {
    if let since = filter.since, entry.time < since { return nil }
    if let until = filter.until, entry.time > until { return nil }
    var entry = entry
    if !filter.forgotten.isEmpty, !entry.recipients.isEmpty {
      entry.recipients.removeAll { filter.forgotten[$0].map { place < $0 } ?? false }
      if entry.recipients.isEmpty { return nil }
    }
    if let account = filter.account, !entry.recipients.contains(account) { return nil }
    return entry
  }

  /// Whether a segment can have entries in a range of time; one whose times are not known can.
  static func overlaps(_ times: ClosedRange<Timestamp>?, _ since: Timestamp?, _ until: Timestamp?) -> Bool {
    guard let times else { return true }
    if let since, times.upperBound < since { return false }
    if let until, times.lowerBound > until { return false }
    return true
  }
}
