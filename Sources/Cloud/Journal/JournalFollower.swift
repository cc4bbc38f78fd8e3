import Foundation
import Wire

/// Reads one segment on and on while it grows, and any entry of it again.
///
/// What entries refer to is kept between reads, so that following a journal costs no more than reading what is new. It belongs
/// to one task at a time.
public struct JournalSegmentFollower: Sendable {
  public let number: UInt64
  private let path: String
  private var decoder = JournalDecoder()
  private var data = Data()
  /// How far it was read.
  public private(set) var position = JournalSegment.headLength
  /// Whether the bytes from ``position`` on are not those of a journal.
  public private(set) var isDamaged = false

  init(_ segment: JournalSegment) {
    number = segment.number
    path = segment.path
  }

  /// Reads what is new up to `length`.
  /// - Parameter body: gets an entry and where it begins.
  /// - Returns: whether `body` wanted all; a no from it ends the reading behind the entry.
  @discardableResult
  public mutating func read(to length: Int, _ body: (JournalEntry, Int) -> Bool) -> Bool {
    guard length > position, !isDamaged else { return true }
    map(length)
    let bytes = data
    return bytes.withUnsafeBytes { bytes -> Bool in
      while position < length {
        var frames = JournalFrames(bytes, length: length, from: position)
        guard var frame = frames.next() else {
          isDamaged = true
          return true
        }
        let start = position
        position = frames.position
        guard frame.kind == .call else { continue }
        guard let entry = try? decoder.entry(&frame.cursor) else {
          isDamaged = true
          return true
        }
        if !body(entry, start) { return false }
      }
      return true
    }
  }

  /// An entry that was read before, by where it begins.
  public mutating func entry(at start: Int) -> JournalEntry? {
    guard start < position else { return nil }
    let bytes = data
    let length = position
    return bytes.withUnsafeBytes { bytes -> JournalEntry? in
      var frames = JournalFrames(bytes, length: length, from: start)
      guard var frame = frames.next(), frame.kind == .call else { return nil }
      return try? decoder.again(&frame.cursor)
    }
  }

  /// A mapping doesn't grow with its file.
  private mutating func map(_ length: Int) {
    guard data.count < length else { return }
    data = (try? Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)) ?? Data()
    if data.count < length { isDamaged = true }
  }
}

extension Journal {
  /// A segment as readers see it now.
  public struct Extent: Sendable {
    public let number: UInt64
    /// In bytes.
    public let length: Int
    public let count: Int
    /// The earliest and the latest time of its entries; nothing if it has none.
    public let times: ClosedRange<Timestamp>?
    let segment: JournalSegment

    /// Reads the segment from its beginning.
    public var follower: JournalSegmentFollower { JournalSegmentFollower(segment) }
  }

  /// The segments that are there now, the oldest first.
  public var extents: [Extent] {
    segments.map { Extent(number: $0.number, length: $0.length, count: $0.count, times: $0.times, segment: $0) }
  }

  /// Accounts that were emptied, and before which place nothing of theirs is shown any more.
  public var emptied: [AccountID: JournalPlace] { forgotten }

  /// Where what is recorded next will be, or behind it.
  public var end: JournalPlace {
    segments.last.map { JournalPlace(segment: $0.number, offset: $0.length) } ?? JournalPlace(segment: 0, offset: 0)
  }
}
