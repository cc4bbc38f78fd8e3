import Foundation
import Logging
import Testing
import Wire

@testable import Cloud

struct Item: Record, Equatable {
  static let kind = "test.item"
  static let byRank = Index<Item>("rank") { $0.rank.map { Key(.integer($0)) } }
  static let indexes = [byRank]
  static let isCached = true
  var name: String
  var rank: Int64?
  var key: Key { Key(name) }
}

/// A store of its own for one test.
struct Bench {
  let clock = CloudClock()
  let store: Store
  let folder: String?

  init(folder: String? = nil) throws {
    self.folder = folder
    let random = RandomSource(seed: 1)
    let blobFolder = (folder ?? NSTemporaryDirectory() + "/blobs-\(UUID().uuidString)") + "/blobs"
    let blobs = try Blobs(folder: blobFolder, isForcedToDisk: false, random: random)
    var logger = Logger(label: "test")
    logger.logLevel = .critical
    store = try Store(
      at: folder.map { .folder($0, .process) } ?? .memory, clock: clock, random: random, blobs: blobs, logger: logger)
  }

  static func temporaryFolder() throws -> String {
    let path = NSTemporaryDirectory() + "/store-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return path
  }
}

let scope = Scope(.first, .usEast1)

@Suite struct StoreTests {
  @Test("what a transaction wrote is there for the next, and after a restart")
  func durability() async throws {
    let folder = try Bench.temporaryFolder()
    let first = try Bench(folder: folder)
    try await first.store.transact { tx throws(AWSError) in try tx.put(Item(name: "a", rank: 1), in: scope) }
    first.store.close()
    let second = try Bench(folder: folder)
    let item = try await second.store.transact { tx throws(AWSError) in try tx.get(Item.self, "a", in: scope) }
    #expect(item == Item(name: "a", rank: 1))
    second.store.close()
  }

  @Test("a handler that throws leaves nothing behind, not even in the cache or the indexes")
  func rollback() async throws {
    let bench = try Bench()
    try await bench.store.transact { tx throws(AWSError) in try tx.put(Item(name: "a", rank: 1), in: scope) }
    await #expect(throws: AWSError.self) {
      try await bench.store.transact { tx throws(AWSError) -> Void in
        try tx.put(Item(name: "a", rank: 2), in: scope)
        try tx.put(Item(name: "b", rank: 3), in: scope)
        throw AWSError("Refused", "no", status: 400)
      }
    }
    let seen = try await bench.store.transact { tx throws(AWSError) in
      (try tx.get(Item.self, "a", in: scope), try tx.scan(Item.self, by: Item.byRank, in: scope))
    }
    #expect(seen.0?.rank == 1)
    #expect(seen.1.map(\.name) == ["a"])
  }

  @Test("a kind of record first named by a handler that throws can be stored by the next")
  func rollbackOfNewKind() async throws {
    let folder = try Bench.temporaryFolder()
    let bench = try Bench(folder: folder)
    try? await bench.store.transact { tx throws(AWSError) -> Void in
      try tx.put(Item(name: "a", rank: 1), in: scope)
      throw AWSError("Refused", "no", status: 400)
    }
    try await bench.store.transact { tx throws(AWSError) in try tx.put(Item(name: "b", rank: 1), in: scope) }
    bench.store.close()
    let again = try Bench(folder: folder)
    let names = try await again.store.transact { tx throws(AWSError) in try tx.scan(Item.self, in: scope).map(\.name) }
    #expect(names == ["b"])
    again.store.close()
  }

  @Test("an index follows its records, forward and back, and leaves out what has no value")
  func indexes() async throws {
    let bench = try Bench()
    let names = try await bench.store.transact { tx throws(AWSError) in
      for (name, rank) in [("a", 3), ("b", 1), ("c", nil), ("d", 2)] as [(String, Int64?)] {
        try tx.put(Item(name: name, rank: rank), in: scope)
      }
      try tx.put(Item(name: "b", rank: 9), in: scope)
      try tx.delete(Item.self, "d", in: scope)
      return (
        try tx.scan(Item.self, by: Item.byRank, in: scope).map(\.name),
        try tx.scan(Item.self, by: Item.byRank, in: scope, reversed: true).map(\.name),
        try tx.count(Item.self, in: scope), try tx.count(Item.self, by: Item.byRank, in: scope)
      )
    }
    #expect(names.0 == ["a", "b"])
    #expect(names.1 == ["b", "a"])
    #expect(names.2 == 3)
    #expect(names.3 == 2)
  }

  @Test("a waiting handler wakes when its topic is signalled, longest waiting first")
  func waiting() async throws {
    let bench = try Bench()
    let topic = Topic("test", in: scope)
    @Sendable func take(_ tx: Transaction) throws(AWSError) -> Step<String> {
      guard let first = try tx.scan(Item.self, in: scope, limit: 1).first else {
        return .wait(Wait(for: [topic], until: Timestamp(milliseconds: tx.now.milliseconds + 60_000)))
      }
      try tx.delete(first, in: scope)
      return .answer(first.name)
    }
    let store = bench.store
    let one = Task { try await store.run { tx throws(AWSError) in try take(tx) } }
    while store.waitingCount < 1 { await Task.yield() }
    let two = Task { try await store.run { tx throws(AWSError) in try take(tx) } }
    while store.waitingCount < 2 { await Task.yield() }
    for name in ["x", "y"] {
      try await store.transact { tx throws(AWSError) in
        try tx.put(Item(name: name, rank: nil), in: scope)
        tx.signal(topic, waking: 1)
      }
    }
    #expect(try await one.value == "x")
    #expect(try await two.value == "y")
  }

  @Test("a signal that reaches a cancelled handler goes to the next in line")
  func cancellation() async throws {
    let bench = try Bench()
    let topic = Topic("test", in: scope)
    let store = bench.store
    @Sendable func take(_ tx: Transaction) throws(AWSError) -> Step<String> {
      guard let first = try tx.scan(Item.self, in: scope, limit: 1).first else {
        return .wait(Wait(for: [topic], until: Timestamp(milliseconds: tx.now.milliseconds + 60_000)))
      }
      try tx.delete(first, in: scope)
      return .answer(first.name)
    }
    let one = Task { try await store.run { tx throws(AWSError) in try take(tx) } }
    while store.waitingCount < 1 { await Task.yield() }
    let two = Task { try await store.run { tx throws(AWSError) in try take(tx) } }
    while store.waitingCount < 2 { await Task.yield() }
    one.cancel()
    try await store.transact { tx throws(AWSError) in
      try tx.put(Item(name: "x", rank: nil), in: scope)
      tx.signal(topic, waking: 1)
    }
    #expect(try await two.value == "x")
    await #expect(throws: AWSError.self) { try await one.value }
  }

  @Test("a wait ends when the clock is moved past its deadline")
  func deadline() async throws {
    let bench = try Bench()
    let store = bench.store
    let begin = bench.clock.now
    let waiter = Task {
      try await store.run { tx throws(AWSError) -> Step<Int64> in
        let deadline = Timestamp(milliseconds: begin.milliseconds + 3_600_000)
        if tx.now >= deadline { return .answer(tx.now.milliseconds) }
        return .wait(Wait(for: [], until: deadline))
      }
    }
    while store.waitingCount < 1 { await Task.yield() }
    bench.clock.advance(milliseconds: 3_600_001)
    #expect(try await waiter.value >= begin.milliseconds + 3_600_000)
  }

  @Test("a timer fires once when its time comes, in automatic time at once, and can be moved and stopped")
  func timers() async throws {
    let bench = try Bench()
    let store = bench.store
    store.setTimerHandlers([
      "test": { timer, tx throws(AWSError) in
        try tx.put(Item(name: "fired", rank: timer.due.milliseconds), in: timer.scope)
        tx.signal(Topic("fired", in: timer.scope))
      }
    ])
    let due = Timestamp(milliseconds: bench.clock.now.milliseconds + 86_400_000 * 365)
    try await store.transact { tx throws(AWSError) in
      try tx.schedule(TimerRequest(service: "test", name: "never", in: scope, due: due))
      try tx.schedule(TimerRequest(service: "test", name: "moved", in: scope, due: Timestamp(milliseconds: 1 << 50)))
      try tx.schedule(TimerRequest(service: "test", name: "moved", in: scope, due: due))
      try tx.cancelTimer(service: "test", name: "never", in: scope)
    }
    bench.clock.setAutomatic(true)
    let fired = try await store.run { tx throws(AWSError) -> Step<Int64> in
      if let item = try tx.get(Item.self, "fired", in: scope) { return .answer(item.rank ?? 0) }
      return .wait(Wait(for: [Topic("fired", in: scope)], until: Timestamp(milliseconds: 1 << 52)))
    }
    #expect(fired == due.milliseconds)
    #expect(bench.clock.now >= due)
    let left = try await store.transact { tx throws(AWSError) in try tx.count(TimerRecord.self, in: .global) }
    #expect(left == 0)
  }

  @Test("removing an account leaves the others alone")
  func removal() async throws {
    let bench = try Bench()
    let other = try #require(AccountID("111122223333"))
    try await bench.store.transact { tx throws(AWSError) in
      try tx.put(Item(name: "a", rank: 1), in: scope)
      try tx.put(Item(name: "a", rank: 1), in: Scope(other))
      try tx.put(Item(name: "a", rank: 1), in: .global)
    }
    try await bench.store.removeAll(of: .first)
    let left = try await bench.store.transact { tx throws(AWSError) in try tx.scopes(of: Item.self) }
    #expect(left == [.global, Scope(other)])
  }

  @Test("a copy can be gone back to")
  func copies() async throws {
    let bench = try Bench()
    let path = try Bench.temporaryFolder() + "/copy.sqlite"
    try await bench.store.transact { tx throws(AWSError) in try tx.put(Item(name: "a", rank: 1), in: scope) }
    try await bench.store.copy(to: path)
    try await bench.store.transact { tx throws(AWSError) in try tx.put(Item(name: "a", rank: 2), in: scope) }
    try await bench.store.replace(from: path)
    let item = try await bench.store.transact { tx throws(AWSError) in try tx.get(Item.self, "a", in: scope) }
    #expect(item?.rank == 1)
  }
}

@Suite struct KeyTests {
  @Test("keys sort as their parts do, whatever the strings hold")
  func order() {
    let keys = [
      Key(.integer(.min)), Key(.integer(-1)), Key(.integer(0)), Key(.integer(.max)),
    ]
    #expect(keys.sorted() == keys)
    let texts = [Key("", "z"), Key("a"), Key("a", "a"), Key("a\u{0}"), Key("a\u{0}b"), Key("a "), Key("aa"), Key("é")]
    #expect(texts.sorted() == texts)
  }

  @Test("a key gives its parts back")
  func parts() {
    let parts: [KeyPart] = [.string("a\u{0}b"), .integer(-5), .string(""), .integer(.max)]
    #expect(Key("a\u{0}b", -5, "", .integer(.max)).parts == parts)
  }

  @Test("a prefix range holds what starts with the prefix, and skipping it goes past all of that")
  func prefixes() {
    let bucket = Key("bucket")
    let range = KeyRange.prefix(bucket, stringStartingWith: "photos/")
    func holds(_ name: String) -> Bool {
      let key = bucket.appending(.string(name)).bytes
      return !key.lexicographicallyPrecedes(range.lower) && key.lexicographicallyPrecedes(range.upper)
    }
    #expect(holds("photos/") && holds("photos/\u{0}") && holds("photos/\u{10FFFF}"))
    #expect(!holds("photos") && !holds("photos0") && !holds("photosä"))
    let rest = KeyRange.prefix("bucket").skipping(range)
    #expect(!rest.lower.lexicographicallyPrecedes(range.upper))
  }
}
