/// Durations as AWS writes them.
enum Durations {
  /// AWS: an execution lasts a year at most.
  static let longestExecution: Int64 = 31_536_000

  /// The seconds of `text`; nothing for `NONE`.
  static func seconds(_ text: String?) -> Int64? { text.flatMap { Int64($0) } }

  /// A setting that was given; an empty text counts as none.
  static func given(_ text: String?) -> String? { text.flatMap { $0.isEmpty ? nil : $0 } }
}

extension Names {
  /// Notes how long a run may take when that is not 1 second to a year.
  mutating func executionTime(_ text: String?, at path: String) {
    duration(text, at: path, allowsNone: false)
    guard let text, let seconds = Durations.seconds(text) else { return }
    // unverified: words
    if seconds < 1 { fail(text, path, "Member must have value greater than or equal to 1") }
    if seconds > Durations.longestExecution {
      fail(text, path, "Member must have value less than or equal to \(Durations.longestExecution)")
    }
  }
}
