import Foundation
import Logging
import Synchronization
import Testing
import Wire

@testable import Cloud

/// A world without other services.
private struct NoCalls: OperationCalls {
  func exchange(
    _ operation: String, of service: String, _ input: JSONValue, body: [UInt8]?, as caller: Caller, in region: Region,
    facts: RequestFacts?
  ) async throws(AWSError) -> CallAnswer { throw .notImplemented(operation, of: service) }

  func call(
    _ operation: String, of service: String, _ input: JSONValue, as caller: Caller, in region: Region,
    facts: RequestFacts, requestID: String, isRecorded: Bool, within transaction: Transaction
  ) throws(AWSError) -> JSONValue { throw .notImplemented(operation, of: service) }
}

/// What was done, in order.
private final class Log: Sendable {
  private let names = Mutex<[String]>([])
  private let (stream, continuation) = AsyncStream<Int>.makeStream()

  var all: [String] { names.withLock { $0 } }

  func add(_ name: String) {
    continuation.yield(
      names.withLock { names in
        names.append(name)
        return names.count
      })
  }

  /// Waits until so much was done.
  func wait(for count: Int) async {
    if all.count >= count { return }
    for await done in stream where done >= count { return }
  }
}

@Suite(.timeLimit(.minutes(1))) struct WorkTests {
  /// Runs works with `handler` while `body` runs.
  private func running(
    _ bench: Bench, _ handler: @escaping WorkHandler, _ body: () async throws -> Void
  ) async throws {
    let timers = WorkRunner.timers(of: bench.store)
    bench.store.setTimerHandlers([timers.service: timers.handler])
    let runner = WorkRunner(
      handlers: ["test": handler],
      context: WorkContext(
        calls: NoCalls(), store: bench.store, clock: bench.clock, random: RandomSource(seed: 2),
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }))
    let task = Task { await runner.run() }
    try await body()
    task.cancel()
    await task.value
  }

  private func request(_ name: String, lane: String? = nil, _ store: Store) async throws {
    _ = try await store.transact { tx throws(AWSError) in
      try tx.request(WorkRequest(service: "test", name: name, in: scope, lane: lane))
    }
  }

  private func left(_ store: Store) async throws -> Int {
    try await store.transact { tx throws(AWSError) in
      try tx.count(WorkRecord.self, in: .global) + tx.count(PostponedWorkRecord.self, in: .global)
    }
  }

  /// Waits for the store to have written down the ends of all works.
  private func settled(_ store: Store) async throws {
    while try await left(store) > 0 { await Task.yield() }
  }

  @Test("a work is done once, after the commit; one whose handler failed is never done")
  func once() async throws {
    let bench = try Bench()
    let log = Log()
    try await running(bench) { work, _ throws(AWSError) in
      log.add(work.request.name)
      return .done
    } _: {
      await #expect(throws: AWSError.self) {
        try await bench.store.transact { tx throws(AWSError) in
          try tx.request(WorkRequest(service: "test", name: "lost", in: scope))
          throw AWSError("Refused", "no", status: 400)
        }
      }
      try await request("kept", bench.store)
      await log.wait(for: 1)
      try await settled(bench.store)
    }
    #expect(log.all == ["kept"])
    bench.store.close()
  }

  @Test("what the process could not do before it ended is done after the next start")
  func restart() async throws {
    let folder = try Bench.temporaryFolder()
    let first = try Bench(folder: folder)
    try await request("a", first.store)
    try await request("b", lane: "l", first.store)
    first.store.close()
    let second = try Bench(folder: folder)
    let log = Log()
    try await running(second) { work, _ throws(AWSError) in
      log.add(work.request.name)
      return .doneWriting { tx throws(AWSError) in try tx.put(Item(name: work.request.name), in: scope) }
    } _: {
      await log.wait(for: 2)
      try await settled(second.store)
    }
    #expect(log.all.sorted() == ["a", "b"])
    let written = try await second.store.transact { tx throws(AWSError) in try tx.count(Item.self, in: scope) }
    #expect(written == 2)
    second.store.close()
  }

  @Test("a work that is tried again holds its lane, not others, and comes when the cloud's clock says so")
  func lanes() async throws {
    let bench = try Bench()
    bench.clock.setScale(0)
    let log = Log()
    try await running(bench) { work, _ throws(AWSError) in
      log.add("\(work.request.name) \(work.attempt)")
      return work.request.name == "a1" && work.attempt < 2 ? .retry(afterMilliseconds: 3_600_000) : .done
    } _: {
      try await request("a1", lane: "a", bench.store)
      try await request("a2", lane: "a", bench.store)
      try await request("b1", lane: "b", bench.store)
      await log.wait(for: 2)
      for count in [3, 5] {
        // The hour may only begin when the work was put off.
        while try await bench.store.transact({ tx throws(AWSError) in
          try tx.count(PostponedWorkRecord.self, in: .global)
        }) == 0 { await Task.yield() }
        bench.clock.advance(milliseconds: 3_600_000)
        await log.wait(for: count)
      }
      try await settled(bench.store)
    }
    #expect(log.all.filter { $0.hasPrefix("a") } == ["a1 0", "a1 1", "a1 2", "a2 0"])
    #expect(log.all.prefix(2).contains("b1 0"))
    bench.store.close()
  }

  @Test("a postponed work still stands before its lane after a restart")
  func postponedAcrossRestart() async throws {
    let folder = try Bench.temporaryFolder()
    let first = try Bench(folder: folder)
    let before = Log()
    try await running(first) { work, _ throws(AWSError) in
      before.add(work.request.name)
      return .retry(afterMilliseconds: 3_600_000)
    } _: {
      try await request("first", lane: "l", first.store)
      await before.wait(for: 1)
      while try await first.store.transact({ tx throws(AWSError) in
        try tx.count(PostponedWorkRecord.self, in: .global)
      }) == 0 { await Task.yield() }
      try await request("second", lane: "l", first.store)
    }
    first.store.close()
    let second = try Bench(folder: folder)
    let after = Log()
    try await running(second) { work, _ throws(AWSError) in
      after.add(work.request.name)
      return .done
    } _: {
      try await request("other", second.store)
      await after.wait(for: 1)
      second.clock.advance(milliseconds: 3_600_000)
      await after.wait(for: 3)
      try await settled(second.store)
    }
    #expect(after.all == ["other", "first", "second"])
    second.store.close()
  }

  @Test("a backlog larger than what is kept in memory is done whole, each work once")
  func backlog() async throws {
    let bench = try Bench()
    let count = WorkQueue.limit * 2 + 100
    try await bench.store.transact { tx throws(AWSError) in
      for number in 0..<count { try tx.request(WorkRequest(service: "test", name: "\(number)", in: scope)) }
    }
    let log = Log()
    try await running(bench) { work, _ throws(AWSError) in
      log.add(work.request.name)
      return .done
    } _: {
      try await request("last", bench.store)
      await log.wait(for: count + 1)
      try await settled(bench.store)
    }
    #expect(log.all.count == count + 1)
    #expect(Set(log.all).count == count + 1)
    bench.store.close()
  }

  @Test("a reset takes works away that have not begun")
  func reset() async throws {
    let bench = try Bench()
    try await request("before", bench.store)
    try await bench.store.removeAll()
    let log = Log()
    try await running(bench) { work, _ throws(AWSError) in
      log.add(work.request.name)
      return .done
    } _: {
      try await request("after", bench.store)
      await log.wait(for: 1)
      try await settled(bench.store)
    }
    #expect(log.all == ["after"])
    bench.store.close()
  }
}
