import Foundation
import Testing
import Wire

@testable import Cloud

/// Work that somebody has in hand.
private struct Work: Record {
  static let kind = "test.task"
  static let holdsTime = true
  var name: String
  var key: Key { Key(name) }
}

@Suite struct AutomaticTimeTests {
  private static let day: Int64 = 86_400_000

  private func timer(_ name: String, at due: Timestamp, isAwaited: Bool = true) -> TimerRequest {
    TimerRequest(service: "test", name: Key(name), in: scope, due: due, isAwaited: isAwaited)
  }

  @Test("a poll that waits while time jumps keeps its patience, and gets what the jump brings")
  func patience() async throws {
    let bench = try Bench()
    let topic = Topic("test/work", in: scope)
    bench.store.setTimerHandlers([
      "test": { timer, tx throws(AWSError) in
        // A thing of its own for each day: on a busy machine time may jump twice before the next poll is there.
        try tx.put(Item(name: "made \(timer.due.milliseconds)", rank: 1), in: scope)
        tx.signal(topic, waking: 1)
      }
    ])
    let start = bench.clock.now
    try await bench.store.transact { tx throws(AWSError) in
      for day in 1...3 {
        try tx.schedule(self.timer("\(day)", at: start.adding(milliseconds: Int64(day) * Self.day)))
      }
    }
    bench.clock.setAutomatic(true)
    for _ in 1...3 {
      let isThere = try await bench.store.run { tx throws(AWSError) -> Step<Bool> in
        if let item = try tx.scan(Item.self, in: scope, limit: 1).first {
          try tx.delete(item, in: scope)
          return .answer(true)
        }
        let deadline = tx.began.adding(seconds: 60)
        return tx.now < deadline ? .wait(Wait(for: [topic], until: deadline)) : .answer(false)
      }
      #expect(isThere)
    }
    #expect(bench.clock.now.milliseconds - start.milliseconds >= 3 * Self.day)
    bench.store.close()
  }

  @Test("time does not jump to what nobody waits for")
  func unawaited() async throws {
    let bench = try Bench()
    bench.store.setTimerHandlers(["test": { _, _ throws(AWSError) in }])
    let start = bench.clock.now
    try await bench.store.transact { tx throws(AWSError) in
      try tx.schedule(self.timer("cleaning", at: start.adding(milliseconds: Self.day), isAwaited: false))
    }
    bench.clock.setAutomatic(true)
    try await Task.sleep(for: .milliseconds(200))
    #expect(bench.clock.now.milliseconds - start.milliseconds < Self.day)
    bench.store.close()
  }

  @Test("time waits a while for work in hand, then goes on")
  func held() async throws {
    let bench = try Bench()
    bench.clock.setGrace(0.5)
    bench.store.setTimerHandlers(["test": { _, _ throws(AWSError) in }])
    let start = bench.clock.now
    try await bench.store.transact { tx throws(AWSError) in
      try tx.put(Work(name: "in hand"), in: scope)
      try tx.schedule(self.timer("due", at: start.adding(milliseconds: Self.day)))
    }
    bench.clock.setAutomatic(true)
    try await Task.sleep(for: .milliseconds(200))
    #expect(bench.clock.now.milliseconds - start.milliseconds < Self.day)
    for _ in 0..<100 where bench.clock.now.milliseconds - start.milliseconds < Self.day {
      try await Task.sleep(for: .milliseconds(50))
    }
    #expect(bench.clock.now.milliseconds - start.milliseconds >= Self.day)
    bench.store.close()
  }

  @Test("a timer that was due before anybody could run it is run when somebody can")
  func lateHandlers() async throws {
    let bench = try Bench()
    let start = bench.clock.now
    try await bench.store.transact { tx throws(AWSError) in try tx.schedule(self.timer("due", at: start)) }
    try await Task.sleep(for: .milliseconds(100))
    bench.store.setTimerHandlers([
      "test": { _, tx throws(AWSError) in try tx.put(Item(name: "ran", rank: 1), in: scope) }
    ])
    let hasRun = try await bench.store.transact { tx throws(AWSError) in try tx.contains(Item.self, "ran", in: scope) }
    #expect(hasRun)
    bench.store.close()
  }

  @Test("order numbers rise over a restart")
  func order() async throws {
    let folder = try Bench.temporaryFolder()
    let first = try Bench(folder: folder)
    let early = try await first.store.transact { tx throws(AWSError) in
      try tx.put(Item(name: "a", rank: 1), in: scope)
      return (tx.nextOrder(), tx.nextOrder())
    }
    #expect(early.0 < early.1)
    first.store.close()
    let second = try Bench(folder: folder)
    let late = try await second.store.transact { tx throws(AWSError) in tx.nextOrder() }
    #expect(late > early.1)
    second.store.close()
  }
}
