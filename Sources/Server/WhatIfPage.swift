import Cloud
import Foundation
import FrontDoor
import Policy
import Synchronization
import WhatIf
import Wire

/// `POST /_hakoniwa/org/what-if`: tries a change of an organization on the recorded calls.
///
/// The answer is lines of JSON: how far it is, several times a second, and at last the report. The journal is read from
/// its files by tasks of their own, a segment each, so neither the store's thread nor the connections wait for it.
struct WhatIfPage: Sendable {
  let journal: Journal
  let clock: CloudClock

  /// The largest body: two trees with all their policies. AWS allows 10,000 policies of 10 KiB.
  private static let bodyLimit = 256 << 20

  func answer(_ request: HTTPRequest) async throws -> HTTPResponse {
    let bytes = try await request.body.collect(upTo: WhatIfPage.bodyLimit)
    let question: WhatIfQuestion
    do { question = try JSONDecoder().decode(WhatIfQuestion.self, from: Data(bytes)) } catch {
      throw StoreFailure(
        "say {\"before\": organization, \"after\": organization, \"changes\": [text], \"since\": \"7d\"}")
    }
    let since = try question.since.map(time)
    let change: PolicyChange
    do { change = try PolicyChange(before: question.before, after: question.after) } catch {
      throw StoreFailure(error.description)
    }
    let parts = journal.parts(since: since)
    let total = journal.summary.entries
    let stream = HTTPBodyStream { writer in
      let progress = Progress()
      let work = Task.detached { await WhatIfPage.replay(parts, change, progress) }
      try await withTaskCancellationHandler {
        while !progress.isFinished {
          try await writer.write(WhatIfPage.line(WhatIfLine(done: progress.done, total: total)))
          for _ in 0..<20 where !progress.isFinished { try await Task.sleep(for: .milliseconds(10)) }
        }
        let (tally, speed) = await work.value
        let report = WhatIfReport(
          grade: .exact, organization: question.before.id, changes: question.changes, tally: tally, speed: speed)
        try await writer.write(WhatIfPage.line(WhatIfLine(report: report)))
      } onCancel: {
        work.cancel()
      }
    }
    return HTTPResponse(status: 200, headers: [("content-type", "application/x-ndjson")], body: .stream(stream))
  }

  private static func line(_ line: WhatIfLine) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array((try? encoder.encode(line)) ?? Data("{}".utf8)) + [10]
  }

  /// A time, or how long ago it was.
  private func time(_ text: String) throws -> Timestamp {
    if let time = Timestamp(iso8601: text) { return time }
    guard let milliseconds = WrittenDuration.milliseconds(of: text) else {
      throw StoreFailure("a time is written 2027-01-01T00:00:00Z, or as how long ago it was: 90s, 15m, 2h, 7d")
    }
    return clock.now.adding(milliseconds: -milliseconds)
  }

  // MARK: Replaying

  /// How far it is. State: in a `Mutex`, held for a look.
  private final class Progress: Sendable {
    private let state = Mutex((done: 0, isFinished: false))
    var done: Int { state.withLock { $0.done } }
    var isFinished: Bool { state.withLock { $0.isFinished } }
    func add(_ count: Int) { state.withLock { $0.done += count } }
    func finish() { state.withLock { $0.isFinished = true } }
  }

  /// As many parts at a time as there are cores.
  private static func replay(
    _ parts: [JournalReader], _ change: PolicyChange, _ progress: Progress
  ) async -> (Tally, WhatIfReport.Speed) {
    defer { progress.finish() }
    var tally = Tally()
    var speed = WhatIfReport.Speed()
    await withTaskGroup(of: (Tally, WhatIfReport.Speed).self) { group in
      var next = 0
      func start() {
        guard next < parts.count else { return }
        let part = parts[next]
        next += 1
        group.addTask { await replay(part, change, progress) }
      }
      for _ in 0..<max(1, ProcessInfo.processInfo.activeProcessorCount) { start() }
      while let (part, time) = await group.next() {
        tally.merge(part)
        speed.add(time)
        start()
      }
    }
    return (tally, speed)
  }

  private static let portion = 512

  private static func replay(
    _ part: JournalReader, _ change: PolicyChange, _ progress: Progress
  ) async -> (Tally, WhatIfReport.Speed) {
    var reader = part
    var tally = Tally()
    var speed = WhatIfReport.Speed()
    var calls: [RecordedCall] = []
    var isAtEnd = false
    // One that is for this task only.
    let replayer = Replayer(change)
    while !isAtEnd, !Task.isCancelled {
      let start = ProcessorTime.now
      var count = 0
      while count < portion {
        guard let entry = reader.next() else {
          isAtEnd = true
          break
        }
        count += 1
        switch JournalCall.read(entry) {
        case .call(let call): calls.append(call)
        case .free: tally.addUnchanged()
        case .unjudged: tally.skip("calls of accounts whose permissions are not enforced")
        }
      }
      let read = ProcessorTime.now
      for call in calls { tally.add(call, replayer.judge(call)) }
      speed.judgingSeconds += ProcessorTime.now - read
      speed.readingSeconds += read - start
      speed.records += count
      calls.removeAll(keepingCapacity: true)
      progress.add(count)
      // Others want to run too.
      await Task.yield()
    }
    speed.bytes = reader.bytesRead
    return (tally, speed)
  }
}

/// Calls of the journal, as other policies are tried on them.
enum JournalCall {
  case call(RecordedCall)
  /// It needed no permission.
  case free
  /// Nothing was decided.
  case unjudged

  static func read(_ entry: JournalEntry) -> JournalCall {
    if entry.checks.isEmpty { return .free }
    var checks: [RecordedCheck] = []
    checks.reserveCapacity(entry.checks.count)
    // What only shaped an answer did not decide about the call.
    for check in entry.checks where !check.traits.contains(.isAdvisory) {
      guard let others = check.outcomeWithoutOrganization else { continue }
      checks.append(
        RecordedCheck(
          action: check.action, resource: PartialResource(check.resource),
          resourceAccount: check.resourceAccount?.rawValue,
          context: PartialContext(check.context), othersAllow: others == .allowed,
          othersDependOnOrganization: check.traits.contains(.dependsOnOrganization),
          countsResourceControl: check.traits.contains(.isSubjectToRCPs)))
    }
    guard !checks.isEmpty else {
      return entry.checks.contains { $0.outcomeWithoutOrganization == nil } ? .unjudged : .free
    }
    var name = entry.caller.arn
    if case .assumedRole(let roleARN, _, _) = entry.caller.kind { name = roleARN }
    if case .anonymous = entry.caller.kind { name = "anonymous" }
    return .call(
      RecordedCall(
        requestID: entry.requestID, time: entry.time.milliseconds, region: entry.region,
        principal: entry.caller.principal(), principalName: name, checks: checks))
  }
}
