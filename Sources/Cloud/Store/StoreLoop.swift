import Foundation
import GRDB
import Logging
import Synchronization
import Wire

/// The store's thread: takes what is queued, has it run as one batch, sleeps until there is more or a time comes.
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

  private let schedule = TimerSchedule()
  let work = WorkQueue()
  private let parkedCount = Atomic<Int>(0)

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

  /// Whether a timer waits to be run now.
  var isTimerDue: Bool {
    condition.lock()
    defer { condition.unlock() }
    return nextTimer.map { $0 <= clock.now } ?? false
  }

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
          try engine.refreshSchedule()
          let runner = BatchRunner(
            engine: engine, clock: clock, random: random, blobs: blobs, journal: journal, logger: logger)
          ready.signal()
          run(runner)
          engine.finish()
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

  private func run(_ runner: BatchRunner) {
    while let batch = next(runner) {
      if let maintenance = batch.first as? MaintenanceJob {
        maintenance.body(runner.engine)
        _ = try? runner.engine.refreshSchedule()
        for job in runner.parking.takeAll() { enqueue(job) }
      } else {
        for job in runner.run(batch) { enqueue(job) }
      }
      parkedCount.store(runner.parking.count, ordering: .relaxed)
    }
    for job in runner.parking.takeAll() { job.fail(.serviceUnavailable()) }
    journal?.seal(at: clock.now)
  }

  /// Sleeps until there is something to do, and gives it: a batch, or a single maintenance job. Nothing when the store is to
  /// stop.
  private func next(_ runner: BatchRunner) -> [StoreJob]? {
    condition.lock()
    defer { condition.unlock() }
    while true {
      for job in cancelled where runner.parking.remove(job) { job.fail(.requestCancelled()) }
      if !cancelled.isEmpty { parkedCount.store(runner.parking.count, ordering: .relaxed) }
      cancelled.removeAll()
      let now = clock.now
      // Timers first: a poll whose time ends with the same jump of the clock gets what they bring.
      var batch = dueTimers(runner.engine, now)
      batch.append(contentsOf: runner.parking.takeDue(now))
      if batch.isEmpty, queue.first is MaintenanceJob { return [queue.removeFirst()] }
      let taken = queue.prefix(BatchRunner.limit).prefix { !($0 is MaintenanceJob) }
      batch.append(contentsOf: taken)
      queue.removeFirst(taken.count)
      if !batch.isEmpty { return batch }
      if isStopping { return nil }
      isPoked = false
      isAsleep = true
      sleep(runner)
      isAsleep = false
    }
  }

  /// Waits for a signal or the next deadline; jumps there in automatic time. Called with `condition` locked.
  private func sleep(_ runner: BatchRunner) {
    let setting = clock.current
    if setting.isAutomatic,
      let awaited = [nextAwaitedTimer(runner.engine), runner.parking.nextRecheck].compactMap({ $0 }).min()
    {
      // Somebody who has a task in hand, or is about to get one, may still answer: that takes longer than a quiet moment.
      let isHeld = (try? runner.engine.isTimeHeld()) ?? false
      let patience = isHeld ? max(setting.graceSeconds, StoreLoop.quietSeconds) : StoreLoop.quietSeconds
      let quiet = min(patience, clock.machineSeconds(until: awaited) ?? patience)
      let isQuiet = !condition.wait(until: Date(timeIntervalSinceNow: quiet))
      if isQuiet, queue.isEmpty, !isPoked, !isStopping, cancelled.isEmpty {
        // The clock tells its listeners, this loop among them, so the lock must be free.
        condition.unlock()
        let before = clock.now
        clock.advance(to: awaited)
        runner.parking.extendPatience(byMilliseconds: awaited.milliseconds - before.milliseconds)
        condition.lock()
      }
      return
    }
    let alarm = [nextTimer, runner.parking.nextRecheck, runner.parking.nextDeadline].compactMap { $0 }.min()
    if let alarm, let seconds = clock.machineSeconds(until: alarm) {
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
        KeyRange.all.before(Key(.integer(now.milliseconds + 1))), BatchRunner.limit, false)
      if due.isEmpty { try engine.refreshSchedule() }
      return due.map { TimerJob($0, timerHandlers[$0.service]) }
    } catch {
      logger.error("timers cannot be read: \(error)")
      schedule.set(nil)
      return []
    }
  }
}
