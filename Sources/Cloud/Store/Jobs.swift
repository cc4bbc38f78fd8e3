import Synchronization
import Wire

/// Something the store's thread is asked to do. All but `isCancelled` is confined to that thread.
class StoreJob: @unchecked Sendable {  // handed to the store's thread through a locked queue and used there only
  /// Set from any thread when nobody wants the answer any more.
  let isCancelled = Atomic<Bool>(false)
  /// Its place among the parked, while it is parked.
  var ticket: UInt64 = 0
  /// The cloud's time when it first ran.
  var began: Timestamp?

  /// Runs in a transaction: an answer is kept until after the commit.
  /// - Returns: a wait, or nothing when there is an answer.
  func run(_ transaction: Transaction) throws(AWSError) -> Wait? { nil }

  /// Gives the kept answer to whoever asked.
  func deliver() {}

  /// Gives an error to whoever asked.
  func fail(_ error: AWSError) {}
}

/// A handler with an answer.
final class HandlerJob<Answer: Sendable>: StoreJob, @unchecked Sendable {  // as StoreJob
  private let body: @Sendable (Transaction) throws(AWSError) -> Step<Answer>
  private var continuation: CheckedContinuation<Result<Answer, AWSError>, Never>?
  private var answer: Answer?

  init(_ body: @escaping @Sendable (Transaction) throws(AWSError) -> Step<Answer>) { self.body = body }

  func begin(_ continuation: CheckedContinuation<Result<Answer, AWSError>, Never>) { self.continuation = continuation }

  override func run(_ transaction: Transaction) throws(AWSError) -> Wait? {
    switch try body(transaction) {
    case .answer(let value):
      answer = value
      return nil
    case .wait(let wait):
      return wait
    }
  }

  override func deliver() {
    guard let answer else { return fail(.internalFailure()) }
    continuation?.resume(returning: .success(answer))
    continuation = nil
  }

  override func fail(_ error: AWSError) {
    continuation?.resume(returning: .failure(error))
    continuation = nil
  }
}

/// A timer that is due.
final class TimerJob: StoreJob, @unchecked Sendable {  // as StoreJob
  private let record: TimerRecord
  private let handler: TimerHandler?

  init(_ record: TimerRecord, _ handler: TimerHandler?) {
    self.record = record
    self.handler = handler
  }

  override func run(_ transaction: Transaction) throws(AWSError) -> Wait? {
    // It may have been moved or stopped earlier in this batch.
    guard let present = try transaction.get(TimerRecord.self, record.key, in: .global), present.due == record.due else {
      return nil
    }
    try transaction.delete(present, in: .global)
    if let handler, let request = record.request { try handler(request, transaction) }
    return nil
  }

  /// The same timer, thirty seconds later, for a handler that failed.
  func postponed(from now: Timestamp) -> HandlerJob<Bool> {
    var later = record
    later.due = now.milliseconds + 30_000
    return HandlerJob { [later] transaction throws(AWSError) in
      try transaction.put(later, in: .global)
      return .answer(true)
    }
  }
}

/// Work on the whole store, outside any transaction.
final class MaintenanceJob: StoreJob, @unchecked Sendable {  // as StoreJob
  let body: (StoreEngine) -> Void

  init(_ body: @escaping (StoreEngine) -> Void) { self.body = body }
}

/// A look at who is parked, between two batches.
final class InspectionJob: StoreJob, @unchecked Sendable {  // as StoreJob
  private let look: @Sendable (Parking?) -> Void

  /// - Parameter look: is called once; with nothing when the store is stopping.
  init(_ look: @escaping @Sendable (Parking?) -> Void) { self.look = look }

  func inspect(_ parking: Parking) { look(parking) }

  override func fail(_ error: AWSError) { look(nil) }
}
