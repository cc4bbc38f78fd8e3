import Foundation

/// A query of CloudWatch Logs Insights, read. AWS: user guide, "CloudWatch Logs Insights language query syntax".
struct InsightsQuery: Sendable {
  /// An expression under a name: the one behind `as`, or as it was written.
  struct Named: Sendable {
    var name: String
    var expression: QueryExpression
  }

  /// An aggregate function of `stats`.
  struct Aggregate: Sendable {
    enum Function: String, Sendable {
      case count, countDistinct = "count_distinct", sum, avg, min, max, pct, stddev, median, earliest, latest
      case sortsFirst = "sortsfirst"
      case sortsLast = "sortslast"
    }

    var name: String
    var function: Function
    /// Nothing for `count(*)`.
    var argument: QueryExpression?
    /// Of `pct`.
    var percentile: Double = 50
  }

  enum Extraction: Sendable {
    /// The texts between the asterisks.
    case glob([String])
    case regex(QueryRegex)
  }

  enum Command: Sendable {
    case fields([Named])
    case display([Named])
    case filter(QueryExpression)
    case stats([Aggregate], by: [Named])
    case sort([(key: QueryExpression, isDescending: Bool)])
    case limit(Int)
    case parse(QueryExpression, Extraction, names: [String])
    case dedup([String])
  }

  var commands: [Command]

  /// - Throws: ``QueryProblem``.
  init(_ text: String) throws(QueryProblem) {
    var parser = QueryParser(text, try QueryLexer.tokens(text))
    commands = try parser.commands()
  }

  /// Whether rows are events, so that each has a pointer to its own.
  var isOfEvents: Bool { !commands.contains { if case .stats = $0 { true } else { false } } }

  /// The columns that are shown; nothing for those of `stats`.
  var columns: [String]? {
    var shown: [String] = []
    var isDisplayed = false
    for command in commands {
      switch command {
      case .fields(let named) where !isDisplayed:
        for one in named where !shown.contains(one.name) { shown.append(one.name) }
      case .display(let named):
        isDisplayed = true
        shown = named.map(\.name)
      case .stats:
        if !isDisplayed { return nil }
      default: continue
      }
    }
    if !isOfEvents, !isDisplayed { return nil }
    return shown.isEmpty ? ["@timestamp", "@message"] : shown
  }
}

/// A regular expression of a query, of ICU's kind, with its named groups.
struct QueryRegex: @unchecked Sendable {  // NSRegularExpression is immutable and documented as thread-safe
  private let regex: NSRegularExpression
  /// The names of its groups, by their order; only the named ones.
  let names: [String]

  init?(_ pattern: String) {
    guard let regex = try? NSRegularExpression(pattern: pattern) else { return nil }
    self.regex = regex
    var names: [String] = []
    var rest = Substring(pattern)
    while let found = rest.range(of: "(?<") {
      rest = rest[found.upperBound...]
      guard let first = rest.first, first != "=", first != "!", let end = rest.firstIndex(of: ">") else { continue }
      names.append(String(rest[..<end]))
    }
    self.names = names
  }

  func matches(_ text: String) -> Bool {
    regex.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) != nil
  }

  /// The named groups' texts in the first match, or those of all groups if none has a name.
  func groups(in text: String) -> [String?]? {
    guard let match = regex.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) else { return nil }
    func part(_ range: NSRange) -> String? { Range(range, in: text).map { String(text[$0]) } }
    if names.isEmpty { return (1..<max(1, match.numberOfRanges)).map { part(match.range(at: $0)) } }
    return names.map { part(match.range(withName: $0)) }
  }
}
