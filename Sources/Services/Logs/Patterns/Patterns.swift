import Wire

/// Patterns of requests.
enum Patterns {
  // unverified: words
  static let tooManyRegexes = "A filter pattern can have at most two regular expressions."

  /// - Throws: InvalidParameterException.
  static func read(_ text: String) throws(AWSError) -> FilterPattern {
    do throws(PatternProblem) { return try FilterPattern(text) } catch { throw .invalidParameter(error.message) }
  }

  /// AWS: user guide, "Filter pattern syntax": "a maximum of 5 filter patterns containing regex for each log group", and two
  /// regular expressions in a pattern.
  /// - Parameter others: the texts of the group's other patterns of the same kind.
  /// - Throws: InvalidParameterException, LimitExceededException.
  static func checkRegexes(_ pattern: FilterPattern, beside others: [String]) throws(AWSError) {
    if pattern.regexCount > 2 { throw .invalidParameter(tooManyRegexes) }
    if pattern.regexCount == 0 { return }
    var count = 1
    for text in others where try read(text).regexCount > 0 { count += 1 }
    if count > MetricFilters.regexLimit { throw .limitExceeded() }
  }
}
