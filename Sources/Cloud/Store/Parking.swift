import HeapModule
import Synchronization
import Wire

/// The handlers that wait, by topic in the order they came, and by time. Confined to the store's thread.
struct Parking {
  private struct Place {
    let job: StoreJob
    var wait: Wait
  }

  /// A moment at which a parked handler may have to run; left in the heap when the handler is gone, and skipped then.
  private struct Alarm: Comparable {
    let time: Timestamp
    let ticket: UInt64

    static func < (left: Alarm, right: Alarm) -> Bool { (left.time, left.ticket) < (right.time, right.ticket) }
  }

  private var places: [UInt64: Place] = [:]
  private var queues: [Topic: [UInt64]] = [:]
  private var deadlines = Heap<Alarm>()
  private var rechecks = Heap<Alarm>()
  private var lastTicket: UInt64 = 0
  /// Topics of handlers that were woken and have not run yet.
  private var woken: [ObjectIdentifier: [Topic]] = [:]

  var count: Int { places.count }

  /// How many handlers wait on `topic`.
  func count(on topic: Topic) -> Int { queues[topic]?.count ?? 0 }

  mutating func park(_ job: StoreJob, _ wait: Wait) {
    woken[ObjectIdentifier(job)] = nil
    // A handler that waits again keeps its place in line.
    if job.ticket == 0 {
      lastTicket += 1
      job.ticket = lastTicket
    }
    places[job.ticket] = Place(job: job, wait: wait)
    for topic in wait.topics {
      var line = queues[topic] ?? []
      let index = line.lastIndex { $0 < job.ticket }.map { $0 + 1 } ?? 0
      line.insert(job.ticket, at: index)
      queues[topic] = line
    }
    deadlines.insert(Alarm(time: wait.deadline, ticket: job.ticket))
    if let recheck = wait.recheck { rechecks.insert(Alarm(time: recheck, ticket: job.ticket)) }
  }

  /// Takes up to `count` handlers out that wait on `topic`, longest waiting first.
  mutating func wake(_ topic: Topic, _ count: Int) -> [StoreJob] {
    guard let line = queues[topic] else { return [] }
    var result: [StoreJob] = []
    for ticket in line.prefix(count) {
      guard let job = take(ticket) else { continue }
      woken[ObjectIdentifier(job)] = [topic]
      result.append(job)
    }
    return result
  }

  /// The topics whose signal woke `job`, asked once when it will not use it.
  mutating func topics(of job: StoreJob) -> [Topic] { woken.removeValue(forKey: ObjectIdentifier(job)) ?? [] }

  /// Forgets a handler that has run to its end.
  mutating func settle(_ job: StoreJob) { if job.ticket != 0 { woken[ObjectIdentifier(job)] = nil } }

  /// Takes out the handlers whose deadline or recheck has come.
  mutating func takeDue(_ now: Timestamp) -> [StoreJob] {
    var result: [StoreJob] = []
    while let first = deadlines.min, first.time <= now {
      deadlines.removeMin()
      if places[first.ticket]?.wait.deadline == first.time, let job = take(first.ticket) { result.append(job) }
    }
    while let first = rechecks.min, first.time <= now {
      rechecks.removeMin()
      if places[first.ticket]?.wait.recheck == first.time, let job = take(first.ticket) { result.append(job) }
    }
    return result
  }

  /// Takes `job` out if it is parked; says whether it was.
  mutating func remove(_ job: StoreJob) -> Bool { job.ticket != 0 && take(job.ticket) != nil }

  mutating func takeAll() -> [StoreJob] { places.keys.sorted().compactMap { take($0) } }

  /// Lets everybody wait longer by as much as the clock has jumped by itself: callers' patience is their own, not the cloud's.
  /// Complexity: O(those who wait).
  mutating func extendPatience(byMilliseconds jump: Int64) {
    guard jump > 0 else { return }
    var moved = Heap<Alarm>()
    for (ticket, var place) in places {
      place.wait.deadline = place.wait.deadline.adding(milliseconds: jump)
      place.job.began = place.job.began?.adding(milliseconds: jump)
      places[ticket] = place
      moved.insert(Alarm(time: place.wait.deadline, ticket: ticket))
    }
    deadlines = moved
  }

  /// The earliest moment at which a caller gives up.
  var nextDeadline: Timestamp? { deadlines.min?.time }

  /// The earliest moment at which stored state changes for a parked handler.
  var nextRecheck: Timestamp? {
    mutating get {
      while let first = rechecks.min, places[first.ticket]?.wait.recheck != first.time { rechecks.removeMin() }
      return rechecks.min?.time
    }
  }

  private mutating func take(_ ticket: UInt64) -> StoreJob? {
    guard let place = places.removeValue(forKey: ticket) else { return nil }
    for topic in place.wait.topics {
      guard var line = queues.removeValue(forKey: topic) else { continue }
      if line.first == ticket { line.removeFirst() } else { line.removeAll { $0 == ticket } }
      if !line.isEmpty { queues[topic] = line }
    }
    return place.job
  }
}

/// When the next timer is due. State: one moment in a `Mutex`.
final class TimerSchedule: Sendable {
  private let due = Mutex<Timestamp?>(nil)

  var next: Timestamp? { due.withLock { $0 } }

  func set(_ time: Timestamp?) { due.withLock { $0 = time } }

  /// A timer was started that may be the first.
  func note(_ time: Timestamp) {
    due.withLock { due in if due.map({ time < $0 }) ?? true { due = time } }
  }
}
