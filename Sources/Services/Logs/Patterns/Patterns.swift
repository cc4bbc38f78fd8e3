import Wire

/// Patterns of requests.
enum Patterns {
  // unverified: words
  static let tooManyRegexes = "A filter pattern can have at most two regular expressions."

  /// - Throws: InvalidParameterException.
  static func read(_ text: String) throws(AWSError) -> FilterPattern {
    do throws(PatternProblem) { return try FilterPattern(text) } catch { throw .invalidParameter(error.message) }
  }
}
