/// An event pattern, read and checked: branches of which one must match, each a list of fields that must all match.
///
/// `$or` is multiplied out, as AWS's own matcher does it, so that a branch has nothing but fields.
struct EventPattern: Sendable {
  /// A field by the names that lead to it, joined by dots: a name with a dot in it is the same as two names.
  struct Field: Sendable {
    var path: String
    var tests: [ValueTest]
  }

  let text: String
  let branches: [[Field]]

  /// AWS: "PutRule … if use of $or results in over 1000 rule combinations", it is refused.
  static let branchLimit = 1000
  /// unverified: AWS does not say how many wildcards are too many; this many open readings of one field.
  static let wildcardLimit = 64

  /// - Throws: AWS's reason.
  init(_ text: String) throws(PatternProblem) {
    self.text = text
    var compiler = PatternCompiler(text)
    branches = try compiler.compile()
    for branch in branches {
      for field in branch where EventPattern.complexity(field.tests) > EventPattern.wildcardLimit {
        throw PatternProblem(
          "Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard "
            + "character")
      }
    }
  }

  private static func complexity(_ tests: [ValueTest]) -> Int {
    tests.reduce(0) { sum, test in
      switch test {
      case .wildcard(let wildcard): sum + wildcard.complexity
      case .anythingButWildcards(let wildcards): sum + wildcards.reduce(0) { $0 + $1.complexity }
      default: sum
      }
    }
  }

  /// The strings that a top-level field may have, if every branch names them exactly: what policies see of a pattern.
  func exactValues(of path: String) -> [String]? {
    var values: [String] = []
    for branch in branches {
      guard let field = branch.first(where: { $0.path == path }) else { return nil }
      for test in field.tests {
        guard case .exact(let text) = test else { return nil }
        if !values.contains(text) { values.append(text) }
      }
    }
    return values.isEmpty ? nil : values
  }
}
