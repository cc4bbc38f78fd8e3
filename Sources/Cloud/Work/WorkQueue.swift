import DequeModule
import Synchronization

/// Which of the requested works can be done now. The store is the truth; this is the part of it that is at hand.
///
/// Works come in the order of their requests, from the store's thread, after their commit. Of a long backlog only the beginning
/// is kept here; the rest is read from the store when it is needed.
/// State: the lanes in a `Mutex` with small critical sections.
final class WorkQueue: Sendable {
  /// Works that are done one after another.
  private struct Lane {
    /// The first is running, postponed or next.
    var works: Deque<WorkRecord> = []
    var isRunning = false
    /// The work that must be tried again before all others.
    var postponed: Int64?
  }

  private struct State {
    var lanes: [String: Lane] = [:]
    /// What can run, first come first served.
    var ready: Deque<WorkRecord> = []
    var running: Set<Int64> = []
    /// How many works are here, running ones left out.
    var count = 0
    /// From this order on works are in the store only; nothing when all are here.
    var rest: Int64? = 0
    var isRefilling = false
    var continuation: AsyncStream<Signal>.Continuation?
  }

  /// What the runner is to do.
  enum Signal: Sendable {
    case run(WorkRecord)
    /// Read more works from the store, from this order on.
    case refill(from: Int64)
  }

  private let state = Mutex(State())

  /// So many works run at once.
  private static let concurrency = 64
  /// So many are kept here at most.
  static let limit = 10_000

  /// What there is to do, for the one runner, until its task is cancelled.
  func signals() -> AsyncStream<Signal> {
    let (stream, continuation) = AsyncStream<Signal>.makeStream()
    state.withLock { state in
      state.continuation = continuation
      WorkQueue.pump(&state)
    }
    return stream
  }

  /// Takes a work that was committed.
  func add(_ record: WorkRecord) {
    state.withLock { state in
      guard state.rest == nil else { return }
      if state.count >= WorkQueue.limit {
        state.rest = record.order
      } else {
        WorkQueue.take(record, &state)
      }
      WorkQueue.pump(&state)
    }
  }

  /// Takes works that were read from the store on the store's thread, in order.
  /// - Parameter isAll: whether there are no more behind them.
  func refill(_ records: [WorkRecord], isAll: Bool) {
    state.withLock { state in
      state.isRefilling = false
      for record in records { WorkQueue.take(record, &state) }
      state.rest = isAll ? nil : (records.last?.order ?? 0) + 1
      WorkQueue.pump(&state)
    }
  }

  /// Holds a lane until the work that was postponed in it is resumed.
  func postpone(_ record: WorkRecord) {
    guard let lane = WorkQueue.lane(of: record) else { return }
    state.withLock { $0.lanes[lane, default: Lane()].postponed = record.order }
  }

  /// Takes a postponed work whose time has come.
  func resume(_ record: WorkRecord) {
    state.withLock { state in
      guard !state.running.contains(record.order) else { return }
      if let lane = WorkQueue.lane(of: record) {
        state.count += 1
        state.lanes[lane, default: Lane()].works.prepend(record)
        state.lanes[lane]?.postponed = nil
        WorkQueue.advance(lane, &state)
      } else {
        WorkQueue.take(record, &state)
      }
      WorkQueue.pump(&state)
    }
  }

  /// Says that a work is no longer running.
  /// - Parameter isPostponed: whether it will be tried again.
  func finish(_ record: WorkRecord, isPostponed: Bool) {
    state.withLock { state in
      state.running.remove(record.order)
      if let name = WorkQueue.lane(of: record), var lane = state.lanes[name] {
        lane.isRunning = false
        if isPostponed { lane.postponed = record.order }
        let isIdle = lane.works.isEmpty && lane.postponed == nil
        state.lanes[name] = isIdle ? nil : lane
        WorkQueue.advance(name, &state)
      }
      WorkQueue.pump(&state)
    }
  }

  /// Forgets everything but what is running, and begins again with what the store has.
  func restart() {
    state.withLock { state in
      state.lanes = [:]
      state.ready = []
      state.count = 0
      state.rest = 0
      state.isRefilling = false
      WorkQueue.pump(&state)
    }
  }

  private static func lane(of record: WorkRecord) -> String? { record.lane.map { "\(record.service)/\($0)" } }

  private static func take(_ record: WorkRecord, _ state: inout State) {
    guard !state.running.contains(record.order) else { return }
    state.count += 1
    guard let lane = lane(of: record) else { return state.ready.append(record) }
    state.lanes[lane, default: Lane()].works.append(record)
    advance(lane, &state)
  }

  /// Makes the first work of a lane ready if nothing stands before it.
  private static func advance(_ name: String, _ state: inout State) {
    guard var lane = state.lanes[name], !lane.isRunning, lane.postponed == nil, !lane.works.isEmpty else { return }
    lane.isRunning = true
    state.ready.append(lane.works.removeFirst())
    state.lanes[name] = lane
  }

  private static func pump(_ state: inout State) {
    guard let continuation = state.continuation else { return }
    while state.running.count < concurrency, let record = state.ready.popFirst() {
      state.count -= 1
      state.running.insert(record.order)
      continuation.yield(.run(record))
    }
    if let rest = state.rest, !state.isRefilling, state.count < limit / 2 {
      state.isRefilling = true
      continuation.yield(.refill(from: rest))
    }
  }
}
