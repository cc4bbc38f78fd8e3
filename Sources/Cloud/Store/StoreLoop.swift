import Foundation
import GRDB
import HeapModule
import Logging
import Synchronization
import Wire

/// The store's thread: takes what is queued, runs it as one batch, answers, sleeps until there is more or a time comes.
///
/// `queue` and the flags beside it are guarded by `condition`; everything else is confined to the thread.
final class StoreLoop: @unchecked Sendable {  // guarded or confined as said above
  private let clock: CloudClock
  private let random: RandomSource
  private let blobs: Blobs
  private let journal: Journal?
  private let logger: Logger

  private let condition = NSCondition()
  private var queue: [StoreJob] = []
  private var isAsleep = false
  private var isPoked = false
  private var isStopping = false
  private var isStopped = false
  private var cancelled: [StoreJob] = []
  private var timerHandlers: [String: TimerHandler] = [:]

  private var parking = Parking()
  private let schedule = TimerSchedule()
  let work = WorkQueue()
  private let parkedCount = Atomic<Int>(0)

  /// So many handlers share a commit at most: enough to make the commit cheap, few enough to keep answers quick.
  private static let batchLimit = 256
  /// In automatic time the machine must have been idle this long before the clock jumps.
  private static let quietSeconds = 0.02

  init(clock: CloudClock, random: RandomSource, blobs: Blobs, journal: Journal?, logger: Logger) {
    self.clock = clock
    self.random = random
    self.blobs = blobs
    self.journal = journal
    self.logger = logger
  }

  var waitingCount: Int { parkedCount.load(ordering: .relaxed) }

  // MARK: From other threads

  func enqueue(_ job: StoreJob) {
    condition.lock()
    if isStopping {
      condition.unlock()
      return job.fail(.serviceUnavailable())
    }
    queue.append(job)
    if isAsleep { condition.signal() }
    condition.unlock()
  }

  func cancel(_ job: StoreJob) {
    job.isCancelled.store(true, ordering: .releasing)
    condition.lock()
    cancelled.append(job)
    if isAsleep { condition.signal() }
    condition.unlock()
  }

  /// Looks at the clock again.
  func poke() {
    condition.lock()
    isPoked = true
    if isAsleep { condition.signal() }
    condition.unlock()
  }

  func setTimerHandlers(_ handlers: [String: TimerHandler]) {
    condition.lock()
    timerHandlers = handlers
    condition.unlock()
    poke()
  }

  func stop() {
    condition.lock()
    isStopping = true
    condition.signal()
    while !isStopped { condition.wait() }
    condition.unlock()
  }

  func start(_ database: DatabaseQueue) throws {
    let ready = DispatchSemaphore(value: 0)
    let failure = Mutex<(any Error)?>(nil)
    let thread = Thread { [self] in
      do {
        try database.writeWithoutTransaction { connection in
          let engine = try StoreEngine(database: connection, logger: logger, schedule: schedule, work: work)
          try refreshSchedule(engine)
          ready.signal()
          run(engine)
        }
        try database.close()
      } catch {
        failure.withLock { $0 = error }
        logger.error("the store stopped: \(error)")
        ready.signal()
      }
      condition.lock()
      isStopping = true
      isStopped = true
      condition.broadcast()
      condition.unlock()
    }
    thread.name = "store"
    thread.stackSize = 8 << 20
    thread.start()
    ready.wait()
    if let error = failure.withLock({ $0 }) { throw error }
  }

  // MARK: On the store's thread

  private func run(_ engine: StoreEngine) {
    engine.waitingCount = { [unowned self] topic in parking.count(on: topic) }
    while let batch = next(engine) {
      var pending: [StoreJob] = []
      for job in batch {
        if let maintenance = job as? MaintenanceJob {
          runBatch(pending, engine)
          pending = []
          maintenance.body(engine)
          _ = try? refreshSchedule(engine)
          for job in parking.takeAll() { enqueue(job) }
        } else if let inspection = job as? InspectionJob {
          inspection.inspect(parking)
        } else {
          pending.append(job)
        }
      }
      runBatch(pending, engine)
      parkedCount.store(parking.count, ordering: .relaxed)
    }
    for job in parking.takeAll() { job.fail(.serviceUnavailable()) }
    journal?.seal(at: clock.now)
  }

  /// Sleeps until there is something to do, and gives it; nothing when the store is to stop.
  private func next(_ engine: StoreEngine) -> [StoreJob]? {
    condition.lock()
    defer { condition.unlock() }
    while true {
      for job in cancelled where parking.remove(job) { job.fail(.requestCancelled()) }
      cancelled.removeAll()
      let now = clock.now
      // Timers first: a poll whose time ends with the same jump of the clock gets what they bring.
      var batch = dueTimers(engine, now)
      batch.append(contentsOf: parking.takeDue(now))
      if !queue.isEmpty {
        let count = min(queue.count, StoreLoop.batchLimit)
        batch.append(contentsOf: queue.prefix(count))
        queue.removeFirst(count)
      }
      if !batch.isEmpty { return batch }
      if isStopping { return nil }
      isPoked = false
      isAsleep = true
      sleep(engine)
      isAsleep = false
    }
  }

  /// Waits for a signal or the next deadline; jumps there in automatic time. Called with `condition` locked.
  private func sleep(_ engine: StoreEngine) {
    let setting = clock.current
    if setting.isAutomatic, let awaited = [nextAwaitedTimer(engine), parking.nextRecheck].compactMap({ $0 }).min() {
      // Somebody who has a task in hand, or is about to get one, may still answer: that takes longer than a quiet moment.
      let isHeld = (try? engine.isTimeHeld()) ?? false
      let patience = isHeld ? max(setting.graceSeconds, StoreLoop.quietSeconds) : StoreLoop.quietSeconds
      let quiet = min(patience, clock.machineSeconds(until: awaited) ?? patience)
      let isQuiet = !condition.wait(until: Date(timeIntervalSinceNow: quiet))
      if isQuiet, queue.isEmpty, !isPoked, !isStopping, cancelled.isEmpty {
        // The clock tells its listeners, this loop among them, so the lock must be free.
        condition.unlock()
        let before = clock.now
        clock.advance(to: awaited)
        parking.extendPatience(byMilliseconds: awaited.milliseconds - before.milliseconds)
        condition.lock()
      }
      return
    }
    let deadline = [nextTimer, parking.nextRecheck, parking.nextDeadline].compactMap { $0 }.min()
    if let deadline, let seconds = clock.machineSeconds(until: deadline) {
      _ = condition.wait(until: Date(timeIntervalSinceNow: min(seconds, 3600)))
    } else {
      condition.wait()
    }
  }

  /// When the next timer is due; none is before it is known who runs them, as while the server starts.
  private var nextTimer: Timestamp? { timerHandlers.isEmpty ? nil : schedule.next }

  /// When the first timer is due that somebody may wait for.
  private func nextAwaitedTimer(_ engine: StoreEngine) -> Timestamp? {
    guard nextTimer != nil else { return nil }
    var range = KeyRange.all
    while let timers = try? engine.scan(TimerRecord.self, TimerRecord.byDue.name, .global, range, 64, false),
      let last = timers.last
    {
      if let first = timers.first(where: { $0.isAwaited ?? true }) { return Timestamp(milliseconds: first.due) }
      // Behind all that are due with the last one; more than a page of such at one moment are passed over.
      range = range.from(Key(.integer(last.due + 1)))
    }
    return nil
  }

  private func dueTimers(_ engine: StoreEngine, _ now: Timestamp) -> [StoreJob] {
    guard let next = nextTimer, next <= now else { return [] }
    do {
      let due = try engine.scan(
        TimerRecord.self, TimerRecord.byDue.name, .global,
        KeyRange.all.before(Key(.integer(now.milliseconds + 1))), StoreLoop.batchLimit, false)
      if due.isEmpty { try refreshSchedule(engine) }
      return due.map { TimerJob($0, timerHandlers[$0.service]) }
    } catch {
      logger.error("timers cannot be read: \(error)")
      schedule.set(nil)
      return []
    }
  }

  private func refreshSchedule(_ engine: StoreEngine) throws {
    let first = try engine.scan(TimerRecord.self, TimerRecord.byDue.name, .global, .all, 1, false).first
    schedule.set(first.map { Timestamp(milliseconds: $0.due) })
  }

  private func runBatch(_ batch: [StoreJob], _ engine: StoreEngine) {
    if batch.isEmpty { return }
    let now = clock.now
    var finished: [StoreJob] = []
    var refused: [(job: StoreJob, error: AWSError)] = []
    var effects: [@Sendable () -> Void] = []
    var signals: [(topic: Topic, count: Int)] = []
    var hasTimers = false
    for job in batch {
      if job.isCancelled.load(ordering: .acquiring) {
        // A signal that woke it belongs to the next in line.
        for topic in parking.topics(of: job) { signals.append((topic, 1)) }
        job.fail(.requestCancelled())
        continue
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
        finished.append(job)
        effects.append(contentsOf: transaction.effects)
        signals.append(contentsOf: transaction.signals)
        if job is TimerJob { hasTimers = true }
      case .success(.some(let wait)):
        parking.park(job, wait)
      case .failure(let error):
        if let timer = job as? TimerJob {
          logger.error("a timer's handler failed and is tried again in 30 s: \(error)")
          enqueue(timer.postponed(from: now))
          hasTimers = true
        } else {
          parking.settle(job)
          refused.append((job, error))
        }
      }
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
      for job in finished + refused.map(\.job) { job.fail(.internalFailure()) }
      return
    }
    for refusal in refused { refusal.job.fail(refusal.error) }
    for job in finished { job.deliver() }
    for effect in effects { effect() }
    if hasTimers { _ = try? refreshSchedule(engine) }
    for signal in signals { for job in parking.wake(signal.topic, signal.count) { enqueue(job) } }
  }
}
