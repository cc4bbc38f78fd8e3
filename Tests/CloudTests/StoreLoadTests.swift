import Foundation
import Synchronization
import Testing
import Wire

@testable import Cloud

/// The store under load: many callers, handlers that wait for others, an end in the middle.
@Suite struct StoreLoadTests {
  /// Counts up, and gives the new count.
  @Sendable private static func count(_ tx: Transaction) throws(AWSError) -> Step<Int64> {
    let rank = (try tx.get(Item.self, "count", in: scope)?.rank ?? 0) + 1
    try tx.put(Item(name: "count", rank: rank), in: scope)
    return .answer(rank)
  }

  @Test("what is due happens before what is asked behind it")
  func dueFirst() async throws {
    let bench = try Bench()
    bench.clock.setScale(0)
    bench.store.setTimerHandlers([
      "test": { timer, tx throws(AWSError) in try tx.put(Item(name: "fired", rank: timer.due.seconds), in: scope) }
    ])
    for _ in 0..<200 {
      let due = try await bench.store.run { tx throws(AWSError) in
        let due = tx.now.adding(seconds: 10)
        try tx.schedule(TimerRequest(service: "test", name: "timer", in: scope, due: due))
        return .answer(due)
      }
      bench.clock.advance(milliseconds: 10_000)
      let fired = try await bench.store.run { tx throws(AWSError) in
        .answer(try tx.get(Item.self, "fired", in: scope)?.rank)
      }
      #expect(fired == due.seconds)
    }
    bench.store.close()
  }

  @Test("all timers that are due are waited for, and those that they bring")
  func allDueTimers() async throws {
    let bench = try Bench()
    bench.clock.setScale(0)
    bench.store.setTimerHandlers([
      "test": { timer, tx throws(AWSError) in
        _ = try StoreLoadTests.count(tx)
        guard timer.name == Key("timer 0"), try tx.count(Item.self, in: scope) < 4 else { return }
        try tx.put(Item(name: "again \(tx.random.text(8, .lowerAlphanumeric))", rank: nil), in: scope)
        try tx.schedule(TimerRequest(service: "test", name: timer.name, in: scope, due: tx.now))
      }
    ])
    try await bench.store.transact { tx throws(AWSError) in
      for number in 0..<1000 {
        try tx.schedule(
          TimerRequest(
            service: "test", name: Key("timer \(number)"), in: scope, due: tx.now.adding(seconds: 1 + Int64(number))))
      }
    }
    bench.clock.advance(milliseconds: 1_000_000)
    try await bench.store.runDueTimers()
    let count = try await bench.store.transact { tx throws(AWSError) in
      try tx.get(Item.self, "count", in: scope)?.rank
    }
    #expect(count == 1003)
    bench.store.close()
  }

  @Test("a sooner deadline than the one it sleeps for wakes the store's thread in time")
  func soonerDeadline() async throws {
    let bench = try Bench()
    let topic = Topic("test", in: scope)
    for milliseconds in [60_000, 30] as [Int64] {
      let task = Task {
        try await bench.store.run { tx throws(AWSError) -> Step<Bool> in
          let deadline = tx.began.adding(milliseconds: milliseconds)
          return tx.now < deadline ? .wait(Wait(for: [topic], until: deadline)) : .answer(true)
        }
      }
      if milliseconds == 60_000 {
        while bench.store.waitingCount < 1 { await Task.yield() }
        continue
      }
      #expect(try await task.value)
    }
    bench.store.close()
  }

  @Test("many callers at once: nothing is lost or done twice", arguments: [1, 2, 8])
  func manyCallers(tasks: Int) async throws {
    let bench = try Bench(folder: try Bench.temporaryFolder())
    let store = bench.store
    let counts = try await withThrowingTaskGroup(of: [Int64].self) { group in
      for _ in 0..<tasks {
        group.addTask {
          var counts: [Int64] = []
          for _ in 0..<500 { counts.append(try await store.run(StoreLoadTests.count)) }
          return counts
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(counts.sorted() == (1...Int64(500 * tasks)).map { $0 })
    store.close()
  }

  @Test("tasks go from those that make them to handlers that wait for them, each to one")
  func handingOver() async throws {
    let bench = try Bench()
    let store = bench.store
    let topic = Topic("test", in: scope)
    // Behind all others in the order of names, so that it is taken when nothing else is left.
    let last = "zero"
    let takers = (0..<4).map { _ in
      Task {
        var names: [String] = []
        while true {
          let name = try await store.run { tx throws(AWSError) -> Step<String> in
            guard let first = try tx.scan(Item.self, in: scope, limit: 1).first else {
              return .wait(Wait(for: [topic], until: tx.began.adding(seconds: 600)))
            }
            try tx.delete(first, in: scope)
            return .answer(first.name)
          }
          if name == last { return names }
          names.append(name)
        }
      }
    }
    let made = (0..<1000).map { "task \($0)" }
    for name in made + Array(repeating: last, count: 4) {
      try await store.run { tx throws(AWSError) in
        try tx.put(Item(name: name, rank: nil), in: scope)
        tx.signal(topic, waking: 1)
        return .answer(())
      }
      // All have one name, so the next waits until somebody has taken it.
      while name == last,
        try await store.transact({ tx throws(AWSError) in try tx.contains(Item.self, Key(last), in: scope) })
      {}
    }
    var taken: [String] = []
    for taker in takers { taken += try await taker.value }
    let isEachTakenOnce = taken.count == made.count && Set(taken) == Set(made)
    #expect(isEachTakenOnce)
    store.close()
  }

  @Test("a store that stops answers every caller, and keeps what it has acknowledged")
  func stopping() async throws {
    let folder = try Bench.temporaryFolder()
    let bench = try Bench(folder: folder)
    let store = bench.store
    let tasks = (0..<4).map { _ in
      Task {
        var last: Int64 = 0
        while let count = try? await store.run(StoreLoadTests.count) { last = count }
        return last
      }
    }
    // In the middle of it.
    var last: Int64 = 0
    while last < 100 { last = try await store.run(StoreLoadTests.count) }
    store.close()
    for task in tasks { last = max(last, await task.value) }
    let again = try Bench(folder: folder)
    let stored = try await again.store.transact { tx throws(AWSError) in
      try tx.get(Item.self, "count", in: scope)?.rank
    }
    #expect(stored == last)
    again.store.close()
  }
}
