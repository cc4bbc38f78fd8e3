/// Durations as AWS writes them.
enum Durations {
  /// AWS: an execution lasts a year at most.
  static let longestExecution: Int64 = 31_536_000
  /// AWS: a Lambda function takes 1 to 900 seconds.
  static let longestLambda: Int64 = 900

  /// The seconds of `text`; nothing for `NONE`.
  static func seconds(_ text: String?) -> Int64? { text.flatMap { Int64($0) } }

  /// How long a run lasts at most, in milliseconds: as it was configured, and a year whatever its type says.
  static func executionLimit(_ configuration: ExecutionRecord.Configuration) -> Int64 {
    min(seconds(configuration.executionStartToCloseTimeout) ?? 0, longestExecution) * 1000
  }

  /// A setting that was given; an empty text counts as none.
  static func given(_ text: String?) -> String? { text.flatMap { $0.isEmpty ? nil : $0 } }
}

extension Names {
  /// Notes a duration that is not a number of seconds in `range`; absent and empty ones are fine.
  // unverified: words
  mutating func duration(_ text: String?, at path: String, in range: ClosedRange<Int64>) {
    duration(text, at: path, allowsNone: false)
    guard let text, Names.isSeconds(text), let seconds = Durations.seconds(text) else { return }
    if seconds < range.lowerBound {
      fail(text, path, "Member must have value greater than or equal to \(range.lowerBound)")
    }
    if seconds > range.upperBound {
      fail(text, path, "Member must have value less than or equal to \(range.upperBound)")
    }
  }
}
