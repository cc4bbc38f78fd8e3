import Cloud
import Foundation
import Server
import Synchronization
import WhatIf
import Wire

/// CloudTrail logs as AWS delivers them: files in folders, or objects in a bucket of the running server.
struct TrailLogs {
  private let place: String
  /// Milliseconds since 1970: older records are passed over.
  private let since: Int64?

  /// - Parameter since: a time, or how long ago by this machine's clock.
  init(_ place: String, since: String?) throws {
    self.place = place
    self.since = try since.map { text in
      if let time = Timestamp(iso8601: text) { return time.milliseconds }
      guard let ago = WrittenDuration.milliseconds(of: text) else {
        throw Failure("A time is written 2027-01-01T00:00:00Z, or as how long ago it was: 90s, 15m, 2h, 7d.")
      }
      return CloudClock.machineNow.milliseconds - ago
    }
  }

  /// Tries all records on a change, on all cores.
  func replay(
    _ before: OrganizationModel, _ after: OrganizationModel, _ words: [String], _ aws: () throws -> AWSCaller
  ) async throws -> WhatIfReport {
    let change: PolicyChange
    do { change = try PolicyChange(before: before, after: after) } catch { throw Failure(error.description) }
    let queue: Queue
    if let (bucket, prefix) = bucketAndPrefix {
      let caller = try aws()
      let keys = try await WhatIfCommand.telling { try await caller.objects(in: bucket, prefix: prefix) }
      queue = Queue(keys.filter(TrailLogs.isLog)) { key in
        try LogBytes(try await WhatIfCommand.telling { try await caller.object(key, in: bucket) })
      }
    } else {
      queue = Queue(try files()) { path in try LogBytes(file: path) }
    }
    guard queue.total > 0 else { throw Failure("There are no logs (.json.gz or .json) in \(place).") }
    let workers = (0..<ProcessInfo.processInfo.activeProcessorCount).map { _ in
      Task { [since] in try await TrailLogs.work(queue, change, since: since) }
    }
    let bar = ProgressBar()
    while !queue.isFinished {
      bar.show(queue.done, of: queue.total, "logs")
      try await Task.sleep(for: .milliseconds(20))
    }
    bar.clear()
    var tally = Tally()
    var speed = WhatIfReport.Speed()
    for worker in workers {
      let (counts, time) = try await worker.value
      tally.merge(counts)
      speed.add(time)
    }
    return WhatIfReport(grade: .threeValued, organization: before.id, changes: words, tally: tally, speed: speed)
  }

  private static func work(
    _ queue: Queue, _ change: PolicyChange, since: Int64?
  ) async throws -> (Tally, WhatIfReport.Speed) {
    defer { queue.leave() }
    let replay = TrailReplay(change, since: since)
    while let name = queue.next() {
      do {
        var log = try await queue.open(name)
        try replay.read(&log)
      } catch let problem as TrailProblem {
        queue.stop()
        throw Failure("\(name): \(problem)")
      } catch {
        queue.stop()
        throw error
      }
      queue.finish()
      // Workers take every thread that there is; whoever shows how far they are needs one now and then.
      await Task.yield()
    }
    return (replay.tally, replay.speed)
  }

  // MARK: Finding

  /// Digests lie beside the logs and are none.
  private static func isLog(_ name: String) -> Bool {
    (name.hasSuffix(".json.gz") || name.hasSuffix(".json")) && !name.contains("/CloudTrail-Digest/")
      && !name.contains("/CloudTrail-Insight/")
  }

  private var bucketAndPrefix: (String, String)? {
    guard place.hasPrefix("s3://") else { return nil }
    let parts = place.dropFirst(5).split(separator: "/", maxSplits: 1)
    return (parts.first.map(String.init) ?? "", parts.count > 1 ? String(parts[1]) : "")
  }

  private func files() throws -> [String] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: place, isDirectory: &isFolder) else {
      throw Failure("There is no file or folder \(place).")
    }
    guard isFolder.boolValue else { return [place] }
    guard let names = FileManager.default.enumerator(atPath: place) else { throw Failure("\(place) cannot be read.") }
    return names.compactMap { $0 as? String }.filter { TrailLogs.isLog("/" + $0) }.sorted().map { place + "/" + $0 }
  }
}

/// Logs that are to be read, for several workers. State: in a `Mutex`, held for a look.
private final class Queue: Sendable {
  private struct State {
    var next = 0
    var done = 0
    var working = ProcessInfo.processInfo.activeProcessorCount
  }

  private let names: [String]
  private let opening: @Sendable (String) async throws -> LogBytes
  private let state = Mutex(State())

  init(_ names: [String], _ opening: @escaping @Sendable (String) async throws -> LogBytes) {
    self.names = names
    self.opening = opening
  }

  var total: Int { names.count }
  var done: Int { state.withLock { $0.done } }
  var isFinished: Bool { state.withLock { $0.working == 0 } }

  func open(_ name: String) async throws -> LogBytes { try await opening(name) }

  func next() -> String? {
    state.withLock { state in
      guard state.next < names.count else { return nil }
      defer { state.next += 1 }
      return names[state.next]
    }
  }

  func finish() { state.withLock { $0.done += 1 } }

  /// Nothing more is to be read.
  func stop() { state.withLock { $0.next = names.count } }

  /// A worker has ended.
  func leave() { state.withLock { $0.working -= 1 } }
}
