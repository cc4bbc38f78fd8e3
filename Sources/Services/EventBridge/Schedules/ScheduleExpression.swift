import Wire

/// When a scheduled rule runs: `rate(5 minutes)` or `cron(0 10 * * ? *)`.
enum ScheduleExpression: Sendable, Equatable {
  /// Every so many milliseconds from the moment when the rule was given its schedule or enabled.
  case rate(Int64)
  case cron(CronExpression)

  /// Nothing if AWS would refuse the text.
  init?(_ text: String) {
    if let inner = ScheduleExpression.inner(of: text, "cron(") {
      guard let cron = CronExpression(inner) else { return nil }
      self = .cron(cron)
      return
    }
    guard let inner = ScheduleExpression.inner(of: text, "rate(") else { return nil }
    let words = inner.split(separator: " ", omittingEmptySubsequences: false)
    guard words.count == 2, words[0].utf8.allSatisfy({ (48...57).contains($0) }), let value = Int64(words[0]), value > 0
    else { return nil }
    // AWS: "If the value is equal to 1, then the unit must be singular"; otherwise plural.
    var unit = String(words[1])
    if value > 1 {
      guard unit.hasSuffix("s") else { return nil }
      unit.removeLast()
    }
    let seconds: [String: Int64] = ["minute": 60, "hour": 3600, "day": 86_400]
    guard let length = seconds[unit] else { return nil }
    let (milliseconds, overflow) = value.multipliedReportingOverflow(by: length * 1000)
    guard !overflow, milliseconds < 1 << 52 else { return nil }
    self = .rate(milliseconds)
  }

  private static func inner(of text: String, _ start: String) -> Substring? {
    guard text.hasPrefix(start), text.hasSuffix(")") else { return nil }
    return text.dropFirst(start.count).dropLast()
  }

  /// The first moment behind `time`; nothing if there is none any more.
  /// - Parameter anchor: the moment from which rates count.
  func next(after time: Timestamp, anchor: Timestamp) -> Timestamp? {
    switch self {
    case .cron(let cron): return cron.next(after: time)
    case .rate(let interval):
      let passed = max(0, time.milliseconds - anchor.milliseconds) / interval
      return anchor.adding(milliseconds: (passed + 1) * interval)
    }
  }
}
