/// Tries the records of logs on a change: reads, judges and tallies, and takes the time of each. One for each thread.
public final class TrailReplay {
  private let replayer: Replayer
  private var reader = TrailReader()
  private var calls = TrailCalls()
  public private(set) var tally = Tally()
  public private(set) var speed = WhatIfReport.Speed()

  public init(_ change: PolicyChange) { replayer = Replayer(change) }

  /// Reads one log. What was read before a problem counts.
  public func read(_ log: inout LogBytes) throws(TrailProblem) {
    let clock = ContinuousClock()
    var mark = clock.now
    let bytes = try reader.read(&log) { (batch) throws(TrailProblem) in
      let parsed = clock.now
      speed.readingSeconds += (parsed - mark).seconds
      judge(batch)
      mark = clock.now
      speed.judgingSeconds += (mark - parsed).seconds
      speed.records += batch.records.count
    }
    speed.bytes += bytes
  }

  private func judge(_ batch: borrowing TrailBatch) {
    for _ in 0..<batch.strangers { tally.skip("objects that are no CloudTrail records") }
    for record in batch.records {
      switch calls.read(record, batch.parameters, replayer) {
      case .call(let call): tally.add(call, replayer.judge(call))
      case .unconcerned: tally.addUnchanged()
      case .passed(let reason): tally.skip(reason)
      }
    }
  }
}

extension Swift.Duration {
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
