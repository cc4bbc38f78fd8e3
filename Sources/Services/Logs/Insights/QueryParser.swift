/// Reads a query's words.
struct QueryParser {
  private let text: [UInt8]
  private let tokens: [QueryToken]
  private var position = 0
  private var depth = 0

  /// Queries have at most 10,000 characters; this keeps their parentheses from the end of the stack.
  private static let depthLimit = 200
  /// AWS: query syntax: commands that are not built.
  static let unbuilt: Set<String> = [
    "pattern", "diff", "anomaly", "unmask", "unnest", "source", "lookup", "filterindex", "addtotals", "join",
    "subquery", "expand",
  ]

  init(_ text: String, _ tokens: [QueryToken]) {
    self.text = Array(text.utf8)
    self.tokens = tokens
  }

  // MARK: Commands

  mutating func commands() throws(QueryProblem) -> [InsightsQuery.Command] {
    var commands: [InsightsQuery.Command] = []
    _ = take("|")
    while !isAtEnd {
      commands.append(try command())
      guard take("|") || isAtEnd else { throw unexpected }
    }
    return commands
  }

  private mutating func command() throws(QueryProblem) -> InsightsQuery.Command {
    guard case .name(let word) = next.kind else { throw unexpected }
    let name = word.lowercased()
    if QueryParser.unbuilt.contains(name) {
      throw QueryProblem(
        message: "the command \(name) is not built in Hakoniwa; docs/logs.md lists what is", start: next.start,
        end: next.end)
    }
    switch name {
    case "fields":
      position += 1
      return .fields(try list())
    case "display":
      position += 1
      return .display(try list())
    case "filter":
      position += 1
      return .filter(try expression())
    case "stats":
      position += 1
      return try stats()
    case "sort":
      position += 1
      return try sort()
    case "limit", "head", "tail":
      guard name == "limit" else { throw unexpected }
      position += 1
      guard case .number(let number) = next.kind, let count = Int(exactly: number), count > 0 else { throw unexpected }
      position += 1
      return .limit(count)
    case "parse":
      position += 1
      return try parse()
    case "dedup":
      position += 1
      var names = [try fieldName()]
      while take(",") { names.append(try fieldName()) }
      return .dedup(names)
    default: throw unexpected
    }
  }

  private mutating func list() throws(QueryProblem) -> [InsightsQuery.Named] {
    var all = [try named()]
    while take(",") { all.append(try named()) }
    return all
  }

  private mutating func named() throws(QueryProblem) -> InsightsQuery.Named {
    let start = next.start
    let expression = try expression()
    var name = source(from: start)
    if case .field(let field) = expression { name = field }
    if takeWord("as") { name = try fieldName() }
    return InsightsQuery.Named(name: name, expression: expression)
  }

  private mutating func stats() throws(QueryProblem) -> InsightsQuery.Command {
    var aggregates = [try aggregate()]
    while take(",") { aggregates.append(try aggregate()) }
    return .stats(aggregates, by: takeWord("by") ? try list() : [])
  }

  private mutating func aggregate() throws(QueryProblem) -> InsightsQuery.Aggregate {
    let start = next.start
    guard case .name(let word) = next.kind else { throw unexpected }
    let name = word.lowercased() == "percentile" ? "pct" : word.lowercased()
    guard let function = InsightsQuery.Aggregate.Function(rawValue: name) else { throw unexpected }
    position += 1
    guard take("(") else { throw unexpected }
    var argument: QueryExpression?
    var percentile = 50.0
    if function == .count, take("*") {
    } else if function == .count, next.kind == .sign(")") {
    } else {
      argument = try expression()
      if function == .pct {
        guard take(","), case .number(let number) = next.kind, (0...100).contains(number) else { throw unexpected }
        percentile = number
        position += 1
      }
    }
    guard take(")") else { throw unexpected }
    var shown = source(from: start)
    if takeWord("as") { shown = try fieldName() }
    return InsightsQuery.Aggregate(name: shown, function: function, argument: argument, percentile: percentile)
  }

  private mutating func sort() throws(QueryProblem) -> InsightsQuery.Command {
    var keys: [(key: QueryExpression, isDescending: Bool)] = []
    repeat {
      let start = next.start
      var key: QueryExpression
      // A column of `stats` is sorted by as it was written: `sort count(*) desc`.
      if isAggregate {
        key = .field(try aggregate().name)
      } else {
        key = try expression()
        if case .call = key { key = .field(source(from: start)) }
      }
      var isDescending = false
      if takeWord("desc") { isDescending = true } else { _ = takeWord("asc") }
      keys.append((key, isDescending))
    } while take(",")
    return .sort(keys)
  }

  /// Whether an aggregate function's name and a parenthesis come next.
  private var isAggregate: Bool {
    guard case .name(let word) = next.kind, position + 1 < tokens.count, tokens[position + 1].kind == .sign("(") else {
      return false
    }
    let name = word.lowercased()
    return name == "percentile" || InsightsQuery.Aggregate.Function(rawValue: name) != nil
  }

  private mutating func parse() throws(QueryProblem) -> InsightsQuery.Command {
    var subject = QueryExpression.field("@message")
    switch next.kind {
    case .text, .regex: break
    default: subject = try expression()
    }
    let token = next
    position += 1
    switch token.kind {
    case .text(let glob):
      guard takeWord("as") else { throw unexpected }
      var names = [try fieldName()]
      while take(",") { names.append(try fieldName()) }
      let parts = glob.split(separator: "*", omittingEmptySubsequences: false).map(String.init)
      guard parts.count == names.count + 1 else {
        throw QueryProblem(
          message: "the number of wildcards differs from the number of names", start: token.start, end: token.end)
      }
      return .parse(subject, .glob(parts), names: names)
    case .regex(let pattern):
      guard let regex = QueryRegex(pattern) else { throw invalidRegex(token) }
      var names = regex.names
      if takeWord("as") {
        names = [try fieldName()]
        while take(",") { names.append(try fieldName()) }
      }
      return .parse(subject, .regex(regex), names: names)
    default:
      position -= 1
      throw unexpected
    }
  }

  // MARK: Expressions: or, and, not, comparisons, sums, products, powers, signs

  private mutating func expression() throws(QueryProblem) -> QueryExpression {
    depth += 1
    defer { depth -= 1 }
    guard depth < QueryParser.depthLimit else {
      throw QueryProblem(message: "the query is nested too deeply", start: next.start, end: next.end)
    }
    var left = try conjunction()
    while takeWord("or") { left = .binary(.or, left, try conjunction()) }
    return left
  }

  private mutating func conjunction() throws(QueryProblem) -> QueryExpression {
    var left = try negation()
    while takeWord("and") { left = .binary(.and, left, try negation()) }
    return left
  }

  private mutating func negation() throws(QueryProblem) -> QueryExpression {
    var isNegated = false
    while takeWord("not") { isNegated.toggle() }
    let inner = try comparison()
    return isNegated ? .not(inner) : inner
  }

  private mutating func comparison() throws(QueryProblem) -> QueryExpression {
    let left = try sum()
    if case .sign(let sign) = next.kind {
      if sign == "=~" {
        position += 1
        return .like(left, try sum())
      }
      if let operation = QueryExpression.Operator(rawValue: sign),
        [.equal, .unequal, .less, .greater, .atMost, .atLeast].contains(operation)
      {
        position += 1
        return .binary(operation, left, try sum())
      }
    }
    if takeWord("like") { return .like(left, try sum()) }
    if takeWord("in") { return .isIn(left, try array()) }
    let before = position
    if takeWord("not") {
      if takeWord("like") { return .not(.like(left, try sum())) }
      if takeWord("in") { return .not(.isIn(left, try array())) }
      position = before
      throw unexpected
    }
    return left
  }

  private mutating func array() throws(QueryProblem) -> [QueryExpression] {
    guard take("[") else { throw unexpected }
    var values: [QueryExpression] = []
    while !take("]") {
      values.append(try expression())
      guard take(",") || next.kind == .sign("]") else { throw unexpected }
    }
    return values
  }

  private mutating func sum() throws(QueryProblem) -> QueryExpression {
    var left = try product()
    while true {
      if take("+") {
        left = .binary(.add, left, try product())
      } else if take("-") {
        left = .binary(.subtract, left, try product())
      } else {
        return left
      }
    }
  }

  private mutating func product() throws(QueryProblem) -> QueryExpression {
    var left = try power()
    while true {
      if take("*") {
        left = .binary(.multiply, left, try power())
      } else if take("/") {
        left = .binary(.divide, left, try power())
      } else if take("%") {
        left = .binary(.remainder, left, try power())
      } else {
        return left
      }
    }
  }

  private mutating func power() throws(QueryProblem) -> QueryExpression {
    let left = try primary()
    return take("^") ? .binary(.power, left, try primary()) : left
  }

  private mutating func primary() throws(QueryProblem) -> QueryExpression {
    let token = next
    position += 1
    switch token.kind {
    case .number(let number): return .literal(.number(number))
    case .period(let period): return .literal(.number(Double(period)))
    case .text(let text): return .literal(.text(text))
    case .field(let name): return .field(name)
    case .regex(let pattern):
      guard let regex = QueryRegex(pattern) else { throw invalidRegex(token) }
      return .regex(regex)
    case .sign("("):
      let inner = try expression()
      guard take(")") else { throw unexpected }
      return inner
    case .sign("-"):
      depth += 1
      defer { depth -= 1 }
      guard depth < QueryParser.depthLimit else { break }
      return .negative(try primary())
    case .name(let name):
      guard take("(") else {
        switch name.lowercased() {
        case "true": return .literal(.bool(true))
        case "false": return .literal(.bool(false))
        default: return .field(name)
        }
      }
      guard let function = QueryFunction(rawValue: name.lowercased()) else {
        throw QueryProblem(message: "unknown function \(name)", start: token.start, end: token.end)
      }
      var arguments: [QueryExpression] = []
      while !take(")") {
        arguments.append(try expression())
        guard take(",") || next.kind == .sign(")") else { throw unexpected }
      }
      guard function.arity.contains(arguments.count) else {
        throw QueryProblem(message: "wrong number of arguments of \(name)", start: token.start, end: next.start)
      }
      return .call(function, arguments)
    default: break
    }
    position -= 1
    throw unexpected
  }

  // MARK: Words

  private var next: QueryToken { tokens[min(position, tokens.count - 1)] }
  private var isAtEnd: Bool { next.kind == .end }

  private mutating func take(_ sign: String) -> Bool {
    guard next.kind == .sign(sign) else { return false }
    position += 1
    return true
  }

  private mutating func takeWord(_ word: String) -> Bool {
    guard case .name(let name) = next.kind, name.lowercased() == word else { return false }
    position += 1
    return true
  }

  private mutating func fieldName() throws(QueryProblem) -> String {
    switch next.kind {
    case .name(let name), .field(let name), .text(let name):
      position += 1
      return name
    default: throw unexpected
    }
  }

  /// What was written from a place up to here.
  private func source(from start: Int) -> String {
    let end = position > 0 ? tokens[position - 1].end : start
    return String(decoding: text[start..<max(start, end)], as: UTF8.self)
  }

  private var unexpected: QueryProblem {
    let token = next
    if token.kind == .end {
      return QueryProblem(message: "unexpected end of query", start: token.start, end: token.end)
    }
    let shown = String(decoding: text[token.start..<token.end], as: UTF8.self)
    let before = text[..<token.start]
    let line = before.count(where: { $0 == 10 }) + 1
    let column = token.start - (before.lastIndex(of: 10).map { $0 + 1 } ?? 0)
    return QueryProblem(
      message: "unexpected symbol found \(shown) at line \(line) and position \(column)", start: token.start,
      end: token.end)
  }

  private func invalidRegex(_ token: QueryToken) -> QueryProblem {
    QueryProblem(message: "invalid regular expression", start: token.start, end: token.end)
  }
}
