import Foundation
import Synchronization
import Wire

/// The append-only record of every call: what CloudTrail is made from, and what other policies are tried on.
///
/// Entries of a store's batch go into a file with one write, before the answers are sent: an answered call is in the journal,
/// whatever ends the process. The files are segments; each begins anew with numbering what repeats, and the oldest go when
/// the journal has grown too large or they are too old.
///
/// State: what is being written is confined to the store's thread; what readers may see is in a `Mutex` held for a look-up.
public final class Journal: @unchecked Sendable {  // confined or guarded as said above
  /// How much is kept.
  public struct Limits: Sendable {
    /// A segment is finished when it has so many bytes. Whoever looks for single calls reads whole segments.
    public var segmentBytes = 8 << 20
    /// The oldest segments go when all together have more.
    public var totalBytes = 1 << 30
    /// Segments that somebody still needs (``Journal/keep(from:)``) stay until all together have so many times more.
    public var patience = 4
    /// Segments go when their newest entry is older, by the cloud's clock. AWS keeps the event history for 90 days.
    public var days = 90

    public init() {}
  }

  /// What a journal holds.
  public struct Summary: Sendable, Equatable {
    public var entries: Int
    public var bytes: Int
    public var segments: Int
    public var oldest: Timestamp?
    public var newest: Timestamp?
  }

  /// What readers see.
  private struct Shared {
    var segments: [JournalSegment] = []
    /// Accounts that were emptied: their entries before the place are not shown.
    var forgotten: [AccountID: JournalPlace] = [:]
    /// The oldest segment that somebody still needs.
    var needed: UInt64?
    /// How many segments went though somebody needed them.
    var lost = 0
  }

  public let folder: String
  private let limits: Limits
  private let isForcedToDisk: Bool
  private let shared = Mutex(Shared())

  // On the store's thread only.
  private var encoder = JournalEncoder()
  private var file: Int32 = -1
  /// The open segment; its count and times are ahead of its length by what is not written yet.
  private var current: JournalSegment?
  /// The length of the open segment that is published.
  private var lengthBefore = 0
  private var nextNumber: UInt64 = 1

  /// Opens the journal in a folder, made if it isn't there; what a crash left unfinished is cut off.
  /// - Parameter isForcedToDisk: whether a batch waits until the disk has it.
  public init(folder: String, limits: Limits = Limits(), isForcedToDisk: Bool = false) throws {
    self.folder = folder
    self.limits = limits
    self.isForcedToDisk = isForcedToDisk
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw StoreFailure("the journal's folder \(folder) cannot be made: \(error.localizedDescription)")
    }
    load()
  }

  deinit { if file >= 0 { close(file) } }

  private func load() {
    let segments = JournalSegment.numbers(in: folder).compactMap {
      JournalSegment.open(JournalSegment.path(folder, $0), $0)
    }
    let forgotten = JournalPlace.load(from: folder)
    nextNumber = (JournalSegment.numbers(in: folder).last ?? 0) + 1
    shared.withLock { shared in
      shared.segments = segments.filter { $0.count > 0 }
      shared.forgotten = forgotten
    }
    // A start that recorded nothing leaves a head only.
    for segment in segments where segment.count == 0 { unlink(segment.path) }
  }

  // MARK: Reading, from any thread

  /// Reads entries from the oldest to what is the newest now.
  /// - Parameters:
  ///   - since: leaves out what was earlier.
  ///   - until: leaves out what was later.
  ///   - account: only entries that concern this account.
  public func reader(
    since: Timestamp? = nil, until: Timestamp? = nil, account: AccountID? = nil
  ) -> JournalReader {
    let (segments, forgotten) = shared.withLock { ($0.segments, $0.forgotten) }
    return JournalReader(
      segments.filter { JournalReader.overlaps($0.times, since, until) },
      JournalReader.Filter(since: since, until: until, account: account, forgotten: forgotten))
  }

  /// The same in parts that can be read on several cores at once, the oldest first.
  public func parts(
    since: Timestamp? = nil, until: Timestamp? = nil, account: AccountID? = nil
  ) -> [JournalReader] {
    reader(since: since, until: until, account: account).parts
  }

  /// Keeps the segments from a place on, for somebody who has yet to read them; nothing lets them go.
  public func keep(from place: JournalPlace?) { shared.withLock { $0.needed = place?.segment } }

  /// How many segments went though somebody still needed them: the journal would have grown beyond all bounds.
  public var lostSegments: Int { shared.withLock { $0.lost } }

  var segments: [JournalSegment] { shared.withLock { $0.segments } }

  var forgotten: [AccountID: JournalPlace] { shared.withLock { $0.forgotten } }

  /// What is in the journal now, entries of emptied accounts included.
  public var summary: Summary {
    let segments = shared.withLock { $0.segments }
    return Summary(
      entries: segments.reduce(0) { $0 + $1.count }, bytes: segments.reduce(0) { $0 + $1.length },
      segments: segments.count, oldest: segments.compactMap { $0.times?.lowerBound }.min(),
      newest: segments.compactMap { $0.times?.upperBound }.max())
  }

  // MARK: Writing, on the store's thread

  /// Adds an entry to what the next ``flush()`` writes.
  func append(_ entry: JournalEntry) {
    if current == nil || encoder.bytes.isEmpty && (current?.length ?? 0) >= limits.segmentBytes {
      seal(at: entry.time)
      begin(at: entry.time)
    }
    encoder.append(entry)
    current?.note(entry.time)
  }

  /// Whether there is something to write.
  var isDirty: Bool { !encoder.bytes.isEmpty }

  /// Writes what was added, in one go. After a failure none of it is there, and the next entry begins a new segment.
  func flush() throws {
    guard isDirty else { return }
    do {
      guard file >= 0 else { throw StoreFailure("the journal's file cannot be written") }
      try encoder.bytes.withUnsafeBytes { bytes in try Journal.write(bytes, to: file) }
      if isForcedToDisk, fdatasync(file) != 0 { throw StoreFailure(String(cString: strerror(errno))) }
    } catch {
      takeBack()
      throw error
    }
    current?.length += encoder.bytes.count
    encoder.removeBytes()
  }

  /// Lets readers see what was written. After this it stays.
  func publish() {
    guard let current, current.length > lengthBefore else { return }
    lengthBefore = current.length
    shared.withLock { shared in
      if shared.segments.last?.number == current.number {
        shared.segments[shared.segments.count - 1] = current
      } else {
        shared.segments.append(current)
      }
    }
  }

  /// Takes back what was added since the last ``publish()``: the batch failed.
  func takeBack() {
    guard let segment = current, isDirty || segment.length > lengthBefore else { return }
    encoder = JournalEncoder()
    if file >= 0 {
      ftruncate(file, off_t(max(lengthBefore, JournalSegment.headLength)))
      close(file)
      file = -1
    }
    current = nil
    // Nobody has seen the segment if it was begun for this batch.
    if !shared.withLock({ $0.segments.contains { $0.number == segment.number } }) { unlink(segment.path) }
  }

  /// Finishes the open segment: it never changes again.
  func seal(at now: Timestamp) {
    guard var segment = current, file >= 0 else { return }
    var last = JournalEncoder()
    let times = segment.times ?? now...now
    last.appendSeal(first: times.lowerBound, last: times.upperBound, count: segment.count)
    // Without its seal a segment is only slower to open.
    if (try? last.bytes.withUnsafeBytes({ try Journal.write($0, to: file) })) != nil {
      segment.length += last.bytes.count
    }
    close(file)
    file = -1
    current = segment
    publish()
    current = nil
  }

  private func begin(at now: Timestamp) {
    encoder = JournalEncoder()
    let number = nextNumber
    nextNumber += 1
    let path = JournalSegment.path(folder, number)
    file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o600)
    let head = JournalSegment.head(number, now)
    if file >= 0, (try? head.withUnsafeBytes({ try Journal.write($0, to: file) })) == nil {
      close(file)
      file = -1
      unlink(path)
    }
    current = JournalSegment(number: number, path: path, length: head.count, times: nil, count: 0)
    lengthBefore = head.count
    drop(now)
  }

  /// Removes what is too old or too much.
  private func drop(_ now: Timestamp) {
    let oldest = now.adding(seconds: -Int64(limits.days) * 86_400)
    let gone = shared.withLock { shared in
      var total = shared.segments.reduce(0) { $0 + $1.length }
      var count = 0
      for segment in shared.segments {
        let isOld = (segment.times?.upperBound ?? now) < oldest
        // The next segment will need its room too.
        let size = total + limits.segmentBytes
        guard isOld || size > limits.totalBytes else { break }
        if let needed = shared.needed, segment.number >= needed {
          guard size > limits.totalBytes * limits.patience else { break }
          shared.lost += 1
        }
        total -= segment.length
        count += 1
      }
      let gone = Array(shared.segments.prefix(count))
      shared.segments.removeFirst(count)
      return gone
    }
    for segment in gone { unlink(segment.path) }
  }

  private static func write(_ bytes: UnsafeRawBufferPointer, to file: Int32) throws {
    var done = 0
    while done < bytes.count {
      let count = Foundation.write(file, bytes.baseAddress.map { $0 + done }, bytes.count - done)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw StoreFailure("the journal cannot be written: \(String(cString: strerror(errno)))") }
      done += count
    }
  }

  // MARK: Housekeeping, on the store's thread

  /// Forgets everything, or everything of one account.
  func removeAll(of account: AccountID? = nil) throws {
    guard let account else {
      if file >= 0 { close(file) }
      file = -1
      current = nil
      encoder = JournalEncoder()
      let gone = shared.withLock { shared in
        defer { shared = Shared() }
        return shared.segments
      }
      for segment in gone { unlink(segment.path) }
      try JournalPlace.save([:], to: folder)
      return
    }
    let forgotten = shared.withLock { shared in
      let oldest = shared.segments.first?.number ?? nextNumber
      shared.forgotten = shared.forgotten.filter { $0.value.segment >= oldest }
      if let last = shared.segments.last {
        shared.forgotten[account] = JournalPlace(segment: last.number, offset: last.length)
      }
      return shared.forgotten
    }
    try JournalPlace.save(forgotten, to: folder)
  }

  /// Puts everything that is there now into another folder, without copying it.
  func link(to target: String, at now: Timestamp) throws {
    seal(at: now)
    try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: true)
    let (segments, forgotten) = shared.withLock { ($0.segments, $0.forgotten) }
    for segment in segments {
      try Journal.link(segment.path, JournalSegment.path(target, segment.number))
    }
    try JournalPlace.save(forgotten, to: target)
  }

  /// A second name for a file, or a copy where that can't be (another disk).
  private static func link(_ source: String, _ target: String) throws {
    do { try FileManager.default.linkItem(atPath: source, toPath: target) } catch {
      try FileManager.default.copyItem(atPath: source, toPath: target)
    }
  }

  /// Goes back to what ``link(to:at:)`` put into a folder; nothing is there if the folder isn't.
  func replace(from source: String) throws {
    try removeAll()
    for number in JournalSegment.numbers(in: source) {
      try Journal.link(JournalSegment.path(source, number), JournalSegment.path(folder, number))
    }
    try JournalPlace.save(JournalPlace.load(from: source), to: folder)
    let next = nextNumber
    load()
    nextNumber = max(next, nextNumber)
  }
}
