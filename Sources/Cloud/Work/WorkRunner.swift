import Foundation
import Logging
import Wire

/// Does the works that services have requested, for as long as it runs. One of a kind in a server.
public struct WorkRunner: Sendable {
  private let handlers: [String: WorkHandler]
  private let context: WorkContext

  /// The service under whose name postponed works have their timers.
  static let timerService = "work"

  /// - Parameter handlers: who does the works of each service.
  public init(handlers: [String: WorkHandler], context: WorkContext) {
    self.handlers = handlers
    self.context = context
  }

  /// The handler of the timers of postponed works, by the name under which it is to be set.
  public static func timers(of store: Store) -> (service: String, handler: TimerHandler) {
    let queue = store.work
    return (
      timerService,
      { request, transaction throws(AWSError) in
        guard let postponed = try transaction.get(PostponedWorkRecord.self, request.name, in: .global) else { return }
        try transaction.delete(postponed, in: .global)
        try transaction.put(postponed.record, in: .global)
        transaction.afterCommit { queue.resume(postponed.record) }
      }
    )
  }

  /// Runs until the task is cancelled; works that are under way then are done again after the next start.
  public func run() async {
    let signals = context.store.work.signals()
    await withDiscardingTaskGroup { group in
      for await signal in signals {
        if Task.isCancelled { break }
        switch signal {
        case .run(let record): group.addTask { await perform(record) }
        case .refill(let order): group.addTask { await refill(from: order) }
        }
      }
      group.cancelAll()
    }
  }

  private func refill(from order: Int64) async {
    let queue = context.store.work
    do {
      try await context.store.transact { transaction throws(AWSError) in
        // Lanes stand still behind what is postponed in them, so that is known first.
        let postponed = order == 0 ? try transaction.scan(PostponedWorkRecord.self, in: .global) : []
        let records = try transaction.scan(
          WorkRecord.self, in: .global, KeyRange.all.from(Key(.integer(order))), limit: WorkQueue.limit)
        transaction.afterCommit {
          for work in postponed { queue.postpone(work.record) }
          queue.refill(records, isAll: records.count < WorkQueue.limit)
        }
      }
    } catch {
      if Task.isCancelled { return }
      context.logger.error("requested works cannot be read: \(error)")
    }
  }

  private func perform(_ record: WorkRecord) async {
    var outcome = WorkOutcome.done
    if let work = record.work {
      do throws(AWSError) {
        guard let handler = handlers[record.service] else {
          throw .internalFailure("no service \(record.service) does works")
        }
        outcome = try await handler(work, context)
      } catch {
        // A stop is no failure: the work is still there at the next start.
        if Task.isCancelled { return }
        context.logger.warning("\(record.service) could not \(record.name), which is tried again: \(error)")
        outcome = .retry(afterMilliseconds: min(60, 1 << min(record.attempt, 6)) * 1000)
      }
    }
    let ended = outcome
    let queue = context.store.work
    do {
      try await context.store.transact { transaction throws(AWSError) in
        // A reset or a loaded snapshot may have taken it away.
        let isThere = try transaction.delete(WorkRecord.self, record.key, in: .global)
        var isPostponed = false
        switch ended {
        case .done: break
        case .doneWriting(let write): if isThere { try write(transaction) }
        case .retry(let delay, let content):
          if isThere {
            try WorkRunner.postpone(record, by: delay, content: content, transaction)
            isPostponed = true
          }
        }
        let isLater = isPostponed
        transaction.afterCommit { queue.finish(record, isPostponed: isLater) }
      }
    } catch {
      if Task.isCancelled { return }
      context.logger.error("the end of a work cannot be written down: \(error)")
      queue.finish(record, isPostponed: false)
    }
  }

  private static func postpone(
    _ record: WorkRecord, by delay: Int64, content: Data?, _ transaction: Transaction
  ) throws(AWSError) {
    var later = record
    later.attempt += 1
    if let content { later.content = content }
    try transaction.put(PostponedWorkRecord(record: later), in: .global)
    try transaction.schedule(
      TimerRequest(
        service: timerService, name: record.key, in: .global,
        due: Timestamp(milliseconds: transaction.now.milliseconds + max(0, delay))))
  }
}
