import Logging
import Wire

/// Runs handlers in batches: each in a savepoint of its own (only if it writes), one commit for all, and only then their answers.
///
/// A handler that waits for what another one of the batch does is run in the same batch, so that a task costs one commit from
/// whoever made it to whoever gets it. Confined to the store's thread.
final class BatchRunner {
  let engine: StoreEngine
  /// The handlers that wait.
  var parking = Parking()
  private let clock: CloudClock
  private let random: RandomSource
  private let blobs: Blobs
  private let journal: Journal?
  private let logger: Logger

  /// So many handlers share a commit at most: enough to make the commit cheap, few enough to keep answers quick.
  static let limit = 256

  init(
    engine: StoreEngine, clock: CloudClock, random: RandomSource, blobs: Blobs, journal: Journal?, logger: Logger
  ) {
    self.engine = engine
    self.clock = clock
    self.random = random
    self.blobs = blobs
    self.journal = journal
    self.logger = logger
    engine.waitingCount = { [unowned self] topic in parking.count(on: topic) }
  }

  /// One batch under way: what becomes of its handlers.
  private struct Batch {
    var jobs: [StoreJob]
    /// Woken, but too many for this batch.
    var later: [StoreJob] = []
    var finished: [StoreJob] = []
    var refused: [(job: StoreJob, error: AWSError)] = []
    var effects: [@Sendable () -> Void] = []
    var hasTimers = false
  }

  /// Runs handlers as one batch, gives their answers, and parks those that have to wait.
  /// - Returns: what is to be run in a later batch.
  func run(_ jobs: [StoreJob]) -> [StoreJob] {
    var batch = Batch(jobs: jobs)
    let now = clock.now
    var index = 0
    while index < batch.jobs.count {
      run(batch.jobs[index], now, &batch)
      index += 1
    }
    do {
      // First the journal: of what happens, nothing is missing there.
      try journal?.flush()
      try engine.commit()
      journal?.publish()
    } catch {
      logger.error("a commit failed, nothing of it is kept: \(error)")
      journal?.takeBack()
      engine.abandon()
      for job in batch.finished + batch.refused.map(\.job) { job.fail(.internalFailure()) }
      return batch.later
    }
    for refusal in batch.refused { refusal.job.fail(refusal.error) }
    for job in batch.finished { job.deliver() }
    for effect in batch.effects { effect() }
    if batch.hasTimers { _ = try? engine.refreshSchedule() }
    return batch.later
  }

  private func run(_ job: StoreJob, _ now: Timestamp, _ batch: inout Batch) {
    if let inspection = job as? InspectionJob { return inspection.inspect(parking) }
    if job.isCancelled.load(ordering: .acquiring) {
      // A signal that woke it belongs to the next in line.
      for topic in parking.topics(of: job) { wake(topic, 1, &batch) }
      return job.fail(.requestCancelled())
    }
    let began = job.began ?? now
    job.began = began
    let transaction = Transaction(engine: engine, now: now, began: began, random: random, blobs: blobs)
    var outcome: Result<Wait?, AWSError>
    do { outcome = .success(try job.run(transaction)) } catch { outcome = .failure(error) }
    var isKept = false
    if case .success(nil) = outcome { isKept = true }
    do {
      try transaction.finish(keeping: isKept)
    } catch {
      logger.error("a savepoint could not be ended: \(error)")
      outcome = .failure(.internalFailure())
    }
    for entry in transaction.entries { journal?.append(entry) }
    switch outcome {
    case .success(nil):
      parking.settle(job)
      batch.finished.append(job)
      batch.effects.append(contentsOf: transaction.effects)
      for signal in transaction.signals { wake(signal.topic, signal.count, &batch) }
      if job is TimerJob { batch.hasTimers = true }
    case .success(.some(let wait)):
      parking.park(job, wait)
    case .failure(let error):
      if let timer = job as? TimerJob {
        logger.error("a timer's handler failed and is tried again in 30 s: \(error)")
        batch.later.append(timer.postponed(from: now))
        batch.hasTimers = true
      } else {
        parking.settle(job)
        batch.refused.append((job, error))
      }
    }
  }

  private func wake(_ topic: Topic, _ count: Int, _ batch: inout Batch) {
    for job in parking.wake(topic, count) {
      if batch.jobs.count < 2 * BatchRunner.limit { batch.jobs.append(job) } else { batch.later.append(job) }
    }
  }
}
