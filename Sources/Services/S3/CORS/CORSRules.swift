import Wire

/// Which web pages of other origins may use a bucket.
/// AWS: S3 user guide, "Using cross-origin resource sharing (CORS)".
struct CORSRules: Sendable, Codable, Equatable {
  struct Rule: Sendable, Codable, Equatable {
    var id: String?
    var origins: [String]
    var methods: [String]
    var headers: [String] = []
    var exposed: [String] = []
    var maxAge: Int?

    /// The pattern that an origin meets.
    func pattern(for origin: String) -> String? { origins.first { Wildcard.matches($0, origin) } }

    func allows(header: String) -> Bool {
      headers.contains { Wildcard.matches($0.lowercased(), header.lowercased()) }
    }
  }

  var rules: [Rule]

  /// A request from a page of another origin.
  struct Question: Sendable, Equatable {
    var origin: String
    var method: String
    /// The headers that the page wants to send, of a preflight.
    var headers: [String] = []
  }

  /// The headers of an answer to a question; nothing if no rule allows it.
  func answer(_ question: Question, isPreflight: Bool) -> [(name: String, value: String)]? {
    for rule in rules {
      guard let pattern = rule.pattern(for: question.origin), rule.methods.contains(question.method),
        question.headers.allSatisfy({ rule.allows(header: $0) })
      else { continue }
      var headers = [("Access-Control-Allow-Origin", pattern == "*" ? "*" : question.origin)]
      headers.append(("Access-Control-Allow-Methods", rule.methods.joined(separator: ", ")))
      if isPreflight, !question.headers.isEmpty {
        headers.append(
          ("Access-Control-Allow-Headers", question.headers.map { $0.lowercased() }.joined(separator: ", ")))
      }
      if !rule.exposed.isEmpty {
        headers.append(("Access-Control-Expose-Headers", rule.exposed.joined(separator: ", ")))
      }
      if let maxAge = rule.maxAge { headers.append(("Access-Control-Max-Age", "\(maxAge)")) }
      if pattern != "*" { headers.append(("Access-Control-Allow-Credentials", "true")) }
      headers.append(("Vary", "Origin, Access-Control-Request-Headers, Access-Control-Request-Method"))
      return headers.map { (name: $0.0, value: $0.1) }
    }
    return nil
  }
}

/// Patterns with at most one `*`.
enum Wildcard {
  static func matches(_ pattern: String, _ text: String) -> Bool {
    guard let star = pattern.firstIndex(of: "*") else { return pattern == text }
    let head = pattern[..<star]
    let tail = pattern[pattern.index(after: star)...]
    return text.utf8.count >= head.utf8.count + tail.utf8.count && text.hasPrefix(head) && text.hasSuffix(tail)
  }
}
