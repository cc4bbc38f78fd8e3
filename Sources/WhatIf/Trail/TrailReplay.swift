#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Tries the records of logs on a change: reads, judges and tallies, and takes the time of each. One for each thread.
public final class TrailReplay {
  private let replayer: Replayer
  private var reader = TrailReader()
  private var calls = TrailCalls()
  public private(set) var tally = Tally()
  public private(set) var speed = WhatIfReport.Speed()

  /// Milliseconds since 1970: older records are passed over.
  private let since: Int64?

  /// - Parameter since: milliseconds since 1970; nothing for all records.
  public init(_ change: PolicyChange, since: Int64? = nil) {
    replayer = Replayer(change)
    self.since = since
  }

  /// Reads one log. What was read before a problem counts.
  public func read(_ log: inout LogBytes) throws(TrailProblem) {
    var mark = ProcessorTime.now
    let bytes = try reader.read(&log) { (batch) throws(TrailProblem) in
      let parsed = ProcessorTime.now
      speed.readingSeconds += parsed - mark
      judge(batch)
      mark = ProcessorTime.now
      speed.judgingSeconds += mark - parsed
      speed.records += batch.records.count
    }
    speed.bytes += bytes
  }

  private func judge(_ batch: borrowing TrailBatch) {
    for _ in 0..<batch.strangers { tally.skip("objects that are no CloudTrail records") }
    for index in batch.records.indices {
      if let since, batch.records[index].time < since {
        tally.skip("records from before")
        continue
      }
      switch calls.read(batch.records[index], batch.parameters, replayer) {
      case .call(let call, let mark):
        let change = replayer.judge(call)
        if let mark { calls.remember(mark, change, of: call) }
        tally.add(call, change)
      case .settled(let call, let change): tally.add(call, change)
      case .unconcerned: tally.addUnchanged()
      case .passed(let reason): tally.skip(reason)
      }
    }
  }
}

/// The processor time of this thread: what something costs, however busy the machine is.
public enum ProcessorTime {
  /// Seconds.
  public static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
