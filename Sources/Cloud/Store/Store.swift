import Foundation
import GRDB
import Logging
import Synchronization
import Wire

/// The cloud's memory: typed records in ordered key spaces, changed by handlers that run whole or not at all.
///
/// One thread runs queued handlers in batches: each in a savepoint of its own (only if it writes), one commit for all, and
/// only then their answers. So an answer means that the writes are there, and a batch shares the price of being durable.
/// Handlers that wait are parked without a thread and run again when their topic is signalled or their time comes.
public final class Store: Sendable {
  /// What an acknowledged write survives.
  public enum Durability: String, Sendable, CaseIterable {
    /// The end of the process in any way (`kill -9`).
    case process
    /// The loss of power too: each batch is forced to the disk.
    case power
  }

  /// Where the records are kept.
  public enum Location: Sendable {
    /// Nowhere: gone with the process.
    case memory
    /// A folder, made if it isn't there.
    case folder(String, Durability)
  }

  private let loop: StoreLoop
  /// Where bytes too many for a record go.
  public let blobs: Blobs
  /// Where calls are recorded; nothing if they aren't.
  public let journal: Journal?
  private let clock: CloudClock

  /// Opens the store and starts its thread.
  /// - Throws: ``StoreFailure`` if the folder is in use by another process or cannot be used.
  public init(
    at location: Location, clock: CloudClock, random: RandomSource, blobs: Blobs, journal: Journal? = nil,
    logger: Logger
  ) throws {
    self.blobs = blobs
    self.journal = journal
    self.clock = clock
    loop = StoreLoop(clock: clock, random: random, blobs: blobs, journal: journal, logger: logger)
    try loop.start(try Store.open(location))
    clock.onChange { [weak loop] in loop?.poke() }
  }

  /// Runs `body` in a transaction and gives its answer after the commit.
  /// - Throws: what `body` throws; its writes are then taken back. `InternalFailure` if the commit fails.
  public func transact<Answer: Sendable>(
    _ body: @escaping @Sendable (Transaction) throws(AWSError) -> Answer
  ) async throws(AWSError) -> Answer {
    try await run { transaction throws(AWSError) in .answer(try body(transaction)) }
  }

  /// Runs `body`, again and again as it asks to wait, until it has an answer.
  /// If the surrounding task is cancelled while it waits, it is taken out and `RequestCancelled` is thrown.
  public func run<Answer: Sendable>(
    _ body: @escaping @Sendable (Transaction) throws(AWSError) -> Step<Answer>
  ) async throws(AWSError) -> Answer {
    let job = HandlerJob<Answer>(body)
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        job.begin(continuation)
        loop.enqueue(job)
      }
    } onCancel: {
      loop.cancel(job)
    }
    return try result.get()
  }

  /// Says which handler runs the timers of each service.
  public func setTimerHandlers(_ handlers: [String: TimerHandler]) { loop.setTimerHandlers(handlers) }

  /// Waits until the timers have run that are due now, and those that they have brought to this moment.
  public func runDueTimers() async throws(AWSError) {
    // A timer that moves itself to the present for ever is not waited for.
    for _ in 0..<10_000 where loop.isTimerDue { try await transact { _ throws(AWSError) in } }
  }

  /// The requested works that can be done now.
  var work: WorkQueue { loop.work }

  /// The number of handlers that are parked.
  public var waitingCount: Int { loop.waitingCount }

  /// How many handlers wait on each of `topics` now; zeros when the store is stopping.
  public func waiters(on topics: [Topic]) async -> [Int] {
    await withCheckedContinuation { continuation in
      loop.enqueue(
        InspectionJob { parking in continuation.resume(returning: topics.map { parking?.count(on: $0) ?? 0 }) })
    }
  }

  /// Removes everything, or everything of one account, from the journal too.
  public func removeAll(of account: AccountID? = nil) async throws(AWSError) {
    let journal = journal
    try await maintain { engine in
      try engine.removeAll(of: account)
      try journal?.removeAll(of: account)
    }
  }

  /// Writes a consistent copy of all records to a new file, and one of the journal to a new folder if it is named.
  public func copy(to path: String, journal folder: String? = nil) async throws(AWSError) {
    let journal = journal
    let clock = clock
    try await maintain { engine in
      let target = try DatabaseQueue(path: path)
      try target.writeWithoutTransaction { try engine.database.backup(to: $0) }
      try target.close()
      if let folder { try journal?.link(to: folder, at: clock.now) }
    }
  }

  /// Replaces all records by those of a copy made with ``copy(to:journal:)``, and the journal if it is named.
  public func replace(from path: String, journal folder: String? = nil) async throws(AWSError) {
    let journal = journal
    try await maintain { engine in
      let source = try DatabaseQueue(path: path)
      try source.writeWithoutTransaction { try $0.backup(to: engine.database) }
      try source.close()
      if let folder { try journal?.replace(from: folder) }
    }
  }

  /// Removes the files of blobs that no record names: what was being written when the process last ended.
  /// - Parameter account: only the blobs of this account, so that others may go on writing theirs.
  public func sweepBlobs(of account: AccountID? = nil) async throws(AWSError) {
    let blobs = blobs
    try await maintain { engine in
      try blobs.sweep { id in
        if let account, id.account != account { return true }
        return try engine.contains(BlobRecord.self, Key(id.name), Scope(id.account))
      }
    }
  }

  /// Finishes what is queued, ends what is parked, and closes the files.
  public func close() { loop.stop() }

  private func maintain(_ body: @escaping @Sendable (StoreEngine) throws -> Void) async throws(AWSError) {
    let failure = await withCheckedContinuation { (continuation: CheckedContinuation<(any Error)?, Never>) in
      loop.enqueue(
        MaintenanceJob { engine in
          do {
            try body(engine)
            try engine.reload()
            engine.work.restart()
            continuation.resume(returning: nil)
          } catch { continuation.resume(returning: error) }
        })
    }
    if let failure { throw AWSError.internalFailure("The store could not do this: \(failure)") }
  }

  private static func open(_ location: Location) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.label = "store"
    switch location {
    case .memory:
      return try DatabaseQueue(configuration: configuration)
    case .folder(let folder, let durability):
      configuration.prepareDatabase { database in
        // One process owns the file, so the write-ahead log needs no shared memory.
        try database.execute(
          sql: """
            PRAGMA locking_mode = EXCLUSIVE;
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = \(durability == .power ? "FULL" : "NORMAL");
            PRAGMA wal_autocheckpoint = 4000;
            PRAGMA cache_size = -16000;
            PRAGMA temp_store = MEMORY;
            """)
      }
      do {
        return try DatabaseQueue(path: folder + "/hakoniwa.sqlite", configuration: configuration)
      } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
        throw StoreFailure("the data folder \(folder) is in use by another process")
      }
    }
  }
}

/// Why a store could not be opened, in words for the person who started it.
public struct StoreFailure: Error, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }
}
