import Wire

/// Durations and moments as people say them.
enum Phrase {
  /// `under a second`, `12 s`, `3 min`, `2 h 5 min`, `4 days`.
  static func duration(_ milliseconds: Int64) -> String {
    let seconds = max(0, milliseconds) / 1000
    switch seconds {
    case 0: return "under a second"
    case ..<60: return "\(seconds) s"
    case ..<600 where seconds % 60 != 0: return "\(seconds / 60) min \(seconds % 60) s"
    case ..<3600: return "\(seconds / 60) min"
    case ..<86_400: return parts(seconds / 3600, "h", seconds % 3600 / 60, "min")
    default: return parts(seconds / 86_400, seconds / 86_400 == 1 ? "day" : "days", seconds % 86_400 / 3600, "h")
    }
  }

  private static func parts(_ large: Int64, _ largeUnit: String, _ small: Int64, _ smallUnit: String) -> String {
    small == 0 || (large >= 10 && smallUnit == "h")
      ? "\(large) \(largeUnit)" : "\(large) \(largeUnit) \(small) \(smallUnit)"
  }

  /// `3 min ago`, `just now`.
  static func ago(_ time: Timestamp, _ now: Timestamp) -> String {
    let passed = now.milliseconds - time.milliseconds
    return passed < 1000 ? "just now" : "\(duration(passed)) ago"
  }

  /// `2026-11-25 12:00:00 UTC`.
  static func moment(_ time: Timestamp) -> String {
    let text = time.wholeSeconds.iso8601
    return text.replacing("T", with: " ").replacing("Z", with: " UTC")
  }

  /// `until 2026-11-25 12:00:00 UTC (in 3 min)`; a moment that has passed is only a moment.
  static func until(_ time: Timestamp, _ now: Timestamp) -> String {
    let left = time.milliseconds - now.milliseconds
    return left > 0 ? "until \(moment(time)) (in \(duration(left)))" : "until \(moment(time))"
  }

  /// `1 poller`, `3 pollers`.
  static func count(_ number: Int, _ noun: String, plural: String? = nil) -> String {
    "\(number) \(number == 1 ? noun : plural ?? noun + "s")"
  }

  /// `a`, `a and b`, `a; b; and c`.
  static func list(_ items: [String]) -> String {
    switch items.count {
    case 0: ""
    case 1: items[0]
    case 2: "\(items[0]), and \(items[1])"
    default: items.dropLast().joined(separator: "; ") + "; and \(items[items.count - 1])"
    }
  }
}
