import Cloud
import HeapModule
import Wire

/// Reads events of a group or a stream in the order of their times, without reading more chunks than it must.
///
/// Each level of chunks is walked by itself; a chunk is opened when an event in it may be the next one. Events of open chunks
/// are merged through a heap. Complexity: O(log open chunks) an event; a chunk is read once.
struct EventScan {
  enum Source: Sendable, Hashable {
    case group(Int64)
    case stream(Int64)
  }

  /// Milliseconds; `start` is included, `end` is not.
  struct Bounds: Sendable {
    var start: Int64
    var end: Int64
    /// Only events from this place on, going forward; only those before it, going backward.
    var from: EventPosition?
  }

  private let bounds: Bounds
  private let isReversed: Bool
  private let transaction: Transaction
  private var levels: [LevelWalk]
  private var open = Heap<OpenChunk>()
  /// Stored bytes of the events of chunks opened so far.
  private(set) var bytesRead: Int64 = 0

  /// - Parameter accepts: which streams count; the chunks of others aren't opened.
  init(
    _ source: Source, _ bounds: Bounds, reversed isReversed: Bool = false, in scope: Scope, _ transaction: Transaction,
    accepts: @escaping (Int64) -> Bool = { _ in true }
  ) {
    var bounds = bounds
    if let from = bounds.from {
      if isReversed { bounds.end = min(bounds.end, from.time + 1) } else { bounds.start = max(bounds.start, from.time) }
    }
    self.bounds = bounds
    self.isReversed = isReversed
    self.transaction = transaction
    levels = LogChunk.spans.indices.map {
      LevelWalk(source, level: $0, bounds, isReversed: isReversed, scope, accepts)
    }
  }

  /// The next event; nothing at the end.
  mutating func next() throws(AWSError) -> LogEvent? {
    try openNeeded()
    guard var first = isReversed ? open.popMax() : open.popMin() else { return nil }
    let event = first.head
    if first.advance(bounds, isReversed) { open.insert(first) }
    return event
  }

  /// Opens chunks until no unopened one can hold an event in front of the best that is open.
  private mutating func openNeeded() throws(AWSError) {
    for index in levels.indices {
      while let reach = try levels[index].reach(transaction) {
        if isReversed {
          if let head = open.max?.head, reach < head.time { break }
        } else {
          if let head = open.min?.head, reach > head.time { break }
        }
        guard let chunk = levels[index].take() else { break }
        bytesRead += chunk.bytes
        if let opened = OpenChunk(chunk, bounds, isReversed) { open.insert(opened) }
      }
    }
  }
}

/// A chunk that is being read, ordered by its next event.
private struct OpenChunk: Comparable {
  private(set) var head: LogEvent
  private var reader: ChunkReader
  /// Going backward, the events in front of ``head``.
  private var rest: [LogEvent] = []

  init?(_ chunk: LogChunk, _ bounds: EventScan.Bounds, _ isReversed: Bool) {
    reader = ChunkReader(chunk)
    guard let first = reader.next(where: { OpenChunk.isWanted($0, bounds, isReversed) }) else { return nil }
    head = first
    if isReversed {
      rest.reserveCapacity(Int(chunk.count))
      rest.append(first)
      while let event = reader.next(where: { OpenChunk.isWanted($0, bounds, isReversed) }) { rest.append(event) }
      head = rest.removeLast()
    }
  }

  /// Goes on to the next event; says whether there is one.
  mutating func advance(_ bounds: EventScan.Bounds, _ isReversed: Bool) -> Bool {
    if isReversed {
      guard let event = rest.popLast() else { return false }
      head = event
    } else {
      guard let event = reader.next(where: { OpenChunk.isWanted($0, bounds, isReversed) }) else { return false }
      head = event
    }
    return true
  }

  private static func isWanted(_ position: EventPosition, _ bounds: EventScan.Bounds, _ isReversed: Bool) -> Bool {
    guard position.time >= bounds.start, position.time < bounds.end else { return false }
    guard let from = bounds.from else { return true }
    return isReversed ? position < from : position >= from
  }

  static func < (left: OpenChunk, right: OpenChunk) -> Bool { left.head.position < right.head.position }
  static func == (left: OpenChunk, right: OpenChunk) -> Bool { left.head.position == right.head.position }
}

/// Walks the chunks of one level.
private struct LevelWalk {
  private let source: EventScan.Source
  private let span: Int64
  private let start: Int64
  private let isReversed: Bool
  private let scope: Scope
  private let accepts: (Int64) -> Bool
  private var range: KeyRange
  private var page: [LogChunk] = []
  private var pageSize = 2
  private var isAtEnd = false

  init(
    _ source: EventScan.Source, level: Int, _ bounds: EventScan.Bounds, isReversed: Bool, _ scope: Scope,
    _ accepts: @escaping (Int64) -> Bool
  ) {
    self.source = source
    self.isReversed = isReversed
    self.scope = scope
    self.accepts = accepts
    span = LogChunk.spans[level]
    start = bounds.start
    let id =
      switch source {
      case .group(let id): id
      case .stream(let id): id
      }
    let prefix = Key(.integer(id), .integer(Int64(level)))
    range = KeyRange.prefix(.integer(id), .integer(Int64(level)))
      .from(prefix.appending(.integer(bounds.start > .min + span ? bounds.start - span : .min)))
      .before(prefix.appending(.integer(bounds.end)))
  }

  /// The earliest time that an event in an unread chunk of the level can have; going backward, the latest. Nothing if there
  /// are no more.
  mutating func reach(_ transaction: Transaction) throws(AWSError) -> Int64? {
    while page.isEmpty, !isAtEnd { try fill(transaction) }
    guard let next = page.last else { return nil }
    return isReversed ? next.minTime + span : next.minTime
  }

  mutating func take() -> LogChunk? { page.popLast() }

  private mutating func fill(_ transaction: Transaction) throws(AWSError) {
    let chunks: [LogChunk]
    switch source {
    case .group:
      chunks = try transaction.scan(LogChunk.self, in: scope, range, limit: pageSize, reversed: isReversed)
    case .stream:
      chunks = try transaction.scan(
        LogChunk.self, by: LogChunk.byStream, in: scope, range, limit: pageSize, reversed: isReversed)
    }
    isAtEnd = chunks.count < pageSize
    pageSize = min(pageSize * 2, 32)
    if let last = chunks.last {
      let key = source.isStream ? LogChunk.byStream.value(last) ?? last.key : last.key
      range = isReversed ? range.before(key) : range.after(key)
    }
    page = chunks.reversed().filter { $0.maxTime >= start && accepts($0.stream) }
  }
}

extension EventScan.Source {
  fileprivate var isStream: Bool { if case .stream = self { true } else { false } }
}
